"""People in screening: who is known to whom, the page of one of them, and the page of each step."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted, tell_vote
from config.lib.downloads import file_answer
from evaluations import actions
from evaluations.models import ScreeningRound, ScreeningStep, ScreeningSubject
from evaluations.readings import PRINTED, READ_SCREENING_REPORT, SEEN
from evaluations.screening_cell_page import read_subject
from evaluations.screening_forms import TakeBackForm
from evaluations.screening_outcome import pills_of
from evaluations.screening_printing import own_flags_pdf
from evaluations.screening_step_pages import STEP_PAGES, form_of
from evaluations.views.screening_cells import find_cell, find_member
from evaluations.workflow import SCREENING, screening_steps_open_to
from members.forms.dates import read_day
from members.models import Proceeding

PAGE = 50


@require_safe
@requires(P.SCREENING_VIEW)
def list_people(request, pk):
    """The people of a round whom one may know of, with where each of them stands; then those carried over into it."""
    rounds = ScreeningRound.objects.visible_to(request.user)
    one = find(rounds.with_look(pk, request.user, timezone.localdate(), READ_SCREENING_REPORT), pk=pk)
    rows = ScreeningSubject.objects.visible_to(request.user).shown_in(one).with_place()
    page = Paginator(rows.order_by("is_carried", "organisation__path", "member__sort_key"), PAGE).get_page(
        request.GET.get("page")
    )
    pills = pills_of(page)
    for subject in page:
        subject.pill = pills[subject.pk]
    if page.object_list and not one.is_noted:
        actions.read_screening_report(one, one.organisation, how=SEEN, by=request.user)
    return render(request, "evaluations/screening_people.html", {"round": one, "page": page})


@require_safe
@requires(P.SCREENING_VIEW)
def show_subject(request, pk):
    """One person: evidence, steps, votes; the first look of a day is noted."""
    rows = ScreeningSubject.objects.visible_to(request.user).with_place()
    subject = find(rows.with_look(pk, request.user, timezone.localdate()), pk=pk)
    if not subject.is_noted:
        actions.read_screening(subject, how=SEEN, by=request.user)
    steps = [step for step in screening_steps_open_to(request.user, subject) if step.name in STEP_PAGES]
    page = read_subject(subject, request.user, steps)
    voidable = page.steps[-1] if page.steps else None
    context = {
        "subject": subject,
        "pill": pills_of([subject])[subject.pk],
        "page": page,
        "labels": {name: step.label for name, step in SCREENING.steps.items()},
        "own": request.user.may(P.SCREENING_FILE, subject),
        "in_reach": subject.scope_path.startswith(subject.round.organisation.path),  # else he came with his matter
        "may_void": may_void(request.user, subject, voidable),
        "proceedings": _proceedings(request.user, subject),
    }
    return render(request, "evaluations/screening_subject.html", context)


@requires(P.SCREENING_FILE, P.SCREENING_DECIDE)
def take_screening_step(request, pk, step):
    """The page of one step, for whom it is."""
    subject = find(ScreeningSubject.objects.visible_to(request.user).with_place(), pk=pk)
    check(request.user, SCREENING.step(step).permission, subject)
    form = form_of(step, subject, posted(request), timezone.localdate(), _day_typed(request))
    asked, label = STEP_PAGES[step], SCREENING.step(step).label
    page = {
        "back": reverse("evaluations:screening_subject", args=[subject.pk]),
        "crumb": f"{subject.member} · rà soát {subject.round.words}",
        "title": label,
        "lead": asked.lead,
        "submit": "Ghi",
        "done": asked.done,
    }

    def act(values):
        if step == "dismiss":
            entry, one = form.entry, subject.round
            actions.dismiss(
                one, subject.organisation, [subject.member], on=entry.on, reason=entry.note, by=request.user
            )
        else:
            row = getattr(actions, step)(subject, form.entry, by=request.user)
            tell_vote(page, row if step == "vote_list" else None)

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE, P.SCREENING_DECIDE)
def void_screening_step(request, step_pk):
    """The last step taken back by the body that took it."""
    rows = ScreeningStep.objects.visible_to(request.user).standing()
    places = ("subject__member", "subject__organisation", "subject__round")
    step = find(rows.select_related(*places), pk=step_pk)
    if not request.user.may(SCREENING.step(step.step).permission, step.subject):
        raise PermissionDenied
    back = reverse("evaluations:screening_subject", args=[step.subject_id])
    if not step.from_state:
        back = reverse("evaluations:screening_cell", args=[step.subject.round_id, step.subject.organisation_id])
    page = {
        "back": back,
        "crumb": str(step.subject.member),
        "title": "Hủy bước ghi nhầm",
        "lead": f"{SCREENING.step(step.step).label}, ngày {step.on:%d/%m/%Y}. Đảng viên trở về trạng thái trước đó.",
        "submit": "Hủy bước này",
        "done": "Đã hủy bước ghi nhầm.",
    }

    def act(values):
        actions.void_screening_step(step, reason=values["reason"], by=request.user)

    return act_with_form(request, TakeBackForm(posted(request)), act, page)


@require_safe
@requires(P.SCREENING_FILE)
def print_own_flags(request, pk, cell_pk, member_pk):
    """What the member may see of himself, on paper, with room for what he says of it."""
    one, cell = find_cell(request, pk, cell_pk)
    member = find_member(request, one, cell, member_pk)
    actions.read_flags(one, cell, how=PRINTED, by=request.user, about=member)
    return file_answer(own_flags_pdf(one, cell, member, on=timezone.localdate()), "can-cu-ra-soat.pdf")


def may_void(user, subject, step):
    """Whether somebody may take the last step back: whoever takes such steps."""
    return step is not None and user.may(SCREENING.step(step.step).permission, subject)


def _proceedings(user, subject):
    """C7, for inspection officers alone: whether legal proceedings weigh on the member."""
    if not user.may(P.SANCTIONS_RECORD, subject):
        return None
    rows = Proceeding.objects.visible_to(user, P.SANCTIONS_RECORD).weighing(timezone.localdate())
    return rows.filter(member=subject.member).exists()


def _day_typed(request):
    """The day of the meeting as typed, whose members are asked about; today until one can be read."""
    today = timezone.localdate()
    try:
        return read_day(request.POST.get("held_on", ""), today) or today
    except ValidationError:
        return today
