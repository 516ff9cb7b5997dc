"""When the results of a decision were made known to the members and to the bodies that manage them."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from evaluations.querysets import RatingNoticeQuerySet


class RatingNotice(Fact):
    """The notice of the results of one decision: the day and the way (366-QĐ/TW, khoản 15.2)."""

    decision = models.ForeignKey("evaluations.RatingDecision", models.PROTECT, related_name="notices")
    notified_on = models.DateField("ngày thông báo")
    how = models.CharField("hình thức thông báo", max_length=300)

    objects = RatingNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo kết quả xếp loại"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(voided_at__isnull=True), name="rating_notice_once"
            ),
        ]

    def __str__(self):
        return f"{self.notified_on:%d/%m/%Y}, {self.how}"

    @property
    def scope_organisation(self):
        return self.decision.organisation
