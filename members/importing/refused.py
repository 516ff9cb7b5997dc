"""The refused rows of a file as a workbook to mend and send again: cells as written, messages in a last column."""

from config.lib.sheet_writing import Column, Table, write_rows
from members.importing.analysis import FileReading
from members.importing.table import row_in_sheet

MESSAGES = "Chi tiết lỗi"
SHEET = "Dòng cần sửa"
SECTIONS = (("base", "Tổ chức cơ sở đảng"), ("cell", "Chi bộ"))
WIDTHS = {"name": 28, "base": 30, "cell": 30, "note": 30, "job": 30, "home": 30, "residence": 30}
MOST = 32_000  # characters of a cell


def refused_rows(report) -> set[int]:
    """Numbers of the rows that an import does not write."""
    return {each["row"] for each in report["verdicts"] if each["verdict"] == "refused"}


def refused_workbook(reading: FileReading, report: dict) -> bytes:
    """An .xlsx of one heading row and every refused row, a sheet for each sheet of the file that has some.

    Sections become columns, so that it can be read again.
    """
    messages, wanted = messages_by_row(report), refused_rows(report)
    sheets = [sheet.table for sheet in reading.sheets if any(line.row in wanted for line in sheet.table.people)]
    tables = sheets or [reading.table]
    names = [SHEET if len(tables) == 1 else table.sheet.name for table in tables]
    return write_rows([_refused(*each, messages, wanted) for each in zip(names, tables, strict=True)])


def _refused(name, table, messages, wanted):
    headings = table.header.headings
    sections = [(field, title) for field, title in SECTIONS if _has_sections(table, field)]
    at = [column for column, title in sorted(headings.items()) if title != MESSAGES]
    fields = {column: field for field, column in table.fields.items()}
    columns = [Column(headings[column], WIDTHS.get(fields.get(column), 16)) for column in at]
    columns += [*(Column(title, WIDTHS[field]) for field, title in sections), Column(MESSAGES, 80)]
    rows = [
        [
            *(_cell(table.sheet, line, column) for column in at),
            *(getattr(line, field) for field, _ in sections),
            messages.get(line.row, "")[:MOST],
        ]
        for line in table.people
        if line.row in wanted
    ]
    return Table(name, columns, rows)


def messages_by_row(report) -> dict[int, str]:
    """All findings of each row in one text: the column, what is wrong, what to do."""
    found = {}
    for each in (*report["problems"], *report["differences"]):
        for row in {each["row"], *each.get("rows", ())} - {None}:
            place = f"Cột {each['column']}: " if each["column"] and row == each["row"] else ""
            detail = f" ({each['detail']})" if each.get("detail") else ""
            text = f"{place}{each['message']}{detail}. {each['remedy']}"
            found[row] = f"{found[row]} | {text}" if row in found else text
    return found


def _has_sections(table, field):
    return field not in table.fields and any(getattr(line, field) for line in table.people)


def _cell(sheet, line, column):
    """A cell as it was written; a day that showed its month only stays a month."""
    value = line.values[column - 1] if column <= len(line.values) else None
    if (row_in_sheet(line.row), column) in sheet.month_only_dates:
        return f"{value:%m/%Y}"
    return value
