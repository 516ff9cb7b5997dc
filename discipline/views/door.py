"""The door of every page of a case: nobody else than those named learns of it, and nobody reads it without a reason."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from cells.access import find
from discipline.enums import Part
from discipline.sealing import readings


@dataclass(frozen=True)
class Opened:
    """A case as somebody may see it: the row, his part, who he is, and whether he has opened it today."""

    case: Any
    part: Part
    user: Any
    is_opened: bool = True


def named_on(request, pk):
    """The case as the person may see it; out of sight, unknown and malformed are all 404."""
    found = find(readings(request.user), case=pk)
    return Opened(found.case, Part(found.part), request.user, found.is_opened)


def cover_only(view):
    """A view that shows no content: for those named on the case, opened or not."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        return view(request, named_on(request, pk), *args, **kwargs)

    return never_cache(login_required(guarded))


def of_case(view):
    """A view with content of a case: whoever has not opened it today is led to its cover, which asks why."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        opened = named_on(request, pk)
        if not opened.is_opened:
            return redirect("discipline:case", pk=pk)
        return view(request, opened, *args, **kwargs)

    return never_cache(login_required(guarded))
