"""The member's file: its papers, their scans, its certified index; who borrowed it; how it was reconciled."""

import uuid

from django.db import models
from django.db.models import F, Q

from config.lib.periods import Fact, Precision
from members.dossier_enums import MediaType, PaperState, Regime
from members.dossier_querysets import (
    DossierPaperQuerySet,
    FileCheckQuerySet,
    FileLoanQuerySet,
    IndexCertificationQuerySet,
    ScanQuerySet,
)
from members.models.history import OfMember


class Dossier(OfMember, models.Model):
    """What the lists of files show of one file that was inventoried; counted anew by every act on it.

    `missing_1` … `missing_3` are papers that must be there and are not, by their priority; `recount_files` mends what
    other facts have changed since.
    """

    member = models.OneToOneField("members.Member", models.PROTECT, related_name="dossier")
    regime = models.CharField("yêu cầu", max_length=10, choices=Regime.choices)
    papers = models.PositiveIntegerField("số tài liệu", default=0)
    pages = models.PositiveIntegerField("số tờ", default=0)
    missing_1 = models.PositiveSmallIntegerField("thiếu, ưu tiên 1", default=0)
    missing_2 = models.PositiveSmallIntegerField("thiếu, ưu tiên 2", default=0)
    missing_3 = models.PositiveSmallIntegerField("thiếu, ưu tiên 3", default=0)
    is_certified = models.BooleanField("mục lục đúng như đã chứng nhận", default=False)
    counted_on = models.DateField("tính ngày")

    class Meta:
        verbose_name = "hồ sơ"

    def __str__(self):
        return f"Hồ sơ của {self.member}"


class DossierPaper(OfMember, Fact):
    """One paper of a member's file by its type (1 … 104); number, day and issuer as the paper says."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="dossier_papers")
    type = models.PositiveSmallIntegerField("loại tài liệu")
    state = models.CharField("tình trạng", max_length=10, choices=PaperState.choices, default=PaperState.PRESENT)
    number = models.CharField("số, ký hiệu", max_length=100, blank=True)
    issued_on = models.DateField("ngày của tài liệu", null=True, blank=True)
    issued_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    issuer = models.CharField("nơi ban hành, người lập", max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField("số tờ", null=True, blank=True)
    kept_at = models.CharField("nơi giữ, nếu không ở trong hồ sơ", max_length=200, blank=True)
    is_damaged = models.BooleanField("rách, mờ, hư hỏng", default=False)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = DossierPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu trong hồ sơ"
        ordering = ["type", "id"]
        indexes = [
            models.Index(fields=["member", "type"], condition=Q(voided_at__isnull=True), name="dossier_paper_standing"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__gte=1, type__lte=104), name="dossier_paper_known_type"),
            models.UniqueConstraint(
                fields=["member", "type"],
                condition=Q(state=PaperState.NOT_NEEDED, voided_at__isnull=True),
                name="dossier_paper_waived_once",
            ),
        ]

    def __str__(self):
        return f"tài liệu số {self.type:02d}"


class Scan(OfMember, Fact):
    """A scan of a paper. Its bytes lie in the private folder under its id; `digest` is their SHA-256.

    `removed` says what active content was taken out of the file that was sent; after a withdrawal because of a secrecy
    mark the bytes are destroyed and the row stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="scans")
    paper = models.ForeignKey(DossierPaper, models.PROTECT, related_name="scans")
    media_type = models.CharField("loại tệp", max_length=20, choices=MediaType.choices)
    size = models.PositiveIntegerField("dung lượng")
    pages = models.PositiveSmallIntegerField("số trang")
    digest = models.CharField(max_length=64)
    removed = models.JSONField("đã gỡ bỏ", default=list, blank=True)
    is_destroyed = models.BooleanField("đã xóa nội dung", default=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "bản quét"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "digest"],
                condition=Q(voided_at__isnull=True),
                name="scan_once_a_member",
                violation_error_message="Tệp này đã có trong hồ sơ của đảng viên.",
            ),
        ]

    def __str__(self):
        return f"bản quét của {self.paper}"

    @property
    def suffix(self):
        """The ending of its name, by its content."""
        return {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}[self.media_type]


class IndexCertification(OfMember, Fact):
    """The keeper certified the index (mục lục) of a file; `lines` is the index as it stood."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="index_certifications")
    certified_on = models.DateField("ngày chứng nhận")
    certified_by = models.CharField("người chứng nhận", max_length=150)
    papers = models.PositiveIntegerField("số tài liệu")
    pages = models.PositiveIntegerField("số tờ")
    lines = models.JSONField("mục lục", default=list)

    objects = IndexCertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "chứng nhận mục lục"
        ordering = ["-certified_on", "-id"]

    def __str__(self):
        return f"chứng nhận mục lục ngày {self.certified_on:%d/%m/%Y}"


class FileLoan(OfMember, Fact):
    """A file that was lent or handed over to be read: to whom, what for, when it went and came back."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="file_loans")
    borrower = models.CharField("người mượn, đơn vị", max_length=200)
    purpose = models.CharField("mục đích", max_length=300)
    agreed_by = models.CharField("người đồng ý cho mượn", max_length=150)
    lent_on = models.DateField("ngày mượn")
    due_on = models.DateField("hẹn trả ngày", null=True, blank=True)
    returned_on = models.DateField("ngày trả", null=True, blank=True)
    condition = models.CharField("tình trạng khi trả", max_length=300, blank=True)

    objects = FileLoanQuerySet.as_manager()

    class Meta:
        verbose_name = "mượn đọc hồ sơ"
        ordering = ["-lent_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(returned_on__isnull=True, voided_at__isnull=True),
                name="file_loan_one_open",
                violation_error_message="Hồ sơ này đang có người mượn, chưa trả.",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("lent_on")), name="file_loan_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.borrower} mượn hồ sơ từ {self.lent_on:%d/%m/%Y}"


class FileCheck(Fact):
    """A reconciliation of the list of members with their files: how many there are, what is missing or damaged."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="file_checks")
    checked_on = models.DateField("ngày đối chiếu")
    listed = models.PositiveIntegerField("đảng viên trong danh sách")
    counted = models.PositiveIntegerField("hồ sơ đếm được")
    missing = models.PositiveIntegerField("hồ sơ thiếu")
    damaged = models.PositiveIntegerField("tài liệu hư hỏng")
    checked_by = models.CharField("người đối chiếu", max_length=200)
    findings = models.CharField("kết quả, biện pháp", max_length=500, blank=True)

    objects = FileCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "đối chiếu hồ sơ"
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "checked_on"],
                condition=Q(voided_at__isnull=True),
                name="file_check_once_a_day",
                violation_error_message="Ngày này đã ghi một lần đối chiếu.",
            ),
        ]

    def __str__(self):
        return f"đối chiếu hồ sơ ngày {self.checked_on:%d/%m/%Y}"

    @property
    def scope_path(self):
        return self.organisation.path
