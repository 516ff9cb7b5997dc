"""The discipline tables of a body and a period: figures, checks, what was frozen, and the decisions behind a figure."""

from dataclasses import dataclass
from typing import Any

from config.lib.tables import CENTRE, NUMBER, FigureTable, Heading, Row
from discipline.models import FrozenTable
from discipline.reports.decisions import Standing, expulsions_on_the_books, in_force, standings, suspensions
from discipline.reports.guides import Guide, GuideTable, guide_on
from discipline.rules.counting import TOTAL, differences, identity_15, in_row, is_counted, row_figures

ALL, EXPULSION = "I", "form:KTR"
PARTS = ("II", "III", "IV")


@dataclass(frozen=True)
class CountedTable:
    """One table: {row: {column: figure}}."""

    guide: GuideTable
    figures: dict[str, dict[int, int | None]]


@dataclass(frozen=True)
class Check:
    """One identity: what it says, whether it holds, and the reason."""

    code: str
    title: str
    reason: str
    look: str  # success, warn, error, info

    @property
    def word(self):
        return {"success": "khớp", "warn": "cần xem", "error": "không khớp", "info": "để biết"}[self.look]


@dataclass(frozen=True)
class Figures:
    """What was counted of one body and period."""

    organisation: Any
    span: Any
    guide: Guide
    standings: tuple[Standing, ...]
    suspended: tuple[Any, ...]
    tables: tuple[CountedTable, ...]

    @property
    def words(self):
        return f"từ ngày {self.span.since:%d/%m/%Y} đến ngày {self.span.last_day:%d/%m/%Y}"

    def table(self, code):
        return next((each for each in self.tables if each.guide.code == code), None)

    def behind(self, table, row, column):
        """(decisions, suspensions) behind one figure; None for what is no figure."""
        guide, posts = self.guide.table(table), self.guide.row(row)
        spec = guide.specs.get(column) if guide else None
        if spec is None or posts is None:
            return None
        if spec == "suspended":
            return (), () if posts.posts or guide.of_commissions else self.suspended
        found = [each for each in _of(self.standings, guide) if in_row(posts.posts, each.counted)]
        return tuple(each for each in found if is_counted(spec, each.counted)), ()


@dataclass(frozen=True)
class Statistics(Figures):
    """The same with its checks, and held against what was frozen."""

    checks: tuple[Check, ...]
    frozen: Any
    differences: tuple

    @property
    def doubts(self):
        """How many checks people have to look at."""
        return sum(check.look == "warn" for check in self.checks)

    @property
    def fails(self):
        return any(check.look == "error" for check in self.checks)


def read_figures(organisation, span):
    """Counted anew from the rows that stand today, whoever asks: nothing of it is under seal."""
    guide = guide_on(span.last_day)
    found, suspended = tuple(standings(organisation, span, guide)), tuple(suspensions(organisation, span))
    tables = tuple(_counted_table(each, guide, found, suspended) for each in guide.tables)
    return Figures(organisation, span, guide, found, suspended, tables)


def read_statistics(organisation, span):
    """The figures with their checks and what differs from the frozen ones."""
    figures = read_figures(organisation, span)
    frozen = FrozenTable.objects.of(organisation, span)
    books = expulsions_on_the_books(organisation, span)
    return Statistics(
        **{name: getattr(figures, name) for name in Figures.__dataclass_fields__},
        checks=tuple(_checks(figures.tables, figures.standings, span, books)),
        frozen=frozen,
        differences=tuple(_differences(frozen, figures.tables)) if frozen else (),
    )


def _of(found, guide_table):
    """The disciplining of members that a table counts: of committees and cells, or of commissions."""
    return [
        each
        for each in found
        if each.counted.of_commission == guide_table.of_commissions and not each.counted.is_organisation
    ]


def _counted_table(guide_table, guide, found, suspended):
    decisions = [each.counted for each in _of(found, guide_table)]
    number = 0 if guide_table.of_commissions else len(suspended)
    figures = {row.code: row_figures(guide_table.specs, row.posts, decisions, number) for row in guide.rows}
    return CountedTable(guide_table, figures)


# --- checks -----------------------------------------------------------------------------------------------------------


def _checks(tables, found, span, on_the_books):
    for table in tables:
        for check in identity_15(table.guide.specs, table.figures[ALL]):
            look = "success" if check.is_exact else "error"
            if check.name == "contents":
                look = "info"
            reason = f"Cột 1: {check.stated}; cộng các cột thành phần: {check.summed}."
            note = "" if check.is_exact else check.note
            yield Check("I15", f"{table.guide.title}: {check.title}", f"{reason} {note}".strip(), look)
        yield from _posts_known(table)
    yield _identity_12(found, span, on_the_books)


def _posts_known(table):
    total = table.figures[ALL][TOTAL]
    parts = sum(table.figures[row][TOTAL] for row in PARTS if row in table.figures)
    if total != parts:
        words = f"{total - parts} quyết định chưa ghi chức vụ khi vi phạm nên chỉ có ở hàng I."
        yield Check("–", f"{table.guide.title}: hàng I bằng tổng các hàng II, III, IV", words, "warn")


def _identity_12(found, span, on_the_books):
    """I12: C2 of form 1 = members expelled by the table, of which in force in the period."""
    expelled = [each for each in found if each.counted.form == "KTR" and not each.counted.is_organisation]
    counted = sum(in_force(each, span) for each in expelled)
    words = (
        f"Biểu 1, mục C2: {on_the_books}; khai trừ có hiệu lực trong kỳ: {counted} (trong {len(expelled)} đã công bố)."
    )
    look = "success" if counted == on_the_books else "warn"
    return Check("I12", "Khai trừ trong biểu kỷ luật và trong biểu tăng, giảm đảng viên", words, look)


# --- freezing ---------------------------------------------------------------------------------------------------------


def as_data(statistics):
    """The figures alone, as JSON keeps them: {table: {row: {column: figure}}}; nothing of a case."""
    return {
        table.guide.code: {
            row: {str(column): figure for column, figure in figures.items()} for row, figures in table.figures.items()
        }
        for table in statistics.tables
    }


def _differences(frozen, tables):
    """(table, row, column, frozen, now) in words of every figure that is no longer what was frozen."""
    for table in tables:
        now = {row: {str(c): figure for c, figure in figures.items()} for row, figures in table.figures.items()}
        for row, column, old, new in differences(frozen.figures.get(table.guide.code, {}), now):
            yield table.guide.title, row, column, old, new


# --- as tables --------------------------------------------------------------------------------------------------------


def figure_table(statistics, table):
    """The table with its numbered columns, for paper and workbook."""
    headings = (
        Heading("TT", CENTRE, 4),
        Heading("Đối tượng", width=20),
        *(Heading(f"{column.number}. {column.full_label}", NUMBER, 8) for column in table.guide.columns),
    )
    rows = tuple(
        Row((row.code, row.label, *table.figures[row.code].values()), "total" if row.code == ALL else "")
        for row in statistics.guide.rows
    )
    title = f"{table.guide.title} {statistics.words}"
    return FigureTable(table.guide.code, title, headings, rows, note_of(statistics), wide=True)


def note_of(statistics):
    return (
        f"{statistics.guide.title}. Đếm quyết định theo ngày công bố; hình thức là hình thức còn hiệu lực khi hết kỳ, "
        "kể cả đã thay đổi theo khiếu nại. Một đảng viên có một hình thức nhưng có thể có nhiều nội dung vi phạm."
    )
