"""What is written for the review of a member: the self-review, the residence comment, points raised by superiors.

All three hang on the member and the season, not on a row of a sheet: they go along when he moves to another cell, and
stay when a sheet is brought up to the roll.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.periods import Fact
from evaluations.enums import CommentOf, Excuse, FormGroup, WrittenState
from evaluations.querysets_written import RaisedPointQuerySet, ResidenceCommentQuerySet, WrittenReviewQuerySet


class WrittenReview(models.Model):
    """The self-review of one member in one season, typed from paper; `form` is the letter that the season's rules give.

    `texts` maps section codes to what was written, `degrees` those with boxes to the degree claimed. A review handed in
    `on_paper` may have no text here: the signed paper is kept by the cell. The own points stand with the criteria
    (`ReviewPoints`); `own_general` and `own_results` hold what an earlier version kept here and nobody settled yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="written_reviews")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="written_reviews")
    group = models.CharField("viết theo mẫu của", max_length=20, choices=FormGroup.choices)
    form = models.CharField("mẫu", max_length=10, blank=True)
    texts = models.JSONField("nội dung", default=dict)
    degrees = models.JSONField("mức độ", default=dict)
    own_general = models.DecimalField("điểm tiêu chí chung", max_digits=4, decimal_places=1, null=True, blank=True)
    own_results = models.DecimalField("điểm kết quả nhiệm vụ", max_digits=4, decimal_places=1, null=True, blank=True)
    staff_level = models.CharField("tự nhận mức cán bộ", max_length=20, blank=True)
    written_on = models.DateField("ngày viết", null=True, blank=True)
    on_paper = models.BooleanField("bản giấy lưu ở chi bộ", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=WrittenState.choices, default=WrittenState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField("nộp lúc", null=True)
    handed_in_by = models.ForeignKey("cells.User", models.PROTECT, null=True, related_name="+")

    objects = WrittenReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "bản tự kiểm điểm"
        constraints = [
            models.UniqueConstraint(fields=["season", "member"], name="written_review_once_a_season"),
            models.CheckConstraint(
                condition=Q(state="draft", handed_in_at__isnull=True)
                | Q(state="handed_in", handed_in_at__isnull=False, written_on__isnull=False),
                name="written_review_handed_in_with_day",
            ),
        ]

    def __str__(self):
        return str(self.member)

    @property
    def is_handed_in(self):
        return self.state == WrittenState.HANDED_IN


class ResidenceComment(Fact):
    """The comment of the committee at the place of residence, or why none is needed (366-QĐ/TW, Điều 17).

    Likewise those of the cell of a temporary stay and of the cell before a move, which are never excused.
    """

    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="residence_comments")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="residence_comments")
    kind = models.CharField("của", max_length=16, choices=CommentOf.choices, default=CommentOf.RESIDENCE)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    from_whom = models.CharField("nơi nhận xét", max_length=200, blank=True)
    summary = models.CharField("tóm tắt nhận xét", max_length=1000, blank=True)
    excuse = models.CharField("không phải lấy nhận xét", max_length=20, choices=Excuse.choices, blank=True)

    objects = ResidenceCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận xét của cấp ủy nơi cư trú"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "member", "kind"],
                condition=Q(voided_at__isnull=True),
                name="residence_comment_once_a_season",
            ),
            models.CheckConstraint(
                condition=Q(kind=CommentOf.RESIDENCE) | Q(excuse=""), name="residence_comment_alone_excused"
            ),
            models.CheckConstraint(
                condition=Q(excuse="", received_on__isnull=False)
                | ~Q(excuse="") & Q(received_on__isnull=True, from_whom="", summary=""),
                name="residence_comment_received_or_excused",
            ),
        ]

    def __str__(self):
        return str(self.member)


class RaisedPoint(Fact):
    """A point raised by a body above for the review (gợi ý kiểm điểm): to a member, or to the collective of a cell."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="raised_points")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="points_received")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="points_received")
    body = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="points_raised")
    raised_on = models.DateField("ngày gợi ý")
    text = models.CharField("nội dung gợi ý", max_length=1000)
    answer = models.CharField("giải trình", max_length=3000, blank=True)
    answered_at = models.DateTimeField("giải trình lúc", null=True, editable=False)
    answered_by = models.ForeignKey("cells.User", models.PROTECT, null=True, related_name="+", editable=False)

    objects = RaisedPointQuerySet.as_manager()

    class Meta:
        verbose_name = "gợi ý kiểm điểm"
        ordering = ["raised_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="raised_point_answered_whole",
            ),
        ]

    def __str__(self):
        return str(self.member or self.organisation)

    @property
    def is_open(self):
        return self.answered_at is None and self.voided_at is None

    @property
    def scope_organisation(self):
        return self.organisation
