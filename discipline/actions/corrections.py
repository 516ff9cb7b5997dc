"""What was entered wrongly: the last step taken back with what it wrote, the sign of a violation corrected."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.enums import OPEN_BEFORE_DECISION, State
from discipline.journal import record
from discipline.models import Case, StepTaken
from discipline.steps import locked
from discipline.subjects import refuse_before_admission
from discipline.undoing import UNDO
from discipline.workflow import label_of

DECIDED = "Hồ sơ đã có quyết định hoặc đã kết thúc; phần tiếp nhận giữ nguyên."
AFTER_FIRST = "Ngày tiếp nhận không thể sau bước đầu tiên ngày {on}. Hãy kiểm tra lại ngày."
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


@transaction.atomic
def correct_signal(case, columns, *, reason, by):
    """Correct what was written down wrongly of the sign, as long as nothing is decided; the journal keeps what stood.

    ValidationError for a day after the first step or before the person was in the Party.
    """
    found = locked(case)
    if found.state not in OPEN_BEFORE_DECISION:
        raise NotAllowed(DECIDED)
    first = StepTaken.objects.standing().filter(case=found).order_by("on").first()
    if first and columns["signal_on"] > first.on:
        raise ValidationError({"signal_on": AFTER_FIRST.format(on=f"{first.on:%d/%m/%Y}")})
    refuse_before_admission(found.member, columns["signal_on"], "signal_on")
    changed = {name: value for name, value in columns.items() if getattr(found, name) != value}
    if not changed:
        raise ValidationError("Chưa sửa mục nào.")
    before = {name: str(getattr(found, name)) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    found.save(update_fields=list(changed))
    fields = ", ".join(str(Case._meta.get_field(name).verbose_name) for name in changed)
    return record("correct_signal", found, by=by, reason=reason, data={"fields": fields, "before": before})
