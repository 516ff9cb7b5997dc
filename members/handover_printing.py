"""The minutes of a hand-over (biên bản bàn giao), to be signed by both and by the committee above."""

from dataclasses import replace
from datetime import timedelta

from cells.enums import DocumentType
from cells.frames import letterhead
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.tables import CENTRE, NUMBER, FigureTable, Heading, Row

TEMPLATE = "members/pdf/handover.html"
HEADINGS = (Heading("TT", CENTRE, 8), Heading("Nội dung bàn giao", width=50), Heading("Số lượng", NUMBER, 12),
            Heading("Ghi chú", width=30))  # fmt: skip


def handover_pdf(handover):
    """Minutes without number and date of the paper: both are written when they are signed."""
    last_day = handover.handed_on - timedelta(days=1)
    context = {"handover": handover, "table": _table(handover), "last_day": last_day}
    return render_document(_frame(handover), context, dated=handover.handed_on, template=TEMPLATE)


def _frame(handover):
    head = letterhead(handover.organisation, handover.handed_on)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.MINUTES,
        symbol=head.symbol,
        style=style_on(handover.handed_on),
        place=head.place,
        year=handover.handed_on.year,
        type_name=DocumentType.MINUTES.label.upper(),
        abstract="bàn giao công tác bí thư chi bộ",
    )
    giver = str(handover.from_member) if handover.from_member else ""
    return replace(
        frame, left_position="BÊN GIAO", left_signer=giver, position="BÊN NHẬN", signer=str(handover.to_member)
    )


def _table(handover):
    rows = [
        Row((place, _capital(item["noun"]), item["number"], "")) for place, item in enumerate(handover.inventory, 1)
    ]
    papers = ("Hồ sơ, sổ sách, tài liệu của chi bộ (ghi tay nếu có)", "Tài chính, tài sản của chi bộ (ghi tay nếu có)")
    rows += [Row((len(rows) + place, words, "", "")) for place, words in enumerate(papers, 1)]
    return FigureTable(name="Bàn giao", title="Nội dung bàn giao", headings=HEADINGS, rows=tuple(rows))


def _capital(words):
    return f"{words[:1].upper()}{words[1:]}"
