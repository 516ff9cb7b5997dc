"""A form as the page shows it: every figure with its text and, for who may see names, the query of what is behind."""

from dataclasses import dataclass
from itertools import groupby

from config.lib.tables import PERCENT, as_text
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.form_1 import PART_ROWS
from members.statistics.form_5 import FORM as FORM_5
from members.statistics.people import SENSITIVE_ROWS
from members.statistics.statement import NO_FIGURES
from members.statistics.tables import differences_table

LOOKS = {"ok": "success", "warn": "warn", "error": "error", "none": "neutral"}
MEAN = "ages.mean"


@dataclass(frozen=True)
class Cell:
    """One figure: its text, the heading over it, and the query of its names; an empty query is no link."""

    text: str
    title: str
    query: str = ""


@dataclass(frozen=True)
class ShownRow:
    serial: str
    label: str
    depth: int
    weight: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ShownPart:
    """A body below with its figures; `causes` people keep its books from balancing."""

    id: int | None
    name: str
    cells: tuple[Cell, ...]
    causes: int


@dataclass(frozen=True)
class Shown:
    """What the page of a form shows."""

    upper: tuple
    lower: tuple
    rows: tuple[ShownRow, ...]
    parts: tuple[ShownPart, ...]
    checks: tuple
    differences: object = None


def shown(statement, *, opens_names, opens_sensitive):
    """The page of a form; figures open their names only for those who may see them."""
    links = _Links(statement, opens_names, opens_sensitive)
    upper, lower = _headings(statement)
    return Shown(
        upper=upper,
        lower=lower,
        rows=tuple(
            ShownRow(line.serial, line.label, line.depth, line.weight, tuple(links.of_line(line)))
            for line in statement.lines
        ),
        parts=tuple(ShownPart(part.id, part.name, tuple(links.of_part(part)), part.causes) for part in statement.parts),
        checks=tuple((check, LOOKS[check.status]) for check in statement.checks),
        differences=differences_table(statement) if statement.frozen else None,
    )


def _headings(statement):
    """The two rows of the head: (title, number, columns, rows) above, (title, number) below the groups."""
    upper, lower = [], []
    for group, columns in groupby(statement.columns, key=lambda column: column.group):
        shown_columns = [(column.title, column.number) for column in columns]
        if group:
            upper.append((group, "", len(shown_columns), 1))
            lower += shown_columns
        else:
            upper += [(*each, 1, 2) for each in shown_columns]
    return tuple(upper), tuple(lower)


class _Links:
    def __init__(self, statement, opens_names, opens_sensitive):
        self.statement = statement
        self.opens_names, self.opens_sensitive = opens_names, opens_sensitive
        before = statement.span.a_year_before
        self.periods = [_period(statement.span), _period(before)]

    def of_line(self, line):
        if line.weight == "group":
            yield from (Cell("", column.title) for column in self.statement.columns)
            return
        for place, (column, value) in enumerate(zip(self.statement.columns, line.values, strict=True)):
            text = as_text(value, column.kind)
            if value is None:
                text = "" if column.kind == PERCENT else NO_FIGURES
            yield Cell(text, column.title, self._query(line.code, column, value, place))

    def _query(self, row, column, value, place):
        hidden = not self.opens_names or (row in SENSITIVE_ROWS and not self.opens_sensitive)
        if hidden or not value or column.kind == PERCENT or row == MEAN:
            return ""
        if self.statement.form == FORM_5:
            return f"row={row}&column={column.number[:1]}&{self.periods[0]}"
        return f"row={row}&{self.periods[place]}"

    def of_part(self, part):
        for place, (column, value) in enumerate(zip(self.statement.part_columns, part.values, strict=True)):
            text = NO_FIGURES if value is None else as_text(value, column.kind)
            query = ""
            if self.statement.form == FORM_1 and self.opens_names and value:
                owner = part.id or self.statement.organisation_id
                query = f"row={PART_ROWS[place]}&part={owner}&{self.periods[0]}"
            yield Cell(text, column.title, query)


def _period(span):
    return f"since={span.since:%d/%m/%Y}&until={span.last_day:%d/%m/%Y}"
