"""Today's columns of the organisations, recomputed from their versions and mended where they differ."""

from django.db import transaction

from cells.audit import record
from cells.changes.columns import write_all


@transaction.atomic
def refresh_organisations(*, on, by):
    """Set the columns of every organisation to what its versions say on `on`; answers how many were wrong."""
    wrong = write_all(on)
    if wrong:
        record("cells.refresh_organisations", None, by=by, data={"changed": wrong, "on": str(on)})
    return wrong
