"""How somebody leaves by screening: the matter, its steps, votes, papers of the member, decision and complaints."""

import uuid

from django.db import models
from django.db.models import Q

from cells.models.matters import DecisionOfMatter, StepOfMatter, VoteOfMatter, vote_constraints
from config.lib.periods import Fact
from evaluations.querysets_removals import (
    OfRemovalQuerySet,
    RemovalComplaintQuerySet,
    RemovalDecisionQuerySet,
    RemovalQuerySet,
)
from evaluations.removal_enums import (
    OPEN_STATES,
    ComplaintLevel,
    ComplaintOutcome,
    RemovalGround,
    RemovalKind,
    RemovalPaperKind,
    RemovalState,
    VoteMethod,
)

STANDING = Q(voided_at__isnull=True)


class Removal(Fact):
    """One matter: a name to be removed, or an application to leave; it stands where its member stands or is awaited.

    `grounds` are codes of `RemovalGround`; `evidence` is what was known when the matter was opened, with its figures
    (`{"code", "reason", "article", "details": […]}`), and is never computed anew. `holder` is the body whose turn it
    is by the day of the last step; the cell's own turn has none. `chosen_body` decides where the text is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("việc", max_length=10, choices=RemovalKind.choices)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="removals")
    organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, related_name="removals", verbose_name="chi bộ khi lập"
    )
    grounds = models.JSONField("căn cứ", default=list, blank=True)
    evidence = models.JSONField("chứng cứ, số liệu", default=list, blank=True)
    reason = models.CharField("lý do trong đơn", max_length=1000, blank=True)
    was_probationary = models.BooleanField("là đảng viên dự bị", default=False)
    opened_on = models.DateField("ngày lập")
    asks_age_confirmation = models.BooleanField("đề nghị cấp giấy xác nhận tuổi đảng", default=False)
    state = models.CharField("trạng thái", max_length=20, choices=RemovalState.choices)
    holder = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    chosen_body = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp quyết định"
    )
    chosen_reason = models.CharField("lý do chọn cấp quyết định", max_length=500, blank=True)
    card_handed_to = models.CharField("nơi nhận thẻ", max_length=200, blank=True)
    card_handed_on = models.DateField("ngày nộp thẻ lên cấp trên", null=True, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "xóa tên, cho ra khỏi Đảng"
        ordering = ["-opened_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=STANDING & Q(state__in=OPEN_STATES), name="removal_one_open",
                violation_error_message="Đã có một hồ sơ xóa tên, cho ra khỏi Đảng đang xét đối với đảng viên này.",
            ),
            models.CheckConstraint(
                condition=Q(chosen_body__isnull=True) | ~Q(chosen_reason=""), name="removal_body_chosen_with_reason"
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.member)

    @property
    def scope_organisation(self):
        """The cell of the member; of somebody on the road, whose home is no cell, the one that was to receive him."""
        return self.member.home if self.member.home.is_cell else self.organisation

    @property
    def scope_path(self):
        return self.scope_organisation.path

    @property
    def is_leaving(self):
        return self.kind == RemovalKind.LEAVING

    @property
    def is_open(self):
        return self.state in OPEN_STATES

    @property
    def ground_words(self):
        """The grounds in words, each with its code."""
        return [f"{code}: {RemovalGround(code).label}" for code in self.grounds]


class OfRemoval:
    """A row about a matter stands in the scope of the matter."""

    @property
    def scope_organisation(self):
        return self.removal.scope_organisation

    @property
    def scope_path(self):
        return self.removal.scope_path


class RemovalStep(OfRemoval, StepOfMatter):
    """One step: which, when, by which body, from where to where, with the rule sets as they stood."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="steps")
    from_state = models.CharField("từ", max_length=20, choices=RemovalState.choices, blank=True)
    to_state = models.CharField("đến", max_length=20, choices=RemovalState.choices)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = OfRemovalQuerySet.as_manager()

    class Meta(StepOfMatter.Meta):
        verbose_name = "bước đã làm"


class RemovalVote(OfRemoval, VoteOfMatter):
    """One vote of one body on one person: totals only, never who voted what. `entitled` is the base of that day."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="votes")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="removal_votes")
    body = models.CharField("cấp", max_length=30)
    role = models.CharField("vai trò", max_length=10)
    voting_as = models.CharField("biểu quyết theo", max_length=12)
    method = models.CharField("cách biểu quyết", max_length=8, choices=VoteMethod.choices, default=VoteMethod.SECRET)
    yes = models.PositiveIntegerField("đồng ý")
    no = models.PositiveIntegerField("không đồng ý")
    article = models.CharField("căn cứ tỷ lệ", max_length=500, blank=True)
    chair = models.CharField("chủ trì", max_length=100, blank=True)
    tellers = models.CharField("tổ kiểm phiếu", max_length=300, blank=True)
    number = models.CharField("số nghị quyết", max_length=50, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = OfRemovalQuerySet.as_manager()

    class Meta(VoteOfMatter.Meta):
        verbose_name = "lần biểu quyết"
        constraints = vote_constraints("removal_vote")


class RemovalPaper(OfRemoval, Fact):
    """What the member wrote, entered from paper: self-review, application, an own statement or proof."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="papers")
    kind = models.CharField("loại", max_length=12, choices=RemovalPaperKind.choices)
    written_on = models.DateField("ngày viết")
    text = models.TextField("nội dung", blank=True)

    objects = OfRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "bản viết của đảng viên"
        ordering = ["written_on", "id"]

    def __str__(self):
        return f"{self.get_kind_display()} ngày {self.written_on:%d/%m/%Y}"


class RemovalDecision(OfRemoval, DecisionOfMatter):
    """What the competent body decided, one number a person; the membership ends on `effective_on` by `ending`."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="removal_decisions")
    grounds = models.JSONField("căn cứ ra khỏi Đảng", default=list, blank=True)
    vote = models.OneToOneField(RemovalVote, models.PROTECT, related_name="decision")
    ending = models.ForeignKey("members.Ending", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemovalDecisionQuerySet.as_manager()

    class Meta(DecisionOfMatter.Meta):
        verbose_name = "quyết định về xóa tên, cho ra khỏi Đảng"
        constraints = [
            models.CheckConstraint(
                condition=Q(approves=False, effective_on__isnull=True, ending__isnull=True)
                | Q(approves=True, effective_on__isnull=False, ending__isnull=False),
                name="removal_decision_ends_membership",
            ),
        ]


class RemovalComplaint(OfRemoval, Fact):
    """A complaint about a decision to remove, to whom, and the answer (294-QĐ/TW, 8.2)."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="complaints")
    received_on = models.DateField("ngày khiếu nại")
    addressee = models.CharField("gửi đến", max_length=200)
    level = models.CharField("cấp giải quyết", max_length=10, choices=ComplaintLevel.choices)
    summary = models.CharField("nội dung khiếu nại", max_length=1000)
    late_reason = models.CharField("lý do nhận khi quá hạn", max_length=500, blank=True)
    due_on = models.DateField("trả lời chậm nhất", null=True, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=ComplaintOutcome.choices, blank=True)
    answer = models.CharField("nội dung trả lời", max_length=1000, blank=True)
    decision = models.CharField("số quyết định giải quyết", max_length=100, blank=True)

    objects = RemovalComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại về xóa tên"
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="")
                | Q(answered_on__isnull=False) & ~Q(outcome="") & ~Q(answer=""),
                name="removal_complaint_answered_whole",
            ),
            models.UniqueConstraint(
                fields=["removal"], condition=STANDING & Q(answered_on__isnull=True), name="removal_complaint_one_open"
            ),
        ]

    def __str__(self):
        return f"khiếu nại ngày {self.received_on:%d/%m/%Y}"
