"""A committee that follows quarters, and rows of a quarter as a page would post them."""

from datetime import date

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from evaluations import actions
from evaluations.actions.quarters import QuarterEdit, QuarterEntry
from evaluations.quarters import read_unit
from evaluations.rules.quarterly import Quarter
from members.models import Post

YEAR = 2026
TODAY = date(2026, 11, 20)
SINCE = date(2025, 1, 1)
Q1, Q2, Q3 = (Quarter(YEAR, number) for number in (1, 2, 3))


def quarters_on(organisation, since=SINCE):
    """The choice that switches the follow-up on."""
    return Choice(organisation, "quarterly_enabled", True, "theo dõi cán bộ", "8-QĐ/ĐU", since)


def choose(organisation, key, value, *, by, since=SINCE, year=YEAR):
    choice = Choice(organisation, key, value, "theo dõi cán bộ", "8-QĐ/ĐU", since)
    return add_override(RuleSet.objects.for_season("quarterly", year), choice, by=by)


def switch_on(organisation, *, by, since=SINCE):
    return choose(organisation, "quarterly_enabled", True, by=by, since=since)


def heading(member, organisation, title="secretary", since=SINCE, until=None):
    return Post.objects.create(member=member, organisation=organisation, title=title, started_on=since, ended_on=until)


def unit_of(cell, quarter=Q3):
    return read_unit(cell, quarter.year, quarter.number)


def row_of(cell, member, quarter=Q3):
    """The row of a member, or of the collective (None)."""
    unit = unit_of(cell, quarter)
    return next(row for row in unit.rows if row.member == member)


def edit(row, **values):
    """What somebody types over a row as it stands."""
    points = {f"p-{name}": value for name, value in values.pop("points", {}).items()}
    return QuarterEdit({**row.values, **values, **points}, row.seen)


def entry(quarter, rows, **changes):
    return QuarterEntry(quarter, rows, TODAY, **changes)


def write(cell, member, *, by, quarter=Q3, **values):
    """Own level, points, a reason of one member."""
    row = row_of(cell, member, quarter)
    return actions.save_quarter(cell, entry=entry(quarter, {row.key: edit(row, **values)}), by=by)


def decide(cell, member, level, *, by, quarter=Q3, body=None, **values):
    """A decided level of one member, by the body above the cell."""
    row = row_of(cell, member, quarter)
    decision = {"body": body or cell.parent, "number": "12-TB/ĐU", "decided_on": date(2026, 10, 8)}
    rows = {row.key: edit(row, decided_level=level, **values)}
    return actions.save_quarter(cell, entry=entry(quarter, rows, **decision), by=by)
