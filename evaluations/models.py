"""A season, the sheet of each cell, one review a member, and the decision of the body that decides."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.periods import Fact
from evaluations.enums import WITH_CELL, CapEnforcement, NotRated, Outcome, SeasonState, SheetState
from evaluations.models_caps import CapGroup  # noqa: F401
from evaluations.models_decisions import BodyDecision
from evaluations.models_facts import YearFacts
from evaluations.models_frames import (  # noqa: F401 -- as below
    Criterion,
    OrganisationPoints,
    ReviewPoints,
    ScoreFrame,
)
from evaluations.models_notices import RatingNotice  # noqa: F401
from evaluations.models_organisations import (  # noqa: F401 -- the models of an app are found from here
    OrganisationDecision,
    OrganisationGrade,
    OrganisationReview,
)
from evaluations.models_quarterly import QuarterRating  # noqa: F401 -- likewise
from evaluations.models_removals import (  # noqa: F401 -- likewise
    Removal,
    RemovalComplaint,
    RemovalDecision,
    RemovalPaper,
    RemovalStep,
    RemovalVote,
)
from evaluations.models_rerating import Complaint, ReRating  # noqa: F401 -- the models of an app are found from here
from evaluations.models_screening import (  # noqa: F401 -- likewise
    AssistanceHelper,
    CellReview,
    ConductYear,
    ScreeningFlag,
    ScreeningNote,
    ScreeningRound,
    ScreeningStep,
    ScreeningSubject,
    ScreeningVote,
)
from evaluations.models_written import RaisedPoint, ResidenceComment, WrittenReview  # noqa: F401 -- likewise
from evaluations.querysets import (
    CapRaiseQuerySet,
    RatingDecisionQuerySet,
    RatingSheetQuerySet,
    ReviewQuerySet,
    SeasonQuerySet,
)


class Season(models.Model):
    """The yearly rating of a committee; it keeps the rule sets of the year that it rates.

    `rule_sets` maps each topic to the id of its loaded rule set, `choices` each topic to what the committee chose
    otherwise; both are frozen when the season opens, so that any result can be computed again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="seasons")
    year = models.PositiveSmallIntegerField("năm xếp loại")
    rule_code = models.CharField("bộ quy tắc", max_length=40)
    rule_sets = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    reference_date = models.DateField("ngày xét điều kiện")
    cell_due_on = models.DateField("hạn chi bộ gửi", null=True, blank=True)
    base_due_on = models.DateField("hạn cấp cơ sở gửi", null=True, blank=True)
    cap_enforcement = models.CharField(
        "khi vượt tỷ lệ", max_length=10, choices=CapEnforcement.choices, default=CapEnforcement.WARN
    )
    frames = models.ManyToManyField(ScoreFrame, related_name="seasons", verbose_name="khung điểm lấy khi mở đợt")
    state = models.CharField("trạng thái", max_length=10, choices=SeasonState.choices, default=SeasonState.OPEN)
    opened_at = models.DateTimeField("mở lúc", default=timezone.now)
    closed_at = models.DateTimeField("đóng lúc", null=True)

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt xếp loại"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="season_once_a_year",
                violation_error_message="Đợt xếp loại của năm này đã được mở.",
            ),
        ]

    def __str__(self):
        return f"Xếp loại năm {self.year}"

    @property
    def is_open(self):
        return self.state == SeasonState.OPEN

    @property
    def scope_path(self):
        return self.organisation.path


class CapRaise(Fact):
    """A recorded decision that raises the cap for one body and season (366-QĐ/TW, Điều 11)."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="cap_raises")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    number = models.CharField("số quyết định", max_length=50)
    decided_on = models.DateField("ngày quyết định")
    reason = models.CharField("thành tích nổi trội", max_length=500)

    objects = CapRaiseQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định nâng tỷ lệ"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "organisation"], condition=Q(voided_at__isnull=True), name="cap_raise_once"
            ),
        ]

    def __str__(self):
        return self.number


class RatingDecision(BodyDecision):
    """The decision of one body on the ratings of some sheets, with the cap as it stood."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="rating_decisions")
    number = models.CharField("số quyết định", max_length=50, blank=True)
    cap = models.JSONField("tỷ lệ khi quyết định", default=dict)

    objects = RatingDecisionQuerySet.as_manager()

    class Meta(BodyDecision.Meta):
        verbose_name = "quyết định xếp loại"


class RatingSheet(models.Model):
    """What one cell files in one season, and the chain of bodies it goes through.

    `chain` is a list of `{"organisation": id, "role": "propose"|"appraise"|"decide"}` fixed when the season opened;
    which body decides is read again on the day of the decision. `station` points at the body that has the sheet,
    `holder` is that body, `decider` the last of the chain; `frames` are `{appendix: id of the score frame}`, fixed
    likewise. `managed_from` is the sheet of the cell out of which this one was taken: that of cadres on whom the higher
    level decides that manages them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    season = models.ForeignKey(Season, models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="rating_sheets")
    chain = models.JSONField()
    frames = models.JSONField("khung điểm theo phụ lục", default=dict)
    station = models.PositiveSmallIntegerField(default=0)
    holder = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="held_sheets")
    decider = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="sheets_to_decide")
    state = models.CharField("trạng thái", max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    held_on = models.DateField("ngày họp", null=True, blank=True)
    members_total = models.PositiveIntegerField("tổng số đảng viên", null=True, blank=True)
    vote_base = models.PositiveIntegerField("số đảng viên tính biểu quyết", null=True, blank=True)
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)
    issued = models.PositiveIntegerField("phiếu phát ra", null=True, blank=True)
    collected = models.PositiveIntegerField("phiếu thu vào", null=True, blank=True)
    valid = models.PositiveIntegerField("phiếu hợp lệ", null=True, blank=True)
    invalid = models.PositiveIntegerField("phiếu không hợp lệ", null=True, blank=True)
    ballot = models.ForeignKey("cells.Ballot", models.PROTECT, null=True, related_name="rating_sheets")
    tellers = models.CharField("tổ kiểm phiếu", max_length=300, blank=True)
    note = models.CharField("ghi chú gửi cấp trên", max_length=1000, blank=True)
    return_reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    managed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="managed_sheets", verbose_name="tách từ bảng của chi bộ"
    )
    managed_reason = models.CharField("căn cứ thuộc diện cấp trên quản lý", max_length=1000, blank=True)
    decision = models.ForeignKey(RatingDecision, models.PROTECT, null=True, related_name="sheets")

    objects = RatingSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng xếp loại của chi bộ"
        ordering = ["organisation__position", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "organisation"],
                condition=Q(managed_from__isnull=True),
                name="rating_sheet_once_a_season",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decision__isnull=False) | ~Q(state="decided") & Q(decision__isnull=True),
                name="rating_sheet_decided_with_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"]) | Q(ballot__isnull=False),
                name="rating_sheet_sent_with_ballot",
            ),
        ]

    def __str__(self):
        apart = " · cán bộ thuộc diện cấp trên quản lý" if self.managed_from_id else ""
        return f"{self.organisation} · {self.season}{apart}"

    @property
    def scope_path(self):
        return self.organisation.path

    @property
    def is_with_cell(self):
        return self.state in WITH_CELL

    @property
    def role(self):
        """What the body that has the sheet does with it: propose, appraise or decide."""
        return self.chain[self.station]["role"]

    @property
    def decides_itself(self):
        """Whether the cell itself is the body that decides (chi bộ cơ sở)."""
        return self.decider_id == self.organisation_id


class Review(YearFacts):
    """One member in one season: eligibility with its reason, and the levels of four bodies side by side.

    `points` are those that the cell may know: of the deciding body only once its decision is there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(RatingSheet, models.PROTECT, related_name="reviews")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="reviews")
    outcome = models.CharField("đối tượng", max_length=12, choices=Outcome.choices)
    outcome_reason = models.CharField(max_length=30, blank=True)
    explanation = models.CharField("vì sao", max_length=1000, blank=True)
    override_reason = models.CharField("lý do xét khác quy tắc", max_length=300, blank=True)
    attended = models.BooleanField("có dự họp, bỏ phiếu", default=False)
    is_leader = models.BooleanField("lãnh đạo, quản lý", default=False)
    cap_group = models.ForeignKey(
        "evaluations.CapGroup", models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="nhóm"
    )
    own_level = models.CharField("tự nhận", max_length=20, blank=True)
    own_points = models.DecimalField("điểm tự chấm", max_digits=4, decimal_places=1, null=True, blank=True)
    points = models.DecimalField("điểm", max_digits=4, decimal_places=1, null=True, blank=True)
    decided_points = models.DecimalField("điểm cấp quyết định", max_digits=4, decimal_places=1, null=True, blank=True)
    is_scored = models.BooleanField("điểm cộng từ các tiêu chí", default=False)
    tasks_total = models.PositiveSmallIntegerField("số nhiệm vụ", null=True, blank=True)
    tasks_undone = models.PositiveSmallIntegerField("không hoàn thành", null=True, blank=True)
    tasks_late = models.PositiveSmallIntegerField("chậm", null=True, blank=True)
    tasks_beyond = models.PositiveSmallIntegerField("vượt yêu cầu", null=True, blank=True)
    faults_remedied = models.BooleanField("đã khắc phục hạn chế kỳ trước", null=True, blank=True)
    doors = models.JSONField("trường hợp không hoàn thành nhiệm vụ", default=list)
    lenient = models.BooleanField("xét giảm nhẹ", default=False)
    weighed_reason = models.CharField("căn cứ của cấp xem xét", max_length=1000, blank=True)
    votes = models.JSONField("số phiếu từng mức", default=dict)
    blanks = models.PositiveIntegerField("phiếu trắng", null=True, blank=True)
    proposed_level = models.CharField("chi bộ đề xuất", max_length=20, blank=True)
    appraised_level = models.CharField("cấp thẩm định", max_length=20, blank=True)
    appraised_reason = models.CharField("lý do thẩm định khác đề xuất", max_length=1000, blank=True)
    planned_level = models.CharField("dự kiến quyết định", max_length=20, blank=True)
    planned_reason = models.CharField("lý do dự kiến khác đề xuất", max_length=1000, blank=True)
    decided_level = models.CharField("mức quyết định", max_length=20, blank=True)
    not_rated_reason = models.CharField("lý do chưa xếp loại", max_length=30, choices=NotRated.choices, blank=True)
    reason = models.CharField("lý do", max_length=1000, blank=True)
    return_note = models.CharField("cấp trên ghi", max_length=1000, blank=True)
    answer = models.CharField("chi bộ trả lời", max_length=1000, blank=True)
    decided_reason = models.CharField("lý do quyết định khác đề xuất", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("cells.User", models.PROTECT, null=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm điểm, xếp loại"
        ordering = ["member__sort_key", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "member"], name="review_once_a_sheet"),
            models.CheckConstraint(
                condition=Q(decided_level="") | Q(not_rated_reason=""), name="review_level_or_reason"
            ),
            models.CheckConstraint(
                # NULL passes a check: a draft may name a part before the total, never more than the total
                condition=Q(tasks_undone__lte=F("tasks_total"))
                & Q(tasks_late__lte=F("tasks_total"))
                & Q(tasks_beyond__lte=F("tasks_total")),
                name="review_tasks_within_total",
            ),
        ]

    def __str__(self):
        return str(self.member)

    @property
    def is_due(self):
        """Whether this member is to get a level this year."""
        return self.outcome == Outcome.RATE

    @property
    def agreed_level(self):
        """The level as appraised or, where nobody appraised, as the cell proposed it."""
        return self.appraised_level or self.proposed_level

    @property
    def intended_level(self):
        """The level that the deciding body is going to decide: as it planned, or as was agreed before it."""
        return self.planned_level or self.agreed_level

    @property
    def intended_points(self):
        """The points that the deciding body goes by: its own, or those that were agreed before."""
        return self.points if self.decided_points is None else self.decided_points

    @property
    def scope_organisation(self):
        return self.sheet.organisation

    @property
    def scope_path(self):
        return self.sheet.organisation.path
