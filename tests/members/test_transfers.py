"""Moves step by step: where the member is on every day, what is refused, what the log tells and what it does not."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.models import LogEntry, Organisation
from config.lib.workflow import NotAllowed
from members import actions
from members.actions.reception import ArrivalEntry, PresentedEntry
from members.actions.record import MemberEntry
from members.actions.transfers import SlipEntry
from members.enums import TransferState
from members.models import Member, Membership, Overlay, Transfer
from tests.factories import MemberFactory
from tests.members.moving import (
    FOUNDED,
    ISSUED,
    PRESENTED,
    RECEIVED,
    accept,
    acts,
    headcount,
    issue,
    present,
    request,
    whereabouts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here)


@pytest.fixture
def asked(tree, cast, member):
    return request(member, tree.there, by=cast.secretary)


@pytest.fixture
def issued(cast, asked):
    return issue(asked, by=cast.staff)


def status(member, day):
    return Member.objects.with_status(day).get(pk=member.pk).status


# --- the way ---------------------------------------------------------------------------------------------------------


def test_asking_changes_nothing_about_the_membership(tree, cast, asked, member):
    assert (asked.state, asked.kind, asked.common, asked.from_organisation) == (
        TransferState.REQUESTED, "internal", tree.root, tree.here,
    )  # fmt: skip
    assert whereabouts(member) == [(tree.here, FOUNDED, None)]
    [entry] = LogEntry.objects.about(asked)
    assert (entry.action, entry.organisation, entry.actor) == ("members.request_transfer", tree.here, cast.secretary)


def test_from_issue_to_reception_the_body_above_both_lists_the_member(tree, cast, issued, member):
    assert (issued.state, issued.number_text) == (TransferState.ISSUED, "01/2026")
    assert whereabouts(member) == [(tree.here, FOUNDED, ISSUED), (tree.root, ISSUED, None)]
    member.refresh_from_db()
    assert member.home == tree.root

    present(issued, by=cast.stranger)
    received = accept(issued, by=cast.stranger)

    assert received.state == TransferState.RECEIVED
    assert (received.presented_on, received.received_on) == (PRESENTED, RECEIVED)
    assert whereabouts(member) == [
        (tree.here, FOUNDED, ISSUED), (tree.root, ISSUED, RECEIVED), (tree.there, RECEIVED, None),
    ]  # fmt: skip
    member.refresh_from_db()
    assert member.home == tree.there
    rows = member.memberships.order_by("started_on")
    assert [(row.start_reason, row.end_reason) for row in rows] == [
        ("opening", "moved_out"), ("moved_in", "moved_out"), ("moved_in", ""),
    ]  # fmt: skip
    assert acts()[-4:] == [
        "members.request_transfer", "members.issue_slip", "members.present_slip", "members.accept_transfer",
    ]  # fmt: skip
    assert LogEntry.objects.get(action="members.accept_transfer").organisation == tree.there


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 6, 30), "exempt", id="[M18] exempt"),
        pytest.param(date(2026, 8, 1), "official", id="[M18] active again"),
        pytest.param(date(2026, 9, 20), "in_transit", id="[M18] on the road"),
        pytest.param(date(2026, 10, 5), "official", id="[M18] in the new cell"),
    ],
)
def test_status_on_the_days_of_a_move(tree, cast, issued, member, day, expected):
    Overlay.objects.create(member=member, kind="exempt", started_on=date(2026, 2, 1), ended_on=date(2026, 8, 1))
    accept(issued, by=cast.stranger)

    assert status(member, day) == expected


@pytest.mark.parametrize("case", [pytest.param("", id="[M22] [M23]")])
def test_a_move_cancels_at_the_body_above_and_loses_no_head(tree, cast, case):
    mover, *_ = MemberFactory.create_batch(4, home=tree.here)
    MemberFactory.create_batch(6, home=tree.there)
    transfer = issue(request(mover, tree.there, by=cast.secretary), by=cast.staff)
    accept(transfer, by=cast.stranger)

    def counted(day):
        return headcount(tree.here, day), headcount(tree.there, day), headcount(tree.root, day)

    assert counted(date(2026, 9, 9)) == (4, 6, 10)
    assert counted(date(2026, 9, 20)) == (3, 6, 10)
    assert counted(date(2026, 10, 5)) == (3, 7, 10)


@pytest.mark.parametrize("case", [pytest.param("", id="[M24]")])
def test_a_guest_is_in_the_headcount_of_his_home_alone(tree, cast, member, case):
    asked = request(member, tree.there, by=cast.secretary, kind="temporary", until=date(2027, 3, 1))
    accept(issue(asked, by=cast.officer), by=cast.stranger)

    assert (asked.common, headcount(tree.here, RECEIVED), headcount(tree.there, RECEIVED)) == (tree.east, 1, 0)
    guest = Membership.objects.get(kind="temporary")
    assert (guest.organisation, guest.started_on, guest.ended_on) == (tree.there, RECEIVED, None)
    assert (status(member, RECEIVED), status(member, ISSUED)) == ("temporary_out", "official")
    member.refresh_from_db()
    assert member.home == tree.here


def test_accepted_on_the_day_of_issue_there_is_no_road(tree, cast, issued, member):
    accept(issued, by=cast.stranger, received_on=ISSUED)

    assert whereabouts(member) == [(tree.here, FOUNDED, ISSUED), (tree.there, ISSUED, None)]
    assert member.memberships.get(organisation=tree.root).void_reason == "tiếp nhận ngay trong ngày cấp giấy"


def test_a_move_within_one_base_is_issued_by_the_base(tree, cast, member):
    asked = request(member, tree.next_door, by=cast.secretary)

    assert (asked.kind, asked.common) == ("internal", tree.east)


# --- refused, issued anew, taken back --------------------------------------------------------------------------------


def test_refused_the_member_stays_on_the_road_until_a_new_slip(tree, cast, issued, member):
    refused = actions.refuse_transfer(issued, on=PRESENTED, reason="thiếu hồ sơ", by=cast.stranger)
    assert (refused.state, refused.refusal) == (TransferState.REFUSED, "thiếu hồ sơ")
    assert whereabouts(member)[-1] == (tree.root, ISSUED, None)

    entry = SlipEntry(issued_on=PRESENTED, today=PRESENTED)
    again = actions.reissue_slip(refused, entry, reason="bổ sung hồ sơ", to_organisation=tree.far, by=cast.staff)

    issued.refresh_from_db()
    assert (issued.state, again.state, again.replaces, again.number_text) == (
        TransferState.WITHDRAWN, TransferState.ISSUED, issued, "02/2026",
    )  # fmt: skip
    assert whereabouts(member) == [(tree.here, FOUNDED, ISSUED), (tree.root, ISSUED, None)]
    accept(again, by=cast.other_officer, received_on=date(2026, 10, 20))
    assert whereabouts(member)[-1] == (tree.far, date(2026, 10, 20), None)


def test_a_new_slip_to_a_nearer_cell_moves_the_road_to_the_nearer_body(tree, cast, issued, member):
    entry = SlipEntry(issued_on=PRESENTED, today=PRESENTED)
    again = actions.reissue_slip(issued, entry, reason="sai nơi đến", to_organisation=tree.next_door, by=cast.staff)

    assert (again.common, whereabouts(member)[-2:]) == (
        tree.east, [(tree.root, ISSUED, PRESENTED), (tree.east, PRESENTED, None)],
    )  # fmt: skip
    actions.withdraw_transfer(again, reason="ở lại", by=cast.officer)
    assert whereabouts(member) == [(tree.here, FOUNDED, None)]


def test_papers_put_in_order_the_refused_slip_is_presented_again(tree, cast, issued):
    actions.refuse_transfer(issued, on=ISSUED, reason="thiếu thẻ", by=cast.stranger)
    present(issued, by=cast.stranger)

    assert accept(issued, by=cast.stranger).state == TransferState.RECEIVED


def test_withdrawn_the_member_is_where_he_was_as_if_he_had_never_left(tree, cast, issued, member):
    withdrawn = actions.withdraw_transfer(issued, reason="không chuyển nữa", by=cast.staff)

    assert (withdrawn.state, whereabouts(member)) == (TransferState.WITHDRAWN, [(tree.here, FOUNDED, None)])
    member.refresh_from_db()
    assert member.home == tree.here
    assert member.memberships.get(voided_at=None).start_reason == "opening"
    assert Transfer.objects.get() == issued
    assert status(member, date(2026, 9, 20)) == "official"
    assert request(member, tree.there, by=cast.secretary).state == TransferState.REQUESTED


def test_a_request_is_taken_back_before_the_slip(tree, cast, asked, member):
    actions.withdraw_transfer(asked, reason="nhầm người", by=cast.secretary)

    assert whereabouts(member) == [(tree.here, FOUNDED, None)]


def test_who_died_on_the_road_does_not_come_back_by_withdrawing(tree, cast, issued, member):
    member.memberships.filter(organisation=tree.root).update(ended_on=date(2026, 9, 20), end_reason="died")

    with pytest.raises(ValidationError, match="không còn trong danh sách"):
        actions.withdraw_transfer(issued, reason="từ trần", by=cast.staff)
    assert status(member, date(2026, 9, 21)) == "ended"


# --- outside ---------------------------------------------------------------------------------------------------------


def test_a_move_outside_ends_at_issue(tree, cast, member):
    asked = request(member, "Chi bộ Phường Xa", by=cast.secretary)
    issued = issue(asked, by=cast.staff)

    assert (issued.kind, issued.common) == ("official", tree.root)
    assert whereabouts(member) == [(tree.here, FOUNDED, ISSUED)]
    assert member.memberships.get().went_to == "other_province"
    assert status(member, ISSUED) == "ended"
    confirmed = actions.confirm_departure(issued, on=RECEIVED, by=cast.staff)
    assert (confirmed.state, confirmed.received_on) == (TransferState.RECEIVED, RECEIVED)
    with pytest.raises(NotAllowed):
        actions.confirm_departure(issued, on=RECEIVED, by=cast.staff)


def test_a_slip_for_outside_taken_back_reopens_the_home(tree, cast, member):
    issued = issue(request(member, "Chi bộ Phường Xa", by=cast.secretary), by=cast.staff)
    actions.withdraw_transfer(issued, reason="ở lại", by=cast.staff)

    assert whereabouts(member) == [(tree.here, FOUNDED, None)]
    assert member.memberships.get(voided_at=None).went_to == ""


def test_temporarily_abroad_the_home_goes_on(tree, cast, member):
    asked = request(
        member, "Đảng bộ ngoài nước", by=cast.secretary,
        kind="abroad_temporary", outside_area="abroad", until=date(2027, 3, 1),
    )  # fmt: skip
    issued = issue(asked, by=cast.officer)
    actions.confirm_departure(issued, on=RECEIVED, by=cast.officer)

    assert (whereabouts(member), asked.common) == ([(tree.here, FOUNDED, None)], tree.east)
    assert status(member, RECEIVED) == "temporary_out"
    actions.end_temporary(issued, on=date(2027, 2, 1), by=cast.secretary)
    assert (status(member, date(2027, 1, 31)), status(member, date(2027, 2, 1))) == ("temporary_out", "official")


def arrival(tree, **changes):
    return ArrivalEntry(
        **{
            "kind": "official", "organisation": tree.here, "outside_name": "Đảng bộ tỉnh Xa", "issued_on": ISSUED,
            "outside_area": "other_province", "received_on": RECEIVED, "decision": "Giấy số 5", **changes,
        }
    )  # fmt: skip


def test_a_newcomer_from_outside_is_counted_from_his_reception(tree, cast):
    entry = MemberEntry({"full_name": "Trần Thị Mới", "sex": "female"}, decision="Giấy số 5")
    newcomer = actions.receive_from_outside(arrival(tree), entry, by=cast.secretary)

    row = newcomer.memberships.get()
    assert (row.organisation, row.started_on, row.start_reason, row.came_from) == (
        tree.here, RECEIVED, "moved_in", "other_province",
    )  # fmt: skip
    transfer = newcomer.transfers.get()
    assert (transfer.state, transfer.from_organisation, transfer.to_organisation) == ("received", None, tree.here)
    assert row.transfer == transfer
    assert acts() == ["members.enrol_member", "members.receive_from_outside"]


def test_a_former_member_comes_back_to_the_same_record(tree, cast, member):
    issue(request(member, "Chi bộ Phường Xa", by=cast.secretary), by=cast.staff)

    actions.receive_former_member(arrival(tree, organisation=tree.far), member, by=cast.other_officer)

    assert whereabouts(member) == [(tree.here, FOUNDED, ISSUED), (tree.far, RECEIVED, None)]
    member.refresh_from_db()
    assert (member.home, Member.objects.count()) == (tree.far, 1)
    with pytest.raises(ValidationError, match="đang trong danh sách"):
        actions.receive_former_member(arrival(tree), member, by=cast.secretary)


def test_who_was_expelled_does_not_come_back_by_a_slip(tree, cast, member):
    member.memberships.update(ended_on=ISSUED, end_reason="expelled")

    with pytest.raises(ValidationError, match="đã khai trừ"):
        actions.receive_former_member(arrival(tree), member, by=cast.secretary)
    assert Transfer.objects.count() == 0


# --- temporary -------------------------------------------------------------------------------------------------------


@pytest.fixture
def guest(tree, cast, member):
    asked = request(member, tree.there, by=cast.secretary, kind="temporary", until=date(2027, 3, 1))
    return accept(issue(asked, by=cast.officer), by=cast.stranger)


def test_a_temporary_move_is_prolonged_and_ends(tree, cast, guest, member):
    longer = actions.extend_temporary(guest, until=date(2027, 9, 1), reason="gia hạn công tác", by=cast.officer)
    assert longer.until == date(2027, 9, 1)
    with pytest.raises(ValidationError, match="dưới 12 tháng"):
        actions.extend_temporary(guest, until=date(2028, 9, 1), reason="nữa", by=cast.officer)

    back = actions.end_temporary(guest, on=date(2027, 8, 1), by=cast.secretary)

    row = Membership.objects.get(kind="temporary")
    assert (back.state, row.ended_on, row.end_reason) == ("returned", date(2027, 8, 1), "temporary_ended")
    assert status(member, date(2027, 8, 1)) == "official"
    with pytest.raises(NotAllowed, match="đã trở về"):
        actions.end_temporary(guest, on=date(2027, 8, 2), by=cast.secretary)


def test_a_guest_who_is_taken_in_for_good_is_a_guest_no_more(tree, cast, guest, member):
    moved_on = date(2026, 11, 2)
    asked = request(member, tree.there, by=cast.secretary, requested_on=date(2026, 10, 20))
    issued = issue(asked, by=cast.staff, issued_on=date(2026, 10, 21))
    accept(issued, by=cast.stranger, received_on=moved_on, presented_on=moved_on)
    row = Membership.objects.get(kind="temporary")
    guest.refresh_from_db()
    assert (row.ended_on, guest.state, guest.returned_on) == (moved_on, TransferState.RETURNED, moved_on)
    assert (whereabouts(member)[-1], status(member, moved_on)) == ((tree.there, moved_on, None), "official")


def test_who_is_away_for_a_time_is_not_sent_away_once_more(tree, cast, guest, member):
    with pytest.raises(ValidationError, match="đang sinh hoạt tạm thời nơi khác"):
        request(member, tree.far, by=cast.secretary, kind="temporary", until=date(2027, 9, 1), requested_on=RECEIVED)


@pytest.mark.parametrize(
    ("until", "words"),
    [(None, "phải có hạn"), (date(2026, 11, 1), "dưới 3 tháng"), (date(2027, 9, 1), "từ 12 tháng trở lên")],
)
def test_a_temporary_move_of_another_length_is_refused(tree, cast, member, until, words):
    with pytest.raises(ValidationError, match=words):
        request(member, tree.there, by=cast.secretary, kind="temporary", until=until)
    assert Transfer.objects.count() == 0


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": "here"}, "Hãy chọn nơi đến khác"),
        ({"to": "east"}, "không nhận đảng viên sinh hoạt trực tiếp"),
        ({"kind": "abroad_official"}, "ra ngoài nước"),
        ({"requested_on": date(2025, 6, 30)}, "từ 01/07/2025"),
        ({"order_on": date(2026, 1, 5)}, "phải có giải trình"),
    ],
)
def test_what_cannot_be_asked(tree, cast, member, changes, words):
    to = getattr(tree, changes.pop("to", "there"))
    with pytest.raises(ValidationError, match=words):
        request(member, to, by=cast.secretary, **changes)
    assert (Transfer.objects.count(), acts()) == (0, [])


def test_a_second_request_is_refused_while_one_is_open(tree, cast, asked, member):
    with pytest.raises(ValidationError, match="đang có một lần chuyển sinh hoạt chưa xong"):
        request(member, tree.far, by=cast.secretary)


def test_a_second_click_is_refused(tree, cast, issued):
    with pytest.raises(NotAllowed, match="đã cấp giấy"):
        issue(issued, by=cast.staff)
    accept(issued, by=cast.stranger)
    with pytest.raises(NotAllowed, match="đã tiếp nhận"):
        accept(issued, by=cast.stranger)
    assert acts().count("members.issue_slip") == acts().count("members.accept_transfer") == 1


def test_a_closed_cell_takes_nobody_in(tree, cast, asked, issued):
    Organisation.objects.filter(pk=tree.there.pk).update(is_open=False)

    with pytest.raises(ValidationError, match="đã kết thúc hoạt động"):
        accept(issued, by=cast.staff)


def test_a_late_slip_needs_a_reason(tree, cast, issued):
    late = date(2026, 10, 23)
    with pytest.raises(ValidationError, match="phải giải trình bằng văn bản"):
        present(issued, by=cast.stranger, presented_on=late)
    found = present(issued, by=cast.stranger, presented_on=late, explanation="nằm viện")
    assert found.explanation == "nằm viện"


def test_days_go_forward(tree, cast, asked):
    with pytest.raises(ValidationError, match="không thể trước ngày giới thiệu"):
        issue(asked, by=cast.staff, issued_on=date(2026, 8, 31))
    issued = issue(asked, by=cast.staff)
    with pytest.raises(ValidationError, match="không thể trước ngày cấp giấy"):
        present(issued, by=cast.stranger, presented_on=date(2026, 9, 9))
    with pytest.raises(ValidationError, match="không thể trước ngày nộp giấy"):
        actions.accept_transfer(issued, PresentedEntry(presented_on=PRESENTED), received_on=ISSUED, by=cast.stranger)


def test_numbers_run_by_body_kind_and_year_and_may_be_given_by_hand(tree, cast, issued):
    others = [request(MemberFactory(home=tree.here), tree.there, by=cast.secretary) for _ in range(3)]

    assert issue(others[0], by=cast.staff, number=7).number_text == "07/2026"
    assert issue(others[1], by=cast.staff).number_text == "08/2026"
    with pytest.raises(ValidationError, match=r"Số 07/2026 đã dùng\. Số tiếp theo là 09"):
        issue(others[2], by=cast.staff, number=7)
    outside = request(MemberFactory(home=tree.here), "Chi bộ Phường Xa", by=cast.secretary)
    assert issue(outside, by=cast.staff).number_text == "01/2026"


def test_what_fails_at_the_end_leaves_nothing(tree, cast, asked, member):
    member.memberships.update(started_on=ISSUED)

    with pytest.raises(ValidationError, match="phải sau ngày bắt đầu sinh hoạt"):
        issue(asked, by=cast.staff)

    asked.refresh_from_db()
    assert (asked.state, asked.slip_number) == (TransferState.REQUESTED, None)
    assert acts() == ["members.request_transfer"]
