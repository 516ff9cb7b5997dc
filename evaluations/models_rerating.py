"""What comes after a decision: a result annulled and given anew, and complaints about it. Both keep what was before."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.periods import Fact
from evaluations.enums import NotRated
from evaluations.querysets import ComplaintQuerySet, ReRatingQuerySet


class ReRating(Fact):
    """A decided result of one person annulled and given anew (366-QĐ/TW, khoản 15.3; Mẫu 03).

    `before_grade` is the result that stood, voided by this one; `after_grade` the one written in its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("evaluations.Review", models.PROTECT, related_name="re_ratings")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="re_ratings")
    number = models.CharField("số quyết định", max_length=50)
    decided_on = models.DateField("ngày quyết định")
    reason = models.CharField("lý do", max_length=1000)
    before_level = models.CharField("mức trước", max_length=20, blank=True)
    before_not_rated = models.CharField("lý do không xếp loại trước", max_length=30, blank=True)
    before_reason = models.CharField("lý do của mức trước", max_length=1000, blank=True)
    before_grade = models.ForeignKey("members.AnnualGrade", models.PROTECT, related_name="+")
    after_level = models.CharField("mức xếp lại", max_length=20, blank=True)
    after_not_rated = models.CharField("lý do không xếp loại", max_length=30, choices=NotRated.choices, blank=True)
    after_grade = models.ForeignKey("members.AnnualGrade", models.PROTECT, related_name="+")
    cap = models.JSONField("tỷ lệ khi quyết định", default=dict)
    over_cap_reason = models.CharField("lý do vượt tỷ lệ", max_length=500, blank=True)

    objects = ReRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá, xếp loại lại"
        ordering = ["before_grade_id"]  # each begins where the one before left off
        constraints = [
            models.CheckConstraint(
                condition=~Q(after_level="") & Q(after_not_rated="") | Q(after_level="") & ~Q(after_not_rated=""),
                name="re_rating_level_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(before_level=F("after_level"), before_not_rated=F("after_not_rated")),
                name="re_rating_changes_the_result",
            ),
        ]

    def __str__(self):
        return f"{self.number} ngày {self.decided_on:%d/%m/%Y}"

    @property
    def scope_organisation(self):
        return self.review.sheet.organisation


class Complaint(Fact):
    """A complaint of a member about his result, and the answer (366-QĐ/TW, khoản 17.8); the committee may set a term.

    Only who may decide on the sheet knows of it; the log keeps its acts under an area of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("evaluations.Review", models.PROTECT, related_name="complaints")
    received_on = models.DateField("ngày nhận")
    summary = models.CharField("nội dung khiếu nại", max_length=1000)
    late_reason = models.CharField("lý do nhận khi quá hạn", max_length=1000, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.CharField("nội dung trả lời", max_length=1000, blank=True)
    upheld = models.BooleanField("khiếu nại đúng", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", null=True, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại về xếp loại"
        ordering = ["received_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", upheld__isnull=True, answered_by__isnull=True)
                | Q(answered_on__isnull=False, upheld__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="complaint_answered_whole",
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(voided_at__isnull=True, answered_on__isnull=True),
                name="complaint_one_open",
            ),
        ]

    def __str__(self):
        return str(self.review)

    @property
    def is_open(self):
        return self.answered_on is None and self.voided_at is None

    @property
    def scope_organisation(self):
        """The deciding body: the cell does not know."""
        return self.review.sheet.decider

    def close(self, *, on, answer, upheld, by):
        """Take over the answer; the caller saves."""
        self.answered_on, self.answer, self.upheld = on, answer, upheld
        self.answered_at, self.answered_by = timezone.now(), by
