"""Forms 2 and 2B and the report on admissions: on screen, as files of the same figures, and who is behind one."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from admissions.report_printing import FORMS, REPORT, findings, has_long_lists, render_docx, render_form_docx
from admissions.reports.report import figure_tables
from admissions.reports.statement_screen import WOMEN, is_sensitive, people_behind, period, shown_rows
from admissions.views.boards import YEARS, find_board
from cells.access import check, find, requires
from cells.actions.jobs import start_job
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.forms.statistics import PeriodForm, quick_periods
from members.models import Member
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.screen import LOOKS
from members.views.life_months import refuse_later

PAGE = 50


# --- forms 2 and 2B


def _asked(request, form, organisation_id):
    """The body in scope and the period asked for; an unknown form is not found."""
    if form not in FORMS:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    asked = request.GET if request.GET.keys() & {"since", "until"} else None
    return body, PeriodForm(asked, form=FORM_1, today=timezone.localdate())


def _collect(form, body, span):
    return FORMS[form].collect(body, since=span.since, until=span.until)


@require_safe
@requires(P.REPORTS_VIEW)
def admission_form(request, form, organisation_id):
    """Form 2 or 2B with what was checked."""
    body, asked = _asked(request, form, organisation_id)
    statement, user = _collect(form, body, asked.span), request.user
    opens_names, opens_sensitive = user.may(P.ADMISSIONS_VIEW, body), user.may(P.MEMBERS_SENSITIVE, body)
    page = reverse("admissions:admission_form", args=[form, body.pk])
    context = {
        "form": asked,
        "body": body,
        "statement": statement,
        "rows": shown_rows(statement, opens_names=opens_names, opens_sensitive=opens_sensitive),
        "names_shown": opens_names,
        "checks": [(each, LOOKS[each.status]) for each in statement.checks],
        "query": period(asked.span),
        "quick": quick_periods(asked.span, timezone.localdate()),
        "tabs": [
            (each.title.partition(":")[0], f"{page.replace(form, name)}?{period(asked.span)}", name == form)
            for name, each in FORMS.items()
        ],
        "issues": user.may(P.DOCUMENTS_ISSUE, body),
    }
    return render(request, "admissions/statement.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def export_admission_form(request, form, organisation_id, kind):
    """The form as a file: pdf, xlsx or docx, all of the same figures."""
    body, asked = _asked(request, form, organisation_id)
    statement = _collect(form, body, asked.span)
    frame = draft_frame(body, FORMS[form], statement, on=timezone.localdate())
    make = {
        "pdf": lambda: FORMS[form].render_pdf(statement, frame, {}),
        "xlsx": lambda: FORMS[form].render_xlsx(statement),
        "docx": lambda: render_form_docx(statement),
    }
    if kind not in make:
        raise Http404
    span = asked.span
    name = f"bieu-{form.removeprefix('form-')}-{span.since:%Y%m%d}-{span.last_day:%Y%m%d}.{kind}"
    return file_answer(make[kind](), name)


@require_safe
@requires(P.ADMISSIONS_VIEW)
def admission_form_names(request, form, organisation_id):
    """The people behind a figure of form 2 or 2B."""
    body, asked = _asked(request, form, organisation_id)
    check(request.user, P.ADMISSIONS_VIEW, body)
    row = request.GET.get("row", "total")
    if is_sensitive(row):
        check(request.user, P.MEMBERS_SENSITIVE, body)
    found = people_behind(form, body.pk, asked.span, row, only_women=request.GET.get("of") == WOMEN)
    if found is None:
        raise Http404
    label, people, places = found
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    seen = {str(pk) for pk in Member.objects.visible_to(request.user).ids_among([each.member_id for each in page])}
    context = {
        "body": body,
        "label": label,
        "back": f"{reverse('admissions:admission_form', args=[form, body.pk])}?{period(asked.span)}",
        "crumb": FORMS[form].title,
        "page": page,
        "people": [(each, places(each), each.member_id in seen) for each in page],
    }
    return render(request, "admissions/names.html", context)


# --- the report of a year


def _report(request, organisation_id, year):
    today = timezone.localdate()
    if year not in YEARS or year > today.year:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    return body, REPORT.collect(body, year=year, on=min(date(year, 12, 31), today))


@require_safe
@requires(P.REPORTS_VIEW)
def admission_report(request, organisation_id, year):
    """The report's sentences and tables of figures; names stand in its files."""
    body, board = find_board(request, organisation_id, year)
    refuse_later(date(year, 1, 1), timezone.localdate())
    context = {
        "body": body,
        "report": board,
        "findings": list(findings(board)),
        "tables": [table.part(0, PAGE) for table in figure_tables(board)],
        "is_long": has_long_lists(board),
        "issues": request.user.may(P.DOCUMENTS_ISSUE, body),
    }
    return render(request, "admissions/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.REPORTS_VIEW)
def print_admission_report(request, organisation_id, year):
    """The report as it would print today; a long one as a job, begun by POST."""
    body, report = _report(request, organisation_id, year)
    if not REPORT.is_long(report):
        frame = draft_frame(body, REPORT, report, on=timezone.localdate())
        return file_answer(REPORT.render_pdf(report, frame, REPORT.sections(report)), f"bao-cao-ket-nap-{year}.pdf")
    if request.method != "POST":
        return redirect("admissions:admission_report", body.pk, year)
    params = {"organisation": body.pk, "year": year, "on": report.on.isoformat()}
    words = f"In báo cáo {REPORT.abstract(report)}"
    job = start_job("print_admissions", words, params=params, organisation=body, by=request.user)
    return redirect("cells:job", job.pk)


@require_safe
@requires(P.REPORTS_VIEW)
def export_admission_report(request, organisation_id, year, kind):
    """The report as a workbook or for Word."""
    body, report = _report(request, organisation_id, year)
    if kind == "xlsx":
        content = REPORT.render_xlsx(report)
    elif kind == "docx":
        frame = draft_frame(body, REPORT, report, on=timezone.localdate())
        content = render_docx(report, frame, REPORT.sections(report))
    else:
        raise Http404
    return file_answer(content, f"bao-cao-ket-nap-{year}.{kind}")
