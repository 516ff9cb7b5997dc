"""The door of every view: signed in, of the right role, and nothing outside one's scope."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404


def requires(*permissions):
    """A view for people who hold one of `permissions` somewhere; others get 403, strangers the sign-in page."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.holds(p) for p in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permissions = permissions
        return login_required(guarded)

    return decorate


def find(rows, **lookup):
    """The one row of a scoped queryset; out of scope, unknown and malformed are all 404."""
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValidationError, ValueError, OverflowError):
        raise Http404 from None


def check(user, permission, obj):
    """Refuse with 403 what is in scope but not within the rights of `user`."""
    if not user.may(permission, obj):
        raise PermissionDenied
