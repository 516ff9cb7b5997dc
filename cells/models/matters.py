"""What a matter of one person is made of, whatever it is about: steps taken, votes of yes and no, decisions."""

import uuid

from django.db import models
from django.db.models import F, Q

from config.lib.periods import Fact


class StepOfMatter(Fact):
    """One step: which, when, by which body, on what paper; from where to where the matter itself says."""

    step = models.CharField("bước", max_length=40)
    on = models.DateField("ngày")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["on", "id"]

    def __str__(self):
        return self.step


class VoteOfMatter(Fact):
    """One vote of one body: totals only, never who voted what. `entitled` is the base as computed on that day.

    `excluded` are names with reasons: who is not in the base.
    """

    held_on = models.DateField("ngày họp")
    ballot = models.OneToOneField("cells.Ballot", models.PROTECT, related_name="+")
    members = models.PositiveIntegerField("tổng số đảng viên, ủy viên")
    official = models.PositiveIntegerField("chính thức")
    entitled = models.PositiveIntegerField("số được tính biểu quyết")
    present = models.PositiveIntegerField("có mặt, được tính")
    yes = models.PositiveIntegerField("tán thành")
    no = models.PositiveIntegerField("không tán thành")
    blank = models.PositiveIntegerField("phiếu trắng", default=0)
    needed = models.PositiveIntegerField("số phiếu cần")
    carried = models.BooleanField("đủ phiếu")
    excluded = models.JSONField("không tính vào", default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["held_on", "id"]

    def __str__(self):
        return f"{self.held_on:%d/%m/%Y}: {self.yes}/{self.entitled}"

    @property
    def figures(self):
        """What the log keeps of it."""
        counts = {name: getattr(self, name) for name in ("entitled", "present", "yes", "no", "blank", "needed")}
        return {**counts, "result": "đủ phiếu" if self.carried else "không đủ phiếu"}

    @property
    def outcome_words(self):
        """The result as it is told to whoever entered it."""
        result = "đủ phiếu" if self.carried else "không đủ phiếu"
        return f"Đã ghi biểu quyết: {self.yes} tán thành trong {self.entitled} được tính, cần {self.needed}: {result}."


def vote_constraints(name):
    """Of a vote of yes, no and blank on one matter: its totals add up, and it is carried by the number it needs."""
    return [
        models.CheckConstraint(
            condition=Q(present__lte=F("entitled"), entitled__lte=F("official"), official__lte=F("members"))
            & Q(present__gte=F("yes") + F("no") + F("blank")),
            name=f"{name}_adds_up",
            violation_error_message="Số phiếu không khớp với số người có mặt được biểu quyết.",
        ),
        models.CheckConstraint(
            condition=Q(carried=True, yes__gte=F("needed")) | Q(carried=False, yes__lt=F("needed")),
            name=f"{name}_carried_by_number",
        ),
    ]


class DecisionOfMatter(Fact):
    """What the competent body decided, one number a person; `body` is what the chain of that day calls it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    approves = models.BooleanField("đồng ý")
    body = models.CharField("cấp quyết định", max_length=30)
    number = models.CharField("số quyết định, thông báo", max_length=50)
    signed_on = models.DateField("ngày quyết định")
    effective_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    reason = models.CharField("lý do", max_length=1000, blank=True)
    rules = models.JSONField("bộ quy tắc", default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["signed_on", "recorded_at"]

    def __str__(self):
        return f"{self.number} ngày {self.signed_on:%d/%m/%Y}"
