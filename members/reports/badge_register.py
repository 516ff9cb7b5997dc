"""The register of badges awarded, of a year by the day of the decision or of one round: on screen, and as a listing."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from cells.models import Organisation
from cells.tree_history import read_history
from members.badge_rules import BadgeBook
from members.reports.register_honours import BadgeLine, badge_lines, what_badges_lack
from members.reports.registers import KINDS, Places, Register

NAME = "badges"
ROUNDS = {"1": "thứ nhất", "2": "thứ hai", "3": "thứ ba", "4": "thứ tư"}


@dataclass(frozen=True)
class BadgeRegister:
    """The lines of a body and of everything below it in a year, or in the round of a day."""

    organisation: Organisation
    body: str  # the organisation by its name of the day
    year: int
    on: date
    lines: tuple[BadgeLine, ...]
    round_on: date | None = None

    @property
    def lack(self):
        """What is still to be recorded, counted."""
        return what_badges_lack([line.cells for line in self.lines])

    @property
    def listing(self):
        """The same lines as they print."""
        rows = tuple(line.cells for line in self.lines)
        return Register(NAME, self.organisation, self.body, self.year, self.on, rows, self.round_on)


def read_badges(organisation, *, year, on, round_on=None):
    """Badges decided by `on`, of a round whatever the year of the decision; homes are those of the year."""
    last = min(on, date(year, 12, 31))
    places = Places(read_history(), organisation, last)
    if round_on:
        which = {"round_on": round_on, "decided_on__lte": on}
    else:
        which = {"decided_on__range": (date(year, 1, 1), last)}
    lines = badge_lines(places, **which)
    return BadgeRegister(organisation, places.name(organisation.pk), year, on, tuple(lines), round_on)


def round_day(place, rules, year):
    """The day of the round of that place in a year; None where the rules know no such round."""
    month_day = getattr(rules, f"badge_round_{place}")
    return month_day.on(year) if month_day else None


def collect_round(place, organisation, *, year, on=None):
    """The listing of the round of that place in the year; without such a round it has no lines."""
    end = date(year, 12, 31)
    day = round_day(place, BadgeBook().badge(organisation, end), year) or end
    return read_badges(organisation, year=year, on=on or end, round_on=day).listing


TITLE = KINDS[NAME].title
COLLECT = {place: partial(collect_round, place) for place in ROUNDS}
