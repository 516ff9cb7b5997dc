"""The rows of the list of candidates: state, helper, how long the certificate is valid, the year of the plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from admissions.candidate_page import PILLS
from admissions.certificates import validities
from admissions.enums import SOURCE_STATES
from admissions.rulebook import AdmissionBook
from admissions.together_page import helpers_of


@dataclass(frozen=True)
class ListRow:
    """One candidate of the list; `is_expired` where the certificate is needed and holds no longer."""

    candidate: Any
    pill: tuple[str, str]
    helper: str
    valid_until: date | None
    is_expired: bool


def list_rows(people, today):
    """A page of candidates, read with two queries and the rule book whatever its length."""
    people = list(people)
    found = dict(validities(people, today, AdmissionBook())) if people else {}
    helpers = helpers_of(people) if people else {}
    return [_row(each, found.get(each.pk), helpers.get(each.pk, ""), today) for each in people]


def _row(candidate, valid, helper, today):
    return ListRow(
        candidate=candidate,
        pill=(PILLS.get(candidate.state, "waiting"), candidate.get_state_display()),
        helper=helper,
        valid_until=valid.last_day if valid else None,
        is_expired=bool(valid and not valid.holds_on(today) and candidate.state in SOURCE_STATES),
    )
