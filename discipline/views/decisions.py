"""Votes and decisions of one case, their execution and appeals; the last step taken back."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.decided import current_decision, is_of_cell
from discipline.decision_page import may_void, may_write_down, read_execution, read_votes
from discipline.forms_votes import PAPERS, PaperForm
from discipline.models import StepTaken
from discipline.tabs import tabs_of
from discipline.views.door import of_case
from discipline.workflow import label_of
from members.forms.facts import VoidForm

OF_CELL = "Chi bộ ra quyết định bằng văn bản sau khi công bố kết quả biểu quyết."
WHAT_GOES = (
    "{step}, ngày {on}. Hồ sơ trở về “{before}”. Phiếu, quyết định và những gì bước này đã ghi bị hủy theo; nhật ký "
    "vẫn giữ."
)


@require_safe
@of_case
def show_votes(request, opened):
    """Each vote with its base, its counts and what came of it; proposals and decisions."""
    context = {"page": read_votes(opened), "case": opened.case, "tabs": tabs_of(opened, "votes")}
    return render(request, "discipline/votes.html", context)


@require_safe
@of_case
def show_execution(request, opened):
    """The decision in force, until when what is due, who was told, appeals."""
    page = read_execution(opened, timezone.localdate())
    context = {"page": page, "case": opened.case, "tabs": tabs_of(opened, "execution")}
    return render(request, "discipline/execution.html", context)


@of_case
def write_decision(request, opened):
    """The written decision of a cell, or what was left out of another."""
    decision = current_decision(opened.case)
    if not may_write_down(opened, decision):
        raise Http404
    known = {True: "yes", False: "no", None: ""}[decision.is_administrative]
    initial = {name: getattr(decision, name) for name in PAPERS} | {"is_administrative": known}
    today = timezone.localdate()
    form = PaperForm(posted(request), case=opened.case, today=today, user=request.user, initial=initial)
    page = {
        "back": reverse("discipline:votes", args=[opened.case.pk]),
        "crumb": "Biểu quyết",
        "title": "Ghi quyết định bằng văn bản",
        "lead": OF_CELL if is_of_cell(decision) else "Ghi phần còn thiếu hoặc sửa số, ngày, người ký, nội dung.",
        "submit": "Ghi quyết định",
        "done": "Đã ghi quyết định.",
    }
    return act_with_form(
        request, form, lambda values: actions.write_decision(opened.case, form.paper, by=request.user) and None, page
    )


@of_case
def void_last_step(request, opened, step_id):
    """The last step taken back by a part that may take it."""
    rows = StepTaken.objects.visible_to(request.user).standing().select_related("case")
    step = find(rows, pk=step_id, case=opened.case)
    if not may_void(opened, step):
        raise Http404
    label = label_of(step.step)
    page = {
        "back": reverse("discipline:file", args=[opened.case.pk]),
        "crumb": "Hồ sơ",
        "title": "Hủy bước ghi nhầm",
        "lead": WHAT_GOES.format(step=label, on=f"{step.on:%d/%m/%Y}", before=step.get_from_state_display()),
        "submit": "Hủy bước này",
        "done": "Đã hủy bước ghi nhầm.",
    }

    def act(values):
        actions.void_last_step(step, reason=values["reason"], by=request.user)

    form = VoidForm(posted(request))
    return act_with_form(request, form, act, page)
