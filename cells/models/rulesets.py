"""Rule sets loaded from TOML files, and what a committee chose otherwise."""

from django.db import models
from django.db.models import Q

from cells.querysets import RuleOverrideQuerySet, RuleSetQuerySet
from config.lib.periods import PeriodFact, period_in_order


class RuleSet(models.Model):
    """One topic of one regulation, as its file said; immutable once loaded, a changed file is a new version.

    `values` maps each key to its value, unit, certainty mark and source article.
    """

    topic = models.CharField("chủ đề", max_length=40)
    code = models.CharField("mã", max_length=40)
    title = models.CharField("tên", max_length=200, blank=True)
    effective_on = models.DateField("hiệu lực từ")
    first_season_year = models.PositiveSmallIntegerField("áp dụng từ năm xếp loại", null=True)
    last_season_year = models.PositiveSmallIntegerField("đến năm xếp loại", null=True)
    source = models.CharField("căn cứ", max_length=300)
    values = models.JSONField("giá trị")
    version = models.PositiveSmallIntegerField("bản", default=1)
    digest = models.CharField(max_length=64)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ quy tắc"
        ordering = ["topic", "-effective_on", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "code", "version"], name="rule_set_version_once"),
        ]

    def __str__(self):
        return f"{self.topic} {self.code}"


class RuleOverride(PeriodFact):
    """What a committee decided for itself where the text leaves the choice (or is not known)."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="rule_overrides")
    topic = models.CharField("chủ đề", max_length=40)
    key = models.CharField("quy tắc", max_length=60)
    value = models.JSONField("giá trị")
    reason = models.CharField("lý do", max_length=500)
    decision = models.CharField("quyết định", max_length=200, blank=True)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = "lựa chọn của cấp ủy"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "topic", "key"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="rule_override_open_once",
            ),
            period_in_order("rule_override_period_in_order"),
        ]

    def __str__(self):
        return f"{self.topic}.{self.key}"

    @property
    def scope_path(self):
        return self.organisation.path
