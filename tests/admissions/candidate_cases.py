"""Candidates for the tests, as a cell would enter them."""

from datetime import date
from itertools import count

from admissions.actions.lists import ListEntry, list_candidate
from admissions.models import Candidate

LISTED_ON = date(2025, 8, 5)
SERIAL = count(1000)


def listed(cell, *, by, on=LISTED_ON, profile=None, **columns):
    """Somebody on the list of a cell, whose name sorts in the order of making."""
    values = {"full_name": f"Trần Văn Số {next(SERIAL)}", "born_on": date(1995, 3, 5), "sex": "male", **columns}
    return list_candidate(ListEntry(values, on, profile=profile), organisation=cell, by=by)


def in_state(cell, state, *, by, member=None, **columns):
    """A candidate put into a state without the steps that lead there: for tests of the step that comes next."""
    candidate = listed(cell, by=by, **columns)
    Candidate.objects.filter(pk=candidate.pk).update(state=state, member=member)
    candidate.refresh_from_db()
    return candidate
