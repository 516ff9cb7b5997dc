"""What keeps a seal, whatever lies under it: whom it names, who asks to be named, and a line for each look."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.lib.append_only import AppendOnly
from discipline.enums import JournalKind


class NamedReader(models.Model):
    """Somebody who is named, from a moment until another; without a second person only those of the first day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField("từ lúc", default=timezone.now)
    until = models.DateTimeField("đến lúc", null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("lý do", max_length=500)

    class Meta:
        abstract = True
        ordering = ["since", "id"]


class OpeningAsked(models.Model):
    """Somebody asks that another be named; a second person answers, and learns no more than is asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="mở cho")
    reason = models.CharField("lý do", max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-asked_at"]


def by_a_second_person(name):
    """Who answers is neither who asks nor the one who is to be named."""
    alone = ~models.Q(asked_of=models.F("asked_by")) & ~models.Q(asked_of=models.F("user"))
    return models.CheckConstraint(condition=alone, name=name)


class JournalLine(AppendOnly):
    """One line of a journal: who read or did what, when and why; append-only, on both databases."""

    at = models.DateTimeField("lúc", default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=6, choices=JournalKind.choices)
    action = models.CharField("việc", max_length=60)
    reason = models.CharField("lý do", max_length=500, blank=True)
    data = models.JSONField("chi tiết", default=dict)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.action}"
