"""A small season for the tests: people in the standard tree, a cell's sheet filled in as a secretary would."""

from datetime import date
from decimal import Decimal

from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.raised_points import RaisedPointEntry
from evaluations.actions.reratings import ReRatingEntry
from evaluations.actions.seasons import SeasonEntry
from evaluations.models import RatingSheet
from evaluations.season_rules import find_rules
from tests.factories import MemberFactory

YEAR = 2025
REFERENCE = date(2025, 12, 31)
MEETING = date(2025, 12, 5)
DECIDED = date(2025, 12, 18)
ANEW = date(2026, 1, 9)


def people(cell, count, **fields):
    return [MemberFactory(home=cell, **fields) for _ in range(count)]


def open_season(tree, by, year=YEAR, **settings):
    entry = SeasonEntry(year, date(year, 12, 31), date(year, 12, 10), date(year, 12, 20), **settings)
    return actions.open_season(entry, organisation=tree.root, by=by)


def of_year(season, year):
    """The season with the rules of another year, as if it had been opened then."""
    frozen = find_rules(season.organisation, year, date(year, 12, 31))
    season.rule_code, season.rule_sets, season.choices, season.year = frozen.code, frozen.rule_sets, {}, year
    season.save()


def sheet_of(season, cell):
    return RatingSheet.objects.for_page().get(season=season, organisation=cell)


def head(size):
    counts = dict.fromkeys(("present", "issued", "collected", "valid"), size)
    return Edit(1, {"held_on": MEETING, "invalid": 0, **counts})


WORK = {  # points, tasks: total, undone, late, beyond – what the rules of 2025 ask of a level
    "HTXSNV": ("92.5", 10, 0, 0, 4),
    "HTTNV": ("81", 10, 0, 0, 1),
    "HTNV": ("62", 10, 0, 2, 0),
    "KHTNV": ("42", 10, 6, 0, 0),
}
NUMBERS = ("tasks_total", "tasks_undone", "tasks_late", "tasks_beyond")


def done(level):
    """Points and tasks of somebody whom the rules of 2025 suggest for a level."""
    points, *tasks = WORK[level]
    return {"points": Decimal(points), **dict(zip(NUMBERS, tasks, strict=True))}


def row(level, size):
    """All but the member's own ballot for one level, with the points and tasks that it asks for."""
    votes = {f"votes_{level}": size - 1, "blanks": 1}
    return Edit(1, {"own_level": level, **done(level), **votes, "proposed_level": level})


def fill(sheet, by, levels):
    """Rate the members of a sheet in list order; everybody voted, nobody for himself."""
    reviews = [review for review in sheet.reviews.all() if review.is_due]
    rows = {review.pk: row(level, len(reviews)) for review, level in zip(reviews, levels, strict=True)}
    conflicts = actions.save_draft(sheet, head=head(len(reviews)), rows=rows, by=by)
    assert conflicts == []


def sent(season, cell, by, levels):
    """The sheet of a cell, filled in and sent."""
    sheet = sheet_of(season, cell)
    fill(sheet, by, levels)
    actions.send(sheet, by=by)
    return sheet_of(season, cell)


def anew(review, body, **changes):
    """The decision of form 03 on a result that is fresh in hand."""
    values = {"number": "9-QĐ/ĐU", "decided_on": ANEW, "level": "HTNV", "reason": "Kê khai chưa đúng"}
    return ReRatingEntry(**{"organisation": body, "version": review.version, **values, **changes})


def complained(review, *, by):
    return actions.receive_complaint(review, received_on=date(2026, 1, 6), summary="Đề nghị xem lại", by=by)


def point_raised(sheet, body, *, by, review=None):
    """A point of a body above, to the cell or to one of its members."""
    entry = RaisedPointEntry(body, date(2025, 11, 3), "Làm rõ việc thu đảng phí quý III", review)
    return actions.raise_point(sheet, entry=entry, by=by)
