"""Registers and name lists as party documents: their PDF in the official frame, their workbook."""

import json
from functools import partial

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, FigureTable, Heading, Row
from members.reports import badge_register, name_lists, registers

TEMPLATE = "members/pdf/listing.html"
SERIAL_WIDTH = 4
NARROW_SERIAL_WIDTH = 6  # of the narrower page


def table(listing):
    """The lines, numbered from one."""
    headings = (
        Heading("TT", CENTRE, SERIAL_WIDTH if listing.kind.wide else NARROW_SERIAL_WIDTH),
        *(Heading(title, width=width) for title, width in listing.kind.columns),
    )
    rows = tuple(Row((number, *values)) for number, values in enumerate(listing.rows, start=1))
    note = getattr(listing, "note", "")  # most lists have none
    wide = listing.kind.wide
    return FigureTable("Danh sách", title=listing.title, headings=headings, rows=rows, note=note, wide=wide)


def type_of(title):
    """What a list of that name is headed: the name begins with it; a book (sổ) is reported."""
    return DocumentType.LIST if title.startswith(DocumentType.LIST.label) else DocumentType.REPORT


def abstract(listing):
    """The trích yếu: what the heading leaves open, and the year or day."""
    title = listing.kind.title
    if type_of(listing.kind.title) == DocumentType.LIST:
        title = title.removeprefix(DocumentType.LIST.label).lstrip()
    return f"{title[:1].lower()}{title[1:]} {listing.when}"


def render_pdf(listing, frame, text):
    """The list in the frame of the body, with its data attached."""
    context = {"listing": listing, "table": table(listing), "text": text, "count": len(listing.rows)}
    content = json.dumps(data(listing), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=listing.on, template=TEMPLATE, data=("danh-sach.json", content))


def render_xlsx(listing):
    """The same lines as a workbook."""
    return write_rows([table(listing).as_sheet()])


def data(listing):
    """What the list says, as JSON data."""
    return {
        "list": listing.name,
        "organisation": listing.body,
        "when": listing.when,
        "on": listing.on.isoformat(),
        "rows": [list(row) for row in listing.rows],
    }


def is_long(listing):
    """Whether printing takes more than two seconds."""
    return len(listing.rows) > LINES_AT_ONCE


def sections(listing):
    """A list has no text of its own but a closing remark."""
    return {"closing": ""}


def listings(prefix, kinds, collect, permission=Permission.REPORTS_VIEW):
    """A printable of each kind of list, by the name of the kind; `collect(name, organisation, …)` fills it."""
    return {
        name: printable(f"{prefix}_{name}", kind.title, partial(collect, name), permission)
        for name, kind in kinds.items()
    }


def printable(name, title, collect, permission=Permission.REPORTS_VIEW):
    """A listing as a document that can be drafted, printed and taken as a workbook."""
    return Printable(
        name=name,
        title=title,
        type=type_of(title),
        permission=permission,
        collect=collect,
        render_pdf=render_pdf,
        render_xlsx=render_xlsx,
        abstract=abstract,
        sections=sections,
        data=data,
        is_long=is_long,
    )


REGISTERS = listings("register", registers.KINDS, registers.read_register)
NAME_LISTS = listings("name_list", name_lists.KINDS, name_lists.read_name_list)
BADGE_REGISTERS = {
    place: printable(
        f"register_badges_{place}",
        f"{badge_register.TITLE}, đợt {words} trong năm",
        badge_register.COLLECT[place],
    )
    for place, words in badge_register.ROUNDS.items()
}
