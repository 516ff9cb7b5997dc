"""Named reads of the quarterly follow-up."""

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Concat

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet

NOT_RATED = "-"  # before the reason in a mark


class QuarterRatingQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def of_year(self, year):
        """Standing rows of one year."""
        return self.standing().filter(year=year)

    def replaced(self, organisation, quarter):
        """Versions of one quarter of a cell that were voided, the latest first."""
        rows = self.filter(organisation=organisation, year=quarter.year, quarter=quarter.number)
        return rows.filter(voided_at__isnull=False).order_by("-voided_at", "-version", "pk")

    def final(self):
        """Rows with a decided level, or with a reason why there is none."""
        return self.exclude(decided_level="", not_rated_reason="")

    def with_people(self):
        """With everybody and everything that a page names."""
        return self.select_related("organisation", "member", "body", "recorded_by", "voided_by")

    def marks(self):
        """One text a row: the code of the decided level, or "-" and the reason why there is none."""
        reason = Concat(Value(NOT_RATED), F("not_rated_reason"), output_field=CharField())
        rows = (
            self.final()
            .order_by()
            .annotate(mark=Case(When(~Q(decided_level=""), then=F("decided_level")), default=reason))
        )
        return rows.values("mark")
