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

    def voted_on(self, cell, purpose, day):
        """Those on whom a cell voted at its meeting of a day, in the order of names."""
        votes = apps.get_model("admissions.AdmissionVote").objects.standing()
        votes = votes.filter(organisation=cell, purpose=purpose, held_on=day, body="cell")
        return self.filter(pk__in=votes.values("candidate")).order_by("sort_key", "id")

    def named_like(self, text):
        """Every word of `text` occurs in the folded name."""
        return self.filter(*[Q(search_key__contains=word) for word in fold(text).split()])


class OfCandidateQuerySet(FactQuerySet):
    """Rows that stand in the scope of a candidate."""

    def visible_to(self, user, permission=Permission.ADMISSIONS_VIEW):
        """Rows of candidates in the scope of `user`."""
        seen = apps.get_model("admissions.Candidate").objects.visible_to(user, permission)
        return self.filter(candidate__in=seen.values("id"))


class CandidateMoveQuerySet(OfCandidateQuerySet):
    """Moves of candidates: seen from where they left and from where they go."""

    def visible_to(self, user, permission=Permission.ADMISSIONS_VIEW):
        """Moves of candidates in the scope of `user`, and those to a cell in it."""
        branch = apps.get_model("cells.Organisation").objects.filter(below(user.paths_in_scope(permission)))
        candidates = apps.get_model("admissions.Candidate").objects.visible_to(user, permission)
        arriving = Q(to_organisation__in=branch.values("id"))
        return self.filter(Q(candidate__in=candidates.values("id")) | arriving)

    def arriving_at(self, organisation):
        """Standing moves to a body or below it that nobody has received."""
        rows = self.standing().filter(received_on__isnull=True, to_organisation__path__startswith=organisation.path)
        return rows.select_related("candidate", "from_organisation", "to_organisation")

    def with_ends(self):
        """With the candidate, his place, and both ends."""
        ends = ("from_organisation", "to_organisation")
        return self.select_related("candidate__organisation", "candidate__member__home", *ends)


class PeriodOfCandidateQuerySet(OfCandidateQuerySet, PeriodFactQuerySet):
    """Dated facts about a candidate."""


class CalendarTokenQuerySet(models.QuerySet):
    """Tokens that still open a calendar."""

    def open(self):
        return self.filter(revoked_at__isnull=True)
