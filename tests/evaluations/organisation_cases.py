"""Ratings of organisations for the tests: form 01 filled in as a secretary would, sent, decided."""

from datetime import date
from decimal import Decimal

from evaluations import actions
from evaluations.actions.organisation_decisions import OrganisationDecisionEntry, Verdict
from evaluations.models import OrganisationReview

HELD = date(2025, 12, 15)
DECIDED_ON = date(2025, 12, 22)
WHOLE = {
    "held_on": HELD,
    "texts": {"principles": "Giữ nguyên tắc tập trung dân chủ.", "directions": "Nâng chất lượng sinh hoạt."},
    "general_points": Decimal("25.0"),
    "results_points": Decimal("55.0"),
    "tasks_total": 10,
    "tasks_undone": 0,
    "tasks_late": 0,
    "tasks_beyond": 1,
    "faults_remedied": None,
    "undisciplined": True,
    "own_level": "HTTNV",
}
BEST = {"general_points": Decimal("28.0"), "results_points": Decimal("66.0"), "tasks_beyond": 4, "own_level": "HTXSNV"}


def rating_of(season, organisation):
    return OrganisationReview.objects.for_page().get(season=season, organisation=organisation)


def filled(season, organisation, by, **changes):
    review = rating_of(season, organisation)
    return actions.fill_organisation(review, version=review.version, values=WHOLE | changes, by=by)


def sent_up(season, organisation, by, **changes):
    return actions.send_organisation(filled(season, organisation, by, **changes), by=by)


def verdicts(reviews, **lines):
    """The own level of each review, or what `lines` say by name of the level."""
    return {review.pk: Verdict(review.own_level, **lines) for review in reviews}


def decision(body, reviews, **changes):
    values = {"number": "8-QĐ/ĐU", "decided_on": DECIDED_ON, "verdicts": verdicts(reviews)}
    return OrganisationDecisionEntry(**{"organisation": body, **values, **changes})


def decided_by(body, reviews, by, **changes):
    return actions.decide_organisations(reviews, entry=decision(body, reviews, **changes), by=by)
