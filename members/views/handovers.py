"""Handing a cell over to a new secretary: the list, one step, the minutes, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions import handovers as acts
from members.forms.handovers import HandoverForm, UndoHandoverForm
from members.handover_printing import handover_pdf
from members.models import Handover
from members.reports.handovers import before_handover

PAGE = 50
FIELDS = ("to_member", "handed_on", "manner", "decision", "old_role", "username")


@require_safe
@requires(P.MEMBERS_VIEW)
def list_handovers(request):
    """Hand-overs of the cells in one's scope, the latest first."""
    rows = Handover.objects.visible_to(request.user, P.MEMBERS_VIEW)
    rows = rows.select_related("organisation__parent", "from_member", "to_member").order_by("-handed_on", "-pk")
    page = Paginator(rows.defer("inventory"), PAGE).get_page(request.GET.get("page"))
    return render(request, "members/handovers.html", {"page": page})


@requires(P.MEMBERS_VIEW)
def hand_over_cell(request, organisation_id):
    """From the present secretary to a new one, in one step."""
    cell = find(Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).cells(), pk=organisation_id)
    check(request.user, P.POSTS_MANAGE, cell)
    today = timezone.localdate()
    before = before_handover(cell, today)
    form = HandoverForm(request.POST or None, before=before, cell=cell, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        entry = acts.HandoverEntry(**{name: form.cleaned_data[name] for name in FIELDS})
        try:
            handover = acts.hand_over_cell(cell, entry, on=today, by=request.user)
        except ValidationError as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã bàn giao {cell} cho đồng chí {handover.to_member}. Hãy in biên bản để ký.")
            return redirect("members:handover", handover.pk)
    return render(request, "members/hand_over_cell.html", {"cell": cell, "before": before, "form": form})


@require_safe
@requires(P.MEMBERS_VIEW)
def show_handover(request, handover_id):
    """One hand-over: who, when, what was open on that day, what became of the accounts."""
    handover = _handover(request, handover_id)
    return render(
        request,
        "members/handover.html",
        {
            "handover": handover,
            "facts": _facts(handover),
            "may_undo": handover.voided_at is None and request.user.may(P.POSTS_MANAGE, handover),
        },
    )


@require_safe
@requires(P.MEMBERS_VIEW)
def print_handover(request, handover_id):
    """The minutes to sign."""
    handover = _handover(request, handover_id)
    return file_answer(handover_pdf(handover), f"bien-ban-ban-giao-{handover.pk}.pdf")


@requires(P.MEMBERS_VIEW)
def undo_handover(request, handover_id):
    """Take a hand-over back, with a reason."""
    handover = _handover(request, handover_id)
    check(request.user, P.POSTS_MANAGE, handover)
    form = UndoHandoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            acts.undo_handover(handover, reason=reason, on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "Đã hủy lần bàn giao; chức vụ bí thư trước đó còn hiệu lực như cũ.")
            return redirect("members:handover", handover.pk)
    return render(request, "members/undo_handover.html", {"handover": handover, "form": form})


def _handover(request, handover_id):
    rows = Handover.objects.visible_to(request.user, P.MEMBERS_VIEW)
    people = ("from_member", "to_member", "recorded_by", "voided_by")
    return find(rows.select_related("organisation", *people, "from_role__user", "to_role__user"), pk=handover_id)


def _facts(handover):
    from_role, to_role = handover.from_role, handover.to_role
    rows = [
        ("Bên giao", handover.from_member or "khuyết bí thư"),
        ("Bên nhận", handover.to_member),
        ("Từ ngày", f"{handover.handed_on:%d/%m/%Y}"),
        ("Quyết định, nghị quyết", handover.decision or "không ghi"),
        ("Tài khoản thôi vai trò", f"{from_role.user} ({from_role.user.username})" if from_role else "không có"),
        ("Tài khoản nhận vai trò", f"{to_role.user} ({to_role.user.username})" if to_role else "không giao thêm"),
        ("Người ghi", f"{handover.recorded_by or '–'}, {timezone.localtime(handover.recorded_at):%d/%m/%Y %H:%M}"),
    ]
    if handover.voided_at:
        rows.append(("Đã hủy", f"{handover.voided_by}: {handover.void_reason}"))
    return rows
