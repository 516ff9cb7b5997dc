"""The pages of an inspection as those whom the case names see them, and what junk makes of them."""

import pytest
from django.urls import reverse

from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.enums import Handler, Part, State
from discipline.models import (
    Case,
    CaseViolation,
    CourtSentence,
    Evidence,
    SelfReview,
    StepTaken,
    TeamMember,
)
from tests.discipline.cases import accused_in, case_on, named, opened
from tests.discipline.inspection_cases import ON, paper, person, planned, refreshed, step, triaged, verified, violation
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
ADDS = ("add_violation", "add_circumstance", "add_team_member", "add_evidence")
STEPS = (
    "triage", "file_signal", "transfer_case", "plan_inspection", "report_sentence", "announce_inspection",
    "record_self_review", "submit_report", "close_case",
)  # fmt: skip
OTHERS = ("ask_self_review", "answer_self_review", "extend_inspection", "choose_rules")


@pytest.fixture
def case(tree, cast):
    return case_on(accused_in(tree.here, official_on="2015-05-19"), cast.inspector)


@pytest.fixture
def own_case(tree, cast):
    case = case_on(
        accused_in(tree.here, official_on="2015-05-19"), cast.secretary, handler=Handler.CELL, organisation=tree.here,
        officers=(cast.inspector,),
    )  # fmt: skip
    return opened(case, cast.inspector)


def address(case, name, **more):
    return reverse(f"discipline:{name}", kwargs={"pk": case.pk, **more})


def read(client, case, name="inspection"):
    return client.get(address(case, name)).content.decode()


def post(client, case, name, **values):
    return client.post(address(case, name), values)


# --- the whole way, as an officer types it


def test_from_the_signal_to_the_report(case, cast, as_):
    client = as_(cast.inspector)
    post(client, case, "triage", on="04/03/2026", competence="ours", duplicate="none", choice="inspect")
    post(
        client, case, "plan_inspection", on="09/03/2026", document="3-QĐ/UBKT", kind="signs", content="Kê khai tài sản",
        examined_from="01/03/2023", examined_to="28/02/2026", starts_on="12/03/2026", ends_on="10/04/2026",
    )  # fmt: skip
    post(client, case, "announce_inspection", on="12/03/2026")
    post(client, case, "record_self_review", on="20/03/2026", outcome="received", form_named="KT", note="nhận lỗi")
    post(
        client, case, "add_violation", content="V04", description="Kê khai thiếu thửa đất", rule="212-QĐ/TW",
        article="khoản 2 Điều 39", tags=["false_declarations"], ended_on="31/12/2025", consequence="serious",
    )  # fmt: skip
    post(client, case, "add_circumstance", code="own_report", note="bản tự kiểm điểm")
    post(client, case, "add_team_member", full_name="Đỗ Văn Tổ", has_no_conflict="on", is_head="on")
    post(client, case, "add_evidence", kind="document", title="Bản kê khai năm 2025", on="31/12/2025")
    page = read(client, case)
    for words in (
        "3-QĐ/UBKT, ngày 09/03/2026", "Thời kỳ được kiểm tra 01/03/2023 – 28/02/2026 quá 2 năm.",
        "Kê khai thiếu thửa đất; khoản 2 Điều 39 212-QĐ/TW", "không trung thực; từ chưa rõ đến 31/12/2025",
        "hậu quả nghiêm trọng", "giảm nhẹ; bản tự kiểm điểm", "Đỗ Văn Tổ", "tổ trưởng", "Bản kê khai năm 2025",
        "nhận ngày 20/03/2026; tự nhận khiển trách; nhận lỗi",
    ):  # fmt: skip
        assert words in page, words
    answer = post(client, case, "submit_report", on="02/04/2026", document="9-BC/TKT", note="có vi phạm")
    assert answer.url == address(case, "file")
    assert refreshed(case).state == State.CELL_MEETING
    journal = read(client, case, "journal")
    for words in ("ghi vi phạm: Những điều đảng viên không được làm", "đưa Đỗ Văn Tổ vào tổ kiểm tra"):
        assert words in journal


def test_a_sentence_is_reported(case, cast, as_):
    triaged(case, cast.inspector)
    values = {
        "sentence": "prison", "number": "12/2026/HS-ST", "court": "Tòa án khu vực 3", "pronounced_on": "20/04/2026",
        "in_force_on": "21/05/2026", "on": "01/06/2026", "document": "5-BC/CB",
    }  # fmt: skip
    client = as_(cast.inspector)
    early = post(client, case, "report_sentence", **values | {"on": "20/05/2026"})
    assert early.status_code == 422
    assert "Bản án chưa có hiệu lực vào ngày báo cáo." in early.content.decode()
    light = post(client, case, "report_sentence", **values | {"sentence": "fine"})
    assert light.status_code == 422
    assert "hãy lập kế hoạch kiểm tra" in light.content.decode()
    assert 'value="12/2026/HS-ST"' in light.content.decode()
    assert not CourtSentence.objects.exists()
    assert post(client, case, "report_sentence", **values).status_code == 302
    assert refreshed(case).state == State.PROPOSED


def test_the_file_says_what_each_step_recorded(case, cast, as_):
    client = as_(cast.inspector)
    values = {"competence": "others", "duplicate": "known", "choice": "transfer", "note": "hồ sơ năm 2024"}
    assert post(client, case, "triage", on="04/03/2026", **values | {"note": ""}).status_code == 422
    post(client, case, "triage", on="04/03/2026", **values)
    sheet = {"why": "not_competent", "receiver": "UBKT Đảng ủy xã Bình An", "papers": "Đơn, 2 tờ", "document": "7-CV"}
    post(client, case, "transfer_case", on="05/03/2026", **sheet)
    page = read(client, case, "file")
    for words in (
        "hồ sơ năm 2024 Không thuộc thẩm quyền ở đây. Đã có, ghi rõ ở ghi chú. Hướng xử lý: Chuyển cấp có thẩm quyền.",
        "7-CV Không thuộc thẩm quyền. Nơi nhận: UBKT Đảng ủy xã Bình An. Bàn giao: Đơn, 2 tờ.",
    ):
        assert words in page


def test_a_case_ends_or_goes_elsewhere(case, cast, as_):
    client = as_(cast.inspector)
    verified(case, cast.inspector)
    assert (
        post(client, case, "close_case", on="02/04/2026", outcome="time_barred", note="x", document="1").status_code
        == 422
    )
    post(client, case, "close_case", on="02/04/2026", outcome="closed_fault_only", note="nhỏ", document="6-TB/UBKT")
    assert refreshed(case).state == State.CLOSED_FAULT_ONLY
    late = post(client, case, "transfer_case", on="03/04/2026", why="moved", receiver="UBKT", papers="x", document="1")
    assert "Không thể “chuyển cấp có thẩm quyền”" in late.content.decode()


# --- what the rules say beside the form


def test_the_rules_stand_beside_the_form(case, cast, as_):
    page = read(as_(cast.inspector), case, "triage")
    assert "Hình thức áp dụng được đối với đảng viên chính thức: khiển trách, cảnh cáo, khai trừ." in page
    assert "quyết định khiển trách, cảnh cáo; đề nghị cấp trên khai trừ" in page
    assert "Chưa thấy hồ sơ khác về đối tượng này." in page


def test_a_probationary_member_has_two_forms(tree, cast, as_):
    case = case_on(accused_in(tree.here, official_on=None), cast.inspector)
    page = read(as_(cast.inspector), case, "triage")
    assert "đối với đảng viên dự bị: khiển trách, cảnh cáo." in page
    values = read(as_(cast.inspector), case, "record_self_review")
    assert 'value="KTR"' not in values
    assert 'value="CC"' in values


def test_other_cases_of_the_subject_are_told_to_whom_they_name(case, cast, as_):
    case_on(case.member, cast.head, officers=(cast.head,))
    assert "Chưa thấy hồ sơ khác" in read(as_(cast.inspector), case, "triage")
    case_on(case.member, cast.inspector)
    assert "Có 1 hồ sơ khác về đối tượng này." in read(as_(cast.inspector), case, "triage")


def test_an_organisation_has_its_forms(tree, cast, as_):
    entry = actions.sealing.SignalEntry(
        signal_on=ON, source="supervision", summary="Buông lỏng lãnh đạo", officers=(cast.inspector,)
    )
    case = actions.register_signal((None, tree.here), tree.root, entry, by=cast.inspector)
    page = read(as_(cast.inspector), case, "triage")
    assert "đối với tổ chức đảng: khiển trách, cảnh cáo, giải tán." in page


# --- who sees and writes what


def test_each_part_has_its_pages(case, cast, as_):
    verified(case, cast.inspector)
    for name, part in (("secretary", Part.CELL), ("stranger", Part.TEAM), ("officer", Part.BODY)):
        named(case, getattr(cast, name), part)
    opened(case, cast.secretary, cast.stranger, cast.officer)
    expected = {
        "inspector": {*ADDS, *OTHERS, *STEPS},
        "secretary": {"record_self_review", "report_sentence"},
        "stranger": {*ADDS, "ask_self_review", "answer_self_review", "submit_report"},
        "officer": set(),
    }
    for name, pages in expected.items():
        client = as_(getattr(cast, name))
        found = {page for page in (*ADDS, *OTHERS, *STEPS) if client.get(address(case, page)).status_code == 200}
        assert found == pages, name


def test_the_cell_that_runs_its_inspection_has_all_but_the_transfer(own_case, cast, as_):
    client = as_(cast.secretary)
    pages = (*ADDS, *OTHERS, *STEPS)
    assert [page for page in pages if client.get(address(own_case, page)).status_code == 404] == ["transfer_case"]


def test_a_cell_reads_the_findings_after_the_report_and_never_the_evidence(case, cast, as_):
    verified(case, cast.inspector)
    actions.add_violation(case, violation(), on=ON, by=cast.inspector)
    actions.add_evidence(case, paper(), by=cast.inspector)
    named(case, cast.secretary, Part.CELL)
    opened(case, cast.secretary)
    page = read(as_(cast.secretary), case)
    assert "Chi bộ xem kết quả kiểm tra khi đã có báo cáo." in page
    assert "Kê khai tài sản" not in page
    actions.submit_report(case, step(ON.replace(month=4), "9-BC/TKT"), by=cast.inspector)
    page = read(as_(cast.secretary), case)
    assert "Kê khai tài sản không trung thực" in page
    assert "Bản kê khai tài sản năm 2025" not in page
    assert "Hủy" not in page


def test_another_case_has_no_row_of_this_one(tree, case, cast, as_):
    other = case_on(accused_in(tree.here, full_name="Trần Thị Khác"), cast.inspector)
    row = actions.add_violation(case, violation(), on=ON, by=cast.inspector)
    client = as_(cast.inspector)
    assert client.get(address(other, "void_record", kind="violation", row_id=row.pk)).status_code == 404
    assert client.get(address(case, "void_record", kind="step", row_id=row.pk)).status_code == 404
    assert client.get(address(case, "void_record", kind="violation", row_id=10**30)).status_code == 404
    client.post(address(case, "void_record", kind="violation", row_id=row.pk), {"reason": "nhầm người"})
    page = read(client, case)
    assert "Đã hủy (1)" in page
    assert "hủy: nhầm người" in page


def test_whoever_has_not_opened_the_file_today_is_led_to_its_cover(tree, cast, as_):
    case = case_on(accused_in(tree.here), cast.head, officers=(cast.inspector,))
    client = as_(cast.inspector)
    for name in ("inspection", "add_violation", "triage"):
        assert client.get(address(case, name)).url == reverse("discipline:case", args=[case.pk])


# --- what is warned of and refused


def test_a_team_of_a_cell_over_five_is_warned_of(own_case, cast, as_):
    for number in range(6):
        assert "Tổ kiểm tra của chi bộ có" not in read(as_(cast.secretary), own_case)
        actions.add_team_member(own_case, person(f"Người Thứ {number}"), by=cast.secretary)
    assert "Tổ kiểm tra của chi bộ có 6 người, quá 5 người." in read(as_(cast.secretary), own_case)
    actions.void_record(TeamMember.objects.first(), reason="thôi", by=cast.secretary)
    assert "Tổ kiểm tra của chi bộ có" not in read(as_(cast.secretary), own_case)


def test_the_team_is_refused_in_words(tree, case, cast, as_):
    client = as_(cast.inspector)
    for values, words in (
        ({"member": "Lê Văn Kín", "has_no_conflict": "on"}, "Người bị xem xét không ở trong tổ kiểm tra"),
        ({"full_name": "Đỗ Văn Tổ"}, "Người có quan hệ gia đình, lợi ích"),
        ({"has_no_conflict": "on"}, "Hãy chọn một đảng viên hoặc ghi họ tên"),
    ):
        answer = post(client, case, "add_team_member", **values)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not TeamMember.objects.exists()
    MemberFactory(home=tree.there, full_name="Phạm Văn Trưởng")
    post(client, case, "add_team_member", member="Phạm Văn Trưởng", has_no_conflict="on")
    assert TeamMember.objects.get().member.full_name == "Phạm Văn Trưởng"


def test_a_secret_paper_keeps_its_typing_and_nothing_else(case, cast, as_):
    client = as_(cast.inspector)
    answer = post(client, case, "add_evidence", kind="document", title="Báo cáo (Mật) số 12", text="nội dung gõ vào")
    assert answer.status_code == 422
    assert "nội dung gõ vào" in answer.content.decode()
    assert not Evidence.objects.exists()
    post(client, case, "add_evidence", kind="pointer", number="12", grade="secret", kept_at="Tủ mật, văn phòng")
    assert "chỉ dẫn; 12; độ Mật; giữ tại Tủ mật, văn phòng" in read(client, case)


def test_a_set_is_chosen_with_a_reason(case, cast, as_):
    client = as_(cast.inspector)
    chosen = "discipline_violation|2022-07-06"
    assert post(client, case, "choose_rules", chosen=chosen, reason="").status_code == 422
    post(client, case, "choose_rules", chosen=chosen, reason="vi phạm năm 2023")
    assert "chọn bộ có hiệu lực từ 06/07/2022: vi phạm năm 2023" in read(client, case)
    for junk in ("discipline_violation|2022-07-07", "cap|", "x", "discipline_violation|9999-99-99"):
        assert post(client, case, "choose_rules", chosen=junk, reason="x").status_code == 422
    post(client, case, "choose_rules", chosen="discipline_violation|", reason="thôi")
    assert refreshed(case).sets == {}


JUNK = ["", "31/02/2026", "01/01/0001", "31/12/9999", "9" * 400, "%00", "\x00", "-1", "1e400", "<b>", "２０２６", "🙂"]


@pytest.mark.parametrize("name", [*STEPS, *ADDS, *OTHERS])
def test_junk_is_refused_and_changes_nothing(case, cast, as_, name):
    client = as_(cast.inspector)
    fields = list(client.get(address(case, name)).context["form"].fields)
    for junk in JUNK:
        answer = client.post(address(case, name), dict.fromkeys(fields, junk))
        assert answer.status_code == 422, junk
    kept = (StepTaken, CaseViolation, TeamMember, Evidence, SelfReview, CourtSentence)
    assert [model.objects.count() for model in kept] == [0] * 6
    assert Case.objects.get().state == State.SIGNAL


def test_a_day_to_come_is_refused(case, cast, as_):
    answer = post(
        as_(cast.inspector), case, "triage", on="01/01/2099", competence="ours", duplicate="none", choice="inspect"
    )
    assert answer.status_code == 422
    assert "ở tương lai" in answer.content.decode()


# --- what the pages ask


@pytest.mark.parametrize("name", ["inspection", "file", *ADDS, *OTHERS, *STEPS])
def test_pages_ask_little_however_much_there_is(own_case, cast, as_, name):
    planned(own_case, cast.inspector)
    few = queries_of(as_(cast.inspector), address(own_case, name))
    for number in range(10):
        actions.add_violation(own_case, violation(), on=ON, by=cast.inspector)
        actions.add_evidence(own_case, paper(), by=cast.inspector)
        actions.add_team_member(own_case, person(f"Người Thứ {number}"), by=cast.inspector)
    assert few <= MOST
    assert queries_of(as_(cast.inspector), address(own_case, name)) <= MOST


# --- what is concluded of each violation


def test_each_violation_is_concluded_by_itself(case, cast, as_):
    opened(case, cast.inspector)
    first, second = (
        actions.add_violation(case, violation(description=words), on=ON, by=cast.inspector)
        for words in ("Kê khai thiếu thửa đất", "Nhận quà trái quy định")
    )
    client = as_(cast.inspector)
    where = address(case, "conclude_violation", row_id=second.pk)
    assert where in read(client, case)
    assert client.post(where, {"found": ""}).status_code == 422
    assert client.post(where, {"found": "False"}).status_code == 302
    actions.conclude_violation(first, found=True, by=cast.inspector)
    assert [row.is_concluded for row in CaseViolation.objects.order_by("pk")] == [True, False]
    page = read(client, case)
    assert ("kết luận: có vi phạm" in page, "kết luận: không vi phạm" in page) == (True, True)
    assert "kết luận về Những điều đảng viên không được làm: không vi phạm" in read(client, case, "journal")


def test_nothing_is_concluded_of_what_was_taken_back_or_decided(case, cast):
    row = actions.add_violation(case, violation(), on=ON, by=cast.inspector)
    Case.objects.filter(pk=case.pk).update(state=State.DECIDED_CELL)
    with pytest.raises(NotAllowed, match="đã có quyết định hoặc đã kết thúc"):
        actions.conclude_violation(row, found=False, by=cast.inspector)
    Case.objects.filter(pk=case.pk).update(state=State.VERIFYING)
    actions.void_record(row, reason="ghi nhầm", by=cast.inspector)
    with pytest.raises(NotAllowed, match="vừa được sửa"):
        actions.conclude_violation(row, found=False, by=cast.inspector)


def test_a_cell_reads_no_conclusion_while_others_verify(case, cast, as_):
    row = actions.add_violation(case, violation(), on=ON, by=cast.inspector)
    actions.conclude_violation(row, found=True, by=cast.inspector)
    named(case, cast.secretary, Part.CELL, by=cast.inspector)
    opened(case, cast.secretary)
    client = as_(cast.secretary)
    assert "kết luận về" not in read(client, case, "journal")
    assert client.get(address(case, "conclude_violation", row_id=row.pk)).status_code == 404
