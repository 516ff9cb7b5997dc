"""Every print of a paper is a line in the journal of its case, and nowhere else."""

from django.db import transaction

from discipline.enums import JournalKind
from discipline.journal import record
from discipline.steps import locked


@transaction.atomic
def print_paper(case, paper, *, form, by):
    """Note that somebody printed a paper of the case; `form` is PDF or Word."""
    return record("print_paper", locked(case), by=by, kind=JournalKind.PRINT, data={"paper": paper, "form": form})
