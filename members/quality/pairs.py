"""Records that may be of one person, and numbers that two persons have: pure, over any number of records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from config.lib.periods import Precision
from config.lib.vietnamese import fold

DUPLICATE, TWO_CARDS, SHARED = "duplicate", "two_cards", "shared_number"
FILLER = 20  # records of one name and birth date, or of one number, that are no persons
_CARDS = {"card_number": "thẻ", "former_card_number": "thẻ theo Quyết định 85"}
_SHARED = {"cv_number": "số lý lịch", "former_personal_id": "số CMND cũ"}


@dataclass(frozen=True)
class Record:
    """What tells one record from another."""

    id: Any
    home_id: int
    path: str
    full_name: str
    born_on: Any = None
    born_precision: str = Precision.DAY
    home_place: str = ""
    personal_id: str = ""
    former_personal_id: str = ""
    card_number: str = ""
    former_card_number: str = ""
    cv_number: str = ""


@dataclass(frozen=True)
class Pair:
    """Two records that a rule names together, and why."""

    rule: str
    one: Record
    other: Record
    detail: str

    @property
    def is_in_one_place(self) -> bool:
        return self.one.home_id == self.other.home_id

    @property
    def body_above(self) -> int:
        """The id of the home of both, else of the lowest organisation above both; of the first, where none is."""
        one, other = ([int(part) for part in record.path.strip("/").split("/")] for record in (self.one, self.other))
        if one == other:
            return one[-1]
        shared = [here for here, there in zip(one[:-1], other[:-1], strict=False) if here == there]
        return shared[-1] if shared else one[0]


def pairs(records: Iterable[Record], kin: Callable[[set], Mapping] | None = None) -> Iterator[Pair]:
    """Everything that the records say about each other, the smaller id of a pair first.

    `kin` answers the relatives of records by id, as sets: asked of those alone whose personal numbers differ though
    name and birth date agree.
    """
    named, numbered = defaultdict(list), defaultdict(list)
    for record in records:
        if record.born_on and record.born_precision == Precision.DAY:
            named[record.born_on, fold(record.full_name)].append(record)
        for column in _SHARED:
            if number := getattr(record, column).replace(" ", ""):
                numbered[column, number].append(record)
    opposed = []
    for group in named.values():
        for one, other in _twos(group):
            if _oppose(one, other, "personal_id"):
                opposed.append((one, other))
            else:
                yield from _same_person(one, other)
    yield from _of_one_family(opposed, kin)
    for (column, _), group in numbered.items():
        for one, other in _twos(group):
            yield Pair(SHARED, one, other, f"cùng {_SHARED[column]}")


def _twos(group):
    if 1 < len(group) < FILLER:
        yield from combinations(sorted(group, key=lambda record: str(record.id)), 2)


def _of_one_family(opposed, kin):
    """Against their personal numbers only where both name a relative of one name and birth year."""
    known = kin({record.id for pair in opposed for record in pair}) if opposed and kin else {}
    for one, other in opposed:
        if known.get(one.id, set()) & known.get(other.id, set()):
            # who may not see the family reads this too: it does not say that one relative stands in both
            yield Pair(DUPLICATE, one, other, "cùng họ tên, ngày sinh; khác số định danh")


def _same_person(one, other):
    said = ["cùng họ tên", f"cùng ngày sinh {one.born_on:%d/%m/%Y}"]
    if one.home_place and fold(one.home_place) == fold(other.home_place):
        said.append("cùng quê quán")
    said += [f"cùng {words}" for column, words in _SHARED.items() if _agree(one, other, column)]
    yield Pair(DUPLICATE, one, other, ", ".join(said))
    if opposed := [words for column, words in _CARDS.items() if _oppose(one, other, column)]:
        yield Pair(TWO_CARDS, one, other, f"cùng họ tên, ngày sinh, khác số {' và '.join(opposed)}")


def _agree(one, other, column):
    return bool(getattr(one, column)) and getattr(one, column) == getattr(other, column)


def _oppose(one, other, column):
    here, there = getattr(one, column), getattr(other, column)
    return bool(here and there and here != there)
