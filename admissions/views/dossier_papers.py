"""Papers of a dossier and who introduces."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.acting import base_body
from admissions.actions import dossier_papers as acts
from admissions.enums import PaperKind
from admissions.forms_dossier import EndForm, IntroducerForm, PaperForm, ReplaceForm
from admissions.models import AdmissionPaper, Introducer
from admissions.paper_kinds import BY_STEP, CONSENTS, ENTERED, OF_THE_BASE
from admissions.papers_page import may_write_again, papers_page
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from admissions.views.dossier_conditions import find_written, may_write
from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm

PLACE = ("candidate__organisation", "candidate__member__home")


@require_safe
@requires(P.ADMISSIONS_VIEW)
def papers(request, pk):
    """What is there and what is missing; introducers."""
    candidate = find_candidate(request, pk)
    context = {
        "candidate": candidate,
        "page": papers_page(candidate, is_base=request.user.may(P.ADMISSIONS_DECIDE, base_body(candidate))),
        "tabs": tabs_of(candidate, request.user, "papers"),
        "may_write": may_write(request.user, candidate),
        "may_file": request.user.may(P.ADMISSIONS_FILE, candidate),
    }
    return render(request, "admissions/papers.html", context)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def add_paper(request, pk, kind):
    """One paper of a kind."""
    candidate = find_written(request, pk)
    if kind not in ENTERED and not (kind in BY_STEP and may_write_again(candidate, kind)):
        raise Http404
    _refuse_of_the_base(request, candidate, kind)
    topic = request.GET.get("topic", "")
    initial = {"topic": topic} if topic in dict(CONSENTS) else {}
    form = PaperForm(posted(request), kind=kind, candidate=candidate, today=timezone.localdate(), initial=initial)
    page = _page(candidate, PaperKind(kind).label, form.entered.hint, "Ghi giấy tờ", "Đã ghi giấy tờ.")

    def act(values):
        acts.add_paper(candidate, form.columns, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def void_paper(request, pk):
    """A paper written by mistake."""
    paper = find(AdmissionPaper.objects.visible_to(request.user).standing().select_related(*PLACE), pk=pk)
    candidate = find_written(request, paper.candidate_id)
    _refuse_of_the_base(request, candidate, paper.kind)
    page = _page(candidate, f"Hủy: {paper}", "Chỉ khi ghi nhầm. Giấy tờ vẫn đọc được.", "Hủy giấy tờ này", "Đã hủy.")

    def act(values):
        acts.void_paper(paper, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


@requires(P.ADMISSIONS_FILE)
def assign_introducer(request, pk):
    """A member who introduces."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = IntroducerForm(posted(request), user=request.user, today=timezone.localdate())
    lead = "Đảng viên chính thức, cùng công tác, lao động, học tập hoặc cư trú đủ thời gian quy định trong một đơn vị."
    page = _page(candidate, "Phân công người giới thiệu", lead, "Phân công", "Đã phân công.")

    def act(values):
        acts.assign_introducer(candidate, form.columns, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def replace_introducer(request, pk):
    """Another member, exempt from the twelve months."""
    row, candidate = _introducer(request, pk)
    form = ReplaceForm(posted(request), user=request.user, today=timezone.localdate())
    lead = f"Thay {row.member}. Người thay không cần đủ thời gian ấy (294-QĐ/TW, 3.2.2); cả hai dòng được giữ lại."
    page = _page(candidate, "Thay người giới thiệu", lead, "Thay người giới thiệu", "Đã thay.")

    def act(values):
        given = {"ended_on": values["ended_on"], "reason": values["reason"]}
        acts.replace_introducer(row, form.columns, **given, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def end_introducer(request, pk):
    """A member no longer introduces."""
    row, candidate = _introducer(request, pk)
    form = EndForm(posted(request), today=timezone.localdate())
    lead = f"{row.member} thôi giới thiệu; dòng này và giấy giới thiệu được giữ lại."
    page = _page(candidate, "Thôi giới thiệu", lead, "Ghi thôi giới thiệu", "Đã ghi.")

    def act(values):
        acts.end_introducer(row, **values, by=request.user)

    return act_with_form(request, form, act, page)


def _refuse_of_the_base(request, candidate, kind):
    """The seal and the certificate are the base committee's; 403 for the cell."""
    if kind in OF_THE_BASE:
        check(request.user, P.ADMISSIONS_DECIDE, base_body(candidate))


def _introducer(request, pk):
    rows = Introducer.objects.visible_to(request.user).standing().select_related(*PLACE, "member")
    row = find(rows, pk=pk)
    check(request.user, P.ADMISSIONS_FILE, row)
    return row, row.candidate


def _page(candidate, title, lead, submit, done):
    return {
        "back": reverse("admissions:papers", args=[candidate.pk]),
        "crumb": f"{candidate}: giấy tờ",
        "title": title,
        "lead": lead,
        "submit": submit,
        "done": done,
    }
