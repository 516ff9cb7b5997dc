"""The journal of a case: every act and every reading, kept with the case and nowhere else."""

from discipline.enums import JournalKind
from discipline.models import JournalEntry


def record(action, case, *, by, kind=JournalKind.ACT, reason="", data=None):
    """Write one line in the transaction of the act; sealed acts never go to the common log."""
    return JournalEntry.objects.create(
        case=case, actor=by, kind=kind, action=action, reason=reason[:500], data=data or {}
    )


def said(words, data):
    """The words of a line with what it keeps; what an older line does not keep is an ellipsis."""
    values = {name: ", ".join(value) if isinstance(value, list) else value for name, value in data.items()}
    return words.format_map(_Kept(values))


class _Kept(dict):
    def __missing__(self, name):
        return "…"
