"""Points raised for the review of a cell: who may raise them, and those that a cell is to answer."""

from cells.models import Organisation
from cells.permissions import Permission
from evaluations.models import RaisedPoint


def raised_points_of(sheet):
    """Standing points that the cell of a sheet is to answer, also of members who came from elsewhere."""
    members = sheet.reviews.values("member")
    return RaisedPoint.objects.for_cell(sheet.season, sheet.organisation, members)


def raising_bodies(user, sheet):
    """Bodies above the cell for which `user` decides on ratings, the nearest first."""
    above = [pk for pk in sheet.organisation.ancestor_ids() if pk != sheet.organisation_id]
    mine = user.bodies_with(Permission.RATINGS_DECIDE) & set(above)
    bodies = Organisation.objects.visible_to(user, Permission.RATINGS_DECIDE)
    return bodies.filter(pk__in=mine).order_by("-path")
