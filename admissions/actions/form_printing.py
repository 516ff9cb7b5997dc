"""Forms that carry family data, religion or what verification asks: each print is noted."""

from django.db import transaction

from cells.audit import record


@transaction.atomic
def print_form(candidate, form, *, by):
    """Note that a form with family data or religion was printed."""
    return record("admissions.print_form", candidate, by=by, data={"form": form})
