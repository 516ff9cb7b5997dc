"""Changes of the tree: one decision, what it ended and what it began."""

from django.db import models
from django.db.models import Q

from cells.enums import OrganKind, PartRole, TreeAct
from cells.querysets import OrganQuerySet, TreeEventQuerySet
from config.lib.periods import Fact, PeriodFact, period_in_order


class TreeEvent(Fact):
    """One change of the tree by one decision; rows that it ended or began point back to it.

    `organisation` is the body that changed, or the first that came out of it; `heir` takes over what is still open.
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="events")
    act = models.CharField("việc", max_length=20, choices=TreeAct.choices)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision = models.CharField("số quyết định", max_length=100)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    heir = models.ForeignKey(
        "cells.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nơi tiếp nhận việc còn lại",
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)
    kept = models.JSONField(default=dict, editable=False)  # by floor: what taking the event back must put back

    objects = TreeEventQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi tổ chức"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=["merge", "split", "close", "leave"]) | Q(heir__isnull=False),
                name="tree_event_closing_names_heir",
                violation_error_message="Phải ghi tổ chức đảng tiếp nhận những việc còn lại.",
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.organisation}"

    @property
    def scope_path(self):
        return self.organisation.path


class TreeEventPart(models.Model):
    """An organisation that an event touched: one that was there before it, or one that came out of it."""

    event = models.ForeignKey(TreeEvent, models.PROTECT, related_name="parts")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="event_parts")
    role = models.CharField(max_length=10, choices=PartRole.choices)

    class Meta:
        verbose_name = "tổ chức trong một thay đổi"
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation", "role"], name="tree_event_part_once"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.organisation}"


class OfEvent(models.Model):
    """A dated row that a change of the tree may have begun or ended; undoing the change finds it by these."""

    opened_by = models.ForeignKey(TreeEvent, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    closed_by = models.ForeignKey(TreeEvent, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    class Meta:
        abstract = True


class Organ(OfEvent, PeriodFact):
    """An organ of a committee that issues papers of its own: standing committee, inspection commission, office."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="organs")
    kind = models.CharField("cơ quan", max_length=20, choices=OrganKind.choices)
    name = models.CharField("tên", max_length=200)
    symbol = models.CharField("ký hiệu văn bản", max_length=20, blank=True)
    heading = models.CharField("tên cơ quan ban hành", max_length=200, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan của cấp ủy"
        constraints = [period_in_order("organ_period_in_order")]

    def __str__(self):
        return f"{self.name} – {self.organisation}"

    @property
    def scope_path(self):
        return self.organisation.path
