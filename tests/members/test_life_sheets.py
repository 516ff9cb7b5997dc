"""The registers as workbooks: filled in without a network, compared line by line, written by the page."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.lib.sheet_writing import Column, Table, write_rows
from config.lib.sheets import read_workbook
from members.life_sheets import CODE, FEES
from members.models import Attendance, FeePayment, Task
from tests.lib.test_sheets import sheet_xml, with_sheet_xml
from tests.members.life_cases import MONTH, given, ledger, met, people


@pytest.fixture
def by(cast):
    return cast.secretary


def address(tree, name, when=MONTH, query=""):
    return reverse(f"members:{name}", args=[tree.here.pk, when]) + query


def taken(client, url):
    """(heading, rows) of the first sheet of a workbook that was taken away."""
    sheet = read_workbook(client.get(url).content, "so.xlsx").sheets[0]
    return sheet.rows[0], [list(row) for row in sheet.rows[1:]]


def sent(client, url, heading, rows, head=()):
    """The page after the workbook came back."""
    tables = [Table("Sổ", [Column(title, 20) for title in heading], rows)]
    if head:
        tables.append(Table("Thông tin chung", [Column("Mục", 20), Column("Nội dung", 20)], head))
    return client.post(url, {"file": SimpleUploadedFile("so.xlsx", write_rows(tables))})


def controls(text):
    """What the page's form would post: hidden and text inputs, checked boxes and radios."""
    values = {}
    for tag in re.findall(r"<input[^>]*>", text):
        found = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" not in found or (found.get("type") in ("radio", "checkbox") and " checked" not in tag):
            continue
        values[found["name"]] = found.get("value", "")
    return values


def test_attendance_filled_in_a_workbook_is_compared_then_written(tree, as_, by):
    [one, two] = people(tree.here, 2)
    client, sheet = as_(by), address(tree, "meeting_sheet", query="?new=regular")
    heading, rows = taken(client, sheet)
    assert [row[1:3] for row in rows] == [[one.full_name, "Có mặt"], [two.full_name, "Có mặt"]]
    rows[1][2:4] = ["Vắng không lý do", "đi xa"]
    text = sent(client, sheet, heading, rows, [("Ngày", "05/01/2026")]).content.decode()
    assert "sửa 1 dòng" in text
    assert not Attendance.objects.exists()
    values = controls(text) | {"kind": "regular"}
    assert values["held_on"] == "05/01/2026"
    assert client.post(address(tree, "keep_meeting", query="?new=regular"), values).status_code == 302
    assert {row.member: row.presence for row in Attendance.objects.all()} == {one: "present", two: "unexcused"}


def test_a_workbook_that_comes_back_late_is_told_like_an_old_page(tree, as_, by):
    [one] = people(tree.here, 1)
    meeting = met(tree.here, [one], by=by)
    query = f"?meeting={meeting.pk}"
    client, sheet = as_(by), address(tree, "meeting_sheet", query=query)
    heading, rows = taken(client, sheet)
    page = address(tree, "keep_meeting", query=query)
    key = one.pk.hex
    head = {"held_on": "05/01/2026", "kind": "regular", "version": 1, "agenda": "Nghị quyết tháng"}
    seen = meeting.attendance.get().pk
    client.post(page, head | {f"presence-{key}": "unexcused", f"seen-{key}": seen, f"reason-{key}": ""})
    rows[0][2] = "Vắng có lý do"
    text = sent(
        client, sheet, heading, rows, [("Ngày", "05/01/2026"), ("Nội dung", "Nghị quyết tháng")]
    ).content.decode()
    answer = client.post(page, head | controls(text) | {"kind": "regular", "version": 1})
    assert answer.status_code == 409
    assert Attendance.objects.standing().get().presence == "unexcused"


def test_what_is_not_understood_is_named_and_not_taken(tree, as_, by):
    [one] = people(tree.here, 1)
    client, sheet = as_(by), address(tree, "meeting_sheet", query="?new=regular")
    heading, rows = taken(client, sheet)
    rows[0][2] = "hình như có"
    text = sent(client, sheet, heading, [*rows, [2, "Người lạ", "Có mặt", "", "abc:1"]]).content.decode()
    assert "không hiểu “hình như có”" in text
    assert "mã dòng không có trong trang này" in text
    assert controls(text)[f"presence-{one.pk.hex}"] == "present"


def test_a_cell_that_was_emptied_records_nobody_as_present_or_paid(tree, as_, by):
    [one, two] = people(tree.here, 2)
    client = as_(by)
    for name, page in (("meeting_sheet", "presence"), ("fees_sheet", "choice")):
        url = address(tree, name, query="?new=regular" if page == "presence" else "")
        heading, rows = taken(client, url)
        rows[1][2] = None
        text = sent(client, url, heading, rows, [("Ngày", "05/01/2026")]).content.decode()
        assert "sửa 1 dòng" in text
        posted = controls(text)
        assert posted.get(f"{page}-{one.pk.hex}")
        assert not posted.get(f"{page}-{two.pk.hex}")


@pytest.mark.parametrize("number", ["1E999", "NaN"])
def test_a_number_that_is_none_is_named_in_words(tree, as_, by, number):
    [one] = people(tree.here, 1)
    url = address(tree, "fees_sheet")
    file = with_sheet_xml(sheet_xml(endless(one.pk.hex, number)))
    answer = as_(by).post(url, {"file": SimpleUploadedFile("so.xlsx", file)})
    assert answer.status_code == 200


def endless(key, number):
    """A ledger whose amount is no number."""
    titles = [*(column.title for column in FEES), CODE]
    cells = "".join(f'<c t="inlineStr" r="{c}1"><is><t>{t}</t></is></c>' for c, t in zip("ABCDE", titles, strict=True))
    row = f'<c r="B2"><v>{number}</v></c><c r="E2" t="inlineStr"><is><t>{key}:</t></is></c>'
    return f'<row r="1">{cells}</row><row r="2">{row}</row>'


def test_fees_come_back_with_amounts_and_days(tree, as_, by):
    [one, two] = people(tree.here, 2)
    ledger(tree.here, MONTH, [one], [two], by=by)
    client, sheet = as_(by), address(tree, "fees_sheet")
    heading, rows = taken(client, sheet)
    assert [row[2:4] for row in rows] == [["Đã đóng", "30.000"], ["Chưa đóng", None]]
    rows[1][2:5] = ["Đã đóng", 45000, date(2026, 1, 20)]
    text = sent(client, sheet, heading, rows, [("Ngày thu", "31/01/2026")]).content.decode()
    assert "sửa 1 dòng" in text
    assert client.post(address(tree, "keep_fees"), controls(text)).status_code == 302
    row = FeePayment.objects.standing().get(member=two)
    assert (int(row.amount), row.paid_on) == (45000, date(2026, 1, 20))
    assert FeePayment.objects.standing().get(member=one).paid_on == date(2026, 1, 5)


def test_tasks_of_a_year_come_back(tree, as_, by):
    [one, two] = people(tree.here, 2)
    given(tree.here, one, two, by=by)
    client, sheet = as_(by), address(tree, "tasks_sheet", 2026)
    heading, rows = taken(client, sheet)
    place = heading.index("Ngày xong")
    rows[0][place : place + 3] = ["01/06/2026", "x", "BB số 3"]
    text = sent(client, sheet, heading, rows).content.decode()
    assert "sửa 1 dòng" in text
    assert client.post(address(tree, "finish_tasks", 2026), controls(text)).status_code == 302
    task = Task.objects.standing().get(member=one)
    assert (task.done_on, task.beyond, task.evidence) == (date(2026, 6, 1), True, "BB số 3")
    assert Task.objects.standing().get(member=two).done_on is None


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", b"MZ\x90"])
def test_another_file_is_refused_in_words(tree, as_, by, content):
    people(tree.here, 1)
    answer = as_(by).post(address(tree, "fees_sheet"), {"file": SimpleUploadedFile("so.xlsx", content)})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


def test_reasons_are_in_no_workbook_of_who_may_not_know_them(tree, cast, as_, by):
    met(tree.here, [], excused=people(tree.here, 1), by=by)
    heading, rows = taken(as_(cast.officer), address(tree, "meeting_sheet"))
    assert "Lý do vắng" not in heading
    assert "công tác" not in str(rows)
