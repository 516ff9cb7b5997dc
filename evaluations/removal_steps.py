"""One step of a matter of leaving: locked, moved by the workflow, kept with its rule sets, and logged."""

from dataclasses import dataclass, field

from cells.audit import record
from config.lib import steps
from evaluations.models import Removal, RemovalStep
from evaluations.removal_enums import ABOVE_STATES, RemovalState
from evaluations.removal_stations import read_removal_way
from evaluations.workflow import REMOVAL

GONE = "Hồ sơ này vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."
START = {"start_removal": "Lập hồ sơ xóa tên", "apply_to_leave": "Nhận đơn xin ra khỏi Đảng"}
HELD = (*ABOVE_STATES, RemovalState.REMOVED)


@dataclass(frozen=True)
class RemovalTaken(steps.Taken):
    """How a step is kept, with the rule sets as they stood."""

    rules: dict = field(default_factory=dict)


def locked_removal(removal):
    """The standing matter, locked until the end of the transaction; NotAllowed when it was voided meanwhile."""
    return steps.locked(Removal.objects.with_place(), removal, GONE)


def take(removal, step, taken, *, by, to=None, data=None):
    """Move a locked matter by a step, to another of its targets where `to` says so; keep and log it.

    A step is not taken before the one that led to where the matter is (NotAllowed).
    """
    before = removal.state
    REMOVAL.refuse_closed(removal, step)
    refuse_before_last_step(removal, taken.on)
    REMOVAL.move(removal, step, to)
    hold(removal, taken.on)
    row = RemovalStep.objects.create(
        removal=removal, step=step, from_state=before, to_state=removal.state, on=taken.on,
        organisation=taken.organisation, document=taken.document, note=taken.note, rules=taken.rules, recorded_by=by,
    )  # fmt: skip
    said = {"on": f"{taken.on:%d/%m/%Y}", "document": taken.document, "body": taken.organisation.name, **(data or {})}
    record(f"evaluations.{step}", removal, by=by, data=said)
    return row


def hold(removal, on):
    """Keep with the matter which body acts next by the way of a day."""
    way = read_removal_way(removal, on)
    stop = None
    if removal.state in HELD:
        stop = way.decider if removal.state == RemovalState.REMOVED else way.turn
    removal.holder_id = stop.organisation_id if stop else None
    removal.revision += 1
    removal.save(update_fields=["state", "holder", "revision"])


def step_label(name):
    """A step in words, the ones that begin a matter too."""
    return REMOVAL.steps[name].label if name in REMOVAL.steps else START[name]


def refuse_before_last_step(removal, on):
    """NotAllowed for a day before the last step of a matter."""
    last = steps.last_step(RemovalStep.objects.filter(removal=removal))
    if last:
        steps.refuse_earlier(on, step_label(last.step), last.on)
