"""Work over two seconds runs beside the page and shows how far it is."""

import uuid

from django.db import models
from django.utils import timezone

from cells.enums import JobState
from cells.querysets import JobQuerySet


class Job(models.Model):
    """One piece of background work; a killed worker leaves it without a heartbeat and it is offered again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    label = models.CharField("việc", max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng", default=0)
    message = models.CharField("thông báo", max_length=500, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    attempt = models.PositiveSmallIntegerField("lần chạy", default=0)
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)
    created_by = models.ForeignKey("cells.User", models.PROTECT, related_name="jobs")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, related_name="+")

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy nền"
        ordering = ["-created_at"]

    def __str__(self):
        return self.label

    @property
    def percent(self):
        """Whole percent done; 0 while the total is not known."""
        return 100 * self.done // self.total if self.total else 0
