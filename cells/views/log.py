"""The log of acts."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.LOG_VIEW)
def show_log(request):
    return render(request, "base.html")
