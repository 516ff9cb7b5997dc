"""Seasons and who has filed."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.REPORTS_VIEW)
def list_seasons(request):
    return render(request, "base.html")
