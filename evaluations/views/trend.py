"""The trend of ratings over the years: on screen and as a workbook, the same figures."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from evaluations.runs import KINDS
from evaluations.trend import read_trend, render_xlsx, tables


@require_safe
@requires(P.REPORTS_VIEW)
def show_trend(request, organisation):
    """Levels of every year, in the scale of the year, as a picture and as tables."""
    body, trend = _asked(request, organisation)
    context = {"body": body, "trend": trend, "tables": tables(trend), "run_kinds": KINDS.items()}
    context["last_year"] = timezone.localdate().year - 1
    return render(request, "evaluations/trend.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def export_trend(request, organisation):
    """The tables as a workbook."""
    body, trend = _asked(request, organisation)
    return file_answer(render_xlsx(trend), f"xu-huong-xep-loai-{body.pk}.xlsx")


def _asked(request, organisation):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation)
    return body, read_trend(body, until=timezone.localdate().year)
