"""From the rows of a list of results to graded people: every cell tidied, every level read in the scale of the year."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.lib.vietnamese import fold
from evaluations.enums import NotRated
from members.importing import tidy
from members.importing.dates import read_date
from members.importing.people import PersonRow
from members.importing.reading import Habits, Reading
from members.rules import Level, Scale

COLUMNS_FILE = Path(__file__).parent / "columns.toml"
REASONS_FILE = Path(__file__).parent / "reasons.toml"
LONGEST_REASON = 300


@dataclass(frozen=True)
class GradeColumn:
    """One column of a list of results: its heading, how it is read, how long it may be."""

    heading: str
    read: Callable[[object, Habits], Reading]
    max_length: int = 200


COLUMNS = {
    "name": GradeColumn("Họ và tên", tidy.read_name, 100),
    "born": GradeColumn("Ngày sinh", read_date),
    "card": GradeColumn("Số thẻ đảng viên", tidy.read_card),
    "personal_id": GradeColumn("Số định danh cá nhân", tidy.read_personal_id),
    "base": GradeColumn("Tổ chức cơ sở đảng", tidy.read_text),
    "cell": GradeColumn("Chi bộ", tidy.read_text),
    "level": GradeColumn("Mức xếp loại", tidy.read_text),
    "reason": GradeColumn("Lý do không xếp loại", tidy.read_text, LONGEST_REASON),
    "note": GradeColumn("Ghi chú", tidy.read_text, LONGEST_REASON),
}


@dataclass(frozen=True)
class Result:
    """What a row says of the year: a level of the scale, or not rated with a reason; `written` is the paper's word."""

    level: Level | None
    reason: str = ""
    written: str = ""

    @property
    def code(self):
        """The code of the level, empty for not rated."""
        return self.level.code if self.level else ""

    @property
    def says(self):
        """What must agree between two rows of one person."""
        return self.code, self.reason if not self.level else ""


@dataclass(slots=True)
class GradeRow:
    """One person of the list with the result that the row gives, and who it is once found."""

    person: PersonRow
    result: Result | None = None
    member: object | None = None

    @property
    def row(self):
        return self.person.row

    @property
    def ready(self):
        """Whether the row can be written."""
        return self.member is not None and self.result is not None and not self.person.refused


def read_result(person: PersonRow, scale: Scale) -> Result | None:
    """The result of a row; None where the level is missing or not of this scale."""
    text, reason = person.values.get("level", ""), person.values.get("reason", "")
    if scale.says_not_rated(text):
        return Result(None, reason_code(reason), reason)
    level = scale.level_named(text) if text else None
    return Result(level, "", reason) if level else None


def is_other_name(text: str, level: Level) -> bool:
    """Whether the text is another name of the level ("Loại III"), not a spelling of its own name."""
    words, own = fold(text).split(), {word.strip(",") for word in fold(level.name).split()}
    return len(words) > 1 and not own.intersection(words)


def reason_code(text: str) -> str:
    """The code of a written reason; without one, or with an unusual one, `other`."""
    folded = f" {fold(text)} "
    found = (code for code, words in _reasons() if any(f" {word} " in folded for word in words))
    return next(found, NotRated.OTHER.value)


@cache
def _reasons():
    with REASONS_FILE.open("rb") as file:
        return [(entry["code"], tuple(entry["words"])) for entry in tomllib.load(file)["reasons"]]
