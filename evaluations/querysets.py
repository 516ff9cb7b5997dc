"""Named reads of the yearly rating."""

from django.db import models
from django.db.models import Count, Q

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from evaluations.enums import Outcome, SeasonState, SheetState


class SeasonQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SeasonState.OPEN)

    def reaching(self, user):
        """Seasons of the committees that stand above or within the scope of `user`."""
        paths = user.paths_in_scope(Permission.REPORTS_VIEW) + user.paths_in_scope(Permission.RATINGS_VIEW)
        ids = {int(part) for path in paths for part in path.strip("/").split("/")}
        below = Q(pk__in=[])
        for path in paths:
            below |= Q(organisation__path__startswith=path)
        return self.filter(Q(organisation_id__in=ids) | below)


class RatingSheetQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def waiting_at(self, organisations):
        """Sheets that one of `organisations` holds and must pass on or decide."""
        return self.filter(holder__in=organisations, state__in=[SheetState.SENT, SheetState.OPENED])

    def with_counts(self):
        """Annotate how many are to be rated and how many have a proposed level."""
        rate = Q(reviews__outcome=Outcome.RATE)
        settled = ~Q(reviews__proposed_level="") | ~Q(reviews__not_rated_reason="")
        return self.annotate(
            due=Count("reviews", filter=rate), settled=Count("reviews", filter=rate & settled), people=Count("reviews")
        )


class ReviewQuerySet(ScopedQuerySet):
    scope_field = "sheet__organisation"

    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def to_rate(self):
        return self.filter(outcome=Outcome.RATE)
