"""Denunciations: their contents with results, who may read them, and the sender apart from everything else."""

import uuid

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from discipline.beside_enums import ContentResult, DenunciationState, NotHandled
from discipline.models.cases import Case
from discipline.models.under_seal import JournalLine, NamedReader, OpeningAsked, by_a_second_person
from discipline.querysets_beside import (
    DenouncerQuerySet,
    DenunciationQuerySet,
    DenunciationReaderQuerySet,
    OfDenunciationQuerySet,
    SenderOpeningQuerySet,
    SideEntryQuerySet,
)


class Denunciation(Fact):
    """A letter against a member or an organisation, for those alone whom it names; who sent it stands elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    code = models.CharField("ký hiệu", max_length=50, blank=True)
    received_on = models.DateField("ngày tiếp nhận")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    accused = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        "trạng thái", max_length=12, choices=DenunciationState.choices, default=DenunciationState.RECEIVED
    )
    not_handled = models.CharField("lý do không giải quyết", max_length=12, choices=NotHandled.choices, blank=True)
    note = models.TextField("ghi chú phân loại", max_length=2000, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="denunciations")

    objects = DenunciationQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn tố cáo"
        ordering = ["-received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, accused__isnull=True) | Q(member__isnull=True, accused__isnull=False),
                name="denunciation_has_one_subject",
            ),
        ]

    def __str__(self):
        return str(self.member or self.accused)


class DenunciationContent(Fact):
    """One thing that is said; it ends as one of four."""

    denunciation = models.ForeignKey(Denunciation, models.PROTECT, related_name="contents")
    text = models.TextField("nội dung", max_length=2000)
    result = models.CharField("kết quả", max_length=12, choices=ContentResult.choices, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    reason = models.TextField("căn cứ kết luận", max_length=2000, blank=True)

    objects = OfDenunciationQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung tố cáo"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", concluded_on__isnull=True) | ~Q(result="") & Q(concluded_on__isnull=False),
                name="denunciation_content_concluded_on_a_day",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Denouncer(models.Model):
    """Who sent a denunciation: read on a page of its own, by the receiver and those named for it, each look kept."""

    denunciation = models.OneToOneField(Denunciation, models.PROTECT, related_name="sender")
    full_name = models.CharField("họ và tên người tố cáo", max_length=100)
    address = models.CharField("địa chỉ, cách liên hệ", max_length=300, blank=True)

    objects = DenouncerQuerySet.as_manager()

    class Meta:
        verbose_name = "người tố cáo"

    def __str__(self):
        return "người tố cáo"


class DenunciationReader(NamedReader):
    """Somebody whom a denunciation names; the receiver first, others by a second person."""

    denunciation = models.ForeignKey(Denunciation, models.PROTECT, related_name="readers")
    is_receiver = models.BooleanField("người tiếp nhận", default=False)
    sees_sender = models.BooleanField("được xem người tố cáo", default=False)

    objects = DenunciationReaderQuerySet.as_manager()

    class Meta(NamedReader.Meta):
        verbose_name = "người được xem đơn tố cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["denunciation", "user"], condition=Q(until__isnull=True), name="denunciation_reader_once"
            ),
        ]

    def __str__(self):
        return str(self.user)


class SenderOpening(OpeningAsked):
    """The receiver asks to name another on a denunciation, with the sender or without; a second person answers."""

    denunciation = models.ForeignKey(Denunciation, models.PROTECT, related_name="openings")
    sees_sender = models.BooleanField("cả người tố cáo", default=False)

    objects = SenderOpeningQuerySet.as_manager()

    class Meta(OpeningAsked.Meta):
        verbose_name = "đề nghị mở đơn tố cáo"
        constraints = [
            by_a_second_person("sender_opening_by_a_second_person"),
            models.UniqueConstraint(
                fields=["denunciation", "user"], condition=Q(answered_at__isnull=True), name="sender_opening_asked_once"
            ),
        ]

    def __str__(self):
        return str(self.user)


class SideEntry(JournalLine):
    """One line about a denunciation, a suspension or a paper of proceedings: who read or did what; append-only."""

    subject_type = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)

    objects = SideEntryQuerySet.as_manager()

    class Meta(JournalLine.Meta):
        verbose_name = "dòng nhật ký ngoài hồ sơ"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="side_entry_about")]
