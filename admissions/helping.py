"""The rows of those who help a candidate: who may, begun, ended, resumed. Acts lock and log around them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from admissions.enums import ON_PROBATION, Purpose
from admissions.models import Helper
from members.models import Member

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HelperEntry:
    """Who helps from which day on, by which resolution."""

    member: Member
    on: date
    decision: str = ""


def may_help(cell, day):
    """Official members who are in the cell on `day`, in the order of names (38-HD/BTCTW, I.1.1)."""
    return Member.objects.standing().in_cell(cell, day).filter(official_on__lte=day)


def give_helper(candidate, entry, by):
    """The row of a helper of a locked candidate; ValidationError for who was not an official member of the cell."""
    cell = candidate.scope_organisation
    if not may_help(cell, entry.on).filter(pk=entry.member.pk).exists():
        raise ValidationError(
            f"Ngày {entry.on:%d/%m/%Y} đồng chí {entry.member} không phải là đảng viên chính thức của {cell}. "
            "Hãy chọn đảng viên chính thức của chi bộ, hoặc kiểm tra lại ngày."
        )
    purpose = Purpose.RECOGNITION if candidate.state in ON_PROBATION else Purpose.ADMISSION
    open_rows = Helper.objects.standing().open().filter(candidate=candidate, member=entry.member, purpose=purpose)
    if open_rows.exists():
        raise ValidationError(f"Đồng chí {entry.member} đang giúp đỡ người này. Hãy chọn đồng chí khác.")
    return Helper.objects.create(
        candidate=candidate, member=entry.member, purpose=purpose, started_on=entry.on, decision=entry.decision,
        recorded_by=by,
    )  # fmt: skip


def end_helpers(candidate, on, reason):
    """Those who still help stop at the end of `on`."""
    for row in Helper.objects.standing().open().filter(candidate=candidate):
        end_row(row, on, reason)


def reopen_helpers(candidate, reason):
    """Those who stopped for exactly that reason help on."""
    rows = Helper.objects.standing().filter(candidate=candidate, end_reason=reason)
    rows.update(ended_on=None, end_reason="")


def end_row(row, on, reason):
    """One of them stops at the end of `on`, or of the day on which he began if that is later."""
    row.ended_on, row.end_reason = max(on, row.started_on) + ONE_DAY, reason[:300]
    row.save(update_fields=["ended_on", "end_reason"])
