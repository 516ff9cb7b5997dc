"""The procedure of one candidate: the chain with whose turn it is, votes, decisions, deadlines; the page of a step."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions import actions
from admissions.actions import corrections
from admissions.actions.removals import repair_admission
from admissions.candidate_page import look_of
from admissions.forms_procedure import CeremonyForm, VoteForm
from admissions.models import StepTaken
from admissions.procedure_page import cell_members, may_void, read_procedure, vote_options
from admissions.procedure_steps import LABELS, STEP_PAGES
from admissions.rulebook import AdmissionBook
from admissions.stations import may_take, read_way, refuse_stranger
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from admissions.workflow import ADMISSION
from cells.access import find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm
from members.forms.votes import day_typed

PLACE = ("candidate__organisation", "candidate__member__home")
OTHER_BODY = "Theo quy trình của ngày {on}, bước này do cấp khác làm; đồng chí không ghi thay được. Hãy xem lại ngày."


@require_safe
@requires(P.ADMISSIONS_VIEW)
def show_procedure(request, pk):
    """Whose turn it is, what was voted and decided, until when what is next is due."""
    candidate = find_candidate(request, pk)
    page = read_procedure(candidate, request.user, timezone.localdate())
    tabs, look = tabs_of(candidate, request.user, "procedure"), look_of(candidate)
    context = {"candidate": candidate, "page": page, "tabs": tabs, "look": look}
    return render(request, "admissions/procedure.html", context)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def take_step(request, pk, step):
    """The page of one step: for the cell by its candidate, for a body when it is the one that takes it."""
    candidate, book = find_candidate(request, pk), AdmissionBook()
    way = read_way(candidate, timezone.localdate(), book=book)
    refuse_stranger(request.user, step, candidate, way)
    asked = STEP_PAGES[step]
    form = _form(request, asked.form, vote_options(candidate, way, step, book), candidate)
    label = LABELS.get(step) or ADMISSION.steps[step].label
    page = {
        "back": reverse("admissions:procedure", args=[candidate.pk]),
        "crumb": str(candidate),
        "title": label,
        "lead": " ".join(part for part in (asked.lead, _who_acts(way, step)) if part),
        "submit": "Ghi",
        "done": asked.done,
    }

    def act(values):
        _refuse_other_body(request.user, step, candidate, form.day)
        action = repair_admission if step == "repair_admission" else getattr(actions, step)
        action(candidate, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def void_procedure_step(request, step_id):
    """The last step taken back by the body that took it."""
    rows = StepTaken.objects.visible_to(request.user).standing().select_related("organisation", *PLACE)
    step = find(rows, pk=step_id)
    if not may_void(request.user, step):
        raise PermissionDenied
    label = ADMISSION.steps[step.step].label
    page = {
        "back": reverse("admissions:procedure", args=[step.candidate_id]),
        "crumb": str(step.candidate),
        "title": "Hủy bước ghi nhầm",
        "lead": f"{label}, ngày {step.on:%d/%m/%Y}. Người này trở về trạng thái trước đó.",
        "submit": "Hủy bước này",
        "done": "Đã hủy bước ghi nhầm.",
    }

    def act(values):
        corrections.void_procedure_step(step, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _form(request, kind, options, candidate):
    data, today = posted(request), timezone.localdate()
    if issubclass(kind, VoteForm):
        return kind(data, today=today, **options(day_typed(data, today)))
    if issubclass(kind, CeremonyForm):
        return kind(data, today=today, helpers=cell_members(candidate, today))
    return kind(data, today=today)


def _who_acts(way, step):
    if ADMISSION.steps.get(step) and ADMISSION.steps[step].permission == P.ADMISSIONS_FILE:
        return ""
    stop = way.taker(step)
    return f"Cấp thực hiện: {stop.words}." if stop else ""


def _refuse_other_body(user, step, candidate, day):
    """The body is that of the day of the step (admissions.md §2), which may be another than today's."""
    way = read_way(candidate, day)
    if not way.problem and not may_take(user, step, candidate, way):
        raise ValidationError(OTHER_BODY.format(on=f"{day:%d/%m/%Y}"))
