"""The plan of a body for a year: given, corrected by a new row with a reason."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.enums import Group
from admissions.models import AdmissionPlan
from cells.audit import record

STANDS = "Chỉ tiêu của năm này vừa được ghi ở nơi khác. Hãy tải lại trang."


@dataclass(frozen=True)
class PlanEntry:
    """How many a body means to admit in a year, in all and of each group, by which document."""

    year: int
    target: int
    groups: dict[str, int] = field(default_factory=dict)
    decision: str = ""


@transaction.atomic
def save_plan(organisation, entry, *, reason="", by):
    """Give a body its plan; one that stands is voided with the reason, without which it is not changed."""
    groups = {Group(code).value: number for code, number in entry.groups.items()}
    old = AdmissionPlan.objects.standing().select_for_update().filter(organisation=organisation, year=entry.year)
    for plan in old:
        if not reason:
            raise ValidationError({"reason": "Đã có chỉ tiêu của năm này. Hãy ghi vì sao sửa."})
        plan.void(reason, by)
    try:
        with transaction.atomic():
            plan = AdmissionPlan.objects.create(
                organisation=organisation, year=entry.year, target=entry.target, groups=groups,
                decision=entry.decision, recorded_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise ValidationError(STANDS) from None
    said = {"year": str(entry.year), "organisation": str(organisation), "target": entry.target, "reason": reason}
    record("admissions.save_plan", plan, by=by, data=said)
    return plan
