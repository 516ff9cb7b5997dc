"""The source: monthly resolutions of cells, helpers, class certificates, the plan of a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from admissions.enums import CertificateKind, Group, LineChange, Purpose
from admissions.models.candidates import Candidate, OfCandidate
from admissions.querysets import OfCandidateQuerySet, PeriodOfCandidateQuerySet
from cells.querysets import ScopedQuerySet
from config.lib.periods import Fact, FactQuerySet, PeriodFact, period_in_order
from members.models.registers import OfCell

STANDING = Q(voided_at__isnull=True)
YEARS = [MinValueValidator(1930), MaxValueValidator(2999)]


class OfCellQuerySet(ScopedQuerySet, FactQuerySet):
    """Rows of an organisation that can be voided."""


class MonthlyResolution(OfCell, Fact):
    """What a cell resolved in a month on its list of sympathisers; `month` is its first day (38-HD/BTCTW, I.1.1)."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="source_resolutions")
    month = models.DateField("tháng")
    held_on = models.DateField("ngày họp")
    number = models.CharField("số nghị quyết", max_length=50, blank=True)

    objects = OfCellQuerySet.as_manager()

    class Meta:
        verbose_name = "nghị quyết hằng tháng về cảm tình Đảng"
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month"], condition=STANDING, name="source_resolution_once_a_month"
            )
        ]

    def __str__(self):
        return f"nghị quyết tháng {self.month:%m/%Y}"


class ResolutionLine(OfCandidate, Fact):
    """One person in a monthly resolution; `step` is what it did to him, nothing where he stays what he was."""

    resolution = models.ForeignKey(MonthlyResolution, models.PROTECT, related_name="lines")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="resolution_lines")
    change = models.CharField("nội dung", max_length=8, choices=LineChange.choices)
    note = models.CharField("nhận xét, nhiệm vụ giao", max_length=500, blank=True)
    step = models.OneToOneField(
        "admissions.StepTaken", models.PROTECT, null=True, blank=True, related_name="resolution_line"
    )

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của nghị quyết hằng tháng"
        constraints = [
            models.UniqueConstraint(fields=["resolution", "candidate"], condition=STANDING, name="source_line_once")
        ]

    def __str__(self):
        return f"{self.candidate}: {self.get_change_display()}"


class Helper(OfCandidate, PeriodFact):
    """An official member whom the cell assigned to help: towards admission, or through probation."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="helpers")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="helped_candidates")
    purpose = models.CharField("giúp đỡ", max_length=12, choices=Purpose.choices, default=Purpose.ADMISSION)
    decision = models.CharField("nghị quyết phân công", max_length=200, blank=True)
    end_reason = models.CharField("lý do thôi", max_length=300, blank=True)

    objects = PeriodOfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công giúp đỡ"
        ordering = ["started_on", "id"]
        constraints = [
            period_in_order("admission_helper_in_order"),
            models.UniqueConstraint(
                fields=["candidate", "member", "purpose"],
                condition=STANDING & Q(ended_on__isnull=True),
                name="admission_helper_once",
            ),
        ]

    def __str__(self):
        return str(self.member)


class HelperNote(OfCandidate, Fact):
    """What a helper or the cell noted in the course of help or probation."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="helper_notes")
    helper = models.ForeignKey(Helper, models.PROTECT, null=True, blank=True, related_name="notes")
    noted_on = models.DateField("ngày")
    text = models.CharField("nội dung", max_length=1000)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi chép giúp đỡ"
        ordering = ["-noted_on", "-id"]

    def __str__(self):
        return self.text[:60]


class ClassCertificate(OfCandidate, Fact):
    """A certificate of the awareness class or of the class for new members."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="certificates")
    kind = models.CharField("lớp", max_length=10, choices=CertificateKind.choices)
    number = models.CharField("số", max_length=50, blank=True)
    issued_on = models.DateField("ngày cấp")
    issued_by = models.CharField("nơi cấp", max_length=200, blank=True)
    held_from = models.DateField("học từ ngày", null=True, blank=True)
    held_to = models.DateField("đến ngày", null=True, blank=True)
    result = models.CharField("loại kết quả", max_length=60, blank=True)

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận lớp"
        ordering = ["-issued_on", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()} ngày {self.issued_on:%d/%m/%Y}"


class AdmissionPlan(OfCell, Fact):
    """How many an organisation means to admit in a year, in all and of each group (key: code of `Group`)."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="admission_plans")
    year = models.PositiveSmallIntegerField("năm", validators=YEARS)
    target = models.PositiveIntegerField("chỉ tiêu")
    groups = models.JSONField("chỉ tiêu theo nhóm", default=dict, blank=True)
    decision = models.CharField("văn bản giao chỉ tiêu", max_length=200, blank=True)

    objects = OfCellQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch kết nạp"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], condition=STANDING, name="admission_plan_once")
        ]

    def __str__(self):
        return f"kế hoạch kết nạp năm {self.year}"

    def of_group(self, group):
        """The target of a group; None where the plan names none."""
        return self.groups.get(Group(group).value)
