"""Organisations rated: what each says of its own year, the decision of the body above, and the result on file."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.periods import Fact
from evaluations.enums import WITH_ORGANISATION, OrganisationGroup, OrganisationNotRated, OrganisationState
from evaluations.models_decisions import BodyDecision
from evaluations.querysets_organisations import (
    OrganisationDecisionQuerySet,
    OrganisationGradeQuerySet,
    OrganisationReviewQuerySet,
)

TASKS = ("tasks_total", "tasks_undone", "tasks_late", "tasks_beyond")


class OrganisationReview(models.Model):
    """One organisation in one season: form 01 as it fills it in, its own level, and where the paper stands.

    `decider` and `proposer` are the bodies that the tree names; deciding reads them again on its own day, and `decider`
    is then the body that decided.
    `texts` are the sections A of form 01 by code. `frame` is the frame of appendix PL1 taken when the season opened:
    with one, `general_points` and `results_points` are the sums of the own points on its criteria, else typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="organisation_reviews")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="organisation_reviews")
    kind = models.CharField("loại hình", max_length=20)
    group = models.CharField("nhóm", max_length=10, choices=OrganisationGroup.choices)
    decider = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    proposer = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        "trạng thái", max_length=10, choices=OrganisationState.choices, default=OrganisationState.DRAFT
    )
    held_on = models.DateField("ngày họp", null=True, blank=True)
    texts = models.JSONField("nội dung kiểm điểm", default=dict)
    general_points = models.DecimalField("điểm tiêu chí chung", max_digits=4, decimal_places=1, null=True, blank=True)
    results_points = models.DecimalField("điểm kết quả", max_digits=4, decimal_places=1, null=True, blank=True)
    frame = models.ForeignKey(
        "evaluations.ScoreFrame", models.PROTECT, null=True, related_name="organisation_reviews",
        verbose_name="khung điểm",
    )  # fmt: skip
    appraised_points = models.DecimalField("điểm thẩm định", max_digits=4, decimal_places=1, null=True, blank=True)
    decided_points = models.DecimalField("điểm cấp quyết định", max_digits=4, decimal_places=1, null=True, blank=True)
    tasks_total = models.PositiveSmallIntegerField("số nhiệm vụ", null=True, blank=True)
    tasks_undone = models.PositiveSmallIntegerField("không hoàn thành", null=True, blank=True)
    tasks_late = models.PositiveSmallIntegerField("chậm", null=True, blank=True)
    tasks_beyond = models.PositiveSmallIntegerField("vượt yêu cầu", null=True, blank=True)
    faults_remedied = models.BooleanField("đã khắc phục hạn chế kỳ trước", null=True, blank=True)
    undisciplined = models.BooleanField("không có ai bị kỷ luật", null=True, blank=True)
    doors = models.JSONField("trường hợp không hoàn thành nhiệm vụ", default=list)
    lenient = models.BooleanField("xét giảm nhẹ", default=False)
    grounds = models.CharField("căn cứ", max_length=1000, blank=True)
    own_level = models.CharField("tự xếp loại", max_length=20, blank=True)
    not_rated_reason = models.CharField(
        "lý do không xếp loại", max_length=10, choices=OrganisationNotRated.choices, blank=True
    )
    proposed_level = models.CharField("cấp giữa đề xuất", max_length=20, blank=True)
    proposed_reason = models.CharField("lý do đề xuất", max_length=1000, blank=True)
    return_reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("cells.User", models.PROTECT, null=True, related_name="+")

    objects = OrganisationReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại tổ chức đảng"
        constraints = [
            models.UniqueConstraint(fields=["season", "organisation"], name="organisation_review_once_a_season"),
            models.CheckConstraint(
                condition=Q(own_level="") | Q(not_rated_reason=""), name="organisation_review_level_or_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITH_ORGANISATION) | ~Q(own_level="") | ~Q(not_rated_reason=""),
                name="organisation_review_sent_whole",
            ),
            models.CheckConstraint(
                # NULL passes a check: a draft may name a part before the total, never more than the total
                condition=Q(tasks_undone__lte=F("tasks_total"))
                & Q(tasks_late__lte=F("tasks_total"))
                & Q(tasks_beyond__lte=F("tasks_total")),
                name="organisation_review_tasks_within",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.season}"

    @property
    def scope_path(self):
        return self.organisation.path

    @property
    def is_with_organisation(self):
        return self.state in WITH_ORGANISATION

    @property
    def points(self):
        """The own total of both groups of criteria; None until both are there."""
        if self.general_points is None or self.results_points is None:
            return None
        return self.general_points + self.results_points

    @property
    def used_points(self):
        """The total that the suggestion is made from: of the body nearest to the decision, as far as it is whole.

        Points of the deciding body count once it has decided: until then they are known to it alone.
        """
        if self.state == OrganisationState.DECIDED:
            return self.intended_points
        return self.points if self.appraised_points is None else self.appraised_points

    @property
    def intended_points(self):
        """The total that the deciding body goes by."""
        given = (self.decided_points, self.appraised_points, self.points)
        return next((points for points in given if points is not None), None)

    @property
    def agreed_level(self):
        """What the decision starts from: the level proposed between, else the own one."""
        return self.proposed_level or self.own_level


class OrganisationDecision(BodyDecision):
    """The decision of one body on organisations below it, with the cap of each group as it stood."""

    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="organisation_decisions")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="organisation_decisions")
    number = models.CharField("số quyết định", max_length=50)
    caps = models.JSONField("tỷ lệ khi quyết định", default=list)

    objects = OrganisationDecisionQuerySet.as_manager()

    class Meta(BodyDecision.Meta):
        verbose_name = "quyết định xếp loại tổ chức đảng"


class OrganisationGrade(Fact):
    """The decided yearly result of an organisation, in the scale of its own year; nothing is ever translated.

    `is_exemplary` ("tiêu biểu") is a mark on top of the best level. A correction voids and adds; both are kept.
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="organisation_grades")
    year = models.PositiveSmallIntegerField("năm")
    group = models.CharField("nhóm", max_length=10, choices=OrganisationGroup.choices)
    scale = models.CharField("thang", max_length=20)
    level = models.CharField("mức", max_length=20, blank=True)
    not_rated_reason = models.CharField(
        "lý do không xếp loại", max_length=10, choices=OrganisationNotRated.choices, blank=True
    )
    is_exemplary = models.BooleanField("tiêu biểu", default=False)
    reason = models.CharField("lý do", max_length=1000, blank=True)
    review = models.ForeignKey(OrganisationReview, models.PROTECT, null=True, related_name="grades")
    decision = models.ForeignKey(OrganisationDecision, models.PROTECT, null=True, related_name="grades")

    objects = OrganisationGradeQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả xếp loại tổ chức đảng"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=Q(voided_at__isnull=True),
                name="organisation_grade_once_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(level="") & Q(not_rated_reason="") | Q(level="") & ~Q(not_rated_reason=""),
                name="organisation_grade_level_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_exemplary=False) | ~Q(level=""), name="organisation_grade_exemplary_has_level"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.year}"

    @property
    def scope_path(self):
        return self.organisation.path
