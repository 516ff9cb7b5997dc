"""Which heading means which column: proposed from the words, corrected by people, kept for the next file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from config.lib.sheet_model import column_index, column_letter
from config.lib.vietnamese import fold

MEMBER_COLUMNS = Path(__file__).parent.parent / "catalogues" / "columns.toml"
_BRACKETS = re.compile(r"\([^)]*\)")
YEAR_OF_DATE = "Năm của ngày"  # the third column of a date: without accents Năm would be Nam
_SIGNS = re.compile(r"[^a-z0-9>]+")


class MappingError(ValueError):
    """A mapping that does not fit the file; the message is a Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True)
class Layout:
    """A kind of list, recognised by the columns that it has."""

    code: str
    name: str
    needs: frozenset[str]
    numbers_are_text: bool = False
    reconciles: bool = False
    corrects_cells: bool = False


class Vocabulary:
    """The headings of one kind of list: which field each spelling means, and the layouts."""

    def __init__(self, columns, layouts):
        self.fields = tuple(columns)
        self.layouts = tuple(layouts)
        self._spellings = {
            plain(spelling): field for field, spellings in columns.items() for spelling in (*spellings, field)
        }

    def field_of(self, heading):
        """The field that a heading means: with its group, without brackets, or by its last part alone."""
        last = heading.rpartition(" > ")[2]
        for words in (heading, _BRACKETS.sub("", heading), last, _BRACKETS.sub("", last)):
            if found := self._spellings.get(plain(words)):
                return found
        return None

    def near(self, heading):
        """The field of the longest known heading of two words or more that stands inside this one; None if several."""
        text = f" {plain(_BRACKETS.sub('', heading))} "
        found = {words: field for words, field in self._spellings.items() if " " in words and f" {words} " in text}
        longest = max(map(len, found), default=0)
        fields = {field for words, field in found.items() if len(words) == longest}
        return fields.pop() if len(fields) == 1 else None

    def layout_of(self, fields):
        """The first layout whose columns are all there."""
        return next((layout for layout in self.layouts if layout.needs <= set(fields)), None)


@lru_cache(maxsize=4096)
def plain(heading):
    """A heading as it is compared: no accents, capitals, stars or punctuation."""
    return " ".join(_SIGNS.sub(" ", fold(heading)).split())


@cache
def vocabulary(path=MEMBER_COLUMNS):
    """The headings in a catalogue file; other lists of people bring their own file of the same form."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    layouts = [Layout(**{**entry, "needs": frozenset(entry["needs"])}) for entry in data["layouts"]]
    return Vocabulary(data["columns"], layouts)


@cache
def spellings(path=MEMBER_COLUMNS):
    """{field: the headings that mean it} of a catalogue file, the usual one first."""
    with path.open("rb") as file:
        return tomllib.load(file)["columns"]


def propose(headings, words):
    """{field: column} from {column: heading}; the first of two columns of one meaning wins."""
    fields, months = {}, {_group(heading) for heading in headings.values() if _last(heading) == "thang"}
    for column in sorted(headings):
        heading = headings[column]
        of_date = _last(heading) == "nam" and _group(heading) in months
        field = words.field_of(f"{_group(heading)} > {YEAR_OF_DATE}" if of_date else heading)
        if field is not None:
            fields.setdefault(field, column)
    return fields


def _group(heading):
    return heading.rpartition(" > ")[0]


def _last(heading):
    return plain(heading.rpartition(" > ")[2])


def signature(headings):
    """The mark by which the next file of the same source is known: its headings, in their places."""
    text = "\n".join(f"{column}\t{plain(heading)}" for column, heading in sorted(headings.items()))
    return sha256(text.encode()).hexdigest()


def to_letters(fields):
    """A mapping as people and files write it: {field: "B"}."""
    return {field: column_letter(column) for field, column in fields.items()}


def from_letters(letters, headings, words):
    """The mapping that somebody wrote; `MappingError` for a field or a column that there is not."""
    fields = {}
    for field, letter in letters.items():
        if field not in words.fields:
            raise MappingError(f"Không có trường “{field}”. Các trường dùng được: {', '.join(words.fields)}.")
        column = column_index(letter.upper()) if letter.isascii() and letter.isalpha() else 0
        if column not in headings:
            raise MappingError(f"Trường “{field}” được gán cho cột {letter}, nhưng tệp không có cột đó.")
        fields[field] = column
    if "name" not in fields:
        raise MappingError("Cách đọc cột chưa chỉ ra cột Họ và tên. Hãy chọn cột Họ và tên.")
    return fields
