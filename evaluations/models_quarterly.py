"""Quarterly follow-up: what was said and decided of one member, or of the collective of a cell, in one quarter."""

import uuid

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from evaluations.enums import QuarterNotRated
from evaluations.querysets_quarterly import QuarterRatingQuerySet
from evaluations.rules.quarterly import NUMERALS


class QuarterRating(Fact):
    """One version of a quarter; who writes on voids it and adds the next. `member` None: the collective of the cell.

    `points` are `{key: written decimal}` by the columns of the rule set; `added_reason` says why somebody is followed
    whom the record does not name. The level is in the scale of the year.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="quarter_ratings")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="quarter_ratings")
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý")
    version = models.PositiveIntegerField(default=1)
    added_reason = models.CharField("vì sao theo dõi thêm", max_length=300, blank=True)
    own_level = models.CharField("tự nhận", max_length=20, blank=True)
    points = models.JSONField("điểm", default=dict)
    decided_level = models.CharField("mức quyết định", max_length=20, blank=True)
    not_rated_reason = models.CharField(
        "lý do không đánh giá", max_length=20, choices=QuarterNotRated.choices, blank=True
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)
    body = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, related_name="+")
    number = models.CharField("số quyết định", max_length=50, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True)

    objects = QuarterRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá quý"
        ordering = ["year", "quarter", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year", "quarter"],
                condition=Q(voided_at__isnull=True, member__isnull=False),
                name="quarter_rating_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "quarter"],
                condition=Q(voided_at__isnull=True, member__isnull=True),
                name="quarter_rating_of_collective_once",
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_rating_of_a_quarter"),
            models.CheckConstraint(
                condition=Q(decided_level="") | Q(not_rated_reason=""), name="quarter_rating_level_or_reason"
            ),
            models.CheckConstraint(
                condition=Q(decided_level="", body__isnull=True, number="", decided_on__isnull=True)
                | ~Q(decided_level="") & ~Q(number="") & Q(body__isnull=False, decided_on__isnull=False),
                name="quarter_rating_decided_by_a_document",
            ),
        ]

    def __str__(self):
        return str(self.member or self.organisation)

    @property
    def quarter_name(self):
        return f"Quý {NUMERALS[self.quarter]}"

    @property
    def is_final(self):
        """Whether there is a result that nobody changes without saying why."""
        return bool(self.decided_level or self.not_rated_reason)

    @property
    def decision(self):
        """The decision in words."""
        return f"{self.number} ngày {self.decided_on:%d/%m/%Y}" if self.decided_on else ""
