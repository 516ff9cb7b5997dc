"""The tree of organisations."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.ORGANISATIONS_VIEW)
def show_tree(request):
    return render(request, "base.html")
