"""The conditions of a candidate on a day, findings written about them, checks as steps kept them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import dossier_papers as acts
from admissions.actions.dossier_verification import read_background
from admissions.candidate_page import CHECKED
from admissions.checking import check_candidate
from admissions.condition_page import TITLES, condition_page, kept_rows
from admissions.enums import SOURCE_STATES, State
from admissions.forms_dossier import ChecklistForm, FindingForm
from admissions.gate import cell_met_on
from admissions.models import StepTaken
from admissions.rulebook import AdmissionBook
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from cells.access import find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.periods import Precision
from config.lib.vietnamese import repair
from members.forms.dates import read_date

BEFORE_VOTE = (*SOURCE_STATES, *CHECKED, State.DROPPED)
OPENED = "mo"  # a look at what is restricted, asked for by its button
LOOK = "điều kiện: tôn giáo, gia đình, thẩm tra"


@require_safe
@requires(P.ADMISSIONS_VIEW)
def conditions(request, pk):
    """Every row on today or on the day asked for; what is restricted only when it is opened, which is logged."""
    candidate, user = find_candidate(request, pk), request.user
    on, problem = _day_asked(request, candidate)
    sees = _opens(request, candidate)
    check, files = check_candidate(candidate, on), candidate.member_id is None and may_write(user, candidate)
    context = {
        "candidate": candidate,
        "page": condition_page(check, candidate, sees=sees, files=files),
        "tabs": tabs_of(candidate, user, "conditions"),
        "asked": request.GET.get("ngay", "")[:30] or f"{on:%d/%m/%Y}",
        "problem": problem,
        "may_open": user.may(P.ADMISSIONS_BACKGROUND, candidate),
    }
    return render(request, "admissions/conditions.html", context, status=422 if problem else 200)


@require_safe
@requires(P.ADMISSIONS_VIEW)
def kept_check(request, pk):
    """A check as a step kept it."""
    rows = StepTaken.objects.visible_to(request.user).standing()
    step = find(rows.select_related("candidate__organisation", "candidate__member__home"), pk=pk)
    candidate = step.candidate
    sees = _opens(request, candidate)
    context = {
        "candidate": candidate,
        "step": step,
        "rows": kept_rows(step, candidate, sees=sees),
        "sets": sorted(step.rules.items()),
        "tabs": tabs_of(candidate, request.user, "conditions"),
        "may_open": request.user.may(P.ADMISSIONS_BACKGROUND, candidate) and not sees,
    }
    return render(request, "admissions/kept_check.html", context)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def record_finding(request, pk, key):
    """A signed finding about one condition, or a point of the committee's own list."""
    candidate = find_written(request, pk)
    if key not in TITLES:
        raise Http404
    today = timezone.localdate()
    if key == "local_checklist":
        rules = AdmissionBook().on(candidate.organisation, today).admission.conditions
        form = ChecklistForm(posted(request), today=today, items=rules.local_checklist or ())
    else:
        form = FindingForm(posted(request), today=today, topic=key)
    page = {
        "back": reverse("admissions:conditions", args=[candidate.pk]),
        "crumb": f"{candidate}: điều kiện",
        "title": f"Ghi kết luận: {TITLES[key]}",
        "lead": "Chỉ ghi khi đã có văn bản hoặc kết luận có chữ ký. Kết luận không làm mất một điều kiện không đạt.",
        "submit": "Ghi kết luận",
        "done": "Đã ghi kết luận.",
    }

    def act(values):
        acts.record_finding(candidate, form.columns, by=request.user)

    return act_with_form(request, form, act, page)


def may_write(user, candidate):
    """The cell and the committee above it write papers of the dossier."""
    return user.may(P.ADMISSIONS_FILE, candidate) or user.may(P.ADMISSIONS_DECIDE, candidate)


def find_written(request, pk):
    """The candidate whose papers the person may write."""
    candidate = find_candidate(request, pk)
    if not may_write(request.user, candidate):
        raise PermissionDenied
    return candidate


def _day_asked(request, candidate):
    """(day, why what was typed is none); without one the day on which the cell has voted, before that today."""
    today, text = timezone.localdate(), repair(request.GET.get("ngay", ""))[:100]
    if not text:
        return (today if candidate.state in BEFORE_VOTE else cell_met_on(candidate, today)), ""
    try:
        return read_date(text, Precision.DAY).day, ""
    except ValidationError as error:
        return today, " ".join(error.messages)


def _opens(request, candidate):
    """Whether the person asked to see what is restricted, and may; the look is noted."""
    if OPENED not in request.GET or not request.user.may(P.ADMISSIONS_BACKGROUND, candidate):
        return False
    if request.method == "GET":
        read_background(candidate, what=LOOK, by=request.user)
    return True
