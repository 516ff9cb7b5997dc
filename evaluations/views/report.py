"""The report on ratings: on screen, as a draft on paper, as a workbook – the same figures."""

from dataclasses import replace
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cells.access import find, requires
from cells.actions.jobs import start_job
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission
from config.lib.downloads import file_answer
from evaluations.printing import RATINGS, findings, render_docx
from evaluations.report_tables import tables
from evaluations.runs import KINDS as RUN_KINDS

YEARS = range(2011, 2100)
PAGE = 50


@require_safe
@requires(Permission.REPORTS_VIEW)
def show_report(request, organisation, year):
    """Figures and comparison of one organisation and year, units by fifty; of long lists of names the first fifty."""
    body, report = _report(request, organisation, year)
    compared, types, units, *lists = tables(report)
    page = Paginator(units.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "report": report,
        "findings": list(findings(report)),
        "tables": [compared, types, replace(units, rows=tuple(page.object_list))],
        "page": page,
        "lists": [(table.part(0, PAGE), len(table.rows)) for table in lists if table.rows],
        "most": PAGE,
        "is_long": RATINGS.is_long(report),
        "issues": request.user.may(Permission.DOCUMENTS_ISSUE, body),
        "run_kinds": RUN_KINDS.items(),
    }
    return render(request, "evaluations/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORTS_VIEW)
def print_report(request, organisation, year):
    """The report as it would print today: a draft without number and date; a long one as a job, begun by POST."""
    body, report = _report(request, organisation, year)
    if RATINGS.is_long(report):
        return _print_beside(request, body, report)
    content = RATINGS.render_pdf(
        report, draft_frame(body, RATINGS, report, on=timezone.localdate()), RATINGS.sections(report)
    )
    return file_answer(content, f"bao-cao-xep-loai-{year}.pdf")


def _print_beside(request, body, report):
    """Begin to print a long report; a GET, which writes nothing, leads to the page with the button."""
    if request.method != "POST":
        return redirect("evaluations:report", body.pk, report.year)
    params = {"organisation": body.pk, "year": report.year, "on": report.on.isoformat()}
    job = start_job(
        "print_ratings", f"In {RATINGS.abstract(report)}", params=params, organisation=body, by=request.user
    )
    return redirect("cells:job", job.pk)


@require_safe
@requires(Permission.REPORTS_VIEW)
def export_report(request, organisation, year):
    """The tables of the report as a workbook."""
    _, report = _report(request, organisation, year)
    return file_answer(RATINGS.render_xlsx(report), f"bao-cao-xep-loai-{year}.xlsx")


@require_safe
@requires(Permission.REPORTS_VIEW)
def export_word(request, organisation, year):
    """The report for Word with its first wording, to be edited; of any length."""
    body, report = _report(request, organisation, year)
    frame = draft_frame(body, RATINGS, report, on=timezone.localdate())
    return file_answer(render_docx(report, frame, RATINGS.sections(report)), f"bao-cao-xep-loai-{year}.docx")


def _report(request, organisation, year):
    if year not in YEARS:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, Permission.REPORTS_VIEW), pk=organisation)
    return body, RATINGS.collect(body, year=year, on=min(date(year, 12, 31), timezone.localdate()))
