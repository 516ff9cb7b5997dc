"""The written self-reviews of a cell: the list, one member's page, handing in, opening again, and the papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cells.access import find, requires
from cells.actions.jobs import start_job
from cells.permissions import Permission
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.enums import FormGroup
from evaluations.file_list_printing import file_list_pdf, has_file_list
from evaluations.models import Review
from evaluations.raised_points import raising_bodies
from evaluations.readings import PRINTED, SEEN
from evaluations.tasks import PRINT_WRITTEN
from evaluations.views.reratings import OF_A_REVIEW
from evaluations.views.sheet import find_sheet
from evaluations.written_forms import PapersForm, WrittenForm
from evaluations.written_page import may_read, may_write, read_written, read_written_list, shows_text
from evaluations.written_printing import (
    FORMS_AT_ONCE,
    blank_pdf,
    cell_pdf,
    handed_in_by,
    readable_written,
    written_pdf,
)

READERS = (Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)


# --- the cell ---


@require_safe
@requires(*READERS)
def list_written(request, pk):
    """Who has written, handed in; residence comments; points that wait for an answer."""
    sheet = find_readable_sheet(request, pk)
    return list_response(request, sheet, read_written_list(sheet))


@requires(Permission.RATINGS_FILE)
@require_POST
def receive_papers(request, pk):
    """Several signed papers taken as handed in on one day."""
    sheet = find_readable_sheet(request, pk)
    if not may_write(request.user, sheet):
        return refuse_writing(request, sheet)
    found = read_written_list(sheet)
    form = PapersForm(request.POST, lines=found.lines)
    if form.is_valid():
        try:
            taken = actions.receive_papers(sheet, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã nhận {len(taken)} bản kiểm điểm giấy.")
            return redirect("evaluations:list_written", pk)
    return list_response(request, sheet, found, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*READERS)
def print_cell_written(request, pk):
    """The self-reviews of a cell that one reads, in one file; many as a job, begun by POST."""
    sheet = find_readable_sheet(request, pk)
    known = readable_written(sheet, request.user)
    if not known:
        messages.info(request, "Chi bộ chưa có bản kiểm điểm nào để in.")
    elif len(known) <= FORMS_AT_ONCE:
        actions.read_written(sheet, handed_in_by(known), how=PRINTED, by=request.user)
        return file_answer(cell_pdf(sheet, known, on=timezone.localdate()), "ban-kiem-diem-ca-chi-bo.pdf")
    elif request.method == "POST":
        params, label = {"sheet": str(sheet.pk)}, f"In bản kiểm điểm năm {sheet.season.year} của {sheet.organisation}"
        job = start_job(PRINT_WRITTEN, label, params=params, organisation=sheet.organisation, by=request.user)
        return redirect("cells:job", job.pk)
    return redirect("evaluations:list_written", pk)


@require_safe
@requires(*READERS)
def print_blank(request, pk, group):
    """The blank form of a group for the members of a cell."""
    if group not in FormGroup.values:
        raise Http404
    sheet = find_readable_sheet(request, pk)
    return file_answer(blank_pdf(sheet, group, on=timezone.localdate()), "mau-ban-kiem-diem.pdf")


# --- one member ---


@requires(*READERS)
def show_written(request, pk):
    """The self-review of a member: to be typed by his cell, to be read by it and by who decides above it."""
    page = read_written(find_readable_review(request, pk))
    _note(request, page, SEEN)
    return _page(request, page)


def _note(request, page, how):
    """Reading what was handed in is an act; a draft is the cell's own work."""
    if page.written.is_handed_in:
        actions.read_written(page.sheet, [page.review.member], how=how, by=request.user)


@requires(Permission.RATINGS_FILE)
@require_POST
def save_written(request, pk):
    """Save a draft, and go on to the next member or hand in where the button says so."""
    review = find_readable_review(request, pk)
    if not may_write(request.user, review.sheet):
        return refuse_writing(request, review.sheet)
    page = read_written(review)
    form = WrittenForm(request.POST, page=page)
    form.is_valid()
    try:
        clashes = actions.save_written(review, edit=form.edit, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:written", pk)
    if clashes or form.errors:
        page = read_written(find_readable_review(request, pk))
        form = WrittenForm(request.POST, page=page)
        form.show_clashes(clashes)
        return _page(request, page, form=form, status=409 if clashes else 422)
    return _after_saving(request, page)


def _after_saving(request, page):
    review, after = page.review, page.after
    if "hand_in" in request.POST:
        return hand_in_written(request, review.pk)
    messages.success(request, f"Đã lưu bản kiểm điểm của đồng chí {review}.")
    following = after if after and "next" in request.POST else review
    return redirect("evaluations:written", following.pk)


@requires(Permission.RATINGS_FILE)
@require_POST
def hand_in_written(request, pk):
    """Take the self-review as handed in; what is missing is named."""
    review = _own_review(request, pk)
    try:
        actions.hand_in_written(review, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:written", pk)
    page = read_written(find_readable_review(request, pk))
    messages.success(request, f"Đã nhận bản kiểm điểm của đồng chí {review}.")
    if page.open_raised_points:
        messages.warning(request, f"Còn {len(page.open_raised_points)} gợi ý kiểm điểm của cấp trên chưa giải trình.")
    return redirect("evaluations:written", pk)


@requires(Permission.RATINGS_FILE)
@require_POST
def reopen_written(request, pk):
    """Open a self-review that was handed in, to correct it."""
    review = _own_review(request, pk)
    try:
        actions.reopen_written(review, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã mở lại bản kiểm điểm của đồng chí {review}.")
    return redirect("evaluations:written", pk)


@require_safe
@requires(*READERS)
def print_written(request, pk):
    """The form filled in, with its annex of tasks."""
    page = read_written(find_readable_review(request, pk))
    if not shows_text(request.user, page.sheet, page.written):
        raise Http404
    _note(request, page, PRINTED)
    return file_answer(written_pdf(page, on=timezone.localdate()), "ban-kiem-diem.pdf")


@require_safe
@requires(*READERS)
def print_file_list(request, pk):
    """Form 04: what the file of this review holds."""
    page = read_written(find_readable_review(request, pk))
    if not has_file_list(page.book):
        raise Http404
    decides = request.user.may(Permission.RATINGS_DECIDE, page.sheet.decider)
    return file_answer(file_list_pdf(page, with_complaints=decides, on=timezone.localdate()), "danh-muc-ho-so.pdf")


# --- shared by the pages of papers ---


def find_readable_sheet(request, pk):
    """A sheet in scope, for its cell and for who decides on ratings above it."""
    sheet = find_sheet(request, pk)
    if not may_read(request.user, sheet):
        raise PermissionDenied
    return sheet


def find_readable_review(request, pk):
    """A review in scope with its sheet, for the same people."""
    rows = Review.objects.visible_to(request.user).select_related(*OF_A_REVIEW, "criterion_points")
    review = find(rows, pk=pk)
    if not may_read(request.user, review.sheet):
        raise PermissionDenied
    return review


def refuse_writing(request, sheet):
    """403 for who is not of the cell; the cell is told why nothing can be written now."""
    from_cell = request.user.may(Permission.RATINGS_FILE, sheet)
    if not from_cell:
        raise PermissionDenied
    messages.error(request, "Bảng đã gửi lên cấp trên hoặc đợt đã đóng nên không ghi được. Hãy thu hồi bảng trước.")
    return redirect("evaluations:list_written", sheet.pk)


def list_response(request, sheet, found, *, form=None, status=200):
    """The list of papers of a cell."""
    context = {
        "sheet": sheet,
        "found": found,
        "form": form or PapersForm(lines=found.lines, initial={"written_on": timezone.localdate()}),
        "writes": may_write(request.user, sheet),
        "raises": sheet.is_with_cell and sheet.season.is_open and raising_bodies(request.user, sheet).exists(),
        "groups": FormGroup.choices,
    }
    return render(request, "evaluations/written_list.html", context, status=status)


def _own_review(request, pk):
    review = find_readable_review(request, pk)
    if not request.user.may(Permission.RATINGS_FILE, review.sheet):
        raise PermissionDenied
    return review


def _page(request, page, *, form=None, status=200):
    writes = may_write(request.user, page.sheet)
    editable = writes and page.is_reviewed and not page.written.is_handed_in
    context = {
        "page": page,
        "review": page.review,
        "sheet": page.sheet,
        "form": form or WrittenForm(page=page),
        "editable": editable,
        "writes": writes,
        "readable": shows_text(request.user, page.sheet, page.written),
        "has_file_list": has_file_list(page.book),
        "own_level": _level_words(page, page.review.own_level),
        "back": reverse("evaluations:list_written", args=[page.sheet.pk]),
    }
    return render(request, "evaluations/written.html", context, status=status)


def _level_words(page, code):
    return page.book.scale.level(code).name if code else ""
