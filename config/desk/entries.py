"""One line of the desk, and the words of its deadline."""

from dataclasses import dataclass
from datetime import date

SOON_DAYS = 7


@dataclass(frozen=True)
class Entry:
    """One thing that waits: what it is, why it is here, until when, and where one goes for it."""

    title: str
    reason: str = ""
    url: str = ""
    verb: str = ""
    due_on: date | None = None
    pill: tuple[str, str] | None = None
    first: bool = False  # before everything that has a date: a returned sheet
    count: int = 1


def in_order(entries):
    """Returned things first, then by deadline; what has none comes last."""
    return sorted(entries, key=lambda entry: (not entry.first, entry.due_on or date.max))


def deadline(due_on, today):
    """The pill of a deadline: its shape and its word; None without one."""
    if due_on is None:
        return None
    left = (due_on - today).days
    if left < 0:
        return "error", f"quá hạn {-left} ngày"
    if left == 0:
        return "warn", "hạn hôm nay"
    return ("warn" if left <= SOON_DAYS else "neutral"), f"hạn {due_on:%d/%m/%Y}"


def named(names, total, noun):
    """The first names and how many more there are: "A, B và 7 chi bộ khác"."""
    more = total - len(names)
    return ", ".join(names) + (f" và {more} {noun} khác" if more else "")
