"""A member put on the roll by hand: first the cell, then the record."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from members.actions.record import MemberEntry, NumberKnown
from members.actions.record import enrol_member as write_enrolment
from members.forms.people import EnrolForm
from members.importing.analysis import rules_on
from members.models import Member
from members.views.clashes import answer_clash

OFFERED = 50


@requires(P.MEMBERS_EDIT)
def choose_cell(request):
    """Cells in which the person may add members; who has one alone goes straight on."""
    return offer_cells(request, P.MEMBERS_EDIT, "members:enrol_member", "members/choose_cell.html")


def offer_cells(request, permission, to, template):
    """The open cells in which the person has the right, each leading on to the page `to`; one alone is taken."""
    cells = Organisation.objects.visible_to(request.user, permission).open().cells().select_related("parent")
    words = request.GET.get("q", "")[:100]
    found = list(
        (cells.named_like(words) if words.strip() else cells).order_by("parent__path", "position", "id")[: OFFERED + 1]
    )
    if len(found) == 1 and not words:
        return redirect(to, found[0].pk)
    context = {"cells": found[:OFFERED], "more": len(found) > OFFERED, "words": words, "to": to}
    return render(request, template, context)


@requires(P.MEMBERS_EDIT)
def enrol_member(request, organisation_id):
    """The record of a person who is not on the roll yet."""
    rows = Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).open().cells()
    cell = find(rows.select_related("parent"), pk=organisation_id)
    check(request.user, P.MEMBERS_EDIT, cell)
    today, sensitive = timezone.localdate(), request.user.may(P.MEMBERS_SENSITIVE, cell)
    form = EnrolForm(request.POST or None, today=today, checks=rules_on(today), sensitive=sensitive)
    if request.method == "POST" and form.is_valid() and is_new(request.user, form):
        try:
            member = _enrol(form, cell, request.user)
        except NumberKnown as known:
            answer_clash(request.user, known, form, cell)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi {member} vào {cell}.")
            return redirect("members:member", member.pk)
    return render(request, "members/enrol.html", {"cell": cell, "form": form})


def _enrol(form, cell, user):
    cleaned = form.cleaned_data
    entry = MemberEntry({"id": cleaned["id"], **form.columns}, form.answers, cleaned["decision"])
    return write_enrolment(entry, organisation=cell, on=cleaned["started"], reason=cleaned["start_reason"], by=user)


def is_new(user, form):
    """Whether nobody in sight has this name and birth date, or the person says that it is somebody else."""
    cleaned = form.cleaned_data
    born = cleaned.get("born")
    if not born or cleaned["different_person"]:
        return True
    same = Member.objects.visible_to(user, P.MEMBERS_VIEW).same_person(cleaned["full_name"], born.day)
    alike = same.filter(~Q(pk=cleaned["id"])).select_related("home").first()
    if alike is None:
        return True
    form.ask_whether_different()
    form.add_error(
        "different_person",
        f"{alike.home.name} đã có {alike.full_name} sinh ngày này. Nếu đây là người khác, hãy đánh dấu rồi lưu lại.",
    )
    return False
