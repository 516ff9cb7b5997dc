"""The sealed case: what it is about, whom it names, and its own journal."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from discipline.enums import ENDED_STATES, Handler, Part, Scope, Source, State
from discipline.models.under_seal import JournalLine, NamedReader, OpeningAsked, by_a_second_person
from discipline.querysets import CaseQuerySet, OfCaseQuerySet, OpeningQuerySet, ReaderQuerySet


class Case(Fact):
    """One matter of one member or one organisation, from the signal on; it exists for those alone whom it names.

    `organisation` is the body that runs it, `cell` the cell that meets on it; both pass to an heir when they end.
    `sets` are the rule sets that a person has chosen in place of those of the day, with the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("ký hiệu hồ sơ", max_length=50, blank=True)
    organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, related_name="+", verbose_name="tổ chức đảng xem xét"
    )
    handler = models.CharField("nơi kiểm tra", max_length=12, choices=Handler.choices)
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đảng viên"
    )
    accused = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ chức đảng"
    )
    cell = models.ForeignKey(
        "cells.Organisation", models.PROTECT, related_name="+", verbose_name="chi bộ, tổ chức họp xem xét"
    )
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.SIGNAL)
    postponed_from = models.CharField(max_length=20, choices=State.choices, blank=True, editable=False)
    source = models.CharField("nguồn", max_length=20, choices=Source.choices)
    signal_on = models.DateField("ngày có dấu hiệu, tiếp nhận")
    document = models.CharField("số, ngày văn bản, đơn thư", max_length=200, blank=True)
    summary = models.TextField("nội dung dấu hiệu vi phạm", max_length=4000)
    scope = models.CharField("vi phạm về", max_length=10, choices=Scope.choices, default=Scope.OWN)
    is_managed_above = models.BooleanField("thuộc diện cấp ủy cấp trên quản lý", default=False)
    sets = models.JSONField("bộ quy tắc được chọn", default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ kỷ luật"
        ordering = ["-signal_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, accused__isnull=True) | Q(member__isnull=True, accused__isnull=False),
                name="case_has_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(state=State.POSTPONED) & ~Q(postponed_from="")
                | ~Q(state=State.POSTPONED) & Q(postponed_from=""),
                name="case_knows_where_it_was_postponed",
            ),
        ]

    def __str__(self):
        return str(self.member or self.accused)

    @property
    def is_over(self):
        return self.state in ENDED_STATES


class CaseReader(NamedReader):
    """Somebody whom a case names, from a moment until another; without a second person only those of the first day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="readers")
    part = models.CharField("với tư cách", max_length=10, choices=Part.choices)

    objects = ReaderQuerySet.as_manager()

    class Meta(NamedReader.Meta):
        verbose_name = "người được xem hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until__isnull=True), name="case_reader_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_part_display()}"


class SealOpening(OpeningAsked):
    """A reader asks to open the seal for another; a second person answers, and learns no more than is asked."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="openings")
    part = models.CharField("với tư cách", max_length=10, choices=Part.choices)
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thứ hai xác nhận"
    )

    objects = OpeningQuerySet.as_manager()

    class Meta(OpeningAsked.Meta):
        verbose_name = "đề nghị mở niêm phong"
        constraints = [
            by_a_second_person("seal_opening_by_a_second_person"),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(answered_at__isnull=True), name="seal_opening_asked_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_part_display()}"


class JournalEntry(JournalLine):
    """One line of the journal of a case: who read or did what, when and why; append-only, on both databases."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="journal")

    objects = OfCaseQuerySet.as_manager()

    class Meta(JournalLine.Meta):
        verbose_name = "dòng nhật ký hồ sơ"
        indexes = [models.Index(fields=["case", "actor", "kind", "at"], name="journal_of_reader")]
