"""The report on the ratings of organisations and the summary table to the level above: page, paper, workbook."""

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
from evaluations.organisation_report_printing import ORGANISATIONS, findings
from evaluations.organisation_tables import tables
from evaluations.summary import summary_table
from evaluations.summary_printing import SUMMARY
from evaluations.views.report import YEARS

PAGE = 50
SEPARATE = "?exemplary=separate"


@require_safe
@requires(Permission.REPORTS_VIEW)
def show_organisations(request, organisation, year):
    """Figures of each group, the bodies by fifty, of long lists of organisations the first fifty."""
    body, report = _read(request, ORGANISATIONS, organisation, year)
    report = _as_asked(request, report)
    *groups, bodies, best, worst, not_rated = tables(report)
    page = Paginator(bodies.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "report": report,
        "findings": list(findings(report)),
        "tables": [*groups, replace(bodies, rows=tuple(page.object_list))] if groups else [],
        "page": page,
        "lists": [(table.part(0, PAGE), len(table.rows)) for table in (best, worst, not_rated) if table.rows],
        "most": PAGE,
        "is_long": ORGANISATIONS.is_long(report),
        "suffix": SEPARATE if report.separates_exemplary else "",
        "issues": request.user.may(Permission.DOCUMENTS_ISSUE, body),
    }
    return render(request, "evaluations/organisations_report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORTS_VIEW)
def print_organisations(request, organisation, year):
    """The report as it would print today: a draft without number and date; a long one as a job, begun by POST."""
    body, report = _read(request, ORGANISATIONS, organisation, year)
    if not ORGANISATIONS.is_long(report):
        return file_answer(_drafted(ORGANISATIONS, body, _as_asked(request, report)), f"xep-loai-to-chuc-{year}.pdf")
    if request.method != "POST":
        return redirect("evaluations:organisations_report", body.pk, report.year)
    params = {"organisation": body.pk, "year": report.year, "on": report.on.isoformat()}
    title = f"In {ORGANISATIONS.abstract(report)}"
    job = start_job("print_organisation_ratings", title, params=params, organisation=body, by=request.user)
    return redirect("cells:job", job.pk)


@require_safe
@requires(Permission.REPORTS_VIEW)
def export_organisations(request, organisation, year):
    """The tables of the report as a workbook."""
    _, report = _read(request, ORGANISATIONS, organisation, year)
    return file_answer(ORGANISATIONS.render_xlsx(_as_asked(request, report)), f"xep-loai-to-chuc-{year}.xlsx")


@require_safe
@requires(Permission.REPORTS_VIEW)
def show_summary(request, organisation, year):
    """The summary table of one body and year, and where it does not agree with the books."""
    body, summary = _read(request, SUMMARY, organisation, year)
    issues = request.user.may(Permission.DOCUMENTS_ISSUE, body)
    context = {"body": body, "summary": summary, "table": summary_table(summary), "issues": issues}
    return render(request, "evaluations/summary.html", context)


@require_safe
@requires(Permission.REPORTS_VIEW)
def print_summary(request, organisation, year):
    """The summary table on paper."""
    body, summary = _read(request, SUMMARY, organisation, year)
    return file_answer(_drafted(SUMMARY, body, summary), f"bieu-tong-hop-{year}.pdf")


@require_safe
@requires(Permission.REPORTS_VIEW)
def export_summary(request, organisation, year):
    """The summary table as a workbook."""
    _, summary = _read(request, SUMMARY, organisation, year)
    return file_answer(SUMMARY.render_xlsx(summary), f"bieu-tong-hop-{year}.xlsx")


def _read(request, printable, organisation, year):
    if year not in YEARS:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, Permission.REPORTS_VIEW), pk=organisation)
    return body, printable.collect(body, year=year, on=min(date(year, 12, 31), timezone.localdate()))


def _as_asked(request, report):
    """With "tiêu biểu" inside the best level, or separate where the address says so."""
    return report.separated() if request.GET.get("exemplary") == "separate" else report


def _drafted(printable, body, figures):
    frame = draft_frame(body, printable, figures, on=timezone.localdate())
    return printable.render_pdf(figures, frame, printable.sections(figures))
