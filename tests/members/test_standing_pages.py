"""Pages of endings, ways back, exemption and suspension: scope, the happy path, refusals, the list and its cost."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Ending, Overlay, Proceeding, Restoration, Sanction
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

DECISION = {"decision": "12-QĐ/ĐU", "decided_on": "01/08/2026", "ended_on": "04/08/2026"}


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


def url(name, *parts):
    return reverse(f"members:{name}", args=parts)


def left(tree, name="Lê Văn Đi", reason="name_removed", **values):
    """Somebody who left, with papers."""
    gone = MemberFactory(home=tree.here, full_name=name)
    gone.memberships.update(ended_on=date(2026, 8, 4), end_reason=reason)
    return Ending.objects.create(
        member=gone, membership=gone.memberships.get(), reason=reason, ended_on=date(2026, 8, 4), **values
    )


def test_a_secretary_records_a_death_and_the_member_stays_readable(as_, cast, member):
    client = as_(cast.secretary)
    page = client.get(url("record_death", member.pk)).content.decode()
    assert "Gia đình giữ thẻ và huy hiệu" in page
    answer = client.post(url("record_death", member.pk), {"died_on": "03/08/2026", "notified_on": "03/08/2026"})
    assert answer.status_code == 302
    ending = Ending.objects.get()
    assert (ending.ended_on, ending.reason) == (date(2026, 8, 4), "died")
    html = client.get(url("member", member.pk)).content.decode()
    assert "Không còn trong danh sách" in html
    assert url("ending", ending.pk) in html
    again = client.post(url("record_death", member.pk), {"died_on": "03/08/2026"})
    assert "không còn trong danh sách đảng viên" in again.content.decode()
    assert as_(cast.stranger).get(url("ending", ending.pk)).status_code == 404


def test_bad_input_keeps_what_was_typed(as_, cast, member):
    values = DECISION | {"ended_on": "31/07/2026", "grounds": ["removed_x2"]}
    page = as_(cast.officer).post(url("remove_name", member.pk), values)
    html = page.content.decode()
    assert "không thể có hiệu lực trước ngày quyết định" in html
    assert "12-QĐ/ĐU" in html
    assert as_(cast.officer).post(url("remove_name", member.pk), DECISION).context["form"].errors.keys() == {"grounds"}
    future = as_(cast.officer).post(url("expel", member.pk), DECISION | {"ended_on": "01/01/2999"})
    assert "tương lai" in future.content.decode()
    assert Ending.objects.count() == 0


def test_m29_the_page_of_an_ending_shows_its_clocks_and_the_next_step(as_, cast, member):
    client = as_(cast.officer)
    values = DECISION | {"grounds": ["removed_x2"], "received_on": "10/08/2026"}
    assert client.post(url("remove_name", member.pk), values).status_code == 302
    ending = Ending.objects.get()
    html = client.get(url("ending", ending.pk)).content.decode()
    assert "23/09/2026" in html
    assert "30 ngày làm việc từ ngày nhận quyết định 10/08/2026" in html
    assert "Việc tiếp theo: Ghi đã thu thẻ." in html
    assert "Không đóng đảng phí" in html
    assert client.post(url("recover_card", ending.pk), {"on": "12/08/2026"}).status_code == 302
    again = client.post(url("recover_card", ending.pk), {"on": "12/08/2026"}).content.decode()
    assert "Đã ghi ngày thu thẻ: 12/08/2026" in again
    client.post(url("record_notice", ending.pk), {"on": "03/08/2026"})
    assert "16/09/2026" in client.get(url("ending", ending.pk)).content.decode()
    client.post(url("send_file_up", ending.pk), {"on": "01/09/2026", "to": "Ban Xây dựng Đảng"})
    ending.refresh_from_db()
    assert (ending.file_sent_on, ending.file_sent_to) == (date(2026, 9, 1), "Ban Xây dựng Đảng")


def test_a_correction_of_an_ending_does_not_take_back_a_step_written_meanwhile(as_, cast, tree):
    ending = left(tree, decision="5-QĐ/ĐU", decided_on=date(2026, 8, 1), grounds=["removed_x2"])
    client = as_(cast.officer)
    seen = client.get(url("correct_ending", ending.pk)).context["form"]["seen"].value()
    assert client.post(url("recover_card", ending.pk), {"on": "12/08/2026"}).status_code == 302
    values = DECISION | {"grounds": ["removed_x3"], "why": "ghi nhầm số", "seen": seen}
    refused = client.post(url("correct_ending", ending.pk), values)
    assert "vừa được người khác ghi thêm" in refused.content.decode()
    standing = Ending.objects.standing().get()
    assert (standing.pk, standing.card_recovered_on) == (ending.pk, date(2026, 8, 12))


def test_an_ending_is_corrected_and_voided_from_its_page(as_, cast, tree):
    ending = left(tree, decision="5-QĐ/ĐU", decided_on=date(2026, 8, 1), grounds=["removed_x2"])
    client = as_(cast.officer)
    page = client.get(url("correct_ending", ending.pk))
    form, seen = page.content.decode(), page.context["form"]["seen"].value()
    assert "5-QĐ/ĐU" in form
    assert "04/08/2026" in form
    values = DECISION | {"grounds": ["removed_x3"], "card_recovered_on": "12/08/2026", "why": "ghi nhầm số"}
    values |= {"seen": seen}
    assert client.post(url("correct_ending", ending.pk), values).status_code == 302
    assert client.get(url("ending", ending.pk)).status_code == 404  # voided
    right = Ending.objects.standing().get()
    assert (right.decision, right.grounds, right.card_recovered_on) == (
        "12-QĐ/ĐU", ["removed_x3"], date(2026, 8, 12),
    )  # fmt: skip
    assert client.post(url("void_ending", right.pk), {"reason": "nhầm người"}).status_code == 302
    html = client.get(url("member", right.member_id)).content.decode()
    assert "đã hủy bỏ: nhầm người" in html
    assert "Chính thức" in html


def test_rights_are_restored_from_the_page_of_the_member(as_, cast, tree):
    ending = left(tree)
    client = as_(cast.officer)
    page = url("restore_rights", ending.member_id)
    assert "Chi bộ Khóm 1" in client.get(page).content.decode()
    values = {"decision": "20-QĐ/TU", "decided_on": "20/10/2026", "back_on": "20/10/2026"}
    values["organisation"] = "Chi bộ Khóm 1, Đảng bộ Phường Đông"
    assert client.post(page, values).status_code == 302
    back = Restoration.objects.get()
    html = client.get(url("member", ending.member_id)).content.decode()
    assert "Khôi phục quyền đảng viên" in html
    assert url("void_restoration", ending.member_id, back.pk) in html
    assert "Lê Văn Đi" not in client.get(url("endings")).content.decode()
    assert "đã trở lại" in client.get(url("ending", ending.pk)).content.decode()
    assert client.post(url("void_restoration", ending.member_id, back.pk), {"reason": "nhầm"}).status_code == 302
    assert "Lê Văn Đi" in client.get(url("endings")).content.decode()


def test_exemption_says_who_decides_and_refuses_a_term_that_is_too_long(as_, cast, member):
    client = as_(cast.secretary)
    page = url("exempt_member", member.pk)
    assert "Do chi bộ, bằng nghị quyết" in client.get(page).content.decode()
    values = {"ground": "remote_work", "started": "01/02/2026", "last_day": "31/01/2027", "decision": "QĐ 9"}
    assert "chậm nhất đến hết ngày 30/01/2027" in client.post(page, values).content.decode()
    assert "phải ghi thời hạn" in client.post(page, values | {"last_day": ""}).content.decode()
    assert Overlay.objects.count() == 0
    assert client.post(page, values | {"ground": "age_health", "last_day": ""}).status_code == 302
    fact = Overlay.objects.get()
    assert (fact.kind, fact.ground, fact.ended_on) == ("exempt", "age_health", None)
    assert client.get(url("end_fact", member.pk, "overlay", fact.pk)).status_code == 404
    assert (
        url("end_exemption", member.pk, fact.pk)
        in client.get(url("fact", member.pk, "overlay", fact.pk)).content.decode()
    )
    end = url("end_exemption", member.pk, fact.pk)
    assert client.post(end, {"last_day": "31/07/2026", "paper": "NQ 8"}).status_code == 302
    assert "đã kết thúc" in client.post(end, {"last_day": "31/07/2026", "paper": "NQ 8"}).content.decode()
    html = client.get(url("member", member.pk)).content.decode()
    assert "Miễn công tác và sinh hoạt: tuổi cao, sức yếu" in html


def test_the_ground_of_an_exemption_is_not_in_the_form_of_who_may_not_see_health(as_, cast, member):
    fact = Overlay.objects.create(
        member=member, kind="exempt", ground="age_health", decision="QĐ 9", started_on=date(2026, 2, 1)
    )
    page = url("correct_fact", member.pk, "overlay", fact.pk)
    assert 'value="age_health" selected' in as_(cast.secretary).get(page).content.decode()
    client = as_(cast.officer)
    assert "age_health" not in client.get(page).content.decode()
    typed = {"started": "01/02/2026", "last_day": "", "decision": "QĐ 19", "reason": "sai số", "ground": "remote_work"}
    assert client.post(page, typed).status_code == 302
    standing = Overlay.objects.standing().get()
    assert (standing.ground, standing.decision) == ("age_health", "QĐ 19")


def test_suspension_is_for_those_who_keep_decisions_and_for_inspection(as_, cast, member):
    assert as_(cast.secretary).get(url("suspend_member", member.pk)).status_code == 403
    client = as_(cast.inspector)
    values = {"started": "01/06/2026", "decision": "QĐ 24"}
    assert client.post(url("suspend_member", member.pk), values).status_code == 302
    fact = Overlay.objects.get()
    assert url("end_suspension", member.pk, fact.pk) in client.get(url("show_inspection", member.pk)).content.decode()
    assert as_(cast.secretary).get(url("fact", member.pk, "overlay", fact.pk)).status_code == 403
    end = url("end_suspension", member.pk, fact.pk)
    assert as_(cast.officer).post(end, {"last_day": "29/08/2026", "paper": "QĐ 31"}).status_code == 302
    fact.refresh_from_db()
    assert fact.ended_on == date(2026, 8, 30)


def test_discipline_from_paper_is_seen_by_form_and_day_and_voided(as_, cast, member):
    client = as_(cast.inspector)
    values = {"form": "warning", "decision": "7-QĐ/UBKT", "decided_on": "10/03/2026", "announced_on": "12/03/2026"}
    values |= {"organisation": "Chi bộ Khóm 1, Đảng bộ Phường Đông", "duty_linked": "true", "lapses_on": "12/03/2027"}
    assert client.post(url("record_sanction", member.pk), values).status_code == 302
    sanction = Sanction.objects.get()
    assert (sanction.form, sanction.duty_linked, sanction.self_remedied) == ("warning", True, None)
    assert (sanction.act_unit, sanction.lapses_on) == (member.home, date(2027, 3, 12))
    assert "quyết định cùng ngày này" in client.post(url("record_sanction", member.pk), values).content.decode()
    html = as_(cast.secretary).get(url("member", member.pk)).content.decode()
    assert "Kỷ luật: Cảnh cáo" in html
    assert "7-QĐ/UBKT" not in html
    client = as_(cast.inspector)
    assert client.post(url("void_sanction", member.pk, sanction.pk), {"reason": "nhầm"}).status_code == 302
    assert "Kỷ luật: Cảnh cáo" not in as_(cast.secretary).get(url("member", member.pk)).content.decode()


def test_e14_no_expulsion_and_no_removal_from_post_of_a_probationary_member(as_, cast, tree):
    probationary = MemberFactory(home=tree.here, official_on=None)
    client = as_(cast.inspector)
    values = {"form": "removal_from_post", "decision": "7", "decided_on": "10/03/2026"}
    page = client.post(url("record_sanction", probationary.pk), values).content.decode()
    assert "Đảng viên dự bị không bị kỷ luật cách chức (Điều 35 Điều lệ Đảng" in page
    assert client.post(url("record_sanction", probationary.pk), values | {"form": "warning"}).status_code == 302


def test_stages_of_proceedings_follow_one_another(as_, cast, member):
    client = as_(cast.inspector)
    page = url("record_proceeding", member.pk)
    first = {"stage": "charged", "started_on": "01/06/2026", "decision": "QĐ 3"}
    assert client.post(page, first).status_code == 302
    early = client.post(page, first | {"stage": "detained"}).content.decode()
    assert "giai đoạn sau phải bắt đầu sau ngày đó" in early
    assert client.post(page, {"stage": "closed", "started_on": "01/09/2026", "decision": "QĐ 8"}).status_code == 302
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1))
    assert [Proceeding.objects.weighing(day).count() for day in days] == [0, 1, 1, 0]
    html = as_(cast.officer).get(url("member", member.pk)).content.decode()
    assert "Tố tụng: khởi tố" in html
    assert "Tố tụng: đình chỉ, không có tội" in html
    closed = Proceeding.objects.get(stage="closed")
    client = as_(cast.inspector)
    assert client.post(url("void_proceeding", member.pk, closed.pk), {"reason": "nhầm"}).status_code == 302
    assert Proceeding.objects.weighing(date(2026, 9, 1)).count() == 1


def test_the_list_of_those_who_left_by_what_is_left_to_do(as_, cast, tree):
    left(tree, "Lê Văn Thẻ", decision="5-QĐ/ĐU", file_sent_on=date(2026, 9, 1))
    left(tree, "Lê Thị Mất", "died", notified_on=date(2026, 8, 3))
    MemberFactory(home=tree.here, full_name="Lê Còn Đây")
    brought = MemberFactory(home=tree.here, full_name="Lê Văn Tệp")
    brought.memberships.update(ended_on=date(2025, 8, 4), end_reason="died")
    client = as_(cast.secretary)

    def names(query=""):
        page = client.get(f"{url('endings')}{query}").context["page"]
        return [(row.membership.member.full_name, "; ".join(row.left), row.overdue) for row in page]

    assert names() == [
        ("Lê Thị Mất", "hồ sơ nộp chậm nhất 16/09/2026", True),
        ("Lê Văn Thẻ", "chưa thu thẻ", False),
        ("Lê Văn Tệp", "chưa ghi giấy tờ", False),
    ]
    assert [name for name, *_ in names("?left=card")] == ["Lê Văn Thẻ"]
    assert [name for name, *_ in names("?left=file")] == ["Lê Thị Mất"]
    assert [name for name, *_ in names("?left=papers")] == ["Lê Văn Tệp"]
    assert [name for name, *_ in names("?reason=died&year=2025")] == ["Lê Văn Tệp"]
    assert names("?year=nonsense&left=x") == names()
    assert as_(cast.stranger).get(url("endings")).context["page"].paginator.count == 0


def test_the_list_asks_the_same_with_one_row_and_with_thirty(as_, cast, tree):
    left(tree)
    client = as_(cast.officer)
    one = queries_of(client, url("endings"))
    for number in range(29):
        left(tree, f"Lê Số {number}")
    assert queries_of(client, url("endings")) == one <= MOST


def test_the_page_of_somebody_with_everything_asks_little(as_, cast, tree):
    ending = left(tree)
    Sanction.objects.create(member=ending.member, form="warning", decided_on=date(2026, 3, 1))
    Proceeding.objects.create(member=ending.member, stage="charged", started_on=date(2026, 3, 1))
    Overlay.objects.create(member=ending.member, kind="exempt", started_on=date(2026, 3, 1))
    assert queries_of(as_(cast.staff), url("member", ending.member_id)) <= MOST
