"""Papers of police, procuracy and court about a stage of proceedings; the stages themselves stand in `members`."""

import uuid

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from discipline.beside_enums import LegalPaper
from discipline.enums import Sentence
from discipline.querysets_beside import ProceedingPaperQuerySet


class ProceedingPaper(Fact):
    """One paper about one stage: who wrote it, when it came and to whom; of one marked secret only where it is kept.

    `post` and `work_unit` are those that the paper, or whoever received it, names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proceeding = models.ForeignKey("members.Proceeding", models.PROTECT, related_name="+")
    kind = models.CharField("loại văn bản", max_length=12, choices=LegalPaper.choices)
    number = models.CharField("số, ký hiệu", max_length=100)
    issued_on = models.DateField("ngày văn bản")
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    received_on = models.DateField("ngày nhận")
    received_by = models.CharField("người, nơi nhận", max_length=200)
    grade = models.CharField("độ mật", max_length=20, blank=True)
    kept_at = models.CharField("nơi giữ, người giữ", max_length=200, blank=True)
    sentence = models.CharField("bản án", max_length=20, choices=Sentence.choices, blank=True)
    sentence_text = models.CharField("mức án", max_length=300, blank=True)
    in_force_on = models.DateField("ngày bản án có hiệu lực", null=True, blank=True)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    work_unit = models.CharField("đơn vị công tác", max_length=200, blank=True)

    objects = ProceedingPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản tố tụng"
        ordering = ["-issued_on", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade="") | Q(sentence="", sentence_text="", in_force_on__isnull=True) & ~Q(kept_at=""),
                name="proceeding_paper_marked_secret_is_a_pointer",
                violation_error_message="Văn bản có dấu mật chỉ ghi số, ngày, độ mật và nơi giữ, không ghi nội dung.",
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=models.F("issued_on")),
                name="proceeding_paper_received_after_issue",
                violation_error_message="Ngày nhận không thể trước ngày văn bản.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} số {self.number}"
