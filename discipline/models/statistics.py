"""Figures of inspection statistics as they were when a period was closed; no case, no name."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import Fact, FactQuerySet


class FrozenQuerySet(ScopedQuerySet, FactQuerySet):
    """Frozen figures: for inspection officers in whose scope the body is."""

    def visible_to(self, user, permission=Permission.CASES_WORK):
        """Those of bodies in scope."""
        return super().visible_to(user, permission)

    def of(self, organisation, span):
        """Those of a body and a period that stand; None where the period was not closed."""
        return self.standing().filter(organisation=organisation, since=span.since, until=span.until).first()

    def figures_of(self, span):
        """The figures of the period as a column of a query of organisations."""
        rows = self.standing().filter(organisation=OuterRef("pk"), since=span.since, until=span.until)
        return Subquery(rows.values("figures")[:1])


class FrozenTable(Fact):
    """The tables of a body and a period as they were frozen; `until` is the first day after the period."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    since = models.DateField("từ ngày")
    until = models.DateField("ngày đầu tiên sau kỳ")
    guide = models.CharField("hướng dẫn", max_length=40)
    figures = models.JSONField("số liệu")

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu kiểm tra, kỷ luật đã chốt"
        ordering = ["-until", "organisation_id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="frozen_table_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "since", "until"], condition=Q(voided_at__isnull=True), name="frozen_table_once"
            ),
        ]

    def __str__(self):
        return f"số liệu thống kê từ {self.since:%d/%m/%Y}"
