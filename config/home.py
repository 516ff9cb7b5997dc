"""The search over everything one may see, and the health check."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render


@login_required
def search(request):
    """People and organisations within one's scope."""
    return render(request, "config/search.html")


def health(request):
    """Whether the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request, exception):
    """A request that cannot be understood."""
    return render(request, "400.html", status=400)
