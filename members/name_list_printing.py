"""Name lists as party documents: their PDF in the official frame, their workbook."""

import json
from datetime import date
from functools import partial

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from members.register_printing import LINES_AT_ONCE, SERIAL_WIDTH
from members.reports.name_lists import KINDS, read_name_list

TEMPLATE = "members/pdf/name_list.html"


def table(names):
    """The lines of a list, numbered from one."""
    headings = (
        Heading("TT", CENTRE, SERIAL_WIDTH),
        *(Heading(title, width=width) for title, width in names.kind.columns),
    )
    rows = tuple(Row((number, *values)) for number, values in enumerate(names.rows, start=1))
    title = f"{names.kind.title}, {names.body}, tính đến ngày {names.on:%d/%m/%Y}"
    return FigureTable(name="Danh sách", title=title, headings=headings, rows=rows, wide=names.kind.wide)


def abstract(names):
    """The trích yếu: the list and its day."""
    title = names.kind.title
    return f"{title[:1].lower()}{title[1:]}, tính đến ngày {names.on:%d/%m/%Y}"


def render_pdf(names, frame, text):
    """The list in the frame of the body, with its data attached."""
    context = {"names": names, "table": table(names), "text": text, "count": len(names.rows)}
    content = json.dumps(data(names), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=names.on, template=TEMPLATE, data=("danh-sach.json", content))


def render_xlsx(names):
    """The same lines as a workbook."""
    return write_rows([table(names).as_sheet()])


def data(names):
    """What the list says, as JSON data."""
    return {
        "list": names.name,
        "organisation": names.body,
        "on": names.on.isoformat(),
        "rows": [list(row) for row in names.rows],
    }


def is_long(names):
    """Whether printing takes more than two seconds."""
    return len(names.rows) > LINES_AT_ONCE


def sections(names):
    """A list has no text of its own but a closing remark."""
    return {"closing": ""}


def _collect(name, organisation, *, year, on=None):
    return read_name_list(name, organisation, on=on or date(year, 12, 31))


NAME_LISTS = {
    name: Printable(
        name=f"name_list_{name}",
        title=kind.title,
        type=DocumentType.REPORT,
        permission=Permission.REPORTS_VIEW,
        collect=partial(_collect, name),
        render_pdf=render_pdf,
        render_xlsx=render_xlsx,
        abstract=abstract,
        sections=sections,
        data=data,
        is_long=is_long,
    )
    for name, kind in KINDS.items()
}
