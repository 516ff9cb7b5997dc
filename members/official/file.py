"""Writing the official layout: two rows of headings from row 6, hidden code lists, numbers as text."""

from io import BytesIO

import xlsxwriter

from members.catalogues import catalogue
from members.official.layout import COLUMNS, FIRST_ROW, HEADER_ROW, HIDDEN_LISTS, NOTE, SHEET, TITLE, YES_OR_NO

LAST = len(COLUMNS) - 1
AT = {column.field: place for place, column in enumerate(COLUMNS)}
_TEXT, _LISTED = {"num_format": "@"}, 1000  # rows beyond the people that offer the code lists
STATES = tuple(entry.name for entry in catalogue("status").values())


def write_official(rows, *, at, tell=None) -> bytes:
    """The workbook of rows (lists of texts in the order of the columns); `at` is the moment that its title says."""
    output = BytesIO()
    book = xlsxwriter.Workbook(
        output, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "line": book.add_format({"align": "center", "text_wrap": True}),
        "heading": book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        ),
        "text": book.add_format(_TEXT),
    }
    _set_columns(sheet, formats)
    _write_head(sheet, formats, at)
    count = _write_people(sheet, formats, rows, tell or _tell_nobody)
    _merge_head(sheet)
    _offer_lists(sheet, FIRST_ROW - 1 + count)
    for name, code_list in HIDDEN_LISTS:
        _write_list(book.add_worksheet(name), code_list)
    book.close()
    return output.getvalue()


def _set_columns(sheet, formats):
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, formats["text"] if column.text else None)
    sheet.freeze_panes(FIRST_ROW - 1, AT["alias"])


def _write_head(sheet, formats, at):
    sheet.write_string(0, 0, TITLE, formats["title"])
    sheet.write_string(1, 0, f"Ngày xuất dữ liệu: {at:%d/%m/%Y %H:%M}", formats["line"])
    sheet.write_string(2, 0, NOTE, formats["line"])
    groups = set()
    for place, column in enumerate(COLUMNS):
        if column.group not in groups or not column.group:
            sheet.write_string(HEADER_ROW - 1, place, column.group or column.heading, formats["heading"])
        groups.add(column.group)
    for place, column in enumerate(COLUMNS):
        if column.group:
            sheet.write_string(HEADER_ROW, place, column.heading, formats["heading"])


def _write_people(sheet, formats, rows, tell):
    count = 0
    for count, values in enumerate(rows, start=1):
        at = FIRST_ROW - 2 + count
        sheet.write_number(at, 0, count)
        for place, value in enumerate(values[1:], start=1):
            if value:
                sheet.write_string(at, place, value, formats["text"] if COLUMNS[place].text else None)
        tell(count)
    return count


def _merge_head(sheet):
    """Note what is merged: `merge_range` writes cells again, and a sheet of constant memory does not go back."""
    sheet.merge += [[0, 0, 0, LAST], [1, 0, 1, LAST], [2, 0, 3, LAST]]
    for place, column in enumerate(COLUMNS):
        if not column.group:
            sheet.merge.append([HEADER_ROW - 1, place, HEADER_ROW, place])
        elif column.heading == "Quốc gia":
            sheet.merge.append([HEADER_ROW - 1, place, HEADER_ROW - 1, place + 2])


def _offer_lists(sheet, end):
    """Choices in the cells, as the official file has them."""
    for field, source in {
        "sex": ["Nam", "Nữ"],
        "ethnic": _source("DANTOC", "ethnic"),
        "religion": _source("TONGIAO", "religion"),
        "status": list(STATES),
        "delete": list(YES_OR_NO),
    }.items():
        place, options = AT[field], {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(FIRST_ROW - 1, place, end + _LISTED, place, options)


def _source(name, code_list):
    return f"={name}!$B$2:$B${len(_numbered(code_list)) + 1}"


def _write_list(sheet, code_list):
    sheet.write_row(0, 0, ["Mã", "Tên"])
    for row, entry in enumerate(_numbered(code_list), start=1):
        sheet.write_string(row, 0, entry.number)
        sheet.write_string(row, 1, entry.name)
    sheet.hide()


def _numbered(code_list):
    """Entries that the official list has: those with a number."""
    return [entry for entry in catalogue(code_list).values() if entry.number]


def _tell_nobody(done):
    """No progress is shown."""
