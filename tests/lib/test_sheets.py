"""Reading workbooks that people send, good and bad."""

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from config.lib.sheets import SheetError, cell_name, column_letter, read_workbook


def saved(book) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def workbook_of(**cells) -> bytes:
    book = openpyxl.Workbook()
    for name, value in cells.items():
        book.active[name] = value
    return saved(book)


def with_sheet_xml(xml: str | bytes) -> bytes:
    """A workbook whose only sheet is the given XML."""
    return replace_part(workbook_of(A1="x"), "xl/worksheets/sheet1.xml", xml)


def replace_part(data: bytes, name: str, content: str | bytes) -> bytes:
    source, output = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return output.getvalue()


def sheet_xml(cells: str) -> str:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def refusal(data, name="danh-sach.xlsx") -> str:
    with pytest.raises(SheetError) as caught:
        read_workbook(data, name)
    return str(caught.value)


# --- values and places -----------------------------------------------------------------------------------------------


def test_rows_and_columns_are_those_of_excel_and_values_are_plain():
    data = workbook_of(
        C3="Nguyễn Văn An",
        D3="012345678901",
        E3=62010519,
        F3=1.5,
        C5=date(1975, 3, 5),
        D5=datetime(2026, 10, 31, 8, 30),
        E5=True,
    )

    [sheet] = read_workbook(data, "a.xlsx").sheets

    assert sheet.rows == [
        [None] * 6,
        [None] * 6,
        [None, None, "Nguyễn Văn An", "012345678901", 62010519, 1.5],
        [None] * 6,
        [None, None, date(1975, 3, 5), datetime(2026, 10, 31, 8, 30), True, None],
    ]
    assert type(sheet.cell(3, 5)) is int
    assert sheet.cell(3, 3) == "Nguyễn Văn An"
    assert sheet.cell(9, 1) is None
    assert [number for number, row in sheet.numbered_rows() if any(row)] == [3, 5]


def test_hidden_sheets_are_marked():
    book = openpyxl.Workbook()
    book.active.title = "Danh sách"
    book.create_sheet("TINH").sheet_state = "hidden"
    book.create_sheet("X").sheet_state = "veryHidden"

    read = read_workbook(saved(book), "a.xlsx")

    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [("Danh sách", False), ("TINH", True), ("X", True)]
    assert [sheet.name for sheet in read.visible_sheets] == ["Danh sách"]
    assert (read.kind, read.name) == ("xlsx", "a.xlsx")


def test_rich_text_comes_out_joined():
    name = CellRichText("Nguyễn ", TextBlock(InlineFont(b=True), "Văn"), " An")
    assert read_workbook(workbook_of(A1=name), "a.xlsx").sheets[0].rows == [["Nguyễn Văn An"]]


def test_dates_shown_as_month_and_year_are_told_from_full_dates():
    book = openpyxl.Workbook()
    formats = {"B2": "mm/yyyy", "B3": "dd/mm/yyyy", "B4": '"tháng "mm/yyyy;@', "B5": "mmm-yy", "B6": "[$-42A]mm/yyyy"}
    for cell, number_format in formats.items():
        book.active[cell] = date(1975, 3, 1)
        book.active[cell].number_format = number_format
    book.active["B7"] = date(1975, 3, 5)  # the day is known, only not shown
    book.active["B7"].number_format = "mm/yyyy"
    book.active["B8"] = "03/1975"
    book.active["B8"].number_format = "mm/yyyy"

    [sheet] = read_workbook(saved(book), "a.xlsx").sheets

    assert sheet.cell(2, 2) == date(1975, 3, 1)
    assert sheet.month_only_dates == {(2, 2), (4, 2), (5, 2), (6, 2)}


def test_formulas_are_read_by_their_stored_value_and_reported_without_one():
    cells = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1/2</f></c><c r="C1"><f>A1</f><v></v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>IF(A1=2,"","x")</f><v></v></c>'
        '<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
        '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D2"><f t="shared" si="0"/><v>7</v></c>'
        '<c r="E2" s="0"><f t="shared" si="0"/></c></row>'
    )

    [sheet] = read_workbook(with_sheet_xml(sheet_xml(cells)), "a.xlsx").sheets

    assert sheet.rows == [[2, None, None, None], [None, "ab", None, 7]]
    assert sheet.formulas_without_value == {(1, 2), (1, 3), (2, 3), (2, 5)}


def test_formulas_of_a_program_that_computes_nothing_are_all_reported():
    [sheet] = read_workbook(workbook_of(A1="STT", A2="=ROW()-1", A3="=A2+1"), "a.xlsx").sheets
    assert sheet.formulas_without_value == {(2, 1), (3, 1)}


def test_control_characters_do_not_stop_the_reader():
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Lê\x01 Văn\x0b Tám</t></is></c></row>'
    [[value]] = read_workbook(with_sheet_xml(sheet_xml(cells)), "a.xlsx").sheets[0].rows
    assert value.startswith("Lê")
    assert value.endswith("Tám")


@pytest.mark.parametrize(("written", "read"), [("1E999", "inf"), ("NaN", "nan"), ("1E3", 1000)])
def test_a_number_that_is_none_is_text(written, read):
    cells = f'<row r="1"><c r="A1"><v>{written}</v></c></row>'
    assert read_workbook(with_sheet_xml(sheet_xml(cells)), "a.xlsx").sheets[0].rows == [[read]]


def test_the_character_that_no_database_keeps_is_another():
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Lê_x0000_An</t></is></c></row>'
    assert read_workbook(with_sheet_xml(sheet_xml(cells)), "a.xlsx").sheets[0].rows == [["Lê\x01An"]]


def test_formats_far_out_do_not_count_as_content():
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1"].font = Font(bold=True)
    book.active["A1048576"].font = Font(bold=True)
    assert read_workbook(saved(book), "a.xlsx").sheets[0].rows == [["x"]]


def test_old_xls_is_read_whatever_its_name():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    sheet.write(1, 1, "Trần Thị Hà")
    sheet.write(1, 2, "001")
    sheet.write(1, 3, datetime(1980, 2, 3), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(2, 2, 5)

    read = read_workbook(saved(book), "ten-sai.xlsx")

    assert read.kind == "xls"
    assert read.sheets[0].rows == [
        [None] * 4,
        [None, "Trần Thị Hà", "001", date(1980, 2, 3)],
        [None, None, 5, None],
    ]


def test_a_path_does_as_well_as_bytes(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of(A1="x"))
    assert read_workbook(path, "a.xlsx").sheets[0].rows == [["x"]]


# --- text tables -----------------------------------------------------------------------------------------------------

TABLE = "Họ và tên{0}Số thẻ\r\nNguyễn Văn Ân{0}00123\r\n"
ROWS = [["Họ và tên", "Số thẻ"], ["Nguyễn Văn Ân", "00123"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_usual_form(delimiter, encoding):
    read = read_workbook(TABLE.format(delimiter).encode(encoding), "a.csv")
    assert read.kind == "csv"
    assert read.sheets[0].rows == ROWS


def test_csv_of_windows_vietnamese():
    written = "Ho\u0323 va\u0300 tên,Sô\u0301 the\u0309\r\nNguyê\u0303n Văn Đê\u0323,1\r\n".encode("cp1258")
    rows = read_workbook(written, "a.csv").sheets[0].rows
    assert rows[1] == ["Nguyê\u0303n Văn Đê\u0323", "1"]


def test_csv_of_an_old_font_stays_to_be_decoded():
    written = "Hä vµ tªn,Chi bé\r\nNguyÔn V¨n A,Khãm 5\r\n".encode("latin-1")
    assert read_workbook(written, "a.csv").sheets[0].rows[1] == ["NguyÔn V¨n A", "Khãm 5"]


def test_csv_with_quotes_separator_line_and_ragged_rows():
    written = 'sep=;\r\n"Nguyễn; An";"dòng\nhai"\r\nmột\r\n'.encode()
    assert read_workbook(written, "a.csv").sheets[0].rows == [["Nguyễn; An", "dòng\nhai"], ["một", None]]


def test_commas_in_words_do_not_beat_the_semicolons_between_them():
    written = "Tên;Nơi ở\nAn;Khóm 2, Phường 5, Cà Mau\nBình;Khóm 3\n".encode()
    assert read_workbook(written, "a.csv").sheets[0].rows[2] == ["Bình", "Khóm 3"]


# --- refusals --------------------------------------------------------------------------------------------------------


def zip_of(*names) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "Tệp rỗng", id="empty"),
        pytest.param(b" \r\n ", "Tệp rỗng", id="blank"),
        pytest.param(zip_of("[Content_Types].xml", "word/document.xml"), "văn bản Word (.docx)", id="docx"),
        pytest.param(zip_of("ppt/presentation.xml"), "bài trình chiếu", id="pptx"),
        pytest.param(zip_of("content.xml", "mimetype"), ".ods", id="ods"),
        pytest.param(zip_of("a.txt"), "tệp nén (.zip)", id="zip"),
        pytest.param(b"%PDF-1.7 ...", "tệp PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n", "hình ảnh", id="png"),
        pytest.param(b"  <html><table><tr><td>1</td></tr></table>", "trang web", id="html"),
        pytest.param(b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "trang web", id="xml"),
        pytest.param(b"\x00\x01\x02\x03\xff\xfe\x00\xd8" * 99 + b"\x00", "Không nhận ra bảng mã", id="bytes"),
    ],
)
def test_what_is_no_workbook_is_named(data, words):
    assert words in refusal(data)


def ole(*streams) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + b"".join(s.encode("utf-16-le") + b"\0\0" for s in streams)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(ole("EncryptionInfo", "EncryptedPackage"), "đặt mật khẩu", id="encrypted xlsx"),
        pytest.param(ole("WordDocument"), "văn bản Word (.doc)", id="doc"),
        pytest.param(ole("Workbook"), "Tệp bị hỏng", id="broken xls"),
        pytest.param(ole("Other"), "Office kiểu khác", id="other"),
    ],
)
def test_compound_files_are_told_apart(data, words):
    assert words in refusal(data)


def test_encrypted_zip_is_refused():
    data = bytearray(workbook_of(A1="x"))
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1  # the flag "encrypted" of the first part in the directory
    assert "đặt mật khẩu" in refusal(bytes(data))


@pytest.mark.parametrize("keep", [60, 400, -300])
def test_a_file_cut_short_is_broken(keep):
    assert "Tệp bị hỏng" in refusal(workbook_of(A1="x")[:keep])


def test_damaged_content_is_broken():
    data = bytearray(workbook_of(**{f"A{row}": f"Nguyễn Văn {row}" for row in range(1, 300)}))
    start = data.index(b"xl/worksheets/sheet1.xml") + 100
    data[start : start + 40] = bytes(40)
    assert "Tệp bị hỏng" in refusal(bytes(data))


def test_a_zip_bomb_is_refused_by_ratio():
    assert "phình quá lớn" in refusal(with_sheet_xml(b" " * (30 * 2**20)))


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(with_sheet_xml(b" " * (30 * 2**20)))
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)  # uncompressed size in the directory
    assert refusal(bytes(data)).startswith(("Tệp phình quá lớn", "Tệp bị hỏng"))


def test_many_parts_of_moderate_ratio_are_refused_by_their_sum():
    block = bytes(range(256)) * 64 * 16  # 256 kB, compresses about 150 times
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(900):
            package.writestr(f"xl/media/{number}", block)
    assert "phình quá lớn" in refusal(output.getvalue())


def test_a_file_over_20_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(25 * 2**20)
    assert refusal(path).startswith("Tệp lớn 25 MB, vượt mức 20 MB.")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param('<row r="200001"><c r="A200001"><v>1</v></c></row>', "đến dòng 200.001", id="rows"),
        pytest.param('<row r="1"><c r="KO1"><v>1</v></c></row>', "đến cột KO", id="columns"),
        pytest.param('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "đến dòng 1.048.576", id="last cell"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="KN150000"><v>1</v></c></row>', "quá lớn", id="area"),
        pytest.param('<row r="1048576"><c><v>1</v></c></row>', "không ghi vị trí", id="no reference"),
    ],
)
def test_a_sheet_beyond_the_limits_is_refused_before_it_is_laid_out(cells, words):
    assert words in refusal(with_sheet_xml(sheet_xml(cells)))


def test_the_last_allowed_row_is_read():
    rows = (
        read_workbook(with_sheet_xml(sheet_xml('<row r="1"><c r="B200000"><v>1</v></c></row>')), "a.xlsx")
        .sheets[0]
        .rows
    )
    assert len(rows) == 200_000
    assert rows[-1] == [None, 1]


def test_a_cell_of_200000_characters_is_named():
    cells = f'<row r="7"><c r="C7" t="inlineStr"><is><t>{"a" * 200_000}</t></is></c></row>'
    assert refusal(with_sheet_xml(sheet_xml(cells))) == (
        "Ô C7 của trang “Sheet” dài 200.000 ký tự, vượt mức 32.767 ký tự của Excel. Hãy rút ngắn ô này rồi gửi lại."
    )
    assert refusal(b"a,b\n1," + b"x" * 200_000, "a.csv").startswith("Ô B2 của trang “a” dài 200.000 ký tự")


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml("")
    assert "Tệp bị hỏng" in refusal(with_sheet_xml(bomb))
    assert "Tệp bị hỏng" in refusal(replace_part(workbook_of(A1="x"), "xl/workbook.xml", bomb))


# --- names of cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("index", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (31, "AE"), (702, "ZZ"), (703, "AAA")])
def test_column_letters(index, letters):
    assert column_letter(index) == letters


def test_cell_name():
    assert cell_name(22, 3) == "C22"


def test_texts_of_several_formats_are_marked():
    book = openpyxl.Workbook()
    bold = TextBlock(InlineFont(b=True), "Văn Đức")
    book.active["A1"], book.active["B2"], book.active["B3"] = "Lan", CellRichText("Tạ ", bold), CellRichText("Hoa")
    sheet = read_workbook(saved(book), "a.xlsx").sheets[0]
    assert sheet.cell(2, 2) == "Tạ Văn Đức"
    assert sheet.rich_texts == {(2, 2)}
