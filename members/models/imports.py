"""Imports: one batch a file, what it changed row by row, and the column mapping kept for its source."""

import uuid

from django.db import models
from django.utils import timezone

from members.enums import BatchKind, BatchState
from members.querysets import ImportBatchQuerySet


class ImportBatch(models.Model):
    """One file: its bytes' digest, the day of its checks, its report, and whether it was written or undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("loại", max_length=20, choices=BatchKind.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="import_batches")
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, editable=False)
    layout = models.CharField("kiểu danh sách", max_length=30, blank=True)
    as_of = models.DateField("tính đến ngày", null=True)
    year = models.PositiveSmallIntegerField("năm xếp loại", null=True)
    mapping = models.JSONField(default=dict)
    options = models.JSONField("cách đọc tệp", default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=BatchState.choices, default=BatchState.CHECKING)
    job = models.ForeignKey("cells.Job", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    created_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", verbose_name="người nhập")
    committed_at = models.DateTimeField("ghi lúc", null=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập"
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    @property
    def scope_path(self):
        return self.organisation.path


class ImportChange(models.Model):
    """One row that a batch created or changed: what stood before and what the batch wrote."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="changes")
    table = models.CharField(max_length=40)
    row_id = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        verbose_name = "thay đổi của lần nhập"
        indexes = [models.Index(fields=["table", "row_id"], name="import_change_of_row")]

    def __str__(self):
        return f"{self.table} {self.row_id}"


class SavedRow(models.Model):
    """A refused row that a clerk saved by hand, with the reason."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="saved_rows")
    row = models.PositiveIntegerField("dòng")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=500)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dòng ghi bằng tay"
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="saved_row_once")]

    def __str__(self):
        return f"{self.batch} {self.row}"


class ColumnMapping(models.Model):
    """Which heading means which column, and which are in old fonts, for files of one source; kept for the next."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="column_mappings")
    kind = models.CharField(max_length=20, choices=BatchKind.choices)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    fonts = models.JSONField("phông cũ theo cột", default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "cách đọc cột"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "signature"], name="column_mapping_once"),
        ]

    def __str__(self):
        return self.signature[:12]
