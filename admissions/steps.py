"""One step of a candidate: locked, moved by the workflow, kept with its check and rule sets, and logged."""

from dataclasses import dataclass, field

from admissions.models import Candidate, StepTaken
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib import steps
from config.lib.workflow import NotAllowed

GONE = "Người này vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."


@dataclass(frozen=True)
class Taken(steps.Taken):
    """How a step is kept, with the check and the rule sets as they stood."""

    findings: list = field(default_factory=list)
    rules: dict = field(default_factory=dict)


def locked(candidate):
    """The standing candidate, locked until the end of the transaction; NotAllowed when it was voided meanwhile."""
    return steps.locked(Candidate.objects.with_place(), candidate, GONE)


def take(candidate, step, taken, *, by, to=None, data=None):
    """Move a locked candidate by a step, to another of its targets where `to` says so; keep and log it.

    A step is not taken before the one that led to where the candidate is (NotAllowed).
    """
    before = candidate.state
    ADMISSION.refuse_closed(candidate, step)
    refuse_before_last(candidate, taken.on)
    ADMISSION.move(candidate, step, to)
    candidate.revision += 1
    candidate.save(update_fields=["state", "revision", "member"])
    row = StepTaken.objects.create(
        candidate=candidate, step=step, from_state=before, to_state=candidate.state, on=taken.on,
        organisation=taken.organisation, document=taken.document, note=taken.note, findings=taken.findings,
        rules=taken.rules, recorded_by=by,
    )  # fmt: skip
    said = {"on": f"{taken.on:%d/%m/%Y}", "document": taken.document, "body": taken.organisation.name, **(data or {})}
    record(f"admissions.{step}", candidate, by=by, data=said)
    return row


def refuse_before_last(candidate, on):
    """NotAllowed for a day before the last step of a candidate."""
    last = steps.last_step(StepTaken.objects.filter(candidate=candidate))
    if last and last.step in ADMISSION.steps:
        steps.refuse_earlier(on, ADMISSION.steps[last.step].label, last.on)
    elif last and on < last.on:
        words = f"Ngày {on:%d/%m/%Y} trước lần ghi gần nhất, ngày {last.on:%d/%m/%Y}. Hãy kiểm tra lại ngày."
        raise NotAllowed(words)
