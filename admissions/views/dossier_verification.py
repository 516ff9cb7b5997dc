"""Religion, family and verification: for those alone who may see them, and every look is logged."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import dossier_verification as acts
from admissions.actions.dossier_cv import correct_background as write_background
from admissions.forms_dossier_cv import BackgroundForm, RelativeForm
from admissions.forms_dossier_verification import VerificationForm
from admissions.models import Relative
from admissions.papers_page import restricted_papers
from admissions.rulebook import AdmissionBook
from admissions.tabs import tabs_of
from admissions.verification_page import answers_of, circle_of, form_lines, page_lines
from admissions.views.candidates import find_candidate
from admissions.views.dossier_cv import two_sided_page
from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm

PLACE = ("candidate__organisation", "candidate__member__home")


@require_safe
@requires(P.ADMISSIONS_BACKGROUND)
def background(request, pk):
    """Religion, family, and both items of everybody of the circle."""
    candidate = _open(request, pk, P.ADMISSIONS_BACKGROUND, "gia đình, tôn giáo, thẩm tra")
    today = timezone.localdate()
    rules = AdmissionBook().on(candidate.organisation, today)
    circle = rules.admission.verification.circle
    context = {
        "candidate": candidate,
        "answers": answers_of(candidate),
        "papers": restricted_papers(candidate),
        "lines": page_lines(circle_of(candidate, circle), rules.clocks, today),
        "article": rules.admission.verification.cite("verification_circle", "verification_circle_extra"),
        "due_article": rules.clocks.cite("verification_reply_home_working_days"),
        "tabs": tabs_of(candidate, request.user, "background"),
        "may_file": request.user.may(P.ADMISSIONS_FILE, candidate),
    }
    return render(request, "admissions/background.html", context)


@requires(P.ADMISSIONS_BACKGROUND)
def correct_background(request, pk):
    """Religion, marriage, births; where somebody else wrote meanwhile, both values are shown first."""
    candidate = _open(request, pk, P.ADMISSIONS_FILE, "tôn giáo, hôn nhân")
    form = BackgroundForm(posted(request), candidate=candidate, today=timezone.localdate())
    page = {
        "title": f"Tôn giáo, hôn nhân của {candidate}",
        "lead": "Chỉ người được xem lý lịch gia đình mới mở được phần này.",
        "back": _back(candidate),
        "done": "Đã ghi.",
    }

    def act():
        write_background(candidate, form.answers, by=request.user)

    return two_sided_page(request, candidate, form, act, page)


@requires(P.ADMISSIONS_BACKGROUND)
def add_relative(request, pk):
    """One person of the family."""
    candidate = _open(request, pk, P.ADMISSIONS_FILE, "gia đình")
    form = RelativeForm(posted(request))
    page = _page(candidate, "Thêm người trong gia đình", "Người mang họ nào ghi đủ họ tên.", "Ghi", "Đã ghi.")

    def act(values):
        acts.add_relative(candidate, form.columns, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_BACKGROUND)
def correct_relative(request, pk):
    """A person of the family written anew."""
    row = _relative(request, pk)
    form = RelativeForm(posted(request), row=row)
    page = _page(row.candidate, f"Sửa: {row}", "Bản cũ vẫn đọc được.", "Ghi", "Đã ghi.")

    def act(values):
        acts.correct_relative(row, form.columns, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_BACKGROUND)
def void_relative(request, pk):
    """A person who is not of the family."""
    row = _relative(request, pk)
    lead = "Chỉ khi ghi nhầm; nội dung thẩm tra về người này cũng được hủy."
    page = _page(row.candidate, f"Hủy: {row}", lead, "Hủy dòng này", "Đã hủy.")

    def act(values):
        acts.void_relative(row, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


@requires(P.ADMISSIONS_BACKGROUND)
def keep_verification(request, pk):
    """All items of the circle on one page."""
    candidate = _open(request, pk, P.ADMISSIONS_FILE, "thẩm tra")
    today = timezone.localdate()
    people = circle_of(candidate, AdmissionBook().on(candidate.organisation, today).admission.verification.circle)
    form = VerificationForm(posted(request), asked=[each for person in people for each in person.asked], today=today)
    lead = "Mỗi người hai nội dung. Trả lời quá hạn không được coi là đã trả lời."
    page = _page(candidate, "Ghi kết quả thẩm tra", lead, "Ghi tất cả", "Đã ghi.")
    page |= {"template": "admissions/verification_form.html", "lines": form_lines(people, form)}

    def act(values):
        acts.keep_verification(candidate, form.entries(), by=request.user)

    return act_with_form(request, form, act, page)


def _open(request, pk, permission, what):
    """The candidate whose background the page shows; the look is noted."""
    candidate = find_candidate(request, pk, permission)
    check(request.user, P.ADMISSIONS_BACKGROUND, candidate)
    if request.method == "GET":
        acts.read_background(candidate, what=what, by=request.user)
    return candidate


def _relative(request, pk):
    rows = Relative.objects.visible_to(request.user).standing().select_related(*PLACE)
    row = find(rows, pk=pk)
    _open(request, row.candidate_id, P.ADMISSIONS_FILE, "gia đình")
    return row


def _back(candidate):
    return reverse("admissions:background", args=[candidate.pk])


def _page(candidate, title, lead, submit, done):
    return {
        "back": _back(candidate),
        "crumb": f"{candidate}: thẩm tra",
        "title": title,
        "lead": lead,
        "submit": submit,
        "done": done,
    }
