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
from evaluations.actions.decisions import DecisionEntry, DecisionRefused, OverCap
from evaluations.deciding import decision_table, show_posted, show_problems
from evaluations.enums import CapEnforcement
from evaluations.forms import DecisionForm, NoteForm
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
    stopped = None
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
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã quyết định xếp loại: {decision}.")
            return redirect("evaluations:decision", decision.pk)
    return _page(request, table, form, stopped=stopped, status=422)


@requires(Permission.RATINGS_VIEW)
def show_decision(request, pk):
    """One decision: its cells, the cap as it stood, the members by level within one's scope."""
    decisions = RatingDecision.objects.visible_to(request.user).select_related("season", "organisation", "decided_by")
    decision = find(decisions, pk=pk)
    sheets = decision.sheets.select_related("organisation").order_by("organisation__path")
    later = ReRating.objects.visible_to(request.user).standing().filter(review__sheet__decision=decision)
    context = {
        "decision": decision,
        "sheets": sheets,
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


def _page(request, table, form, *, stopped=None, status=200):
    context = {
        "table": table,
        "season": table.season,
        "organisation": table.organisation,
        "scale": table.book.scale,
        "form": form,
        "stopped": stopped,
        "blocked": stopped is not None and table.season.cap_enforcement == CapEnforcement.BLOCK,
    }
    return render(request, "evaluations/decisions.html", context, status=status)
