"""Screening: a round, what a record shows of a member on a day, and what the cell makes of it."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from cells.models.matters import StepOfMatter, VoteOfMatter, vote_constraints
from config.lib.periods import Fact, PeriodFact, period_in_order
from evaluations.enums import (
    COUNTED_FLAGS,
    OWN_CELL_STATES,
    FlagCode,
    FlagStatus,
    RoundHalf,
    RoundState,
    ScreeningNoteKind,
    ScreeningState,
)
from evaluations.querysets_screening import (
    CellReviewQuerySet,
    ConductQuerySet,
    OfCellQuerySet,
    OfSubjectQuerySet,
    PeriodOfSubjectQuerySet,
    ScreeningFlagQuerySet,
    ScreeningRoundQuerySet,
    ScreeningSubjectQuerySet,
)

STANDING = Q(voided_at__isnull=True)


class ScreeningRound(Fact):
    """One round of a committee: a year or half of it, looked at as the records stood on `cutoff_on`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="screening_rounds")
    year = models.PositiveSmallIntegerField("năm rà soát")
    half = models.PositiveSmallIntegerField("kỳ", choices=RoundHalf.choices, default=RoundHalf.YEAR)
    cutoff_on = models.DateField("ngày chốt số liệu")
    state = models.CharField("trạng thái", max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    computed_at = models.DateTimeField("tính lúc", null=True, editable=False)
    closed_at = models.DateTimeField("đóng lúc", null=True, editable=False)
    closed_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", null=True, editable=False)

    objects = ScreeningRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt rà soát, sàng lọc"
        ordering = ["-cutoff_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "half"], condition=STANDING, name="screening_round_once",
                violation_error_message="Đã có đợt rà soát của kỳ này.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"rà soát {self.words} của {self.organisation}"

    @property
    def words(self):
        """The period in words, as a list says from which round somebody comes."""
        part = "" if self.half == RoundHalf.YEAR else f" ({self.get_half_display().lower()})"
        return f"năm {self.year}{part}"

    @property
    def is_open(self):
        return self.state == RoundState.OPEN

    @property
    def period(self):
        """(first day, first day after) of the year or the half that the round is about."""
        first = date(self.year, 7 if self.half == RoundHalf.SECOND else 1, 1)
        return first, date(self.year, 7, 1) if self.half == RoundHalf.FIRST else date(self.year + 1, 1, 1)

    @property
    def scope_path(self):
        return self.organisation.path


class ScreeningFlag(Fact):
    """What the record showed of one member by one rule on the day of the computation, or what the cell entered.

    Never changed: a record that was corrected voids the flag, other figures void it and add one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="flags")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="screening_flags")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="screening_flags")
    code = models.CharField("căn cứ", max_length=3, choices=FlagCode.choices)
    status = models.CharField("kết quả", max_length=12, choices=FlagStatus.choices)
    reason = models.CharField("vì sao", max_length=1000)
    article = models.CharField("điều khoản", max_length=500, blank=True)
    details = models.JSONField("đã loại trừ", default=list, blank=True)
    figures = models.JSONField("số liệu", default=dict, blank=True)
    found_on = models.DateField("ngày nêu")
    document = models.CharField("văn bản, chứng cứ", max_length=300, blank=True)

    objects = ScreeningFlagQuerySet.as_manager()

    class Meta:
        verbose_name = "căn cứ rà soát"
        ordering = ["member", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member", "code"], condition=STANDING, name="screening_flag_once",
                violation_error_message="Căn cứ này đã được nêu đối với đảng viên trong đợt.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["round", "organisation"], condition=STANDING, name="screening_flag_of_cell"),
        ]

    def __str__(self):
        return f"{self.code}: {self.member}"

    @property
    def counts(self):
        """Whether it says more than that somebody else is to be asked."""
        return self.status in COUNTED_FLAGS

    @property
    def is_entered(self):
        return self.status == FlagStatus.ENTERED

    @property
    def scope_path(self):
        return self.organisation.path


class ScreeningSubject(Fact):
    """One member on whom the cell has said something in a round, and where that has led.

    `assisted_since` and `assistance_due_on` frame the assistance; `discussed_on` is the first meeting about him.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="subjects")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="screenings")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="screening_subjects")
    state = models.CharField("trạng thái", max_length=20, choices=ScreeningState.choices)
    revision = models.PositiveIntegerField(default=0, editable=False)
    discussed_on = models.DateField("ngày chi ủy xem xét")
    assisted_since = models.DateField("giúp đỡ từ ngày", null=True, blank=True)
    assistance_due_on = models.DateField("hết thời gian giúp đỡ", null=True, blank=True)
    recognised_on = models.DateField("ngày công nhận tiến bộ", null=True, blank=True)

    objects = ScreeningSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên được rà soát"
        ordering = ["organisation", "member"]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], condition=STANDING, name="screening_subject_once"),
            models.CheckConstraint(
                condition=Q(assisted_since__isnull=True) | Q(assistance_due_on__gt=F("assisted_since")),
                name="screening_assistance_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], condition=STANDING, name="screening_subject_of_cell"),
        ]

    def __str__(self):
        return str(self.member)

    @property
    def is_own_matter(self):
        """Whether only the own cell may know (screening.md, section 9)."""
        return self.state in ("", *OWN_CELL_STATES)

    @property
    def scope_path(self):
        return self.organisation.path


class OfSubject(Fact):
    """A row about a subject stands in its scope."""

    class Meta:
        abstract = True

    @property
    def scope_organisation(self):
        return self.subject.organisation

    @property
    def scope_path(self):
        return self.subject.organisation.path


class ScreeningStep(OfSubject, StepOfMatter):
    """One step: which, when, by which body, from where to where, on what paper, with what else there is to say."""

    subject = models.ForeignKey(ScreeningSubject, models.PROTECT, related_name="steps")
    from_state = models.CharField("từ", max_length=20, choices=ScreeningState.choices, blank=True)
    to_state = models.CharField("đến", max_length=20, choices=ScreeningState.choices)
    note = models.CharField("nội dung", max_length=2000, blank=True)
    data = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField("căn cứ khi đó", default=list, blank=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta(StepOfMatter.Meta):
        verbose_name = "bước rà soát"


class ScreeningVote(OfSubject, VoteOfMatter):
    """The secret vote of the cell on putting one member on the assistance list: totals only."""

    subject = models.ForeignKey(ScreeningSubject, models.PROTECT, related_name="votes")
    step = models.OneToOneField(ScreeningStep, models.PROTECT, related_name="vote")
    members = models.PositiveIntegerField("tổng số đảng viên")
    blank = models.PositiveIntegerField("phiếu trắng, không hợp lệ", default=0)

    objects = OfSubjectQuerySet.as_manager()

    class Meta(VoteOfMatter.Meta):
        verbose_name = "biểu quyết đưa vào danh sách"
        constraints = vote_constraints("screening_vote")


class AssistanceHelper(OfSubject, PeriodFact):
    """Who is assigned to help a member on the list, while which days."""

    subject = models.ForeignKey(ScreeningSubject, models.PROTECT, related_name="helpers")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="assistances")

    objects = PeriodOfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "người giúp đỡ"
        ordering = ["started_on", "id"]
        constraints = [period_in_order("assistance_helper_in_order")]

    def __str__(self):
        return str(self.member)


class CellReview(Fact):
    """That the committee of a cell went through its members in a round, also where nobody was flagged."""

    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="cell_reviews")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="screening_reviews")
    held_on = models.DateField("ngày chi ủy họp")
    note = models.CharField("kết luận chung", max_length=1000, blank=True)
    not_discussed = models.CharField("vì sao còn người chưa xem xét", max_length=1000, blank=True)

    objects = CellReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "chi bộ rà soát"
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], condition=STANDING, name="cell_reviewed_once"),
        ]

    def __str__(self):
        return f"{self.organisation}, ngày {self.held_on:%d/%m/%Y}"

    @property
    def scope_path(self):
        return self.organisation.path


class ScreeningNote(Fact):
    """What the cell enters from paper about a member in a round: his own statement, steps to reach him."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="notes")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="screening_notes")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=ScreeningNoteKind.choices)
    on = models.DateField("ngày")
    text = models.CharField("nội dung", max_length=2000)

    objects = OfCellQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi chép khi rà soát"
        ordering = ["on", "recorded_at"]
        indexes = [models.Index(fields=["member", "kind"], condition=STANDING, name="screening_note_of_member")]

    def __str__(self):
        return str(self.member)

    @property
    def scope_path(self):
        return self.organisation.path


class ConductYear(Fact):
    """Whether a paper says of a year that a member "vi phạm tư cách đảng viên"; no level ever says so (X5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="conduct_years")
    year = models.PositiveSmallIntegerField("năm")
    violated = models.BooleanField("vi phạm tư cách đảng viên")
    document = models.CharField("văn bản kết luận", max_length=300)

    objects = ConductQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận về tư cách đảng viên"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year"], condition=STANDING, name="conduct_once_a_year",
                violation_error_message="Năm này đã ghi kết luận về tư cách. Hãy hủy dòng cũ trước khi ghi lại.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.member)

    @property
    def scope_organisation(self):
        return self.member.home

    @property
    def scope_path(self):
        return self.member.home.path
