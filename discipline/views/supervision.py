"""Inspection and supervision by the cells of a body in a year; the indicators for inspection officers."""

from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from discipline.coverage import TITLE, coverage_xlsx, read_coverage
from discipline.indicators import read_indicators
from discipline.supervision_years import year_asked, years_around
from members.views.rights import sealed

PAGE = 50


@require_safe
@requires(P.SUPERVISION_VIEW)
def show_coverage(request, organisation_id):
    """Cell by cell: plan, carried out, whom it reached; those without anything first asked about."""
    found = _asked(request, organisation_id)
    idle = request.GET.get("show") == "idle"
    page = Paginator(found.idle if idle else found.cells, PAGE).get_page(request.GET.get("page"))
    page.object_list = [(cell, found.is_below(cell)) for cell in page.object_list]
    context = {
        "found": found, "page": page, "title": TITLE, "idle": idle,
        "years": years_around(found.year, timezone.localdate()),
    }  # fmt: skip
    return render(request, "discipline/coverage.html", context)


@require_safe
@requires(P.SUPERVISION_VIEW)
def export_coverage(request, organisation_id):
    """The same figures as a workbook."""
    found = _asked(request, organisation_id)
    return file_answer(coverage_xlsx(found), f"kiem-tra-giam-sat-{found.body.pk}-{found.year}.xlsx")


def _asked(request, organisation_id):
    """The figures of a body in sight; people are on the roll of the last day of the year that is not to come."""
    body = find(Organisation.objects.visible_to(request.user, P.SUPERVISION_VIEW), pk=organisation_id)
    today = timezone.localdate()
    year = year_asked(request.GET.get("year"), today)
    return read_coverage(body, year, min(today, date(year, 12, 31)))


@require_safe
@sealed(P.CASES_WORK)
def show_indicators(request):
    """Indicators over announced decisions and the cases that name the reader; the page says so."""
    today = timezone.localdate()
    year = min(year_asked(request.GET.get("year"), today), today.year)
    years = [each for each in years_around(year, today) if each <= today.year]
    context = {"found": read_indicators(request.user, year), "year": year, "years": years}
    return render(request, "discipline/indicators.html", context)
