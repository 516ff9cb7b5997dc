"""Rounds of screening: the list, opening, computing, the board of cells, closing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import ScreeningRound
from evaluations.opening import takes_long
from evaluations.screening_board import left_of, read_board, sums_by_part
from evaluations.screening_forms import CloseForm, RoundForm, TakeBackForm

PAGE = 50


@require_safe
@requires(P.REPORTS_VIEW)
def list_rounds(request):
    """All rounds within one's scope, the newest first; a cell's secretary goes to the cell."""
    rounds = ScreeningRound.objects.visible_to(request.user).select_related("organisation")
    page = Paginator(rounds, PAGE).get_page(request.GET.get("page"))
    cells = Organisation.objects.visible_to(request.user, P.SCREENING_FILE).cells().order_by("path")[:PAGE]
    context = {
        "page": page,
        "cells": list(cells) if request.user.holds(P.SCREENING_FILE) else [],
        "may_open": request.user.holds(P.SCREENING_DECIDE),
    }
    return render(request, "evaluations/screening_rounds.html", context)


@requires(P.SCREENING_DECIDE)
def open_round(request):
    """The form of a new round, and the act; the first computation follows at once."""
    bodies = Organisation.objects.visible_to(request.user, P.SCREENING_DECIDE)
    places = [role.organisation for role in request.user.roles_today if request.user.may(P.SCREENING_DECIDE, role)]
    chosen = request.POST.get("organisation") or request.GET.get("organisation") or places[0].pk
    body, today = find(bodies, pk=chosen), timezone.localdate()
    form = RoundForm(posted(request), today=today, initial={"year": today.year, "cutoff_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.open_round(form.entry, organisation=body, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _compute(request, one)
    context = {"form": form, "organisation": body, "places": places}
    return render(request, "evaluations/screening_open.html", context, status=422 if form.errors else 200)


@require_safe
@requires(P.REPORTS_VIEW)
def show_round(request, pk):
    """The board of a round: figures by cell, never a name."""
    one = find_round(request, pk)
    board = read_board(one, request.user)
    page = Paginator(board.lines, PAGE).get_page(request.GET.get("page"))
    files = tuple(request.user.paths_in_scope(P.SCREENING_FILE))
    context = {
        "round": one,
        "board": board,
        "sums": sums_by_part(board.lines),
        "page": page,
        "own": [line.cell for line in board.lines if files and line.cell.path.startswith(files)][:PAGE],
        "decides": request.user.may(P.SCREENING_DECIDE, one),
        "sees_people": request.user.holds(P.SCREENING_VIEW),
    }
    return render(request, "evaluations/screening_round.html", context)


@requires(P.SCREENING_DECIDE)
@require_POST
def compute_round(request, pk):
    """Compare the records with the flags anew."""
    one = find_round(request, pk)
    check(request.user, P.SCREENING_DECIDE, one)
    return _compute(request, one)


@requires(P.SCREENING_DECIDE)
def close_round(request, pk):
    """Close the round once it is said what is left and why; what was begun goes on."""
    one = _decided_by(request, pk)
    left = left_of(one)
    form = CloseForm(posted(request), asks_why=bool(left))
    page = _act_page(one, "Đóng đợt rà soát", "Đã đóng đợt rà soát. Việc giáo dục, giúp đỡ đang làm vẫn tiếp tục.")
    page["lead"] = f"Còn {left}." if left else "Mọi chi bộ đã rà soát, mọi đảng viên có căn cứ đã được xem xét."

    def act(values):
        actions.close_round(one, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_DECIDE)
def reopen_round(request, pk):
    """Open a round again that was closed by mistake."""
    one = _decided_by(request, pk)
    page = _act_page(one, "Mở lại đợt rà soát", "Đã mở lại đợt rà soát.")
    page["lead"] = "Dùng khi đóng nhầm hoặc còn việc phải làm trong đợt."

    def act(values):
        actions.reopen_round(one, reason=values["reason"], by=request.user)

    return act_with_form(request, TakeBackForm(posted(request)), act, page)


def _decided_by(request, pk):
    one = find_round(request, pk)
    check(request.user, P.SCREENING_DECIDE, one)
    return one


def _act_page(one, title, done):
    return {
        "back": reverse("evaluations:screening_round", args=[one.pk]), "crumb": str(one), "title": title,
        "submit": title, "done": done,
    }  # fmt: skip


def find_round(request, pk):
    """A round in scope."""
    return find(ScreeningRound.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _compute(request, one):
    """At once, or by the worker when there are many members."""
    try:
        if takes_long(one.organisation, request.user, P.SCREENING_DECIDE):
            job = actions.start_computing(one, by=request.user)
            return redirect("cells:job", job.pk)
        changes = actions.compute_round(one, today=timezone.localdate(), by=request.user)
        messages.success(request, f"Đã đối chiếu hồ sơ. {changes.words}")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:screening_round", one.pk)
