"""The re-key list: what stands otherwise here than in the last official file, person by person, item by item."""

from dataclasses import dataclass
from datetime import date

from members.models.member import mask
from members.official.layout import ITEMS, Item
from members.official.rows import OfficialRow, official_people, official_rows

NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True)
class ItemChange:
    """One item to be typed again: what the file says and what is true now."""

    item: Item
    before: str
    after: str


@dataclass(frozen=True)
class PersonChange:
    """One person: to be added, to be changed, or not to be found here any more."""

    key: str
    kind: str
    name: str
    cell: str
    items: tuple[ItemChange, ...]
    row: OfficialRow | None = None


@dataclass(frozen=True)
class RekeyList:
    """Everything that differs from one file on a day."""

    on: date
    people: tuple[PersonChange, ...]

    def of_kind(self, kind):
        return [each for each in self.people if each.kind == kind]

    @property
    def plain(self):
        """People who differ in something that is not sensitive, or of whom the file alone speaks: for the log."""
        return [each for each in self.people if each.kind == GONE or any(not one.item.sensitive for one in each.items)]

    @property
    def counts(self):
        """(people to add, people to change, items to change, people to look for)."""
        changed = self.of_kind(CHANGED)
        return (
            len(self.of_kind(NEW)), len(changed), sum(len(each.items) for each in changed), len(self.of_kind(GONE))
        )  # fmt: skip


def compare(file, day, senses) -> RekeyList:
    """What differs on a day from a file that was kept (`OfficialFile`), to somebody who `senses` what is sensitive.

    `senses` answers by the path of a person. That an item differs speaks of it: without the right it is not there.
    """
    before = file.values
    members = [key for key in before if not key.startswith("row:")]
    rows = official_rows(official_people(file.organisation, day, beside=members), day)
    return RekeyList(day, tuple(differences(before, rows, senses)))


def differences(before, rows, senses):
    """The people who differ: in the order of the rows, then those of whom the file alone speaks."""
    met = set()
    for row in rows:
        met.add(row.member_id)
        former = before.get(row.member_id)
        items = tuple(_changes(former or {}, row.values, sensitive=senses(row.path)))
        if items:
            name, cell = row.values["name"], row.values.get("cell", "")
            yield PersonChange(row.member_id, NEW if former is None else CHANGED, name, cell, items, row)
    for key, values in before.items():
        if key not in met:
            yield PersonChange(key, GONE, values.get("name", ""), values.get("cell", ""), ())


def _changes(before, after, *, sensitive):
    for item in ITEMS:
        if item.sensitive and not sensitive:
            continue
        former, now = item.words(before), item.words(after)
        if former != now:
            yield ItemChange(item, former, now)


def seen(change: ItemChange, *, reveals):
    """(before, after) as somebody may see them."""
    if change.item.masked and not reveals:
        return mask(change.before), mask(change.after)
    return change.before, change.after
