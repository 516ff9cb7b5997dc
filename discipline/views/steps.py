"""The page of one step of a case: its form, its action, its refusal in words."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.sealing import may_take
from discipline.step_pages import STEP_PAGES
from discipline.views.door import of_case
from discipline.workflow import CASE


@of_case
def take_step(request, opened, step):
    """For those of the case whose step it is; to the others of the case there is no such page."""
    if not may_take(opened.part, step, opened.case):
        raise Http404
    asked, label, today = STEP_PAGES[step], CASE.step(step).label, timezone.localdate()
    options = {"initial": request.GET.dict()} if asked.template else {}
    form = asked.form(posted(request), case=opened.case, today=today, user=request.user, **options)
    page = {
        "case": opened.case,
        "back": reverse("discipline:file", args=[opened.case.pk]),
        "crumb": "Hồ sơ",
        "title": label,
        "lead": asked.lead,
        "submit": asked.submit or label,
        "done": asked.done,
        **({"template": asked.template} if asked.template else {}),
    }
    if asked.advice:
        page |= {"template": "discipline/step.html", "advice": asked.advice(opened, today)}

    def act(values):
        getattr(actions, step)(opened.case, form.entry, by=request.user)
        return reverse(f"discipline:{asked.onward}", args=[opened.case.pk])

    return act_with_form(request, form, act, page)
