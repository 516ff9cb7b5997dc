"""The last step of a case taken back when it was entered wrongly; what it wrote is voided with it."""

from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.enums import State
from discipline.journal import record
from discipline.models import StepTaken
from discipline.steps import locked
from discipline.undoing import UNDO
from discipline.workflow import label_of

NOT_LAST = "Chỉ hủy được bước gần nhất, khi chưa có bước tiếp theo. Hãy tải lại trang."


@transaction.atomic
def void_last_step(step, *, reason, by):
    """Void a step entered wrongly with its vote, decision or facts: the case is where it was before it.

    NotAllowed when another step followed, and for steps that cannot be taken back.
    """
    case = locked(step.case)
    last = StepTaken.objects.standing().filter(case=case).order_by("on", "id").last()
    if last is None or last.pk != step.pk or last.step not in UNDO or last.to_state != case.state:
        raise NotAllowed(NOT_LAST)
    last.case = case
    UNDO[last.step](last, reason=reason, by=by)
    last.void(reason, by)
    case.state, case.revision = State(last.from_state), case.revision + 1
    case.postponed_from = last.to_state if case.state == State.POSTPONED else ""
    case.save(update_fields=["state", "postponed_from", "revision"])
    said = {"step": label_of(last.step), "on": f"{last.on:%d/%m/%Y}"}
    record("void_last_step", case, by=by, reason=reason, data=said)
    return case
