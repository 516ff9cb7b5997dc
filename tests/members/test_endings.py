"""Endings from paper: what ends with the membership, the steps after it, corrected and voided with a trace."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.models import LogEntry
from members.actions.endings import (
    EndingEntry,
    cancel_admission,
    correct_ending,
    expel,
    let_leave,
    record_appeal,
    record_death,
    record_notice,
    record_receipt,
    recover_card,
    remove_name,
    send_file_up,
    void_ending,
)
from members.enums import MembershipKind, OverlayKind, StartReason, TransferKind, TransferState
from members.models import Ending, Member, Membership, Overlay, Post, Proceeding, Transfer
from tests.factories import MemberFactory
from tests.members.moving import RECEIVED, accept, issue, request, whereabouts

OUT = date(2026, 8, 4)


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Lê Văn Đi")


@pytest.fixture
def by(cast):
    return cast.officer


def entry(ended_on=OUT, **values):
    return EndingEntry(ended_on=ended_on, decision="12-QĐ/ĐU", decided_on=date(2026, 8, 1), **values)


def status(member, day):
    return Member.objects.with_status(day).get(pk=member.pk).status


def last_action(member):
    return LogEntry.objects.about(member).order_by("-id").first().action


def test_a_death_ends_the_membership_and_all_that_hangs_on_it(tree, member, by):
    temporary = Membership.objects.create(
        member=member, organisation=tree.there, kind=MembershipKind.TEMPORARY, started_on=date(2026, 5, 1),
        start_reason=StartReason.TEMPORARY,
    )  # fmt: skip
    exempt = Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 2, 1))
    over = Overlay.objects.create(
        member=member, kind=OverlayKind.INTERRUPTED, started_on=date(2026, 1, 1), ended_on=date(2026, 2, 1)
    )
    later = Overlay.objects.create(
        member=member, kind=OverlayKind.SUSPENDED, started_on=date(2026, 9, 1), ended_on=date(2026, 10, 1)
    )
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    ending = record_death(member, EndingEntry(OUT, notified_on=date(2026, 8, 5)), by=by)
    membership = member.memberships.get(kind=MembershipKind.OFFICIAL)
    assert (membership.ended_on, membership.end_reason) == (OUT, "died")
    assert (ending.reason, ending.was_probationary, ending.membership) == ("died", False, membership)
    for row in (temporary, exempt, over, later, post):
        row.refresh_from_db()
    assert [row.ended_on for row in (temporary, exempt, post)] == [OUT] * 3
    assert temporary.end_reason == "temporary_ended"
    assert over.ended_on == date(2026, 2, 1)
    assert later.voided_at is not None
    assert [status(member, day) for day in (date(2026, 8, 3), OUT)] == ["temporary_out", "ended"]
    assert last_action(member) == "members.record_death"


def test_a_death_on_the_road_that_never_was_leaves_the_move_to_go_on(tree, cast, member):
    move = issue(request(member, tree.there, by=cast.secretary), by=cast.staff)
    member.refresh_from_db()
    ending = record_death(member, EndingEntry(ended_on=date(2026, 10, 1)), by=cast.staff)
    move.refresh_from_db()
    assert move.state == TransferState.WITHDRAWN
    void_ending(ending, reason="nhầm người", by=cast.staff)
    move.refresh_from_db()
    assert (move.state, move.refusal) == (TransferState.ISSUED, "")
    accept(move, by=cast.stranger)
    assert whereabouts(member)[-1] == (tree.there, RECEIVED, None)


def test_a_move_that_nobody_finished_is_withdrawn(tree, member, by):
    move = Transfer.objects.create(
        member=member, kind=TransferKind.OFFICIAL, from_organisation=tree.here, to_organisation=tree.there,
        reason="đổi nơi ở", requested_on=date(2026, 7, 1), requested_by=by,
    )  # fmt: skip
    remove_name(member, entry(), by=by)
    move.refresh_from_db()
    assert (move.state, move.refusal) == (TransferState.WITHDRAWN, "không còn là đảng viên từ ngày 04/08/2026")


@pytest.mark.parametrize(
    ("act", "reason", "grounds", "stored"),
    [
        (remove_name, "name_removed", ("removed_x2", "left_by_own_will"), ["left_by_own_will", "removed_x2"]),
        (let_leave, "left", ("special_family_hardship",), ["left_on_application", "special_family_hardship"]),
        (expel, "expelled", ("convicted_corruption",), ["expelled", "convicted_corruption"]),
        (cancel_admission, "cancelled_admission", (), []),
    ],
)
def test_every_ending_keeps_its_codes(member, by, act, reason, grounds, stored):
    ending = act(member, entry(grounds=grounds), by=by)
    assert (ending.reason, ending.grounds) == (reason, stored)
    assert last_action(member) == f"members.{act.__name__}"


def test_nobody_ends_twice_and_nothing_is_written_by_the_second_click(member, by):
    remove_name(member, entry(), by=by)
    with pytest.raises(ValidationError, match="không còn trong danh sách"):
        expel(member, entry(date(2026, 9, 1)), by=by)
    assert Ending.objects.count() == 1
    assert last_action(member) == "members.remove_name"


def test_an_ending_before_the_membership_is_refused(member, by):
    with pytest.raises(ValidationError, match="phải sau ngày đó"):
        remove_name(member, entry(date(2025, 7, 1)), by=by)
    assert member.memberships.get().ended_on is None


def test_codes_of_another_ending_are_refused_and_roll_everything_back(member, by):
    with pytest.raises(ValidationError, match="không dùng cho hình thức “Xóa tên”"):
        remove_name(member, entry(grounds=("convicted_serious",)), by=by)
    assert (member.memberships.get().ended_on, Ending.objects.count()) == (None, 0)


def test_e14_a_probationary_member_is_removed_and_never_expelled(tree, by):
    member = MemberFactory(home=tree.here, official_on=None)
    with pytest.raises(ValidationError, match="Đảng viên dự bị không bị khai trừ"):
        expel(member, entry(), by=by)
    assert member.memberships.get().ended_on is None
    ending = remove_name(member, entry(grounds=("removed_x7",)), by=by)
    assert ending.was_probationary is True


def test_recognised_on_the_last_day_is_official_and_the_day_after_is_not(tree, by):
    official = MemberFactory(home=tree.here, official_on=date(2026, 8, 3))
    probationary = MemberFactory(home=tree.here, official_on=OUT)
    assert [remove_name(each, entry(), by=by).was_probationary for each in (official, probationary)] == [False, True]


def test_s16_who_is_prosecuted_does_not_leave_on_application(member, by):
    stage = Proceeding.objects.create(member=member, stage="charged", started_on=date(2026, 7, 1))
    with pytest.raises(ValidationError, match="xem xét kỷ luật trước"):
        let_leave(member, entry(), by=by)
    assert member.memberships.get().ended_on is None
    stage.ended_on = date(2026, 7, 20)
    stage.save()
    Proceeding.objects.create(member=member, stage="closed", started_on=date(2026, 7, 20))
    assert let_leave(member, entry(), by=by).reason == "left"


def test_the_steps_after_an_ending_are_written_once(member, by):
    ending = remove_name(member, entry(), by=by)
    with pytest.raises(ValidationError, match="trước khi đảng viên nhận quyết định"):
        record_appeal(ending, on=date(2026, 8, 20), by=by)
    record_receipt(ending, on=date(2026, 8, 10), by=by)
    record_appeal(ending, on=date(2026, 8, 20), by=by)
    record_notice(ending, on=date(2026, 8, 11), by=by)
    recover_card(ending, on=date(2026, 8, 12), by=by)
    send_file_up(ending, on=date(2026, 9, 1), to="Ban Xây dựng Đảng", by=by)
    with pytest.raises(ValidationError, match="Đã ghi ngày thu thẻ: 12/08/2026"):
        recover_card(ending, on=date(2026, 8, 13), by=by)
    ending.refresh_from_db()
    dates = (ending.received_on, ending.appealed_on, ending.notified_on, ending.card_recovered_on, ending.file_sent_on)
    assert [f"{day:%d/%m}" for day in dates] == ["10/08", "20/08", "11/08", "12/08", "01/09"]
    assert ending.file_sent_to == "Ban Xây dựng Đảng"
    assert len(LogEntry.objects.about(member)) == 6


def test_m29_the_family_keeps_the_card_and_the_dead_do_not_complain(member, by):
    ending = record_death(member, EndingEntry(OUT), by=by)
    with pytest.raises(ValidationError, match="gia đình được giữ thẻ và huy hiệu"):
        recover_card(ending, on=OUT, by=by)
    with pytest.raises(ValidationError, match="không có quyết định"):
        record_receipt(ending, on=OUT, by=by)


def test_a_wrong_ending_is_written_anew_and_moves_the_membership(tree, member, by):
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    wrong = remove_name(member, entry(), by=by)
    record_receipt(wrong, on=date(2026, 8, 10), by=by)
    right = correct_ending(wrong, {"ended_on": date(2026, 8, 20), "decision": "13-QĐ/ĐU"}, reason="ghi nhầm", by=by)
    wrong.refresh_from_db(), post.refresh_from_db()
    assert (wrong.void_reason, wrong.voided_by) == ("ghi nhầm", by)
    assert (right.decision, right.received_on) == ("13-QĐ/ĐU", date(2026, 8, 10))
    assert [row.ended_on for row in member.memberships.standing()] == [date(2026, 8, 20)]
    assert right.membership == member.memberships.standing().get()
    assert post.ended_on == date(2026, 8, 20)
    with pytest.raises(ValidationError, match="đã được hủy hoặc sửa"):
        correct_ending(wrong, {"decision": "14"}, reason="lần nữa", by=by)
    with pytest.raises(ValidationError, match="Không có gì thay đổi"):
        correct_ending(right, {"decision": "13-QĐ/ĐU"}, reason="như cũ", by=by)


def test_an_ending_that_never_was_is_voided_and_everything_goes_on(tree, member, by):
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    later = Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 9, 1))
    ending = record_death(member, EndingEntry(OUT), by=by)
    void_ending(ending, reason="nhầm người", by=by)
    post.refresh_from_db(), later.refresh_from_db()
    assert (post.ended_on, later.voided_at) == (None, None)
    [membership] = member.memberships.standing()
    assert (membership.ended_on, membership.end_reason, membership.started_on) == (None, "", date(2025, 7, 1))
    assert status(member, date(2026, 8, 30)) == "official"
    assert last_action(member) == "members.void_ending"


def test_an_ending_after_which_something_came_stays(tree, member, by):
    ending = remove_name(member, entry(), by=by)
    Membership.objects.create(
        member=member, organisation=tree.there, started_on=date(2026, 10, 1), start_reason=StartReason.RESTORED
    )
    with pytest.raises(ValidationError, match="đã sinh hoạt ở Chi bộ Ấp Thượng từ ngày 01/10/2026"):
        void_ending(ending, reason="nhầm", by=by)
    assert Ending.objects.standing().count() == 1
