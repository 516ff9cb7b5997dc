"""What is done about discipline once a day: what lapses by itself has lapsed, the rest waits for people."""

from discipline.actions.decisions import lapse
from discipline.actions.proposals import ActEntry
from discipline.decided import current_decision, lapse_of
from discipline.enums import State
from discipline.models import Case, StepTaken

LAPSE_SANCTIONS = "discipline.lapse_sanctions"  # kind of job


def lapse_sanctions(*, on, by):
    """End the effect of every discipline whose months are over by `on` and that nothing stands against; how many."""
    ended = 0
    for case in Case.objects.standing().filter(state=State.IN_FORCE).order_by("pk"):
        decision = current_decision(case)
        if decision is None or decision.lapses_on is None or decision.lapses_on > on:
            continue
        decision.case = case
        ends = lapse_of(decision)
        if ends.lapses_on is None or ends.to_confirm or ends.lapses_on > on:
            continue
        last = StepTaken.objects.standing().filter(case=case).order_by("on").values_list("on", flat=True).last()
        lapse(case, ActEntry(on=max(ends.lapses_on, last or ends.lapses_on)), by=by)
        ended += 1
    return ended
