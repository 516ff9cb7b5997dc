"""One step of a person in screening: locked, moved by the workflow, kept with its evidence, and logged.

What only the own cell may know goes to the log under an area of its own (`screening.`), which others do not read.
"""

from dataclasses import dataclass, field

from cells.audit import record
from config.lib import steps
from config.lib.workflow import NotAllowed
from evaluations.models import ScreeningFlag, ScreeningRound, ScreeningStep, ScreeningSubject
from evaluations.workflow import SCREENING

GONE = "Mục này vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."
BEFORE_ROUND = "Ngày {on} trước năm {year} của đợt rà soát. Hãy kiểm tra lại ngày."
CLOSED = "Đợt rà soát này đã đóng. Hãy làm tiếp trong đợt đang mở."
BEFORE_READMISSION = "{member} được kết nạp lại sau việc này; hồ sơ cũ không làm tiếp. Hãy xem xét ở đợt rà soát mới."
FRAME = ("assisted_since", "assistance_due_on", "recognised_on")


@dataclass(frozen=True)
class Taken(steps.Taken):
    """How a step is kept, with what else there is to say."""

    data: dict = field(default_factory=dict)


def locked_round(one, *, closed_too=False):
    """The standing round, locked; NotAllowed when it was closed meanwhile, unless it may be."""
    found = steps.locked(ScreeningRound.objects.select_related("organisation"), one, GONE)
    if not found.is_open and not closed_too:
        raise NotAllowed(CLOSED)
    return found


def locked_subject(subject):
    """The standing subject, locked until the end of the transaction; NotAllowed when it was voided meanwhile."""
    return steps.locked(ScreeningSubject.objects.with_place(), subject, GONE)


def evidence_of(subject):
    """The standing flags of a person as JSON data, as a step keeps them."""
    rows = ScreeningFlag.objects.standing().filter(round=subject.round, member=subject.member).order_by("code")
    plain = ("code", "status", "reason", "article", "document")
    return [{**{name: getattr(row, name) for name in plain}, "found_on": str(row.found_on)} for row in rows]


def take(subject, step, taken, *, by, to=None):
    """Move a locked subject by a step, to another of its targets where `to` says so; keep and log it.

    A step is not taken before the one that led to where the person is (NotAllowed).
    """
    before = subject.state
    SCREENING.refuse_closed(subject, step)
    refuse_before_round(subject.round, taken.on)
    if subject.pk and not subject._state.adding:
        refuse_before_last(subject, taken.on)
        refuse_before_readmission(subject)
    SCREENING.move(subject, step, to)
    subject.revision += 1
    kept = {name: str(value) if (value := taken.data.get(f"_{name}")) else None for name in FRAME}
    subject.save()
    data = {name: value for name, value in taken.data.items() if not name.startswith("_")} | {"before": kept}
    row = ScreeningStep.objects.create(
        subject=subject, step=step, from_state=before, to_state=subject.state, on=taken.on,
        organisation=taken.organisation, document=taken.document, note=taken.note, data=data,
        evidence=evidence_of(subject), recorded_by=by,
    )  # fmt: skip
    said = {"on": f"{taken.on:%d/%m/%Y}", "document": taken.document, "to": subject.get_state_display()}
    record(f"{area(subject)}.{step}", subject, by=by, organisation=subject.organisation, data=said)
    return row


def area(subject):
    """Under which area of the log an act about a person stands."""
    return "screening" if subject.is_own_matter else "evaluations"


def frame_of(subject):
    """The days of assistance as they stand, for a step that changes them: taking it back restores them."""
    return {f"_{name}": getattr(subject, name) for name in FRAME}


def refuse_before_round(one, on):
    """NotAllowed for a day before the year of the round: nobody speaks of its figures then."""
    if on.year < one.year:
        raise NotAllowed(BEFORE_ROUND.format(on=f"{on:%d/%m/%Y}", year=one.year))


def refuse_before_readmission(subject):
    """NotAllowed for a matter from before the member was admitted again: its months of assistance count no more."""
    if not ScreeningSubject.objects.since_readmission().filter(pk=subject.pk).exists():
        raise NotAllowed(BEFORE_READMISSION.format(member=subject.member))


def refuse_before_last(subject, on):
    """NotAllowed for a day before the last step of a person."""
    last = steps.last_step(ScreeningStep.objects.filter(subject=subject))
    if last:
        steps.refuse_earlier(on, SCREENING.steps[last.step].label, last.on)
