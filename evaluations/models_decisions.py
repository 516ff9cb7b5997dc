"""What the decisions on members and on organisations have in common."""

import uuid

from django.db import models
from django.utils import timezone


class BodyDecision(models.Model):
    """What one body decided on one day under one number, which the class that inherits has with season and body.

    `chain_set` is the rule set by which that body decides: the one in force on the day of the decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decided_on = models.DateField("ngày quyết định")
    chain_set = models.ForeignKey(
        "cells.RuleSet", models.PROTECT, null=True, related_name="+", verbose_name="quy tắc về cấp quyết định"
    )
    over_cap_reason = models.CharField("lý do vượt tỷ lệ", max_length=500, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-decided_at"]

    def __str__(self):
        return f"{self.number or 'Quyết định'} ngày {self.decided_on:%d/%m/%Y}"

    @property
    def scope_path(self):
        return self.organisation.path
