"""Named reads of what is written for a review: self-reviews, residence comments, points raised by superiors."""

from django.db import models

from config.lib.periods import FactQuerySet
from evaluations.enums import CommentOf


class WrittenReviewQuerySet(models.QuerySet):
    """Reached through the review of the member, whose scope it shares."""

    def of_members(self, season, members):
        return self.filter(season=season, member__in=members)


class ResidenceCommentQuerySet(FactQuerySet):
    """Reached through the review of the member, whose scope it shares."""

    def of_members(self, season, members):
        """Comments from where members live."""
        return self.of_any(season, members).filter(kind=CommentOf.RESIDENCE)

    def of_any(self, season, members):
        """Comments from where members live, from their temporary and their old cells."""
        return self.standing().filter(season=season, member__in=members)


class RaisedPointQuerySet(FactQuerySet):
    """Reached through the sheet of the cell that is to answer."""

    def unanswered(self):
        return self.standing().filter(answered_at__isnull=True)

    def for_cell(self, season, cell, members):
        """Standing points to the collective of a cell, and to members wherever they were when they were raised."""
        collective = models.Q(member__isnull=True, organisation=cell)
        rows = self.standing().filter(collective | models.Q(member__in=members), season=season)
        return rows.select_related("organisation", "body", "member", "answered_by")
