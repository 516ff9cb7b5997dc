"""Changes of the tree by a decision, and their undoing."""

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.changes import undoing, writing
from cells.models import TreeEvent
from config.lib.workflow import NotAllowed


@transaction.atomic
def change_tree(change, *, on, by):
    """Carry out one decision (`cells.changes.verbs`); ValidationError names everything that stands against it.

    Versions, memberships, posts and roles are dated by the decision; today's columns follow as of `on`, those of a
    decision that takes effect later by `refresh_organisations` on its day.
    """
    writing.lock_for_change()
    event = writing.write(change, on=on, by=by)
    data = {
        "before": [each.name for each in change.before],
        "after": [str(each) for each in change.after],
        "heir": str(change.heir or ""),
        "decision": change.decision.words,
        "since": str(change.effective_on),
    }
    record(f"cells.tree_{change.act}", event, by=by, data=data)
    return event


@transaction.atomic
def undo_event(event, *, reason, on, by):
    """Take a change back while nothing depends on it: what it opened is voided, what it closed is open again."""
    writing.lock_for_change()
    event = TreeEvent.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=event.pk)
    if event.voided_at:
        raise NotAllowed("Thay đổi này đã được hoàn tác từ trước. Hãy tải lại trang.")
    undoing.take_back(event, reason, on=on, by=by)
    event.voided_at, event.voided_by, event.void_reason = timezone.now(), by, reason
    event.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record("cells.undo_event", event, by=by, data={"reason": reason, "decision": event.decision})
    return event
