"""Pages of moves: who sees what from when, the way through the forms, the queue, the papers, the desk."""

import re
import subprocess
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cells.models import LogEntry
from members import actions
from members.models import Hold, Member, Transfer
from tests.factories import MemberFactory
from tests.members.moving import ISSUED, PRESENTED, accept, issue, request
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
HELD = "Chưa cấp được giấy; liên hệ Ủy ban Kiểm tra"
QUEUE = "/members/transfers/"


@pytest.fixture
def member(tree):
    return MemberFactory(
        home=tree.here, full_name="Lê Thị Chuyển", born_on=date(1979, 4, 17), card_number="096079000123",
        personal_id="096079000123", residence="Khóm 1",
    )  # fmt: skip


@pytest.fixture
def asked(tree, cast, member):
    return request(member, tree.there, by=cast.secretary, reason="theo gia đình")


def page(transfer, verb=""):
    return f"{QUEUE}{transfer.pk}/{verb}"


def words(response):
    return response.content.decode()


def day(value):
    return f"{value:%d/%m/%Y}"


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_the_receiver_sees_a_move_from_the_day_of_issue_and_the_sender_always(tree, cast, as_, asked, member):
    def seen():
        people = ("secretary", "officer", "staff", "stranger", "other_officer", "inspector")
        return [as_(getattr(cast, name)).get(page(asked)).status_code for name in people]

    assert seen() == [200, 200, 200, 404, 404, 403]
    issue(asked, by=cast.staff)
    assert seen() == [200, 200, 200, 200, 200, 403]
    accept(asked, by=cast.stranger)
    assert seen() == [200, 200, 200, 200, 200, 403]
    record = reverse("members:member", args=[member.pk])
    assert [as_(user).get(record).status_code for user in (cast.secretary, cast.stranger)] == [404, 200]


def test_the_receiver_reads_name_birth_year_cell_and_papers_and_no_more(tree, cast, as_, asked):
    issue(asked, by=cast.staff, papers=("card",))

    shown = words(as_(cast.stranger).get(page(asked)))

    assert all(text in shown for text in ("Lê Thị Chuyển", "1979", "Chi bộ Khóm 1", "Thẻ đảng viên", "còn thiếu"))
    assert not any(text in shown for text in ("17/04", "096079000123", "0123", "theo gia đình", "/slip/"))
    assert as_(cast.stranger).get(reverse("members:member", args=[asked.member_id])).status_code == 404
    assert "theo gia đình" in words(as_(cast.secretary).get(page(asked)))


def test_a_cell_that_has_nothing_to_do_with_it_sees_nothing(tree, cast, as_, member):
    asked = issue(request(member, tree.next_door, by=cast.secretary), by=cast.officer)

    assert as_(cast.stranger).get(page(asked)).status_code == 404
    assert "Lê Thị Chuyển" not in words(as_(cast.stranger).get(f"{QUEUE}?tab=moving"))


# --- the way through the forms ---------------------------------------------------------------------------------------


def test_a_member_moves_across_two_bases_refused_once_then_accepted(tree, cast, as_, member, today):
    secretary = as_(cast.secretary)
    start = reverse("members:request_transfer", args=[member.pk])
    assert start in words(secretary.get(reverse("members:member", args=[member.pk])))
    assert f"?to={tree.there.pk}" in words(secretary.get(f"{start}?q=ap thuong"))
    form = {"kind": "official", "reason": "đổi nơi ở", "requested_on": day(today), "papers": ["card", "file"]}
    response = secretary.post(f"{start}?to={tree.there.pk}", form)
    transfer = Transfer.objects.get()
    assert response.url == page(transfer)

    staff = as_(cast.staff)
    assert ">Cấp giấy giới thiệu</a>" in words(staff.get(page(transfer)))
    staff.post(page(transfer, "issue/"), {"issued_on": day(today), "file_taken_on": day(today), "papers": ["card"]})
    receiver = as_(cast.stranger)
    refused = receiver.post(page(transfer, "refuse/"), {"on": day(today), "reason": "thiếu hồ sơ"}, follow=True)
    assert "Đã ghi: chưa tiếp nhận." in words(refused)
    assert "chưa tiếp nhận: thiếu hồ sơ" in words(as_(cast.staff).get(page(transfer)))
    new = {"issued_on": day(today), "reason": "bổ sung", "papers": ["card", "file"]}
    response = as_(cast.staff).post(page(transfer, "reissue/"), new)
    again = Transfer.objects.get(replaces=transfer)
    assert response.url == page(again)
    replaced = words(as_(cast.secretary).get(page(transfer)))
    assert "Xem giấy thay thế số 02/" in replaced
    assert "đã thay bằng giấy khác" in replaced
    assert "đã rút" not in replaced
    assert "đã thay bằng giấy khác" in words(as_(cast.staff).get(reverse("members:transfers"), {"tab": "done"}))

    taken = {"received_on": day(today), "presented_on": day(today), "papers": ["card", "file"]}
    as_(cast.stranger).post(page(again, "accept/"), taken)

    member.refresh_from_db()
    assert member.home == tree.there
    history = words(as_(cast.stranger).get(reverse("members:member", args=[member.pk])))
    assert "Chuyển sinh hoạt đảng nội bộ: Chi bộ Khóm 1 → Chi bộ Ấp Thượng" in history


def test_no_paper_is_ticked_before_somebody_has_seen_it(tree, cast, as_, member):
    start = f"{reverse('members:request_transfer', args=[member.pk])}?to={tree.there.pk}"

    shown = words(as_(cast.secretary).get(start))

    assert 'name="papers" value="card"' in shown
    assert " checked" not in shown


def test_bad_input_keeps_what_was_typed(tree, cast, as_, member):
    start = f"{reverse('members:request_transfer', args=[member.pk])}?to={tree.there.pk}"

    response = as_(cast.secretary).post(start, {"kind": "temporary", "reason": "đi học", "requested_on": "01/09/2026"})

    shown = words(response)
    assert (response.status_code, Transfer.objects.count()) == (200, 0)
    assert "Chuyển sinh hoạt tạm thời phải có hạn" in shown
    assert all(text in shown for text in ('value="đi học"', 'value="01/09/2026"'))


@pytest.mark.parametrize("value", ["32/13/2026", "x" * 400, "01/01/2999", "99999999999999999999"])
def test_no_input_breaks_a_form(tree, cast, as_, asked, value):
    fields = {"issued_on": value, "number": value, "file_taken_on": value, "papers": [value]}

    assert as_(cast.staff).post(page(asked, "issue/"), fields).status_code == 200
    assert as_(cast.staff).get(f"{QUEUE}?tab={value}&organisation={value}&page={value}").status_code == 200
    assert as_(cast.staff).get(f"{QUEUE}issue/?transfer={value}").status_code == 302
    assert as_(cast.secretary).get(f"/members/{asked.member_id}/transfer/?to={value}&q={value}").status_code == 200


def test_a_step_that_is_not_open_any_more_leads_back_with_the_reason(cast, as_, asked):
    issue(asked, by=cast.staff)

    for send in (as_(cast.staff).get, as_(cast.staff).post):
        response = send(page(asked, "issue/"), {"issued_on": day(ISSUED)}, follow=True)
        assert response.redirect_chain[-1][0] == page(asked)
        assert "Không thể “cấp giấy giới thiệu” khi đang ở trạng thái “đã cấp giấy" in words(response)


def test_a_hold_is_told_to_who_issues_and_to_nobody_else(tree, cast, as_, member, today):
    Hold.objects.create(member=member, started_on=date(2026, 1, 1), recorded_by=cast.inspector)
    start = f"{reverse('members:request_transfer', args=[member.pk])}?to={tree.there.pk}"
    form = {"kind": "official", "reason": "đổi nơi ở", "requested_on": day(today)}
    response = as_(cast.secretary).post(start, form, follow=True)
    transfer = Transfer.objects.get()
    assert "Ủy ban Kiểm tra" not in words(response)

    response = as_(cast.staff).post(page(transfer, "issue/"), {"issued_on": day(today)})

    assert HELD in words(response)
    for user in (cast.secretary, cast.officer, cast.staff):
        for address in (page(transfer), f"{QUEUE}?tab=to_issue", "/", reverse("log")):
            assert HELD not in words(as_(user).get(address))
    assert not LogEntry.objects.filter(action="members.issue_slip").exists()


# --- many at once ----------------------------------------------------------------------------------------------------


def test_several_are_introduced_issued_and_taken_in_at_once(tree, cast, as_, today):
    people = MemberFactory.create_batch(3, home=tree.here)
    Hold.objects.create(member=people[0], started_on=date(2026, 1, 1), recorded_by=cast.inspector)
    start = f"{reverse('members:request_transfers', args=[tree.here.pk])}?to={tree.there.pk}"
    choosing = reverse("members:request_transfer", args=[people[0].pk])
    assert start.partition("?")[0] in words(as_(cast.secretary).get(choosing))
    form = {"kind": "official", "reason": "tốt nghiệp", "requested_on": day(today)}
    assert "Hãy chọn ít nhất một đảng viên" in words(as_(cast.secretary).post(start, form))
    as_(cast.secretary).post(start, {**form, "member": [member.pk for member in people]})
    assert Transfer.objects.count() == 3

    ids = [str(pk) for pk in Transfer.objects.values_list("pk", flat=True)]
    queue = words(as_(cast.staff).get(f"{QUEUE}?tab=to_issue"))
    assert all(f'value="{pk}"' in queue for pk in ids)
    assert "3 đảng viên" in words(as_(cast.staff).get(f"{QUEUE}issue/", {"transfer": ids}))
    done = as_(cast.staff).post(f"{QUEUE}issue/", {"transfer": ids, "issued_on": day(today)}, follow=True)
    assert "Đã cấp giấy cho 2 đảng viên" in words(done)
    assert f"{people[0]}: {HELD}" in words(done)

    taken = {"transfer": ids, "received_on": day(today), "presented_on": day(today)}
    done = as_(cast.stranger).post(f"{QUEUE}accept/", taken, follow=True)
    assert "Đã tiếp nhận 2 đảng viên" in words(done)
    assert Member.objects.filter(home=tree.there).count() == 2


# --- from outside ----------------------------------------------------------------------------------------------------

OUTSIDE = {"outside_name": "Đảng bộ tỉnh Xa", "outside_area": "other_province", "decision": "Giấy số 5"}


def test_a_newcomer_is_received_through_the_record_form(tree, cast, as_, today):
    address = reverse("members:receive_from_outside", args=[tree.here.pk])
    assert as_(cast.secretary).get(reverse("members:choose_receiving_cell")).url == address
    shown = words(as_(cast.secretary).get(address))
    drawn = shown.partition('name="id" value="')[2].partition('"')[0]
    answers = dict.fromkeys(("sex", "religion", "occupation", "general_education", "degree", "theory"), "unknown")
    form = {**OUTSIDE, **answers, "id": drawn, "full_name": "Trần Thị Mới", "issued_on": day(today)}

    response = as_(cast.secretary).post(address, {**form, "started": day(today)})

    newcomer = Member.objects.get()
    assert response.url == reverse("members:member", args=[newcomer.pk])
    assert newcomer.memberships.get().came_from == "other_province"
    assert "Đảng bộ tỉnh Xa → Chi bộ Khóm 1" in words(as_(cast.secretary).get(response.url))


def test_a_former_member_is_received_again(tree, cast, as_, member, today):
    issue(request(member, "Chi bộ Phường Xa", by=cast.secretary), by=cast.staff)
    address = reverse("members:receive_former_member", args=[member.pk])
    assert address in words(as_(cast.officer).get(reverse("members:member", args=[member.pk])))
    form = {**OUTSIDE, "issued_on": day(today), "started": day(today), "organisation": "Chi bộ Khóm 2"}

    as_(cast.officer).post(address, form)

    member.refresh_from_db()
    assert member.home == tree.next_door


# --- the queue -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["mine", "to_issue", "moving", "to_receive", "overdue"])
def test_the_queue_asks_the_same_for_1_and_30(tree, cast, as_, tab):
    def more(count):
        for member in MemberFactory.create_batch(count, home=tree.here):
            asked = request(member, tree.there, by=cast.secretary)
            if tab != "to_issue":
                issue(asked, by=cast.staff)

    more(1)
    one = queries_of(as_(cast.staff), f"{QUEUE}?tab={tab}")
    more(29)

    assert queries_of(as_(cast.staff), f"{QUEUE}?tab={tab}") == one <= MOST
    assert queries_of(as_(cast.staff), page(Transfer.objects.first())) <= MOST


def test_tabs_show_what_stands_where(tree, cast, as_, member):
    away = MemberFactory(home=tree.here, full_name="Lý Văn Tạm")
    guest = request(away, tree.there, by=cast.secretary, kind="temporary", until=date(2026, 12, 2))
    accept(issue(guest, by=cast.officer), by=cast.stranger)
    issue(request(member, tree.there, by=cast.secretary), by=cast.staff)

    def names(user, tab):
        shown = words(as_(user).get(f"{QUEUE}?tab={tab}"))
        return [name for name in ("Lê Thị Chuyển", "Lý Văn Tạm") if name in shown]

    assert names(cast.stranger, "mine") == ["Lê Thị Chuyển"]
    assert names(cast.other_officer, "mine") == names(cast.staff, "mine") == names(cast.secretary, "to_issue") == []
    assert names(cast.secretary, "away") == ["Lý Văn Tạm"]
    assert names(cast.secretary, "moving") == names(cast.stranger, "to_receive") == ["Lê Thị Chuyển"]
    assert names(cast.secretary, "done") == []


def test_slips_that_are_late_stand_in_a_list_of_their_own(tree, cast, as_, member, today):
    long_ago, lately = today - timedelta(days=60), today - timedelta(days=3)
    for person, on in ((member, long_ago), (MemberFactory(home=tree.here, full_name="Lý Văn Mới"), lately)):
        asked = request(person, tree.there, by=cast.secretary, requested_on=on)
        issue(asked, by=cast.staff, issued_on=on, today=on, file_taken_on=on)

    shown = words(as_(cast.secretary).get(f"{QUEUE}?tab=overdue"))

    assert "Lê Thị Chuyển" in shown
    assert "Lý Văn Mới" not in shown
    assert "Quá hạn (1)" in shown
    late = words(as_(cast.secretary).get(page(member.transfers.get())))
    assert "30 ngày làm việc từ" in late
    assert "phải giải trình bằng văn bản" in late


def test_the_queue_is_narrowed_to_an_organisation(tree, cast, as_, member):
    request(member, tree.there, by=cast.secretary)
    request(MemberFactory(home=tree.school, full_name="Lý Thị Trường"), tree.far, by=cast.staff)

    shown = words(as_(cast.staff).get(f"{QUEUE}?tab=to_issue&organisation=Chi bộ Khóm 1"))

    assert "Lê Thị Chuyển" in shown
    assert "Lý Thị Trường" not in shown


# --- papers and desk -------------------------------------------------------------------------------------------------


@pytest.mark.poppler
@pytest.mark.parametrize(
    "case",
    [
        ("there", {}, 7, "(nội bộ, loại 7 ô)"),
        ("Chi bộ Phường Xa", {}, 10, "(chính thức, loại 10 ô)"),
        ("there", {"kind": "temporary", "until": date(2027, 3, 1)}, 8, "(tạm thời, loại 8 ô)"),
        ("Đảng bộ ngoài nước", {"kind": "abroad_official", "outside_area": "abroad"}, 2, "(ra ngoài nước, loại 2 ô)"),
    ],
)
def test_the_slip_prints_its_boxes_and_printing_is_an_act(tree, cast, as_, member, tmp_path, case):
    to, changes, boxes, form = case
    transfer = issue(request(member, getattr(tree, to, to), by=cast.secretary, **changes), by=cast.staff)

    response = as_(cast.secretary).get(page(transfer, "slip/"))

    (tmp_path / "slip.pdf").write_bytes(response.content)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "slip.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert form in text
    printed = [int(number) for number in re.findall(r"(?<![\d/])(\d+)\. (?=\S)", text)]
    assert sorted(printed) == list(range(1, boxes + 1))
    assert all(words in text for words in ("LÊ THỊ CHUYỂN", "096079000123", "Số 01/2026"))
    assert LogEntry.objects.about(transfer).filter(action="members.print_slip").count() == 1
    assert as_(cast.secretary).get(page(transfer, "slip/")).content == response.content


@pytest.mark.poppler
def test_two_notices_go_to_the_receiving_committees(tree, cast, as_, asked, tmp_path):
    issue(asked, by=cast.staff)

    (tmp_path / "notices.pdf").write_bytes(as_(cast.staff).get(page(asked, "notices/")).content)

    text = subprocess.run(
        ["pdftotext", tmp_path / "notices.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("PHIẾU BÁO") == 2
    assert "Kính gửi: Đảng ủy Sao Mai" in text
    assert "Kính gửi: Đảng bộ Phường Tây" in text


def test_no_paper_before_the_slip_is_issued(cast, as_, asked):
    assert as_(cast.staff).get(page(asked, "slip/")).status_code == 404


def test_the_desk_tells_each_what_waits_for_him(tree, cast, as_, asked):
    def desk(user):
        return words(as_(user).get("/"))

    assert "Cấp giấy giới thiệu: Lê Thị Chuyển" in desk(cast.staff)
    assert "Lê Thị Chuyển" not in desk(cast.officer) + desk(cast.stranger)
    issue(asked, by=cast.staff)
    assert "Tiếp nhận đảng viên: Lê Thị Chuyển" in desk(cast.stranger)
    assert "Tiếp nhận đảng viên: Lê Thị Chuyển" not in desk(cast.other_officer) + desk(cast.staff)
    cast.stranger.role_assignments.update(ended_on=ISSUED)
    assert "Tiếp nhận đảng viên: Lê Thị Chuyển" in desk(cast.other_officer)
    actions.refuse_transfer(asked, on=PRESENTED, reason="thiếu hồ sơ", by=cast.stranger)
    assert "Giấy bị trả lại: Lê Thị Chuyển" in desk(cast.staff)


def test_what_is_overdue_is_told_to_the_sender_as_work_of_others(tree, cast, as_, member, today):
    on = today - timedelta(days=60)
    asked = request(member, tree.there, by=cast.secretary, requested_on=on)
    issue(asked, by=cast.staff, issued_on=on, today=on, file_taken_on=on)

    assert "1 lần chuyển sinh hoạt quá hạn" in words(as_(cast.secretary).get("/"))


def test_the_page_of_a_member_with_moves_asks_no_more(tree, cast, as_, member):
    address = reverse("members:member", args=[member.pk])
    before = queries_of(as_(cast.staff), address)
    accept(issue(request(member, tree.there, by=cast.secretary), by=cast.staff), by=cast.stranger)
    request(member, tree.here, by=cast.stranger, requested_on=date(2026, 11, 1))

    assert queries_of(as_(cast.staff), address) == before <= MOST
    assert "Lần chuyển sinh hoạt đang mở" in words(as_(cast.staff).get(address))
