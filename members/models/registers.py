"""The registers of a cell: who came to which meeting, who paid for which month, who was given what to do.

Rows carry the organisation that kept the register; a correction voids a row and adds one, and so the key of the row
that a page had read tells whether somebody was faster.
"""

import uuid

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from members.life_enums import FeeBasis, MeetingKind, Presence
from members.querysets_life import AttendanceQuerySet, FeePaymentQuerySet, MeetingQuerySet, TaskQuerySet

STANDING = Q(voided_at__isnull=True)


class OfCell:
    """A row of a cell, or of a body above it, stands in the scope of whoever keeps it."""

    @property
    def scope_organisation(self):
        return self.organisation

    @property
    def scope_path(self):
        return self.organisation.path


class Meeting(OfCell, Fact):
    """A meeting of a cell, or a session at which a resolution or a class was studied (`STUDY_KINDS`).

    `version` counts the changes of its head. `present`, `excused` and `unexcused` are the sums of its attendance,
    written by the action that writes the rows: figures of many cells add them up.
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="meetings")
    kind = models.CharField("loại", max_length=10, choices=MeetingKind.choices, default=MeetingKind.REGULAR)
    held_on = models.DateField("ngày")
    agenda = models.CharField("nội dung", max_length=500, blank=True)
    minutes_number = models.CharField("số biên bản", max_length=50, blank=True)
    place = models.CharField("nơi họp", max_length=200, blank=True)
    present = models.PositiveSmallIntegerField(default=0, editable=False)
    excused = models.PositiveSmallIntegerField(default=0, editable=False)
    unexcused = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi sinh hoạt"
        ordering = ["held_on", "id"]
        indexes = [models.Index(fields=["organisation", "held_on"], condition=STANDING, name="meeting_of_cell")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "held_on"],
                condition=STANDING & Q(kind=MeetingKind.REGULAR),
                name="meeting_regular_once_a_day",
                violation_error_message="Đã có buổi sinh hoạt thường kỳ ghi ngày này.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ngày {self.held_on:%d/%m/%Y}"


class Attendance(Fact):
    """Whether one member came; who need not come has no row."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="attendance")
    presence = models.CharField("có mặt", max_length=10, choices=Presence.choices)
    reason = models.CharField("lý do", max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm danh"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], condition=STANDING, name="attendance_once"),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "member"],
                condition=STANDING & Q(presence=Presence.UNEXCUSED),
                name="attendance_unexcused",
            ),
        ]

    def __str__(self):
        return self.get_presence_display()

    @property
    def scope_organisation(self):
        return self.meeting.organisation

    @property
    def scope_path(self):
        return self.meeting.organisation.path


class FeePayment(OfCell, Fact):
    """The fee of one member for one month (its first day): owed as long as it is due and nothing is paid.

    Who is on temporary transfer pays at the host, whose register it is (294-QĐ/TW, 6.3.2c).
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="fee_payments")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="fee_payments")
    month = models.DateField("tháng")
    basis = models.CharField("mức", max_length=10, choices=FeeBasis.choices, default=FeeBasis.DUE)
    amount = models.DecimalField("số tiền (đồng)", max_digits=12, decimal_places=0, null=True, blank=True)
    paid_on = models.DateField("ngày đóng", null=True, blank=True)
    decision = models.CharField("văn bản miễn, giảm", max_length=200, blank=True)

    objects = FeePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng phí"
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["member", "month"], condition=STANDING, name="fee_once_a_month"),
            models.CheckConstraint(
                condition=~Q(basis=FeeBasis.EXEMPT) | Q(amount__isnull=True, paid_on__isnull=True),
                name="fee_exempt_pays_nothing",
            ),
            models.CheckConstraint(
                condition=Q(basis=FeeBasis.DUE) | ~Q(decision=""),
                name="fee_exempt_or_reduced_by_decision",
                violation_error_message="Miễn, giảm đảng phí phải ghi văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(amount__isnull=False), name="fee_paid_has_an_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "month"], condition=STANDING, name="fee_of_cell"),
            models.Index(
                fields=["organisation", "month", "member"],
                condition=STANDING & Q(paid_on__isnull=True) & ~Q(basis=FeeBasis.EXEMPT),
                name="fee_owed",
            ),
        ]

    def __str__(self):
        return f"đảng phí tháng {self.month:%m/%Y}"

    @property
    def is_owed(self):
        return self.paid_on is None and self.basis != FeeBasis.EXEMPT

    def is_owed_on(self, day):
        """Whether nothing had been paid by a day."""
        return self.basis != FeeBasis.EXEMPT and (self.paid_on is None or self.paid_on > day)


class Task(OfCell, Fact):
    """One thing given to one member to do in a year; late, done or undone follows from its days.

    `key` stays the same through corrections.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="tasks")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="tasks")
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("nhiệm vụ", max_length=300)
    given_by = models.CharField("người, cấp giao", max_length=200, blank=True)
    due_on = models.DateField("hạn, đến hết ngày")
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    beyond = models.BooleanField("vượt yêu cầu", default=False)
    evidence = models.CharField("minh chứng", max_length=300, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ được phân công"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=STANDING, name="task_one_standing"),
            models.CheckConstraint(condition=Q(beyond=False) | Q(done_on__isnull=False), name="task_beyond_is_done"),
        ]
        indexes = [
            models.Index(fields=["organisation", "year"], condition=STANDING, name="task_of_cell"),
            models.Index(fields=["member", "year"], condition=STANDING, name="task_of_member"),
        ]

    def __str__(self):
        return self.title
