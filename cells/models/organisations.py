"""The tree remembers: an organisation is an identity, everything else about it is a dated version."""

from django.db import models
from django.db.models import Q

from cells.models.events import OfEvent
from cells.querysets import OrganisationQuerySet
from config.lib.periods import Period, PeriodFact, period_in_order


class OrganisationKind(Period):
    """A kind of party organisation with the days on which it exists (`rulesets/kinds.toml`)."""

    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên", max_length=100)
    rank = models.PositiveSmallIntegerField("thứ tự")
    is_cell = models.BooleanField("là chi bộ")
    is_base = models.BooleanField("là tổ chức cơ sở đảng")
    mark = models.CharField("độ chắc chắn", max_length=1)
    source = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "loại hình tổ chức đảng"
        constraints = [
            models.UniqueConstraint(fields=["code", "started_on"], name="organisation_kind_once_a_day"),
            period_in_order("organisation_kind_period_in_order"),
        ]

    def __str__(self):
        return self.name


class Organisation(models.Model):
    """A party organisation: its identity, and today's values of what its versions say.

    The columns here are written by the tree actions alone; lists of a past day read the versions.
    """

    code = models.CharField("mã tổ chức đảng", max_length=20, blank=True)
    path = models.CharField("đường dẫn", max_length=200, unique=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=20)
    level = models.PositiveSmallIntegerField("cấp", null=True, blank=True)
    is_cell = models.BooleanField("có đảng viên sinh hoạt trực tiếp", default=False)
    is_base = models.BooleanField("là tổ chức cơ sở đảng", default=False)
    is_open = models.BooleanField("đang hoạt động", default=True)
    position = models.PositiveIntegerField("thứ tự trong danh sách", default=0)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="organisation_code_unique"),
        ]

    def __str__(self):
        return self.name

    @property
    def scope_path(self):
        return self.path

    def ancestor_ids(self):
        """Ids from the root down to this organisation."""
        return [int(part) for part in self.path.strip("/").split("/")]


class OrganisationVersion(OfEvent, PeriodFact):
    """What a decision can change about an organisation, from a day until the day before another."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="versions")
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ chức đảng cấp trên"
    )
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=20)
    level = models.PositiveSmallIntegerField("cấp", null=True, blank=True)
    code = models.CharField("mã tổ chức đảng", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu văn bản", max_length=20, blank=True)
    heading_issuer = models.CharField("tên cơ quan ban hành", max_length=200, blank=True)
    heading_superior = models.CharField("tên khi là cấp trên", max_length=200, blank=True)
    place = models.CharField("địa danh", max_length=100, blank=True)
    base_type = models.CharField("loại hình cơ sở", max_length=40, blank=True)
    has_seal = models.BooleanField("có con dấu", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "giai đoạn của tổ chức đảng"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="organisation_one_open_version",
            ),
            period_in_order("organisation_version_period_in_order"),
        ]

    def __str__(self):
        return f"{self.name} ({self.started_on:%d/%m/%Y})"


class Term(OfEvent, PeriodFact):
    """A term of a committee, from congress to congress; numbering of documents runs within it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms")
    name = models.CharField("nhiệm kỳ", max_length=50)

    class Meta:
        verbose_name = "nhiệm kỳ"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "started_on"], condition=Q(voided_at__isnull=True), name="term_once"
            ),
            period_in_order("term_period_in_order"),
        ]

    def __str__(self):
        return self.name
