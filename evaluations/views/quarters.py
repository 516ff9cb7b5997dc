"""Quarterly follow-up: the board of a body, one quarter of a cell to be filled in or read, a row voided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission
from cells.views.act_pages import act_with_form
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.quarters import QuarterEdit, QuarterEntry, QuarterRefused
from evaluations.enums import QuarterNotRated
from evaluations.forms import YEARS
from evaluations.models import QuarterRating
from evaluations.quarter_board_printing import BOARD
from evaluations.quarter_books import QuarterBooks
from evaluations.quarter_forms import FollowForm, QuarterHeadForm, QuarterInput
from evaluations.quarter_rights import deciding_bodies, may_write
from evaluations.quarters import level_words, read_unit
from evaluations.rules.quarterly import LAST, Quarter
from members.forms.facts import VoidForm

PAGE = 50
WRITES = (Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)


# --- the board ---


@require_safe
@requires(Permission.REPORTS_VIEW)
def show_board(request, organisation, year):
    """Cells that follow quarters: followed, written, decided, missing; whom to consider, for who sees names."""
    body, board = find_board(request, organisation, year)
    page = Paginator(board.lines, PAGE).get_page(request.GET.get("page"))
    opens = request.user.may(Permission.RATINGS_VIEW, body)
    context = {
        "body": body,
        "board": board,
        "page": page,
        "rows": [(line, list(zip(board.quarters, line.counts, strict=True))) for line in page.object_list],
        "sums": list(zip(board.quarters, board.totals, strict=True)),
        "opens": opens,
        "considered": board.considered[:PAGE] if opens else (),
        "issues": request.user.may(Permission.DOCUMENTS_ISSUE, body),
    }
    return render(request, "evaluations/quarters.html", context)


def find_board(request, organisation, year):
    """(body in scope, its board); 404 where no quarter is followed, as if there were no such page."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, Permission.REPORTS_VIEW), pk=organisation)
    board = BOARD.collect(body, year=year, on=timezone.localdate())
    if not board.lines and not QuarterBooks(year).reaches(body):
        raise Http404
    return body, board


# --- one quarter of a cell ---


@require_safe
@requires(Permission.RATINGS_VIEW)
def show_quarter(request, organisation, year, quarter):
    """The whole cell on one page, the collective and leaders first."""
    return _page(request, find_unit(request, organisation, year, quarter))


@requires(*WRITES)
@require_POST
def save_quarter(request, organisation, year, quarter):
    """Save what was changed; a row that was wrong, or that somebody else changed, comes back with what was typed."""
    unit = _own_unit(request, organisation, year, quarter)
    bodies = deciding_bodies(request.user, unit.organisation)
    posted, head = QuarterInput(request.POST, unit), QuarterHeadForm(request.POST, bodies=bodies)
    if not head.is_valid():
        return _page(request, posted.show_on(unit, posted.typed), head=head, status=422)
    rows = {key: QuarterEdit(*edit) for key, edit in posted.edits.items()}
    entry = QuarterEntry(unit.quarter, rows, timezone.localdate(), **head.values)
    try:
        saved = actions.save_quarter(unit.organisation, entry=entry, by=request.user)
    except QuarterRefused as refusal:
        head.add_error(None, str(refusal))
        unit = _marked(find_unit(request, organisation, year, quarter), refusal.problems)
        return _page(request, posted.show_on(unit, posted.typed), head=head, status=422)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:quarter", organisation, year, quarter)
    if saved.clashes or posted.errors:
        unit = find_unit(request, organisation, year, quarter)
        posted.show_on(unit, {*saved.clashes, *posted.errors})
        return _page(request, unit, head=head, status=409 if saved.clashes else 422)
    messages.success(request, f"Đã lưu {len(saved.written)} dòng của {unit.quarter}.")
    return redirect("evaluations:quarter", organisation, year, quarter)


@requires(*WRITES)
@require_POST
def follow_member(request, organisation, year, quarter):
    """Follow somebody whom the record does not name."""
    unit = _own_unit(request, organisation, year, quarter)
    form = FollowForm(request.POST, rest=unit.rest)
    if form.is_valid():
        try:
            actions.follow_member(
                unit.organisation, quarter=unit.quarter, on=timezone.localdate(), by=request.user, **form.cleaned_data
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã đưa {form.cleaned_data['member']} vào danh sách theo dõi {unit.quarter}.")
            return redirect("evaluations:quarter", organisation, year, quarter)
    return _page(request, unit, follow=form, status=422)


@requires(*WRITES)
def void_quarter(request, pk):
    """What was written of somebody in a quarter, voided with a reason."""
    row = find(QuarterRating.objects.visible_to(request.user).standing().with_people(), pk=pk)
    place = (row.organisation_id, row.year, row.quarter)
    if read_unit(row.organisation, row.year, row.quarter) is None:
        raise Http404
    decides = deciding_bodies(request.user, row.organisation)
    if not may_write(request.user, row.organisation) or (row.decided_level and not decides):
        raise PermissionDenied
    page = {
        "title": f"Hủy mục ghi {row.quarter_name} của {row}",
        "lead": "Mục này không còn hiệu lực nhưng vẫn đọc được; nếu cần thì ghi lại từ đầu.",
        "done": f"Đã hủy mục ghi {row.quarter_name} của {row}.",
        "crumb": f"{row.organisation} · {row.quarter_name} năm {row.year}",
        "back": reverse("evaluations:quarter", args=place),
    }

    def act(values):
        return actions.void_quarter(row, by=request.user, **values)

    return act_with_form(request, VoidForm(request.POST or None), act, page)


@require_safe
@requires(Permission.RATINGS_VIEW)
def show_history(request, organisation, year, quarter):
    """Versions that were replaced or voided, with the reason."""
    cell = _find_cell(request, organisation, year, quarter)
    books = QuarterBooks(year)
    if not cell.is_cell or not books.is_on(cell.ancestor_ids(), quarter):
        raise Http404
    asked = Quarter(year, quarter)
    found = QuarterRating.objects.visible_to(request.user).replaced(cell, asked).with_people()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    short = {level.code: level.short for level in books.scale.levels}
    rows = [
        (row, short.get(row.own_level, ""), level_words(books.scale, row.decided_level, row.not_rated_reason))
        for row in page.object_list
    ]
    context = {"organisation": cell, "quarter": asked, "page": page, "rows": rows}
    return render(request, "evaluations/quarter_history.html", context)


# --- shared ---


def find_unit(request, organisation, year, quarter):
    """One quarter of a cell in scope; 404 where that quarter is not followed there."""
    unit = read_unit(_find_cell(request, organisation, year, quarter), year, quarter)
    if unit is None:
        raise Http404
    return unit


def _find_cell(request, organisation, year, quarter):
    if not YEARS[0] <= year <= YEARS[1] or not 1 <= quarter <= LAST:
        raise Http404
    return find(Organisation.objects.visible_to(request.user, Permission.RATINGS_VIEW), pk=organisation)


def _own_unit(request, organisation, year, quarter):
    unit = find_unit(request, organisation, year, quarter)
    if not may_write(request.user, unit.organisation):
        raise PermissionDenied
    return unit


def _marked(unit, problems):
    for row in unit.rows:
        if row.key in problems:
            row.errors = {"": problems[row.key]}
    return unit


def _page(request, unit, *, head=None, follow=None, status=200):
    user, on = request.user, timezone.localdate()
    begun = unit.quarter.start <= on
    bodies = deciding_bodies(user, unit.organisation)
    unit.lay_out(decides=bool(bodies))
    context = {
        "unit": unit,
        "organisation": unit.organisation,
        "head": head or QuarterHeadForm(bodies=bodies),
        "follow": follow or FollowForm(rest=unit.rest, auto_id="f_%s"),
        "writes": begun and may_write(user, unit.organisation),
        "decides": bool(bodies),
        "begun": begun,
        "levels": [(level.code, level.short) for level in unit.scale.levels],
        "reasons": QuarterNotRated.choices,
        "wrong": [row for row in unit.rows if row.errors or row.theirs],
    }
    return render(request, "evaluations/quarter.html", context, status=status)
