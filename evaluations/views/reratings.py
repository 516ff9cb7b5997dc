"""A decided result given anew, that act voided or printed, and the decision on the cap voided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission
from cells.views.act_pages import act_with_form
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import OverCap
from evaluations.actions.reratings import ReRatingEntry
from evaluations.cap_groups import over_without_raise
from evaluations.enums import SheetState
from evaluations.models import CapRaise, ReRating, Review, Season
from evaluations.rerating_forms import ReRatingForm
from evaluations.rerating_printing import rerating_pdf
from evaluations.reratings import caps_with, may_rerate, rerating_bodies, result_words
from evaluations.season_rules import rule_book
from evaluations.views.acting import act_on_review
from members.forms.facts import VoidForm

# a cell that decides itself acts by its right to file
DECIDES = (Permission.RATINGS_DECIDE, Permission.RATINGS_FILE)
OF_A_REVIEW = (
    "member",
    "sheet__season__organisation",
    "sheet__organisation",
    "sheet__decider__parent",
    "sheet__holder",
)


def find_review(request, pk):
    """A decided review within one's scope with its sheet and the body that decides."""
    rows = Review.objects.visible_to(request.user).filter(sheet__state=SheetState.DECIDED)
    return find(rows.select_related(*OF_A_REVIEW), pk=pk)


@requires(*DECIDES)
def rerate(request, pk):
    """The decision of form 03 on one result: which body, number and day, the new result, why."""
    review = find_review(request, pk)
    sheet, book = review.sheet, rule_book(review.sheet.season)
    bodies = rerating_bodies(request.user, sheet)
    if not bodies:
        raise PermissionDenied
    choices = (
        Organisation.objects.visible_to(request.user).filter(pk__in=[body.pk for body in bodies]).order_by("-path")
    )
    initial = {"version": review.version, "organisation": bodies[0].pk, "decided_on": timezone.localdate()}
    form = ReRatingForm(request.POST or None, bodies=choices, scale=book.scale, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.rerate(review, entry=ReRatingEntry(**form.values), by=request.user)
        except OverCap as stop:
            form.ask_over_cap()
            form.add_error("over_cap_reason", str(stop))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi quyết định xếp loại lại {row}. Kết quả trước vẫn được giữ.")
            return redirect("evaluations:review", review.pk)
    context = {
        "review": review,
        "sheet": sheet,
        "form": form,
        "now": result_words(book.scale, review.decided_level, review.not_rated_reason),
        "cap": caps_with(review, sheet, review.decided_level, book)[0].cap,
    }
    return render(request, "evaluations/rerate.html", context, status=422 if form.errors else 200)


@requires(*DECIDES)
def void_rerating(request, pk):
    """A re-rating that was entered wrongly."""
    row = find(ReRating.objects.visible_to(request.user).with_people(), pk=pk)
    review = find_review(request, row.review_id)
    if not may_rerate(request.user, review.sheet, row.organisation):
        raise PermissionDenied
    book = rule_book(review.sheet.season)
    before = result_words(book.scale, row.before_level, row.before_not_rated)
    now, then = caps_with(review, review.sheet, row.before_level, book)
    worse = f" {then.over_words(review.sheet.decider)}" if then.cap.over_by > max(now.cap.over_by, 0) else ""
    page = {
        "title": "Hủy lần xếp loại lại ghi sai",
        "lead": f"Quyết định {row}. Kết quả trước đó ({before}) có hiệu lực trở lại; lần này vẫn đọc được.{worse}",
        "done": "Đã hủy lần xếp loại lại; kết quả trước đó có hiệu lực trở lại.",
    }
    return act_on_review(request, review, VoidForm(request.POST or None), _voiding(row, request), page)


def _voiding(row, request):
    return lambda values: actions.void_rerating(row, reason=values["reason"], by=request.user)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_rerating(request, pk):
    """The decision of form 03 on paper, from what was entered."""
    row = find(ReRating.objects.visible_to(request.user).standing().with_people(), pk=pk)
    return file_answer(rerating_pdf(row), "quyet-dinh-xep-loai-lai.pdf")


@requires(Permission.SEASONS_MANAGE)
def void_cap_raise(request, pk, raise_pk):
    """A decision on the cap that was entered wrongly."""
    season = find(Season.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    check(request.user, Permission.SEASONS_MANAGE, season)
    row = find(CapRaise.objects.visible_to(request.user).filter(season=season), pk=raise_pk)
    form = VoidForm(request.POST or None)
    back = reverse("evaluations:season", args=[season.pk])
    over = over_without_raise(season, row.organisation, rule_book(season))
    page = {
        "title": "Hủy quyết định nâng tỷ lệ",
        "lead": f"Quyết định số {row.number} ngày {row.decided_on:%d/%m/%Y}. Tỷ lệ trở lại mức chung cho các quyết "
        "định sau; quyết định đã có giữ số liệu của ngày đó. "
        + " ".join(part.over_words(row.organisation) for part in over),
        "done": "Đã hủy quyết định nâng tỷ lệ.",
    }

    def act(values):
        actions.void_cap_raise(row, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page | {"crumb": str(season), "back": back})
