"""The report of a round: figures for who reads reports, names of limited circulation for who may know of people."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from evaluations import actions
from evaluations.models import ScreeningRound
from evaluations.readings import PRINTED, READ_SCREENING_REPORT, SEEN, TAKEN
from evaluations.screening_printing import report_pdf, report_xlsx
from evaluations.screening_report import read_report
from evaluations.views.screening_rounds import find_round


@require_safe
@requires(P.REPORTS_VIEW)
def show_report(request, pk):
    """The report on screen, of one's own body at first."""
    rounds = ScreeningRound.objects.visible_to(request.user)
    one = find(rounds.with_look(pk, request.user, timezone.localdate(), READ_SCREENING_REPORT), pk=pk)
    report = _report(request, one)
    if (report.people or report.carried) and not one.is_noted:
        _note(request, report, SEEN)
    return render(request, "evaluations/screening_report.html", {"report": report, "round": one})


@require_safe
@requires(P.REPORTS_VIEW)
def print_report(request, pk):
    """The same on paper."""
    report = _report(request, find_round(request, pk))
    _note(request, report, PRINTED)
    return file_answer(report_pdf(report), f"ra-soat-{report.round.year}.pdf")


@require_safe
@requires(P.REPORTS_VIEW)
def export_report(request, pk):
    """The same as a workbook."""
    report = _report(request, find_round(request, pk))
    _note(request, report, TAKEN)
    return file_answer(report_xlsx(report), f"ra-soat-{report.round.year}.xlsx")


def _report(request, one):
    """The report of the part of the round that one sees: of the highest body within one's scope."""
    user = request.user
    bodies = [role.organisation for role in user.roles_today if user.may(P.REPORTS_VIEW, role)]
    inside = [body for body in bodies if body.path.startswith(one.organisation.path)]
    if any(one.organisation.path.startswith(body.path) for body in bodies):
        body = one.organisation
    elif inside:
        body = min(inside, key=lambda each: len(each.path))
    else:
        raise Http404
    return read_report(one, body, user=user, on=timezone.localdate())


def _note(request, report, how):
    if report.people or report.carried:
        actions.read_screening_report(report.round, report.organisation, how=how, by=request.user)
