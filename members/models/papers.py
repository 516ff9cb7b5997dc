"""What belongs to the member's sheet beside its rows: the photo, former names, yearly supplement slips."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from members.models.history import OfMember
from members.querysets import SheetRowQuerySet
from members.sheet_enums import NameGround


class FormerName(OfMember, Fact):
    """A name that the person had until a decision; it stays searchable (06-HD/TW, 9.1)."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="former_name_rows")
    full_name = models.CharField("tên cũ", max_length=100)
    new_name = models.CharField("tên mới", max_length=100)
    ground = models.CharField("vì sao", max_length=12, choices=NameGround.choices)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    source = models.CharField("giấy tờ của Nhà nước, hồ sơ gốc", max_length=200)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        verbose_name = "tên cũ"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground=NameGround.DECISION) | ~Q(decision="") & Q(decided_on__isnull=False),
                name="former_name_by_decision",
                violation_error_message="Đổi họ tên phải có số và ngày quyết định.",
            )
        ]

    def __str__(self):
        return self.full_name


class Photo(OfMember, Fact):
    """The portrait 3×4 of the sheet, drawn anew from what was sent; the file lies outside the web root."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="photos")
    name = models.CharField("tên tệp", max_length=60, unique=True, editable=False)
    digest = models.CharField("SHA-256", max_length=64, editable=False)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        verbose_name = "ảnh 3×4"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(voided_at__isnull=True), name="photo_one_stands")
        ]

    def __str__(self):
        return "ảnh 3×4"


class Supplement(OfMember, Fact):
    """A yearly supplement slip (mẫu 3-HSĐV) taken over: what it changed, before and after, as the slip prints it.

    `changes` and `restricted` hold {item: [before, after]}; an item that is in neither was unchanged and prints “K”.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="supplements")
    declared_on = models.DateField("kê khai ngày")
    changes = models.JSONField("thay đổi", default=dict)
    restricted = models.JSONField("thay đổi ở các mục hạn chế", default=dict)
    with_restricted = models.BooleanField("có các mục hạn chế", default=True)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu bổ sung hồ sơ đảng viên"
        ordering = ["-declared_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "declared_on"], condition=Q(voided_at__isnull=True), name="supplement_once_a_day"
            )
        ]

    def __str__(self):
        return f"Phiếu bổ sung hồ sơ đảng viên ngày {self.declared_on:%d/%m/%Y}"
