"""Score frames: the tree of criteria that a committee issues for an appendix, and the points given on its leaves."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.periods import Fact
from evaluations.enums import Appendix, FrameState, PointSet
from evaluations.querysets import ScoreFrameQuerySet

LOCAL = "◇"  # the Centre gives no split below 30/70: what a committee issues is a local one


class ScoreFrame(Fact):
    """One version of a committee's frame for one appendix; drafts may be unbalanced, an issued one never changes."""

    mark = LOCAL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="score_frames")
    rule_code = models.CharField("bộ quy tắc", max_length=40)
    appendix = models.CharField("phụ lục", max_length=3, choices=Appendix.choices)
    version = models.PositiveSmallIntegerField("bản")
    state = models.CharField("trạng thái", max_length=10, choices=FrameState.choices, default=FrameState.DRAFT)
    number = models.CharField("số văn bản ban hành", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    revision = models.PositiveIntegerField(default=1)  # counts the changes of a draft

    objects = ScoreFrameQuerySet.as_manager()

    class Meta:
        verbose_name = "khung điểm"
        ordering = ["organisation__path", "appendix", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "rule_code", "appendix", "version"], name="score_frame_version_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "rule_code", "appendix"],
                condition=Q(state="draft", voided_at__isnull=True),
                name="score_frame_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number="", issued_on__isnull=True)
                | Q(state="issued", issued_on__isnull=False) & ~Q(number=""),
                name="score_frame_issued_by_a_document",
            ),
        ]

    def __str__(self):
        return f"{self.get_appendix_display()} của {self.organisation}, bản {self.version}"

    @property
    def is_draft(self):
        return self.state == FrameState.DRAFT and self.voided_at is None

    @property
    def document(self):
        """The document that issued it, in words."""
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""

    @property
    def scope_path(self):
        return self.organisation.path


class Criterion(models.Model):
    """A node of a frame; `root` names the two roots, whose maxima are the rule set's. A draft may lack a maximum.

    `mark` says how certain a maximum is that the committee has not written itself: ● of the rule, ◇ of another place.
    """

    frame = models.ForeignKey(ScoreFrame, models.PROTECT, related_name="criteria")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    root = models.CharField("nhóm gốc", max_length=10, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("nội dung", max_length=300)
    maximum = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=2, null=True, blank=True)
    mark = models.CharField("độ chắc chắn", max_length=1, blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "root"], condition=~Q(root=""), name="criterion_root_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) & ~Q(root="") | Q(parent__isnull=False, root=""),
                name="criterion_root_has_no_parent",
            ),
        ]

    def __str__(self):
        return self.name


class PointSets(models.Model):
    """Points of a `review` on the leaves of a frame, one set for each who gives them: `{key: "2.5"}`."""

    own = models.JSONField("tự chấm", default=dict)
    appraised = models.JSONField("thẩm định", default=dict)
    decided = models.JSONField("cấp quyết định", default=dict)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("cells.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.review)


class ReviewPoints(PointSets):
    """The points of one review on the leaves of its frame, one set for each who gives points: `{key: "2.5"}`.

    No frame: the two roots alone. The keys are ids of criteria, or the names of the roots; the values are written
    decimals. The row goes with its review when somebody leaves the list: the log keeps what it said. `appendix_reason`
    says why a person chose another appendix than the one of the written review; without it the row follows the form
    until there are points.
    """

    review = models.OneToOneField("evaluations.Review", models.CASCADE, related_name="criterion_points")
    appendix = models.CharField("phụ lục", max_length=3, choices=Appendix.choices)
    appendix_reason = models.CharField("lý do chọn phụ lục khác", max_length=300, blank=True)
    frame = models.ForeignKey(ScoreFrame, models.PROTECT, null=True, related_name="points")

    class Meta:
        verbose_name = "điểm theo tiêu chí"

    @property
    def is_empty(self):
        return not any(getattr(self, name) for name in PointSet.values)

    @property
    def is_settled(self):
        """Whether the appendix stays whatever form the member writes: chosen with a reason, or scored on already."""
        return bool(self.appendix_reason) or not self.is_empty


class OrganisationPoints(PointSets):
    """The points of a collective on the leaves of the frame of its review, likewise one set for each who gives points.

    Its own points on the two roots alone stand in the review itself, as form 01 has them.
    """

    review = models.OneToOneField("evaluations.OrganisationReview", models.CASCADE, related_name="criterion_points")

    class Meta:
        verbose_name = "điểm của tập thể theo tiêu chí"
