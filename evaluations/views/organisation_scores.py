"""Points of a collective by criteria: the page, saving, and the scoring sheet on paper, filled in and blank."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import requires
from cells.permissions import Permission
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.enums import PointSet
from evaluations.organisation_scores import STEP_OF, collective_reason, read_collective
from evaluations.scores import person_lines
from evaluations.scores_input import ScoresInput
from evaluations.scoring_printing import collective_paper, scoring_pdf
from evaluations.views.organisations import FILLS, find_organisation
from evaluations.workflow import may_take_organisation


@require_safe
@requires(Permission.RATINGS_VIEW)
def show_organisation_scores(request, pk):
    """The criteria with the points of each who gives some; inputs in the set that is given now."""
    review = find_organisation(request, pk)
    return _page(request, review, read_collective(review, request.user, request.GET.get("kind", "")))


@requires(*FILLS)
@require_POST
def save_organisation_scores(request, pk):
    """Keep the points typed; what is wrong, or was changed meanwhile, comes back as typed."""
    review = find_organisation(request, pk)
    if not any(may_take_organisation(request.user, step, review) for step in STEP_OF.values()):
        raise PermissionDenied
    kind = request.POST.get("kind", "")
    before = read_collective(review, request.user, kind)
    posted = ScoresInput(request.POST, before)
    edit = posted.edits.get(review.pk)
    if before.kind != kind or edit is None:
        messages.error(request, "Chưa đến lượt ghi điểm này, hoặc bản đã chuyển cấp. Hãy xem lại trạng thái.")
        return _page(request, review, before, posted, status=409)
    if posted.errors:
        return _page(request, review, before, posted, status=422)
    try:
        clashing = actions.save_organisation_scores(review, kind=kind, edit=edit, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, review, before, posted, status=409)
    if clashing:
        page = read_collective(find_organisation(request, pk), request.user, kind)
        return _page(request, review, posted.show_on(page, [review.pk]), posted, status=409)
    messages.success(request, "Đã lưu điểm.")
    return redirect(f"{reverse('evaluations:organisation_scores', args=[pk])}?kind={kind}")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_organisation_scores(request, pk):
    """The scoring sheet of the collective, filled in as far as points were given."""
    return _paper(request, pk, blank=False)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_blank_organisation_scores(request, pk):
    """The scoring sheet of the collective with room for the points."""
    return _paper(request, pk, blank=True)


def _paper(request, pk, *, blank):
    review = find_organisation(request, pk)
    scored = read_collective(review, request.user)
    if scored.one is None:
        messages.error(request, f"Bộ quy tắc của năm {review.season.year} không chấm điểm nên không có bảng để in.")
        return redirect("evaluations:organisation", pk)
    paper = collective_paper(scored, blank=blank)
    name = "bang-cham-diem-tap-the-trong.pdf" if blank else "bang-cham-diem-tap-the.pdf"
    return file_answer(scoring_pdf(paper, review.organisation, timezone.localdate()), name)


def _page(request, review, scored, posted=None, *, status=200):
    one = scored.one
    context = {
        "review": review,
        "season": review.season,
        "scored": scored,
        "one": one,
        "kinds": [(kind, PointSet(kind).label) for kind in scored.kinds],
        "open_kinds": [(kind, PointSet(kind).label.lower()) for kind in scored.open_kinds],
        "open_label": PointSet(scored.kind).label.lower() if scored.kind else "",
        "lines": person_lines(one, scored.kinds, scored.kind) if one else (),
        "totals": [(kind, PointSet(kind).label, one.total(kind)) for kind in scored.kinds] if one else (),
        "used": one.used(scored.kinds) if one else None,
        "reason": collective_reason(review, one.tree) if one else "",
        "wrong": posted.error_list if posted else (),
    }
    return render(request, "evaluations/organisation_scores.html", context, status=status)
