"""What an inspection gathers: violations, circumstances, the team, the self-review, evidence; and the steps taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from discipline.enums import Consequence, Content, EvidenceKind, Form, State, UnlimitedKind
from discipline.models.cases import Case
from discipline.querysets import FactOfCaseQuerySet


class StepTaken(Fact):
    """One step of a case: which, when, by which body, from where to where, with the rule sets of its day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    step = models.CharField("bước", max_length=30)
    from_state = models.CharField(max_length=20, choices=State.choices)
    to_state = models.CharField(max_length=20, choices=State.choices)
    on = models.DateField("ngày")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    document = models.CharField("số, ký hiệu văn bản", max_length=200, blank=True)
    note = models.TextField("ghi chú", max_length=4000, blank=True)
    data = models.JSONField("chi tiết", default=dict, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của hồ sơ"
        ordering = ["on", "id"]

    def __str__(self):
        return f"{self.step} {self.on:%d/%m/%Y}"


class CaseViolation(Fact):
    """One violation with its article; a case has one form and one or more contents."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="violations")
    content = models.CharField("nội dung vi phạm", max_length=3, choices=Content.choices)
    article = models.CharField("điều, khoản, điểm", max_length=100, blank=True)
    rule = models.CharField("quy định", max_length=100, blank=True)
    tags = models.JSONField("những điều đảng viên không được làm", default=list, blank=True)
    description = models.TextField("mô tả", max_length=4000)
    began_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("đến ngày", null=True, blank=True)
    discovered_on = models.DateField("ngày phát hiện", null=True, blank=True)
    consequence = models.CharField("hậu quả", max_length=8, choices=Consequence.choices, blank=True)
    unlimited_kind = models.CharField("không có thời hiệu", max_length=30, choices=UnlimitedKind.choices, blank=True)
    is_concluded = models.BooleanField("kết luận có vi phạm", null=True, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "vi phạm"
        ordering = ["began_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("began_on")),
                name="case_violation_in_order",
                violation_error_message="Ngày kết thúc vi phạm không thể trước ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.get_content_display()


class Circumstance(Fact):
    """A mitigating or aggravating circumstance by its code of the rule set; recorded, never weighed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="circumstances")
    code = models.CharField("tình tiết", max_length=60)
    is_aggravating = models.BooleanField("tăng nặng")
    note = models.CharField("căn cứ", max_length=500)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "tình tiết"
        ordering = ["is_aggravating", "id"]

    def __str__(self):
        return self.code


class TeamMember(Fact):
    """Somebody of the inspection team, with the answer on conflicts of interest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="team")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    full_name = models.CharField("họ và tên", max_length=100)
    is_head = models.BooleanField("tổ trưởng", default=False)
    has_no_conflict = models.BooleanField("không có quan hệ gia đình, lợi ích với người được kiểm tra")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên tổ kiểm tra"
        ordering = ["-is_head", "id"]

    def __str__(self):
        return self.full_name


class SelfReview(Fact):
    """The written self-review, or that it was asked for and refused; the case goes on either way."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="self_reviews")
    asked_on = models.DateField("ngày yêu cầu")
    received_on = models.DateField("ngày nhận bản tự kiểm điểm", null=True, blank=True)
    form_named = models.CharField("hình thức tự nhận", max_length=3, choices=Form.choices, blank=True)
    is_refused = models.BooleanField("không viết, từ chối", default=False)
    note = models.TextField("nội dung, lý do", max_length=4000, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bản tự kiểm điểm"
        ordering = ["asked_on", "id"]

    def __str__(self):
        return "từ chối tự kiểm điểm" if self.is_refused else "bản tự kiểm điểm"


class Evidence(Fact):
    """What was gathered: words and numbers of papers; of a paper with a mark of secrecy only where it is kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.CharField("loại", max_length=10, choices=EvidenceKind.choices)
    title = models.CharField("tên, trích yếu", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=100, blank=True)
    on = models.DateField("ngày", null=True, blank=True)
    origin = models.CharField("nơi ban hành, người cung cấp", max_length=200, blank=True)
    grade = models.CharField("độ mật", max_length=20, blank=True)
    kept_at = models.CharField("nơi giữ, người giữ", max_length=200, blank=True)
    text = models.TextField("tóm tắt nội dung", max_length=4000, blank=True)

    objects = FactOfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu, chứng cứ"
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.POINTER, text="") & ~Q(grade="") & ~Q(kept_at="")
                | ~Q(kind=EvidenceKind.POINTER) & Q(grade=""),
                name="evidence_marked_secret_is_a_pointer",
                violation_error_message="Tài liệu có dấu mật chỉ ghi số, ngày, độ mật và nơi giữ, không ghi nội dung.",
            ),
        ]

    def __str__(self):
        return self.title
