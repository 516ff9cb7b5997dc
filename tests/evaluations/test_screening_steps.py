"""From the flag to the end: who puts up, who is asked, the secret vote, assistance, recognition, removal proposed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.screening_cells import NoteEntry
from evaluations.actions.screening_list import ActEntry, AssistEntry
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.enums import ScreeningState
from evaluations.models import AssistanceHelper, ScreeningStep, ScreeningSubject, ScreeningVote
from evaluations.workflow import SCREENING
from members.enums import MembershipKind, OverlayKind, StartReason
from members.models import Membership, Overlay, Sanction
from tests.evaluations.screening_cases import (
    a_year,
    actions_flag,
    candidate,
    computed,
    consulted,
    flags,
    helped,
    keep_register,
    opened,
    progress,
    voted,
)
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
HELD = date(2026, 12, 10)


def crew(cell, number):
    """So many official members of a cell beside the one of the story."""
    return [MemberFactory(home=cell) for _ in range(number)]


@pytest.fixture
def subject(tree, cast):
    return candidate(tree.here, cast.secretary, staff=cast.officer)


GRID = """
put_up               -
dismiss              - candidate
consult_superior     candidate
vote_list            superior_consulted
assist               assisting
follow_up            assisting
review_progress      assisting
recognise            progress_review
decline_recognition  progress_review
propose_removal      candidate superior_consulted assisting progress_review
"""


def test_the_grid_of_steps_and_states():
    """Every step × every state: refused but where the table of screening.md, section 5, opens it."""
    wanted = {line.split()[0]: set(line.split()[1:]) for line in GRID.strip().splitlines()}
    assert set(wanted) == set(SCREENING.steps)
    for name in SCREENING.steps:
        for state in ["", *ScreeningState.values]:
            one = ScreeningSubject(state=state)
            if (state or "-") in wanted[name]:
                SCREENING.refuse_closed(one, name)
            else:
                with pytest.raises(NotAllowed):
                    SCREENING.refuse_closed(one, name)


@pytest.mark.parametrize(("people", "needed"), [(9, 6), (10, 7), (20, 14)], ids=["S11 9", "S11 10", "S11 20"])
@pytest.mark.parametrize(("short_of", "state"), [(1, "not_listed"), (0, "assisting")])
def test_two_thirds_of_the_official_members(tree, cast, people, needed, short_of, state):
    subject = candidate(tree.here, cast.secretary, staff=cast.officer)
    crew(tree.here, people - 1)
    consulted(subject, cast.secretary)
    vote = voted(subject, cast.secretary, yes=needed - short_of, present=people)
    assert (vote.entitled, vote.needed, subject.state) == (people, needed, state)


def with_three_left_out(cell):
    """20 official members beside the one of the story: one away elsewhere, two exempt, all absent."""
    people = crew(cell, 20)
    Membership.objects.create(
        member=people[0], organisation=cell.parent.children.exclude(pk=cell.pk).first(),
        kind=MembershipKind.TEMPORARY, start_reason=StartReason.TEMPORARY, started_on=date(2026, 6, 1),
    )  # fmt: skip
    for member in people[1:3]:
        Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 1, 1))


@pytest.mark.parametrize(("yes", "state"), [(11, "not_listed"), (12, "assisting")], ids=["S12 11", "S12 12"])
def test_three_are_left_out_of_the_base(tree, cast, subject, yes, state):
    with_three_left_out(tree.here)
    consulted(subject, cast.secretary)
    vote = voted(subject, cast.secretary, yes=yes, present=16)
    assert (vote.official, vote.entitled, vote.needed, subject.state) == (21, 18, 12, state)
    reasons = sorted(each["reason"] for each in vote.excluded)
    assert reasons == ["đang sinh hoạt tạm thời nơi khác", *["được miễn công tác và sinh hoạt đảng"] * 2]


def test_an_exempt_member_is_never_counted_on_the_list_vote(tree, cast, subject):
    crew(tree.here, 2)
    exempt = MemberFactory(home=tree.here)
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2026, 1, 1))
    consulted(subject, cast.secretary)
    vote = voted(subject, cast.secretary, yes=3, present=3, attended=(str(exempt.pk),))
    assert (vote.official, vote.entitled) == (4, 3)


def test_votes_are_totals_and_must_add_up(tree, cast, subject):
    crew(tree.here, 5)
    consulted(subject, cast.secretary)
    with pytest.raises(ValidationError, match="nhiều hơn 4 người có mặt"):
        voted(subject, cast.secretary, yes=4, no=1, present=4)
    with pytest.raises(ValidationError, match="nhiều hơn 6 người được tính"):
        voted(subject, cast.secretary, yes=4, present=7)
    names = {field.name for field in ScreeningVote._meta.get_fields()}
    assert not names & {"voter", "voters", "member"}
    vote = voted(subject, cast.secretary, yes=5, present=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScreeningVote.objects.filter(pk=vote.pk).update(carried=False)


@pytest.fixture
def listed(tree, cast, subject):
    crew(tree.here, 5)
    consulted(subject, cast.secretary)
    voted(subject, cast.secretary, yes=6, present=6)
    return subject


def test_twelve_months_come_from_the_rule_set(tree, cast, listed):
    assert (listed.assisted_since, listed.assistance_due_on) == (HELD, date(2027, 12, 10))
    helper = crew(tree.here, 1)[0]
    helped(listed, cast.secretary, helper, since=date(2026, 12, 20))
    assert (listed.assisted_since, listed.assistance_due_on) == (date(2026, 12, 20), date(2027, 12, 20))
    assert [str(row) for row in AssistanceHelper.objects.standing()] == [str(helper)]


def test_assistance_does_not_begin_before_the_vote(tree, cast, listed):
    entry = AssistEntry(on=HELD, started_on=date(2026, 12, 9), helpers=(crew(tree.here, 1)[0],))
    with pytest.raises(ValidationError, match="trước ngày chi bộ biểu quyết"):
        actions.assist(listed, entry, by=cast.secretary)


def removal_on(subject, by, on, *grounds):
    actions.propose_removal(subject, RemovalEntry(on, grounds), by=by)
    subject.refresh_from_db()
    return subject


def test_no_progress_is_a_ground_after_twelve_months_and_not_before(tree, cast, listed):
    """[S13]"""
    progress(listed, cast.secretary, date(2027, 11, 1), progressed=False)
    assert listed.state == ScreeningState.ASSISTING
    with pytest.raises(NotAllowed, match="Chưa hết thời gian"):
        removal_on(listed, cast.secretary, date(2027, 12, 9), "X4")
    progress(listed, cast.secretary, date(2027, 12, 10), progressed=False)
    assert listed.state == ScreeningState.PROGRESS_REVIEW
    assert removal_on(listed, cast.secretary, date(2027, 12, 10), "X4").state == ScreeningState.REMOVAL_PROPOSED


def test_the_record_shows_x4_after_twelve_months(tree, cast, listed):
    """[S13] the flag of the next round."""
    actions.close_round(listed.round, reason="hết kỳ", by=cast.officer)
    early = computed(tree.east, cast.officer, cutoff=date(2027, 12, 9), today=date(2027, 12, 9), half=1)
    assert "X4" not in flags(early, listed.member)
    late = computed(tree.east, cast.officer, cutoff=date(2027, 12, 10), today=date(2027, 12, 10), half=2)
    assert flags(late, listed.member)["X4"] == ("met", None, None)


def test_the_cell_alone_takes_nobody_off_the_list(tree, cast, listed):
    """[S14]"""
    progress(listed, cast.secretary, date(2027, 6, 1), progressed=True)
    assert (listed.state, listed.recognised_on) == (ScreeningState.PROGRESS_REVIEW, None)
    entry = ActEntry(date(2027, 6, 20), "", "45-QĐ/ĐU")
    step = actions.recognise(listed, entry, by=cast.officer)
    listed.refresh_from_db()
    assert (listed.state, listed.recognised_on) == (ScreeningState.RECOGNISED, date(2027, 6, 20))
    assert (step.organisation, step.document) == (tree.east, "45-QĐ/ĐU")


def test_progress_that_is_not_recognised_goes_on(tree, cast, listed):
    progress(listed, cast.secretary, date(2027, 6, 1), progressed=True)
    actions.decline_recognition(listed, ActEntry(date(2027, 6, 20), "Còn vắng sinh hoạt"), by=cast.officer)
    listed.refresh_from_db()
    assert (listed.state, listed.assistance_due_on) == (ScreeningState.ASSISTING, date(2027, 12, 10))


def test_absence_goes_straight_to_removal_and_b1_never_does(tree, cast):
    keep_register(tree.here)
    member = MemberFactory(home=tree.here)
    a_year(tree.here, member, missed=(2, 3, 4))
    one = computed(tree.east, cast.officer)
    [subject] = actions.put_up(one, tree.here, [member], on=date(2026, 12, 31), by=cast.secretary)
    for code in ("B1", "X5", "X4", "nothing"):
        with pytest.raises(NotAllowed):
            removal_on(subject, cast.secretary, date(2026, 12, 31), code)
    assert removal_on(subject, cast.secretary, date(2026, 12, 31), "X1").state == ScreeningState.REMOVAL_PROPOSED
    step = ScreeningStep.objects.get(subject=subject, step="propose_removal")
    assert (step.data["grounds"], step.evidence[0]["code"]) == (["X1"], "X1")


def test_only_whom_something_points_at_is_put_up(tree, cast):
    one, member = opened(tree.east, cast.officer), MemberFactory(home=tree.here)
    with pytest.raises(NotAllowed, match="không còn căn cứ"):
        actions.put_up(one, tree.here, [member], on=HELD, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Chưa chọn"):
        actions.dismiss(one, tree.here, [], on=HELD, reason="x", by=cast.secretary)
    assert ScreeningSubject.objects.count() == 0


def test_all_or_none_are_put_up(tree, cast):
    one, members = opened(tree.east, cast.officer), crew(tree.here, 2)
    actions.record_flag(one, tree.here, actions_flag(members[0], "X3"), by=cast.secretary)
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.put_up(one, tree.here, members, on=HELD, by=cast.secretary)
    assert ScreeningSubject.objects.count() == 0


@pytest.mark.parametrize("code", ["X1", "X2", "X4", "X5", "B1", "C1"])
def test_what_registers_show_nobody_types(tree, cast, code):
    one, member = opened(tree.east, cast.officer), MemberFactory(home=tree.here)
    with pytest.raises(NotAllowed, match="không phải loại do người nêu"):
        actions.record_flag(one, tree.here, actions_flag(member, code), by=cast.secretary)


def test_a_ground_of_probationary_members_is_not_stated_of_an_official_one(tree, cast):
    one, official = opened(tree.east, cast.officer), MemberFactory(home=tree.here)
    probationary = MemberFactory(home=tree.here, official_on=None)
    with pytest.raises(NotAllowed, match="dùng đối với đảng viên dự bị"):
        actions.record_flag(one, tree.here, actions_flag(official, "X7"), by=cast.secretary)
    actions.record_flag(one, tree.here, actions_flag(probationary, "X7"), by=cast.secretary)


def test_b2_is_stated_of_whom_a_discipline_is_in_force(tree, cast):
    one, member = opened(tree.east, cast.officer), MemberFactory(home=tree.here)
    with pytest.raises(ValidationError, match="không có kỷ luật đang chấp hành ngày 01/12/2026"):
        actions.record_flag(one, tree.here, actions_flag(member, "B2"), by=cast.secretary)
    Sanction.objects.create(
        member=member, form="reprimand", decided_on=date(2026, 5, 4), announced_on=date(2026, 5, 4),
        lapses_on=date(2027, 5, 4),
    )  # fmt: skip
    actions.record_flag(one, tree.here, actions_flag(member, "B2"), by=cast.secretary)


def test_days_long_before_the_round_are_refused(tree, cast):
    one, member = opened(tree.east, cast.officer), MemberFactory(home=tree.here)
    with pytest.raises(ValidationError, match="trước ngày vào Đảng"):
        actions.record_flag(one, tree.here, actions_flag(member, "B5", on=date(1900, 1, 1)), by=cast.secretary)
    actions.record_flag(one, tree.here, actions_flag(member, "B5"), by=cast.secretary)
    early = NoteEntry("statement", date(2025, 12, 31), "Tôi đã báo cáo")
    with pytest.raises(NotAllowed, match="trước năm 2026"):
        actions.keep_note(one, tree.here, member, early, by=cast.secretary)
    with pytest.raises(NotAllowed, match="trước năm 2026"):
        actions.dismiss(one, tree.here, [member], on=date(1900, 1, 1), reason="x", by=cast.secretary)
    assert ScreeningSubject.objects.count() == 0


def test_steps_go_forward_in_time_and_the_last_one_is_taken_back(tree, cast, subject):
    with pytest.raises(NotAllowed, match="trước bước"):
        consulted(subject, cast.secretary, on=date(2026, 12, 1))
    consulted(subject, cast.secretary)
    crew(tree.here, 5)
    vote = voted(subject, cast.secretary, yes=6, present=6)
    actions.void_screening_step(vote.step, reason="ghi nhầm số phiếu", by=cast.secretary)
    subject.refresh_from_db()
    assert (subject.state, subject.assisted_since) == (ScreeningState.SUPERIOR_CONSULTED, None)
    assert ScreeningVote.objects.standing().count() == 0
    voted(subject, cast.secretary, yes=2, present=6)
    assert subject.state == ScreeningState.NOT_LISTED


def test_taking_back_the_first_step_leaves_nothing_said(tree, cast, subject):
    step = ScreeningStep.objects.get(subject=subject)
    actions.void_screening_step(step, reason="ghi nhầm người", by=cast.secretary)
    assert ScreeningSubject.objects.standing().count() == 0
    again = actions.put_up(subject.round, tree.here, [subject.member], on=HELD, by=cast.secretary)
    assert again[0].state == ScreeningState.CANDIDATE


def test_a_second_click_is_refused(tree, cast, subject):
    consulted(subject, cast.secretary)
    with pytest.raises(NotAllowed):
        consulted(subject, cast.secretary)


def test_the_log_of_the_candidate_stage_is_the_cells_alone(tree, cast, subject):
    def seen(user):
        return {entry.action for entry in LogEntry.objects.visible_to(user) if "screening." in entry.action}

    assert seen(cast.secretary) >= {"screening.record_flag", "screening.put_up"}
    for name in ("officer", "staff", "stranger", "inspector", "reader", "administrator"):
        assert seen(getattr(cast, name)) == set(), name
    consulted(subject, cast.secretary)
    assert LogEntry.objects.visible_to(cast.officer).filter(action="evaluations.consult_superior").count() == 1


def test_a_review_with_somebody_left_asks_why(tree, cast, subject):
    other = MemberFactory(home=tree.here)
    actions.record_flag(subject.round, tree.here, actions_flag(other, "B5"), by=cast.secretary)
    with pytest.raises(ValidationError, match="Hãy ghi vì sao"):
        actions.review_cell(subject.round, tree.here, on=HELD, by=cast.secretary)
    actions.review_cell(subject.round, tree.here, on=HELD, not_discussed="chờ kết luận", by=cast.secretary)


def test_a_closed_round_takes_nothing_new_and_finishes_what_it_began(tree, cast, listed):
    actions.close_round(listed.round, reason="hết kỳ", by=cast.officer)
    member = MemberFactory(home=tree.here)
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.record_flag(listed.round, tree.here, actions_flag(member, "B4"), by=cast.secretary)
    actions.follow_up(listed, ActEntry(date(2027, 1, 10), "Tháng đầu có tiến bộ"), by=cast.secretary)
