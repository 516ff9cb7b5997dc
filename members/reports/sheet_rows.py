"""The rows of one part of the sheet as a table, with what is missing between them."""

import re
from dataclasses import dataclass

from members.rules.career import career_gaps
from members.sheet.columns import label, shown
from members.sheet.parts import PARTS
from members.sheet.reading import rows_of

_SHORT = re.compile("[:;]")


@dataclass(frozen=True)
class PartTable:
    """Headings, and (row, its values under them); `gaps` are months that the career leaves out."""

    headings: tuple[str, ...]
    rows: tuple
    gaps: tuple[str, ...] = ()
    full: bool = False


def part_table(member, part, on):
    """The standing rows of a part."""
    rows = list(rows_of(part, member))
    headings = (*headings_of(part), "Giấy tờ")
    shown_rows = tuple((row, tuple(zip(headings, (*cells_of(part, row), row.source), strict=True))) for row in rows)
    return PartTable(headings, shown_rows, gaps_of(part, rows, on), full=part.single and bool(rows))


def headings_of(part):
    """The headings of a part's table; what a heading explains after a colon or a semicolon is for forms."""
    return tuple(_SHORT.split(label(part.model, column))[0] for column in part.columns)


def cells_of(part, row):
    """A row under these headings."""
    return tuple(shown(row, column) for column in part.columns)


def gaps_of(part, rows, on):
    """Months that the career leaves out, in words; other parts have none."""
    if part is not PARTS["career"]:
        return ()
    steps = [(row.started_on, row.ended_on) for row in rows if row.started_on]
    return tuple(gap.words for gap in career_gaps(steps, on))
