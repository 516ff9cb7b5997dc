"""The log of acts."""

from django.shortcuts import render

from cells.access import requires
from cells.forms import LogFilterForm
from cells.models import LogEntry
from cells.permissions import Permission
from cells.reports.log import log_page

READERS = (Permission.LOG_VIEW, Permission.ACCOUNTS_MANAGE, Permission.INSPECTION_GRANT)


@requires(*READERS)
def show_log(request):
    """What was done within one's scope, newest first, filtered; the opening of records when asked for."""
    permission = next(each for each in READERS if request.user.holds(each))
    form = LogFilterForm(request.GET or None, user=request.user, permission=permission)
    entries = LogEntry.objects.visible_to(request.user)
    if form.is_bound:
        entries = entries.chosen(**form.chosen) if form.is_valid() else entries.none()
    if not request.GET.get("action"):
        entries = entries.without_openings()
    before = request.GET.get("before", "")
    page = log_page(entries, before=int(before) if before.isdecimal() and len(before) < 19 else None)
    return render(request, "cells/log.html", {"page": page, "form": form, "is_first": not before})
