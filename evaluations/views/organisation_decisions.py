"""The table of a body that decides on organisations, the decision afterwards, and a result given anew or voided."""

from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission
from cells.views.act_pages import act_with_form
from config.lib.downloads import file_answer
from config.lib.posted import whole_number
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import OverCap
from evaluations.actions.organisation_decisions import OrganisationDecisionEntry, OrganisationsRefused, Verdict
from evaluations.enums import CapEnforcement, OrganisationState
from evaluations.forms import NoteForm
from evaluations.models import OrganisationDecision, OrganisationReview, Season
from evaluations.organisation_deciding import group_caps
from evaluations.organisation_forms import OrganisationDecisionForm, OrganisationReRatingForm
from evaluations.organisation_page import rerating_bodies, standing_words
from evaluations.organisation_printing import (
    form_01_pdf,
    organisation_decision_paper,
    organisation_decision_pdf,
    organisation_decision_xlsx,
)
from evaluations.organisations import NOT_RATED, read_rows
from evaluations.season_rules import rule_book
from evaluations.views.decisions import TOO_LONG
from evaluations.views.organisations import find_organisation
from evaluations.workflow import may_take_organisation
from members.forms.facts import VoidForm

PAGE = 50


@requires(Permission.RATINGS_DECIDE)
def decide_organisations(request, pk, organisation_pk):
    """Organisations that wait at one body, fifty at a time; the chosen ones are decided in one act."""
    season, body = _place(request, pk, organisation_pk)
    rows, page, book = _waiting(request, season, body)
    posted = request.POST if request.method == "POST" else None
    form = OrganisationDecisionForm(posted, initial={"decided_on": timezone.localdate()})
    if posted is None:
        return _table(request, form, rows, page, (season, body, book))
    chosen = _chosen(request.POST, rows)
    if any(row.error for row in chosen):
        form.add_error(None, TOO_LONG)
    if form.is_valid():
        entry = OrganisationDecisionEntry(
            organisation=body,
            verdicts={row.review.pk: _verdict(row) for row in chosen},
            versions=_versions(request.POST, chosen),
            **form.cleaned_data,
        )
        try:
            decision = actions.decide_organisations([row.review for row in chosen], entry=entry, by=request.user)
        except OverCap as stop:
            blocked = season.cap_enforcement == CapEnforcement.BLOCK
            form.add_error(None if blocked else "over_cap_reason", str(stop))
        except OrganisationsRefused as refusal:
            form.add_error(None, str(refusal))
            for row in rows:
                row.error = refusal.problems.get(row.review.pk, "")
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã quyết định xếp loại {len(chosen)} tổ chức đảng: {decision}.")
            return redirect("evaluations:organisation_decision", decision.pk)
    return _table(request, form, rows, page, (season, body, book))


@require_safe
@requires(Permission.RATINGS_VIEW)
def show_decision(request, pk):
    """One decision on organisations: the caps as they stood, its list."""
    decision = _decision(request, pk)
    paper = organisation_decision_paper(decision)
    page = Paginator(paper.rows, PAGE).get_page(request.GET.get("page"))
    context = {"decision": decision, "paper": paper, "page": page, "rows": page.object_list}
    return render(request, "evaluations/organisation_decision.html", context)


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_decision(request, pk):
    """The decision with the list of organisations annexed."""
    paper = organisation_decision_paper(_decision(request, pk))
    return file_answer(organisation_decision_pdf(paper), "quyet-dinh-xep-loai-to-chuc-dang.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def export_decision(request, pk):
    """The annexed list as a workbook."""
    paper = organisation_decision_paper(_decision(request, pk))
    return file_answer(organisation_decision_xlsx(paper), "danh-sach-xep-loai-to-chuc-dang.xlsx")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_form_01(request, pk):
    """Form 01 with what was typed."""
    review = find_organisation(request, pk)
    content = form_01_pdf(review, rule_book(review.season), on=review.held_on or timezone.localdate())
    return file_answer(content, "mau-01.pdf")


@require_safe
@requires(Permission.RATINGS_VIEW)
def print_blank_form_01(request, pk):
    """Form 01 of the organisation, to be filled in by hand."""
    review = find_organisation(request, pk)
    content = form_01_pdf(review, rule_book(review.season), on=timezone.localdate(), blank=True)
    return file_answer(content, "mau-01-trong.pdf")


@requires(Permission.RATINGS_DECIDE)
def rerate_organisation(request, pk):
    """Another decision on a result: which body, number and day, the new result, why."""
    review = find_organisation(request, pk)
    book, bodies = rule_book(review.season), rerating_bodies(request.user, review)
    if not bodies or review.state != OrganisationState.DECIDED:
        raise PermissionDenied
    places = Organisation.objects.visible_to(request.user).filter(pk__in=[body.pk for body in bodies])
    initial = {"version": review.version, "organisation": bodies[0].pk, "decided_on": timezone.localdate()}
    scale = book.organisation_scale
    form = OrganisationReRatingForm(request.POST or None, bodies=places.order_by("-path"), scale=scale, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rerate_organisation(review, entry=_again(form.cleaned_data, review), by=request.user)
        except OverCap as stop:
            form.ask_over_cap()
            form.add_error("over_cap_reason", str(stop))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi quyết định xếp loại lại. Kết quả trước vẫn được giữ.")
            return redirect("evaluations:organisation", review.pk)
    context = {"review": review, "form": form, "now": standing_words(review, scale)}
    return render(request, "evaluations/rerate_organisation.html", context, status=422 if form.errors else 200)


@requires(Permission.RATINGS_DECIDE)
def void_organisation_grade(request, pk):
    """A result of an organisation that was entered wrongly."""
    review = find_organisation(request, pk)
    if not may_take_organisation(request.user, "void_organisation_grade", review):
        raise PermissionDenied
    page = {
        "title": "Hủy kết quả ghi sai",
        "lead": "Tổ chức đảng trở lại trạng thái chờ quyết định; kết quả bị hủy vẫn đọc được.",
        "done": "Đã hủy kết quả; tổ chức đảng đang chờ quyết định lại.",
        "crumb": str(review),
        "back": reverse("evaluations:organisation", args=[review.pk]),
    }
    return act_with_form(request, VoidForm(request.POST or None), _voiding(review, request), page)


def _voiding(review, request):
    return lambda values: actions.void_organisation_grade(review, reason=values["reason"], by=request.user)


def _place(request, pk, organisation_pk):
    seasons = Season.objects.visible_to(request.user).select_related("organisation").with_raise_of(organisation_pk)
    season = find(seasons, pk=pk)
    body = find(Organisation.objects.visible_to(request.user, Permission.RATINGS_VIEW), pk=organisation_pk)
    check(request.user, Permission.RATINGS_DECIDE, body)
    return season, body


def _waiting(request, season, body):
    waiting = OrganisationReview.objects.visible_to(request.user).waiting_at(season, body)
    page = Paginator(waiting.for_page().with_open_below().in_list_order(), PAGE).get_page(request.GET.get("page"))
    book = rule_book(season)
    return read_rows(page.object_list, book, points=attrgetter("intended_points")), page, book


def _chosen(data, rows):
    """Take over what was posted; the rows that were ticked."""
    ticked = set(data.getlist("organisation"))
    for row in rows:
        row.chosen = str(row.review.pk) in ticked
        row.level = data.get(f"{row.key}-level", row.level)
        row.reason = data.get(f"{row.key}-why", "")
        form = NoteForm({"note": row.reason})
        if form.is_valid():
            row.reason = form.cleaned_data["note"]
        else:
            row.error = form.errors["note"][0]
        row.is_exemplary = f"{row.key}-exemplary" in data
    return [row for row in rows if row.chosen]


def _verdict(row):
    level = "" if row.level == NOT_RATED else row.level or "?"
    return Verdict(level, row.reason, row.is_exemplary)


def _versions(data, rows):
    known = {row.review.pk: whole_number(data.get(f"{row.key}-version", "")) for row in rows}
    return {pk: version for pk, version in known.items() if version is not None}


def _again(values, review):
    """The decision of the form as the act takes it."""
    level = "" if values["level"] == NOT_RATED else values["level"]
    verdict = Verdict(level, values["reason"], values["is_exemplary"])
    names = ("organisation", "number", "decided_on", "over_cap_reason")
    return OrganisationDecisionEntry(
        verdicts={review.pk: verdict},
        versions={review.pk: values["version"]},
        **{name: values[name] for name in names},
    )


def _table(request, form, rows, page, place):
    season, body, book = place
    shown = [(row.review.group, row.level) for row in rows if row.chosen]
    context = {
        "season": season,
        "organisation": body,
        "scale": book.organisation_scale,
        "form": form,
        "rows": rows,
        "page": page,
        "caps": group_caps(season, body, book, shown, raised=season.cap_raised),
        "not_rated": NOT_RATED,
        "stopped": bool(form.errors.get("over_cap_reason")) or bool(form["over_cap_reason"].value()),
    }
    return render(request, "evaluations/decide_organisations.html", context, status=422 if form.errors else 200)


def _decision(request, pk):
    rows = OrganisationDecision.objects.visible_to(request.user)
    return find(rows.select_related("season__organisation", "organisation", "decided_by", "chain_set"), pk=pk)
