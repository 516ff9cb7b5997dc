"""Inspection and screening at the size of the committee: cases of its officer, plans of all cells, a whole round."""

from datetime import date, timedelta
from itertools import cycle

from cells.models import Organisation, User
from discipline import actions
from discipline.enums import Handler, Part, State
from discipline.models import (
    Case,
    CaseDecision,
    CaseReader,
    CaseViolation,
    PlannedInspection,
    StepTaken,
    SupervisionPlan,
)
from evaluations import actions as screening
from evaluations.actions.screening_rounds import RoundEntry
from members.models import Member

EVERY = 40  # one member in so many has a case: far more than any committee knows
STATES = (State.SIGNAL, State.TRIAGE, State.VERIFYING, State.CELL_MEETING, State.PROPOSED, State.IN_FORCE)
ITEMS = 6
BATCH = 1000


def fill_cases(root, today):
    """Answers the key of a case being verified that the inspection officer has opened today."""
    officer = User.objects.get(username="kiemtra")
    signal_on = today - timedelta(days=200)
    states = cycle(STATES)
    people = list(Member.objects.exclude(home=None).order_by("pk"))[::EVERY]
    cases = Case.objects.bulk_create(
        Case(
            organisation=root, handler=Handler.COMMISSION, member=member, cell_id=member.home_id, state=next(states),
            source="supervision", signal_on=signal_on, summary="Dấu hiệu vi phạm (mẫu)", recorded_by=officer,
        )
        for member in people
    )  # fmt: skip
    CaseReader.objects.bulk_create(
        CaseReader(case=case, user=officer, part=Part.OFFICER, named_by=officer, reason="Mở hồ sơ") for case in cases
    )
    StepTaken.objects.bulk_create(
        StepTaken(case=case, step="triage", to_state=case.state, on=signal_on, organisation=root, recorded_by=officer)
        for case in cases
    )
    CaseViolation.objects.bulk_create(
        CaseViolation(case=case, content="V04", description="Vi phạm (mẫu)", ended_on=signal_on, recorded_by=officer)
        for case in cases
    )
    CaseDecision.objects.bulk_create(
        CaseDecision(
            case=case, form="KT", subject="official", organisation=case.organisation, body="cell", number="1-QĐ",
            signed_on=signal_on + timedelta(90), announced_on=signal_on + timedelta(92), recorded_by=officer,
            in_force_on=signal_on + timedelta(92),
        )
        for case in cases
        if case.state == State.IN_FORCE
    )  # fmt: skip
    return _opened(next(case for case in cases if case.state == State.VERIFYING), officer)


def fill_plans(year):
    """A plan with inspections for every cell, half of them done."""
    cells = Organisation.objects.cells().open()
    SupervisionPlan.objects.bulk_create(
        (SupervisionPlan(organisation=cell, year=year, keeper="cell") for cell in cells), BATCH, ignore_conflicts=True
    )
    plans = SupervisionPlan.objects.filter(year=year, inspections=None)
    PlannedInspection.objects.bulk_create(
        (
            PlannedInspection(
                plan=plan, kind="thematic", theme="Nhiệm vụ được giao (mẫu)", planned_from=date(year, 2, 1),
                planned_to=date(year, 3, 1), done_on=date(year, 2, 20) if place % 2 else None,
            )
            for plan in plans
            for place in range(ITEMS)
        ),
        BATCH,
    )  # fmt: skip


def open_whole_round(root, today):
    """The key of a round of the whole committee, computed as the job would."""
    by = User.objects.get(username="canbo")
    cutoff = today.replace(day=1) - timedelta(days=1)
    one = screening.open_round(RoundEntry(cutoff.year, cutoff), organisation=root, by=by)
    screening.compute_round(one, today=today, by=by)
    return one.pk


def _opened(case, officer):
    actions.open_case(case, reason="Xử lý vụ việc (mẫu)", by=officer)
    return case.pk
