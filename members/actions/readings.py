"""Reading as an act: what was shown to whom, and for what."""

from django.db import transaction

from cells.audit import record
from cells.permissions import Permission
from members.readings import OPEN_RECORD, SEALED_OPENING


@transaction.atomic
def print_statement(member, *, reason, by):
    """Note that the statement of what is kept about a person was printed, and for what."""
    return record("members.print_statement", member, by=by, data={"reason": reason})


@transaction.atomic(savepoint=False)
def open_record(member, *, by):
    """Note that somebody opened the record of a person, for the first time that day (`with_opening`).

    What he saw of it follows his rights.
    """
    record(SEALED_OPENING if by.may(Permission.HOLDS_SET, member) else OPEN_RECORD, member, by=by)
