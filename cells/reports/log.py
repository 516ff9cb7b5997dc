"""The log as people read it."""

from dataclasses import dataclass
from datetime import datetime

from cells.models import LogEntry
from cells.sentences import hide_identifiers, sentence

PAGE = 50


@dataclass(frozen=True)
class LogLine:
    """One act in words."""

    id: int
    at: datetime
    actor: str
    words: str
    reason: str
    place: str
    subject: str
    subject_key: str


@dataclass(frozen=True)
class LogPage:
    """Up to PAGE lines, newest first; `older` is the id to ask for the next page, None at the end."""

    lines: list[LogLine]
    older: int | None


def log_page(entries, *, before=None):
    """The newest lines of a scoped queryset of entries, or those before the entry with the id `before`."""
    rows = entries.before(before) if before else entries
    found = list(rows.select_related("actor", "organisation")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return LogPage([log_line(entry) for entry in found[:PAGE]], older)


def log_line(entry: LogEntry):
    """One entry in words, numbers of identity cards masked."""
    has_subject = bool(entry.subject_type and entry.subject_id)
    return LogLine(
        id=entry.pk,
        at=entry.at,
        actor="Hệ thống" if entry.actor.is_system else str(entry.actor),
        words=sentence(entry.action, entry.subject_label, entry.data),
        reason=hide_identifiers(str(entry.data.get("reason", ""))),
        place=str(entry.organisation or ""),
        subject=hide_identifiers(entry.subject_label),
        subject_key=f"{entry.subject_type}:{entry.subject_id}" if has_subject else "",
    )
