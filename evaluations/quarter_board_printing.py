"""The board of quarters as a party document, its PDF and workbook."""

import json
from dataclasses import asdict

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, NUMBER, FigureTable, Heading, Row
from evaluations.quarter_board import read_board

TEMPLATE = "evaluations/pdf/quarters.html"
FIGURES = ("theo dõi", "đã ghi", "quyết định", "còn thiếu")


def board_table(board):
    """The cells with four figures a quarter."""
    width = (100 - 34) // max(1, 4 * len(board.quarters))
    headings = [Heading("TT", CENTRE, 6), Heading("Chi bộ", width=28)]
    for quarter in board.quarters:
        headings += [Heading(f"{quarter.name}: {what}", NUMBER, width) for what in FIGURES]
    rows = [Row((place, line.name, *_figures(line.counts))) for place, line in enumerate(board.lines, start=1)]
    total = Row(("", "Tổng cộng", *_figures(board.totals)), "total")
    return FigureTable(
        "Theo quý", title=f"Theo dõi, đánh giá hằng quý năm {board.year}", headings=tuple(headings),
        rows=(*rows, total) if rows else (), wide=True,
    )  # fmt: skip


def _figures(counts):
    for count in counts:
        yield from (None,) * 4 if count is None else (count.followed, count.entered, count.decided, count.missing)


def considered_table(board):
    """Whom failed quarters in a row bring to be considered."""
    headings = (
        Heading("TT", CENTRE, 6), Heading("Họ và tên", width=26), Heading("Chi bộ", width=26),
        Heading("Căn cứ", width=40),
    )  # fmt: skip
    rows = tuple(Row((n, each.name, each.cell, each.reason)) for n, each in enumerate(board.considered, start=1))
    return FigureTable("Xem xét thay thế", title="Danh sách xem xét thay thế", headings=headings, rows=rows, wide=True)


def board_pdf(board, frame, text):
    """The board in the frame of the body, with its figures attached."""
    context = {"board": board, "table": board_table(board), "considered": considered_table(board)}
    content = json.dumps(board_data(board), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=board.on, template=TEMPLATE, data=("theo-quy.json", content))


def board_xlsx(board):
    return write_rows([board_table(board).as_sheet(), considered_table(board).as_sheet()])


def board_data(board):
    """The figures behind the list, as JSON data."""
    return {
        "year": board.year,
        "on": board.on.isoformat(),
        "organisation": board.body,
        "lines": [
            {"cell": line.name, "quarters": [asdict(count) if count else None for count in line.counts]}
            for line in board.lines
        ],
        "considered": [[each.name, each.cell] for each in board.considered],
    }


BOARD = Printable(
    name="quarters",
    title="Tổng hợp theo dõi, đánh giá hằng quý",
    type=DocumentType.REPORT,
    permission=Permission.REPORTS_VIEW,
    collect=kept_until_next_act(read_board),
    render_pdf=board_pdf,
    render_xlsx=board_xlsx,
    abstract=lambda board: f"theo dõi, đánh giá hằng quý năm {board.year}",
    sections=lambda board: {},
    data=board_data,
    is_long=lambda board: len(board.lines) + len(board.considered) > LINES_AT_ONCE,
)
