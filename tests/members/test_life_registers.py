"""A month of meetings and of fees: written at once, corrected by new rows, older pages are told."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from members.actions.life_fees import FeeLine, keep_fees
from members.actions.life_meetings import Line, MeetingEntry, keep_meeting, void_meeting
from members.enums import OverlayKind
from members.life_roll import read_roll
from members.models import Attendance, FeePayment, Meeting, Overlay
from members.settling import Stale
from tests.factories import MemberFactory
from tests.members.life_cases import DAY, MONTH, fees, guest, head, ledger, met, paid, people, presences, unpaid
from tests.queries import MOST, queries_of
from tests.races import just_before_insert


@pytest.fixture
def by(cast):
    return cast.secretary


def meeting_page(tree, query=""):
    return reverse("members:keep_meeting", args=[tree.here.pk, MONTH]) + query


def fees_page(tree):
    return reverse("members:keep_fees", args=[tree.here.pk, MONTH])


def posted(meeting=None, **values):
    """The head of the page as posted."""
    return {"held_on": "05/01/2026", "kind": "regular", "version": meeting.version if meeting else 1, **values}


def row(member, presence, seen="", reason=""):
    key = member.pk.hex
    return {f"presence-{key}": presence, f"seen-{key}": seen, f"reason-{key}": reason}


# --- the roll


def test_the_roll_of_a_month_comes_from_dated_memberships(tree, by):
    """[M24] guests attend and pay at the host; the home lists them as being elsewhere."""
    [own, away, came, left] = people(tree.here, 4)
    left.memberships.update(ended_on=date(2025, 12, 20), end_reason="moved_out")
    came.memberships.update(started_on=date(2026, 1, 10))
    guest(away, tree.there)
    visitor = MemberFactory(home=tree.there)
    guest(visitor, tree.here)
    roll = read_roll(tree.here, MONTH)
    assert {person.member for person in roll.attending} == {own, came, visitor}
    assert {person.member for person in roll.paying} == {own, came, visitor}
    assert [person.member for person in roll.elsewhere] == [away]
    assert {p.member for p in read_roll(tree.there, MONTH).paying} == {away}


# --- meetings


def test_a_meeting_is_written_with_everybody_and_logged_as_a_whole(tree, by):
    [one, two, three] = people(tree.here, 3)
    meeting = met(tree.here, [one], excused=[two], unexcused=[three], by=by)
    assert (meeting.present, meeting.excused, meeting.unexcused) == (1, 1, 1)
    assert presences(meeting) == ["present", "excused", "unexcused"]
    [entry] = LogEntry.objects.about(meeting)
    assert entry.action == "members.keep_meeting"
    assert [line["presence"] for line in entry.data["rows"]] == ["present", "excused", "unexcused"]
    assert "công tác" not in str(entry.data)


def test_a_correction_voids_one_row_and_adds_one(tree, by):
    [one, two] = people(tree.here, 2)
    meeting = met(tree.here, [one, two], by=by)
    seen = {r.member_id: r.pk for r in meeting.attendance.all()}
    lines = (Line(one.pk, "present", "", seen[one.pk]), Line(two.pk, "unexcused", "", seen[two.pk]))
    keep_meeting(tree.here, MeetingEntry(head(), lines, meeting, 1), by=by)
    assert presences(meeting) == ["present", "unexcused"]
    [old] = Attendance.objects.exclude(voided_at=None)
    assert (old.member_id, old.presence, old.voided_by) == (two.pk, "present", by)
    assert Meeting.objects.get(pk=meeting.pk).unexcused == 1


def test_an_older_page_is_told_and_writes_nothing(tree, by):
    [one, two] = people(tree.here, 2)
    meeting = met(tree.here, [one, two], by=by)
    seen = {r.member_id: r.pk for r in meeting.attendance.all()}

    def from_page(first, second):
        lines = (Line(one.pk, first, "", seen[one.pk]), Line(two.pk, second, "", seen[two.pk]))
        return keep_meeting(tree.here, MeetingEntry(head(), lines, meeting, 1), by=by)

    from_page("unexcused", "present")
    from_page("present", "unexcused")  # the first row was not touched on this page: it stays as the other wrote it
    assert presences(meeting) == ["unexcused", "unexcused"]
    with pytest.raises(Stale) as refusal:
        from_page("excused", "unexcused")
    [clash] = refusal.value.clashes
    assert (clash.label, clash.mine, clash.theirs) == (one.full_name, "vắng có lý do", "vắng không lý do")
    assert presences(meeting) == ["unexcused", "unexcused"]


def test_two_regular_meetings_of_one_day_are_refused(tree, by):
    [one] = people(tree.here, 1)
    met(tree.here, [one], by=by)
    with pytest.raises(ValidationError, match="Đã có buổi cùng loại"):
        met(tree.here, [one], by=by, agenda="khác")
    assert Meeting.objects.count() == 1


def test_nobody_who_is_not_there_on_the_day_gets_a_row(tree, by):
    [own] = people(tree.here, 1)
    stranger = MemberFactory(home=tree.there)
    meeting = met(tree.here, [own, stranger], by=by)
    assert [r.member_id for r in meeting.attendance.all()] == [own.pk]


def test_a_voided_meeting_counts_no_more(tree, by):
    meeting = met(tree.here, people(tree.here, 2), by=by)
    void_meeting(meeting, reason="ghi nhầm tháng", by=by)
    assert Attendance.objects.standing().count() == 0
    assert [e.action for e in LogEntry.objects.about(meeting).order_by("pk")] == [
        "members.keep_meeting", "members.void_meeting"
    ]  # fmt: skip


def test_the_page_proposes_all_present_and_keeps_what_was_typed(tree, as_, by):
    [one, exempt] = people(tree.here, 2)
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2025, 7, 1))
    client = as_(by)
    text = client.get(meeting_page(tree)).content.decode()
    assert text.count('value="present" checked') == 1
    assert "chưa ghi" in text
    wrong = client.post(meeting_page(tree), posted(held_on="31/02/2026") | row(one, "excused", reason="đi xa"))
    text = wrong.content.decode()
    assert "không có trong lịch" in text
    assert 'value="excused" checked' in text
    assert 'value="đi xa"' in text
    right = client.post(meeting_page(tree), posted() | row(one, "excused", reason="đi xa") | row(exempt, ""))
    meeting = Meeting.objects.get()
    assert right.url == meeting_page(tree, f"?meeting={meeting.pk}")
    [line] = meeting.attendance.all()
    assert (line.member, line.presence, line.reason) == (one, "excused", "đi xa")


def test_a_second_tab_is_told_with_both_values(tree, as_, by):
    [one] = people(tree.here, 1)
    meeting = met(tree.here, [one], by=by)
    seen = meeting.attendance.get().pk
    client, address = as_(by), meeting_page(tree, f"?meeting={meeting.pk}")
    client.post(address, posted(meeting, agenda="Nghị quyết tháng") | row(one, "unexcused", seen))
    second = client.post(address, posted(meeting, agenda="Nghị quyết tháng") | row(one, "excused", seen, "ốm"))
    text = second.content.decode()
    assert second.status_code == 409
    assert "Sổ đang là “vắng không lý do”" in text
    assert 'value="excused" checked' in text
    fresh = Attendance.objects.standing().get()
    assert f'value="{fresh.pk}"' in text
    again = client.post(address, posted(meeting, agenda="Nghị quyết tháng") | row(one, "excused", fresh.pk, "ốm"))
    assert again.status_code == 302
    assert presences(meeting) == ["excused"]


def test_who_may_not_know_of_health_neither_sees_nor_loses_a_reason(tree, cast, as_, by):
    [one] = people(tree.here, 1)
    meeting = met(tree.here, [], excused=[one], by=by)
    address = meeting_page(tree, f"?meeting={meeting.pk}")
    client = as_(cast.officer)
    assert "công tác" not in client.get(address).content.decode()
    values = posted(meeting, agenda="đổi") | row(one, "excused", meeting.attendance.get().pk)
    del values[f"reason-{one.pk.hex}"]
    assert client.post(address, values).status_code == 302
    assert Attendance.objects.standing().get().reason == "công tác"


def test_months_to_come_and_committees_have_no_page(tree, cast, as_, today):
    client = as_(cast.staff)
    later = date(today.year + 1, 1, 1)
    assert client.get(reverse("members:keep_meeting", args=[tree.here.pk, later])).status_code == 404
    assert client.get(reverse("members:keep_fees", args=[tree.east.pk, MONTH])).status_code == 404


def test_inspection_reads_and_does_not_write(tree, cast, as_, by):
    meeting = met(tree.here, people(tree.here, 1), by=by)
    text = as_(cast.inspector).get(meeting_page(tree)).content.decode()
    assert "Lưu điểm danh" not in text
    assert "Có mặt" in text
    assert str(meeting) in text


def test_a_reason_beside_somebody_present_is_asked_about(tree, as_, by):
    [one] = people(tree.here, 1)
    wrong = as_(by).post(meeting_page(tree), posted() | row(one, "present", reason="đi chữa bệnh"))
    text = wrong.content.decode()
    assert "Có ghi lý do vắng nhưng lại chọn có mặt" in text
    assert 'value="đi chữa bệnh"' in text
    assert not Meeting.objects.exists()


def test_who_only_reads_is_shown_no_proposal_as_if_it_stood_in_the_register(tree, cast, as_, by):
    [one] = people(tree.here, 1)
    ledger(tree.here, date(2025, 12, 1), [one], [], by=by)
    client = as_(cast.inspector)
    for address in (meeting_page(tree), fees_page(tree)):
        text = client.get(address).content.decode()
        assert one.full_name in text
        assert not any(words in text for words in ("Có mặt", "Đã đóng", "30.000"))


# --- fees


def test_a_month_of_fees_is_written_and_logged_as_a_whole(tree, by):
    [one, two, three] = people(tree.here, 3)
    exempt = FeeLine(three.pk, "exempt", None, None, "NQ 3-NQ/CB")
    keep_fees(tree.here, MONTH, [paid(one), unpaid(two), exempt], by=by)
    assert fees(one) == [(tree.here.pk, MONTH, "due", Decimal(30000), DAY)]
    assert FeePayment.objects.owed().get().member == two
    [entry] = LogEntry.objects.filter(action="members.keep_fees")
    assert {name: entry.data[name] for name in ("month", "paid", "owed", "exempt", "amount")} == {
        "month": "01/2026", "paid": 1, "owed": 1, "exempt": 1, "amount": "30000"
    }  # fmt: skip


def test_exemption_and_reduction_need_a_paper(tree, by):
    [one] = people(tree.here, 1)
    with pytest.raises(ValidationError, match="phải ghi văn bản"):
        keep_fees(tree.here, MONTH, [FeeLine(one.pk, "exempt")], by=by)
    assert fees(one) == []


def test_a_late_payment_is_a_new_row_and_the_debt_is_gone(tree, by):
    """[S7] paid on a later day: nothing is owed, the late day stays visible."""
    [one] = people(tree.here, 1)
    ledger(tree.here, MONTH, [], [one], by=by)
    owed = FeePayment.objects.owed().get()
    keep_fees(tree.here, MONTH, [paid(one, date(2026, 4, 20), seen=owed.pk)], by=by)
    assert not FeePayment.objects.owed().exists()
    assert [fee[4] for fee in fees(one)] == [date(2026, 4, 20)]
    owed.refresh_from_db()
    assert owed.voided_by == by


def test_a_month_is_paid_in_one_place(tree, cast, by):
    [one, two] = people(tree.here, 2)
    ledger(tree.here, MONTH, [one, two], [], by=by)
    guest(one, tree.next_door)
    with pytest.raises(ValidationError, match="đã ghi ở Chi bộ Khóm 1"):
        ledger(tree.next_door, MONTH, [one], [], by=cast.officer)
    guest(two, tree.there)
    with pytest.raises(ValidationError, match="đã ghi ở một chi bộ khác"):
        ledger(tree.there, MONTH, [two], [], by=cast.stranger)


def test_two_places_that_write_one_month_at_once(tree, cast):
    [one] = people(tree.here, 1)
    guest(one, tree.next_door)
    row = {"organisation": tree.here, "member": one, "month": MONTH, "basis": "due", "amount": 1, "paid_on": DAY}
    at_home = partial(FeePayment.objects.create, **row)
    with just_before_insert(FeePayment, at_home), pytest.raises(ValidationError, match="vừa được nơi khác ghi"):
        keep_fees(tree.next_door, MONTH, [paid(one)], by=cast.officer)
    assert not LogEntry.objects.filter(action="members.keep_fees").exists()


def test_a_guest_pays_at_the_host(tree, by):
    """[M24]"""
    visitor = MemberFactory(home=tree.there)
    guest(visitor, tree.here)
    ledger(tree.here, MONTH, [visitor], [], by=by)
    assert fees(visitor) == [(tree.here.pk, MONTH, "due", Decimal(30000), DAY)]


def test_a_fee_is_not_paid_on_a_day_to_come(tree, as_, by):
    [one] = people(tree.here, 1)
    page = reverse("members:keep_fees", args=[tree.here.pk, MONTH])
    key = one.pk.hex
    row = {f"choice-{key}": "paid", f"paid_on-{key}": "20/01/2062", f"amount-{key}": "30000", f"seen-{key}": ""}
    answer = as_(by).post(page, {"paid_on": "31/01/2026", "amount": "", **row})
    assert "ở tương lai" in answer.content.decode()
    assert not FeePayment.objects.exists()


def test_the_page_of_fees_proposes_all_paid_with_the_amount_of_the_month_before(tree, as_, by):
    [one, two] = people(tree.here, 2)
    ledger(tree.here, date(2025, 12, 1), [one, two], [], by=by)
    client = as_(by)
    text = client.get(fees_page(tree)).content.decode()
    assert text.count('value="paid" checked') == 2
    assert text.count('value="30.000"') == 1  # once for all, above the rows
    values = {"paid_on": "05/01/2026", "amount": ""}
    for member, choice in ((one, "paid"), (two, "unpaid")):
        values |= {f"choice-{member.pk.hex}": choice, f"seen-{member.pk.hex}": "", f"amount-{member.pk.hex}": "30.000"}
    assert client.post(fees_page(tree), values).status_code == 302
    assert fees(one)[1:] == [(tree.here.pk, MONTH, "due", Decimal(30000), DAY)]
    assert FeePayment.objects.owed().get().member == two


def test_a_new_common_amount_reaches_all_but_those_who_pay_their_own(tree, as_, by):
    [one, two, three] = people(tree.here, 3)
    lines = [paid(one), paid(two), FeeLine(three.pk, "due", Decimal(50000), DAY)]
    keep_fees(tree.here, date(2025, 12, 1), lines, by=by)
    client = as_(by)
    page = client.get(fees_page(tree)).context["page"]
    amounts = {row.member: row.shown["amount"] for row in page.rows}
    assert amounts == {one: "", two: "", three: "50.000"}
    values = {"paid_on": "05/01/2026", "amount": "40.000"}
    for row in page.rows:
        values |= {f"{name}-{row.key}": row.shown[name] for name in page.names} | {f"seen-{row.key}": ""}
    assert client.post(fees_page(tree), values).status_code == 302
    january = {fee.member: int(fee.amount) for fee in FeePayment.objects.filter(month=MONTH)}
    assert january == {one: 40000, two: 40000, three: 50000}
    later = client.get(fees_page(tree)).content.decode()
    assert (later.count('value="40.000"'), later.count('value="50.000"')) == (2, 1)


def test_a_wrong_amount_stays_beside_its_row(tree, as_, by):
    [one] = people(tree.here, 1)
    key = one.pk.hex
    values = {"paid_on": "05/01/2026", f"choice-{key}": "paid", f"seen-{key}": "", f"amount-{key}": "ba chục"}
    text = as_(by).post(fees_page(tree), values).content.decode()
    assert "“ba chục” không phải số tiền" in text
    assert 'value="ba chục"' in text
    assert not FeePayment.objects.exists()


def test_the_exempt_are_left_to_a_decision(tree, as_, by):
    [one] = people(tree.here, 1)
    Overlay.objects.create(member=one, kind=OverlayKind.EXEMPT, started_on=date(2025, 7, 1))
    text = as_(by).get(fees_page(tree)).content.decode()
    assert "checked" not in text
    assert "miễn" in text


@pytest.mark.parametrize("page", [meeting_page, fees_page])
def test_a_page_asks_the_same_at_one_and_at_thirty(tree, as_, by, page):
    people(tree.here, 1)
    client = as_(by)
    one = queries_of(client, page(tree))
    people(tree.here, 29)
    assert queries_of(client, page(tree)) == one <= MOST
