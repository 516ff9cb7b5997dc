"""Admissions written out for the tests of figures: the frozen row, its member and his candidacy."""

from datetime import date

from admissions.enums import State
from admissions.models import Admitted
from members.enums import StartReason
from members.models import Membership
from tests.admissions.candidate_cases import in_state
from tests.factories import MemberFactory

HELD = date(2026, 3, 3)
PLAIN = {
    "sex": "male", "born_on": date(1995, 3, 5), "ethnic": "kinh", "religion": "none", "occupation": "farmer",
    "schooling": "upper_secondary", "degree": "none", "academic_title": "none", "found_by": "cell",
}  # fmt: skip


def admitted(cell, *, by, held_on=HELD, base=None, **values):
    """Somebody admitted in a cell on a day, on the roll since, frozen with `values`."""
    person = MemberFactory(home=cell, admitted_on=held_on, decided_on=held_on, official_on=None, since=held_on)
    Membership.objects.filter(member=person).update(start_reason=StartReason.ADMITTED)
    candidate = in_state(cell, State.PROBATION, by=by, member=person, full_name=person.full_name)
    return Admitted.objects.create(
        candidate=candidate, member=person, organisation=cell, base=base, decided_on=held_on, held_on=held_on,
        **PLAIN | values,
    )  # fmt: skip
