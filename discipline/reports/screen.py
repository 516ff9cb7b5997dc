"""The tables as the page shows them: columns one below another, rows side by side, each figure a link."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from discipline.rules.forms import WORDS


@dataclass(frozen=True)
class ShownFigure:
    """One figure: of which row, what, and where the decisions behind it stand."""

    label: str
    value: Any
    url: str


@dataclass(frozen=True)
class ShownColumn:
    """One numbered column with a figure for each row of the form; `group` stands where a new heading begins."""

    number: int
    label: str
    group: str
    figures: list[ShownFigure]


@dataclass(frozen=True)
class ShownTable:
    title: str
    mark: str
    rows: tuple
    columns: list[ShownColumn]


def shown(statistics, page, query):
    """The tables of a page; a figure of nought leads nowhere."""
    return [_shown(statistics, table, page, query) for table in statistics.tables]


def _shown(statistics, table, page, query):
    columns, group = [], ""
    for column in table.guide.columns:
        figures = []
        for row in statistics.guide.rows:
            value = table.figures[row.code][column.number]
            url = f"{page}?{query}&table={table.guide.code}&row={row.code}&column={column.number}" if value else ""
            figures.append(ShownFigure(f"{row.code} {row.label}", value, url))
        begins = column.group if column.group != group else ""
        group = column.group
        columns.append(ShownColumn(column.number, column.label, begins, figures))
    return ShownTable(table.guide.title, table.guide.mark, statistics.guide.rows, columns)


@dataclass(frozen=True)
class BehindRow:
    """A decision as it was announced, or a suspension; `case` only leads on where the case names the reader."""

    case: Any
    what: str
    number: str
    on: date
    announced_on: date | None
    body: str


def behind_rows(decisions, suspended):
    """The decisions, then the suspensions, behind a figure; nothing of the person."""
    rows = [
        BehindRow(
            case=each.first.case_id,
            what=WORDS[each.last.form].capitalize(),
            number=each.last.number,
            on=each.last.decided_on,
            announced_on=each.last.announced_on,
            body=each.last.organisation.name,
        )
        for each in decisions
    ]
    return rows + [BehindRow(None, "Đình chỉ sinh hoạt đảng", "", each.started_on, None, "") for each in suspended]
