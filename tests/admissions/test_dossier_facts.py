"""The worked examples of admissions.md §15 as rows in the database: from what is on file to what the rules say."""

from datetime import date

import pytest

from admissions.checking import check_candidate, kept_findings
from admissions.enums import PaperKind
from admissions.facts import applicant_of
from admissions.models import AdmissionPaper, Introducer, Relative, StepTaken
from members.models import Ending, Restoration
from tests.admissions.candidate_cases import listed
from tests.admissions.dossier_cases import (
    MEETING,
    certificate,
    fresh,
    in_order,
    introducer,
    officials,
    paper,
    say,
    verified,
)
from tests.factories import MemberFactory

ROWS = 22


@pytest.fixture
def ready(tree, cast):
    return in_order(tree.here, by=cast.secretary)


def born(candidate, day, precision="day"):
    candidate.born_on, candidate.born_precision = day, precision
    candidate.save(update_fields=["born_on", "born_precision"])
    return candidate


def status(candidate, key, on, **more):
    return check_candidate(candidate, on, **more).of(key).status


def test_a_dossier_in_order_leaves_the_political_standard_to_people(ready):
    found = check_candidate(ready, MEETING)

    assert len(found.findings) == ROWS
    assert {each.key: each.status for each in found.findings if each.status != "pass"} == {
        "political_standard": "needs_human"
    }
    assert [each.key for each in found.blocking("vote")] == ["political_standard"]
    assert found.sets["admission_conditions"] == "2025-07-01"
    assert [each.status for each in found.limbs] == ["pass", "pass", "pass", "needs_human"]


def test_six_queries_read_a_dossier_of_somebody_who_was_a_member(tree, cast, ready, django_assert_max_num_queries):
    gone = MemberFactory(home=tree.far)
    ready.former_member = gone
    ready.save(update_fields=["former_member"])
    with django_assert_max_num_queries(6):
        applicant_of(fresh(ready), MEETING)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 8, 31), "fail", id="[E1]"),
        pytest.param(date(2026, 9, 14), "needs_human", id="[E2]"),
        pytest.param(date(2026, 9, 15), "pass", id="[E3]"),
    ],
)
def test_the_age_on_the_day_of_the_meeting(ready, day, expected):
    assert status(born(ready, date(2008, 9, 15)), "age_min", day) == expected


def test_a_birth_date_without_its_day_is_missing(ready):
    assert status(born(ready, date(1981, 1, 1), "year"), "age_min", MEETING) == "missing"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 7, 31), "pass"), (date(2026, 8, 5), "needs_human"), (date(2026, 8, 20), "needs_approval")],
    ids=["[E4]-pass", "[E4]-human", "[E4]-approval"],
)
def test_the_age_limit(ready, day, expected):
    assert status(born(ready, date(1966, 7, 20)), "age_max", day) == expected


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [(date(2026, 9, 10), "pass"), (date(2026, 8, 20), "fail")],
    ids=["[E5]-before", "[E5]-after"],
)
def test_consent_precedes_the_decision(ready, decided_on, expected):
    born(say(ready, health_confirmed=True, special_need=True), date(1966, 7, 20))
    paper(ready, PaperKind.CONSENT, date(2026, 8, 25), topic="age_max")

    assert status(fresh(ready), "age_max", date(2026, 8, 20), decided_on=decided_on) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 9, 10), "pass"), (date(2026, 9, 11), "fail")], ids=["[E6]-last", "[E6]-over"]
)
def test_the_certificate_holds_for_sixty_months(tree, cast, day, expected):
    candidate = listed(tree.here, by=cast.secretary)
    certificate(candidate, date(2021, 9, 10))

    assert status(fresh(candidate), "class_certificate", day) == expected


def test_a_certificate_that_was_issued_later_is_not_yet_there(ready):
    assert status(ready, "class_certificate", date(2024, 3, 19)) == "missing"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 3, 20), "fail"), (date(2026, 6, 20), "needs_human"), (date(2026, 8, 20), "pass")],
    ids=["[E7]-294", "[E7]-gap", "[E7]-208"],
)
def test_schooling_by_the_set_of_the_day(ready, day, expected):
    assert status(say(ready, schooling="lower_secondary_completed"), "education", day) == expected


@pytest.mark.parametrize(
    ("schooling", "consent", "expected"),
    [("primary_completed", False, "pass"), ("literate", False, "needs_approval"), ("literate", True, "pass")],
    ids=["[E8]-primary", "[E8]-literate", "[E8]-consent"],
)
def test_the_fisherman(ready, schooling, consent, expected):
    ready = say(ready, schooling=schooling, sea_fisherman=True)
    if consent:
        paper(ready, PaperKind.CONSENT, date(2026, 2, 1), topic="education")

    assert status(ready, "education", MEETING) == expected


@pytest.mark.parametrize(
    ("official", "probationary", "counted", "expected"),
    [
        pytest.param(20, 2, 20, "pass", id="[E9][E10]"),
        pytest.param(9, 0, 9, "pass", id="[E11]"),
        pytest.param(2, 4, 2, "fail", id="[E12]"),
    ],
)
def test_official_members_of_the_cell_are_counted(tree, cast, official, probationary, counted, expected):
    candidate = listed(tree.here, by=cast.secretary)
    officials(tree.here, official)
    officials(tree.here, probationary, official_on=None)
    officials(tree.next_door, 5)

    assert applicant_of(fresh(candidate), MEETING).cell_official == counted
    assert status(fresh(candidate), "cell_size", MEETING) == expected


def test_before_the_first_figures_the_size_of_the_cell_is_not_known(ready):
    assert applicant_of(ready, date(2025, 6, 30)).cell_official is None


def only(candidate, *rows):
    """The candidate with these introducers alone."""
    Introducer.objects.filter(candidate=candidate).exclude(pk__in=[each.pk for each in rows]).delete()
    return fresh(candidate)


def test_e14_a_is_together_long_enough_and_b_is_not(ready):
    a = introducer(ready, official_on=date(2025, 9, 20), together_since=date(2024, 3, 20))
    b = introducer(ready, official_on=date(2016, 3, 1), together_since=date(2025, 4, 20))
    found = check_candidate(only(ready, a, b), MEETING).of("introducers")

    assert found.status == "fail"
    assert "có 1 đảng viên đủ điều kiện" in found.reason.lower()
    assert found.changes_on == date(2026, 4, 20)


YOUNG = date(1999, 3, 5)


def test_e15_the_resolution_of_the_union_is_missing(ready):
    born(say(ready, union_body="base", union_member=True), YOUNG)
    found = check_candidate(fresh(ready), MEETING).of("introducers")
    assert (found.status, found.items) == ("missing", ("resolution",))

    paper(ready, PaperKind.UNION_RESOLUTION)
    assert status(fresh(ready), "introducers", MEETING) == "pass"


@pytest.mark.parametrize(
    ("answers", "introduced_by", "resolution"),
    [
        ({"trade_body": True, "trade_member": True}, 1, True),
        ({"trade_body": False}, 2, False),
    ],
    ids=["[E16]-union", "[E16]-none"],
)
def test_a_unit_without_a_youth_union(ready, answers, introduced_by, resolution):
    born(say(ready, union_body="none", **answers), YOUNG)
    if resolution:
        paper(ready, PaperKind.UNION_RESOLUTION)

    assert status(only(ready, *Introducer.objects.all()[:introduced_by]), "introducers", MEETING) == "pass"


@pytest.mark.parametrize(
    ("cadre", "route"), [(False, "adult"), (True, "youth_union")], ids=["[E17]-ordinary", "[E17]-cadre"]
)
def test_at_thirty_two(ready, cadre, route):
    born(say(ready, union_body="base", union_member=True, union_cadre=cadre), date(1994, 3, 5))

    assert check_candidate(fresh(ready), MEETING).of("introducers").code == route


def test_e18_a_replacement_needs_no_twelve_months(ready):
    first = Introducer.objects.first()
    first.ended_on = date(2026, 6, 1)
    first.save()
    introducer(ready, together_since=date(2026, 6, 20), assigned_on=date(2026, 6, 1), is_replacement=True)

    assert status(ready, "introducers", date(2026, 8, 20)) == "pass"
    assert [each.name for each in applicant_of(ready, MEETING).introducers] == [
        str(each.member) for each in Introducer.objects.all()[:2]
    ]


def test_who_is_no_longer_a_member_introduces_nobody(ready):
    gone = Introducer.objects.first().member
    gone.memberships.update(ended_on=date(2026, 2, 1), end_reason="left")

    assert status(ready, "introducers", MEETING) == "fail"


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 9, 5), ()), (date(2026, 9, 6), 4)], ids=["[E19]-last", "[E19]-over"]
)
def test_the_dossier_of_twelve_months(ready, day, expected):
    found = check_candidate(ready, day)

    assert len(found.of("dossier_age").items) == (expected or 0)
    assert found.of("class_certificate").status == "pass"


def test_e19_what_is_made_anew_and_what_stays(ready):
    again = date(2026, 9, 7)
    row = StepTaken(candidate=ready, step="redo_dossier", to_state="certified", on=again)
    row.organisation = ready.organisation
    row.save()

    def lacking(on):
        found = check_candidate(fresh(ready), on)
        return found.of("dossier_age").items, found.of("opinions").status, found.of("class_certificate").status

    four = ("introducer_paper", "supplementary_verification", "supplementary_opinions")
    assert lacking(again) == (four, "missing", "pass")
    for kind in ("introduction", "supplement", "residence_opinion", "opinions_summary"):
        paper(ready, kind, date(2026, 9, 20))
    assert lacking(date(2026, 9, 20)) == ((), "pass", "pass")
    assert check_candidate(ready, date(2027, 9, 7)).of("dossier_age").status == "pass"
    assert check_candidate(ready, date(2027, 9, 8)).of("dossier_age").status == "missing"


def left(candidate, tree, grounds, on, *, reason="name_removed"):
    """The candidate was in the Party once and left it."""
    member = MemberFactory(home=tree.far)
    stay = member.memberships.get()
    stay.ended_on, stay.end_reason = max(on, date(2025, 7, 2)), reason
    stay.save()
    Ending.objects.create(
        member=member, membership=stay, reason=reason, grounds=grounds, ended_on=on, decided_on=on, decision="1"
    )
    candidate.former_member = member
    candidate.save(update_fields=["former_member"])
    return member


def applied(candidate, on):
    AdmissionPaper.objects.filter(candidate=candidate, kind__in=["application", "cv"]).update(dated_on=on)
    return fresh(candidate)


@pytest.mark.parametrize(
    ("day", "expected", "code"),
    [(date(2026, 2, 9), "fail", "too_early"), (date(2026, 2, 10), "needs_approval", "")],
    ids=["[E28]-early", "[E28]-consent"],
)
def test_thirty_six_months_after_removal(ready, tree, day, expected, code):
    left(ready, tree, ["removed_x4"], date(2023, 2, 10))
    found = check_candidate(applied(ready, day), MEETING).of("readmission")

    assert (found.status, found.code) == (expected, code)


@pytest.mark.parametrize(
    ("ground", "on"),
    [("left_on_application", date(2019, 5, 1)), ("left_by_own_will", date(2010, 5, 1))],
    ids=["[E29]-application", "[E29]-own-will"],
)
def test_reasons_that_bar_for_life(ready, tree, ground, on):
    left(ready, tree, [ground], on)

    assert status(fresh(ready), "readmission", MEETING) == "fail"


def test_e30_sixty_months_after_the_record_was_cleared(ready, tree):
    left(ready, tree, ["expelled"], date(2015, 2, 10), reason="expelled")
    say(ready, cleared_record_on=date(2022, 2, 1))
    found = check_candidate(applied(ready, date(2026, 11, 23)), date(2026, 11, 27)).of("readmission")

    assert (found.status, found.code, found.changes_on) == ("fail", "too_early", date(2027, 2, 1))


def test_e31_only_once(ready, tree):
    member = left(ready, tree, ["removed_x4"], date(2020, 3, 1))
    Restoration.objects.create(
        member=member, kind="readmitted", end_reason="name_removed", organisation=tree.far, decision="2",
        out_on=date(2012, 1, 1), back_on=date(2015, 1, 1), decided_on=date(2014, 12, 1),
    )  # fmt: skip

    assert check_candidate(fresh(ready), MEETING).of("readmission").code == "only_once"


def test_an_ending_taken_back_as_wrong_is_no_ground(ready, tree):
    member = left(ready, tree, ["left_by_own_will"], date(2010, 3, 1))
    Restoration.objects.create(
        member=member, kind="rights", ending=Ending.objects.get(), end_reason="name_removed", organisation=tree.far,
        decision="2", out_on=date(2010, 3, 1), back_on=date(2011, 1, 1), decided_on=date(2010, 12, 1),
    )  # fmt: skip

    assert applicant_of(fresh(ready), MEETING).former.grounds == ()


@pytest.mark.parametrize(
    ("kinship", "name", "expected"),
    [("sibling", "Trần Văn Anh", "fail"), ("", "Lê Văn Tra", "pass"), ("", "", "missing")],
    ids=["[E32]", "stranger", "nobody"],
)
def test_the_verifier(ready, kinship, name, expected):
    assert status(say(ready, verifier=kinship, verifier_name=name), "verifier", MEETING) == expected


@pytest.mark.parametrize(
    ("kinship", "result", "expected"),
    [
        ("parent", None, "missing"),
        ("parent", "open", "missing"),
        ("parent", "adverse", "needs_human"),
        ("parent", "done", "pass"),
        ("sibling", None, "pass"),
    ],
)
def test_everybody_of_the_circle_is_verified(ready, kinship, result, expected):
    relative = Relative.objects.create(candidate=ready, kinship=kinship, full_name="Trần Văn Cha")
    if result:
        verified(ready, relative, result=result)

    assert status(ready, "verification", MEETING) == expected


def test_an_answer_of_tomorrow_is_none_today(ready):
    assert status(ready, "verification", date(2025, 10, 19)) == "missing"
    assert status(ready, "verification", date(2025, 10, 20)) == "pass"


def test_a_confirmed_relative_spares_the_political_history_alone(ready):
    relative = Relative.objects.create(candidate=ready, kinship="parent", full_name="Trần Văn Cha")
    verified(ready, relative, result="open")
    paper(ready, PaperKind.RELATIVE_CONFIRMED, topic="own")

    assert check_candidate(ready, MEETING).of("verification").items == (
        "Trần Văn Cha (cha, mẹ hoặc người nuôi dưỡng): chính trị hiện nay",
    )


def test_a_signed_finding_resolves_a_row_unless_it_says_no(ready):
    row = paper(ready, PaperKind.FINDING, topic="political_standard", favourable=False)
    assert check_candidate(ready, MEETING).settled == frozenset()

    row.favourable = True
    row.save()
    found = check_candidate(ready, MEETING)
    assert (found.settled, found.blocking("vote")) == ({"political_standard"}, ())
    assert check_candidate(ready, date(2025, 11, 30)).settled == frozenset()


def test_a_check_is_kept_and_read_again(ready):
    found = check_candidate(ready, MEETING)

    assert kept_findings(found.as_json()) == found.findings
    assert [row["settled"] for row in found.as_json()] == [False] * ROWS
