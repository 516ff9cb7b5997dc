"""What leaves the house in the official layout: the whole file, the people who changed, the list to copy by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cells.permissions import Permission as P
from config.lib.sheet_writing import Column, Table, write_rows
from members.actions.official import export_official, take_rekey
from members.models import OfficialFile
from members.official.comparison import CHANGED, GONE, NEW, compare, seen
from members.official.file import write_official
from members.official.layout import shown
from members.official.rows import official_people, official_rows

EXPORT, EXPORT_UNMASKED = "members.export_official", "members.export_official_unmasked"  # kinds of jobs
TAKE, TAKE_UNMASKED = "members.take_rekey", "members.take_rekey_unmasked"
AT_ONCE = 1500  # people whose file is written, or compared, within two seconds
FORMS = {"list": "danh sách từng mục", "official": "mẫu 4.0"}
WORDS = {NEW: "Thêm người này", CHANGED: "Sửa", GONE: "Có trong tệp, không có ở đây: đối chiếu"}


@dataclass
class Reach:
    """Whose numbers and whose religion somebody may have in a file; whole numbers only for a reason."""

    numbers: tuple[str, ...]
    religion: tuple[str, ...]

    def reveals(self, path):
        return bool(self.numbers) and path.startswith(self.numbers)

    def senses(self, path):
        return bool(self.religion) and path.startswith(self.religion)


def reach_of(user, reason="") -> Reach:
    """The reach of a person, with whole numbers if there is a reason."""
    numbers = tuple(user.paths_in_scope(P.MEMBERS_REVEAL)) if reason else ()
    return Reach(numbers, tuple(user.paths_in_scope(P.MEMBERS_SENSITIVE)))


def _texts(row, reach):
    return shown(row.values, reveals=reach.reveals(row.path), senses=reach.senses(row.path))


def write_export(organisation, *, by, at: datetime, reason="", tell=None) -> bytes:
    """The whole file of an organisation, kept as what the official system was given, and the act in the log."""
    rows = official_rows(official_people(organisation, at.date()), at.date())
    reach = reach_of(by, reason)
    content = write_official((_texts(row, reach) for row in rows), at=at, tell=tell)
    export_official(organisation, rows, on=at.date(), by=by, reason=reason)
    return content


def write_rekey(file: OfficialFile, form: str, *, by, at: datetime, reason="", tell=None) -> bytes:
    """What differs from a kept file: item by item, or the rows of the people concerned in the official layout."""
    reach = reach_of(by, reason)
    found = compare(file, at.date(), reach.senses)
    if form == "official":
        rows = [each.row for each in found.people if each.row is not None]
        content = write_official((_texts(row, reach) for row in rows), at=at, tell=tell)
    else:
        content = write_rows([Table("Nhập lại", LIST_COLUMNS, list(_lines(found, reach)))])
    take_rekey(file, people=len(found.plain), form=FORMS[form], by=by, reason=reason)
    return content


LIST_COLUMNS = (
    Column("STT", 6), Column("Họ và tên", 28), Column("Chi bộ", 36), Column("Việc", 20), Column("Mục", 26),
    Column("Trong tệp", 34), Column("Nhập lại thành", 34),
)  # fmt: skip


def _lines(found, reach):
    for number, person in enumerate(found.people, start=1):
        who = (number, person.name, person.cell, WORDS[person.kind])
        if not person.items:
            yield (*who, "", "", "")
        for change in person.items:
            yield (*who, change.item.heading, *seen_in(change, person, reach))


def seen_in(change, person, reach: Any):
    """(before, after) of one item of a person within somebody's reach."""
    return seen(change, reveals=reach.reveals(person.row.path))
