"""Study sessions of a cell in a year."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cells.access import requires
from cells.permissions import Permission as P
from members.reports.life_pages import study_sessions
from members.views.life_months import cell_of_year, life_tabs, years_around


@require_safe
@requires(P.MEMBERS_VIEW)
def list_study(request, organisation_id, year):
    """Resolutions and classes studied, each with its attendance."""
    cell, today = cell_of_year(request, organisation_id, year)
    context = {
        "cell": cell,
        "year": year,
        "month": today.replace(day=1) if year == today.year else today.replace(year=year, month=12, day=1),
        "sessions": study_sessions(cell, year),
        "may_edit": request.user.may(P.MEMBERS_EDIT, cell),
        "tabs": life_tabs(cell, "list_study", year=year),
        "years": [(each, reverse("members:list_study", args=[cell.pk, each])) for each in years_around(year, today)],
    }
    return render(request, "members/life/study.html", context)
