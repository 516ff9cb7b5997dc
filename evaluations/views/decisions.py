"""The table of a deciding body, its decision in one act, and the decision afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission
from config.lib.posted import whole_number
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecidedElsewhere, DecisionEntry, DecisionRefused, OverCap
from evaluations.chains import way_of
from evaluations.deciding import decision_table, show_posted, show_problems, waiting_sheets
from evaluations.enums import CapEnforcement
from evaluations.forms import DecidedOn, DecisionForm, NoteForm
from evaluations.models import RatingDecision, ReRating, Season
from evaluations.workflow import may_take

TOO_LONG = "Có lý do quá dài; hãy rút ngắn ở những dòng được đánh dấu."
LATER = 50  # results given anew since, as many as a page names
DECIDES = (Permission.RATINGS_DECIDE, Permission.RATINGS_FILE)


@requires(*DECIDES)
def show_table(request, pk, organisation_pk):
    """Everything that waits at one body, with the levels side by side and the cap of its group."""
    season, organisation = deciding_body(request, pk, organisation_pk)
    form = DecisionForm(initial={"decided_on": timezone.localdate()})
    return _page(request, decision_table(season, organisation), form)


@requires(*DECIDES)
@require_POST
def decide(request, pk, organisation_pk):
    """Decide the chosen cells in one act; over the cap it stops until there is a reason, or wholly."""
    season, organisation = deciding_body(request, pk, organisation_pk)
    table = decision_table(season, organisation)
    form = DecisionForm(request.POST)
    sheets = _chosen(request, table)
    stopped = elsewhere = None
    if any(block.has_errors for block in sheets):
        form.add_error(None, TOO_LONG)
    if form.is_valid():
        entry = DecisionEntry(**form.cleaned_data, **_lines(request.POST, sheets))
        try:
            decision = actions.decide([block.sheet for block in sheets], entry=entry, by=request.user)
        except OverCap as stop:
            stopped = stop
            form.add_error(None if season.cap_enforcement == CapEnforcement.BLOCK else "over_cap_reason", str(stop))
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
            show_problems(table, refusal.problems)
        except DecidedElsewhere as refusal:
            form.add_error(None, str(refusal))
            elsewhere = entry.decided_on
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã quyết định xếp loại: {decision}.")
            return redirect("evaluations:decision", decision.pk)
    return _page(request, table, form, stopped=stopped, elsewhere=elsewhere)


@requires(*DECIDES)
def reroute(request, pk, organisation_pk):
    """Which body decides on a day on the sheets that wait here; those of another body are passed on to it."""
    season, organisation = deciding_body(request, pk, organisation_pk)
    data = request.POST or request.GET
    form = DecidedOn(data if "decided_on" in data else {"decided_on": f"{timezone.localdate():%d/%m/%Y}"})
    sheets = [each for each in waiting_sheets(season, organisation) if may_take(request.user, "decide", each)]
    day = form.cleaned_data["decided_on"] if form.is_valid() else None
    if request.method == "POST" and day:
        try:
            moved = actions.reroute(sheets, on=day, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            words = "; ".join(f"{sheet.organisation} đến {name}" for sheet, name in moved)
            messages.success(request, f"Đã chuyển bảng xếp loại: {words}.")
            return redirect("evaluations:decisions", season.pk, organisation.pk)
    way = way_of(sheets, day) if day else None
    context = {"season": season, "organisation": organisation, "form": form, "way": way}
    return render(request, "evaluations/reroute.html", context, status=422 if form.errors else 200)


@requires(Permission.RATINGS_VIEW)
def show_decision(request, pk):
    """One decision: its cells, the cap as it stood, the members by level within one's scope."""
    decisions = RatingDecision.objects.visible_to(request.user).select_related(
        "season", "organisation", "decided_by", "chain_set"
    )
    decision = find(decisions, pk=pk)
    sheets = decision.sheets.select_related("organisation").order_by("organisation__path")
    later = ReRating.objects.visible_to(request.user).standing().filter(review__sheet__decision=decision)
    context = {
        "decision": decision,
        "sheets": sheets,
        "cells": len({sheet.organisation_id for sheet in sheets}),
        "reratings": later.with_people()[:LATER],
        "notice": decision.notices.standing().select_related("recorded_by").first(),
        "acts": may_act_for(request.user, decision.organisation),
    }
    return render(request, "evaluations/decision.html", context)


def deciding_body(request, pk, organisation_pk):
    """The season and the body in sight, for which the person decides; 404 and 403 otherwise."""
    season = find(Season.objects.visible_to(request.user).with_raise_of(organisation_pk), pk=pk)
    organisation = find(Organisation.objects.visible_to(request.user, Permission.RATINGS_VIEW), pk=organisation_pk)
    if not may_act_for(request.user, organisation):
        raise PermissionDenied
    return season, organisation


def may_act_for(user, organisation):
    """Whether `user` acts for a body that decides; a cell that decides itself acts by its right to file."""
    return user.may(Permission.RATINGS_FILE if organisation.is_cell else Permission.RATINGS_DECIDE, organisation)


def _chosen(request, table):
    """The blocks whose cells were ticked; others stay for another decision."""
    ticked = set(request.POST.getlist("sheet"))
    show_posted(table, {name.removesuffix("-level") for name in request.POST if name.endswith("-level")})
    for block in table.blocks:
        block.chosen = str(block.sheet.pk) in ticked
        take_typed(block, request.POST)
    return [block for block in table.blocks if block.chosen and may_take(request.user, "decide", block.sheet)]


def take_typed(block, data):
    """Put what was posted for the members of a cell on its lines; a reason that is too long becomes their error."""
    for line in block.lines:
        line.decided = data.get(f"{line.key}-level", line.decided)
        line.reason = data.get(f"{line.key}-why", line.reason)
        form = NoteForm({"note": line.reason})
        if form.is_valid():
            line.reason = form.cleaned_data["note"]
        else:
            line.error = form.errors["note"][0]


def typed_levels(block):
    """Levels and reasons on the lines of a cell, `{review id: (level, reason)}`."""
    return {line.review.pk: (line.decided, line.reason) for line in block.rated}


def _lines(data, blocks):
    """Posted levels and reasons by review id, versions by sheet id."""
    lines = {pk: line for block in blocks for pk, line in typed_levels(block).items()}
    levels = {pk: level for pk, (level, _) in lines.items()}
    reasons = {pk: reason for pk, (_, reason) in lines.items()}
    versions = {block.sheet.pk: whole_number(data.get(f"version-{block.sheet.pk}", "")) for block in blocks}
    known = {pk: version for pk, version in versions.items() if version is not None}
    return {"levels": levels, "reasons": reasons, "versions": known}


def _page(request, table, form, *, stopped=None, elsewhere=None):
    context = {
        "table": table,
        "season": table.season,
        "organisation": table.organisation,
        "scale": table.book.scale,
        "form": form,
        "stopped": stopped,
        "elsewhere": elsewhere,
        "blocked": stopped is not None and table.season.cap_enforcement == CapEnforcement.BLOCK,
    }
    return render(request, "evaluations/decisions.html", context, status=422 if form.errors else 200)
