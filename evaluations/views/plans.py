"""What a deciding body plans for the members of one cell before it decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from cells.access import requires
from config.lib.posted import whole_number
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.plans import PlanRefused
from evaluations.deciding import cell_block
from evaluations.enums import WITH_STATION
from evaluations.rules.chain import DECIDE
from evaluations.season_rules import rule_book
from evaluations.views.decisions import DECIDES, TOO_LONG, may_act_for, take_typed, typed_levels
from evaluations.views.sheet import find_sheet


@requires(*DECIDES)
def plan(request, pk):
    """The members of one cell with the levels that the body intends; saving decides nothing yet."""
    sheet = find_sheet(request, pk)
    if not may_act_for(request.user, sheet.decider):
        raise PermissionDenied
    if sheet.state not in WITH_STATION or sheet.role != DECIDE:
        messages.error(request, f"{sheet.organisation}: bảng không chờ quyết định nên chưa ghi dự kiến được.")
        return redirect("evaluations:sheet", pk)
    block, refused = cell_block(sheet, rule_book(sheet.season)), ""
    if request.method == "POST":
        refused = _save(request, sheet, block)
        if not refused:
            messages.success(request, f"Đã lưu dự kiến của {sheet.organisation}; chưa quyết định gì.")
            return redirect("evaluations:decisions", sheet.season_id, sheet.decider_id)
    context = {
        "sheet": sheet,
        "season": sheet.season,
        "cell": block,
        "scale": rule_book(sheet.season).scale,
        "refused": refused,
    }
    return render(request, "evaluations/plan.html", context, status=422 if refused else 200)


def _save(request, sheet, block):
    """Save what was typed on the lines of `block`; the words of a refusal, also on its lines."""
    take_typed(block, request.POST)
    if block.has_errors:
        return TOO_LONG
    version = whole_number(request.POST.get("version", ""))
    try:
        actions.plan(sheet, levels=typed_levels(block), version=version, by=request.user)
    except PlanRefused as refusal:
        for line in block.lines:
            line.error = refusal.problems.get(line.review.pk, "")
        return str(refusal)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
