"""Party age from the facts on record; who is due at a round; badges proposed, awarded, early, posthumous, voided."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cells.models import LogEntry
from members.actions import awards, badges
from members.actions.endings import EndingEntry, record_death, remove_name
from members.actions.restorations import RestorationEntry, readmit, restore_rights
from members.badge_rules import BadgeBook
from members.models import Badge, Member, Overlay, PartyAgeConfirmation, Sanction
from members.reports.badges import AWARDED, HELD, LOOK, PROPOSED, READY, DueQuestion, backlog, due_at
from members.reports.party_age import AgeFacts
from members.reports.party_page import PartyFacts
from members.rules.badges import NEUTRAL, round_of
from members.rules.party_age import HUMAN, NOT_YET, party_age
from tests.factories import MemberFactory

TODAY = date(2026, 11, 23)
MAY = date(2026, 5, 19)
FEBRUARY = date(2027, 2, 3)


@pytest.fixture
def by(cast):
    return cast.staff


def since(tree, day, **values):
    """An official member whose decision is of that day."""
    values.setdefault("home", tree.here)
    official_on = day.replace(year=day.year + 1)
    return MemberFactory(decided_on=day, admitted_on=day, official_on=official_on, born_on=date(1940, 1, 1), **values)


def age(member, on=TODAY):
    member = Member.objects.get(pk=member.pk)
    return party_age(BadgeBook().age(member.home, on), AgeFacts([member.pk]).record(member), on)


def question(tree, today=TODAY, sees=("/",)):
    return DueQuestion(tree.root, today, BadgeBook(), sees)


def a_round(tree, on):
    book = BadgeBook()
    return round_of(book.badge(tree.root, on), on)


def due(tree, on, **options):
    return due_at(a_round(tree, on), Member.objects.all(), question(tree, **options))


def disciplined(member, day, form="warning", announced=True, **more):
    announced_on = day if announced else None
    return Sanction.objects.create(member=member, form=form, decided_on=day, announced_on=announced_on, **more)


# --- Party age from the facts ----------------------------------------------------------------------------------------


def test_an_interruption_on_record_is_taken_off(tree):
    """[M2]"""
    member = since(tree, date(1986, 5, 12))
    Overlay.objects.create(
        member=member, kind="interrupted", started_on=date(1990, 3, 1), ended_on=date(1992, 9, 1), decision="x"
    )
    Overlay.objects.create(member=member, kind="exempt", started_on=date(1995, 3, 1), ended_on=date(1996, 9, 1))
    found = age(member)
    assert (found.gap_days, found.start, found.months) == (915, date(1988, 11, 12), 456)


def test_a_readmitted_member_loses_the_time_between_the_two_decisions(tree, by):
    """[M3] [M4]"""
    member = since(tree, date(1998, 4, 2), since=date(1998, 4, 2))
    out = EndingEntry(date(2008, 6, 20), ("removed_x2",), "5-QĐ", decided_on=date(2008, 6, 10))
    remove_name(member, out, by=by)
    readmit(member, RestorationEntry(date(2013, 10, 9), tree.here, "7-QĐ", date(2013, 9, 25)), by=by)
    assert (age(member).status, age(member).months) == (NOT_YET, None)
    Member.objects.filter(pk=member.pk).update(official_on=date(2014, 10, 9))
    found = age(member)
    assert (found.gap_days, found.start, found.months) == (1933, date(2003, 7, 18), 280)
    assert "Trừ 1933 ngày, 10/06/2008 – 24/09/2013: bị xóa tên" in found.arithmetic


def test_who_was_wronged_loses_nothing(tree, by):
    """[M5]"""
    member = since(tree, date(1996, 3, 3), since=date(1996, 3, 3))
    remove_name(member, EndingEntry(date(2001, 2, 1), ("removed_x2",), "5-QĐ", date(2001, 2, 1)), by=by)
    restore_rights(member, RestorationEntry(date(2004, 6, 1), tree.here, "9-QĐ", date(2004, 6, 1)), by=by)
    assert (age(member).gap_days, age(member).months) == (0, 368)


def test_the_card_stands_in_and_a_partial_day_is_for_a_person(tree):
    """[M6]"""
    member = since(tree, date(1975, 5, 19))
    Member.objects.filter(pk=member.pk).update(decided_on=None)
    assert (age(member).start, age(member).months) == (date(1975, 5, 19), 618)
    Member.objects.filter(pk=member.pk).update(decided_on=date(1975, 1, 1), decided_precision="year")
    assert (age(member).status, age(member).start, age(member).latest) == (HUMAN, date(1975, 1, 1), date(1975, 12, 31))


def test_a_confirmed_age_wins_until_it_is_voided(tree, by):
    member = since(tree, date(1986, 5, 12))
    values = {"confirmed_on": date(2015, 5, 12), "months": 300, "decision": "12-QĐ/TU", "decided_by": ""}
    row = awards.confirm_party_age(member, values, by=by)
    assert age(member).months == 438
    with pytest.raises(ValidationError, match="Đã có xác nhận"):
        awards.confirm_party_age(member, values, by=by)
    awards.void_confirmation(row, reason="ghi nhầm", by=by)
    assert age(member).months == 486
    with pytest.raises(ValidationError, match="đã được hủy"):
        awards.void_confirmation(row, reason="lại", by=by)
    assert [entry.action for entry in LogEntry.objects.about(member).order_by("id")] == [
        "members.confirm_party_age", "members.void_confirmation",
    ]  # fmt: skip


def test_of_the_dead_the_day_of_death_counts(tree, by):
    member = since(tree, date(1986, 5, 12))
    record_death(member, EndingEntry(date(2026, 5, 13)), by=by)  # died on 12/05/2026
    assert (age(member).months, age(member).on) == (480, date(2026, 5, 12))
    assert AgeFacts([member.pk]).died_on(member) == date(2026, 5, 12)


# --- who is due ------------------------------------------------------------------------------------------------------


def test_a_round_lists_who_falls_due_in_its_window(tree):
    """[M7] [M8]"""
    first = since(tree, date(1986, 3, 1))
    last = since(tree, date(1976, 5, 31), home=tree.far)
    since(tree, date(1986, 2, 28))
    since(tree, date(1986, 6, 1))
    rows = due(tree, MAY)
    assert [(row.member, row.level, row.state) for row in rows] == [(last, 50, READY), (first, 40, READY)]
    assert a_round(tree, MAY).file_by == date(2026, 4, 2)


def test_probationary_and_departed_members_are_not_listed(tree, by):
    member, probationary = since(tree, date(1986, 5, 12)), since(tree, date(1986, 5, 12))
    Member.objects.filter(pk=probationary.pk).update(official_on=None)
    record_death(member, EndingEntry(date(2026, 4, 13)), by=by)
    assert due(tree, MAY) == []


def test_discipline_holds_until_its_round(tree):
    """[M11]"""
    member = since(tree, date(1986, 5, 12))
    disciplined(member, date(2026, 3, 10))
    [row] = due(tree, MAY, today=date(2026, 4, 1))
    assert (row.state, row.finding.due_on) == (HELD, date(2026, 12, 10))
    [later] = due(tree, FEBRUARY, today=date(2026, 12, 15))
    assert (later.state, later.member, later.due.on) == (LOOK, member, date(2026, 5, 12))
    assert "chi bộ xác nhận" in later.finding.reason


def test_a_sanction_that_was_not_announced_does_not_show(tree):
    disciplined(since(tree, date(1986, 5, 12)), date(2026, 3, 10), announced=False)
    assert [row.state for row in due(tree, MAY)] == [READY]


def test_who_may_not_know_of_discipline_reads_what_stands_for_any_doubt(tree):
    held, partial = since(tree, date(1986, 5, 12)), since(tree, date(1986, 5, 1))
    Member.objects.filter(pk=partial.pk).update(decided_precision="year")
    disciplined(held, date(2026, 3, 10))
    rows = due(tree, MAY, sees=(tree.far.path,))
    assert {(row.state, row.finding.reason, row.finding.source) for row in rows} == {(LOOK, NEUTRAL, "")}
    assert {row.member for row in rows} == {held, partial}


def test_the_new_level_and_those_who_passed_it_before(tree):
    """[M12]"""
    after, before = since(tree, date(1991, 9, 12)), since(tree, date(1991, 5, 12))
    since(tree, date(1986, 5, 12))  # has reached 40
    [row] = due(tree, date(2026, 9, 2))
    assert (row.member, row.level, row.state) == (after, 35, READY)
    assert due(tree, MAY, today=date(2026, 4, 1))[-1].level == 40  # no level 35 before 26/07/2026
    [old] = backlog(Member.objects.all(), question(tree))
    assert (old.member, old.level, old.state) == (before, 35, LOOK)


def test_a_badge_shows_as_proposed_and_awarded_and_hides_lower_levels(tree):
    proposed, awarded, past = (since(tree, date(1986, 5, 12 + n)) for n in range(3))
    Badge.objects.create(member=proposed, level=40, proposed_on=TODAY, round_on=MAY)
    Badge.objects.create(member=awarded, level=40, decided_on=TODAY, decision="1-QĐ")
    Badge.objects.create(member=past, level=45, decided_on=TODAY, decision="1-QĐ")
    rows = {row.member: row.state for row in due(tree, MAY)}
    assert rows == {proposed: PROPOSED, awarded: AWARDED}


def test_the_list_asks_as_often_for_many_as_for_one(tree):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            found = due(tree, MAY)
        return len(captured), len(found)

    since(tree, date(1986, 5, 12))
    asked()
    one, _ = asked()
    for n in range(1, 30):
        member = since(tree, date(1986, 5, n))
        disciplined(member, date(2026, 3, 10))
        Overlay.objects.create(
            member=member, kind="interrupted", started_on=date(2000, 1, 1), ended_on=date(2000, 1, 2)
        )
    assert asked() == (one, 30)
    assert one == 6  # two of them for what committees chose


# --- acts ------------------------------------------------------------------------------------------------------------


def proposal(tree, on, today=TODAY, reason=""):
    return badges.Proposal(a_round(tree, on), today, reason)


def test_propose_writes_one_badge_each_and_one_entry_of_the_log(tree, by):
    people = [since(tree, date(1987, 1, n)) for n in (5, 6)]
    badges.propose_badges(tree.root, people, proposal(tree, FEBRUARY), by=by)
    assert set(Badge.objects.values_list("member", "level", "due_on", "round_on", "proposed_on")) == {
        (people[0].pk, 40, date(2027, 1, 5), FEBRUARY, TODAY),
        (people[1].pk, 40, date(2027, 1, 6), FEBRUARY, TODAY),
    }
    [entry] = LogEntry.objects.about(tree.root).filter(action="members.propose_badges")
    assert entry.data == {"people": 2, "round": "03/02/2027", "reason": ""}
    with pytest.raises(ValidationError, match="đã đề nghị"):
        badges.propose_badges(tree.root, people, proposal(tree, FEBRUARY), by=by)
    assert Badge.objects.count() == 2


def test_one_who_cannot_be_proposed_stops_all(tree, by):
    good, not_due, held = since(tree, date(1986, 5, 5)), since(tree, date(1986, 1, 5)), since(tree, date(1986, 5, 6))
    disciplined(held, date(2026, 3, 10))
    for other, words in ((not_due, "không đến hạn"), (held, "chưa xét")):
        with pytest.raises(ValidationError, match=words):
            badges.propose_badges(tree.root, [good, other], proposal(tree, MAY, date(2026, 4, 1)), by=by)
    with pytest.raises(ValidationError, match="Chưa chọn"):
        badges.propose_badges(tree.root, [], proposal(tree, MAY), by=by)
    assert Badge.objects.count() == 0


def test_a_doubt_is_proposed_with_a_reason_only(tree, by):
    member = since(tree, date(1986, 5, 12))
    disciplined(member, date(2026, 3, 10))
    late = proposal(tree, FEBRUARY, date(2026, 12, 15))
    with pytest.raises(ValidationError) as refused:
        badges.propose_badges(tree.root, [member], late, by=by)
    assert refused.value.message_dict.keys() == {"reason"}
    reason = "Nghị quyết chi bộ 12/12/2026 xác nhận đã sửa chữa"
    badges.propose_badges(tree.root, [member], badges.Proposal(late.round, late.on, reason), by=by)
    assert Badge.objects.get().reason == reason


def award(*pairs, decision="15-QĐ/TU", **more):
    return list(pairs), badges.AwardDecision(decision, date(2026, 11, 20), "Ban Thường vụ Tỉnh ủy", **more)


def test_award_writes_the_decision_and_the_numbers_once(tree, by):
    people = [since(tree, date(1987, 1, n)) for n in (5, 6)]
    badges.propose_badges(tree.root, people, proposal(tree, FEBRUARY), by=by)
    one, two = Badge.objects.order_by("id")
    pairs, decision = award((one, "CM 0001234"), (two, ""))
    badges.award_badges(tree.root, pairs, decision, by=by)
    assert list(Badge.objects.order_by("id").values_list("number", "decision", "decided_on")) == [
        ("CM 0001234", "15-QĐ/TU", date(2026, 11, 20)), ("", "15-QĐ/TU", date(2026, 11, 20)),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="vừa được người khác ghi"):
        badges.award_badges(tree.root, pairs, decision, by=by)
    badges.hand_over_badges(tree.root, [one, two], on=date(2027, 2, 3), by=by)
    assert set(Badge.objects.values_list("handed_on", flat=True)) == {date(2027, 2, 3)}
    with pytest.raises(ValidationError, match="đã ghi ngày trao"):
        badges.hand_over_badges(tree.root, [one], on=date(2027, 2, 4), by=by)


@pytest.mark.parametrize("number", ["CM 12", "CM 0009999"], ids=["wrong form", "taken"])
def test_a_wrong_or_taken_number_rolls_the_whole_award_back(tree, by, number):
    other = since(tree, date(1980, 1, 1))
    Badge.objects.create(member=other, level=40, decided_on=TODAY, decision="1-QĐ", number="CM 0009999")
    people = [since(tree, date(1987, 1, n)) for n in (5, 6)]
    badges.propose_badges(tree.root, people, proposal(tree, FEBRUARY), by=by)
    one, two = Badge.objects.proposed().order_by("id")
    pairs, decision = award((one, "CM 0001234"), (two, number))
    with pytest.raises(ValidationError, match=str(two.member)):
        badges.award_badges(tree.root, pairs, decision, by=by)
    assert Badge.objects.proposed().count() == 2
    assert not LogEntry.objects.filter(action="members.award_badges").exists()


def test_nothing_is_handed_over_before_its_decision(tree, by):
    member = since(tree, date(1987, 1, 5))
    badges.propose_badges(tree.root, [member], proposal(tree, FEBRUARY), by=by)
    badge = Badge.objects.get()
    pairs, decision = award((badge, ""), handed_on=date(2026, 11, 19))
    with pytest.raises(ValidationError, match="ngày trao 19/11/2026 không thể trước quyết định ngày 20/11/2026"):
        badges.award_badges(tree.root, pairs, decision, by=by)
    badges.award_badges(tree.root, *award((badge, "")), by=by)
    with pytest.raises(ValidationError, match="không thể trước quyết định"):
        badges.hand_over_badges(tree.root, [badge], on=date(2026, 11, 19), by=by)
    old = {"level": 30, "decided_on": date(2016, 1, 1), "decided_precision": "year"}
    with pytest.raises(ValidationError, match="không thể trước quyết định"):
        badges.enter_badge(member, {**old, "handed_on": date(2015, 12, 31)}, by=by)
    badges.enter_badge(member, {**old, "handed_on": date(2016, 1, 1)}, by=by)
    badges.hand_over_badges(tree.root, [badge], on=date(2026, 11, 20), by=by)
    assert set(Badge.objects.values_list("level", "handed_on")) == {(30, date(2016, 1, 1)), (40, date(2026, 11, 20))}


def test_a_badge_voided_meanwhile_stops_the_whole_handing_over(tree, by):
    people = [since(tree, date(1987, 1, n)) for n in (5, 6)]
    values = {"level": 40, "decided_on": date(2026, 11, 20), "decision": "15-QĐ/TU"}
    kept, gone = (Badge.objects.create(member=each, **values) for each in people)
    badges.void_badge(gone, reason="ghi nhầm", by=by)
    with pytest.raises(ValidationError, match=f"{people[1]} vừa bị hủy"):
        badges.hand_over_badges(tree.root, [kept, gone], on=TODAY, by=by)
    assert Badge.objects.filter(handed_on__isnull=False).count() == 0
    assert not LogEntry.objects.filter(action="members.hand_over_badges").exists()


def early(level, on=TODAY):
    return badges.OwnProposal(level, on, "Giấy xác nhận 12/BV", FEBRUARY)


def test_early_within_its_limit_only(tree, by):
    """[M9]"""
    in_time, too_soon = since(tree, date(1967, 8, 20)), since(tree, date(1967, 12, 20))
    badge = badges.propose_early(in_time, early(60), by=by)
    assert (badge.kind, badge.level, badge.due_on) == ("early", 60, date(2027, 8, 20))
    with pytest.raises(ValidationError, match="tặng sớm được từ 20/12/2026"):
        badges.propose_early(too_soon, early(60), by=by)
    with pytest.raises(ValidationError, match="đang được đề nghị"):
        badges.propose_early(in_time, early(60), by=by)
    disciplined(too_soon, date(2026, 10, 1))
    with pytest.raises(ValidationError, match="xem xét lại từ 01/07/2027"):
        badges.propose_early(too_soon, early(60, date(2026, 12, 21)), by=by)


def test_who_left_is_offered_no_badge(tree, by):
    early_60, reached_40 = since(tree, date(1967, 8, 20)), since(tree, date(1986, 5, 12))
    found = PartyFacts(Member.objects.get(pk=early_60.pk), question(tree))
    assert ([due.level for due in found.early], found.coming.level) == ([60], 60)
    assert PartyFacts(Member.objects.get(pk=reached_40.pk), question(tree)).reached.level == 40
    for member in (early_60, reached_40):
        remove_name(member, EndingEntry(date(2026, 10, 1), ("removed_x2",), "5-QĐ", date(2026, 10, 1)), by=by)
        found = PartyFacts(Member.objects.get(pk=member.pk), question(tree))
        assert (found.coming, found.reached, found.early, found.early_finding, found.line.next) == (
            None, None, (), None, None,
        )  # fmt: skip
    moved = since(tree, date(1967, 8, 21))
    moved.memberships.update(ended_on=date(2026, 10, 1), end_reason="moved_out")
    found = PartyFacts(Member.objects.get(pk=moved.pk), question(tree))
    assert (found.coming, found.reached, found.age.months) == (None, None, 711)
    with pytest.raises(ValidationError, match="không còn là đảng viên ngày 23/11/2026"):
        badges.propose_early(early_60, early(60), by=by)
    assert badges.propose_early(early_60, early(60, date(2026, 9, 30)), by=by).level == 60  # entered late from paper


@pytest.mark.parametrize(
    ("begun", "level", "allowed"),
    [(date(1967, 8, 20), 60, True), (date(1958, 1, 15), 70, False)],
    ids=["[M10] due 20/08/2027", "[M10] due 15/01/2028"],
)
def test_posthumous_within_twelve_months(tree, by, begun, level, allowed):
    member = since(tree, begun)
    with pytest.raises(ValidationError, match="đã từ trần"):
        badges.propose_posthumous(member, early(level), by=by)
    record_death(member, EndingEntry(date(2026, 10, 2)), by=by)
    if not allowed:
        with pytest.raises(ValidationError, match="sớm quá 12 tháng"):
            badges.propose_posthumous(member, early(level), by=by)
        return
    badge = badges.propose_posthumous(member, early(level), by=by)
    assert (badge.kind, badge.due_on) == ("posthumous", date(2027, 8, 20))
    facts = PartyFacts(Member.objects.get(pk=member.pk), question(tree))
    assert (facts.early, facts.posthumous) == ((), ())


def test_an_old_badge_is_entered_and_voided(tree, by):
    member = since(tree, date(1986, 5, 12))
    values = {"level": 30, "number": "", "decision": "", "decided_on": date(2016, 1, 1), "decided_precision": "year"}
    badge = badges.enter_badge(member, values, by=by)
    with pytest.raises(ValidationError, match="đã tặng"):
        badges.enter_badge(member, values, by=by)
    badges.void_badge(badge, reason="ghi nhầm người", by=by)
    with pytest.raises(ValidationError, match="đã được hủy"):
        badges.void_badge(badge, reason="lại", by=by)
    badges.enter_badge(member, values, by=by)
    assert Badge.objects.standing().count() == 1


def test_a_reward_is_entered_once_and_voided(tree, by):
    member = since(tree, date(1986, 5, 12))
    values = {"form": "order", "title": "Huân chương Lao động", "grade": "hạng Ba", "awarded_on": date(2015, 9, 1),
              "awarded_precision": "month", "issuer": "Chủ tịch nước", "decision": "", "note": ""}  # fmt: skip
    row = awards.add_award(member, values, by=by)
    assert str(row) == "Huân chương Lao động, hạng Ba"
    with pytest.raises(ValidationError, match="đã ghi rồi"):
        awards.add_award(member, values, by=by)
    awards.void_award(row, reason="ghi nhầm", by=by)
    awards.add_award(member, values, by=by)
    assert PartyAgeConfirmation.objects.count() == 0
