"""What the pages of plans show; who may keep each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cells.permissions import Permission
from discipline.beside_enums import Finding, InspectionKind


@dataclass(frozen=True)
class PlanLine:
    """One plan with how much of it was carried out."""

    row: Any
    planned: int
    done: int


def read_plans(plans):
    """Plans with their counts, by body."""
    standing = Q(inspections__voided_at__isnull=True, inspections__isnull=False)
    rows = plans.select_related("organisation", "origin").annotate(
        planned=Count("inspections", filter=standing),
        done=Count("inspections", filter=standing & Q(inspections__done_on__isnull=False)),
    )
    return [PlanLine(row, row.planned, row.done) for row in rows]


@dataclass(frozen=True)
class ItemLine:
    """One inspection with whom it concerns, in words, and its pill."""

    row: Any
    subjects: str
    pill: tuple[str, str]


def read_items(plan, today):
    """The inspections of a plan with those whom they concern."""
    rows = plan.inspections.standing().prefetch_related("members", "organisations")
    return [ItemLine(row, _subjects(row), _pill(row, today)) for row in rows]


def _subjects(row):
    if row.kind == InspectionKind.SIGNS and not row.organisations.all():
        return "không ghi tên trong kế hoạch"
    names = [member.full_name for member in row.members.all()] + [body.name for body in row.organisations.all()]
    return ", ".join(names)


def _pill(row, today):
    if row.finding:
        kinds = {Finding.GOOD: "success", Finding.NOT_GOOD: "waiting", Finding.VIOLATION: "warn"}
        return kinds[row.finding], row.get_finding_display()
    if row.done_on:
        return "info", "Đã thực hiện, chưa kết luận"
    return ("waiting", "Quá hạn") if row.planned_to < today else ("neutral", "Chưa thực hiện")


def may_keep(user, plan):
    """Whether `user` keeps this plan."""
    return user.may(Permission.SUPERVISION_FILE, plan.organisation)
