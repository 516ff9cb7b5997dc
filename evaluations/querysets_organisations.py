"""Named reads of the ratings of organisations."""

from django.apps import apps
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet
from evaluations.enums import WITH_ORGANISATION, OrganisationState, SheetState


class OrganisationReviewQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def for_page(self):
        """With everything that the page of one organisation says about it."""
        return self.select_related("season__organisation", "organisation", "decider", "proposer", "changed_by")

    def in_list_order(self):
        """Parents before what is below them, each branch together."""
        return self.order_by("organisation__path")

    def waiting_at(self, season, body):
        """Reviews that `body` is to decide now."""
        return self.filter(season=season, decider=body, state=OrganisationState.SENT)

    def with_open_below(self):
        """Annotate what is rated before an organisation (366-QĐ/TW, Điều 12, 13) and has no result yet: `open_sheets`
        with members, its own and those below, and `open_below`, organisations below it."""
        here = {"season": OuterRef("season"), "organisation__path__startswith": OuterRef("organisation__path")}
        sheets = apps.get_model("evaluations.RatingSheet").objects.filter(**here, reviews__isnull=False)
        sheets = sheets.exclude(state=SheetState.DECIDED)
        below = self.model.objects.filter(**here).exclude(state=OrganisationState.DECIDED)
        below = below.exclude(organisation=OuterRef("organisation"))
        return self.annotate(open_sheets=_number(sheets), open_below=_number(below))

    def unsent(self):
        return self.filter(state__in=WITH_ORGANISATION)


def _number(rows):
    """How many rows a correlated query finds."""
    found = rows.order_by().values("season").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(found.values("number")), 0)


class OrganisationDecisionQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)


class OrganisationGradeQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def of_year(self, year):
        """Standing results of one year."""
        return self.standing().filter(year=year)

    def given_by(self, season, body):
        """Standing results of the collectives on which one body decided in one season: its group for the cap.

        A result that the body above gave anew stays in the group of the one that first decided.
        """
        return self.standing().filter(review__season=season, review__decider=body)
