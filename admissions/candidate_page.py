"""What the first page of a candidate says."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from admissions.acting import OF_THE_BASE, base_body, may_act
from admissions.candidate_path import PathStop, path_of
from admissions.checking import check_candidate
from admissions.condition_page import Row, open_things
from admissions.enums import DOSSIER_STATES, SOURCE_STATES, State
from admissions.models import StepTaken
from admissions.stations import read_way, steps_open_to
from admissions.workflow import ADMISSION
from cells.permissions import Permission as P

LISTING = "Đưa vào danh sách"
CHECKED = (State.CLEARED, *DOSSIER_STATES)
NOTHING_OPEN = "Không còn điều kiện nào vướng trên hồ sơ hôm nay."
NOT_CHECKED = "Điều kiện được kiểm tra khi làm hồ sơ; xem phần Điều kiện."
# Steps that lead off the path: offered after the others.
ASIDE = ("drop", "withdraw", "take_class_again", "redo_dossier", "return_to_cell", "return_recognition",
         "vote_removal", "cancel_admission")  # fmt: skip
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
    """State with its shape, what comes next, the path, what stands open, the steps taken, the latest first."""

    pill: tuple[str, str]
    lead: str
    path: tuple[PathStop, ...]
    events: tuple[Event, ...]
    open_things: tuple[Row, ...]
    nothing_open: str
    primary: tuple[str, str] | None
    actions: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]


def look_of(candidate):
    """The shape of a state, for its pill."""
    return PILLS.get(candidate.state, "waiting")


def read_candidate(candidate, user, today):
    """The page of one candidate on a day for one person."""
    rows = StepTaken.objects.filter(candidate=candidate).select_related("organisation", "recorded_by")
    rows = list(rows.order_by("on", "id"))
    steps = [(step, _address(step, candidate)) for step in _open_steps(candidate, user, today)]
    ahead = [(step.label, url) for step, url in steps if step.name not in ASIDE]
    return CandidatePage(
        pill=(look_of(candidate), candidate.get_state_display()),
        lead=_lead(candidate),
        path=path_of(candidate, [row for row in rows if row.voided_at is None]),
        events=tuple(_event(row) for row in reversed(rows)),
        open_things=open_things(check_candidate(candidate, today)) if candidate.state in CHECKED else (),
        nothing_open=_nothing_open(candidate),
        primary=ahead[0] if ahead else None,
        actions=(*ahead[1:], *_member_file(candidate, user)),
        more=(*_aside(steps), *_void(candidate, user)),
    )


def _open_steps(candidate, user, today):
    """The steps that state, chain and rights leave open, in the order of the table; before a vote there is no chain."""
    if candidate.state not in (*SOURCE_STATES, *DOSSIER_STATES, State.DROPPED):
        return steps_open_to(user, candidate, read_way(candidate, today))
    found = [step for step in ADMISSION.steps.values() if candidate.state in step.sources]
    return [step for step in found if may_act(user, step, candidate)]


def _address(step, candidate):
    return reverse(f"admissions:{step.name}", args=[candidate.pk])


def _nothing_open(candidate):
    if candidate.state in CHECKED:
        return NOTHING_OPEN
    return NOT_CHECKED if candidate.state in SOURCE_STATES else ""


def _member_file(candidate, user):
    """The file of whoever is a member by now."""
    if candidate.member_id and user.may(P.MEMBERS_VIEW, candidate.member):
        yield "Hồ sơ đảng viên", reverse("members:member", args=[candidate.member_id])


def _aside(steps):
    return tuple((step.label, url) for step, url in steps if step.name in ASIDE)


def _void(candidate, user):
    if candidate.state not in (State.LISTED, State.DROPPED) or not user.may(P.ADMISSIONS_FILE, candidate):
        return ()
    return (("Hủy mục ghi nhầm", reverse("admissions:void_candidate", args=[candidate.pk])),)


def _lead(candidate):
    """Where the candidate stands, and the next step with who takes it."""
    place = str(candidate.scope_organisation)
    ahead = [s for s in ADMISSION.steps.values() if candidate.state in s.sources and s.name not in ASIDE]
    if not ahead:
        return f"{place}."
    if ahead[0].permission == P.ADMISSIONS_FILE:
        actor = "chi bộ"
    else:
        actor = str(base_body(candidate)) if ahead[0].name in OF_THE_BASE else "cấp ủy có thẩm quyền"
    return f"{place}. Bước tiếp theo, do {actor} làm: {ahead[0].label[:1].lower()}{ahead[0].label[1:]}."


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
