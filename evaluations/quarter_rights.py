"""Who writes down a quarter of a cell, and for which bodies somebody may write a decided level."""

from cells.models import Organisation
from cells.permissions import Permission


def may_write(user, organisation):
    """Own levels and points: the cell, or whoever decides on its ratings."""
    return user.may(Permission.RATINGS_FILE, organisation) or user.may(Permission.RATINGS_DECIDE, organisation)


def deciding_bodies(user, organisation):
    """Bodies at or above the cell for which the person decides, the nearest first; a base cell decides itself."""
    if not (organisation.is_base or user.may(Permission.RATINGS_DECIDE, organisation)):
        return []
    above = list(Organisation.objects.above(organisation))
    return [body for body in reversed(above) if _decides(user, body)]


def _decides(user, body):
    if not body.is_cell:
        return user.may(Permission.RATINGS_DECIDE, body)
    return body.is_base and user.may(Permission.RATINGS_FILE, body)
