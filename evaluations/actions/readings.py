"""Reading what is kept from most eyes is an act in the log, each time; no word of what was read is repeated there."""

from django.db import transaction

from cells.audit import record
from evaluations.readings import READ_RUN_LIST, READ_WRITTEN


@transaction.atomic(savepoint=False)  # one line of the log, or none
def read_written(sheet, members, *, how, by):
    """Note that somebody saw or printed the handed-in self-reviews of `members` in this season, each by himself."""
    for member in members:
        data = {"how": how, "year": sheet.season.year}
        record(READ_WRITTEN, member, by=by, organisation=sheet.organisation, data=data)


@transaction.atomic(savepoint=False)
def read_run_list(listing, *, how, by):
    """Note that somebody saw, printed or took away the names of a list of years running."""
    data = {"how": how, "list": listing.kind.sentence, "year": listing.year, "number": len(listing.people)}
    record(READ_RUN_LIST, listing.organisation, by=by, data=data)
