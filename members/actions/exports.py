"""Lists that leave the house as workbooks: each is an act."""

from django.db import transaction

from cells.audit import record


@transaction.atomic
def export_members(organisation, data, *, by):
    """Note that a list with masked numbers was written; `data` says what was asked and how many rows came out."""
    return record("members.export", None, by=by, organisation=organisation, data=data)


@transaction.atomic
def export_members_unmasked(organisation, data, *, reason, by):
    """Note that a list with whole numbers was written, and why."""
    return record("members.export_unmasked", None, by=by, organisation=organisation, data={**data, "reason": reason})


@transaction.atomic
def print_slip(transfer, *, by):
    """Note that papers of a move were printed: they carry the whole card number."""
    return record("members.print_slip", transfer, by=by, data={"number": transfer.number_text})


@transaction.atomic
def print_sheet(member, *, by):
    """Note that the sheet was printed: it carries whole numbers."""
    return record("members.print_sheet", member, by=by)
