"""Imports in five steps."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.MEMBERS_IMPORT)
def list_imports(request):
    return render(request, "base.html")
