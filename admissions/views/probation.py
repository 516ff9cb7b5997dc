"""Probation of one candidate: helper, notes, papers, the clock; and what is done for several at once."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import probation as acts
from admissions.actions import procedure_decisions, procedure_votes
from admissions.candidate_page import look_of
from admissions.enums import State
from admissions.forms_probation import ClassForm, HelperForm, MeetingForm, NoteForm, PaperForm, ReceiptForm
from admissions.models import Candidate, Helper
from admissions.probation_page import read_probation
from admissions.procedure_page import cell_base, cell_members
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted


@require_safe
@requires(P.ADMISSIONS_VIEW)
def show_probation(request, pk):
    """The twelve months, who helps, what was noted, which papers recognition still lacks."""
    candidate = find_candidate(request, pk)
    page = read_probation(candidate, request.user, timezone.localdate())
    tabs, look = tabs_of(candidate, request.user, "probation"), look_of(candidate)
    context = {"candidate": candidate, "page": page, "tabs": tabs, "look": look}
    return render(request, "admissions/probation.html", context)


@requires(P.ADMISSIONS_FILE)
def assign_probation_helper(request, pk):
    """Another helper for the rest of probation."""
    candidate, today = find_candidate(request, pk, P.ADMISSIONS_FILE), timezone.localdate()
    form = HelperForm(posted(request), today=today, members=cell_members(candidate, today))

    def act(values):
        member, on, decision = values["member"], values["on"], values["decision"]
        acts.assign_probation_helper(candidate, member, on=on, decision=decision, by=request.user)

    return act_with_form(request, form, act, _page(candidate, "Phân công người giúp đỡ", "Đã phân công."))


@requires(P.ADMISSIONS_FILE)
def note_probation(request, pk):
    """What the helper or the cell noted."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = NoteForm(posted(request), today=timezone.localdate())

    def act(values):
        acts.note_probation(candidate, values["text"], on=values["on"], by=request.user)

    return act_with_form(request, form, act, _page(candidate, "Ghi chép trong thời gian dự bị", "Đã ghi."))


@requires(P.ADMISSIONS_FILE)
def add_probation_paper(request, pk):
    """A paper of recognition."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    helpers = Helper.objects.visible_to(request.user).filter(candidate=candidate).select_related("member")
    form = PaperForm(posted(request), today=timezone.localdate(), helpers=helpers.standing())

    def act(values):
        acts.add_probation_paper(candidate, form.paper, by=request.user)

    return act_with_form(request, form, act, _page(candidate, "Ghi giấy tờ xét công nhận", "Đã ghi giấy tờ."))


@requires(P.ADMISSIONS_FILE)
def record_new_member_class(request, pk):
    """The certificate of the class for new members."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = ClassForm(posted(request), today=timezone.localdate())

    def act(values):
        acts.record_new_member_class(candidate, values, by=request.user)

    return act_with_form(request, form, act, _page(candidate, "Ghi giấy chứng nhận lớp đảng viên mới", "Đã ghi."))


@requires(P.ADMISSIONS_FILE)
def receive_decision(request, pk):
    """The cell has the decision on admission in its hands."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = ReceiptForm(posted(request), today=timezone.localdate())
    page = _page(candidate, "Ghi ngày nhận quyết định", "Đã ghi ngày nhận.", here="procedure")

    def act(values):
        procedure_decisions.receive_decision(candidate, on=values["on"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def vote_together(request, organisation_id):
    """One meeting of a cell that votes on several persons, each by himself."""
    cell = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW).open().cells(), pk=organisation_id)
    check(request.user, P.ADMISSIONS_FILE, cell)
    rows = Candidate.objects.visible_to(request.user).filter(organisation=cell, state=State.COMPLETE)
    candidates, today = list(rows.with_place()), timezone.localdate()
    base = cell_base(cell, today)
    form = MeetingForm(posted(request), today=today, candidates=candidates, may_attend=base.may_attend)
    page = {
        "back": reverse("admissions:candidates"),
        "crumb": "Người được giúp đỡ vào Đảng",
        "title": "Cuộc họp xét kết nạp",
        "lead": f"{cell}. {len(candidates)} người đủ hồ sơ; hôm nay tính {base.entitled} đảng viên. Xét từng người.",
        "submit": "Ghi kết quả",
        "done": "Đã ghi kết quả biểu quyết.",
    }

    def act(values):
        procedure_votes.vote_together(list(form.entries), by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE, P.ADMISSIONS_DECIDE)
def take_over_probation(request, organisation_id):
    """Members on probation on the roll are followed from now on."""
    body = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW).open(), pk=organisation_id)
    check(request.user, P.ADMISSIONS_FILE if body.is_cell else P.ADMISSIONS_DECIDE, body)
    today = timezone.localdate()
    page = {
        "back": reverse("admissions:candidates"),
        "crumb": "Người được giúp đỡ vào Đảng",
        "title": "Theo dõi đảng viên dự bị đang có",
        "lead": f"{body}. Đảng viên dự bị có trong danh sách đảng viên mà chưa được theo dõi ở đây.",
        "submit": "Đưa vào theo dõi",
        "done": "Đã đưa vào theo dõi.",
    }

    def act(values):
        acts.take_over_probation(body, on=today, by=request.user)

    return act_with_form(request, forms.Form(posted(request)), act, page)


def _page(candidate, title, done, here="probation"):
    address = reverse(f"admissions:{here}", args=[candidate.pk])
    return {"back": address, "crumb": str(candidate), "title": title, "lead": "", "submit": "Ghi", "done": done}
