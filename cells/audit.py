"""Writing the log: every act says who did what to whom, in the transaction of the act."""

from cells.models import LogEntry, Organisation


def record(action, subject, *, by, organisation=None, data=None):
    """Write one act to the log; `organisation` defaults to the one the subject belongs to."""
    return LogEntry.objects.create(
        action=action,
        actor=by,
        organisation=organisation or _organisation_of(subject),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=str(subject)[:200] if subject is not None else "",
        data=data or {},
    )


def _organisation_of(subject):
    if subject is None or isinstance(subject, Organisation):
        return subject
    return getattr(subject, "scope_organisation", None) or getattr(subject, "organisation", None)
