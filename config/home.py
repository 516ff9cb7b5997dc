"""The search over everything one may see, and the health check."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from cells.models import Organisation
from cells.permissions import Permission
from config.lib.vietnamese import repair
from members.models import Member

SEARCHED = 20
LONGEST_QUESTION = 100


@login_required
def search(request):
    """People and organisations within one's scope, while one types or when the question is sent."""
    words = repair(request.GET.get("q", "")[:LONGEST_QUESTION])
    user, today = request.user, timezone.localdate()
    people = Member.objects.visible_to(user, Permission.MEMBERS_VIEW)
    found = list(people.matching(words).values_list("pk", flat=True)[: SEARCHED + 1]) if words else []
    places = Organisation.objects.visible_to(user, Permission.ORGANISATIONS_VIEW).select_related("parent")
    context = {
        "words": words,
        "sees_people": user.holds(Permission.MEMBERS_VIEW),
        "sees_places": user.holds(Permission.ORGANISATIONS_VIEW),
        "people": list(people.filter(pk__in=found).with_status(today).select_related("home__parent")),
        "places": list(places.named_like(words).order_by("path")[: SEARCHED + 1]) if words else [],
        "most": SEARCHED,
    }
    return render(request, "config/search_results.html" if request.htmx else "config/search.html", context)


def health(request):
    """Whether the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request, exception):
    """A request that cannot be understood."""
    return render(request, "400.html", status=400)
