"""Assigning who helps, within an action: one helper at a time for each purpose, the former ones stay on record."""

from django.core.exceptions import ValidationError

from admissions.models import Helper
from members.readmissions import Readmissions

NOT_OFFICIAL = "{helper} không phải là đảng viên chính thức của {cell} ngày {on}; hãy chọn người khác."


def assign_helper(candidate, member, purpose, *, on, by, decision=""):
    """An official member of the cell helps from `on`; whoever helped before stops the day before."""
    _refuse_stranger(candidate, member, on)
    open_ones = candidate.helpers.filter(voided_at__isnull=True, ended_on__isnull=True)
    if open_ones.filter(member=member, purpose=purpose).exists():
        raise ValidationError({"helper": f"{member} đang được phân công giúp đỡ rồi."})
    for row in open_ones:
        _end(row, on, by)
    return Helper.objects.create(
        candidate=candidate, member=member, purpose=purpose, decision=decision, started_on=on, recorded_by=by
    )


def _end(row, on, by):
    row.ended_on = on if on > row.started_on else None
    if row.ended_on is None:
        row.void("phân công lại trong cùng ngày", by)
        return
    row.end_reason = "phân công người khác"
    row.save(update_fields=["ended_on", "end_reason"])


def _refuse_stranger(candidate, member, on):
    cell = candidate.scope_organisation
    here = member.memberships.filter(voided_at__isnull=True, organisation=cell, started_on__lte=on)
    is_here = here.exclude(ended_on__lte=on).exists()
    if not is_here or Readmissions([member.pk]).official_on(member, on) is None:
        words = NOT_OFFICIAL.format(helper=member, cell=cell, on=f"{on:%d/%m/%Y}")
        raise ValidationError({"helper": words})
