"""The groups of similar positions of a deciding body: who is in which, set up, filled, taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.cap_groups import may_group
from evaluations.forms import AmongForm, CapGroupForm, PlaceForm
from evaluations.models import CapGroup, Review
from evaluations.season_rules import rule_book
from evaluations.views.decisions import deciding_body
from members.forms.facts import VoidForm

PAGE = 50


@require_safe
@requires(Permission.RATINGS_DECIDE)
def show_cap_groups(request, pk, organisation_pk):
    """The groups with how many are in each, and the members who may be put into one."""
    return _page(request, *deciding_body(request, pk, organisation_pk))


@requires(Permission.RATINGS_DECIDE)
@require_POST
def found_cap_group(request, pk, organisation_pk):
    """Set up a group."""
    season, organisation = deciding_body(request, pk, organisation_pk)
    form = CapGroupForm(request.POST)
    if form.is_valid():
        try:
            group = actions.found_cap_group(season, organisation, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lập nhóm “{group}”. Hãy xếp đảng viên vào nhóm.")
            return redirect("evaluations:cap_groups", pk, organisation_pk)
    return _page(request, season, organisation, found=form)


@requires(Permission.RATINGS_DECIDE)
@require_POST
def place_in_group(request, pk, organisation_pk):
    """Put those ticked, or all of the list, into a group."""
    season, organisation = deciding_body(request, pk, organisation_pk)
    form = PlaceForm(request.POST, groups=CapGroup.objects.visible_to(request.user).of_body(season, organisation))
    if form.is_valid():
        chosen = _among(request, season, organisation)[1] if "all" in request.POST else None
        reviews = _ticked(request) if chosen is None else list(chosen.values_list("pk", flat=True))
        try:
            group = form.cleaned_data["group"]
            number = actions.place_in_group(season, organisation, group=group, reviews=reviews, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã xếp {number} đảng viên vào {f'nhóm “{group}”' if group else 'số còn lại'}.")
            return redirect(f"{_url(season, organisation)}?{request.GET.urlencode()}")
    return _page(request, season, organisation, place=form)


@requires(Permission.RATINGS_DECIDE)
def void_cap_group(request, pk):
    """Take back a group that was set up wrongly."""
    groups = CapGroup.objects.visible_to(request.user).standing().select_related("organisation", "season")
    group = find(groups, pk=pk)
    page = {
        "crumb": "Nhóm vị trí tương đồng",
        "back": _url(group.season, group.organisation),
        "title": f"Hủy nhóm “{group}”",
        "lead": "Đảng viên trong nhóm trở về số chưa xếp nhóm; không hủy được khi có người đã được quyết định.",
        "submit": "Hủy nhóm",
        "done": f"Đã hủy nhóm “{group}”; đảng viên trong nhóm trở về số còn lại.",
    }

    def act(values):
        actions.void_cap_group(group, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _page(request, season, organisation, *, found=None, place=None):
    groups = CapGroup.objects.visible_to(request.user).of_body(season, organisation)
    among, reviews = _among(request, season, organisation)
    page = Paginator(reviews, PAGE).get_page(request.GET.get("page"))
    ticked = set(request.POST.getlist("people"))
    page.object_list = [(review, str(review.pk) in ticked) for review in page.object_list]
    cap = rule_book(season).rules.cap
    context = {
        "season": season,
        "organisation": organisation,
        "source": cap.cite("cap_group"),
        "allowed": may_group(cap),
        "groups": groups.annotate(people=Count("reviews")),
        "among": among,
        "page": page,
        "found": found or CapGroupForm(auto_id="found_%s"),
        "place": place or PlaceForm(groups=groups, auto_id="place_%s"),
        "wrong": found or place,
    }
    return render(request, "evaluations/cap_groups.html", context, status=422 if found or place else 200)


def _among(request, season, organisation):
    """The filter of the page, and the members that it leaves, in the order of cells and names."""
    reviews = Review.objects.visible_to(request.user, Permission.RATINGS_DECIDE).to_be_grouped(season, organisation)
    reviews = reviews.select_related("member", "sheet__organisation", "cap_group")
    cells = Organisation.objects.visible_to(request.user, Permission.RATINGS_DECIDE)
    cells = cells.filter(rating_sheets__season=season, rating_sheets__decider=organisation)
    form = AmongForm(request.GET or None, cells=cells.order_by("position", "id"))
    order = ("sheet__organisation__position", "sheet__organisation_id", "member__sort_key", "pk")
    return form, form.narrow(reviews).order_by(*order)


def _ticked(request):
    return [pk for text in request.POST.getlist("people") if (pk := _uuid(text))]


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def _url(season, organisation):
    return reverse("evaluations:cap_groups", args=[season.pk, organisation.pk])
