"""Dated rows that an event ends, and that taking the event back opens again."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

VOID_WORDS = "theo thay đổi tổ chức đảng"


def end_rows(rows, event, by):
    """End standing rows at the event, those that would begin later are voided; answers the planned ends that they had.

    `rows` is a queryset of a model with `opened_by` and `closed_by`.
    """
    day = event.effective_on
    lasting = rows.standing().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    planned = lasting.filter(ended_on__isnull=False).values_list("pk", "ended_on")
    former = {str(key): ended.isoformat() for key, ended in planned}
    running = list(lasting.filter(started_on__lt=day).values_list("pk", flat=True))
    model = rows.model.objects
    void_rows(lasting.filter(started_on__gte=day), by, VOID_WORDS, closed_by=event)
    model.filter(pk__in=running).update(ended_on=day, closed_by=event)
    return former


def reopen_rows(model, event, former):
    """Open again what `end_rows` ended or voided for this event; what somebody voided since stays voided."""
    rows = model.objects.filter(closed_by=event)
    rows.filter(started_on__gte=event.effective_on).update(
        voided_at=None, voided_by=None, void_reason="", closed_by=None
    )
    ended = list(rows.values_list("pk", flat=True))
    rows.update(ended_on=None, closed_by=None)
    for key in map(str, ended):
        if key in former:
            model.objects.filter(pk=key).update(ended_on=date.fromisoformat(former[key]))


def void_rows(rows, by, reason, **also):
    """Void rows with a reason; `also` are further columns."""
    rows.update(voided_at=timezone.now(), voided_by=by, void_reason=reason, **also)
