"""The member: who the person is. Where, what and since when stand in the rows of `history`."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.periods import Fact, Precision
from config.lib.vietnamese import fold, sort_key
from members.enums import Sex
from members.querysets import MemberQuerySet
from members.rules.numbers import CARD_DIGITS, FORMER_CARD_DIGITS, PERSONAL_ID_DIGITS

VISIBLE_DIGITS = 4
SEARCH_KEY_LENGTH = 220  # two names of a hundred letters, and former names as far as they go
MASKED = ("personal_id", "former_personal_id", "card_number", "former_card_number")


def mask(number):
    """An identifier with all but its last four characters hidden; short ones are hidden whole."""
    if len(number) <= VISIBLE_DIGITS:
        return "•" * len(number)
    return "•" * (len(number) - VISIBLE_DIGITS) + number[-VISIBLE_DIGITS:]


def _digits(number, words):
    return RegexValidator(rf"^\d{{{number}}}$", words.format(number))


class Member(Fact):
    """A person on the roll of members. Identifiers are text; what may change in time is a dated row elsewhere.

    `home` is today's value of where the person officially is, or last was; the membership actions write it.
    Dates: `decided_on` the decision of admission, `admitted_on` the ceremony, `official_on` the recognition.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField("họ và tên khai sinh", max_length=100)
    alias = models.CharField("tên gọi khác", max_length=100, blank=True)
    former_names = models.CharField("tên cũ", max_length=300, blank=True, editable=False)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False)
    sort_key = models.CharField(max_length=220, editable=False, db_index=True)
    sex = models.CharField("giới tính", max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    ethnic = models.CharField("dân tộc", max_length=30, blank=True)
    birth_place = models.CharField("nơi đăng ký khai sinh", max_length=300, blank=True)
    home_place = models.CharField("quê quán", max_length=300, blank=True)
    residence = models.CharField("nơi thường trú", max_length=300, blank=True)
    personal_id = models.CharField(
        "số định danh cá nhân",
        max_length=PERSONAL_ID_DIGITS,
        blank=True,
        validators=[_digits(PERSONAL_ID_DIGITS, "Số định danh cá nhân gồm đúng {} chữ số. Hãy kiểm tra lại.")],
    )
    former_personal_id = models.CharField("số CMND cũ", max_length=12, blank=True)
    card_number = models.CharField(
        "số thẻ đảng viên (12 số)",
        max_length=CARD_DIGITS,
        blank=True,
        validators=[_digits(CARD_DIGITS, "Số thẻ đảng viên mẫu mới gồm đúng {} chữ số.")],
    )
    card_issued_on = models.DateField("ngày cấp thẻ", null=True, blank=True)
    card_issued_by = models.CharField("nơi cấp thẻ", max_length=100, blank=True)
    former_card_number = models.CharField(
        "số thẻ theo Quyết định 85",
        max_length=FORMER_CARD_DIGITS,
        blank=True,
        validators=[_digits(FORMER_CARD_DIGITS, "Số thẻ đảng viên mẫu cũ gồm đúng {} chữ số.")],
    )
    cv_number = models.CharField(
        "số lý lịch",
        max_length=12,
        blank=True,
        validators=[
            RegexValidator(r"^\d{6} ?[A-ZĐ]{2,3}$", "Số lý lịch gồm 6 chữ số và 2–3 chữ cái, ví dụ 000123 CM.")
        ],
    )
    decided_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)
    decided_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    admitted_on = models.DateField("ngày vào Đảng", null=True, blank=True)
    admitted_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    official_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    home = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="members", verbose_name="chi bộ")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="member", verbose_name="tài khoản"
    )
    source_id = models.CharField("mã trong hệ thống nguồn", max_length=40, blank=True)
    notes = models.CharField("ghi chú", max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["home", "sort_key"], name="member_home_order"),
            models.Index(fields=["personal_id"], name="member_personal_id"),
            models.Index(fields=["search_key"], name="member_search_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personal_id"],
                condition=~Q(personal_id="") & Q(voided_at__isnull=True),
                name="member_personal_id_unique",
                violation_error_message="Số định danh này đã có trong hệ thống, đã chuyển cấp trên đối chiếu.",
            ),
            models.UniqueConstraint(
                fields=["card_number"],
                condition=~Q(card_number="") & Q(voided_at__isnull=True),
                name="member_card_number_unique",
                violation_error_message="Số thẻ này đã có trong hệ thống, đã chuyển cấp trên đối chiếu.",
            ),
            models.UniqueConstraint(
                fields=["former_card_number"],
                condition=~Q(former_card_number="") & Q(voided_at__isnull=True),
                name="member_former_card_number_unique",
                violation_error_message="Số thẻ này đã có trong hệ thống, đã chuyển cấp trên đối chiếu.",
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(admitted_on__isnull=True) | Q(born_on__lt=F("admitted_on")),
                name="member_born_before_admitted",
                violation_error_message="Ngày sinh phải trước ngày vào Đảng.",
            ),
            models.CheckConstraint(
                condition=Q(admitted_on__isnull=True)
                | Q(official_on__isnull=True)
                | Q(admitted_on__lte=F("official_on")),
                name="member_admitted_before_official",
                violation_error_message="Ngày chính thức không thể trước ngày vào Đảng.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def fill_keys(self):
        """Compute the search and sort keys; every path that writes a name calls this."""
        named = " ".join(part for part in (self.full_name, self.alias, self.former_names) if part)
        self.search_key = fold(named)[:SEARCH_KEY_LENGTH].rstrip()
        self.sort_key = sort_key(self.full_name)

    def keys_are_right(self):
        """Whether the stored keys are those of the name; they are not after a change of the folding rules."""
        stored = (self.search_key, self.sort_key)
        self.fill_keys()
        computed = (self.search_key, self.sort_key)
        self.search_key, self.sort_key = stored
        return stored == computed

    def save(self, *args, **kwargs):
        self.fill_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key", "sort_key"}
        super().save(*args, **kwargs)

    @property
    def current_card(self):
        """The card number that is in use: the new one where there is one."""
        return self.card_number or self.former_card_number

    @property
    def scope_organisation(self):
        return self.home

    @property
    def scope_path(self):
        return self.home.path
