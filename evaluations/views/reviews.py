"""One member on a sheet: eligibility settled by hand, doors confirmed, with the records behind them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cells.access import find, requires
from cells.permissions import Permission
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.reviews import Findings
from evaluations.enums import SheetState
from evaluations.models import RatingSheet, Review
from evaluations.reratings import after_decision
from evaluations.review_forms import DoorsForm, EligibilityForm
from evaluations.sheet_row import key_of
from evaluations.views.sheet import find_sheet, read
from evaluations.workflow import may_take


@requires(Permission.RATINGS_VIEW)
def show_review(request, pk):
    """What the rules found about the member, what a person may settle, and what came after the decision."""
    return _page(request, pk)


@requires(Permission.RATINGS_FILE)
@require_POST
def override_eligibility(request, pk):
    """Settle by hand whether the member is rated."""
    review = _own_review(request, pk)
    form = EligibilityForm(request.POST)
    if form.is_valid():
        try:
            actions.override_eligibility(review, by=request.user, **form.cleaned_data)
            return _done(request, review, "Đã ghi đối tượng xếp loại.")
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, review.pk, eligibility=form)


@requires(Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)
@require_POST
def confirm_doors(request, pk):
    """Record the doors that a person confirmed, leniency, and whether the member is a leader."""
    review = _review(request, pk)
    page = read(find_sheet(request, review.sheet_id))
    if not _may_confirm(request.user, page.sheet):
        raise PermissionDenied
    form = DoorsForm(request.POST, book=page.book, weighs=_weighs(page.sheet))
    if form.is_valid():
        data = form.cleaned_data
        findings = Findings(tuple(data["doors"]), data.get("lenient", False), data["is_leader"])
        try:
            actions.confirm_doors(review, findings=findings, reason=data["reason"], by=request.user)
            return _done(request, review, "Đã ghi trường hợp riêng.")
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, review.pk, doors=form)


def _review(request, pk):
    return find(Review.objects.visible_to(request.user).select_related("member", "sheet__organisation"), pk=pk)


def _may_confirm(user, sheet):
    """Whether `user` is of the cell, while it has the sheet, or else of the body that has it."""
    return may_take(user, "send" if sheet.is_with_cell else "return_sheet", sheet)


def _weighs(sheet):
    """Whether who has the sheet may be lenient: every body above the cell, and a cell that decides itself."""
    return not sheet.is_with_cell or sheet.decides_itself


def _own_review(request, pk):
    review = _review(request, pk)
    if not may_take(request.user, "send", review.sheet):
        raise PermissionDenied
    return review


def _done(request, review, words):
    messages.success(request, f"{review.member}: {words}")
    return redirect(f"{reverse('evaluations:sheet', args=[review.sheet_id])}#{key_of(review)}")


def _page(request, pk, *, eligibility=None, doors=None):
    sheets = RatingSheet.objects.visible_to(request.user).for_page().with_decision()
    page = read(find(sheets, reviews__pk=pk))
    row = next(row for row in page.rows if row.review.pk == pk)
    editable = may_take(request.user, "send", page.sheet) and page.sheet.is_with_cell
    found = row.review
    first = {"outcome": found.outcome, "not_rated_reason": found.not_rated_reason, "reason": found.override_reason}
    reason = found.reason if page.sheet.is_with_cell else found.weighed_reason
    second = {"doors": found.doors, "lenient": found.lenient, "is_leader": found.is_leader, "reason": reason}
    open_to_findings = page.sheet.season.is_open and page.sheet.state != SheetState.DECIDED
    wrong = eligibility or doors
    context = {
        "row": row,
        "sheet": page.sheet,
        "book": page.book,
        "after": after_decision(found, page.sheet, page.book.scale, request.user),
        "editable": editable,
        "confirms": open_to_findings and _may_confirm(request.user, page.sheet),
        "eligibility": eligibility or EligibilityForm(initial=first, auto_id="e_%s"),
        "doors": doors
        or DoorsForm(
            book=page.book, leader=found.is_leader, weighs=_weighs(page.sheet), initial=second, auto_id="d_%s"
        ),
    }
    return render(request, "evaluations/review.html", context, status=422 if wrong else 200)
