"""Finding the list inside a sheet."""

from datetime import date

import pytest

from config.lib.sheet_model import Sheet, Workbook
from members.importing.mapping import MappingError, from_letters, plain, to_letters, vocabulary
from members.importing.rowkinds import RowKind, as_section, as_total, is_column_numbers
from members.importing.table import as_of_day, find_headers, read_table

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chi bộ", "Ghi chú"]


def sheet_of(*rows, name="Sheet1", hidden=False):
    width = max(len(row) for row in rows)
    return Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], hidden=hidden)


def header_of(*sheets):
    return find_headers(Workbook("a.xlsx", "xlsx", list(sheets)), vocabulary())


def table_of(*rows):
    return read_table(header_of(sheet_of(*rows))[0])


def test_a_header_of_one_row_below_a_letterhead():
    table = table_of(["ĐẢNG ỦY A"], [], ["DANH SÁCH ĐẢNG VIÊN"], HEADER, [1, "Lê An", "1975", "Chi bộ 1", None])
    assert table.header.rows == (4,)
    assert to_letters(table.fields) == {"number": "A", "name": "B", "born": "C", "cell": "D", "note": "E"}
    assert [person.row for person in table.people] == [5]


def test_a_header_of_two_rows_gives_groups_their_sub_headings():
    upper = ["TT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Trình độ", None, "Ngày vào Đảng *", None]
    lower = [None, None, "Nam", "Nữ", "Văn hóa", "LLCT", "Dự bị", "Chính thức"]
    [header] = header_of(sheet_of(upper, lower, [1, "Lê An", "1975", None, "12/12", "SC", "2000", "2001"]))
    assert header.rows == (1, 2)
    assert to_letters(header.fields) == {
        "number": "A", "name": "B", "born_male": "C", "born_female": "D",
        "general": "E", "theory": "F", "joined": "G", "official": "H",
    }  # fmt: skip


def test_a_first_person_with_empty_cells_is_not_taken_for_sub_headings():
    table = table_of(["Họ và tên", "Ngày sinh", "Dân tộc"], ["Lê An", None, None], ["Lê Bình", "1975", "Kinh"])
    assert table.header.rows == (1,)


def test_sheets_that_list_no_people_are_passed_over():
    figures = sheet_of(["TT", "Tổ chức cơ sở đảng", "Số đảng viên"], [1, "Đảng bộ A", 30], name="Tổng hợp")
    people = sheet_of(HEADER, [1, "Lê An", "1975", "Chi bộ 1"], name="Danh sách")
    codes = sheet_of(["Họ và tên", "Ngày sinh", "Dân tộc"], name="Ẩn", hidden=True)
    assert [header.sheet.name for header in header_of(figures, people, codes)] == ["Danh sách"]


def test_rows_that_are_not_people():
    table = table_of(
        HEADER,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["I. ĐẢNG BỘ PHƯỜNG 5"],
        ["1. Chi bộ Khóm 1"],
        [1, "Lê An", "1975", None, None],
        [2, "Lê Bình", None, None, None],
        ["Cộng: 2 đồng chí"],
        [],
        ["III", "ĐẢNG BỘ XÃ AN XUYÊN"],
        HEADER,
        ["2. Chi bộ Ấp 1"],
        [1, "Lê Chi", "1980", None, None],
        ["Cộng Đảng bộ Xã An Xuyên: 1 đồng chí, trong đó nữ: 1 đồng chí"],
        ["TỔNG CỘNG: 3 đồng chí"],
        [None, "NGƯỜI LẬP BIỂU", None, "BÍ THƯ"],
        [None, "Trần Thị Ký", None, "Lê Văn Ký"],
    )
    assert [(p.row, p.base, p.cell) for p in table.people] == [
        (5, "ĐẢNG BỘ PHƯỜNG 5", "Chi bộ Khóm 1"),
        (6, "ĐẢNG BỘ PHƯỜNG 5", "Chi bộ Khóm 1"),
        (12, "ĐẢNG BỘ XÃ AN XUYÊN", "Chi bộ Ấp 1"),
    ]
    assert {kind: count for kind, count in table.kinds.items() if count} == {
        RowKind.HEADER: 1, RowKind.COLUMN_NUMBERS: 1, RowKind.BASE: 2, RowKind.CELL: 2, RowKind.MEMBER: 3,
        RowKind.CELL_TOTAL: 1, RowKind.BASE_TOTAL: 1, RowKind.GRAND_TOTAL: 1, RowKind.BLANK: 1,
        RowKind.REPEATED_HEADER: 1, RowKind.SIGNATURE: 2,
    }  # fmt: skip
    assert [(total.declared, total.women, end - start) for total, start, end in table.totals] == [
        (2, None, 2),
        (1, 1, 1),
        (3, None, 3),
    ]


def test_a_line_between_people_is_named_and_not_lost():
    table = table_of(HEADER, [1, "Lê An", "1975", "Chi bộ 1"], [None, "Ghi thêm"], [2, "Lê Bình", "1976", "Chi bộ 1"])
    assert table.ignored == [(3, "Ghi thêm")]


@pytest.mark.parametrize(
    "words",
    ["(Tính đến ngày 31 tháng 10 năm 2026)", "Tính đến ngày 31/10/2026", "Số liệu tính đến hết ngày 31.10.2026"],
)
def test_the_day_of_the_list(words):
    assert as_of_day(sheet_of([None, words], HEADER), before_row=2) == date(2026, 10, 31)


def test_a_day_that_is_not_in_the_calendar_or_not_there_is_none():
    assert as_of_day(sheet_of(["Tính đến ngày 31/02/2026"], ["Ngày 05/10/2026"]), before_row=3) is None


@pytest.mark.parametrize(
    ("cells", "kind", "name"),
    [
        (["IV. ĐẢNG BỘ BỆNH VIỆN"], RowKind.BASE, "ĐẢNG BỘ BỆNH VIỆN"),
        (["CHI BỘ CƠ SỞ TRUNG TÂM VĂN HÓA"], RowKind.BASE, "CHI BỘ CƠ SỞ TRUNG TÂM VĂN HÓA"),
        (["V. Trường Cao đẳng"], RowKind.BASE, "Trường Cao đẳng"),
        (["II. Chi bộ Khóm 2"], RowKind.CELL, "Chi bộ Khóm 2"),
        (["3. Khóm 3"], RowKind.CELL, "Khóm 3"),
    ],
)
def test_sections(cells, kind, name):
    section = as_section(7, cells, list(range(len(cells))))
    assert (section.kind, section.name) == (kind, name)


def test_a_note_opens_no_section():
    assert as_section(7, ["Ghi chú: danh sách tạm"], [0]) is None


def test_sums_beside_their_words():
    total = as_total(9, [None, "Tổng cộng", 28, 645], [1, 2, 3])
    assert (total.kind, total.declared) == (RowKind.GRAND_TOTAL, 28)
    assert as_total(9, ["Cộng tác viên Lê An"], [0]) is None


def test_column_numbers():
    assert is_column_numbers(["(1)", "(2)", None, "(3)"], [0, 1, 3])
    assert not is_column_numbers([1, 2, 5], [0, 1, 2])


def test_headings_are_compared_without_stars_capitals_and_accents():
    assert plain("Số định danh cá nhân (CCCD) *") == "so dinh danh ca nhan cccd"
    words = vocabulary()
    assert words.field_of("SỐ CCCD") == "personal_id"
    assert words.field_of("Trình độ > Lý luận chính trị") == "theory"
    assert words.field_of("Sở thích") is None


def test_a_written_mapping_is_checked():
    headings = {1: "Tên", 2: "Sinh"}
    assert from_letters({"name": "a", "born": "B"}, headings, vocabulary()) == {"name": 1, "born": 2}
    for letters in ({"name": "C"}, {"nickname": "A"}, {"born": "B"}):
        with pytest.raises(MappingError):
            from_letters(letters, headings, vocabulary())
