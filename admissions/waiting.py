"""Whose turn it is, as conditions of the database: what waits for the cells and for the bodies of a person.

A body's turn follows the tree: the base committee above the cell (a section between them appraises), then the body
above it; before the decider waits what the decider itself has taken.
"""

from django.db.models import Exists, OuterRef, Q, Subquery

from admissions.enums import State, VerificationResult
from admissions.models import Candidate, StepTaken, VerificationItem
from cells.models import Organisation
from cells.permissions import Permission as P

PART, BASES = "part", ("base_party", "sub_base", "forces")
FOR_CELL = (State.CLEARED, State.SEALED, State.CERTIFIED, State.COMPLETE, State.APPROVED, State.RECOGNITION_DUE)
FOR_BASE = (State.CLASS_DONE, State.APPLYING)
VOTED_BY_CELL = (
    State.CELL_ADOPTED, State.CELL_NOT_ADOPTED, State.REC_CELL_ADOPTED, State.REC_CELL_NOT_ADOPTED,
)  # fmt: skip
AFTER_SECTION = (State.APPRAISED, State.REC_APPRAISED, State.REM_CELL_ADOPTED, State.REM_CELL_NOT_ADOPTED)
FOR_ABOVE = (
    State.BASE_ADOPTED, State.BASE_NOT_ADOPTED, State.REC_BASE_ADOPTED, State.REC_BASE_NOT_ADOPTED,
    State.REM_BASE_ADOPTED, State.REM_BASE_NOT_ADOPTED, State.ESCALATED,
)  # fmt: skip
WITH_DECIDER = (State.UNDER_DECISION, State.REC_UNDER_DECISION, State.REFUSED)

ANY = (State.VERIFYING, *FOR_CELL, *FOR_BASE, *VOTED_BY_CELL, *AFTER_SECTION, *FOR_ABOVE, *WITH_DECIDER)


def for_cells(user):
    """A condition: a cell for which `user` files acts next."""
    own = Organisation.objects.visible_to(user, P.ADMISSIONS_FILE).values("id")
    cell = Q(member__isnull=True, organisation__in=own) | Q(member__isnull=False, member__home__in=own)
    return cell & (Q(state__in=FOR_CELL) | Q(state=State.VERIFYING) & ~_answered())


def for_bodies(user):
    """A condition on rows `with_last_body`: a body of `user` acts next."""
    mine = user.bodies_with(P.ADMISSIONS_DECIDE)
    at_cell = Q(member__isnull=True) & _at("organisation", mine)
    at_home = Q(member__isnull=False) & _at("member__home", mine)
    return at_cell | at_home | Q(state__in=WITH_DECIDER, last_body__in=mine)


def with_last_body(rows):
    """Candidates with the body that took their last step."""
    last = StepTaken.objects.standing().filter(candidate=OuterRef("pk")).order_by("-on", "-id")
    return rows.annotate(last_body=Subquery(last.values("organisation")[:1]))


def waiting_for(user):
    """Candidates on whom `user` acts next, by the right to file or to decide."""
    rows = with_last_body(Candidate.objects.standing().filter(state__in=ANY))
    return rows.filter(for_cells(user) | for_bodies(user))


def _at(place, mine):
    """The turns of a base, of a section and of the body above, as seen from the cell at `place`."""
    above, over = f"{place}__parent", f"{place}__parent__parent"
    in_section = Q(**{f"{above}__kind": PART})
    near = ~in_section & Q(**{f"{above}__in": mine}) | in_section & Q(**{f"{over}__in": mine})
    section = in_section & Q(**{f"{above}__in": mine})
    based = Q(**{f"{above}__kind__in": BASES})
    deep = in_section & Q(**{f"{over}__kind__in": BASES})
    decider = (
        based & Q(**{f"{over}__in": mine})
        | deep & Q(**{f"{over}__parent__in": mine})
        | ~based & ~in_section & Q(**{f"{above}__in": mine})
    )
    return (
        Q(state__in=FOR_BASE) & near
        | Q(state=State.VERIFYING) & _answered() & near
        | Q(state__in=VOTED_BY_CELL) & (section | ~in_section & near)
        | Q(state__in=AFTER_SECTION) & near
        | Q(state__in=FOR_ABOVE) & decider
    )


def _answered():
    """Every question that was asked in verification is settled, and some were."""
    items = VerificationItem.objects.standing().filter(candidate=OuterRef("pk"))
    return Exists(items) & ~Exists(items.filter(result=VerificationResult.OPEN))
