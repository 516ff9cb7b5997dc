"""The path of a candidate in a dozen stops, from the list to the official day."""

from dataclasses import dataclass
from datetime import date

from admissions.enums import RECOGNITION_STATES, REMOVAL_STATES, State

STOPPED = (
    State.DROPPED,
    State.WITHDRAWN,
    State.REFUSED,
    State.STRUCK_OFF,
    State.CANCELLED,
    State.CELL_NOT_ADOPTED,
    State.BASE_NOT_ADOPTED,
)
STOPS = (
    ("Quần chúng ưu tú", (State.LISTED,)),
    ("Cảm tình Đảng", (State.SYMPATHISER,)),
    ("Lớp bồi dưỡng nhận thức về Đảng", (State.CLASS_SENT, State.CLASS_DONE)),
    ("Được làm thủ tục", (State.CLEARED,)),
    ("Đơn và lý lịch", (State.APPLYING, State.SEALED)),
    ("Thẩm tra lý lịch", (State.VERIFYING,)),
    ("Lý lịch được chứng nhận", (State.CERTIFIED,)),
    ("Hồ sơ đủ", (State.COMPLETE,)),
    ("Chi bộ xét", (State.CELL_ADOPTED, State.CELL_NOT_ADOPTED)),
    ("Đảng ủy bộ phận, cơ sở xét", (State.APPRAISED, State.BASE_ADOPTED, State.BASE_NOT_ADOPTED)),
    ("Cấp có thẩm quyền quyết định", (State.UNDER_DECISION, State.APPROVED, State.REFUSED)),
    ("Lễ kết nạp, thời gian dự bị", (State.PROBATION, *REMOVAL_STATES)),
    ("Xét công nhận chính thức", RECOGNITION_STATES),
    ("Đảng viên chính thức", (State.OFFICIAL,)),
)


@dataclass(frozen=True)
class PathStop:
    """What `components/path.html` shows of a stop."""

    title: str
    state: str
    on: date | None = None
    actor: str = ""
    note: str = ""


def path_of(candidate, steps):
    """The stops by the standing steps, the oldest first; one that was skipped on the way is left out."""
    reached = {}
    for step in steps:
        if (place := _place(step.to_state)) is not None:
            reached[place] = step
    here = _place(candidate.state)
    here = max(reached, default=0) if here is None else here
    return tuple(
        _stop(place, candidate, reached.get(place), here)
        for place in range(len(STOPS))
        if place >= here or place in reached
    )


def _place(state):
    return next((place for place, (_, states) in enumerate(STOPS) if state in states), None)


def _stop(place, candidate, step, here):
    title = STOPS[place][0]
    if place > here:
        return PathStop(title, "todo")
    on, actor = (step.on, str(step.organisation)) if step else (None, "")
    if place < here:
        return PathStop(title, "done", on, actor)
    if candidate.state == State.OFFICIAL:
        return PathStop(title, "done", on, actor)
    stopped = candidate.state in STOPPED
    said = candidate.get_state_display()
    return PathStop(title, "stopped" if stopped else "current", on, actor, "" if said == title else said)
