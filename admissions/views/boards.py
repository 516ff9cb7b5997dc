"""The plan of a body and year, the board, and the names behind its figures."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions.source_plans import save_plan as give_plan
from admissions.forms_plan import PlanForm
from admissions.models import AdmissionPlan
from admissions.reports.board import SUMS, read_board
from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.models import Member

YEARS = range(2011, 2100)
PAGE = 50


@require_safe
@requires(P.REPORTS_VIEW)
def choose_board(request):
    """The board of this year of the highest body in one's scope."""
    own = Organisation.objects.visible_to(request.user, P.REPORTS_VIEW).order_by("path").first()
    if own is None:
        raise Http404
    return redirect("admissions:board", own.pk, timezone.localdate().year)


@require_safe
@requires(P.REPORTS_VIEW)
def board(request, organisation_id, year):
    """Plan and done, priority groups, who is on the way, quiet cells, quality."""
    body, found = find_board(request, organisation_id, year)
    user = request.user
    context = {
        "body": body,
        "board": found,
        "sums": SUMS,
        "is_past": year <= timezone.localdate().year,
        "sees_names": user.may(P.ADMISSIONS_VIEW, body),
        "may_plan": user.may(P.ADMISSIONS_PLAN, body),
        "units": Paginator(found.units, PAGE).get_page(request.GET.get("page")),
        "quiet": found.quiet[:PAGE],
        "years": [each for each in (year - 1, year + 1) if each in YEARS and each <= timezone.localdate().year + 1],
    }
    context["page"] = context["units"]
    return render(request, "admissions/board.html", context)


@require_safe
@requires(P.ADMISSIONS_VIEW)
def board_names(request, organisation_id, year):
    """The people behind one figure of the board, for those who may see candidates there."""
    body, found = find_board(request, organisation_id, year)
    check(request.user, P.ADMISSIONS_VIEW, body)
    figure = found.figure(request.GET.get("figure", "total"))
    if figure is None:
        raise Http404
    page = Paginator(figure.people, PAGE).get_page(request.GET.get("page"))
    seen = {str(pk) for pk in Member.objects.visible_to(request.user).ids_among([each.member_id for each in page])}
    context = {
        "body": body,
        "label": figure.words,
        "back": reverse("admissions:board", args=[body.pk, year]),
        "crumb": f"Phát triển đảng viên năm {year}",
        "page": page,
        "people": [(each, found.places[each.id], each.member_id in seen) for each in page],
    }
    return render(request, "admissions/names.html", context)


def find_board(request, organisation_id, year):
    """(the body in scope, its board of a year up to today); a year far away is not found."""
    today = timezone.localdate()
    if year not in YEARS or year > today.year + 1:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    return body, read_board(body, year=year, on=min(date(year, 12, 31), today))


@requires(P.ADMISSIONS_PLAN)
def save_plan(request, organisation_id, year):
    """Give a body its plan of a year, or put it right."""
    today = timezone.localdate()
    if year not in YEARS or year > today.year + 5:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW), pk=organisation_id)
    check(request.user, P.ADMISSIONS_PLAN, body)
    plan = AdmissionPlan.objects.visible_to(request.user, P.ADMISSIONS_PLAN).standing().filter(
        organisation=body, year=year
    ).first()  # fmt: skip
    form = PlanForm(posted(request), plan=plan)
    page = {
        "back": reverse("admissions:board", args=[body.pk, min(year, today.year + 1)]),
        "crumb": f"Kế hoạch và kết quả năm {year}",
        "title": f"Chỉ tiêu kết nạp năm {year} · {body}",
        "lead": "Để trống nhóm không giao chỉ tiêu riêng. Chỉ tiêu của các nhóm không cộng thành chỉ tiêu chung.",
        "submit": "Sửa chỉ tiêu" if plan else "Giao chỉ tiêu",
        "done": "Đã ghi chỉ tiêu.",
    }

    def act(values):
        give_plan(body, form.entry(year), reason=values.get("reason", ""), by=request.user)

    return act_with_form(request, form, act, page)
