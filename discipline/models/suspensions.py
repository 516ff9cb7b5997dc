"""Suspension from party life or from the committee: ground, decision, term, extension; the fact stands in `members`."""

import uuid

from django.db import models

from config.lib.periods import Fact
from discipline.beside_enums import SuspensionEnd, SuspensionGround
from discipline.models.cases import Case
from discipline.querysets_beside import SuspensionQuerySet


class CaseSuspension(Fact):
    """One suspension; it is no form of discipline. `overlay` says from when until when, to all who count votes.

    `planned_last_day` is the last day by the decision, None where it follows procedural law. `over_reason` says why it
    is longer than the rule set allows. A case that it belongs to is known to those alone whom the case names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="suspensions")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="đảng viên")
    ground = models.CharField("căn cứ", max_length=12, choices=SuspensionGround.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    decided_by = models.CharField("cấp quyết định", max_length=200)
    decision = models.CharField("số, ngày quyết định", max_length=200)
    started_on = models.DateField("từ ngày")
    planned_last_day = models.DateField("đến hết ngày", null=True, blank=True)
    over_reason = models.CharField("lý do dài hơn quy định", max_length=500, blank=True)
    proceeding = models.ForeignKey("members.Proceeding", models.PROTECT, null=True, blank=True, related_name="+")
    overlay = models.OneToOneField("members.Overlay", models.PROTECT, related_name="+")
    end_reason = models.CharField("lý do kết thúc", max_length=20, choices=SuspensionEnd.choices, blank=True)
    end_note = models.CharField("căn cứ kết thúc", max_length=300, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "đình chỉ sinh hoạt"
        ordering = ["-started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_last_day__isnull=True)
                | models.Q(planned_last_day__gte=models.F("started_on")),
                name="suspension_in_order",
                violation_error_message="Ngày kết thúc không thể trước ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.get_ground_display()}"

    @property
    def last_day(self):
        """The last day as it stands in the member's record, extensions and an early end included."""
        return self.overlay.last_day

    def is_over(self, day):
        """Whether the member takes part again on `day`."""
        return self.overlay.voided_at is not None or (self.last_day is not None and self.last_day < day)


class SuspensionExtension(Fact):
    """A suspension made longer, by a decision of its own."""

    suspension = models.ForeignKey(CaseSuspension, models.PROTECT, related_name="extensions")
    decision = models.CharField("số quyết định gia hạn", max_length=200)
    decided_on = models.DateField("ngày quyết định gia hạn")
    until = models.DateField("gia hạn đến hết ngày")
    over_reason = models.CharField("lý do dài hơn quy định", max_length=500, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    class Meta:
        verbose_name = "gia hạn đình chỉ"
        ordering = ["until", "id"]

    def __str__(self):
        return f"gia hạn đến hết {self.until:%d/%m/%Y}"
