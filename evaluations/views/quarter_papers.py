"""Papers of the quarterly follow-up: form 05 blank and filled in, the board as a list and as a workbook."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.frames import draft_frame
from cells.permissions import Permission
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from evaluations.models import QuarterRating, Review
from evaluations.quarter_board_printing import BOARD
from evaluations.quarter_printing import (
    FORMS_AT_ONCE,
    FormPress,
    blank_form_05,
    rating_form_05,
    unit_forms_05,
    year_form_05,
)
from evaluations.views.quarters import find_board, find_unit
from evaluations.views.reratings import OF_A_REVIEW


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_blank_form_05(request, organisation, year, quarter):
    """The blank form for one quarter of a cell."""
    unit = find_unit(request, organisation, year, quarter)
    return file_answer(blank_form_05(_press(unit.organisation, year), quarter), "mau-05.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_forms_05(request, organisation, year, quarter):
    """The forms of everybody who is followed in one quarter of a cell; of many each by himself."""
    unit = find_unit(request, organisation, year, quarter)
    press = _press(unit.organisation, year)
    if 0 < len(unit.people) <= FORMS_AT_ONCE:
        return file_answer(unit_forms_05(press, unit), "mau-05-ca-chi-bo.pdf")
    words = "Chưa có ai trong danh sách để in." if not unit.people else "Danh sách dài: hãy in Mẫu 05 của từng người."
    messages.info(request, words)
    return redirect("evaluations:quarter", organisation, year, quarter)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_form_05(request, pk):
    """The form of one member for the quarter that is written of."""
    rows = QuarterRating.objects.visible_to(request.user).standing().filter(member__isnull=False)
    rating = find(rows.with_people(), pk=pk)
    return file_answer(rating_form_05(_press(rating.organisation, rating.year), rating), "mau-05.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_year_form_05(request, pk):
    """The form of one member for the whole year."""
    review = find(Review.objects.visible_to(request.user).select_related(*OF_A_REVIEW), pk=pk)
    press = _press(review.sheet.organisation, review.sheet.season.year)
    written = review.member.written_reviews.filter(season=review.sheet.season).first()
    return file_answer(year_form_05(press, review, written), "mau-05-nam.pdf")


@require_safe
@requires(Permission.REPORTS_VIEW)
def print_board(request, organisation, year):
    """The board as it would print today; a long one is drafted as a document."""
    body, board = find_board(request, organisation, year)
    frame = draft_frame(body, BOARD, board, on=timezone.localdate())
    back = reverse("evaluations:quarters", args=[organisation, year])
    return paper_answer(request, BOARD, board, frame, name=f"theo-quy-{year}", back=back)


@require_safe
@requires(Permission.REPORTS_VIEW)
def export_board(request, organisation, year):
    """The board as a workbook."""
    _, board = find_board(request, organisation, year)
    return file_answer(BOARD.render_xlsx(board), f"theo-quy-{year}.xlsx")


def _press(organisation, year):
    press = FormPress(organisation, year, timezone.localdate())
    if not press.knows_form:
        raise Http404
    return press
