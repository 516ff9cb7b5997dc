"""The log of acts: append-only, on both databases."""

from django.db import models
from django.utils import timezone

from cells.querysets import LogEntryQuerySet
from config.lib.append_only import AppendOnly


class LogEntry(AppendOnly):
    """One act of one person, written in the transaction of the act."""

    at = models.DateTimeField("lúc", default=timezone.now, db_index=True)
    actor = models.ForeignKey("cells.User", models.PROTECT, related_name="log_entries", verbose_name="người làm")
    action = models.CharField("việc", max_length=60, db_index=True)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, related_name="log_entries")
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField("đối tượng", max_length=200, blank=True)
    data = models.JSONField("chi tiết", default=dict)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="log_subject")]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.action}"
