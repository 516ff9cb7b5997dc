"""The report on developing membership: plan and done, groups, sources, quality, cells long without an admission."""

from dataclasses import dataclass
from datetime import date, timedelta

from admissions.reports.board import SUMS, Board, read_board
from admissions.reports.form_2 import form_2
from config.lib.tables import CENTRE, NUMBER, PERCENT, FigureTable, Heading, Row
from members.statistics.statement import Statement
from members.statistics.tables import form_table

ONE_DAY = timedelta(days=1)
TARGETS = (Heading("Chỉ tiêu", NUMBER, 14), Heading("Đã kết nạp", NUMBER, 14), Heading("% chỉ tiêu", PERCENT, 14))


@dataclass(frozen=True)
class AdmissionReport:
    """The board of a body and a year, with form 2 of the same days."""

    board: Board
    statement: Statement

    @property
    def year(self):
        return self.board.year

    @property
    def on(self):
        return self.board.on


def admission_report(organisation, *, year, on=None):
    """The report of `year` up to `on` (default: its last day)."""
    on = on or date(year, 12, 31)
    statement = form_2(organisation, since=date(year, 1, 1), until=on + ONE_DAY)
    return AdmissionReport(read_board(organisation, year=year, on=on), statement)


def group_table(board):
    """The total and the priority groups beside their targets."""
    rows = [Row(("Tổng số kết nạp", board.total.target, board.total.number, board.total.done), "total")]
    rows += [Row((f"{'– ' * each.depth}{each.words}", each.target, each.number, each.done)) for each in board.groups]
    title = f"Kết quả kết nạp đảng viên năm {board.year} theo hướng ưu tiên"
    return FigureTable("Hướng ưu tiên", title, (Heading("Nội dung", width=58), *TARGETS), tuple(rows), SUMS)


def unit_table(board):
    """The bodies directly below beside their targets."""
    headings = (Heading("TT", CENTRE, 7), Heading("Tổ chức đảng", width=51), *TARGETS)
    rows = tuple(
        Row((number, unit.name, unit.target, unit.number, unit.done))
        for number, unit in enumerate(board.units, start=1)
    )
    return FigureTable("Theo tổ chức", f"Kết quả kết nạp năm {board.year} theo tổ chức đảng", headings, rows)


def source_table(board):
    """Who found those admitted."""
    rows = tuple(Row((each.words, each.number)) for each in board.sources)
    headings = (Heading("Nguồn phát hiện", width=75), Heading("Đã kết nạp", NUMBER, 25))
    return FigureTable("Nguồn", f"Nguồn phát hiện của người được kết nạp năm {board.year}", headings, rows)


def way_table(board):
    """Who is on the way, by state."""
    rows = tuple(Row((words, number)) for _, words, number in board.on_the_way)
    headings = (Heading("Trạng thái", width=75), Heading("Số người", NUMBER, 25))
    return FigureTable("Đang phấn đấu", "Người đang trên đường phấn đấu vào Đảng", headings, rows)


def cohort_table(board):
    """How those admitted in earlier years are rated."""
    headings = (Heading("Năm kết nạp", CENTRE, 14), Heading("Số người", NUMBER, 14),
                Heading("Kết quả xếp loại gần nhất", width=56), Heading("Chưa xếp loại", NUMBER, 16))  # fmt: skip
    rows = tuple(Row((f"{each.year}", each.number, each.words, each.unrated)) for each in board.quality.cohorts)
    return FigureTable("Chất lượng", "Xếp loại của người kết nạp những năm trước", headings, rows)


def quiet_table(board):
    """Cells long without an admission."""
    headings = (Heading("TT", CENTRE, 7), Heading("Chi bộ", width=40), Heading("Tổ chức đảng cấp trên", width=33),
                Heading("Lần kết nạp gần nhất", CENTRE, 20))  # fmt: skip
    rows = tuple(
        Row((number, cell.name, cell.base, f"{cell.last_on:%d/%m/%Y}" if cell.last_on else "chưa rõ"))
        for number, cell in enumerate(board.quiet, start=1)
    )
    return FigureTable("Lâu chưa kết nạp", f"Chi bộ {board.quiet_years} năm chưa kết nạp đảng viên", headings, rows)


def name_table(board):
    """Those admitted: name, cell and day, nothing else about them."""
    headings = (Heading("TT", CENTRE, 7), Heading("Họ và tên", width=33), Heading("Chi bộ", width=40),
                Heading("Ngày kết nạp", CENTRE, 20))  # fmt: skip
    rows = tuple(
        Row((number, person.name, board.places[person.id], f"{person.held_on:%d/%m/%Y}"))
        for number, person in enumerate(board.total.people, start=1)
    )
    return FigureTable("Danh sách", f"Danh sách đảng viên kết nạp năm {board.year}", headings, rows)


def figure_tables(board):
    """The tables of figures, without names of people."""
    found = (
        group_table(board), unit_table(board), source_table(board), way_table(board), cohort_table(board),
        quiet_table(board),
    )  # fmt: skip
    return [table for table in found if table.rows]


def tables(report):
    """All tables in the order in which the report prints them."""
    names = name_table(report.board)
    return [*figure_tables(report.board), form_table(report.statement), *([names] if names.rows else [])]
