"""Many sheets at once brought to the body that decides, as if every cell had filled, sent and been looked at.

The largest demo has four thousand cells; played one by one they take half an hour.
"""

from collections import defaultdict
from types import SimpleNamespace

from django.utils import timezone

from cells.models import Ballot
from evaluations.enums import Outcome, SheetState
from evaluations.models import RatingSheet, Review
from evaluations.sheet_page import COUNTS

CHUNK = 200
SHEET_FIELDS = ["state", "station", "holder", "held_on", "members_total", "vote_base", "ballot", "sent_at", *COUNTS]


def bring_to_decision(sheets, held_on, fill_row, levels, fields):
    """Fill every sheet by `fill_row(row, level, count)` and hand it to its last station; the same sheets, saved."""
    for start in range(0, len(sheets), CHUNK):
        chunk = sheets[start : start + CHUNK]
        reviews = _reviews_of(chunk)
        for sheet in chunk:
            due = [review for review in reviews[sheet.pk] if review.outcome == Outcome.RATE]
            for review, level in zip(due, levels(len(due)), strict=True):
                fill_row(SimpleNamespace(review=review, in_base=True), level, len(due))
            _hand_over(sheet, held_on, people=len(reviews[sheet.pk]), voters=len(due))
        _upsert(Review, [review for some in reviews.values() for review in some], fields)
        _add_ballots(chunk)
        _upsert(RatingSheet, chunk, SHEET_FIELDS)
    return sheets


def _reviews_of(sheets):
    found = defaultdict(list)
    for review in Review.objects.filter(sheet__in=sheets).order_by("pk"):
        found[review.sheet_id].append(review)
    return found


def _hand_over(sheet, held_on, *, people, voters):
    sheet.held_on, sheet.sent_at = held_on, timezone.now()
    sheet.members_total, sheet.vote_base = people, voters
    for name in COUNTS:
        setattr(sheet, name, 0 if name == "invalid" else voters)
    sheet.station, sheet.holder_id, sheet.state = len(sheet.chain) - 1, sheet.decider_id, SheetState.OPENED


def _add_ballots(sheets):
    ballots = [
        Ballot(
            organisation_id=sheet.organisation_id,
            held_on=sheet.held_on,
            entitled=sheet.vote_base,
            **{name: getattr(sheet, name) for name in COUNTS},
        )
        for sheet in sheets
    ]
    for sheet, ballot in zip(sheets, Ballot.objects.bulk_create(ballots), strict=True):
        sheet.ballot = ballot


def _upsert(model, rows, fields):
    model.objects.bulk_create(rows, 1000, update_conflicts=True, update_fields=fields, unique_fields=["id"])
