"""One step of a case: locked, moved by the workflow, kept with its rule sets, and told to the case's own journal."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.lib.workflow import NotAllowed
from discipline.enums import State
from discipline.journal import record
from discipline.models import Case, StepTaken
from discipline.workflow import CASE, label_of

GONE = "Hồ sơ vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."
EARLIER = "Ngày {on} trước bước “{step}” ngày {last}. Hãy kiểm tra lại ngày."


@dataclass(frozen=True)
class Taken:
    """How a step is kept: its own day, the body that acts, its document, what else there is to say, the rule sets."""

    on: date
    organisation: Any
    document: str = ""
    note: str = ""
    data: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)


def locked(case):
    """The standing case, locked until the end of the transaction; NotAllowed when it was voided meanwhile."""
    found = Case.objects.standing().select_for_update(of=("self",)).with_subject().filter(pk=case.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    return found


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
    row = StepTaken.objects.create(
        case=case, step=step, from_state=before, to_state=case.state, on=taken.on, organisation=taken.organisation,
        document=taken.document, note=taken.note, data=taken.data, rules=taken.rules, recorded_by=by,
    )  # fmt: skip
    said = {"on": f"{taken.on:%d/%m/%Y}", "document": taken.document, "to": case.get_state_display()}
    record(step, case, by=by, data=said)
    return row


def keep_beside(case, act, taken, *, by):
    """Keep among the steps of a locked case an act that moves nothing; not before the last step (NotAllowed)."""
    refuse_before_last(case, taken.on)
    return StepTaken.objects.create(
        case=case, step=act, from_state=case.state, to_state=case.state, on=taken.on, organisation=taken.organisation,
        document=taken.document, note=taken.note, data=taken.data, rules=taken.rules, recorded_by=by,
    )  # fmt: skip


def refuse_before_last(case, on):
    """NotAllowed for a day before the last step of a case, and before its signal."""
    last = StepTaken.objects.standing().filter(case=case).order_by("on", "id").last()
    if last and on < last.on:
        raise NotAllowed(EARLIER.format(on=f"{on:%d/%m/%Y}", step=label_of(last.step), last=f"{last.on:%d/%m/%Y}"))
    if on < case.signal_on:
        raise NotAllowed(EARLIER.format(on=f"{on:%d/%m/%Y}", step="Tiếp nhận", last=f"{case.signal_on:%d/%m/%Y}"))
