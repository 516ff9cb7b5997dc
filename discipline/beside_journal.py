"""Lines about what stands beside the cases and is under seal too; they never go to the common log."""

from discipline.enums import JournalKind
from discipline.models import SideEntry


def record(action, subject, *, by, kind=JournalKind.ACT, reason="", data=None):
    """Write one line in the transaction of the act."""
    return SideEntry.objects.create(
        subject_type=subject._meta.model_name, subject_id=str(subject.pk), actor=by, kind=kind, action=action,
        reason=reason[:500], data=data or {},
    )  # fmt: skip
