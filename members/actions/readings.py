"""Reading as an act: what was shown to whom, and for what."""

from django.db import transaction

from cells.audit import record


@transaction.atomic
def print_statement(member, *, reason, by):
    """Note that the statement of what is kept about a person was printed, and for what."""
    return record("members.print_statement", member, by=by, data={"reason": reason})
