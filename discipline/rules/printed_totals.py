"""Whether a table adds up: sums are exact, accepted differences carry a note, contents may exceed the total."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMS, LEVELS, CONTENTS = "forms", "levels", "contents"
TITLES = {
    FORMS: "tổng số bằng tổng các hình thức",
    LEVELS: "tổng số bằng tổng các cấp thi hành",
    CONTENTS: "nội dung vi phạm so với tổng số",
}


@dataclass(frozen=True, kw_only=True)
class PrintedTable:
    """The figures of one count of members or organisations; `accepted` is the note on a difference, by its check.

    One case has one form and may have several contents: their sum may exceed the total, and of an incomplete list it
    falls below. A table that says nothing of levels or contents has none.
    """

    total: int
    forms: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    contents: Mapping[str, int] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SumCheck:
    """Stated and summed side by side; never corrected by guess."""

    name: str
    stated: int
    summed: int
    note: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def difference(self) -> int:
        return self.summed - self.stated

    @property
    def is_exact(self) -> bool:
        return self.difference == 0

    @property
    def holds(self) -> bool:
        """Equal, or different with a note; contents beyond the total need none."""
        return self.is_exact or bool(self.note) or (self.name == CONTENTS and self.difference > 0)


def sum_checks(table: PrintedTable) -> tuple[SumCheck, ...]:
    """One check for each list of parts that the table has."""
    lists = {FORMS: table.forms, LEVELS: table.levels, CONTENTS: table.contents}
    return tuple(
        SumCheck(name, table.total, sum(parts.values()), table.accepted.get(name, ""))
        for name, parts in lists.items()
        if parts
    )


def together(*tables: PrintedTable) -> int:
    """The total over counts of different deciding bodies: a case belongs to exactly one of them."""
    return sum(table.total for table in tables)
