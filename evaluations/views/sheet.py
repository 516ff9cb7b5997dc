"""The page "buổi xếp loại": the whole cell on one page, saved field by field or as a whole, sent and recalled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import find, requires
from cells.permissions import Permission
from config.lib.ui import undo_tag
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.sheets import SheetIncomplete
from evaluations.boards import state_words
from evaluations.enums import NotRated
from evaluations.models import RatingSheet
from evaluations.sheet_input import SheetInput, show_again
from evaluations.sheet_page import read_sheet
from evaluations.workflow import may_take, steps_open_to


@requires(Permission.RATINGS_VIEW)
def show_sheet(request, pk):
    """The sheet as its state and one's part in it allow: to fill in, to judge, or to read."""
    return sheet_response(request, read(find_sheet(request, pk)))


@requires(Permission.RATINGS_FILE)
@require_POST
def save_draft(request, pk):
    """Save what was typed: some fields (htmx) or the whole page (the button); both values where somebody was faster."""
    sheet = _own_sheet(request, pk)
    posted = SheetInput(request.POST, sheet)
    try:
        conflicts = actions.save_draft(sheet, head=posted.head, rows=posted.rows, by=request.user)
    except NotAllowed as refusal:
        return _refused(request, sheet, refusal)
    if not (request.htmx or posted.errors or conflicts):
        messages.success(request, "Đã lưu bản nháp.")
        return redirect("evaluations:sheet", pk)
    page = show_again(read(find_sheet(request, pk)), posted, conflicts)
    if request.htmx:
        return _fragments(request, page, posted)
    return sheet_response(request, page, status=409 if conflicts else 422)


@requires(Permission.RATINGS_FILE)
@require_POST
def send(request, pk):
    """Save what stands on the page and send it; a page with gaps comes back with the list of them."""
    sheet = _own_sheet(request, pk)
    posted = SheetInput(request.POST, sheet)
    try:
        conflicts = actions.save_draft(sheet, head=posted.head, rows=posted.rows, by=request.user)
        if posted.errors or conflicts:
            page = show_again(read(find_sheet(request, pk)), posted, conflicts)
            return sheet_response(request, page, status=409 if conflicts else 422)
        sheet = actions.send(sheet, by=request.user)
    except SheetIncomplete as refusal:
        messages.error(request, f"{refusal} Danh sách ở cuối trang.")
        return sheet_response(request, read(find_sheet(request, pk)), status=422)
    except NotAllowed as refusal:
        return _refused(request, sheet, refusal)
    undo = undo_tag(reverse("evaluations:recall", args=[pk]))
    messages.success(
        request, f"Đã gửi: {sheet.holder} xem xét tiếp. Thu hồi được đến khi cấp đó mở xem.", extra_tags=undo
    )
    return redirect("evaluations:sheet", pk)


@requires(Permission.RATINGS_FILE)
@require_POST
def recall(request, pk):
    """Take the sheet back while nobody above has opened it."""
    sheet = _own_sheet(request, pk)
    return take(request, sheet, lambda: actions.recall(sheet, by=request.user), "Đã thu hồi; chi bộ sửa được tiếp.")


@requires(Permission.RATINGS_FILE)
@require_POST
def refresh_sheet(request, pk):
    """Bring the list of members up to the roll."""
    sheet = _own_sheet(request, pk)
    done = "Đã cập nhật danh sách đảng viên theo hồ sơ."
    return take(request, sheet, lambda: actions.refresh_sheet(sheet, by=request.user), done)


@requires(Permission.RATINGS_FILE)
@require_POST
def fill_tasks(request, pk):
    """Take the numbers of tasks over from the register into the rows that have none."""
    sheet = _own_sheet(request, pk)
    try:
        filled = actions.fill_tasks(sheet, on=sheet.held_on or timezone.localdate(), by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        words = "Đã điền số nhiệm vụ của {} đồng chí theo sổ phân công; ô đã ghi thì giữ nguyên."
        messages.success(request, words.format(len(filled)))
    return redirect("evaluations:sheet", pk)


# --- shared by the pages of one sheet ---


def find_sheet(request, pk):
    """A sheet within one's scope, with what its page says."""
    return find(RatingSheet.objects.visible_to(request.user).for_page(), pk=pk)


def read(sheet):
    return read_sheet(sheet, on=timezone.localdate())


def must_take(request, step, sheet):
    """403 for who is in scope but not of the body that takes this step."""
    if not may_take(request.user, step, sheet):
        raise PermissionDenied


def take(request, sheet, act, done):
    """Do one act on a sheet and say so, or say why not."""
    try:
        act()
        messages.success(request, done)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:sheet", sheet.pk)


def sheet_response(request, page, *, status=200, **extra):
    """The page of a sheet for this person."""
    sheet = page.sheet
    steps = steps_open_to(request.user, sheet) if sheet.season.is_open else set()
    context = {
        "page": page,
        "sheet": sheet,
        "season": sheet.season,
        "scale": page.book.scale,
        "steps": steps,
        "state": state_words(sheet, on=timezone.localdate()),
        "opens_decision": sheet.decision_id and request.user.may(Permission.RATINGS_VIEW, sheet.decider),
        "reasons": NotRated.choices,
        "level_names": [(level.code, level.short) for level in page.book.scale.levels],
        "level_buttons": [(level.code, level.short, level.name) for level in page.book.scale.levels],
        **extra,
    }
    template = "evaluations/sheet.html" if "send" in steps else "evaluations/sheet_reading.html"
    return render(request, template, context, status=status)


def _own_sheet(request, pk):
    sheet = find_sheet(request, pk)
    must_take(request, "send", sheet)
    return sheet


def _refused(request, sheet, refusal):
    if request.htmx:
        return HttpResponse(str(refusal), status=400, content_type="text/plain; charset=utf-8")
    messages.error(request, str(refusal))
    return redirect("evaluations:sheet", sheet.pk)


def _fragments(request, page, posted):
    """What a saved field changes on the page: marks, versions, sums, advice, the running head – never the controls."""
    rows = [row for row in page.rows if row.key in posted.keys]
    refused = page.head_conflicts or any(row.conflicts for row in rows)
    context = {
        "page": page,
        "sheet": page.sheet,
        "scale": page.book.scale,
        "rows": rows,
        "with_head": posted.head is not None,
        "steps": {"send"},
        "swap": True,
        "now": timezone.localtime(),
    }
    status = 409 if refused else 422 if posted.errors else 200
    response = render(request, "evaluations/sheet_saved.html", context, status=status)
    response["X-Draft"] = "saved" if status == 200 else "refused"
    return response
