"""Moves: a slip from the sender's last box to the receiver's last box, and the handing over of a cell."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cells.querysets import ScopedQuerySet
from config.lib.periods import Fact, FactQuerySet
from members.enums import OutsideArea, TransferKind, TransferState
from members.querysets_moves import TransferQuerySet


class Transfer(models.Model):
    """One move of one member from one body to another; an end outside is words and an area.

    The sender counts the member out at `issued_on`, the receiver in at `received_on`; between the two `common`, the
    lowest body that contains both ends, lists him. A temporary move leaves him in the headcount of the home cell.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="transfers")
    kind = models.CharField("loại", max_length=20, choices=TransferKind.choices)
    state = models.CharField(
        "trạng thái", max_length=10, choices=TransferState.choices, default=TransferState.REQUESTED
    )
    from_organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="transfers_out", verbose_name="nơi đi"
    )
    to_organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="transfers_in", verbose_name="nơi đến"
    )
    common = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp trên chung"
    )  # fmt: skip
    outside_name = models.CharField("tổ chức đảng ngoài danh mục", max_length=300, blank=True)
    outside_area = models.CharField("khu vực", max_length=20, choices=OutsideArea.choices, blank=True)
    reason = models.CharField("lý do chuyển", max_length=300)
    is_study = models.BooleanField("đi học trong nước", default=False)
    order_on = models.DateField("ngày quyết định điều động, thay đổi nơi cư trú có hiệu lực", null=True, blank=True)
    until = models.DateField("ngày đầu tiên hết hạn sinh hoạt tạm thời", null=True, blank=True)
    requested_on = models.DateField("ngày chi bộ giới thiệu")
    slip_number = models.PositiveIntegerField("số giấy giới thiệu", null=True, blank=True)
    slip_year = models.PositiveSmallIntegerField("năm cấp giấy", null=True, blank=True)
    issued_on = models.DateField("ngày cấp giấy", null=True, blank=True)
    file_taken_on = models.DateField("ngày nhận hồ sơ", null=True, blank=True)
    notice_received_on = models.DateField("ngày nơi đến nhận phiếu báo", null=True, blank=True)
    presented_on = models.DateField("ngày nộp giấy", null=True, blank=True)
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    returned_on = models.DateField("ngày trở về", null=True, blank=True)
    refused_on = models.DateField("ngày chưa tiếp nhận", null=True, blank=True)
    refusal = models.CharField("lý do chưa tiếp nhận", max_length=500, blank=True)
    explanation = models.CharField("giải trình nộp chậm", max_length=500, blank=True)
    papers = models.JSONField("giấy tờ kèm theo", default=list, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    requested_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", verbose_name="người lập")
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyển sinh hoạt"
        ordering = ["-requested_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["requested", "issued", "presented", "refused"]),
                name="transfer_one_unsettled",
                violation_error_message="Đảng viên này đang có một lần chuyển sinh hoạt chưa xong.",
            ),
            models.UniqueConstraint(
                fields=["common", "kind", "slip_year", "slip_number"],
                condition=Q(slip_number__isnull=False),
                name="transfer_slip_number_once",
                violation_error_message="Số giấy này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                condition=Q(from_organisation__isnull=False) | Q(to_organisation__isnull=False),
                name="transfer_has_an_end_here",
            ),
            models.CheckConstraint(
                condition=(Q(from_organisation__isnull=False) & Q(to_organisation__isnull=False)) | ~Q(outside_area=""),
                name="transfer_outside_end_has_area",
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.get_kind_display()}"

    @property
    def goes_outside(self):
        return self.to_organisation_id is None

    @property
    def scope_organisation(self):
        """Whose log tells of the move: the sender's; of an arrival from outside, the receiver's."""
        return self.from_organisation or self.to_organisation

    @property
    def origin(self):
        """Where the member leaves, as words."""
        return str(self.from_organisation or self.outside_name)

    @property
    def destination(self):
        """Where the member goes, as words."""
        return str(self.to_organisation or self.outside_name)

    @property
    def last_day(self):
        """The last day of a temporary move, as people write it; None without an end."""
        return self.until - timedelta(days=1) if self.until else None

    @property
    def number_text(self):
        """The number of the slip with its year; empty before it is issued."""
        return f"{self.slip_number:02d}/{self.slip_year}" if self.slip_number else ""


class HandoverQuerySet(ScopedQuerySet, FactQuerySet):
    """Records of cells that were handed over."""


class Handover(Fact):
    """A cell handed from one secretary to the next: what was open on that day, and the paper to sign.

    The posts and roles that it ended (`from_…`) and opened (`to_…`) are kept, so that it can be taken back; a role that
    the new secretary's account had before is not its own.
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="handovers")
    from_member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    to_member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    handed_on = models.DateField("ngày bàn giao")
    decision = models.CharField("quyết định, nghị quyết", max_length=200, blank=True)
    from_post = models.ForeignKey("members.Post", models.PROTECT, null=True, editable=False, related_name="+")
    to_post = models.ForeignKey("members.Post", models.PROTECT, null=True, editable=False, related_name="+")
    from_role = models.ForeignKey("cells.RoleAssignment", models.PROTECT, null=True, editable=False, related_name="+")
    to_role = models.ForeignKey("cells.RoleAssignment", models.PROTECT, null=True, editable=False, related_name="+")
    inventory = models.JSONField("việc đang dở", default=list)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "bàn giao chi bộ"
        ordering = ["-handed_on", "-id"]

    def __str__(self):
        return f"Bàn giao {self.organisation} ngày {self.handed_on:%d/%m/%Y}"

    @property
    def scope_path(self):
        return self.organisation.path
