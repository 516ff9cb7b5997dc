"""What the first page of a candidate says."""

from dataclasses import dataclass
from datetime import date

from admissions.enums import State
from admissions.models import StepTaken
from admissions.workflow import ADMISSION

LISTING = "Đưa vào danh sách"
PILLS = {
    State.OFFICIAL: "success",
    State.PROBATION: "success",
    State.APPROVED: "success",
    State.DROPPED: "neutral",
    State.WITHDRAWN: "neutral",
    State.REFUSED: "error",
    State.STRUCK_OFF: "error",
    State.CANCELLED: "error",
    State.CELL_NOT_ADOPTED: "warn",
    State.BASE_NOT_ADOPTED: "warn",
    State.REC_CELL_NOT_ADOPTED: "warn",
    State.REC_BASE_NOT_ADOPTED: "warn",
    State.REM_CELL_NOT_ADOPTED: "warn",
    State.ESCALATED: "warn",
}


@dataclass(frozen=True)
class Event:
    """A step in the words of a timeline."""

    title: str
    on: date
    text: str
    actor: str
    icon: str = "circle-fill"
    precision: str = "day"
    voided: bool = False


@dataclass(frozen=True)
class CandidatePage:
    """State with its shape, the place, and the steps taken, the latest first."""

    pill: tuple[str, str]
    place: str
    events: tuple[Event, ...]
    may_void: bool = False


def read_candidate(candidate, user, today):
    """The page of one candidate on a day for one person."""
    rows = StepTaken.objects.filter(candidate=candidate).select_related("organisation", "recorded_by")
    events = tuple(_event(row) for row in rows.order_by("-on", "-id"))
    pill = (PILLS.get(candidate.state, "waiting"), candidate.get_state_display())
    return CandidatePage(pill, str(candidate.scope_organisation), events)


def _event(row):
    step = ADMISSION.steps.get(row.step)
    parts = (str(row.organisation), row.document, row.note)
    return Event(
        title=step.label if step else LISTING,
        on=row.on,
        text=" · ".join(part for part in parts if part),
        actor=f"{row.recorded_by} ghi {row.recorded_at:%d/%m/%Y}",
        voided=row.voided_at is not None,
    )
