"""What the cell's registers mean: where a member takes part and pays, and what became of a task. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from members.rules.exits import Month

DONE, LATE, UNDONE, OPEN = "done", "late", "undone", "open"


@dataclass(frozen=True)
class Stay:
    """Where a member takes part from a day until the day before another; a guest is on temporary transfer there."""

    place: Any
    guest: bool
    started_on: date
    ended_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


def stay_on(stays: Iterable[Stay], day: date) -> Stay | None:
    """The stay of a day; who is on temporary transfer takes part at the host, not at home (294-QĐ/TW, 6.3.2c)."""
    holding = [stay for stay in stays if stay.holds_on(day)]
    return max(holding, key=lambda stay: stay.guest, default=None)


def fee_stay(stays: Iterable[Stay], first: date, after: date) -> Stay | None:
    """Where the fee of the month from `first` until before `after` is paid: where the member is on its first day.

    The sender collects to the end of the month of issue (38-HD/BTCTW, II.4.3.1); who is nowhere on the first day, on
    the road or not admitted yet, pays where the month first finds him.
    """
    known = list(stays)
    if found := stay_on(known, first):
        return found
    later = [stay for stay in known if first < stay.started_on < after]
    return min(later, key=lambda stay: stay.started_on, default=None)


def task_state(due_on: date, done_on: date | None, on: date) -> str:
    """Done in time, done late, undone, or still open on a day; `due_on` is the last day in time."""
    if done_on is not None and done_on <= on:
        return LATE if done_on > due_on else DONE
    return UNDONE if on > due_on else OPEN


@dataclass(frozen=True)
class TaskNumbers:
    """The four numbers that a rating takes; `open` tasks are not due yet and count in none of them."""

    total: int = 0
    undone: int = 0
    late: int = 0
    beyond: int = 0
    open: int = 0


def absence_months(rows: Iterable[tuple[date, bool]]) -> list[Month]:
    """Months from (day of a regular meeting, missed without accepted reason) of one member.

    A month is missed when the member missed all its meetings so; a month without a row is neutral (screening.md, 2.1).
    """
    found: dict[tuple[int, int], list[bool]] = {}
    for day, missed in rows:
        found.setdefault((day.year, day.month), []).append(missed)
    return [Month(year, month, all(missed)) for (year, month), missed in sorted(found.items())]


def fee_months(rows: Iterable[tuple[date, bool]]) -> list[Month]:
    """Months from (first day of the month, owed); a month without a row is neutral: the register is silent."""
    return [Month(day.year, day.month, owed) for day, owed in sorted(rows)]
