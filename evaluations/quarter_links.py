"""Whether a page of the ratings leads to the quarterly follow-up, and what it tells who may switch that on."""

from dataclasses import dataclass
from typing import Any

from cells.permissions import Permission
from evaluations.quarter_books import ENABLED, TOPIC, QuarterBooks


@dataclass(frozen=True)
class QuarterLink:
    """The board to which a page leads; `rule_set` instead where the person may switch the follow-up on."""

    body: Any
    year: int
    is_on: bool
    rule_set: int | None = None
    key: str = ENABLED
    article: str = ""


def quarter_link(user, year):
    """The link to the board of the first body for which a person acts; None where no quarter is followed there."""
    body = _own_body(user)
    return QuarterLink(body, year, True) if body and QuarterBooks(year).reaches(body) else None


def season_link(user, season, rules):
    """The same from a season that was read `with_quarters_chosen`, without a query; `rules` are its quarterly rules."""
    body = season.organisation if user.may(Permission.REPORTS_VIEW, season.organisation) else _own_body(user)
    if body is None:
        return None
    if season.quarters_below or season.quarters_nearest is True:
        return QuarterLink(body, season.year, True)
    rule_set = season.rule_sets.get(TOPIC)
    if rule_set and user.may(Permission.RULES_MANAGE, body):
        return QuarterLink(body, season.year, False, rule_set, article=rules.cite(ENABLED))
    return None


def _own_body(user):
    held = (role.organisation for role in user.roles_today if user.may(Permission.REPORTS_VIEW, role))
    return next(held, None)
