"""Files of a body: completeness by unit, lists, loans, reconciliations, papers printed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.models import LogEntry
from members.actions import dossier
from members.actions import file_keeping as acts
from members.actions.dossier import PaperEntry, add_paper, tick_papers, void_paper
from members.models import DossierPaper, FileCheck, FileLoan
from members.reports.dossier_lists import check_rows, unit_rows
from tests.factories import MemberFactory
from tests.members.test_dossier import WHOLE
from tests.queries import MOST, queries_of

ON = date(2026, 11, 23)


@pytest.fixture
def keeper(cast):
    return cast.officer


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Lê Thị Sen")


def loan(**changes):
    values = {"borrower": "Ủy ban Kiểm tra", "purpose": "xác minh", "agreed_by": "Bí thư", "lent_on": date(2026, 11, 2)}
    return acts.LoanEntry(**values | changes)


def found(**changes):
    values = {"checked_on": ON, "listed": 3, "counted": 2, "missing": 1, "damaged": 1, "checked_by": "Lê Văn Giữ"}
    return acts.CheckEntry(**values | changes)


def url(name, *arguments):
    return reverse(f"members:{name}", args=arguments)


def last_act(subject):
    entry = LogEntry.objects.about(subject).latest("id")
    return entry.action, entry.data


# --- loans ------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_out_goes_out_no_second_time(member, keeper):
    out = acts.lend_file(member, loan(), by=keeper)
    assert last_act(member) == (
        "members.lend_file", {"borrower": "Ủy ban Kiểm tra", "purpose": "xác minh", "on": "02/11/2026"},
    )  # fmt: skip
    with pytest.raises(ValidationError, match="đang có người mượn"):
        acts.lend_file(member, loan(), by=keeper)
    with pytest.raises(ValidationError, match="trước ngày mượn"):
        acts.return_file(out, returned_on=date(2026, 11, 1), condition="", by=keeper)
    acts.return_file(out, returned_on=date(2026, 11, 9), condition="đủ", by=keeper)
    with pytest.raises(ValidationError, match="đã được trả ngày 09/11/2026"):
        acts.return_file(out, returned_on=date(2026, 11, 9), condition="đủ", by=keeper)
    with pytest.raises(ValidationError, match="còn ở người mượn trước đến 09/11/2026"):
        acts.lend_file(member, loan(lent_on=date(2026, 11, 5)), by=keeper)
    acts.lend_file(member, loan(lent_on=date(2026, 11, 9)), by=keeper)
    assert FileLoan.objects.out().count() == 1


def test_a_loan_that_never_was_is_voided(member, keeper):
    out = acts.lend_file(member, loan(), by=keeper)
    acts.void_loan(out, reason="ghi nhầm người", by=keeper)
    assert last_act(member)[1] == {"borrower": "Ủy ban Kiểm tra", "reason": "ghi nhầm người"}
    with pytest.raises(ValidationError, match="vừa được người khác"):
        acts.void_loan(out, reason="lần nữa", by=keeper)
    with pytest.raises(ValidationError, match="hẹn trả"):
        acts.lend_file(member, loan(due_on=date(2026, 11, 1)), by=keeper)


def test_loans_on_pages(tree, member, as_, cast, keeper):
    client = as_(keeper)
    said = {"borrower": "Ban Tổ chức", "purpose": "xét huy hiệu", "agreed_by": "Bí thư", "lent_on": "02/11/2026"}
    assert client.post(url("lend_file", member.pk), {**said, "lent_on": "02/11/2999"}).status_code == 200
    assert client.post(url("lend_file", member.pk), said).status_code == 302
    page = client.get(url("file_loans")).content.decode()
    assert "Ban Tổ chức" in page
    assert "đang cho mượn" in page
    out = FileLoan.objects.get()
    assert "Ban Tổ chức" not in as_(cast.other_officer).get(url("file_loans")).content.decode()
    assert as_(cast.other_officer).post(url("return_file", out.pk), {"returned_on": "09/11/2026"}).status_code == 404
    assert as_(keeper).post(url("return_file", out.pk), {"returned_on": "09/11/2026"}).status_code == 302
    out.refresh_from_db()
    assert out.returned_on == date(2026, 11, 9)


def test_a_loan_is_told_to_keepers_alone(member, as_, cast, keeper):
    acts.return_file(acts.lend_file(member, loan(), by=keeper), returned_on=ON, condition="đủ", by=keeper)
    acts.void_loan(acts.lend_file(member, loan(lent_on=ON), by=keeper), reason="ghi nhầm", by=keeper)
    acts.lend_file(member, loan(lent_on=ON), by=keeper)
    for user, told in ((keeper, True), (cast.secretary, False)):
        client = as_(user)
        log = " ".join(line.words for line in client.get("/log/").context["page"].lines)
        listed = client.get(url("files")).content.decode()
        assert ["Ủy ban Kiểm tra" in words for words in (log, listed)] == [told, told], user
        assert ("xác minh" in log) == told
    client = as_(cast.secretary)
    asked = client.get(url("files"), {"shown": "out"})
    assert "shown" in asked.context["form"].errors
    assert "Mục lục đã chứng nhận" not in client.get(url("dossiers")).content.decode()


# --- reconciliation ---------------------------------------------------------------------------------------------------


def test_a_reconciliation_must_account_for_everybody_on_the_list(tree, keeper):
    with pytest.raises(ValidationError, match="chưa đủ 3 đảng viên"):
        acts.record_file_check(tree.east, found(missing=0), by=keeper)
    acts.record_file_check(tree.east, found(), by=keeper)
    assert last_act(tree.east) == (
        "members.record_file_check", {"on": "23/11/2026", "counted": 2, "missing": 1, "damaged": 1},
    )  # fmt: skip
    with pytest.raises(ValidationError, match="đã ghi một lần đối chiếu"):
        acts.record_file_check(tree.east, found(), by=keeper)


@pytest.mark.parametrize(("last", "due", "over"), [(date(2025, 11, 22), date(2026, 11, 22), True),
                                                  (date(2025, 11, 23), date(2026, 11, 23), False)])  # fmt: skip
def test_the_next_reconciliation_is_due_by_the_rule_of_the_day(tree, keeper, last, due, over):
    acts.record_file_check(tree.east, found(checked_on=last), by=keeper)
    acts.record_file_check(tree.east, found(checked_on=date(2025, 8, 1)), by=keeper)
    [east, west] = check_rows([tree.east, tree.west], ON)
    assert (east.last.checked_on, east.due_on, east.is_over) == (last, due, over)
    assert "8.2h" in east.source
    assert (west.last, west.due_on, west.is_over) == (None, None, False)


def test_reconciliations_on_pages(tree, member, as_, cast, keeper):
    client = as_(keeper)
    form = client.get(url("record_file_check", tree.east.pk)).context["form"]
    assert form.initial["listed"] == 1
    said = {
        "checked_on": "23/11/2026",
        "listed": "1",
        "counted": "0",
        "missing": "1",
        "damaged": "0",
        "checked_by": "Lê",
    }
    assert "chưa đủ" in client.post(url("record_file_check", tree.east.pk), said | {"missing": "0"}).content.decode()
    assert client.post(url("record_file_check", tree.east.pk), said).status_code == 302
    page = client.get(url("file_checks")).content.decode()
    assert "danh sách 1, đếm được 0, thiếu 1" in page
    done = FileCheck.objects.get()
    assert as_(cast.other_officer).post(url("void_file_check", done.pk), {"reason": "x"}).status_code == 404
    assert as_(keeper).post(url("void_file_check", done.pk), {"reason": "nhầm ngày"}).status_code == 302
    assert not FileCheck.objects.standing().exists()


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tree, keeper, today):
    """In "here" a whole file and one short of papers, next door one not inventoried, one in the base's own body."""
    whole, short = (
        MemberFactory(home=tree.here, full_name="Trần Đủ"),
        MemberFactory(home=tree.here, full_name="Trần Thiếu"),
    )
    MemberFactory(home=tree.next_door, full_name="Trần Chưa")
    tick_papers(whole, WHOLE, on=today, by=keeper)
    dossier.certify_index(whole, certified_on=today, certified_by="Lê Văn Giữ", on=today, by=keeper)
    add_paper(short, 37, PaperEntry(), on=today, by=keeper)
    return whole, short


def counts(row):
    return row.organisation.name, row.people, row.counted, row.complete, row.first, row.certified


def test_completeness_by_unit_adds_up(tree, files, today, django_assert_num_queries):
    rows, total = unit_rows(tree.east, today)
    assert [counts(row) for row in rows] == [("Chi bộ Khóm 1", 2, 2, 1, 1, 1), ("Chi bộ Khóm 2", 1, 0, 0, 0, 0)]
    assert counts(total) == ("Đảng bộ Phường Đông", 3, 2, 1, 1, 1)
    with django_assert_num_queries(2):
        rows, total = unit_rows(tree.root, today)
    assert [counts(row)[:2] for row in rows] == [
        ("Đảng bộ Phường Đông", 3), ("Đảng bộ Phường Tây", 0), ("Chi bộ cơ sở Trường Sao Mai", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "names"),
    [("", ["Trần Chưa", "Trần Đủ", "Trần Thiếu"]), ("first", ["Trần Thiếu"]), ("gaps", ["Trần Thiếu"]),
     ("none", ["Trần Chưa"]), ("uncertified", ["Trần Chưa", "Trần Thiếu"]), ("out", ["Trần Đủ"])],
)  # fmt: skip
def test_lists_of_files_by_what_they_lack(tree, files, as_, keeper, shown, names):
    acts.lend_file(files[0], loan(), by=keeper)
    page = as_(keeper).get(url("files"), {"shown": shown, "organisation": "Đảng bộ Phường Đông"})
    assert [row.member.full_name for row in page.context["page"]] == names


def test_everybody_sees_the_files_of_his_scope_alone(tree, files, as_, cast):
    names = {person: [row.member.full_name for row in as_(getattr(cast, person)).get(url("files")).context["page"]]
             for person in ("secretary", "stranger")}  # fmt: skip
    assert names == {"secretary": ["Trần Đủ", "Trần Thiếu"], "stranger": []}
    assert as_(cast.stranger).get(url("dossiers"), {"in": tree.east.pk}).status_code == 404
    assert as_(cast.officer).get(url("dossiers"), {"in": "x"}).status_code == 404
    page = as_(cast.officer).get(url("dossiers")).content.decode()
    assert "3 đảng viên, đã kiểm kê 2 hồ sơ. Đủ tài liệu: 1; thiếu tài liệu ưu tiên 1: 1; chưa kiểm kê: 1." in page


@pytest.mark.parametrize("name", ["dossiers", "files", "file_loans", "file_checks"])
def test_lists_ask_the_same_few_queries_with_many_rows(tree, as_, cast, keeper, today, name):
    def fill(times):
        for _ in range(times):
            one = MemberFactory(home=tree.here)
            add_paper(one, 5, PaperEntry(), on=today, by=keeper)
            acts.lend_file(one, loan(), by=keeper)
            day = today - timedelta(FileCheck.objects.count())
            acts.record_file_check(tree.east, found(checked_on=day), by=keeper)

    fill(1)
    client = as_(cast.staff)
    few = queries_of(client, url(name))
    fill(12)
    assert queries_of(client, url(name)) == few <= MOST


# --- details and paper ------------------------------------------------------------------------------------------------


def table(client, member, **typed):
    """What the browser sends of the table as it is shown, with what a person typed."""
    rows = client.get(url("describe_papers", member.pk)).context["rows"]
    names = [(form[name].html_name, form.initial.get(name)) for form in rows.forms for name in form.fields]
    shown = {name: "" if value is None else str(value) for name, value in names}
    total = {"form-TOTAL_FORMS": len(rows.forms), "form-INITIAL_FORMS": len(rows.forms)}
    return {**total, **shown, **{f"form-{name}": value for name, value in typed.items()}}


def said(**filters):
    papers = DossierPaper.objects.standing().filter(**filters).order_by("pk")
    return [(paper.number, paper.issuer, paper.pages) for paper in papers]


def test_details_of_all_papers_on_one_page(member, as_, keeper, today):
    tick_papers(member, {5: 1, 7: 1}, on=today, by=keeper)
    client = as_(keeper)
    few = queries_of(client, url("describe_papers", member.pk))
    rows = table(
        client,
        member,
        **{"0-number": "12-QĐ/HU", "0-pages": "1", "1-number": "20-QĐ/HU", "1-issued": "19/05/2006", "1-pages": "x"},
    )
    wrong = client.post(url("describe_papers", member.pk), rows)
    assert 'value="12-QĐ/HU"' in wrong.content.decode()
    assert "Có dòng chưa ghi được" in wrong.content.decode()
    assert client.post(url("describe_papers", member.pk), rows | {"form-1-pages": "2"}).status_code == 302
    page = client.get(url("dossier", member.pk)).content.decode()
    assert "số 12-QĐ/HU, 1 tờ" in page
    assert "số 20-QĐ/HU, ngày 19/05/2006, 2 tờ" in page
    assert "vừa được người khác" in client.post(url("describe_papers", member.pk), {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-number": "1"}).content.decode()  # fmt: skip
    tick_papers(member, {23: 30}, on=today, by=keeper)
    assert queries_of(client, url("describe_papers", member.pk)) == few <= MOST


def test_details_go_to_the_paper_whose_row_it_was_though_the_days_change_the_order(member, as_, keeper, today):
    tick_papers(member, {61: 3}, on=today, by=keeper)
    client = as_(keeper)
    rows = table(
        client,
        member,
        **{
            "0-issued": "2024",
            "0-number": "A",
            "1-issued": "2023",
            "1-number": "B",
            "2-issued": "2022",
            "2-number": "C",
        },
    )
    assert client.post(url("describe_papers", member.pk), rows).status_code == 302
    first = list(DossierPaper.objects.order_by("pk").values_list("pk", "number", "issued_on__year"))
    assert [(number, year) for _, number, year in first] == [("A", 2024), ("B", 2023), ("C", 2022)]
    again = client.post(url("describe_papers", member.pk), rows)
    assert "Không có gì thay đổi" in again.content.decode()
    assert client.post(url("describe_papers", member.pk), rows | {"form-1-number": "B2"}).status_code == 200
    assert list(DossierPaper.objects.order_by("pk").values_list("pk", "number", "issued_on__year")) == first


def test_rows_left_as_they_were_shown_undo_nothing_and_a_stale_row_is_told(member, as_, keeper, today):
    tick_papers(member, {5: 1, 7: 1}, on=today, by=keeper)
    client, address = as_(keeper), url("describe_papers", member.pk)
    mine = table(client, member, **{"1-pages": "4"})
    theirs = table(client, member, **{"0-number": "12-QĐ/HU"})
    assert client.post(address, theirs).status_code == 302
    assert client.post(address, mine).status_code == 302
    assert said() == [("12-QĐ/HU", "", None), ("", "", 4)]
    mine = table(client, member, **{"0-issuer": "Huyện ủy", "1-issuer": "Đảng ủy"})
    theirs = table(client, member, **{"0-pages": "9"})
    client.post(address, theirs)
    refused = client.post(address, mine)
    html = refused.content.decode()
    assert "có tài liệu vừa được người khác sửa" in html
    assert "Vừa được người khác ghi: số 12-QĐ/HU, số tờ 9" in html
    assert ['value="Huyện ủy"' in html, 'value="Đảng ủy"' in html, 'value="9"' in html] == [True] * 3
    assert said(type=7) == [("", "", 4)]
    forms = refused.context["rows"].forms
    seen = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    total = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    assert client.post(address, total | seen).status_code == 302
    assert said() == [("12-QĐ/HU", "Huyện ủy", 9), ("", "Đảng ủy", 4)]


def test_a_paper_voided_meanwhile_is_told_in_its_row_and_hinders_the_others_once(member, as_, keeper, today):
    tick_papers(member, {5: 1, 7: 1}, on=today, by=keeper)
    client, address = as_(keeper), url("describe_papers", member.pk)
    mine = table(client, member, **{"0-pages": "3", "1-pages": "4"})
    void_paper(DossierPaper.objects.get(type=5), reason="nhầm", on=today, by=keeper)
    refused = client.post(address, mine)
    assert "hủy hoặc ghi lại thành mục khác" in refused.content.decode()
    forms = refused.context["rows"].forms
    seen = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    assert client.post(address, {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, **seen}).status_code == 302
    assert said() == [("", "", 4)]


def test_a_correction_does_not_take_away_what_was_filled_in_since(member, as_, keeper, today):
    tick_papers(member, {5: 1}, on=today, by=keeper)
    client, row = as_(keeper), DossierPaper.objects.get()
    form = client.get(url("correct_paper", row.pk)).context["form"]
    typed = {"state": "present", "note": "bản sao", "reason": "ghi thiếu", "seen": form["seen"].value()}
    client.post(url("describe_papers", member.pk), table(client, member, **{"0-number": "12-QĐ/HU", "0-pages": "2"}))
    refused = client.post(url("correct_paper", row.pk), typed)
    assert "vừa được người khác sửa" in refused.content.decode()
    assert 'value="bản sao"' in refused.content.decode()
    assert said() == [("12-QĐ/HU", "", 2)]


def test_the_second_click_of_papers_that_there_may_be_several_of_is_refused(member, as_, keeper):
    client, others = as_(keeper), "khác với lúc mở trang"
    one, tick = url("add_paper", member.pk, 34), url("tick_papers", member.pk)
    typed = {"state": "present", "number": "7", "held": client.get(one).context["form"]["held"].value()}
    assert client.post(one, typed).status_code == 302
    assert f"đang có 1 bản, {others}" in client.post(one, typed).content.decode()
    assert 'name="held_34" value="1"' in client.get(url("dossier", member.pk)).content.decode()
    ticked = {"copies_34": "3", "held_34": "1"}
    assert client.post(tick, ticked).status_code == 302
    assert f"đang có 4 bản, {others}" in client.post(tick, ticked).content.decode()
    assert len(said(type=34)) == 4


def test_the_index_is_printed_in_the_official_order_without_titles_of_marked_papers(member, as_, keeper, today):
    tick_papers(member, {7: 1, 5: 1, 38: 1}, on=today, by=keeper)
    add_paper(member, 23, PaperEntry(state="pointer", number="9-QĐ/TU", kept_at="Cơ yếu"), on=today, by=keeper)
    client = as_(keeper)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(url("export_index", member.pk)).content))
    cells = [[row[1], row[2], row[3]] for row in book.get_sheet_by_index(0).to_python()[1:]]
    assert [row for row in cells if row[0]] == [
        ["38", "Giấy chứng nhận đã học lớp nhận thức về Đảng", ""],
        ["05", "Quyết định kết nạp đảng viên", ""],
        ["07", "Quyết định công nhận đảng viên chính thức", ""],
        ["23", "Văn bản có dấu chỉ độ mật", "9-QĐ/TU"],
    ]
    for name in ("print_index", "print_file_handover"):
        answer = client.get(url(name, member.pk))
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("name", ["file_handover", "file_gaps", "file_loans", "file_checks"])
def test_lists_and_registers_on_paper_and_as_workbooks(tree, files, as_, keeper, today, name):
    acts.lend_file(files[1], loan(lent_on=today), by=keeper)
    acts.record_file_check(tree.east, found(checked_on=today), by=keeper)
    client = as_(keeper)
    paper = client.get(url("print_files", tree.east.pk, name))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(url("print_files", tree.east.pk, name), {"xlsx": 1}).content)
    )
    text = str(book.get_sheet_by_index(0).to_python())
    assert {"file_handover": "Trần Thiếu", "file_gaps": "Trần Chưa", "file_loans": "Ủy ban Kiểm tra",
            "file_checks": "Lê Văn Giữ"}[name] in text  # fmt: skip
    assert client.get(url("print_files", tree.east.pk, "nothing")).status_code == 404
