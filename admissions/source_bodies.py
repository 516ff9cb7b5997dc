"""Which committees above a cell may send to the class and clear, and for which of them somebody acts."""

from cells.models import Organisation
from cells.permissions import Permission as P


def bodies_above(cell):
    """The bodies above a cell, the nearest first; a cell without any acts for itself."""
    above = [each for each in Organisation.objects.above(cell) if each.pk != cell.pk]
    return above[::-1] or [cell]


def bodies_of(user, candidate):
    """Those of the bodies above a candidate's cell for which `user` decides, the nearest first."""
    return [body for body in bodies_above(candidate.organisation) if user.may(P.ADMISSIONS_DECIDE, body)]
