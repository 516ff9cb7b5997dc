"""The door of every page of a case: nobody else than those named learns of it, and nobody reads it without a reason."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect

from cells.access import find
from discipline.enums import Part
from discipline.models import Case
from discipline.sealing import opened_today, part_of


@dataclass(frozen=True)
class Opened:
    """A case as somebody may see it: the row, his part, and who he is."""

    case: Any
    part: Part
    user: Any


def named_on(request, pk):
    """The case as the person may see it; out of sight, unknown and malformed are all 404."""
    case = find(Case.objects.visible_to(request.user).with_subject(), pk=pk)
    part = part_of(request.user, case)
    if part is None:
        raise Http404
    return Opened(case, part, request.user)


def cover_only(view):
    """A view that shows no content: for those named on the case, opened or not."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        return view(request, named_on(request, pk), *args, **kwargs)

    return login_required(guarded)


def of_case(view):
    """A view with content of a case: whoever has not opened it today is led to its cover, which asks why."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        opened = named_on(request, pk)
        if not opened_today(request.user, opened.case):
            return redirect("discipline:case", pk=pk)
        return view(request, opened, *args, **kwargs)

    return login_required(guarded)
