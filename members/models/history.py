"""What happened to a member and when: rows with dates, voided and corrected, never erased."""

from django.db import models
from django.db.models import Q

from cells.models.events import OfEvent
from cells.querysets import ScopedQuerySet
from config.lib.periods import Fact, FactQuerySet, PeriodFact, period_in_order
from members.enums import (
    FINAL_ENDINGS,
    EndReason,
    ExemptionGround,
    MembershipKind,
    OutsideArea,
    OverlayKind,
    PostManner,
    PostTitle,
    SanctionForm,
    StartReason,
    Topic,
)
from members.querysets import AnnualGradeQuerySet, MembershipQuerySet


class OfMember:
    """A row about a member stands in the scope of the member."""

    @property
    def scope_organisation(self):
        return self.member.home

    @property
    def scope_path(self):
        return self.member.home.path


class Membership(OfMember, OfEvent, PeriodFact):
    """Where a member takes part in party life; the database refuses overlapping official memberships of one person."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=MembershipKind.choices, default=MembershipKind.OFFICIAL)
    start_reason = models.CharField("lý do bắt đầu", max_length=20, choices=StartReason.choices)
    end_reason = models.CharField("lý do kết thúc", max_length=20, choices=EndReason.choices, blank=True)
    came_from = models.CharField("đến từ", max_length=20, choices=OutsideArea.choices, blank=True)
    went_to = models.CharField("chuyển đi đâu", max_length=20, choices=OutsideArea.choices, blank=True)
    transfer = models.ForeignKey(
        "members.Transfer", models.PROTECT, null=True, blank=True, editable=False, related_name="opened_memberships"
    )
    end_transfer = models.ForeignKey(
        "members.Transfer", models.PROTECT, null=True, blank=True, editable=False, related_name="closed_memberships"
    )
    decision = models.CharField("quyết định", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "sinh hoạt đảng"
        ordering = ["started_on", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "kind"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="membership_open",
            ),
            models.Index(
                fields=["member"], condition=Q(kind="temporary", voided_at__isnull=True), name="membership_away"
            ),
            models.Index(
                fields=["-ended_on", "-id"],
                condition=Q(end_reason__in=FINAL_ENDINGS, voided_at__isnull=True),
                name="membership_left",
            ),
        ]
        constraints = [
            period_in_order("membership_period_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="membership_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.organisation}"


class Overlay(OfMember, PeriodFact):
    """A dated state over the membership: exempt, suspended, interrupted, prosecuted."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="overlays")
    kind = models.CharField("trạng thái", max_length=20, choices=OverlayKind.choices)
    ground = models.CharField("lý do", max_length=20, choices=ExemptionGround.choices, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "tình trạng sinh hoạt"
        constraints = [period_in_order("overlay_period_in_order")]
        indexes = [models.Index(fields=["member", "kind"], name="overlay_of_member")]

    def __str__(self):
        return self.get_kind_display()


class Particular(OfMember, PeriodFact):
    """One dated answer to one thing that official forms count; `unknown` is an answer too."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="particulars")
    topic = models.CharField("mục", max_length=20, choices=Topic.choices)
    value = models.CharField("giá trị", max_length=40)
    text = models.CharField("ghi như trên giấy", max_length=300, blank=True)
    source = models.CharField("giấy tờ làm căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "chi tiết lý lịch"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "topic"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="particular_one_open",
            ),
            period_in_order("particular_period_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["topic", "value", "member", "started_on", "ended_on"],
                condition=Q(voided_at__isnull=True),
                name="particular_value_on_day",
            ),
        ]

    def __str__(self):
        return f"{self.get_topic_display()}: {self.text or self.value}"


class Post(OfMember, OfEvent, PeriodFact):
    """A party post of a member in a body, dated."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="posts")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="posts")
    title = models.CharField("chức vụ", max_length=20, choices=PostTitle.choices)
    term = models.ForeignKey(
        "cells.Term", models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="nhiệm kỳ"
    )
    manner = models.CharField("cách nhận", max_length=10, choices=PostManner.choices, default=PostManner.UNKNOWN)
    decision = models.CharField("quyết định, nghị quyết", max_length=200, blank=True)

    class Meta:
        verbose_name = "chức vụ đảng"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "organisation", "title"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="post_open_once",
            ),
            period_in_order("post_period_in_order"),
        ]

    def __str__(self):
        return f"{self.get_title_display()} {self.organisation}"


class SanctionQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"


class Sanction(OfMember, Fact):
    """A disciplinary decision in force, as a fact: ratings and statistics read it, its case stays sealed."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="sanctions")
    form = models.CharField("hình thức", max_length=20, choices=SanctionForm.choices)
    decided_on = models.DateField("ngày quyết định")
    announced_on = models.DateField("ngày công bố", null=True, blank=True)
    lapses_on = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    decision = models.CharField("số quyết định", max_length=100, blank=True)
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    act_from = models.DateField("hành vi từ ngày", null=True, blank=True)
    act_to = models.DateField("đến ngày", null=True, blank=True)
    act_unit = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    duty_linked = models.BooleanField("gắn với hoạt động công vụ", null=True, blank=True)
    self_remedied = models.BooleanField("tự phát hiện và khắc phục", null=True, blank=True)
    article_code = models.CharField("điều khoản vi phạm", max_length=40, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật đảng"
        ordering = ["-decided_on"]

    def __str__(self):
        return self.get_form_display()


class AnnualGrade(OfMember, Fact):
    """The decided yearly result of a member, in the scale of its own year; nothing is ever translated.

    `level` is a code of `scale`; not rated has an empty level and a reason.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="grades")
    year = models.PositiveSmallIntegerField("năm")
    scale = models.CharField("thang", max_length=20)
    level = models.CharField("mức", max_length=20, blank=True)
    not_rated_reason = models.CharField("lý do không xếp loại", max_length=30, blank=True)
    reason_text = models.CharField("lý do ghi trên giấy", max_length=300, blank=True)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="grades")
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)

    objects = AnnualGradeQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả xếp loại"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year"], condition=Q(voided_at__isnull=True), name="annual_grade_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(level="") & Q(not_rated_reason="") | Q(level="") & ~Q(not_rated_reason=""),
                name="annual_grade_level_or_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "year"], name="annual_grade_of_cell"),
            models.Index(  # all that lists and figures ask of a year: the rows themselves need not be read
                fields=["year", "level", "organisation", "scale", "member"],
                condition=Q(voided_at__isnull=True),
                name="annual_grade_of_year",
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.level or self.not_rated_reason}"
