"""The source of one candidate: its tab, and the steps from the list to the procedure."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import source_steps as steps
from admissions.certificates import latest_awareness
from admissions.forms_source import (
    BodyStepForm,
    CertificateStepForm,
    DropForm,
    PlannedYearForm,
    RecogniseForm,
    StepForm,
)
from admissions.helping import may_help
from admissions.models import StepTaken
from admissions.source_bodies import bodies_of
from admissions.source_moves import SOURCE_STEPS
from admissions.source_page import read_source
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from admissions.workflow import ADMISSION
from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm


@require_safe
@requires(P.ADMISSIONS_VIEW)
def source(request, pk):
    """Who helps, what classes, what the cell resolved month by month, what comes next."""
    candidate, today = find_candidate(request, pk), timezone.localdate()
    context = {
        "candidate": candidate,
        "page": read_source(candidate, request.user, today),
        "tabs": tabs_of(candidate, request.user, "source"),
        "month": today.replace(day=1),
    }
    return render(request, "admissions/source.html", context)


@requires(P.ADMISSIONS_FILE)
def recognise_sympathiser(request, pk):
    """The cell recognises a sympathiser and assigns a helper."""
    candidate, today = find_candidate(request, pk, P.ADMISSIONS_FILE), timezone.localdate()
    members = may_help(candidate.organisation, today)
    form = RecogniseForm(posted(request), today=today, members=members)

    def act(values):
        steps.recognise_sympathiser(candidate, form.taken(candidate.organisation), form.entry, by=request.user)

    lead = "Theo nghị quyết hằng tháng của chi bộ; phân công đảng viên chính thức giúp đỡ (38-HD/BTCTW, I.1.1)."
    return act_with_form(request, form, act, step_page(candidate, "recognise_sympathiser", lead))


@requires(P.ADMISSIONS_DECIDE)
def send_to_class(request, pk):
    """A committee above the cell sends somebody to the awareness class."""
    lead = "Chi bộ đề nghị, cấp ủy cơ sở và cấp trên cử học lớp bồi dưỡng nhận thức về Đảng."
    return _by_body(request, pk, "send_to_class", lead)


@requires(P.ADMISSIONS_DECIDE)
def clear(request, pk):
    """A committee above the cell lets the procedure begin."""
    lead = "Cấp ủy cho làm thủ tục kết nạp theo đề nghị của chi bộ; giấy chứng nhận lớp phải còn giá trị."
    return _by_body(request, pk, "clear", lead)


def _by_body(request, pk, step, lead):
    candidate = find_candidate(request, pk, P.ADMISSIONS_DECIDE)
    bodies = bodies_of(request.user, candidate)
    if not bodies:
        raise PermissionDenied
    form = BodyStepForm(posted(request), today=timezone.localdate(), bodies=bodies)

    def act(values):
        getattr(steps, step)(candidate, form.taken(values["body"]), by=request.user)

    return act_with_form(request, form, act, step_page(candidate, step, lead))


@requires(P.ADMISSIONS_FILE)
def record_certificate(request, pk):
    """The class is done: its certificate."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    has_one = candidate.pk in latest_awareness([candidate.pk])
    form = CertificateStepForm(posted(request), today=timezone.localdate(), has_one=has_one)

    def act(values):
        steps.record_certificate(candidate, form.taken(candidate.organisation), form.entry, by=request.user)

    lead = "Ghi như trên giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng."
    return act_with_form(request, form, act, step_page(candidate, "record_certificate", lead))


@requires(P.ADMISSIONS_FILE)
def drop(request, pk):
    """The cell takes somebody off its list."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = DropForm(posted(request), today=timezone.localdate())

    def act(values):
        steps.drop(candidate, form.taken(candidate.organisation), by=request.user)

    lead = "Theo nghị quyết của chi bộ; người giúp đỡ thôi nhiệm vụ. Sau này có thể đưa trở lại danh sách."
    return act_with_form(request, form, act, step_page(candidate, "drop", lead))


@requires(P.ADMISSIONS_FILE)
def relist(request, pk):
    """Somebody who left the list is put on it again."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = StepForm(posted(request), today=timezone.localdate())

    def act(values):
        steps.relist(candidate, form.taken(candidate.organisation), by=request.user)

    return act_with_form(request, form, act, step_page(candidate, "relist", "Trở lại là quần chúng ưu tú."))


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def void_step(request, step_id):
    """Take back the last step of the source; a committee's by those who decide there."""
    rows = StepTaken.objects.visible_to(request.user).standing()
    step = find(rows.select_related("candidate__organisation", "candidate__member__home", "organisation"), pk=step_id)
    right = ADMISSION.steps[step.step].permission if step.step in SOURCE_STEPS else P.ADMISSIONS_FILE
    check(request.user, right, step.candidate if right == P.ADMISSIONS_FILE else step.organisation)
    lead = f"{_label(step.step)}, ngày {step.on:%d/%m/%Y}. Người này trở về trạng thái trước đó."
    page = step_page(step.candidate, step.step, lead) | {"title": "Hủy bước ghi nhầm", "submit": "Hủy bước này"}

    def act(values):
        steps.void_step(step, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page | {"done": "Đã hủy bước ghi nhầm."})


@requires(P.ADMISSIONS_FILE)
def plan_candidate(request, pk):
    """In which year the cell means to admit somebody."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = PlannedYearForm(posted(request), initial={"year": candidate.planned_year})
    page = source_page(candidate) | {
        "title": "Năm dự kiến kết nạp", "lead": "Để lập kế hoạch kết nạp của năm.", "submit": "Lưu",
        "done": "Đã ghi năm dự kiến kết nạp.",
    }  # fmt: skip

    def act(values):
        steps.plan_candidate(candidate, year=values["year"], by=request.user)

    return act_with_form(request, form, act, page)


def source_page(candidate):
    """The frame of an act that leads back to the tab of the source."""
    return {"back": reverse("admissions:source", args=[candidate.pk]), "crumb": str(candidate)}


def step_page(candidate, step, lead):
    """The frame of a step of the source."""
    label = _label(step)
    return source_page(candidate) | {
        "title": label, "lead": lead, "submit": label, "done": f"Đã ghi: {label[:1].lower()}{label[1:]}.",
    }  # fmt: skip


def _label(step):
    return ADMISSION.steps[step].label if step in ADMISSION.steps else "Đưa vào danh sách"
