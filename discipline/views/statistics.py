"""Inspection statistics for inspection officers: on screen, on paper, as a workbook, what stands behind a figure."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.downloads import file_answer
from discipline import actions
from discipline.forms_statistics import BodyForm, FreezeForm, SpanForm
from discipline.models import Case, FrozenTable
from discipline.reports.blocks import UNSEEN, blocks, findings
from discipline.reports.frozen_blocks import block_differences, with_closed_figures
from discipline.reports.printing import report_pdf, statistics_pdf, statistics_xlsx
from discipline.reports.screen import behind_rows, shown
from discipline.reports.statistics import note_of, read_figures, read_statistics
from members.forms.statistics import quick_periods, span_query
from members.views.rights import sealed

PAGE = 50
LONGEST_KEY = 10


@require_safe
@sealed(P.CASES_WORK)
def choose_statistics(request):
    """Figures of which body and period; without a choice of the highest body in one's scope."""
    own = Organisation.objects.visible_to(request.user, P.CASES_WORK).order_by("path").first()
    asked = request.GET if "organisation" in request.GET else None
    form = BodyForm(asked, user=request.user, today=timezone.localdate(), initial={"organisation": own})
    if asked and form.is_valid():
        page = reverse("discipline:statistics_of", args=[form.cleaned_data["organisation"].pk])
        return redirect(f"{page}?{span_query(form.span)}")
    return render(request, "discipline/statistics_choice.html", {"form": form, "own": own})


@require_safe
@sealed(P.CASES_WORK)
def show_statistics(request, organisation_id):
    """Both tables with their checks, and what differs from what was frozen."""
    body, form = _asked(request, organisation_id)
    found = read_statistics(body, form.span)
    page = reverse("discipline:behind_figure", args=[body.pk])
    context = {
        "body": body,
        "form": form,
        "statistics": found,
        "tables": shown(found, page, span_query(form.span)),
        "query": span_query(form.span),
        "quick": quick_periods(form.span, timezone.localdate()),
        "note": note_of(found),
        "may_freeze": form.span.last_day < timezone.localdate(),
    }
    return render(request, "discipline/statistics.html", context)


@require_safe
@sealed(P.CASES_WORK)
def print_statistics(request, organisation_id):
    """The tables on paper as they are counted today."""
    body, form = _asked(request, organisation_id)
    return file_answer(statistics_pdf(read_statistics(body, form.span), on=timezone.localdate()), "thong-ke.pdf")


@require_safe
@sealed(P.CASES_WORK)
def export_statistics(request, organisation_id):
    """The tables as a workbook, a sheet each."""
    body, form = _asked(request, organisation_id)
    return file_answer(statistics_xlsx(read_statistics(body, form.span)), "thong-ke.xlsx")


@require_safe
@sealed(P.CASES_WORK)
def behind_figure(request, organisation_id):
    """The decisions behind one figure: of cases that name the person with the name, of the others as announced."""
    body, form = _asked(request, organisation_id)
    found = read_figures(body, form.span)
    table, row = request.GET.get("table", "committees"), request.GET.get("row", "I")
    column = request.GET.get("column", "1")
    if not (column.isascii() and column.isdigit() and len(column) <= LONGEST_KEY):
        raise Http404
    behind = found.behind(table, row, int(column))
    if behind is None:
        raise Http404
    page = Paginator(behind_rows(*behind), PAGE).get_page(request.GET.get("page"))
    own = {case.pk: case for case in Case.objects.visible_to(request.user).with_subject()}
    context = {
        "body": body,
        "statistics": found,
        "column": next(each for each in found.guide.table(table).columns if each.number == int(column)),
        "row": found.guide.row(row),
        "page": page,
        "entries": [(each, own.get(each.case)) for each in page.object_list],
        "back": f"{reverse('discipline:statistics_of', args=[body.pk])}?{span_query(form.span)}",
    }
    return render(request, "discipline/behind_figure.html", context)


@sealed(P.CASES_WORK)
def freeze_statistics(request, organisation_id):
    """Close a period: its figures are kept, and a later count is held against them."""
    body, span_form = _asked(request, organisation_id)
    span, today = span_form.span, timezone.localdate()
    again = FrozenTable.objects.visible_to(request.user).of(body, span)
    page = {
        "back": f"{reverse('discipline:statistics_of', args=[body.pk])}?{span_query(span)}",
        "crumb": "Thống kê kiểm tra, kỷ luật",
        "title": f"Chốt số liệu · {body}",
        "lead": f"Từ ngày {span.since:%d/%m/%Y} đến ngày {span.last_day:%d/%m/%Y}. Số đã chốt giữ nguyên; đếm lại sau "
        "này khác thì phần mềm báo, không sửa.",
        "submit": "Chốt lại" if again else "Chốt số liệu",
        "done": "Đã chốt số liệu.",
    }

    def act(values):
        actions.freeze_statistics(body, span, on=today, reason=values.get("reason", ""), by=request.user)

    return act_with_form(request, FreezeForm(posted(request), again=again), act, page)


@require_safe
@sealed(P.CASES_WORK)
def show_report(request, organisation_id):
    """The report on inspection, supervision and discipline, from the same count."""
    body, form = _asked(request, organisation_id)
    found = read_figures(body, form.span)
    counted = blocks(found, request.user)
    context = {
        "body": body,
        "form": form,
        "statistics": found,
        "is_closed": body.closed_figures is not None,
        "differences": list(block_differences(body.closed_figures, counted)),
        "blocks": counted,
        "findings": list(findings(found)),
        "query": span_query(form.span),
        "quick": quick_periods(form.span, timezone.localdate()),
        "unseen": UNSEEN,
    }
    return render(request, "discipline/report.html", context)


@require_safe
@sealed(P.CASES_WORK)
def print_report(request, organisation_id):
    """The report on paper, a draft without number and date."""
    body, form = _asked(request, organisation_id)
    found = read_figures(body, form.span)
    return file_answer(report_pdf(found, blocks(found, request.user), on=timezone.localdate()), "bao-cao.pdf")


def _asked(request, organisation_id):
    """The body in scope with its closed figures, and the period; of days that cannot be read this year up to today."""
    asked = request.GET if request.GET.keys() & {"since", "until"} else None
    form = SpanForm(asked, today=timezone.localdate())
    bodies = Organisation.objects.visible_to(request.user, P.CASES_WORK)
    return find(with_closed_figures(bodies, form.span), pk=organisation_id), form
