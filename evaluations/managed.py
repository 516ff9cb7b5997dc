"""Cadres managed by a higher level, apart from the other members of their cell: who may manage, who stands where."""

from django.db.models import Count, Q

from cells.models import Organisation
from evaluations.models import RatingSheet, Review


def managing_bodies(sheet):
    """The bodies above the one that decides on a sheet, nearest first: any of them may manage a cadre of the cell."""
    above = [pk for pk in sheet.decider.ancestor_ids() if pk != sheet.decider_id]
    return Organisation.objects.filter(pk__in=above).order_by("-path")


def parts_of(sheet):
    """The sheets of cadres of higher levels that were taken out of a sheet, each with `people`."""
    rows = RatingSheet.objects.filter(managed_from=sheet).select_related("decider", "holder")
    return rows.annotate(people=Count("reviews")).order_by("pk")


def filed_together(first):
    """The reviews of all on whom a cell voted: of its sheet `first`, and of those taken out of it for higher levels."""
    return Review.objects.filter(Q(sheet=first) | Q(sheet__managed_from=first))
