"""Badges of Party age, the Party age that was confirmed, and rewards: facts entered from paper."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact, Precision
from members.badge_enums import AwardForm, BadgeKind
from members.models.history import OfMember
from members.querysets import BadgeQuerySet, OfMemberFactQuerySet


class Badge(OfMember, Fact):
    """A badge from its proposal to the day on which it was handed over; without a decision it is proposed only.

    `due_on` is the day on which Party age reached the level as it was computed when it was proposed, `round_on` the day
    of the round, `reason` why it was proposed where a person had to decide. A badge from an old paper has a decision
    alone, its day perhaps partial.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="badges")
    level = models.PositiveSmallIntegerField("mức (năm tuổi Đảng)")
    kind = models.CharField("hình thức", max_length=10, choices=BadgeKind.choices, default=BadgeKind.NORMAL)
    due_on = models.DateField("ngày đủ tuổi Đảng", null=True, blank=True)
    round_on = models.DateField("đợt tặng", null=True, blank=True)
    proposed_on = models.DateField("ngày đề nghị", null=True, blank=True)
    reason = models.CharField("căn cứ đề nghị", max_length=500, blank=True)
    number = models.CharField("số Huy hiệu", max_length=20, blank=True)
    decision = models.CharField("số quyết định", max_length=100, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    handed_on = models.DateField("ngày trao", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = "Huy hiệu Đảng"
        ordering = ["-level", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "level"],
                condition=Q(voided_at__isnull=True),
                name="badge_level_once",
                violation_error_message="Đảng viên đã có Huy hiệu Đảng mức này.",
            ),
            models.UniqueConstraint(
                fields=["level", "number"],
                condition=Q(voided_at__isnull=True) & ~Q(number=""),
                name="badge_number_once",
                violation_error_message="Số Huy hiệu này đã cấp ở cùng mức.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False)
                | Q(number="", decision="", handed_on__isnull=True, proposed_on__isnull=False),
                name="badge_proposed_or_decided",
            ),
        ]
        indexes = [models.Index(fields=["round_on"], condition=Q(voided_at__isnull=True), name="badge_of_round")]

    def __str__(self):
        return f"Huy hiệu {self.level} năm tuổi Đảng"

    @property
    def is_awarded(self):
        return self.decided_on is not None


class PartyAgeConfirmation(OfMember, Fact):
    """Party age in months on a day, confirmed by decision: it wins over what is computed."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="party_age_confirmations")
    confirmed_on = models.DateField("tính đến ngày")
    months = models.PositiveSmallIntegerField("số tháng tuổi Đảng")
    decision = models.CharField("văn bản xác nhận", max_length=100)
    decided_by = models.CharField("cấp xác nhận", max_length=200, blank=True)

    objects = OfMemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận tuổi Đảng"
        ordering = ["-confirmed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "confirmed_on"],
                condition=Q(voided_at__isnull=True),
                name="party_age_confirmed_once_a_day",
                violation_error_message="Đã có xác nhận tuổi Đảng tính đến ngày này.",
            ),
        ]

    def __str__(self):
        return f"{self.months} tháng, {self.decision}"


class Award(OfMember, Fact):
    """A reward (mục 23 of the sheet): month, form, grade, who gave it."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="awards")
    form = models.CharField("hình thức", max_length=12, choices=AwardForm.choices)
    title = models.CharField("tên", max_length=150, blank=True)
    grade = models.CharField("hạng, cấp", max_length=60, blank=True)
    awarded_on = models.DateField("tháng, năm")
    awarded_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    issuer = models.CharField("cấp khen thưởng", max_length=200)
    decision = models.CharField("số quyết định", max_length=100, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = OfMemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        ordering = ["-awarded_on", "-id"]
        indexes = [models.Index(fields=["awarded_on"], condition=Q(voided_at__isnull=True), name="award_of_day")]

    def __str__(self):
        name = self.title or self.get_form_display()
        return f"{name}, {self.grade}" if self.grade else name
