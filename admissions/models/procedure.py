"""The procedure: steps taken, votes, decisions, ceremony, moves, and what is frozen at admission."""

import uuid

from django.db import models
from django.db.models import Q

from admissions.enums import EnterpriseType, Method, MoveOutcome, MoveStage, Purpose, State, WorkerKind
from admissions.models.candidates import Candidate, OfCandidate
from admissions.querysets import CandidateMoveQuerySet, OfCandidateQuerySet
from cells.models.matters import DecisionOfMatter, StepOfMatter, VoteOfMatter, vote_constraints
from config.lib.periods import Fact, Precision
from members.enums import Sex, YesNo

STANDING = Q(voided_at__isnull=True)


class StepTaken(OfCandidate, StepOfMatter):
    """One step: which, when, by which body, from where to where, with the check and the rule sets as they stood.

    `findings` is the check as JSON, `rules` the set of each topic by its code and version.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="steps")
    from_state = models.CharField("từ", max_length=24, choices=State.choices, blank=True)
    to_state = models.CharField("đến", max_length=24, choices=State.choices)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    findings = models.JSONField("kết quả kiểm tra", default=list, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta(StepOfMatter.Meta):
        verbose_name = "bước đã làm"


class AdmissionVote(OfCandidate, VoteOfMatter):
    """One vote of one body on one person: totals only. `entitled` is the base as computed on that day.

    `excluded` and `outside` are names with reasons: who is not in the base, and who of those was present.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="votes")
    purpose = models.CharField("về việc", max_length=12, choices=Purpose.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="admission_votes")
    body = models.CharField("cấp", max_length=30)
    role = models.CharField("vai trò", max_length=10)
    voting_as = models.CharField("biểu quyết theo", max_length=20)
    method = models.CharField("cách biểu quyết", max_length=8, choices=Method.choices, default=Method.SECRET)
    blank = models.PositiveIntegerField("không có ý kiến, không hợp lệ", default=0)
    outside = models.JSONField("dự họp, không tính biểu quyết", default=list, blank=True)
    chair = models.CharField("chủ trì", max_length=100, blank=True)
    secretary = models.CharField("thư ký", max_length=100, blank=True)
    number = models.CharField("số nghị quyết", max_length=50, blank=True)
    words = models.JSONField("nhận xét trong nghị quyết", default=dict, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta(VoteOfMatter.Meta):
        verbose_name = "lần biểu quyết"
        constraints = vote_constraints("admission_vote")

    def __str__(self):
        return f"{self.get_purpose_display()} {self.held_on:%d/%m/%Y}: {self.yes}/{self.entitled}"


class AdmissionDecision(OfCandidate, DecisionOfMatter):
    """What a competent body decided, one number per person; `effective_on` of a recognition is the computed date.

    `received_on` is the day on which the cell had it; `body` is what the chain of that day calls the decider.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="decisions")
    purpose = models.CharField("về việc", max_length=12, choices=Purpose.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="admission_decisions")
    received_on = models.DateField("ngày chi bộ nhận", null=True, blank=True)
    vote = models.OneToOneField(AdmissionVote, models.PROTECT, null=True, blank=True, related_name="decision")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = OfCandidateQuerySet.as_manager()

    class Meta(DecisionOfMatter.Meta):
        verbose_name = "quyết định về kết nạp, công nhận"


class Ceremony(OfCandidate, Fact):
    """The ceremony of admission, held where the person belongs; the day from which probation runs (Charter 5)."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="ceremonies")
    decision = models.ForeignKey(AdmissionDecision, models.PROTECT, related_name="ceremonies")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    held_on = models.DateField("ngày tổ chức lễ")
    place = models.CharField("nơi tổ chức", max_length=200, blank=True)
    late_consent = models.CharField("văn bản đồng ý tổ chức lễ quá hạn", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "lễ kết nạp"
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["candidate"], condition=STANDING, name="ceremony_once_a_candidate")
        ]

    def __str__(self):
        return f"lễ kết nạp ngày {self.held_on:%d/%m/%Y}"


class Admitted(OfCandidate, Fact):
    """What statistics count of an admission, frozen at the ceremony; a correction voids the row and adds one."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="frozen")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="frozen_admissions")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="chi bộ")
    base = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ sở"
    )
    base_kind = models.CharField("loại hình cơ sở", max_length=40, blank=True)
    decided_on = models.DateField("ngày quyết định")
    held_on = models.DateField("ngày kết nạp")
    sex = models.CharField("giới tính", max_length=10, choices=Sex.choices)
    born_on = models.DateField("ngày sinh", null=True)
    born_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    ethnic = models.CharField("dân tộc", max_length=30, blank=True)
    religion = models.CharField("tôn giáo", max_length=30, blank=True)
    occupation = models.CharField("nghề nghiệp", max_length=40, blank=True)
    worker_kind = models.CharField("loại công nhân", max_length=12, choices=WorkerKind.choices, blank=True)
    is_teacher = models.BooleanField("giáo viên", null=True)
    is_intellectual = models.BooleanField("trí thức", null=True)
    union_member = models.BooleanField("đoàn viên TNCS", default=False)
    trade_member = models.BooleanField("đoàn viên công đoàn", default=False)
    enterprise_type = models.CharField("doanh nghiệp", max_length=12, choices=EnterpriseType.choices, blank=True)
    state_share = models.BooleanField("có vốn Nhà nước", null=True)
    private_owner = models.CharField("chủ DNTN", max_length=8, choices=YesNo.choices, default=YesNo.UNKNOWN)
    foreign_spouse = models.BooleanField("hôn nhân với người nước ngoài", null=True)
    population_policy = models.BooleanField("vi phạm chính sách dân số", null=True)
    schooling = models.CharField("giáo dục phổ thông", max_length=30, blank=True)
    degree = models.CharField("trình độ chuyên môn", max_length=20, blank=True)
    academic_title = models.CharField("chức danh khoa học", max_length=20, blank=True)
    theory = models.CharField("lý luận chính trị", max_length=20, blank=True)
    found_by = models.CharField("nguồn", max_length=12, blank=True)
    readmitted = models.BooleanField("kết nạp lại", default=False)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu khi kết nạp"
        ordering = ["held_on", "id"]
        indexes = [models.Index(fields=["held_on", "organisation"], condition=STANDING, name="admitted_on_day")]
        constraints = [models.UniqueConstraint(fields=["candidate"], condition=STANDING, name="admitted_frozen_once")]

    def __str__(self):
        return f"{self.member} – {self.held_on:%d/%m/%Y}"


class CandidateMove(OfCandidate, Fact):
    """A candidate who moves before the ceremony, at which stage, and what became of file and decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="moves")
    from_organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chi bộ nơi đến"
    )
    outside_name = models.CharField("tổ chức đảng ngoài danh mục", max_length=300, blank=True)
    ordered_on = models.DateField("ngày quyết định chuyển công tác, cư trú")
    stage = models.CharField("giai đoạn", max_length=12, choices=MoveStage.choices)
    outcome = models.CharField("xử lý", max_length=12, choices=MoveOutcome.choices, blank=True)
    letter = models.CharField("giấy chứng nhận, công văn chuyển", max_length=200, blank=True)
    forwarded_on = models.DateField("ngày chuyển hồ sơ", null=True, blank=True)
    received_on = models.DateField("nơi đến nhận ngày", null=True, blank=True)
    review_asked_on = models.DateField("ngày đề nghị xem lại", null=True, blank=True)
    review_answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    review = models.CharField("nội dung xem lại", max_length=1000, blank=True)

    objects = CandidateMoveQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyển người đang xét kết nạp"
        ordering = ["ordered_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_organisation__isnull=False) | ~Q(outside_name=""), name="candidate_move_has_an_end"
            )
        ]

    def __str__(self):
        return f"{self.candidate} → {self.to_organisation or self.outside_name}"
