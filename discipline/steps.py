"""One step of a case: locked, moved by the workflow, kept with its rule sets, and told to the case's own journal."""

from dataclasses import dataclass, field

from config.lib import steps
from discipline.enums import State
from discipline.journal import record
from discipline.models import Case, StepTaken
from discipline.workflow import CASE, label_of

GONE = "Hồ sơ vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."


@dataclass(frozen=True)
class Taken(steps.Taken):
    """How a step is kept, with what else there is to say and the rule sets."""

    data: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)


def locked(case):
    """The standing case, locked until the end of the transaction; NotAllowed when it was voided meanwhile."""
    return steps.locked(Case.objects.with_subject(), case, GONE)


def take(case, step, taken, *, by, to=None):
    """Move a locked case by a step, to another of its targets where `to` says so; keep it and tell the journal.

    A step is not taken before the one that led to where the case is (NotAllowed).
    """
    before = case.state
    CASE.refuse_closed(case, step)
    refuse_before_last(case, taken.on)
    CASE.move(case, step, to)
    case.postponed_from = before if case.state == State.POSTPONED else ""
    case.revision += 1
    case.save(update_fields=["state", "postponed_from", "revision"])
    row = _keep(case, step, taken, before, by)
    said = {"on": f"{taken.on:%d/%m/%Y}", "document": taken.document, "to": case.get_state_display()}
    record(step, case, by=by, data=said)
    return row


def keep_beside(case, act, taken, *, by):
    """Keep among the steps of a locked case an act that moves nothing; not before the last step (NotAllowed)."""
    refuse_before_last(case, taken.on)
    return _keep(case, act, taken, case.state, by)


def _keep(case, step, taken, before, by):
    return StepTaken.objects.create(
        case=case, step=step, from_state=before, to_state=case.state, on=taken.on, organisation=taken.organisation,
        document=taken.document, note=taken.note, data=taken.data, rules=taken.rules, recorded_by=by,
    )  # fmt: skip


def refuse_before_last(case, on):
    """NotAllowed for a day before the last step of a case, and before its signal."""
    if last := steps.last_step(StepTaken.objects.filter(case=case)):
        steps.refuse_earlier(on, label_of(last.step), last.on)
    steps.refuse_earlier(on, "Tiếp nhận", case.signal_on)
