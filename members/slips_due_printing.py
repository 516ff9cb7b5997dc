"""The list of yearly supplement slips as a party document: counts by cell, then everybody; also a workbook."""

import json

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, NUMBER, FigureTable, Heading, Row
from members.reports.slips_due import read_slips

TEMPLATE = "members/pdf/slips_due.html"
TITLE = "Danh sách nộp phiếu bổ sung hồ sơ đảng viên"
COUNTS = (
    Heading("Nơi sinh hoạt", width=34), Heading("Trực thuộc", width=26), Heading("Phải nộp", NUMBER, 10),
    Heading("Đã nộp", NUMBER, 10), Heading("Chưa nộp", NUMBER, 10), Heading("Chưa đến kỳ", NUMBER, 10),
)  # fmt: skip
PEOPLE = (
    Heading("TT", CENTRE, 5), Heading("Họ và tên", width=25), Heading("Sinh", CENTRE, 10),
    Heading("Nơi sinh hoạt", width=25), Heading("Phiếu bổ sung", CENTRE, 15), Heading("Ghi chú", width=20),
)  # fmt: skip


def tables(slips):
    """Counts by cell where there are several, then the names."""
    if len(slips.counts) > 1:
        yield _by_cell(slips)
    if slips.lines:
        yield _names(slips)


def _by_cell(slips):
    rows = [Row((each.name, each.above, each.due, each.handed, each.missing, each.later)) for each in slips.counts]
    rows.append(Row(("Cộng", "", slips.due, slips.handed, slips.missing, slips.later), "total"))
    return FigureTable(
        "Theo chi bộ", f"Nộp phiếu bổ sung hồ sơ năm {slips.year}, theo chi bộ", COUNTS, tuple(rows), wide=True
    )


def _names(slips):
    rows = [
        Row((number, line.name, line.born, line.place, line.words, line.note))
        for number, line in enumerate(slips.lines, 1)
    ]
    return FigureTable(
        "Danh sách", f"{TITLE} năm {slips.year}", PEOPLE, tuple(rows), note=later_words(slips), wide=True
    )


def later_words(slips):
    """Why nobody asks some people for a slip yet; nothing where there are none."""
    if not slips.later:
        return ""
    return (
        f"Chưa đến kỳ: đến cuối năm vào Đảng, khai phiếu đảng viên chưa được {slips.months} tháng "
        f"(cách hiểu của phần mềm theo {slips.source})."
    )


def abstract(slips):
    """The trích yếu, under the heading of a list."""
    return f"nộp phiếu bổ sung hồ sơ đảng viên năm {slips.year}"


def render_pdf(slips, frame, text):
    """The list in the frame of the body, with its data attached."""
    context = {"slips": slips, "tables": list(tables(slips)), "text": text}
    content = json.dumps(data(slips), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=slips.on, template=TEMPLATE, data=("danh-sach.json", content))


def render_xlsx(slips):
    """The same tables as a workbook; of nobody an empty list."""
    return write_rows([table.as_sheet() for table in tables(slips)] or [_names(slips).as_sheet()])


def data(slips):
    """What the list says, as JSON data."""
    return {
        "organisation": slips.body,
        "year": slips.year,
        "on": slips.on.isoformat(),
        "tables": {table.title: [list(row.values) for row in table.rows] for table in tables(slips)},
    }


SLIPS_DUE = Printable(
    name="slips_due",
    title=TITLE,
    type=DocumentType.LIST,
    permission=Permission.REPORTS_VIEW,
    collect=read_slips,
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=lambda slips: {"closing": ""},
    data=data,
    is_long=lambda slips: len(slips.lines) > LINES_AT_ONCE,
)
