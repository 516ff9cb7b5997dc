"""Documents from draft to register."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.DOCUMENTS_VIEW)
def list_documents(request):
    return render(request, "base.html")
