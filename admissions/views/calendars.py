"""A person's calendar file: its page, its address shown once, the file itself without a sign-in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from admissions.actions.calendars import renew_calendar as renew
from admissions.actions.calendars import revoke_calendar as revoke
from admissions.calendars import calendar_of, open_token
from cells.access import requires
from cells.permissions import Permission as P
from config.lib.calendar_file import CONTENT_TYPE
from config.lib.workflow import NotAllowed

PAGE = "admissions/calendar.html"


@require_safe
@requires(P.ADMISSIONS_VIEW)
def show_calendar(request):
    """Whether an address is open, since when, and how to make or close one."""
    return render(request, PAGE, {"open": _open(request.user)})


@require_POST
@requires(P.ADMISSIONS_VIEW)
def renew_calendar(request):
    """A new address, shown this once."""
    token = renew(by=request.user)
    address = request.build_absolute_uri(reverse("admissions:calendar_file", args=[token]))
    return render(request, PAGE, {"open": _open(request.user), "address": address})


@require_POST
@requires(P.ADMISSIONS_VIEW)
def revoke_calendar(request):
    """Close the address."""
    try:
        revoke(by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã thu hồi đường dẫn lịch.")
    return redirect("admissions:calendar")


@require_safe
@never_cache
def calendar_file(request, token):
    """The file of whoever has the token; one answer for every token that opens nothing."""
    row = open_token(token)
    if row is None or not row.user.holds(P.ADMISSIONS_VIEW):
        raise Http404
    content = calendar_of(row, timezone.localdate(), request.build_absolute_uri(reverse("admissions:tasks")))
    headers = {"Content-Disposition": 'inline; filename="han-ket-nap.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def _open(user):
    return user.calendar_tokens.open().first()
