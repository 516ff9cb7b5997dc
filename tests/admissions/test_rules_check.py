"""The whole check of an applicant: every row of admissions.md §3, what blocks which step, the four limbs."""

from dataclasses import replace
from datetime import date

import pytest

from admissions.rules.check import Applicant, blocking, check, limbs, lines
from admissions.rules.circumstances import (
    Place,
    Religion,
    business_owner,
    citizenship,
    foreign_spouse,
    population_policy,
    religion,
    right_place,
)
from admissions.rules.findings import FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS, Approval
from admissions.rules.introducers import Introducer
from admissions.rules.papers import (
    Curriculum,
    Opinions,
    Political,
    application,
    cv,
    cv_sealed_first,
    local_checklist,
    opinions,
    political_standard,
)
from admissions.rules.readmission import Former
from admissions.rules.schooling import Schooling
from admissions.rules.verification import Relative
from tests.admissions.regulations import CODES, all_rules, conditions

every_set = pytest.mark.parametrize("code", CODES)
MEETING = date(2026, 3, 20)
CONSENT, LATE = Approval(date(2026, 3, 1), date(2026, 4, 1)), Approval(date(2026, 4, 2), date(2026, 4, 1))
STEPS = frozenset({"declared", "sealed", "verified", "concluded", "certified"})
PAPERS = Curriculum(
    applied_on=date(2025, 9, 5),
    written_on=date(2025, 9, 6),
    steps=STEPS,
    sealed_on=date(2025, 9, 20),
    first_letter_on=date(2025, 9, 25),
)
GIVEN = frozenset({"residence_opinion", "opinions_summary", "Công đoàn"})
READY = Applicant(
    nationality="Việt Nam",
    born=date(1981, 3, 5),
    schooling=Schooling(level="upper_secondary"),
    certificate_on=date(2024, 3, 20),
    introducers=tuple(
        Introducer(name=name, official_on=date(2016, 9, 10), together_since=date(2020, 1, 1)) for name in "AB"
    ),
    curriculum=PAPERS,
    verifier="",
    relatives=(Relative(name="An", kinship="applicant", history="done", present="done"),),
    political=Political(concluded_on=date(2026, 1, 5)),
    opinions=Opinions(asked=("Công đoàn",), given=GIVEN),
    cell_official=9,
    religion=Religion(kind="none"),
    foreign_spouse=False,
    business_owner=False,
    place=Place(situation="contract", months=24, considered_by="host"),
)
ROWS = (
    *("citizenship", "age_min", "age_max", "education", "class_certificate", "introducers"),
    *("application", "cv", "cv_sealed_first", "verifier", "verification", "political_standard", "opinions"),
    *("dossier_age", "cell_size", "religion", "foreign_spouse", "business_owner", "population_policy"),
    *("readmission", "right_place", "local_checklist"),
)


def statuses(findings):
    return {each.key: each.status for each in findings}


@every_set
def test_an_applicant_in_order_leaves_the_political_standard_to_people(code):
    found = check(all_rules(code), READY, MEETING)

    assert tuple(each.key for each in found) == ROWS
    assert {each.key: each.status for each in found if each.status != PASS} == {"political_standard": NEEDS_HUMAN}
    assert {each.key for each in found if not each.applies} == {
        *("foreign_spouse", "business_owner", "population_policy", "readmission", "local_checklist")
    }


@every_set
def test_of_an_empty_file_everything_that_is_asked_is_missing(code):
    found = statuses(check(all_rules(code), Applicant(), MEETING))

    assert {key for key, status in found.items() if status == MISSING} == {
        *("citizenship", "age_min", "age_max", "education", "class_certificate", "introducers", "application", "cv"),
        *("cv_sealed_first", "verifier", "verification", "opinions", "dossier_age", "cell_size", "religion"),
        *("foreign_spouse", "business_owner", "right_place"),
    }
    assert FAIL not in found.values()


@every_set
def test_every_row_that_speaks_has_its_article_and_every_open_one_its_next_step(code):
    for applicant in (Applicant(), READY):
        for each in check(all_rules(code), applicant, MEETING):
            assert each.reason, each
            assert each.article or not each.applies, each
            if each.status in (MISSING, NEEDS_HUMAN, NEEDS_APPROVAL):
                assert each.next_step, each


def test_e7_in_the_gap_of_2026_both_sets_are_asked():
    applicant = replace(READY, schooling=Schooling(level="lower_secondary_completed", special_area=False))
    current, coming = all_rules("qd294_2025"), all_rules("qd208_2026")
    on = {day: statuses(check(current, applicant, day, coming=coming)) for day in (MEETING, date(2026, 6, 20))}

    assert [found["education"] for found in on.values()] == [FAIL, NEEDS_HUMAN]
    assert on[date(2026, 6, 20)] | {"education": FAIL} == on[MEETING]


@pytest.mark.parametrize(
    ("changes", "settled", "blocked"),
    [
        ({}, (), {"vote": {"political_standard"}, "decide": {"political_standard"}}),
        ({}, ("political_standard",), {}),
        (
            {"cell_official": 2},
            ("political_standard",),
            {"start": {"cell_size"}, "vote": {"cell_size"}, "decide": {"cell_size"}},
        ),
        (
            {"born": date(1965, 3, 5)},
            ("political_standard",),
            {"decide": {"age_max"}},
        ),
        (
            {"religion": Religion(kind="recognised")},
            ("political_standard",),
            {"start": {"religion"}, "vote": {"religion"}, "decide": {"religion"}},
        ),
        (
            {"former": Former(grounds=("removed_x4",), left_on=date(2020, 1, 1), applied_on=date(2025, 9, 5))},
            ("political_standard",),
            {"decide": {"readmission"}},
        ),
    ],
)
def test_what_blocks_which_step(changes, settled, blocked):
    found = check(all_rules(), replace(READY, **changes), MEETING)

    for step in ("start", "vote", "decide"):
        assert {each.key for each in blocking(found, step, settled)} == blocked.get(step, set())


def test_no_paper_settles_a_fail():
    found = check(all_rules(), replace(READY, cell_official=2), MEETING)

    assert [each.key for each in blocking(found, "vote", ("political_standard", "cell_size"))] == ["cell_size"]


@every_set
def test_the_four_limbs_and_the_three_lines(code):
    found = check(all_rules(code), READY, MEETING)
    four, three = limbs(conditions(code), found), lines(conditions(code), found)

    assert [(each.key, each.status, [row.key for row in each.findings]) for each in four] == [
        ("limb_1", PASS, ["citizenship", "age_min", "age_max"]),
        ("limb_2", PASS, ["application", "class_certificate"]),
        ("limb_3", PASS, ["right_place", "cell_size"]),
        ("limb_4", NEEDS_HUMAN, ["introducers", "opinions"]),
    ]
    assert [(each.key, each.status, [row.key for row in each.findings]) for each in three] == [
        ("line_standards", NEEDS_HUMAN, ["education", "political_standard", "local_checklist"]),
        ("line_ability", NEEDS_HUMAN, []),
        ("line_history", NEEDS_HUMAN, ["verification", "political_standard"]),
    ]


def test_a_limb_is_as_bad_as_its_worst_row():
    found = check(all_rules(), replace(READY, born=date(2010, 1, 1), nationality=""), MEETING)

    # at sixteen the youth union introduces, and nothing is known of it
    assert [each.status for each in limbs(conditions(), found)] == [FAIL, PASS, PASS, MISSING]


# --- single rows -----------------------------------------------------------------------------------------------------


@every_set
@pytest.mark.parametrize(
    ("nationality", "foreign_origin", "status"),
    [
        ("Việt Nam", False, PASS),
        ("VIỆT NAM", False, PASS),
        ("Việt Nam", True, NEEDS_HUMAN),
        ("Lào", False, FAIL),
        ("", False, MISSING),
    ],
)
def test_citizenship(code, nationality, foreign_origin, status):
    assert citizenship(conditions(code), nationality, foreign_origin=foreign_origin).status == status


@every_set
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (PASS, PASS, PASS)),
        ({"applied_on": date(2025, 9, 7)}, (NEEDS_HUMAN, PASS, PASS)),
        ({"applied_on": None}, (MISSING, PASS, PASS)),
        ({"steps": STEPS - {"certified"}}, (PASS, MISSING, PASS)),
        ({"unfit": True}, (PASS, FAIL, PASS)),
        ({"sealed_on": date(2025, 9, 26)}, (PASS, PASS, NEEDS_HUMAN)),
        ({"sealed_on": None}, (PASS, PASS, MISSING)),
    ],
)
def test_the_application_and_the_cv(code, changes, expected):
    curriculum, known = replace(PAPERS, **changes), conditions(code)

    assert tuple(row(known, curriculum).status for row in (application, cv, cv_sealed_first)) == expected


@pytest.mark.parametrize(
    ("political", "status"),
    [
        (Political(), NEEDS_HUMAN),
        (Political(beyond_power=True), NEEDS_APPROVAL),
        (Political(beyond_power=True, approval=CONSENT), NEEDS_HUMAN),
        (Political(beyond_power=True, approval=LATE), FAIL),
    ],
)
def test_the_political_standard_is_never_the_machines_word(political, status):
    assert political_standard(conditions(), political).status == status


@pytest.mark.parametrize(
    ("given", "status", "items"),
    [
        (Opinions(given=GIVEN), PASS, ()),
        (Opinions(asked=("Đoàn",), given=GIVEN), MISSING, ("Đoàn",)),
        (Opinions(), MISSING, ("residence_opinion", "opinions_summary")),
        (Opinions(exempt_by="Quy định của Ban Bí thư"), PASS, ()),
    ],
)
def test_opinions(given, status, items):
    found = opinions(conditions(), given)

    assert (found.status, found.items) == (status, items)


@pytest.mark.parametrize(
    ("faith", "status"),
    [
        (Religion(kind="none"), PASS),
        (Religion(kind="recognised"), NEEDS_APPROVAL),
        (Religion(kind="recognised", approval=CONSENT), PASS),
        (Religion(kind="recognised", approval=CONSENT, dignitary=True), NEEDS_HUMAN),
        (Religion(kind="not_recognised"), FAIL),
        (Religion(), MISSING),
    ],
)
def test_religion(faith, status):
    assert religion(conditions(), faith).status == status


def test_the_foreign_spouse_and_the_enterprise_are_for_people():
    for row in (foreign_spouse, business_owner):
        assert [row(conditions(), answer).status for answer in (True, False, None)] == [NEEDS_HUMAN, PASS, MISSING]


@pytest.mark.parametrize(
    ("code", "born", "status"),
    [
        ("qd24_2021", date(2025, 3, 19), NEEDS_HUMAN),
        ("qd24_2021", date(2025, 3, 20), NEEDS_HUMAN),
        ("qd294_2025", date(2025, 3, 19), NEEDS_HUMAN),
        ("qd294_2025", date(2025, 3, 20), PASS),
        ("qd208_2026", date(2025, 3, 20), PASS),
    ],
)
def test_the_population_policy_ended(code, born, status):
    assert population_policy(conditions(code), [born]).status == status


def test_the_population_policy_can_be_switched_off():
    assert population_policy(conditions(population_policy_rule="not_applied"), [date(2020, 1, 1)]).applies is False


@every_set
@pytest.mark.parametrize(
    ("situation", "months", "considered_by", "status", "proposed"),
    [
        ("study", 12, "host", PASS, ""),
        ("study", 11, "host", NEEDS_HUMAN, "residence"),
        ("contract", 12, "residence", NEEDS_HUMAN, "host"),
        ("contract", 6, "residence", PASS, ""),
        ("waiting", 0, "host", PASS, ""),
        ("graduated", 0, "residence", PASS, ""),
        ("graduated", 0, "host", NEEDS_HUMAN, "residence"),
    ],
)
def test_where_an_applicant_is_considered(code, situation, months, considered_by, status, proposed):
    place = Place(situation=situation, months=months, considered_by=considered_by)
    found = right_place(conditions(code), place)

    assert (found.status, found.code) == (status, proposed)


def test_a_committee_asks_for_more():
    known = conditions(local_checklist=["Gia đình văn hóa", "Ý kiến cha mẹ"])

    assert local_checklist(conditions(), ()).applies is False
    assert local_checklist(known, ("Gia đình văn hóa",)).items == ("Ý kiến cha mẹ",)
    assert local_checklist(known, ("Gia đình văn hóa", "Ý kiến cha mẹ")).status == PASS
