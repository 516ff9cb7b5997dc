"""Closing a period: its figures are kept as they are, and a later count says where it differs."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from discipline.models import FrozenTable
from discipline.reports.blocks import blocks
from discipline.reports.frozen_blocks import open_figures
from discipline.reports.statistics import as_data, read_statistics

NOT_OVER = "Kỳ này chưa hết (đến ngày {last_day}). Hãy chốt sau ngày đó."


@transaction.atomic
def freeze_statistics(organisation, span, *, on, reason="", by):
    """Keep the figures of a period that is over; frozen anew with a reason, what stood before stays readable."""
    if span.last_day >= on:
        raise NotAllowed(NOT_OVER.format(last_day=f"{span.last_day:%d/%m/%Y}"))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = FrozenTable.objects.of(organisation, span)
    if before and not reason:
        raise ValidationError({"reason": "Kỳ này đã chốt. Hãy ghi lý do chốt lại."})
    if before:
        before.void(reason, by)
    found = read_statistics(organisation, span)
    row = FrozenTable.objects.create(
        organisation=organisation, since=span.since, until=span.until, guide=found.guide.code,
        figures=as_data(found) | {"blocks": open_figures(blocks(found, by))}, recorded_by=by,
    )  # fmt: skip
    data = {"since": f"{span.since:%d/%m/%Y}", "last_day": f"{span.last_day:%d/%m/%Y}", "reason": reason}
    record("discipline.freeze_statistics", row, by=by, data=data)
    return row
