"""A table of figures once: the page, the PDF and the workbook print the same cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from config.lib.sheet_writing import Column, Table

LINES_AT_ONCE = 200  # printed within two seconds; more are a background job
TEXT, NUMBER, PERCENT, CENTRE = "text", "number", "percent", "centre"
_VIETNAMESE = str.maketrans(",.", ".,")
MISSING = "–"
SHORT = 15  # rows


@dataclass(frozen=True)
class Heading:
    """One column: its title, what its cells hold, and its width in per cent of the page (and in characters)."""

    title: str
    kind: str = TEXT
    width: int = 10

    @property
    def css(self) -> str:
        return {NUMBER: "n", PERCENT: "n", CENTRE: "c"}.get(self.kind, "")


@dataclass(frozen=True)
class Row:
    """The values of one line; `weight` is "", "group" (a heading of what follows) or "total"."""

    values: tuple[Any, ...]
    weight: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A titled table; `note` says the base of its percentages."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    note: str = ""
    wide: bool = False

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Rows as printed: (weight, [(css class, text, heading)])."""
        return [
            (row.weight, [(h.css, as_text(v, h.kind), h.title) for h, v in zip(self.headings, row.values, strict=True)])
            for row in self.rows
        ]

    @property
    def is_short(self) -> bool:
        """Whether the table should stay on one page."""
        return len(self.rows) <= SHORT

    def part(self, start: int, end: int) -> "FigureTable":
        """The same table with some of its rows."""
        return replace(self, rows=self.rows[start:end])

    def as_sheet(self) -> Table:
        """The same rows for a workbook: numbers as numbers, the note in a last line."""
        columns = [Column(heading.title, max(8, heading.width)) for heading in self.headings]
        rows: list[Sequence[Any]] = [row.values for row in self.rows]
        if self.note:
            rows.append((self.note, *[None] * (len(columns) - 1)))
        return Table(self.name, columns, rows)


def as_text(value: Any, kind: str) -> str:
    """1234 as "1.234", a percentage with its two decimals, nothing as a dash in a column of figures."""
    if value is None:
        return MISSING if kind in (NUMBER, PERCENT) else ""
    if kind == PERCENT:
        return f"{Decimal(value):,.2f}".translate(_VIETNAMESE)
    if isinstance(value, int | Decimal):
        return f"{value:,}".translate(_VIETNAMESE)
    return str(value)
