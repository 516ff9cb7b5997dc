"""Plans of inspection and supervision and what was carried out of them: open to those above, never about a case."""

import uuid

from django.db import models
from django.db.models import F, Q

from config.lib.periods import Fact
from discipline.beside_enums import Finding, InspectionKind, PlanKeeper
from discipline.querysets_beside import PlannedQuerySet, PlanQuerySet


class SupervisionPlan(Fact):
    """The plan of a body for a year. One that came from a body which ended keeps that body as its `origin`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    origin = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    keeper = models.CharField("kế hoạch của", max_length=12, choices=PlanKeeper.choices)
    number = models.CharField("số kế hoạch, chương trình", max_length=100, blank=True)
    adopted_on = models.DateField("ngày thông qua", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch kiểm tra, giám sát"
        ordering = ["-year", "organisation__path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "keeper"],
                condition=Q(voided_at__isnull=True, origin__isnull=True),
                name="supervision_plan_once_a_year",
                violation_error_message="Đã có kế hoạch của năm này.",
            ),
        ]

    def __str__(self):
        return f"kế hoạch kiểm tra, giám sát năm {self.year} của {self.organisation}"


class PlannedInspection(Fact):
    """One inspection or supervision of a plan: of whom, on what, by whom, when, and what came of it.

    One on signs of a violation names no person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SupervisionPlan, models.PROTECT, related_name="inspections")
    kind = models.CharField("loại", max_length=12, choices=InspectionKind.choices)
    theme = models.CharField("nội dung, chuyên đề", max_length=300)
    members = models.ManyToManyField("members.Member", related_name="+", blank=True, verbose_name="đảng viên")
    organisations = models.ManyToManyField(
        "cells.Organisation", related_name="+", blank=True, verbose_name="tổ chức đảng"
    )
    done_by = models.CharField("người, tổ thực hiện", max_length=200, blank=True)
    planned_from = models.DateField("dự kiến từ ngày")
    planned_to = models.DateField("dự kiến đến hết ngày")
    examined_from = models.DateField("mốc thời gian kiểm tra từ ngày", null=True, blank=True)
    examined_to = models.DateField("mốc thời gian kiểm tra đến hết ngày", null=True, blank=True)
    done_on = models.DateField("ngày thực hiện", null=True, blank=True)
    found = models.TextField("kết quả", max_length=4000, blank=True)
    finding = models.CharField("kết luận", max_length=12, choices=Finding.choices, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    passed_on = models.DateField("ngày chuyển thông tin lên Ủy ban Kiểm tra", null=True, blank=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        ordering = ["planned_from", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_to__gte=F("planned_from")),
                name="planned_inspection_in_order",
                violation_error_message="Ngày dự kiến kết thúc không thể trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(finding="", concluded_on__isnull=True)
                | ~Q(finding="") & Q(concluded_on__isnull=False, done_on__isnull=False),
                name="planned_inspection_concluded_after_it_was_done",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.theme}"

    @property
    def scope_organisation(self):
        return self.plan.organisation

    @property
    def scope_path(self):
        return self.plan.organisation.path
