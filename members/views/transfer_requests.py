"""Moves begun: a member introduced by his cell, several at once, somebody who comes from outside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from members import actions
from members.actions.record import MemberEntry, NumberKnown
from members.forms.transfers import FormerForm, NewcomerForm, RequestForm
from members.importing.analysis import rules_on
from members.models import Member
from members.reports.transfer_queue import destination, destinations
from members.views.clashes import answer_clash
from members.views.enrolment import is_new, offer_cells
from members.views.record import find_member
from members.views.transfer_steps import refuse_in_form

OUTSIDE = "outside"


@requires(P.TRANSFERS_REQUEST)
def request_transfer(request, member_id):
    """First where to, then box 1 of the slip."""
    member = find_member(request, member_id)
    check(request.user, P.TRANSFERS_REQUEST, member)
    to, outside = _end(request)
    if not (to or outside):
        return _choose(request, member.home, {"member": member})
    form = _request_form(request, outside)
    if request.method == "POST" and form.is_valid():
        try:
            transfer = actions.request_transfer(member, form.entry(to), by=request.user)
        except ValidationError as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"Đã giới thiệu {member}. Chờ {transfer.common} cấp giấy.")
            return redirect("members:transfer", transfer.pk)
    return render(request, "members/transfers/request.html", {"member": member, "form": form, "to": to})


@requires(P.TRANSFERS_REQUEST)
def request_transfers(request, organisation_id):
    """Several members of one cell to one place."""
    rows = Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).open().cells()
    cell = find(rows.select_related("parent"), pk=organisation_id)
    check(request.user, P.TRANSFERS_REQUEST, cell)
    to, outside = _end(request)
    if not (to or outside):
        return _choose(request, cell, {"cell": cell})
    people = list(
        Member.objects.visible_to(request.user, P.MEMBERS_VIEW).filter(home=cell).on_roll(timezone.localdate())
    )
    form = _request_form(request, outside)
    picked = [member for member in people if str(member.pk) in request.POST.getlist("member")]
    if request.method == "POST" and not picked:
        form.add_error(None, "Hãy chọn ít nhất một đảng viên.")
    if request.method == "POST" and form.is_valid():
        found = actions.request_transfers(picked, form.entry(to), by=request.user)
        return answer_together(request, found, "Đã giới thiệu")
    context = {"cell": cell, "form": form, "to": to, "people": people, "picked": picked}
    return render(request, "members/transfers/request_many.html", context)


@requires(P.TRANSFERS_RECEIVE)
def choose_receiving_cell(request):
    """Cells that may take somebody in from outside."""
    return offer_cells(
        request, P.TRANSFERS_RECEIVE, "members:receive_from_outside", "members/transfers/choose_cell.html"
    )


@requires(P.TRANSFERS_RECEIVE)
def receive_from_outside(request, organisation_id):
    """The record of somebody who comes with a slip of a body outside."""
    rows = Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).open().cells()
    cell = find(rows.select_related("parent"), pk=organisation_id)
    check(request.user, P.TRANSFERS_RECEIVE, cell)
    today, sensitive = timezone.localdate(), request.user.may(P.MEMBERS_SENSITIVE, cell)
    form = NewcomerForm(request.POST or None, today=today, checks=rules_on(today), sensitive=sensitive)
    if request.method == "POST" and form.is_valid() and is_new(request.user, form):
        entry = MemberEntry(
            {"id": form.cleaned_data["id"], **form.columns}, form.answers, form.cleaned_data["decision"]
        )
        try:
            member = actions.receive_from_outside(form.arrival(cell), entry, by=request.user)
        except NumberKnown as known:
            answer_clash(request.user, known, form, cell)
        except ValidationError as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"Đã tiếp nhận {member} vào {cell}.")
            return redirect("members:member", member.pk)
    return render(request, "members/transfers/newcomer.html", {"cell": cell, "form": form})


@requires(P.TRANSFERS_RECEIVE)
def receive_former_member(request, member_id):
    """Somebody on record who moved away comes back with a slip."""
    member = find_member(request, member_id)
    check(request.user, P.TRANSFERS_RECEIVE, member)
    form = FormerForm(request.POST or None, today=timezone.localdate(), user=request.user)
    if request.method == "POST" and form.is_valid():
        arrival = form.arrival(form.cleaned_data["organisation"])
        try:
            actions.receive_former_member(arrival, member, by=request.user)
        except ValidationError as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"Đã tiếp nhận {member} vào {arrival.organisation}.")
            return redirect("members:member", member.pk)
    return render(request, "members/transfers/former.html", {"member": member, "form": form})


def answer_together(request, found, verb):
    """Say how many it was, and name each who could not be with the reason."""
    if found.done:
        messages.success(request, f"{verb} {len(found.done)} đảng viên.")
    for member, words in found.refused:
        messages.error(request, f"{member}: {words}")
    return redirect("members:transfers")


def _end(request):
    """(cell, whether outside) that the address asks for."""
    text = request.GET.get("to", "")
    return destination(text), text == OUTSIDE


def _request_form(request, outside):
    return RequestForm(request.POST or None, today=timezone.localdate(), outside=outside)


def _choose(request, home, context):
    words = request.GET.get("q", "")[:100]
    cells, more = destinations(words, home)
    context |= {"cells": cells, "more": more, "words": words, "outside": OUTSIDE}
    return render(request, "members/transfers/choose.html", context)
