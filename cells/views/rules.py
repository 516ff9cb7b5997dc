"""Rule sets and what the committee chose."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.RULES_VIEW)
def list_rules(request):
    return render(request, "base.html")
