"""Votes by their totals, decisions, notices, appeals, postponements, sentences."""

import uuid

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact, PeriodFact, period_in_order
from discipline.enums import (
    AppealOutcome,
    ExemptionKind,
    Form,
    LegalHandling,
    PostponementKind,
    PostThen,
    Sentence,
    Subject,
)
from discipline.models.cases import Case
from discipline.querysets import FactOfCaseQuerySet

STANDING = Q(voided_at__isnull=True)


def _count(label):
    return models.PositiveIntegerField(label)


class CaseVote(Fact):
    """One secret ballot on forms: totals per form, never who voted what; `outcome` is what the rules made of it.

    `form` and `act` are what was concluded, the outcome of the rules or, where those leave it open, what the body chose
    with `chosen_reason`. `body` is a key of the topic discipline_authority. Minutes that do not add up are kept with
    their `explanation`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="votes")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    body = models.CharField("cấp biểu quyết", max_length=24)
    held_on = models.DateField("ngày họp")
    members = _count("tổng số thành viên")
    official = _count("đảng viên chính thức, thành viên")
    base = _count("số được tính biểu quyết")
    base_by_hand = models.CharField("vì sao tự ghi số thành viên", max_length=300, blank=True)
    excluded = models.JSONField("không tính vào số được biểu quyết", default=list, blank=True)
    present = _count("có mặt")
    absent_excused = models.PositiveIntegerField("vắng có lý do", default=0)
    absent_unexcused = models.PositiveIntegerField("vắng không lý do", default=0)
    issued = _count("phiếu phát ra")
    collected = _count("phiếu thu vào")
    invalid = models.PositiveIntegerField("phiếu không hợp lệ", default=0)
    votes = models.JSONField("số phiếu từng hình thức")
    none = models.PositiveIntegerField("phiếu không kỷ luật", default=0)
    how = models.CharField(max_length=20)
    form = models.CharField("hình thức", max_length=3, choices=Form.choices, blank=True)
    act = models.CharField(max_length=10, blank=True)
    outcome = models.JSONField("kết quả theo quy tắc", default=dict, blank=True)
    chosen_reason = models.CharField("lý do kết luận khác", max_length=500, blank=True)
    explanation = models.CharField("giải thích số phiếu không khớp", max_length=500, blank=True)
    conclusion = models.TextField("kết luận của hội nghị", max_length=4000, blank=True)
    opinion = models.TextField("ý kiến của người bị xem xét", max_length=4000, blank=True)
    chair = models.CharField("chủ trì", max_length=100, blank=True)
    secretary = models.CharField("thư ký", max_length=100, blank=True)
    tellers = models.CharField("tổ kiểm phiếu", max_length=300, blank=True)
    limitation = models.JSONField("thời hiệu", default=dict, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu quyết kỷ luật"
        ordering = ["held_on", "recorded_at"]

    def __str__(self):
        return f"biểu quyết ngày {self.held_on:%d/%m/%Y}"


class CaseDecision(Fact):
    """One decision: its form, the body of that day, its papers, when it is in force, and what it was written down as.

    `sanction` is the fact that `members` reads, `ending` the end of membership after an expulsion. What statistics ask
    of the person is kept as it was: `subject`, `post_then` at the time of the violation, handling by law and by the
    state.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    vote = models.OneToOneField(CaseVote, models.PROTECT, null=True, blank=True, related_name="decision")
    form = models.CharField("hình thức", max_length=3, choices=Form.choices)
    subject = models.CharField("đối tượng", max_length=12, choices=Subject.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    body = models.CharField("cấp quyết định", max_length=24)
    number = models.CharField("số quyết định", max_length=50, blank=True)
    signed_on = models.DateField("ngày quyết định", null=True, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    position = models.CharField("chức vụ người ký", max_length=100, blank=True)
    content = models.TextField("nội dung vi phạm ghi trong quyết định", max_length=4000, blank=True)
    in_force_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    announced_on = models.DateField("ngày công bố", null=True, blank=True)
    announcement = models.TextField("biên bản công bố", max_length=4000, blank=True)
    received_on = models.DateField("ngày nhận quyết định", null=True, blank=True)
    refused_to_receive = models.BooleanField("không nghe, không nhận quyết định", default=False)
    lapses_on = models.DateField("ngày chấm dứt hiệu lực", null=True, blank=True)
    post_then = models.CharField("chức vụ khi vi phạm", max_length=16, choices=PostThen.choices, blank=True)
    legal = models.CharField("xử lý pháp luật", max_length=8, choices=LegalHandling.choices, blank=True)
    is_administrative = models.BooleanField("xử lý hành chính", null=True, blank=True)
    sanction = models.OneToOneField("members.Sanction", models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.OneToOneField("members.Ending", models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    annulled_on = models.DateField("ngày hủy", null=True, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định kỷ luật"
        ordering = ["signed_on", "recorded_at"]

    def __str__(self):
        return f"{self.get_form_display()} {self.number}".strip()


class Notice(Fact):
    """Who was told of a decision: the committee above, the employer, the unions; when and by which letter."""

    decision = models.ForeignKey(CaseDecision, models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    to = models.CharField("nơi nhận", max_length=200)
    sent_on = models.DateField("ngày gửi")
    number = models.CharField("số văn bản", max_length=50, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo kết quả"
        ordering = ["sent_on", "id"]

    def __str__(self):
        return self.to


class Appeal(Fact):
    """An appeal against a decision, to a body above, until it is decided and announced (Charter 39)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="appeals")
    decision = models.ForeignKey(CaseDecision, models.PROTECT, related_name="appeals")
    lodged_on = models.DateField("ngày khiếu nại")
    to = models.CharField("gửi đến", max_length=200)
    summary = models.TextField("nội dung khiếu nại", max_length=4000)
    late_reason = models.CharField("lý do nhận đơn quá hạn", max_length=500, blank=True)
    outcome = models.CharField("kết quả", max_length=12, choices=AppealOutcome.choices, blank=True)
    refusal = models.CharField("lý do không nhận", max_length=24, blank=True)
    new_form = models.CharField("hình thức mới", max_length=3, choices=Form.choices, blank=True)
    number = models.CharField("số quyết định", max_length=50, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    announced_on = models.DateField("ngày công bố", null=True, blank=True)
    note = models.TextField("nội dung giải quyết", max_length=4000, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại kỷ luật"
        ordering = ["lodged_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=AppealOutcome.CHANGED) & ~Q(new_form="")
                | ~Q(outcome=AppealOutcome.CHANGED) & Q(new_form=""),
                name="appeal_new_form_when_changed",
            ),
        ]

    def __str__(self):
        return f"khiếu nại ngày {self.lodged_on:%d/%m/%Y}"


class Postponement(PeriodFact):
    """While it holds the case is not considered and limitation stands still; kind of evidence, no health data."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="postponements")
    kind = models.CharField("trường hợp", max_length=12, choices=PostponementKind.choices)
    expected_on = models.DateField("dự kiến đến", null=True, blank=True)
    evidence = models.CharField("loại giấy tờ làm căn cứ", max_length=200)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "tạm hoãn xem xét"
        ordering = ["started_on", "id"]
        constraints = [
            period_in_order("postponement_in_order"),
            models.UniqueConstraint(
                fields=["case"], condition=STANDING & Q(ended_on__isnull=True), name="postponement_one_at_a_time"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class CaseExemption(Fact):
    """Why a case ends without discipline although there was a violation."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exemptions")
    kind = models.CharField("trường hợp", max_length=12, choices=ExemptionKind.choices)
    on = models.DateField("ngày kết luận")
    document = models.CharField("văn bản", max_length=200, blank=True)
    note = models.TextField("lý do", max_length=4000)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "miễn kỷ luật"
        ordering = ["on", "id"]

    def __str__(self):
        return self.get_kind_display()


class CourtSentence(Fact):
    """A judgment against the member of a case: what, by which court, in force from when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sentences")
    sentence = models.CharField("bản án", max_length=20, choices=Sentence.choices)
    number = models.CharField("số bản án", max_length=100)
    court = models.CharField("tòa án", max_length=200)
    pronounced_on = models.DateField("ngày tuyên án")
    in_force_on = models.DateField("ngày có hiệu lực", null=True, blank=True)
    received_on = models.DateField("ngày nhận bản án", null=True, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bản án"
        ordering = ["pronounced_on", "id"]

    def __str__(self):
        return f"{self.get_sentence_display()}, {self.number}"
