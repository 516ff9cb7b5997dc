"""Organisations of a season: the list, the page of one with form 01, its way to the body that decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.permissions import Permission
from config.lib.ui import undo_tag
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.organisations import OrganisationChanged, OrganisationIncomplete
from evaluations.enums import OrganisationState
from evaluations.models import OrganisationReview, Season
from evaluations.organisation_fields import stored_words
from evaluations.organisation_forms import OrganisationForm, OrganisationReturnForm, ProposalForm, initial_of
from evaluations.organisation_page import read_page, state_counts
from evaluations.organisations import read_rows
from evaluations.season_rules import rule_book
from evaluations.workflow import may_take_organisation, organisation_steps_open_to

PAGE = 50
FILLS = (Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)  # a cell by the one, any other body by the other
STATES = dict(OrganisationState.choices)


@require_safe
@requires(Permission.RATINGS_VIEW)
def list_organisations(request, pk):
    """Organisations of a season within one's scope with state, own level, suggestion and result."""
    season = _season(request, pk)
    everything = OrganisationReview.objects.visible_to(request.user).filter(season=season)
    state = request.GET.get("state", "")
    rows = everything.filter(state=state) if state in STATES else everything
    page = Paginator(rows.for_page().in_list_order(), PAGE).get_page(request.GET.get("page"))
    book = rule_book(season)
    counts, bodies = state_counts(everything, request.user)
    context = {
        "season": season,
        "book": book,
        "page": page,
        "rows": read_rows(page.object_list, book),
        "state": state if state in STATES else "",
        "counts": [(code, STATES[code], counts.get(code, 0)) for code in STATES],
        "total": sum(counts.values()),
        "bodies": bodies,
        "sees_report": request.user.may(Permission.REPORTS_VIEW, season),
        "manages": season.is_open and request.user.may(Permission.SEASONS_MANAGE, season),
    }
    return render(request, "evaluations/organisations.html", context)


@requires(Permission.SEASONS_MANAGE)
@require_POST
def add_organisations(request, pk):
    """Rows for organisations of the tree that have none yet."""
    season = _season(request, pk)
    check(request.user, Permission.SEASONS_MANAGE, season)
    try:
        found = actions.add_organisations(season, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:organisations", pk)
    messages.success(
        request, f"Đã thêm {found['added']} tổ chức đảng, đổi cấp quyết định của {found['moved']} theo cây tổ chức."
    )
    if found["without"]:
        names = ", ".join(found["without"])
        messages.info(request, f"Chưa có cấp quyết định trong cây tổ chức: {names}.")
    return redirect("evaluations:organisations", pk)


@require_safe
@requires(Permission.RATINGS_VIEW)
def show_organisation(request, pk):
    """One organisation: form 01 to fill in, or to read; what is below it; the result with its decisions."""
    review = find_organisation(request, pk)
    return organisation_response(request, review)


@requires(*FILLS)
@require_POST
def fill_organisation(request, pk):
    """Save what was typed; where somebody was faster, both values."""
    review = _own(request, pk)
    form, stopped = _fill(request, review)
    if stopped:
        return stopped
    messages.success(request, "Đã lưu bản tự kiểm điểm, tự xếp loại.")
    return redirect("evaluations:organisation", form.review.pk)


@requires(*FILLS)
@require_POST
def send_organisation(request, pk):
    """Save what stands on the page and send it; gaps come back as a list."""
    review = _own(request, pk)
    form, stopped = _fill(request, review)
    if stopped:
        return stopped
    try:
        actions.send_organisation(form.review, by=request.user)
    except OrganisationIncomplete as refusal:
        return organisation_response(request, find_organisation(request, pk), gaps=refusal.gaps, status=422)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:organisation", pk)
    undo = undo_tag(reverse("evaluations:recall_organisation", args=[pk]))
    messages.success(request, f"Đã gửi: {form.review.decider} quyết định.", extra_tags=undo)
    return redirect("evaluations:organisation", pk)


@requires(*FILLS)
@require_POST
def recall_organisation(request, pk):
    """Take the own rating back to correct it."""
    review = _own(request, pk)
    return _take(request, review, lambda: actions.recall_organisation(review, by=request.user), "Đã thu hồi để sửa.")


@requires(Permission.RATINGS_DECIDE)
@require_POST
def propose_organisation(request, pk):
    """The level that the committee in between proposes."""
    review = _of_body(request, "propose_organisation", pk)
    form = ProposalForm(request.POST, scale=rule_book(review.season).organisation_scale)
    if not form.is_valid():
        return organisation_response(request, review, proposal=form, status=422)
    values = form.cleaned_data
    return _take(
        request, review, lambda: actions.propose_organisation(review, by=request.user, **values), "Đã ghi mức đề xuất."
    )


@requires(Permission.RATINGS_DECIDE)
@require_POST
def return_organisation(request, pk):
    """Give the own rating back with a reason."""
    review = _of_body(request, "return_organisation", pk)
    form = OrganisationReturnForm(request.POST)
    if not form.is_valid():
        return organisation_response(request, review, returning=form, status=422)
    reason = form.cleaned_data["reason"]
    return _take(
        request, review, lambda: actions.return_organisation(review, reason=reason, by=request.user), "Đã trả lại."
    )


# --- shared ---


def find_organisation(request, pk):
    """The rating of an organisation within one's scope, with what its page says."""
    return find(OrganisationReview.objects.visible_to(request.user).for_page(), pk=pk)


def organisation_response(request, review, *, status=200, **extra):
    """The page of one organisation for this person."""
    book = rule_book(review.season)
    steps = organisation_steps_open_to(request.user, review) if review.season.is_open else set()
    page = read_page(review, book, request.user)
    editable = "send_organisation" in steps
    proposed = {"level": review.agreed_level, "version": review.version}
    context = {
        "page": page,
        "row": page.row,
        "review": review,
        "season": review.season,
        "book": book,
        "steps": steps,
        "form": OrganisationForm(initial=initial_of(review), **_form_of(review, book)) if editable else None,
        "proposal": ProposalForm(initial=proposed, scale=book.organisation_scale),
        "returning": OrganisationReturnForm(),
        **extra,
    }
    template = "evaluations/organisation.html" if editable else "evaluations/organisation_reading.html"
    return render(request, template, context, status=status)


def _fill(request, review):
    """(form, None) with the saved review on the form, or (form, the page to answer with)."""
    book = rule_book(review.season)
    form = OrganisationForm(request.POST, **_form_of(review, book))
    if not form.is_valid():
        return form, organisation_response(request, review, form=form, status=422)
    version = form.cleaned_data["version"]
    try:
        form.review = actions.fill_organisation(review, version=version, values=form.values, by=request.user)
    except OrganisationChanged as clash:
        form.add_error(None, str(clash))
        form.data = form.data.copy()
        form.data["version"] = clash.review.version
        levels = {level.code: level.name for level in book.organisation_scale.levels}
        theirs = stored_words(clash.review, clash.names, levels)
        return form, organisation_response(request, clash.review, form=form, theirs=theirs, status=409)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return form, organisation_response(request, find_organisation(request, review.pk), form=form, status=422)
    return form, None


def _form_of(review, book):
    return {"book": book, "framed": review.frame_id is not None}


def _season(request, pk):
    return find(Season.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _own(request, pk):
    return _of_body(request, "send_organisation", pk)


def _of_body(request, step, pk):
    review = find_organisation(request, pk)
    if not may_take_organisation(request.user, step, review):
        raise PermissionDenied
    return review


def _take(request, review, act, done):
    try:
        act()
        messages.success(request, done)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:organisation", review.pk)
