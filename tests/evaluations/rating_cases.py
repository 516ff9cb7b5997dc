"""A small season for the tests: people in the standard tree, a cell's sheet filled in as a secretary would."""

from datetime import date

from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.raised_points import RaisedPointEntry
from evaluations.actions.reratings import ReRatingEntry
from evaluations.actions.seasons import SeasonEntry
from evaluations.models import RatingSheet
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


def sheet_of(season, cell):
    return RatingSheet.objects.for_page().get(season=season, organisation=cell)


def head(size):
    counts = dict.fromkeys(("present", "issued", "collected", "valid"), size)
    return Edit(1, {"held_on": MEETING, "invalid": 0, **counts})


def row(level, size):
    """All but the member's own ballot for one level."""
    return Edit(1, {"own_level": level, f"votes_{level}": size - 1, "blanks": 1, "proposed_level": level})


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
