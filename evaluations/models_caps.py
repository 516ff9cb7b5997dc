"""Groups of similar positions, in which the cap is counted when the deciding body has set them up."""

from django.db import models
from django.db.models import Q

from config.lib.periods import Fact
from evaluations.querysets import CapGroupQuerySet


class CapGroup(Fact):
    """Members of similar position, role, function and tasks among those whom one body decides (366-QĐ/TW, Điều 11).

    `Review.cap_group` says who is in it; who is in none counts among the rest of the body.
    """

    season = models.ForeignKey("evaluations.Season", models.PROTECT, related_name="cap_groups")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+")
    name = models.CharField("tên nhóm", max_length=100)

    objects = CapGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm vị trí tương đồng"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "organisation", "name"],
                condition=Q(voided_at__isnull=True),
                name="cap_group_name_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def scope_path(self):
        return self.organisation.path
