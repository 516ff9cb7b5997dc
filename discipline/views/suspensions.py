"""Suspensions: the list, one, a new one beside a case or without, its extension, its end."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.case_warnings import beside_case
from discipline.enums import Part
from discipline.forms_suspensions import EndSuspensionForm, ExtendSuspensionForm, SuspensionForm
from discipline.models import CaseSuspension
from discipline.suspensions_page import read_suspension, read_suspensions
from discipline.tabs import tabs_of
from discipline.views.door import of_case
from members.forms.facts import VoidForm
from members.models import Proceeding
from members.views.rights import sealed

LEAD = (
    "Đình chỉ không phải là hình thức kỷ luật: đảng viên vẫn đóng đảng phí, không tính vào số biểu quyết. "
    "Hồ sơ đảng viên chỉ hiện quyết định và thời gian."
)


@require_safe
@sealed(P.CASES_WORK)
def list_suspensions(request):
    """The suspensions in sight, the next to end first."""
    rows = CaseSuspension.objects.visible_to(request.user).with_whom()
    lasting, over = read_suspensions(rows, timezone.localdate())
    return render(request, "discipline/suspensions.html", {"lasting": lasting, "over": over})


@sealed(P.CASES_WORK)
def suspend(request):
    """A decision on suspension that belongs to no case."""
    form = SuspensionForm(posted(request), user=request.user, today=timezone.localdate())

    def act(values):
        member = values["member"]
        check(request.user, P.CASES_WORK, member)
        return _suspend(request, member, form, None)

    return act_with_form(request, form, act, _page(reverse("discipline:suspensions"), "Đình chỉ sinh hoạt"))


@require_safe
@of_case
def show_beside(request, opened):
    """What stands beside a case: suspensions of its member, the letter that it came from."""
    context = {"beside": beside_case(opened), "case": opened.case, "tabs": tabs_of(opened, "beside")}
    return render(request, "discipline/beside.html", context)


@of_case
def suspend_in_case(request, opened):
    """A decision on the suspension of the member of a case; it stays with those of the case."""
    member = opened.case.member
    if opened.part != Part.OFFICER or member is None:
        raise Http404
    form = SuspensionForm(posted(request), user=request.user, today=timezone.localdate(), member=member)
    page = _page(reverse("discipline:beside", args=[opened.case.pk]), "Hồ sơ")
    return act_with_form(request, form, lambda values: _suspend(request, member, form, opened.case), page)


def _page(back, crumb):
    return {
        "back": back, "crumb": crumb, "title": "Ghi quyết định đình chỉ sinh hoạt", "lead": LEAD,
        "submit": "Ghi đình chỉ", "done": "Đã ghi đình chỉ.",
    }  # fmt: skip


def _suspend(request, member, form, case):
    """The act, bound to the stage of proceedings that holds; where it leads."""
    body = case.organisation if case else request.user.roles_today[0].organisation
    stage = Proceeding.objects.visible_to(request.user, P.CASES_WORK).weighing(timezone.localdate())
    entry = form.entry(body, stage.filter(member=member).first())
    row = actions.suspend(member, entry, case=case, by=request.user)
    return reverse("discipline:suspension", args=[row.pk])


@require_safe
@sealed(P.CASES_WORK)
def show_suspension(request, pk):
    """One suspension: its term, its extension, what was done."""
    row = _found(request, pk)
    context = {"page": read_suspension(row, timezone.localdate()), "row": row}
    return render(request, "discipline/suspension.html", context)


@sealed(P.CASES_WORK)
def extend_suspension(request, pk):
    """A decision to extend."""
    row = _found(request, pk)
    form = ExtendSuspensionForm(posted(request), today=timezone.localdate())
    page = _act_page(row, "Gia hạn đình chỉ", "Ghi gia hạn", "Đã ghi gia hạn.")

    def act(values):
        actions.extend_suspension(row, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@sealed(P.CASES_WORK)
def end_suspension(request, pk):
    """The suspension ends before its last day."""
    row = _found(request, pk)
    form = EndSuspensionForm(posted(request), today=timezone.localdate())
    page = _act_page(row, "Kết thúc đình chỉ trước hạn", "Ghi kết thúc", "Đã ghi kết thúc đình chỉ.")

    def act(values):
        actions.end_suspension(row, by=request.user, **values)

    return act_with_form(request, form, act, page)


@sealed(P.CASES_WORK)
def void_suspension(request, pk):
    """A suspension that was entered wrongly."""
    row = _found(request, pk)
    page = _act_page(row, "Hủy mục đình chỉ ghi nhầm", "Hủy mục này", "Đã hủy.")

    def act(values):
        actions.void_suspension(row, reason=values["reason"], by=request.user)
        return reverse("discipline:suspensions")

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _found(request, pk):
    return find(CaseSuspension.objects.visible_to(request.user).with_whom(), pk=pk)


def _act_page(row, title, submit, done):
    until = f"đến hết {row.last_day:%d/%m/%Y}" if row.last_day else "theo thời hạn tố tụng"
    return {
        "back": reverse("discipline:suspension", args=[row.pk]), "crumb": "Đình chỉ sinh hoạt", "title": title,
        "lead": f"{row.member}, đình chỉ từ {row.started_on:%d/%m/%Y} {until}.", "submit": submit, "done": done,
    }  # fmt: skip
