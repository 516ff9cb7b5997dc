"""Documents that left the house, or are about to: number, signed date, stored bytes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cells.enums import DocumentState, DocumentType
from cells.querysets import IssuedDocumentQuerySet


class IssuedDocument(models.Model):
    """A party document from draft to frozen: it prints again byte for byte once it is issued.

    `kind` names the printable it came from, `params` what it was asked for, `data` the figures behind it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="documents")
    term = models.ForeignKey("cells.Term", models.PROTECT, null=True, related_name="documents", verbose_name="nhiệm kỳ")
    type = models.CharField("loại văn bản", max_length=10, choices=DocumentType.choices)
    kind = models.CharField("biểu mẫu", max_length=60)
    params = models.JSONField(default=dict)
    abstract = models.CharField("trích yếu", max_length=300)
    symbol = models.CharField("ký hiệu", max_length=20)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    authority = models.CharField("thẩm quyền ký", max_length=100, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=100, blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    text = models.JSONField("phần lời", default=dict)
    data = models.JSONField("số liệu", default=dict)
    pdf = models.BinaryField("tệp PDF", null=True, editable=False)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)
    created_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", verbose_name="người lập")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "symbol", "type", "term", "number"],
                condition=Q(number__isnull=False),
                name="document_number_once_a_term",
                violation_error_message="Số này đã dùng cho một văn bản cùng loại trong nhiệm kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "numbered", "outside"])
                | Q(number__isnull=False, signed_on__isnull=False, pdf__isnull=False) & ~Q(digest=""),
                name="document_issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number__isnull=False, term__isnull=False),
                name="document_numbered_in_a_term",
            ),
        ]

    def __str__(self):
        return f"{self.get_type_display()} {self.abstract}"

    @property
    def number_text(self):
        """ "05-BC/ĐU", or the blank of a draft."""
        number = f"{self.number:02d}" if self.number is not None else "…"
        return f"{number}-{self.type}/{self.symbol}"

    @property
    def scope_path(self):
        return self.organisation.path
