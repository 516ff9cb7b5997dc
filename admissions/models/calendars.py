"""Calendar files: a token opens one person's deadlines to his calendar program until he revokes it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from admissions.querysets import CalendarTokenQuerySet


class CalendarToken(models.Model):
    """Only the digest of a token is kept; its address is shown once."""

    user = models.ForeignKey("cells.User", models.PROTECT, related_name="calendar_tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, editable=False)

    objects = CalendarTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "đường dẫn lịch"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="calendar_token_one_open"
            )
        ]

    def __str__(self):
        return f"{self.user} {self.created_at:%d/%m/%Y}"
