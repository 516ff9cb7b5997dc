"""The sheet on paper (phiếu đảng viên, mẫu 2-HSĐV): the items of the page in their order, or blank."""

import base64
from dataclasses import dataclass

from members.models.member import mask
from members.reports.sheet import ALONE, FIXED_LINES, TITLES, TOPICS, Item, Line, sheet
from members.reports.sheet_rows import headings_of
from members.reports.slips import Ends, ends_of
from members.rules.numbers import CARD_DIGITS
from members.sheet.parts import PARTS
from members.sheet.photos import photo_bytes

TABLES = frozenset({"21", "22", "28", "29", "30"})  # items that print as tables, with lines left for more
CV_BOXES, LETTER_BOXES, CARD_BOXES = 6, 3, CARD_DIGITS
SPARE_ROWS, BLANK_ROWS = 2, 6


@dataclass(frozen=True)
class PaperLine:
    """One answer as it prints: in the line of its label, or as a table with some empty rows."""

    label: str
    values: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class PaperItem:
    """One item; `closed` when whoever prints may not see it."""

    number: str
    title: str
    lines: tuple[PaperLine, ...]
    closed: bool = False

    @property
    def is_plain(self):
        """Whether the answer stands in the line of the title."""
        if not self.lines:
            return True
        first, *more = self.lines
        return not (more or first.headings or first.label or len(first.values) > 1)


@dataclass(frozen=True)
class SheetPaper:
    """Everything that the sheet prints."""

    bodies: tuple[tuple[str, str], ...]
    cv_boxes: tuple[str, ...]
    letter_boxes: tuple[str, ...]
    card_boxes: tuple[str, ...]
    photo: str
    items: tuple[PaperItem, ...]
    name: str = ""


def sheet_paper(member, day, sight, *, reveals):
    """The sheet of a member on a day; numbers are whole for those who may see them whole."""
    found = {item.number: item for item in sheet(member, day, sight, whole_numbers=reveals)}
    digits, _, letters = member.cv_number.partition(" ")
    photo = member.photos.standing().first()
    return SheetPaper(
        bodies=_bodies(ends_of(member.home)),
        cv_boxes=_boxes(digits, CV_BOXES),
        letter_boxes=_boxes(letters, LETTER_BOXES),
        card_boxes=_boxes(member.card_number if reveals else mask(member.card_number), CARD_BOXES),
        photo=base64.b64encode((photo and photo_bytes(photo)) or b"").decode(),
        items=tuple(_item(number, found.get(number)) for number in TITLES if number),
        name=member.full_name,
    )


def blank_sheet():
    """The form to be filled by hand."""
    return SheetPaper(
        bodies=_bodies(Ends()),
        cv_boxes=_boxes("", CV_BOXES),
        letter_boxes=_boxes("", LETTER_BOXES),
        card_boxes=_boxes("", CARD_BOXES),
        photo="",
        items=tuple(_item(number, _blank_item(number)) for number in TITLES if number),
    )


def _bodies(ends):
    return (
        ("Đảng bộ tỉnh, thành phố", ends.province),
        ("Đảng bộ cấp trên trực tiếp", ends.above),
        ("Đảng bộ, chi bộ cơ sở", ends.base),
        ("Đảng bộ bộ phận", ends.part),
        ("Chi bộ", ends.cell),
    )


def _boxes(text, number):
    return tuple(text[:number].ljust(number))


def _item(number, item):
    if item is None:
        return PaperItem(number, TITLES[number], (), closed=True)
    return PaperItem(number, item.title, tuple(_line(number, line) for line in item.lines))


def _line(number, line):
    if number not in TABLES or not line.headings:
        return PaperLine(line.label, line.values)
    empty = ("",) * len(line.headings)
    spare = SPARE_ROWS if line.rows else BLANK_ROWS if number in ("21", "29") else SPARE_ROWS
    return PaperLine(line.label, (), line.headings, (*line.rows, *[empty] * spare))


def _topic_labels(number):
    return [] if number in ALONE else [topic.label for topic in TOPICS.get(number, ())]


def _blank_item(number):
    labels = [*FIXED_LINES.get(number, ()), *_topic_labels(number)]
    lines = [Line(label) for label in labels]
    parts = [part for part in PARTS.values() if part.number == number]
    several = len(parts) > 1 or bool(lines)
    lines += [Line(part.title if several else "", headings=headings_of(part)) for part in parts]
    return Item(number, TITLES[number], tuple(lines or [Line("")]))
