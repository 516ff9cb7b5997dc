"""The two clocks of the regulations: working days with the Vietnamese holiday table, and calendar months."""

import tomllib
from calendar import SATURDAY, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HOLIDAYS = Path(__file__).with_name("holidays.toml")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday without the days `off`, with the weekend days `working` in their place; `years` have a table."""

    off: frozenset[date]
    working: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.working or (day.weekday() < SATURDAY and day not in self.off)

    def covers(self, first: date, last: date) -> bool:
        """Whether every year of the span has its holiday table; outside of it only weekends are known."""
        return self.years.issuperset(range(first.year, last.year + 1))


def read_calendar(tables: Mapping) -> WorkingCalendar:
    """Calendar of a table per year with `off` and `working` (the form of `holidays.toml`)."""
    return WorkingCalendar(
        off=frozenset(day for table in tables.values() for day in table["off"]),
        working=frozenset(day for table in tables.values() for day in table.get("working", [])),
        years=frozenset(map(int, tables)),
    )


@cache
def vietnam() -> WorkingCalendar:
    """The shipped calendar: public holidays by the Labour Code, no swapped days."""
    return read_calendar(tomllib.loads(HOLIDAYS.read_text(encoding="utf-8")))


def add_working_days(day: date, count: int, *, calendar: WorkingCalendar | None = None) -> date:
    """Due day of a limit of `count` working days: day 1 is the first working day after `day`, zero is `day` itself."""
    if count < 0:
        raise ValueError("a limit in working days cannot be negative")
    known = calendar or vietnam()
    due = day
    while count:
        due += ONE_DAY
        count -= known.is_working(due)
    return due


def working_days_between(first: date, last: date, *, calendar: WorkingCalendar | None = None) -> int:
    """Working days after `first` up to and with `last`, the inverse of `add_working_days`; negative if back."""
    if last < first:
        return -working_days_between(last, first, calendar=calendar)
    known = calendar or vietnam()
    return sum(known.is_working(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


def add_months(day: date, count: int) -> date:
    """The same day `count` months later (or earlier), else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_months(start: date, on: date) -> int:
    """Months completed on `on`: the largest n with `add_months(start, n) <= on`."""
    months = calendar_months(start, on)
    return months if add_months(start, months) <= on else months - 1


def calendar_months(start: date, on: date) -> int:
    """12 times the difference of the years plus that of the months, the day ignored (tính theo tháng)."""
    return 12 * (on.year - start.year) + on.month - start.month
