"""Lists of people."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.MEMBERS_VIEW)
def list_members(request):
    return render(request, "base.html")
