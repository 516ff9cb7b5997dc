"""Candidates who move: the order, the file sent on, received, doubted; who is on the way to here."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import moves as acts
from admissions.forms_moves import MoveForm
from admissions.models import CandidateMove
from admissions.move_pages import MOVE_PAGES, may_move, may_order
from admissions.moving import cells_to_go_to
from admissions.views.candidates import find_candidate
from cells.access import find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted

MOST = 200


@require_safe
@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def list_arriving(request):
    """Candidates on the way to a cell in scope, whom nobody has received yet."""
    rows = CandidateMove.objects.visible_to(request.user).standing().filter(received_on__isnull=True).with_ends()
    moves = [(move, may_move(request.user, "receive_candidate", move)) for move in rows[:MOST]]
    return render(request, "admissions/arriving.html", {"moves": moves})


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def move_candidate(request, pk):
    """The candidate moves before the ceremony."""
    candidate = find_candidate(request, pk)
    if not may_order(request.user, candidate):
        raise PermissionDenied
    form = MoveForm(posted(request), today=timezone.localdate(), cells=cells_to_go_to())
    page = {
        "back": reverse("admissions:procedure", args=[candidate.pk]),
        "crumb": str(candidate),
        "title": "Ghi chuyển nơi",
        "lead": "Hồ sơ, quyết định xử lý theo giai đoạn của thủ tục (06-HD/TW, 3.9). Không tổ chức lễ ở nơi đã rời.",
        "submit": "Ghi",
        "done": "Đã ghi chuyển nơi.",
    }

    def act(values):
        acts.move_candidate(candidate, acts.MoveEntry(**values), by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def take_move_step(request, pk, step):
    """One step of a move, from the side that takes it."""
    move = find(CandidateMove.objects.visible_to(request.user).standing().with_ends(), pk=pk)
    if not may_move(request.user, step, move):
        raise PermissionDenied
    asked = MOVE_PAGES[step]
    page = {
        "back": reverse("admissions:arriving"),
        "crumb": "Người đang chuyển nơi",
        "title": asked.title,
        "lead": f"{move}, từ {move.from_organisation}: {move.get_outcome_display()}.",
        "submit": "Ghi",
        "done": asked.done,
    }

    def act(values):
        getattr(acts, step)(move, **values, by=request.user)

    return act_with_form(request, asked.form(posted(request), today=timezone.localdate()), act, page)
