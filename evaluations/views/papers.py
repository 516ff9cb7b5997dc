"""Papers of ratings: what is printed for the evening, and the decision with its list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.permissions import Permission
from config.lib.downloads import file_answer
from evaluations.boards import late_cells
from evaluations.decision_printing import decision_paper, decision_pdf, decision_xlsx
from evaluations.evening_printing import ballot_pdf, count_pdf, evening_paper, minutes_pdf
from evaluations.letters import LETTERS_AT_ONCE, letters_pdf, reminder_letters, result_letters
from evaluations.models import RatingDecision, Season
from evaluations.views.sheet import find_sheet, read


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_ballot(request, pk):
    """One blank ballot of the cell, to be copied."""
    return _evening(request, pk, ballot_pdf, "phieu-xep-loai.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_count(request, pk):
    """Minutes of the counting: with the numbers that were entered, or with room for them."""
    return _evening(request, pk, count_pdf, "bien-ban-kiem-phieu.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_minutes(request, pk):
    """Minutes of the meeting with room for what was said."""
    return _evening(request, pk, minutes_pdf, "bien-ban-hoi-nghi.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_results(request, pk):
    """A letter to each member of a decided sheet with his result."""
    sheet, today = find_sheet(request, pk), timezone.localdate()
    if sheet.decision is None:
        messages.error(request, "Bảng chưa có quyết định nên chưa có kết quả để thông báo.")
        return redirect("evaluations:sheet", pk)
    return file_answer(letters_pdf(result_letters(sheet, today), today), "thong-bao-ket-qua.pdf")


@require_safe
@requires(Permission.RATINGS_DECIDE)
def print_reminders(request, pk):
    """A letter to each cell in scope that is late, from the body for which one acts."""
    season = find(Season.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    today = timezone.localdate()
    sender = _reminding_body(request.user, season)
    cells = [cell for cell in late_cells(season, request.user, on=today) if cell.path.startswith(sender.path)]
    if not cells:
        messages.info(request, "Không có chi bộ nào quá hạn gửi trong phạm vi của đồng chí.")
        return redirect("evaluations:season", pk)
    cells = cells[:LETTERS_AT_ONCE]
    return file_answer(letters_pdf(reminder_letters(season, cells, sender, today), today), "cong-van-don-doc.pdf")


def _reminding_body(user, season):
    """The highest body for which `user` decides in the branch of the season; its letters go to what is below it."""
    bodies = [role.organisation for role in user.roles_today if user.may(Permission.RATINGS_DECIDE, role)]
    branch = season.organisation.path
    bodies = [body for body in bodies if body.path.startswith(branch) or branch.startswith(body.path)]
    if not bodies:
        raise PermissionDenied
    return min(bodies, key=lambda body: len(body.path))


def _evening(request, pk, render, name):
    sheet = find_sheet(request, pk)
    paper = evening_paper(read(sheet), on=timezone.localdate())
    return file_answer(render(paper, sheet.organisation), name)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_decision(request, pk):
    """The decision on the results with the list of members annexed."""
    decision = _decision(request, pk)
    return file_answer(decision_pdf(decision_paper(decision), decision.organisation), "quyet-dinh-xep-loai.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def export_decision(request, pk):
    """The annexed list as a workbook."""
    return file_answer(decision_xlsx(decision_paper(_decision(request, pk))), "danh-sach-xep-loai.xlsx")


def _decision(request, pk):
    rows = RatingDecision.objects.visible_to(request.user).select_related("season__organisation", "organisation")
    return find(rows, pk=pk)
