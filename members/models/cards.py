"""Party cards of a member one after the other, and the yearly look at them."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from members.badge_enums import CardEnd, CardKind, CardState
from members.models.history import OfMember
from members.querysets import CardCheckQuerySet, PartyCardQuerySet


class PartyCard(OfMember, Fact):
    """A card from its request to its end; without a number it is asked for only. Old numbers are kept for ever.

    The member's own columns repeat the number in use; `ended_on` is the first day on which the card no longer is.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="cards")
    kind = models.CharField("lý do cấp", max_length=10, choices=CardKind.choices)
    requested_on = models.DateField("ngày đề nghị", null=True, blank=True)
    number = models.CharField("số thẻ", max_length=12, blank=True)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)
    place = models.CharField("nơi cấp", max_length=100, blank=True)
    decision = models.CharField("số quyết định", max_length=100, blank=True)
    handed_on = models.DateField("ngày giao thẻ", null=True, blank=True)
    ended_on = models.DateField("ngày đầu tiên không dùng nữa", null=True, blank=True)
    end_reason = models.CharField("lý do thôi dùng", max_length=10, choices=CardEnd.choices, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = PartyCardQuerySet.as_manager()

    class Meta:
        verbose_name = "thẻ đảng viên"
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(voided_at__isnull=True, ended_on__isnull=True) & ~Q(number=""),
                name="card_in_use_once",
                violation_error_message="Đảng viên đang có một thẻ còn dùng.",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(voided_at__isnull=True, number=""),
                name="card_asked_for_once",
                violation_error_message="Đã có đề nghị cấp thẻ cho đảng viên này.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="card_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(number="")
                | Q(requested_on__isnull=False, issued_on__isnull=True, ended_on__isnull=True, handed_on__isnull=True),
                name="card_asked_for_or_issued",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class CardCheck(OfMember, Fact):
    """What the cell found when it looked at a card (once a year: 06-HD/TW, 7.2a)."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="card_checks")
    checked_on = models.DateField("ngày kiểm tra")
    state = models.CharField("kết quả", max_length=10, choices=CardState.choices)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    objects = CardCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm tra thẻ"
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "checked_on"], condition=Q(voided_at__isnull=True), name="card_checked_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.checked_on:%d/%m/%Y}: {self.get_state_display()}"
