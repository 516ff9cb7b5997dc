"""Named reads of candidates and of what hangs on them."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from cells.permissions import Permission
from cells.querysets import below
from config.lib.periods import FactQuerySet, PeriodFactQuerySet
from config.lib.vietnamese import fold


class CandidateQuerySet(FactQuerySet):
    """Candidates; they stand with the cell that follows them, from the ceremony on with their home."""

    def visible_to(self, user, permission=Permission.ADMISSIONS_VIEW):
        """Standing candidates in the scope of `user`."""
        return self.standing().within(user.paths_in_scope(permission))

    def within(self, paths):
        """Candidates of the organisations at or below `paths`."""
        branch = apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")
        outside = Q(member__isnull=True, organisation__in=branch)
        return self.filter(outside | Q(member__isnull=False, member__home__in=branch))

    def below(self, organisation):
        """Candidates of `organisation` and everything below it today."""
        return self.within([organisation.path])

    def with_place(self):
        """With all that scope, name and place ask of a candidate."""
        return self.select_related("organisation", "member__home")

    def named_like(self, text):
        """Every word of `text` occurs in the folded name."""
        return self.filter(*[Q(search_key__contains=word) for word in fold(text).split()])


class OfCandidateQuerySet(FactQuerySet):
    """Rows that stand in the scope of a candidate."""

    def visible_to(self, user, permission=Permission.ADMISSIONS_VIEW):
        """Rows of candidates in the scope of `user`."""
        seen = apps.get_model("admissions.Candidate").objects.visible_to(user, permission)
        return self.filter(candidate__in=seen.values("id"))


class PeriodOfCandidateQuerySet(OfCandidateQuerySet, PeriodFactQuerySet):
    """Dated facts about a candidate."""


class CalendarTokenQuerySet(models.QuerySet):
    """Tokens that still open a calendar."""

    def open(self):
        return self.filter(revoked_at__isnull=True)
