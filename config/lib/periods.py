"""History is rows with dates: half-open periods, and facts that are corrected but never erased."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # typed days beyond have no day after, or no local time


class Precision(models.TextChoices):
    """How much of a partial date is known; the missing part is stored as its first day."""

    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    YEAR = "year", "năm"


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from `started_on` until the day before `ended_on`."""

    def on(self, day):
        """Rows that hold on `day`; `ended_on` is the first day after."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)

    def overlapping(self, start, end):
        """Rows that hold on at least one day of the half-open period; `end` None means open."""
        rows = self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=start))
        return rows if end is None else rows.filter(started_on__lt=end)

    def open(self):
        """Rows without an end."""
        return self.filter(ended_on__isnull=True)


class Period(models.Model):
    """A row that holds from a day until the day before another."""

    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("ngày kết thúc (ngày đầu tiên không còn)", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def last_day(self):
        """The last day on which the row holds, as people write it; None while it has no end."""
        return self.ended_on - timedelta(days=1) if self.ended_on else None

    def holds_on(self, day):
        """Whether the row holds on `day`."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


def period_in_order(name):
    """A named constraint: a period ends after it began."""
    return models.CheckConstraint(
        condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
        name=name,
        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
    )


class FactQuerySet(models.QuerySet):
    """Rows that can be voided; what was voided stays readable."""

    def standing(self, as_known=None):
        """Rows not voided today, or as they were known at the moment `as_known`."""
        if as_known is None:
            return self.filter(voided_at__isnull=True)
        known = Q(voided_at__isnull=True) | Q(voided_at__gt=as_known)
        return self.filter(known, recorded_at__lte=as_known)


class PeriodFactQuerySet(FactQuerySet, PeriodQuerySet):
    """Dated facts: `on(day)` sees what stands."""

    def on(self, day, as_known=None):
        """Standing rows that hold on `day`, as known today or at the moment `as_known`."""
        return PeriodQuerySet.on(self.standing(as_known), day)


class Fact(models.Model):
    """Who recorded a row and when; who voided it, when and why."""

    recorded_at = models.DateTimeField("ghi lúc", db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi", null=True, editable=False
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người hủy", null=True, editable=False
    )
    void_reason = models.CharField("lý do hủy", max_length=500, blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def void(self, reason, by):
        """Take the row back, now: it stays readable with who did so and why, as far as the column is long."""
        longest = self._meta.get_field("void_reason").max_length
        self.voided_at, self.voided_by, self.void_reason = timezone.now(), by, reason[:longest]
        self.save(update_fields=["voided_at", "voided_by", "void_reason"])


class PeriodFact(Fact, Period):
    """A dated fact that can be voided."""

    objects = PeriodFactQuerySet.as_manager()

    class Meta:
        abstract = True
