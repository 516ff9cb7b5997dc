"""Plans of inspection and supervision: the list of a year, one plan, its inspections, what came of them."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.forms_plans import ItemForm, PlanForm, ReportItemForm
from discipline.models import PlannedInspection, SupervisionPlan
from discipline.plans_page import may_keep, read_items, read_plans
from discipline.sealing import own_body
from discipline.supervision_years import year_asked, years_around
from members.forms.facts import VoidForm
from members.models import Member

PAGE = 50
CRUMB = "Kế hoạch kiểm tra, giám sát"


@require_safe
@requires(P.SUPERVISION_VIEW)
def list_plans(request):
    """The plans of a year in sight."""
    year = year_asked(request.GET.get("year"), timezone.localdate())
    plans = SupervisionPlan.objects.visible_to(request.user).filter(year=year)
    page = Paginator(plans.order_by("organisation__path", "pk"), PAGE).get_page(request.GET.get("page"))
    page.object_list = read_plans(page.object_list)
    context = {
        "page": page,
        "year": year,
        "years": years_around(year, timezone.localdate()),
        "body": own_body(request.user, P.SUPERVISION_VIEW),
        "may_file": request.user.holds(P.SUPERVISION_FILE),
    }
    return render(request, "discipline/plans.html", context)


@requires(P.SUPERVISION_FILE)
def add_plan(request):
    """The plan of a body for a year."""
    user, today = request.user, timezone.localdate()
    body = own_body(user, P.SUPERVISION_FILE)
    initial = {"organisation": body, "year": today.year, "keeper": "cell" if body.is_cell else "commission"}
    form = PlanForm(posted(request), user=user, today=today, initial=initial)
    page = {
        "back": reverse("discipline:plans"),
        "crumb": CRUMB,
        "title": "Lập kế hoạch kiểm tra, giám sát",
        "lead": "Ghi kế hoạch trước, rồi thêm từng cuộc kiểm tra, giám sát.",
        "submit": "Lập kế hoạch",
        "done": "Đã lập kế hoạch.",
    }

    def act(values):
        plan = actions.add_plan(values["organisation"], form.values, by=user)
        return reverse("discipline:plan", args=[plan.pk])

    return act_with_form(request, form, act, page)


@require_safe
@requires(P.SUPERVISION_VIEW)
def show_plan(request, pk):
    """One plan with its inspections."""
    plan = _plan(request, pk)
    items = read_items(plan, timezone.localdate())
    context = {"plan": plan, "items": items, "may_keep": may_keep(request.user, plan)}
    return render(request, "discipline/plan.html", context)


@requires(P.SUPERVISION_VIEW)
def void_plan(request, pk):
    """A plan that was entered wrongly."""
    plan = _kept_plan(request, pk)
    page = _page(plan, "Hủy kế hoạch ghi nhầm", "Hủy kế hoạch", "Đã hủy.")

    def act(values):
        actions.void_plan(plan, reason=values["reason"], by=request.user)
        return reverse("discipline:plans")

    return act_with_form(request, VoidForm(posted(request)), act, page)


@requires(P.SUPERVISION_VIEW)
def plan_item(request, pk):
    """One more inspection of a plan."""
    plan = _kept_plan(request, pk)
    form = _item_form(request, plan)
    page = _page(plan, "Thêm cuộc kiểm tra, giám sát", "Đưa vào kế hoạch", "Đã đưa vào kế hoạch.")

    def act(values):
        actions.plan_item(plan, form.values, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SUPERVISION_VIEW)
def change_item(request, pk):
    """An inspection planned differently."""
    item = _item(request, pk)
    form = _item_form(request, item.plan, item)
    page = _page(item.plan, "Sửa cuộc kiểm tra, giám sát", "Lưu", "Đã sửa.")

    def act(values):
        actions.change_item(item, form.values, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SUPERVISION_VIEW)
def report_item(request, pk):
    """What was done and found."""
    item = _item(request, pk)
    fields = ("done_on", "found", "finding", "concluded_on", "passed_on")
    initial = {name: getattr(item, name) for name in fields}
    form = ReportItemForm(posted(request), today=timezone.localdate(), initial=initial)
    page = _page(item.plan, "Ghi kết quả", "Ghi kết quả", "Đã ghi kết quả.") | {"lead": f"{item}."}

    def act(values):
        actions.report_item(item, values, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SUPERVISION_VIEW)
def void_item(request, pk):
    """An inspection that was entered wrongly."""
    item = _item(request, pk)
    page = _page(item.plan, "Hủy cuộc ghi nhầm", "Hủy mục này", "Đã hủy.") | {"lead": f"{item}."}

    def act(values):
        actions.void_item(item, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _plan(request, pk):
    return find(SupervisionPlan.objects.visible_to(request.user).select_related("organisation", "origin"), pk=pk)


def _kept_plan(request, pk):
    plan = _plan(request, pk)
    check(request.user, P.SUPERVISION_FILE, plan.organisation)
    return plan


def _item(request, pk):
    item = find(PlannedInspection.objects.visible_to(request.user).select_related("plan__organisation"), pk=pk)
    check(request.user, P.SUPERVISION_FILE, item.plan.organisation)
    return item


def _item_form(request, plan, item=None):
    """The form of an inspection with the people and the bodies that it can concern, those chosen before included."""
    body, user = plan.organisation, request.user
    chosen = [member.pk for member in item.members.all()] if item else []
    people = Member.objects.visible_to(user, P.SUPERVISION_FILE)
    of_cell = people.in_cell(body, timezone.localdate()).values("pk")
    people = people.filter(Q(pk__in=of_cell) | Q(pk__in=chosen)).order_by("sort_key") if body.is_cell else people.none()
    bodies = Organisation.objects.visible_to(user, P.SUPERVISION_FILE).open().filter(parent=body).order_by("path")
    initial = ItemForm.initial_of(item) if item else None
    return ItemForm(posted(request), user=user, plan=plan, people=people, bodies=bodies, initial=initial)


def _page(plan, title, submit, done):
    return {
        "back": reverse("discipline:plan", args=[plan.pk]), "crumb": CRUMB, "title": title, "lead": f"{plan}.",
        "submit": submit, "done": done,
    }  # fmt: skip
