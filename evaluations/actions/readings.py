"""Reading what is kept from most eyes is an act in the log, each time; no word of what was read is repeated there."""

from django.db import transaction

from cells.audit import record
from evaluations.readings import (
    READ_OWN_SCREENING,
    READ_RUN_LIST,
    READ_SCREENING,
    READ_SCREENING_LIST,
    READ_SCREENING_REPORT,
    READ_WRITTEN,
)


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


@transaction.atomic(savepoint=False)
def read_screening(subject, *, how, by):
    """Note that somebody opened or printed what screening keeps about a person."""
    action = READ_OWN_SCREENING if subject.is_own_matter else READ_SCREENING
    record(action, subject, by=by, organisation=subject.organisation, data={"how": how})


@transaction.atomic(savepoint=False)
def read_flags(one, cell, *, how, by, about=None):
    """Note that somebody saw the flags of a cell in a round, or printed those of one member."""
    record(READ_SCREENING_LIST, about or one, by=by, organisation=cell, data={"how": how})


@transaction.atomic(savepoint=False)
def read_screening_report(one, body, *, how, by):
    """Note that somebody printed or took away the names of the report of a round."""
    record(READ_SCREENING_REPORT, one, by=by, organisation=body, data={"how": how})
