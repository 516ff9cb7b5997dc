"""Points by criteria: of one member, of the whole cell on one page, and on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.permissions import Permission
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.enums import PointSet
from evaluations.models import Review
from evaluations.row_fields import as_text
from evaluations.scores import cell_row, groups_of, person_lines, read_scores, set_open_to
from evaluations.scores_input import AppendixForm, ScoresInput
from evaluations.scoring_printing import filled_paper, scoring_pdf
from evaluations.views.sheet import find_sheet

WRITES = (Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)
OF_A_SHEET = ("member", "sheet__season__organisation", "sheet__organisation", "sheet__holder", "sheet__decider")


@requires(Permission.RATINGS_VIEW)
def show_scores(request, pk):
    """The tree of criteria with the member's points in each set; inputs in the set that is given now."""
    review = _review(request, pk)
    return _person(request, review, read_scores(review.sheet, [review], request.user))


@requires(Permission.RATINGS_VIEW)
def show_cell_scores(request, pk):
    """The whole cell: a line for each member, a column for each criterion."""
    sheet = find_sheet(request, pk)
    return _cell(request, _cell_scores(request, sheet))


@requires(*WRITES)
@require_POST
def save_scores(request, pk):
    """Keep the points typed on either page; what is wrong, or was changed meanwhile, comes back as typed."""
    sheet = find_sheet(request, pk)
    kind = set_open_to(request.user, sheet)
    if kind is None and not any(request.user.may(right, sheet) for right in WRITES):
        raise PermissionDenied
    before = _cell_scores(request, sheet)
    posted = ScoresInput(request.POST, before)
    replaced = _typed_totals(before, kind)
    wanted = request.POST.get("kind", "")
    try:
        if kind is None or wanted != kind:
            raise NotAllowed("Chưa đến lượt ghi điểm này, hoặc bảng đã chuyển cấp. Hãy xem lại trạng thái của bảng.")
        clashing = actions.save_scores(sheet, kind=kind, edits=posted.whole, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _again(request, posted, [*posted.edits], status=409)
    if posted.errors or clashing:
        status = 409 if clashing else 422
        return _again(request, posted, [review.pk for review in clashing], status=status)
    messages.success(request, "Đã lưu điểm.")
    scored = {pk for pk, edit in posted.whole.items() if edit.says_something}
    if gone := "; ".join(words for pk, words in replaced.items() if pk in scored):
        messages.info(request, f"Tổng điểm ghi trực tiếp trước đây nay thay bằng điểm theo tiêu chí: {gone}.")
    return redirect(_back(request, before))


def _typed_totals(scored, kind):
    """Totals typed elsewhere of members without own scores, in words by review: what own scores take the place of."""
    if kind != PointSet.OWN:
        return {}
    typed = [person for person in scored.people if not person.row.own and person.own.total is not None]
    return {person.review.pk: f"{person.name} {as_text(person.own.total)}" for person in typed}


def _again(request, posted, clashing, *, status):
    """The page with what was typed and could not be saved."""
    sheet = find_sheet(request, posted.scored.sheet.pk)
    page = posted.show_on(_cell_scores(request, sheet), clashing)
    person = _asked_for(request, page)
    if person:
        page.people = [person]
        return _person(request, person.review, page, posted, status=status)
    return _cell(request, page, posted, status=status)


def _asked_for(request, scored):
    """The member whose own page was posted, None on the page of the cell."""
    return next((each for each in scored.people if each.key == request.POST.get("person")), None)


def _back(request, scored):
    person = _asked_for(request, scored)
    if person:
        return reverse("evaluations:scores", args=[person.review.pk])
    return reverse("evaluations:cell_scores", args=[scored.sheet.pk])


@requires(Permission.RATINGS_FILE)
@require_POST
def choose_appendix(request, pk):
    """Say after which appendix the member is scored, and why where it is not the one of his form."""
    review = _review(request, pk)
    check(request.user, Permission.RATINGS_FILE, review.sheet)
    form = AppendixForm(request.POST)
    if not form.is_valid():
        return _person(request, review, read_scores(review.sheet, [review], request.user), choosing=form, status=422)
    try:
        actions.choose_appendix(review, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi phụ lục chấm điểm.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _person(request, review, read_scores(review.sheet, [review], request.user), choosing=form, status=422)
    return redirect("evaluations:scores", pk)


@requires(Permission.RATINGS_FILE)
@require_POST
def choose_own_score(request, pk):
    """Which of the own points counts that were stored in two places."""
    review = _review(request, pk)
    check(request.user, Permission.RATINGS_FILE, review.sheet)
    try:
        actions.choose_own_score(review, keep=request.POST.get("keep", ""), by=request.user)
        messages.success(request, "Đã chọn điểm tự chấm; số kia còn trong nhật ký.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:scores", pk)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_scores(request, pk):
    """The member's scoring sheet, filled in as far as points were given."""
    review = _review(request, pk)
    scored = read_scores(review.sheet, [review], request.user)
    if not scored.people:
        messages.error(request, "Đảng viên này không được chấm điểm trong đợt này nên không có bảng để in.")
        return redirect("evaluations:scores", pk)
    paper = filled_paper(scored, scored.people[0])
    return file_answer(scoring_pdf(paper, review.sheet.organisation, timezone.localdate()), "bang-cham-diem.pdf")


def _review(request, pk):
    return find(Review.objects.visible_to(request.user).select_related(*OF_A_SHEET), pk=pk)


def _cell_scores(request, sheet):
    return read_scores(sheet, list(sheet.reviews.select_related("member")), request.user)


def _person(request, review, scored, posted=None, *, choosing=None, status=200):
    person = scored.person(review.pk)
    context = {
        **_shared(scored, posted),
        "review": review,
        "typed_total": as_text(review.points),
        "used": person.used(scored.kinds) if person else None,
        "person": person,
        "lines": person_lines(person, scored.kinds, scored.kind) if person else (),
        "reason": scored.reason(person.tree) if person else "",
        "totals": [(kind, PointSet(kind).label, person.total(kind)) for kind in scored.kinds] if person else (),
        "may_choose": scored.kind == PointSet.OWN,
    }
    if person and scored.kind == PointSet.OWN and person.row.is_empty:
        stands = {"appendix": person.row.appendix, "reason": person.row.appendix_reason}
        context["choosing"] = choosing or AppendixForm(initial=stands)
        context["choosing"].offer(scored.book.patterns)
    return render(request, "evaluations/scores.html", context, status=status)


def _cell(request, scored, posted=None, *, status=200):
    shown = scored.kind or PointSet.OWN
    groups = [
        (group, [cell_row(each, shown, bool(scored.kind)) for each in group.people]) for group in groups_of(scored)
    ]
    context = {**_shared(scored, posted), "groups": groups, "shown": PointSet(shown).label.lower()}
    return render(request, "evaluations/cell_scores.html", context, status=status)


def _shared(scored, posted):
    return {
        "scored": scored,
        "sheet": scored.sheet,
        "season": scored.sheet.season,
        "kinds": [(kind, PointSet(kind).label) for kind in scored.kinds],
        "open_label": PointSet(scored.kind).label.lower() if scored.kind else "",
        "wrong": posted.error_list if posted else (),
    }
