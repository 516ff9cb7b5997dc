"""The rows of a list that are not people: sections, sums, column numbers."""

import re
from dataclasses import dataclass
from enum import StrEnum

from config.lib.vietnamese import fold, repair


class RowKind(StrEnum):
    """What a row of the sheet is."""

    LETTERHEAD = "letterhead"
    TITLE = "title"
    HEADER = "header"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    BASE = "base"
    CELL = "cell"
    CELL_TOTAL = "cell_total"
    BASE_TOTAL = "base_total"
    GRAND_TOTAL = "grand_total"
    MEMBER = "member"
    SIGNATURE = "signature"
    OTHER = "other"
    BLANK = "blank"


@dataclass(frozen=True)
class Section:
    """A heading inside the list: the base organisation or the cell of the rows that follow."""

    row: int
    kind: RowKind
    name: str
    text: str


@dataclass(frozen=True)
class Total:
    """A sum as the list declares it; `women` None where it names none."""

    row: int
    kind: RowKind
    text: str
    declared: int
    women: int | None


_NUMBERED = re.compile(r"(?:([IVXLC]+)|(\d{1,3}(?:\.\d{1,3})*)|([A-ZĐ]))?\s*[.)/:\-]?\s+(.+)|(.+)")
_ROMAN = re.compile(r"[IVXLC]+\.?")
_TOTAL = re.compile(r"(?:tong )?cong\b|tong so\b")
_WOMEN = re.compile(r"\bnu\s*:?\s*(\d+)")
_NUMBER = re.compile(r"\d+")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")
_BASE_WORDS = ("dang bo", "dang uy", "chi bo co so", "tccsd")
_CELL_WORDS = ("chi bo", "cb ")
_DECLARED_AFTER = re.compile(r":\s*(\d+)|(\d+)\s*(?:dong chi|dang vien|nguoi)")


def text_of(value):
    """A cell as repaired text; the empty text for an empty cell."""
    if isinstance(value, str):
        return repair(value)
    return "" if value is None else str(value)


def is_column_numbers(row, filled):
    """Whether the cells are (1) (2) (3) … in their order."""
    if len(filled) < 3 or not _COLUMN_NUMBER.fullmatch(text_of(row[filled[1]])):
        return False
    found = [_COLUMN_NUMBER.fullmatch(text_of(row[column])) for column in filled]
    if not all(found):
        return False
    numbers = [int(match.group(1)) for match in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2


def as_total(row_number, row, filled):
    """The sum that a row declares, None if it declares none."""
    text = text_of(row[filled[0]])
    folded = fold(text)
    if len(filled) > 6 or not _TOTAL.match(folded):
        return None
    found = _DECLARED_AFTER.search(folded)
    declared = next(filter(None, found.groups()), None) if found else _beside(row, filled)
    if declared is None:
        return None
    women = _WOMEN.search(folded)
    return Total(row_number, _kind_of_total(folded), text, int(declared), int(women.group(1)) if women else None)


def _beside(row, filled):
    """The number in another cell of the row, or the last one in the words."""
    numbers = [row[column] for column in filled if isinstance(row[column], int)]
    return numbers[0] if numbers else next(iter(_NUMBER.findall(text_of(row[filled[0]]))[-1:]), None)


def _kind_of_total(folded):
    if folded.startswith("tong"):
        return RowKind.GRAND_TOTAL
    return RowKind.BASE_TOTAL if any(word in folded for word in _BASE_WORDS) else RowKind.CELL_TOTAL


def as_section(row_number, row, filled):
    """The section that a row opens, None if it is something else."""
    texts = [text_of(row[column]) for column in filled]
    text = " ".join(texts)
    if len(texts) == 2 and _ROMAN.fullmatch(texts[0]):
        text = f"{texts[0].rstrip('.')}. {texts[1]}"
    found = _NUMBERED.fullmatch(text)
    roman, arabic, _, numbered, whole = found.groups()
    name = numbered or whole
    kind = _kind_of_section(fold(name), roman, arabic)
    return Section(row_number, kind, name, " ".join(texts)) if kind else None


def _kind_of_section(folded, roman, arabic):
    if folded.startswith(_BASE_WORDS):
        return RowKind.BASE
    if folded.startswith(_CELL_WORDS):
        return RowKind.CELL
    if roman:
        return RowKind.BASE
    return RowKind.CELL if arabic and not folded[:1].isdigit() else None
