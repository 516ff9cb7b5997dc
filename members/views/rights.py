"""Rights that two roles hold side by side, and pages of which nobody else may learn."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cells.access import check, find
from cells.models import Organisation
from cells.permissions import Permission as P
from members.enums import EndReason
from members.models import Member

SUSPENDING = (P.ENDINGS_RECORD, P.SANCTIONS_RECORD)


def suspends(user, member):
    """Whether `user` enters suspensions: who keeps the record of endings, or who keeps that of discipline."""
    return any(user.may(permission, member) for permission in SUSPENDING)


def ending_right(reason):
    """Deaths are for the cell, everything else for those who keep the decisions."""
    return P.MEMBERS_EDIT if reason == EndReason.DIED else P.ENDINGS_RECORD


def check_suspends(user, member):
    if not suspends(user, member):
        raise PermissionDenied


def sealed(permission):
    """A view that answers 404 to everybody who does not hold the permission, in scope or out of it."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.holds(permission):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permissions = (permission,)
        return login_required(guarded)

    return decorate


def kept_cell(request, organisation_id, day):
    """(cell, its people of the day) where the person keeps the records; 404 for what is no cell in sight."""
    cell = find(Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW), pk=organisation_id)
    check(request.user, P.MEMBERS_EDIT, cell)
    if not cell.is_cell:
        raise Http404
    return cell, list(Member.objects.visible_to(request.user, P.MEMBERS_EDIT).in_cell(cell, day))
