"""How a membership ended or came back, and what weighs on a member: entered from paper, read by the apps above."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact, PeriodFact, period_in_order
from members.enums import EndReason, ProceedingStage, RestorationKind
from members.models.history import OfMember
from members.querysets import EndingQuerySet, HoldQuerySet, ProceedingQuerySet, RestorationQuerySet


class Ending(OfMember, Fact):
    """The end of membership with its papers; `ended_on` is the first day on which the person is no longer a member.

    `grounds` are codes of the topic `removal`; an ending may have several. `received_on` starts the time to appeal,
    `notified_on` (of a death) the time to hand the file up. `closed_rows` are the posts, states and temporary
    memberships that it ended, for whoever must undo it.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="endings")
    membership = models.ForeignKey("members.Membership", models.PROTECT, related_name="endings")
    reason = models.CharField("hình thức", max_length=20, choices=EndReason.choices)
    grounds = models.JSONField("căn cứ", default=list, blank=True)
    ended_on = models.DateField("ngày đầu tiên không còn là đảng viên")
    was_probationary = models.BooleanField("khi đó là đảng viên dự bị", default=False)
    decision = models.CharField("số quyết định, giấy tờ", max_length=100, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    notified_on = models.DateField("ngày phiếu báo", null=True, blank=True)
    received_on = models.DateField("ngày đảng viên nhận quyết định", null=True, blank=True)
    card_recovered_on = models.DateField("ngày thu thẻ", null=True, blank=True)
    file_sent_on = models.DateField("ngày nộp hồ sơ lên cấp trên", null=True, blank=True)
    file_sent_to = models.CharField("nơi nhận hồ sơ", max_length=200, blank=True)
    appealed_on = models.DateField("ngày khiếu nại", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    closed_rows = models.JSONField(default=list, blank=True, editable=False)

    objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = "ra khỏi Đảng, từ trần"
        ordering = ["-ended_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(voided_at__isnull=True), name="ending_once_a_membership"
            ),
        ]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.member}"


class Restoration(OfMember, Fact):
    """How somebody came back after an ending: out of the books from `out_on` until `back_on`, the first day back.

    After rights restored the membership stands as if it had never ended, and the books keep what they said then.
    After readmission the record keeps the first decision and the first ceremony, from which Party age is counted;
    the new ones stand here, and so does the day on which the person had been official before.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="restorations")
    ending = models.ForeignKey(Ending, models.PROTECT, null=True, blank=True, related_name="restorations")
    kind = models.CharField("hình thức", max_length=20, choices=RestorationKind.choices)
    end_reason = models.CharField("đã ra do", max_length=20, choices=EndReason.choices)
    was_probationary = models.BooleanField("khi đó là đảng viên dự bị", default=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="restorations")
    out_on = models.DateField("ra từ ngày")
    back_on = models.DateField("trở lại từ ngày")
    decision = models.CharField("số quyết định", max_length=100)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.CharField("cấp quyết định", max_length=200, blank=True)
    former_official_on = models.DateField("ngày chính thức lần trước", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        verbose_name = "trở lại sinh hoạt"
        ordering = ["-back_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(back_on__gt=models.F("out_on")), name="restoration_in_order"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.member}"


class Proceeding(OfMember, PeriodFact):
    """A stage of legal proceedings against a member, on the strength of a paper; no contents."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="proceedings")
    stage = models.CharField("giai đoạn", max_length=20, choices=ProceedingStage.choices)
    decision = models.CharField("văn bản", max_length=200, blank=True)
    decided_by = models.CharField("cơ quan ban hành", max_length=200, blank=True)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        verbose_name = "tố tụng"
        ordering = ["-started_on", "-id"]
        constraints = [period_in_order("proceeding_period_in_order")]

    def __str__(self):
        return self.get_stage_display()


class Hold(OfMember, PeriodFact):
    """While it holds no transfer slip is issued; it has no reason, and only inspection officers know of it."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="holds")

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "tạm dừng cấp giấy"
        ordering = ["-started_on", "-id"]
        constraints = [period_in_order("hold_period_in_order")]

    def __str__(self):
        return "tạm dừng cấp giấy"
