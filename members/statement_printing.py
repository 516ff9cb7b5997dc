"""The statement to a person of what is kept about him, as a PDF in the frame of his cell."""

from cells.enums import DocumentType
from cells.frames import letterhead
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.tables import CENTRE, NUMBER, FigureTable, Heading, Row

TEMPLATE = "members/pdf/person_statement.html"
KEPT = (Heading("TT", CENTRE, 8), Heading("Loại thông tin", width=50), Heading("Số mục", NUMBER, 15),
        Heading("Ghi từ ngày", CENTRE, 25))  # fmt: skip
READERS = (Heading("Vai trò", width=25), Heading("Tổ chức đảng", width=25), Heading("Người đang giữ", width=20),
           Heading("Được xem", width=30))  # fmt: skip
LOOKS = (Heading("Lúc", CENTRE, 15), Heading("Người xem", width=20), Heading("Việc", width=40),
         Heading("Mục đích, lý do", width=25))  # fmt: skip


def statement_pdf(statement):
    """The paper of the day on which it was asked for."""
    return render_document(_frame(statement), _context(statement), dated=statement.on, template=TEMPLATE)


def _context(statement):
    return {
        "statement": statement,
        "kept": _table("Thông tin đang lưu", KEPT, [
            (place, each.label, each.number, f"{each.since:%d/%m/%Y}" if each.since else "")
            for place, each in enumerate(statement.kept, 1)
        ]),
        "readers": _table("Ai xem được", READERS, [
            (each.role, each.place, each.people, each.sees) for each in statement.readers
        ]),
        "looks": _table("Ai đã xem", LOOKS, [
            (f"{each.at:%d/%m/%Y %H:%M}", each.actor or "cấp trên", each.words, each.reason) for each in statement.looks
        ]),
    }  # fmt: skip


def _table(title, headings, rows):
    return FigureTable(name=title, title=title, headings=headings, rows=tuple(Row(row) for row in rows))


def _frame(statement):
    head = letterhead(statement.member.home, statement.on)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.NOTICE,
        symbol=head.symbol,
        style=style_on(statement.on),
        place=head.place,
        year=statement.on.year,
        type_name="BẢN THÔNG TIN CÁ NHÂN",
        abstract=f"đang lưu về đồng chí {statement.member.full_name}, ngày {statement.on:%d/%m/%Y}",
        position="NGƯỜI CUNG CẤP",
    )
