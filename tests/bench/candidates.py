"""Three people on the way to the Party in every cell, written at once: more than a committee of that size helps."""

from datetime import date
from itertools import cycle

from admissions.enums import State
from admissions.models import Candidate, ClassCertificate, Profile, StepTaken
from cells.models import Organisation

A_CELL = 3
LISTED_ON = date(2026, 1, 5)
STATES = (State.LISTED, State.SYMPATHISER, State.CLASS_DONE, State.CLEARED, State.VERIFYING, State.COMPLETE)


def fill_candidates():
    """Answers the key of a candidate whose dossier is complete, in the cell of the demo's secretary if it has one."""
    cells = list(Organisation.objects.cells().open().order_by("pk"))
    states = cycle(STATES)
    people = Candidate.objects.bulk_create(
        Candidate(
            organisation=cell, state=next(states), full_name=f"Trần Thị Mẫu {place}", born_on=date(1996, 5, 1),
            search_key=f"tran thi mau {place}", sort_key=f"mau tran thi {place}", listed_on=LISTED_ON,
        )
        for cell in cells
        for place in range(A_CELL)
    )  # fmt: skip
    Profile.objects.bulk_create(Profile(candidate=person) for person in people)
    StepTaken.objects.bulk_create(
        StepTaken(
            candidate=person, step="list_candidate", to_state=person.state, on=LISTED_ON,
            organisation=person.organisation,
        )
        for person in people
    )  # fmt: skip
    ClassCertificate.objects.bulk_create(
        ClassCertificate(candidate=person, kind="awareness", issued_on=LISTED_ON)
        for person in people
        if person.state in STATES[2:]
    )
    return next(person.pk for person in people if person.state == State.COMPLETE)
