"""The quality desk: what was found, how much of it on which day, what was mended at once, which records were merged."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet, below
from config.lib.periods import Fact, FactQuerySet
from members.quality.rules import rule_of
from members.quality_enums import STANDING_FINDINGS, FindingState

SEALED_TABLES = ("members.hold.", "members.proceeding.")
SENSITIVE_RULES = ["missing_religion"]  # that an answer is missing speaks of the answer


class FindingQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission):
        """Findings of organisations in scope, about people who are in scope today: both of them, of a pair."""
        paths = user.paths_in_scope(permission)
        homes = apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")
        rows = super().visible_to(user, permission).filter(member__home__in=homes)
        rows = rows.filter(Q(other__isnull=True) | Q(other__home__in=homes))
        sensitive = apps.get_model("cells.Organisation").objects.filter(
            below(user.paths_in_scope(Permission.MEMBERS_SENSITIVE))
        )
        return rows.filter(~Q(rule__in=SENSITIVE_RULES) | Q(organisation__in=sensitive.values("id")))

    def open(self):
        return self.filter(state=FindingState.OPEN)

    def lasting(self):
        """What the last check still saw, accepted or not."""
        return self.filter(state__in=STANDING_FINDINGS)

    def about(self, member):
        """Findings that name a member, alone or in a pair."""
        return self.filter(Q(member=member) | Q(other=member))

    def with_people(self):
        """Read along what a list shows."""
        return self.select_related("member__home", "other__home", "organisation", "owner")


class Finding(models.Model):
    """What one rule says about one record, or about a pair; it opens again when it is seen after having been mended.

    `organisation` is the home of the record, for a pair the lowest body above both. Who accepts it says why; it stays
    accepted as long as the rule says the same.
    """

    rule = models.CharField("quy tắc", max_length=30)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="findings")
    other = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    detail = models.CharField("cụ thể", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    found_on = models.DateField("phát hiện ngày")
    seen_on = models.DateField("còn thấy ngày")
    due_on = models.DateField("hạn")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người phụ trách",
    )
    reason = models.CharField("lý do chấp nhận", max_length=500, blank=True)
    settled_on = models.DateField("ngày hết hoặc chấp nhận", null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm cần xem của hồ sơ"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "rule"], condition=Q(other__isnull=True), name="finding_once_a_rule"
            ),
            models.UniqueConstraint(
                fields=["member", "rule", "other"], condition=Q(other__isnull=False), name="finding_once_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN, settled_on__isnull=True)
                | ~Q(state=FindingState.OPEN) & Q(settled_on__isnull=False),
                name="finding_settled_with_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "rule", "due_on", "id"], condition=Q(state="open"), name="finding_open"
            ),
        ]

    def __str__(self):
        return self.what.words

    @property
    def what(self):
        """The rule."""
        return rule_of(self.rule)

    @property
    def scope_organisation(self):
        return self.organisation

    @property
    def scope_path(self):
        return self.organisation.path


class QualityCount(models.Model):
    """How much stood open, accepted and mended on a day in an organisation and everything below it."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    people = models.PositiveIntegerField("số hồ sơ", default=0)
    open = models.PositiveIntegerField("còn", default=0)
    accepted = models.PositiveIntegerField("chấp nhận", default=0)
    fixed = models.PositiveIntegerField("đã hết", default=0)
    by_rule = models.JSONField("còn theo quy tắc", default=dict)

    class Meta:
        verbose_name = "số liệu chất lượng hồ sơ"
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "on"], name="quality_count_once_a_day")]

    def __str__(self):
        return f"{self.organisation} {self.on:%d/%m/%Y}: {self.open}"


class QualityFixQuerySet(ScopedQuerySet):
    """Mendings in the scope of the organisation for which they were made."""


class QualityFix(models.Model):
    """Records mended at once: the values before and after by record, so that it can be taken back."""

    rule = models.CharField("quy tắc", max_length=30)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    changes = models.JSONField("thay đổi", default=dict)  # by id of the member: {"revision", "before", "after"}
    made_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = QualityFixQuerySet.as_manager()

    class Meta:
        verbose_name = "lần sửa nhanh"
        ordering = ["-made_at"]

    def __str__(self):
        return f"{rule_of(self.rule).words}: {len(self.changes)} hồ sơ"

    @property
    def scope_path(self):
        return self.organisation.path


class MergeQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "survivor__home"


class Merge(Fact):
    """Two records of one person made one: `merged` was voided and points here, its facts went to `survivor`.

    `choices` says field by field whose value stands. `moved`, `voided`, `before` and `kept` are what an undo puts back:
    keys of rows by table, former columns of both records, and what the apps above answered. Voided means undone.
    """

    survivor = models.ForeignKey("members.Member", models.PROTECT, related_name="merges")
    merged = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=500)
    choices = models.JSONField("giá trị được giữ", default=dict)
    before = models.JSONField(default=dict, editable=False)
    moved = models.JSONField(default=dict, editable=False)
    voided = models.JSONField(default=dict, editable=False)
    kept = models.JSONField(default=dict, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "gộp hồ sơ"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(voided_at__isnull=True), name="merged_once"),
        ]

    def __str__(self):
        return f"{self.merged} → {self.survivor}"

    @property
    def scope_organisation(self):
        return self.survivor.home

    @property
    def scope_path(self):
        return self.survivor.home.path

    @property
    def homes(self):
        """Ids of the organisations whose records an undo writes: where both are, and where the survivor goes back."""
        return {self.survivor.home_id, self.merged.home_id, self.before["survivor"]["home_id"]}

    @property
    def shown_moves(self):
        """Keys of the rows that moved, without those of which only inspection officers know."""
        return {key: keys for key, keys in self.moved.items() if not key.startswith(SEALED_TABLES)}
