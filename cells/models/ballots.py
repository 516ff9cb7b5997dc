"""Ballots: totals only. Who voted what is never stored."""

from django.db import models
from django.db.models import F, Q


class Ballot(models.Model):
    """Counts of one ballot; per option counts are kept with what was voted on."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="ballots")
    held_on = models.DateField("ngày bỏ phiếu")
    entitled = models.PositiveIntegerField("số người có quyền biểu quyết")
    present = models.PositiveIntegerField("số có mặt")
    issued = models.PositiveIntegerField("số phiếu phát ra")
    collected = models.PositiveIntegerField("số phiếu thu vào")
    valid = models.PositiveIntegerField("số phiếu hợp lệ")
    invalid = models.PositiveIntegerField("số phiếu không hợp lệ")

    class Meta:
        verbose_name = "cuộc bỏ phiếu"
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("entitled"), issued__lte=F("present"), collected__lte=F("issued"))
                & Q(collected=F("valid") + F("invalid")),
                name="ballot_adds_up",
                violation_error_message=(
                    "Số phiếu không khớp: phát ra ≤ có mặt, thu vào ≤ phát ra, hợp lệ + không hợp lệ = thu vào."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.held_on:%d/%m/%Y}"

    @property
    def scope_path(self):
        return self.organisation.path
