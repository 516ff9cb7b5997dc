"""What a workbook is once it has been read, and the error that says why it could not be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None
Position = tuple[int, int]

MAX_CELL_CHARACTERS = 32_767  # of Excel itself


class SheetError(Exception):
    """A file that cannot be read as a workbook; the message is a Vietnamese sentence for the person who sent it."""


@dataclass
class Sheet:
    """One sheet; `rows[0]` is row 1 and its first value column A. Positions are (row, column) from (1, 1) = A1.

    `old_fonts` are positions by the encoding of their font; `doubtful_texts` (code of a problem, text as typed) of
    cells whose old letters cannot be told for sure.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    formulas_without_value: set[Position] = field(default_factory=set)
    month_only_dates: set[Position] = field(default_factory=set)
    rich_texts: set[Position] = field(default_factory=set)
    old_fonts: dict[str, set[Position]] = field(default_factory=dict)
    doubtful_texts: dict[Position, tuple[str, str]] = field(default_factory=dict)

    def numbered_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number as Excel shows it."""
        return enumerate(self.rows, start=1)

    def cell(self, row: int, column: int) -> Cell:
        """Value at a position, None outside of the sheet."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


@dataclass
class Workbook:
    """A file as read: its name, its real kind ("xlsx", "xls", "csv") and its sheets in their order."""

    name: str
    kind: str
    sheets: list[Sheet]

    @property
    def visible_sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.hidden]


def column_letter(index: int) -> str:
    """Letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Number of a column: A is 1, AA is 27."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index


def cell_name(row: int, column: int) -> str:
    """Name of a cell as Excel shows it: (22, 3) is C22."""
    return f"{column_letter(column)}{row}"
