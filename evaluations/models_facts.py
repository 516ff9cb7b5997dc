"""What a cell writes down of a member's year beside points and tasks, where the rules of the season speak of it."""

from django.db import models


class YearFacts(models.Model):
    """Columns of a review; shares are per cent. `leader_posts` are the leading posts that the record names.

    A leader's figures are those of the units led (366-QĐ/TW, Điều 11); so are his four numbers of tasks.
    `is_leader_settled`: a person said otherwise than the record, which then changes nothing of it any more.
    """

    targets_done = models.DecimalField("chỉ tiêu hoàn thành", max_digits=4, decimal_places=1, null=True, blank=True)
    key_targets_missed = models.BooleanField("chỉ tiêu chủ yếu không đạt", null=True, blank=True)
    lowest_degree = models.CharField("tiêu chí thấp nhất", max_length=20, blank=True)
    sick_months = models.PositiveSmallIntegerField("nghỉ ốm (tháng)", null=True, blank=True)
    has_basic_targets = models.BooleanField("có chỉ tiêu cơ bản", null=True, blank=True)
    basic_targets_missed = models.PositiveSmallIntegerField("chỉ tiêu cơ bản không đạt", null=True, blank=True)
    units_rated_khtnv = models.DecimalField(
        "đơn vị không hoàn thành nhiệm vụ", max_digits=4, decimal_places=1, null=True, blank=True
    )
    low_confidence = models.DecimalField("phiếu tín nhiệm thấp", max_digits=4, decimal_places=1, null=True, blank=True)
    subunits_disciplined = models.DecimalField(
        "đơn vị trực thuộc bị kỷ luật", max_digits=4, decimal_places=1, null=True, blank=True
    )
    leader_posts = models.CharField("chức vụ lãnh đạo theo hồ sơ", max_length=300, blank=True)
    is_leader_settled = models.BooleanField("đã xác định lãnh đạo khác hồ sơ", default=False)

    class Meta:
        abstract = True
