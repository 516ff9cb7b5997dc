"""The dossier: CV entries, papers, introducers, relatives and what verification answered."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from admissions.enums import Kinship, PaperKind, VerificationMethod, VerificationResult, VerificationTopic
from admissions.models.candidates import Candidate, OfCandidate
from admissions.querysets import OfCandidateQuerySet
from config.lib.periods import Fact

STANDING = Q(voided_at__isnull=True)


class CVEntry(OfCandidate, Fact):
    """One line of the repeating items of the CV; `part` is a part of the member's sheet, `values` its columns.

    The ceremony writes them as rows of the new member's sheet.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="cv_entries")
    part = models.CharField("mục", max_length=40)
    values = models.JSONField("nội dung", default=dict)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng lý lịch"
        ordering = ["id"]

    def __str__(self):
        return self.part


class Introducer(OfCandidate, Fact):
    """An official member who introduces; a replacement keeps both rows (294-QĐ/TW, 3.2.2)."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="introducers")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="introduces")
    together_since = models.DateField("cùng công tác, cư trú từ ngày", null=True, blank=True)
    together_where = models.CharField("cùng đơn vị", max_length=200, blank=True)
    assigned_on = models.DateField("ngày được phân công")
    ended_on = models.DateField("thôi giới thiệu từ ngày", null=True, blank=True)
    end_reason = models.CharField("lý do thôi", max_length=300, blank=True)
    is_replacement = models.BooleanField("thay người giới thiệu trước", default=False)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "người giới thiệu"
        ordering = ["assigned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "member"], condition=STANDING & Q(ended_on__isnull=True), name="introducer_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("assigned_on")),
                name="introducer_in_order",
                violation_error_message="Ngày thôi giới thiệu phải từ ngày được phân công trở đi.",
            ),
        ]

    def __str__(self):
        return str(self.member)


class AdmissionPaper(OfCandidate, Fact):
    """One paper, opinion, consent or finding. `topic` is the condition that a consent or finding speaks of.

    `asked` were asked or entitled, `agreed` and `disagreed` how they spoke; `favourable` None where a paper does not
    judge.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="papers")
    kind = models.CharField("giấy tờ", max_length=20, choices=PaperKind.choices)
    topic = models.CharField("điều kiện", max_length=40, blank=True)
    dated_on = models.DateField("ngày")
    number = models.CharField("số", max_length=50, blank=True)
    given_by = models.CharField("của ai, cấp nào", max_length=200, blank=True)
    introducer = models.ForeignKey(Introducer, models.PROTECT, null=True, blank=True, related_name="papers")
    helper = models.ForeignKey("admissions.Helper", models.PROTECT, null=True, blank=True, related_name="papers")
    asked = models.PositiveIntegerField("tổng số được hỏi", null=True, blank=True)
    agreed = models.PositiveIntegerField("tán thành", null=True, blank=True)
    disagreed = models.PositiveIntegerField("không tán thành", null=True, blank=True)
    favourable = models.BooleanField("đủ điều kiện, đồng ý", null=True, blank=True)
    merits = models.TextField("ưu điểm", max_length=3000, blank=True)
    faults = models.TextField("khuyết điểm", max_length=3000, blank=True)
    text = models.TextField("nội dung, kết luận", max_length=3000, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ hồ sơ kết nạp"
        ordering = ["dated_on", "recorded_at"]
        indexes = [models.Index(fields=["candidate", "kind"], condition=STANDING, name="admission_paper_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(agreed__isnull=True) | Q(agreed__lte=F("asked")),
                name="admission_paper_adds_up",
                violation_error_message="Số tán thành không được nhiều hơn tổng số được hỏi.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Relative(OfCandidate, Fact):
    """Somebody of the circle of verification (06-HD/TW, 3.4a): family data, shown to those alone who need it."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="relatives")
    kinship = models.CharField("quan hệ", max_length=14, choices=Kinship.choices)
    relation = models.CharField("quan hệ ghi như trên giấy", max_length=60, blank=True)
    full_name = models.CharField("họ và tên", max_length=100)
    birth_year = models.PositiveSmallIntegerField(
        "năm sinh", null=True, blank=True, validators=[MinValueValidator(1850), MaxValueValidator(2999)]
    )
    died_year = models.PositiveSmallIntegerField(
        "năm mất", null=True, blank=True, validators=[MinValueValidator(1850), MaxValueValidator(2999)]
    )
    home_place = models.CharField("quê quán", max_length=300, blank=True)
    residence = models.CharField("nơi cư trú", max_length=300, blank=True)
    occupation = models.CharField("nghề nghiệp, đơn vị", max_length=200, blank=True)
    is_member = models.BooleanField("là đảng viên", null=True, blank=True)
    history = models.TextField("lịch sử chính trị, hoàn cảnh", max_length=3000, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "người thân trong lý lịch"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_kinship_display()}: {self.full_name}"


class VerificationItem(OfCandidate, Fact):
    """One question about one person of the circle: how it is verified, where, when asked and answered.

    `relative` None is the applicant. A reply that is late is never an answer.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="verification_items")
    relative = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="items")
    topic = models.CharField("nội dung", max_length=20, choices=VerificationTopic.choices)
    method = models.CharField("cách thẩm tra", max_length=8, choices=VerificationMethod.choices)
    place = models.CharField("nơi thẩm tra", max_length=300, blank=True)
    is_abroad = models.BooleanField("ở ngoài nước", default=False)
    letter_number = models.CharField("số công văn", max_length=50, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    received_on = models.DateField("nơi thẩm tra nhận ngày", null=True, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    result = models.CharField(
        "kết quả", max_length=8, choices=VerificationResult.choices, default=VerificationResult.OPEN
    )
    note = models.CharField("nội dung trả lời, lý do miễn", max_length=1000, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "mục thẩm tra lý lịch"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "relative", "topic"], condition=STANDING, name="verification_once"
            ),
            models.UniqueConstraint(
                fields=["candidate", "topic"],
                condition=STANDING & Q(relative__isnull=True),
                name="verification_of_applicant_once",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                name="verification_in_order",
                violation_error_message="Ngày trả lời phải từ ngày gửi trở đi.",
            ),
        ]

    def __str__(self):
        return f"{self.relative or self.candidate} – {self.get_topic_display()}"
