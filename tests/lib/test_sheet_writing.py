"""Written workbooks: text stays text, nothing is a formula, the same rows give the same bytes."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from config.lib.sheet_writing import Column, Table, write_csv, write_rows
from config.lib.sheets import SheetError, read_workbook

COLUMNS = [Column("Họ và tên", 30), Column("Số thẻ", 14), Column("Ngày vào Đảng", 12)]
MEMBERS = [["Nguyễn Văn An", "00012345", date(1986, 6, 3)], ["Lê Thị Hà", None, None]]


def opened(*tables):
    return openpyxl.load_workbook(io.BytesIO(write_rows(tables)))


def test_a_list_opens_in_excel_as_it_was_meant():
    sheet = opened(Table("Danh sách", COLUMNS, MEMBERS))["Danh sách"]

    assert [[cell.value for cell in row] for row in sheet] == [
        ["Họ và tên", "Số thẻ", "Ngày vào Đảng"],
        ["Nguyễn Văn An", "00012345", datetime(1986, 6, 3)],
        ["Lê Thị Hà", None, None],
    ]
    assert [cell.font.b for cell in sheet[1]] == [True, True, True]
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [30, 14, 12]
    assert (sheet["B2"].data_type, sheet["B2"].number_format) == ("s", "@")
    assert sheet["C2"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (62010519, 62010519),
        (-3, -3),
        (1.5, 1.5),
        (Decimal("12.50"), 12.5),
        (Decimal("1E+3"), 1000),
        (True, True),
        (10**15, "1000000000000000"),
        ("", None),
        ("096082500000", "096082500000"),
        (datetime(2026, 11, 23, 14, 30), datetime(2026, 11, 23, 14, 30)),
        (date(1899, 5, 19), "19/05/1899"),
        (date(1900, 3, 1), date(1900, 3, 1)),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("  hai bên  ", "  hai bên  "),
        ("<b>&\"'", "<b>&\"'"),
        ("a\x00b\x0bc\ufffe", "abc"),
        ("_x0041_", "_x0041_"),
        (float("inf"), "inf"),
    ],
)
def test_values_come_back(written, read):
    data = write_rows([Table("A", [Column("x"), Column("y")], [[written, "end"]])])
    assert read_workbook(data, "a.xlsx").sheets[0].rows[1] == [read, "end"]


@pytest.mark.parametrize("text", ["=1+1", "+84 123", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text):
    data = write_rows([Table("A", [Column(text)], [[text]])])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet
    assert read_workbook(data, "a.xlsx").sheets[0].rows == [[text], [text]]


def test_same_rows_same_bytes_and_into_a_file(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        assert write_rows([Table("A", COLUMNS, iter(MEMBERS))], file) == b""
    assert path.read_bytes() == write_rows([Table("A", COLUMNS, MEMBERS)])


def test_names_of_sheets_are_made_acceptable():
    names = ["Chi bộ: 1/2 [a]", "chi bộ- 1-2 -a-", "", "x" * 40]
    assert opened(*[Table(name, COLUMNS, []) for name in names]).sheetnames == [
        "Chi bộ- 1-2 -a-",
        "chi bộ- 1-2 -a- 2",
        "Trang 3",
        "x" * 31,
    ]


def test_a_text_that_excel_cannot_hold_is_refused():
    with pytest.raises(SheetError, match="Ô A2 dài quá"):
        write_rows([Table("A", [Column("x")], [["a" * 32_768]])])


def test_a_row_of_another_width_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        write_rows([Table("A", COLUMNS, [["một", "hai"]])])


def test_csv_keeps_letters_and_disarms_formulas():
    rows = [["=1+1", -5, date(1986, 6, 3)], ["@x", None, datetime(2026, 1, 2, 3, 4)], ["-a", Decimal("-1.5"), "00123"]]
    assert write_csv(COLUMNS, rows).decode("utf-8-sig") == (
        "Họ và tên,Số thẻ,Ngày vào Đảng\r\n'=1+1,-5,03/06/1986\r\n'@x,,02/01/2026 03:04\r\n'-a,-1.5,00123\r\n"
    )
