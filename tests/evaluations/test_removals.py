"""How somebody leaves by screening, from rows of the database: the examples of screening.md by their number."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from cells.models import LogEntry
from config.lib.steps import ActEntry as RemovalAct
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import Removal, RemovalDecision, RemovalPaper, RemovalStep, RemovalVote
from evaluations.removal_page import matters, read_removal_page
from evaluations.removal_stations import read_removal_way
from members.actions import endings
from members.enums import MembershipKind, OverlayKind, ProceedingStage, StartReason
from members.models import Ending, Member, Membership, Overlay, Proceeding, Restoration
from tests.discipline.cases import case_on
from tests.evaluations import removal_cases as cases
from tests.evaluations.removal_cases import fresh, on_the_roll, vote

pytestmark = pytest.mark.django_db


# --- votes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("entitled", "need"), [(9, 6), (10, 7), (20, 14)], ids=["S11-9", "S11-10", "S11-20"])
def test_two_thirds_are_rounded_up(tree, cast, entitled, need):
    removal = actions.start_removal(
        cases.member_of(tree.here, others=entitled - 1), ("X2",), [], on=cases.OPENED, by=cast.secretary
    )
    cases.reviewed(removal, by=cast.secretary)

    stored = actions.vote_removal_in_cell(removal, vote(need - 1, present=need), by=cast.secretary)

    assert (stored.entitled, stored.needed, stored.carried) == (entitled, need, False)
    assert fresh(removal).state == "cell_not_carried"
    assert actions.vote_removal_in_cell(fresh(removal), vote(need), by=cast.secretary).carried is True


def test_the_base_counts_who_stays_away_and_names_who_is_not_counted(tree, cast):
    """S12: 21 official, one temporarily elsewhere and two exempt, all absent; 16 present, 11 votes, then 12."""
    removal = cases.started(tree.here, by=cast.secretary, others=20)
    people = list(Member.objects.in_cell(tree.here, cases.MET).exclude(pk=removal.member_id)[:3])
    for person in people[:2]:
        Overlay.objects.create(member=person, kind=OverlayKind.EXEMPT, started_on=cases.OPENED)
    Membership.objects.create(
        member=people[2], organisation=tree.there, kind=MembershipKind.TEMPORARY, started_on=cases.OPENED,
        start_reason=StartReason.TEMPORARY,
    )  # fmt: skip
    cases.reviewed(removal, by=cast.secretary)

    actions.vote_removal_in_cell(fresh(removal), vote(11, no=5), by=cast.secretary)
    actions.vote_removal_in_cell(fresh(removal), vote(12, no=4), by=cast.secretary)

    first, second = RemovalVote.objects.order_by("id")
    assert (first.official, first.entitled, first.needed, first.carried) == (21, 18, 12, False)
    assert (second.entitled, second.needed, second.carried) == (18, 12, True)
    assert len(second.excluded) == 3


def test_who_decides_needs_more_than_half(tree, cast):
    removal = cases.under_decision(tree.here, cast)

    refused = actions.decide_removal(removal, cases.decision(4), by=cast.staff)

    assert (refused.vote.entitled, refused.vote.needed, refused.approves) == (9, 5, False)
    assert fresh(removal).state == "kept"
    assert Ending.objects.count() == 0


# --- self-review ------------------------------------------------------------------------------------------------------


def test_asked_twice_waits_three_times_goes_on(tree, cast):
    """S15, first and second case."""
    removal = cases.asked(cases.started(tree.here, by=cast.secretary), by=cast.secretary, times=2)

    with pytest.raises(NotAllowed, match="Đã yêu cầu 2 lần"):
        actions.vote_removal_in_cell(removal, vote(7), by=cast.secretary)
    cases.asked(removal, by=cast.secretary)

    assert actions.vote_removal_in_cell(fresh(removal), vote(7), by=cast.secretary).carried is True


def test_openly_refused_goes_on_at_once(tree, cast):
    """S15, third case."""
    removal = cases.asked(cases.started(tree.here, by=cast.secretary), by=cast.secretary)

    actions.record_refusal(removal, RemovalAct(cases.ASKED, note="nói trước chi bộ"), by=cast.secretary)

    assert actions.vote_removal_in_cell(fresh(removal), vote(7), by=cast.secretary).carried is True


def test_without_a_single_request_nobody_votes(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    with pytest.raises(NotAllowed):
        actions.vote_removal_in_cell(removal, vote(7), by=cast.secretary)


# --- leaving on application -------------------------------------------------------------------------------------------


def test_an_open_violation_goes_before_an_application(tree, cast):
    """S16, as declared and as the file knows of proceedings."""
    member = cases.member_of(tree.here)

    with pytest.raises(NotAllowed, match="xem xét kỷ luật trước"):
        actions.apply_to_leave(member, cases.application(open_violation=True), by=cast.secretary)
    Proceeding.objects.create(member=member, stage=ProceedingStage.PROSECUTED, started_on=date(2026, 1, 5))
    with pytest.raises(NotAllowed) as told:
        actions.apply_to_leave(member, cases.application(), by=cast.secretary)

    assert str(told.value) == "Chưa xét được đơn này. Hãy liên hệ Ủy ban Kiểm tra cấp trên trực tiếp."
    with pytest.raises(NotAllowed, match="Có thông tin tố tụng đang mở"):
        actions.apply_to_leave(member, cases.application(), by=cast.inspector)
    assert Removal.objects.count() == 0


def test_proceedings_that_are_closed_refuse_nothing(tree, cast):
    member = cases.member_of(tree.here)
    Proceeding.objects.create(member=member, stage=ProceedingStage.CLOSED, started_on=date(2026, 1, 5))

    assert actions.apply_to_leave(member, cases.application(), by=cast.secretary).state == "ready"


def test_a_sealed_case_refuses_nothing_and_is_not_felt(tree, cast):
    """What an application meets is the same with a sealed case as without: no sentence, no later day."""
    member = cases.member_of(tree.here)
    case_on(member, cast.inspector)

    removal = cases.voted(actions.apply_to_leave(member, cases.application(), by=cast.secretary), cast)

    assert removal.state == "cell_carried"


def test_a_hold_of_the_inspectors_says_and_stops_nothing_here(tree, cast):
    member = cases.member_of(tree.here)
    member.holds.create(started_on=date(2026, 1, 5), recorded_by=cast.inspector)

    removal = actions.apply_to_leave(member, cases.application(), by=cast.secretary)

    assert removal.state == "ready"


def test_an_application_goes_through_the_bodies_and_bars_for_good(tree, cast):
    """E15: whoever left on his own application is not considered again, whatever time has passed."""
    removal = actions.apply_to_leave(
        cases.member_of(tree.here), cases.application(asks_age_confirmation=True), by=cast.secretary
    )
    removal = cases.base_voted(cases.voted(removal, cast), cast)
    actions.submit_removal(removal, RemovalAct(cases.SENT_UP), by=cast.staff)

    actions.decide_removal(fresh(removal), cases.decision(grounds=()), by=cast.staff)

    ending = Ending.objects.get()
    assert (ending.reason, ending.grounds) == ("left", ["left_on_application"])
    found = _consequence(removal, cast)
    assert (found.status, found.allows(date(2036, 1, 1))) == ("never", False)


def test_proceedings_that_began_meanwhile_stop_the_decision(tree, cast):
    removal = cases.voted(
        actions.apply_to_leave(cases.member_of(tree.here), cases.application(), by=cast.secretary), cast
    )
    removal = cases.base_voted(removal, cast)
    actions.submit_removal(removal, RemovalAct(cases.SENT_UP), by=cast.staff)
    Proceeding.objects.create(member=removal.member, stage=ProceedingStage.PROSECUTED, started_on=cases.DECIDED)

    with pytest.raises(NotAllowed, match="Chưa xét được đơn này"), transaction.atomic():
        actions.decide_removal(fresh(removal), cases.decision(grounds=()), by=cast.staff)

    assert RemovalDecision.objects.count() == 0
    assert fresh(removal).state == "under_decision"


# --- the decision and what comes of it --------------------------------------------------------------------------------


def _consequence(removal, cast):
    return read_removal_page(matters(cast.staff).get(pk=removal.pk), cast.staff, date(2026, 11, 27)).consequence


def test_removed_for_fees_may_come_back_after_thirty_six_months(tree, cast):
    """S17 from rows: removed under X2 on 1/4/2026; the day before 36 months is too early."""
    removal = cases.under_decision(tree.here, cast)
    on = date(2026, 4, 1)

    actions.decide_removal(removal, cases.decision(on=on), by=cast.staff)

    found = _consequence(removal, cast)
    assert (found.status, found.first_on, found.needs_consent) == ("not_before", date(2029, 4, 1), True)
    assert (found.allows(date(2029, 3, 31)), found.allows(date(2029, 4, 1))) == (False, True)


def test_who_left_by_his_own_will_never_comes_back(tree, cast):
    """S18, and the strictest of several codes."""
    removal = cases.removed(tree.here, cast, grounds=("removed_x2", "left_by_own_will"))

    assert Ending.objects.get().grounds == ["left_by_own_will", "removed_x2"]
    assert _consequence(removal, cast).status == "never"


def test_who_was_readmitted_once_is_not_again(tree, cast):
    """S20."""
    removal = cases.removed(tree.here, cast)
    Restoration.objects.create(
        member=removal.member, kind="readmitted", end_reason="name_removed", organisation=tree.here,
        out_on=date(2015, 1, 1), back_on=date(2019, 1, 1), decision="1-QĐ", decided_on=date(2019, 1, 1),
    )  # fmt: skip

    found = _consequence(removal, cast)

    assert (found.status, "1 lần" in found.reason) == ("never", True)


def test_a_probationary_member_is_removed_and_never_expelled(tree, cast):
    """E14: conduct unfit is X7 with two thirds; an expulsion is refused."""
    member = cases.member_of(tree.here, official_on=None, admitted_on=date(2025, 9, 1), decided_on=date(2025, 8, 20))
    with pytest.raises(ValidationError, match="không dùng cho đảng viên dự bị"):
        actions.start_removal(member, ("X5",), [], on=cases.OPENED, by=cast.secretary)
    removal = actions.start_removal(member, ("X7",), cases.EVIDENCE, on=cases.OPENED, by=cast.secretary)
    removal = cases.reviewed(removal, by=cast.secretary)

    counted = actions.vote_removal_in_cell(removal, vote(6), by=cast.secretary)

    assert (counted.members, counted.official, counted.needed, counted.carried) == (9, 8, 6, True)
    with pytest.raises(ValidationError, match="không bị khai trừ"), transaction.atomic():
        endings.expel(member, endings.EndingEntry(ended_on=cases.DECIDED), by=cast.staff)
    removal = cases.base_voted(fresh(removal), cast)
    actions.submit_removal(removal, RemovalAct(cases.SENT_UP), by=cast.staff)
    actions.decide_removal(fresh(removal), cases.decision(grounds=("removed_x7",)), by=cast.staff)
    ending = Ending.objects.get()
    assert (ending.reason, ending.grounds, ending.was_probationary) == ("name_removed", ["removed_x7"], True)


def test_x7_is_not_for_an_official_member(tree, cast):
    with pytest.raises(ValidationError, match="đảng viên chính thức"):
        actions.start_removal(cases.member_of(tree.here), ("X7",), [], on=cases.OPENED, by=cast.secretary)


def test_nothing_ends_before_the_day_on_which_the_decision_takes_effect(tree, cast):
    removal = cases.under_decision(tree.here, cast)
    effective = date(2026, 4, 1)

    actions.decide_removal(removal, cases.decision(effective_on=effective), by=cast.staff)

    assert (on_the_roll(removal.member, date(2026, 3, 31)), on_the_roll(removal.member, effective)) == (True, False)
    ending = Ending.objects.get()
    assert (ending.decision, ending.decided_on, ending.decided_by) == ("15-QĐ/ĐU", cases.DECIDED, tree.root.name)


def test_a_decision_without_a_code_is_refused(tree, cast):
    removal = cases.under_decision(tree.here, cast)

    with pytest.raises(ValidationError, match="căn cứ ra khỏi Đảng"):
        actions.decide_removal(removal, cases.decision(grounds=()), by=cast.staff)


def test_one_number_stands_for_one_person(tree, cast):
    cases.removed(tree.here, cast)
    other = cases.under_decision(tree.here, cast, others=0)

    with pytest.raises(ValidationError, match="đã dùng cho"):
        actions.decide_removal(other, cases.decision(), by=cast.staff)


def test_a_decision_taken_back_puts_the_member_on_the_roll_again(tree, cast):
    removal = cases.removed(tree.here, cast)
    last = RemovalStep.objects.get(step="decide_removal")

    actions.void_removal_step(last, reason="ghi nhầm người", by=cast.staff)

    assert on_the_roll(removal.member, date(2026, 6, 1)) is True
    assert (fresh(removal).state, Ending.objects.standing().count()) == ("under_decision", 0)
    assert RemovalDecision.objects.standing().count() == 0
    [entry] = LogEntry.objects.filter(action="evaluations.void_removal_step")
    assert entry.data["reason"] == "ghi nhầm người"


def test_only_the_last_step_is_taken_back(tree, cast):
    removal = cases.under_decision(tree.here, cast)

    with pytest.raises(NotAllowed, match="bước gần nhất"):
        actions.void_removal_step(removal.steps.get(step="vote_removal_in_cell"), reason="nhầm", by=cast.secretary)
    actions.void_removal_step(removal.steps.get(step="submit_removal"), reason="nhầm", by=cast.staff)
    actions.void_removal_step(removal.steps.get(step="vote_removal_in_base"), reason="nhầm", by=cast.officer)

    assert fresh(removal).state == "cell_carried"
    assert RemovalVote.objects.standing().count() == 1


def test_a_failed_vote_goes_on_only_with_a_reason(tree, cast):
    removal = cases.voted(cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary), cast, yes=5)

    with pytest.raises(ValidationError, match="không đủ phiếu"):
        cases.base_voted(removal, cast)
    removal = cases.base_voted(removal, cast, despite="vi phạm đã rõ, chi bộ nể nang")

    assert removal.state == "base_carried"


def test_a_second_matter_waits_for_the_first(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    with pytest.raises(NotAllowed, match="Đang có một hồ sơ"):
        actions.start_removal(removal.member, ("X3",), [], on=cases.OPENED, by=cast.secretary)
    actions.withdraw_removal(removal, RemovalAct(cases.ASKED, note="đã đóng đủ"), by=cast.secretary)

    assert actions.start_removal(removal.member, ("X3",), [], on=cases.OPENED, by=cast.secretary).state == "opened"


def test_a_step_before_the_last_one_is_refused(tree, cast):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)

    with pytest.raises(NotAllowed, match="trước bước"):
        actions.vote_removal_in_cell(removal, vote(7, on=cases.OPENED), by=cast.secretary)


def test_minutes_that_do_not_add_up_are_refused(tree, cast):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)

    with pytest.raises(ValidationError, match="Thu vào 7 phiếu"):
        actions.vote_removal_in_cell(removal, vote(7, present=8, issued=6), by=cast.secretary)
    with pytest.raises(ValidationError, match="nhiều hơn 9 người"):
        actions.vote_removal_in_cell(removal, vote(7, present=10), by=cast.secretary)


def test_the_member_may_say_his_word(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    actions.add_removal_statement(removal, written_on=cases.ASKED, text="Tôi nằm viện", by=cast.secretary)

    assert [paper.text for paper in RemovalPaper.objects.all()] == ["Tôi nằm viện"]


def test_a_statement_entered_wrongly_is_taken_back(tree, cast, as_):
    removal = cases.started(tree.here, by=cast.secretary)
    paper = actions.add_removal_statement(removal, written_on=cases.ASKED, text="Tôi nằm viện", by=cast.secretary)
    client, address = as_(cast.secretary), reverse("evaluations:void_removal_statement", args=[paper.pk])
    shown = reverse("evaluations:removal", args=[removal.pk])

    assert address in client.get(shown).content.decode()
    assert client.post(address, {"reason": "của người khác"}).status_code == 302

    assert RemovalPaper.objects.standing().count() == 0
    assert "Tôi nằm viện" not in client.get(shown).content.decode()
    [entry] = LogEntry.objects.filter(action="evaluations.void_removal_statement")
    assert entry.data["reason"] == "của người khác"
    with pytest.raises(NotAllowed, match="đã hủy, hoặc hồ sơ đã kết thúc"):
        actions.void_removal_statement(paper, reason="x", by=cast.secretary)


def test_a_statement_of_a_matter_that_has_ended_stays(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)
    paper = actions.add_removal_statement(removal, written_on=cases.ASKED, text="Tôi nằm viện", by=cast.secretary)
    Removal.objects.filter(pk=removal.pk).update(state="withdrawn")

    with pytest.raises(NotAllowed, match="đã hủy, hoặc hồ sơ đã kết thúc"):
        actions.void_removal_statement(paper, reason="x", by=cast.secretary)


# --- bodies -----------------------------------------------------------------------------------------------------------


def words_of(removal, on):
    way = read_removal_way(removal, on)
    return [(stop.station.role, stop.station.voting_as, stop.name) for stop in way.stops] or way.problem


def test_the_bodies_are_those_of_the_day(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    assert words_of(removal, cases.MET) == [
        ("propose", "cell", "Chi bộ Khóm 1"),
        ("propose", "committee", "Đảng bộ Phường Đông"),
        ("decide", "decider", "Đảng ủy Sao Mai"),
    ]
    assert "chưa có" in words_of(removal, date(2024, 1, 1))


def test_a_cell_directly_under_the_commune_has_no_base(tree, cast):
    removal = cases.started(tree.school, by=cast.staff)

    assert words_of(removal, cases.MET) == [
        ("propose", "cell", "Chi bộ cơ sở Trường Sao Mai"),
        ("decide", "decider", "Đảng ủy Sao Mai"),
    ]


def test_people_name_the_decider_with_a_reason(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    with pytest.raises(NotAllowed, match="nói rõ cấp quyết định"):
        actions.choose_removal_body(removal, tree.east, reason="nhầm", on=cases.MET, by=cast.staff)
    with pytest.raises(ValidationError, match="phải là cấp ủy ở trên"):
        actions.choose_removal_body(removal, tree.west, reason="nhầm", by=cast.staff)
    actions.choose_removal_body(removal, tree.east, reason="Tỉnh ủy hướng dẫn", by=cast.staff)

    assert words_of(fresh(removal), cases.MET) == [
        ("propose", "cell", "Chi bộ Khóm 1"),
        ("decide", "decider", "Đảng bộ Phường Đông"),
    ]
