"""The registers as party documents: their PDF in the official frame, their workbook."""

import json
from functools import partial

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from members.reports.registers import KINDS, read_register

TEMPLATE = "members/pdf/register.html"
LINES_AT_ONCE = 200
SERIAL_WIDTH = 4


def table(register):
    """The lines of a register, numbered from one in its year."""
    headings = (
        Heading("TT", CENTRE, SERIAL_WIDTH),
        *(Heading(title, width=width) for title, width in register.kind.columns),
    )
    rows = tuple(Row((number, *values)) for number, values in enumerate(register.rows, start=1))
    title = f"{register.kind.title} năm {register.year}"
    return FigureTable(name="Danh sách", title=title, headings=headings, rows=rows, wide=True)


def abstract(register):
    """The trích yếu: the register and its year."""
    title = register.kind.title
    return f"{title[:1].lower()}{title[1:]} năm {register.year}"


def render_pdf(register, frame, text):
    """The register in the frame of the body, with its data attached."""
    context = {"register": register, "table": table(register), "text": text, "count": len(register.rows)}
    content = json.dumps(data(register), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=register.on, template=TEMPLATE, data=("so-lieu.json", content))


def render_xlsx(register):
    """The same lines as a workbook."""
    return write_rows([table(register).as_sheet()])


def data(register):
    """What the register says, as JSON data."""
    return {
        "register": register.name,
        "organisation": register.body,
        "year": register.year,
        "on": register.on.isoformat(),
        "rows": [list(row) for row in register.rows],
    }


def is_long(register):
    """Whether printing takes more than two seconds."""
    return len(register.rows) > LINES_AT_ONCE


def sections(register):
    """A register has no text of its own but a closing remark."""
    return {"closing": ""}


def _collect(name, organisation, *, year, on=None):
    return read_register(name, organisation, year=year, on=on)


REGISTERS = {
    name: Printable(
        name=f"register_{name}",
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
