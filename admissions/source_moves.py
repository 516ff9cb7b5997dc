"""What the steps of the source do to a locked candidate; acts lock around them."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.actions.lists import TAKEN
from admissions.enums import State
from admissions.helping import reopen_helpers
from admissions.models import Helper, StepTaken
from admissions.rulebook import AdmissionBook
from config.lib.workflow import NotAllowed

SOURCE_STEPS = ("recognise_sympathiser", "send_to_class", "record_certificate", "clear", "drop", "relist")


def day_rules(candidate, on, book=None):
    """The rules that bind the cell of a candidate on a day."""
    return (book or AdmissionBook()).on(candidate.organisation, on)


def why_left(step):
    """The reason with which helpers stop when somebody leaves the list by that step."""
    return f"đưa ra khỏi danh sách ngày {step.on:%d/%m/%Y}"


def take_back(candidate, step, reason, by):
    """Void the last standing step of a locked candidate with what it did, unlogged; NotAllowed when others followed."""
    last = StepTaken.objects.standing().filter(candidate=candidate).order_by("on", "id").last()
    if last is None or last.pk != step.pk or last.step not in SOURCE_STEPS:
        raise NotAllowed(
            f"{candidate}: chỉ hủy được bước tạo nguồn gần nhất; sau bước này đã có bước khác. Hãy tải lại trang."
        )
    last.void(reason, by)
    candidate.state, candidate.revision = State(last.from_state), candidate.revision + 1
    with known_number():
        candidate.save(update_fields=["state", "revision"])
    _undo_help(candidate, last, reason, by)
    line = getattr(last, "resolution_line", None)
    if line and line.voided_at is None:
        line.void(reason, by)


def _undo_help(candidate, step, reason, by):
    if step.step == "recognise_sympathiser":
        for row in Helper.objects.standing().open().filter(candidate=candidate, started_on=step.on):
            row.void(reason, by)
    if step.step == "drop":
        reopen_helpers(candidate, why_left(step))


@contextmanager
def known_number():
    """Somebody else's candidacy may have taken the number meanwhile: that is said in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ValidationError(TAKEN) from None
