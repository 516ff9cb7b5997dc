"""The page of inspection officers about one member: discipline, legal proceedings, suspension, the hold.

It answers 404 to everybody else: who may not set a hold does not learn that there is such a thing.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find
from cells.permissions import Permission as P
from members.actions import holds, sanctions
from members.enums import CASE_WAS_OPEN, OverlayKind
from members.forms.facts import VoidForm
from members.forms.sanctions import LiftHoldForm, RecordProceedingForm, RecordSanctionForm, SetHoldForm
from members.views.facts import form_page
from members.views.record import find_member
from members.views.rights import sealed


@sealed(P.SANCTIONS_RECORD)
def show_inspection(request, member_id):
    """What weighs on the member today, and what can be entered."""
    member = _member(request, member_id)
    today = timezone.localdate()
    may_hold = request.user.may(P.HOLDS_SET, member)
    context = {
        "member": member,
        "sanctions": member.sanctions.select_related("voided_by"),
        "proceedings": member.proceedings.select_related("voided_by"),
        "suspensions": member.overlays.standing().filter(kind=OverlayKind.SUSPENDED).order_by("-started_on"),
        "unrated": member.grades.standing().filter(not_rated_reason=CASE_WAS_OPEN),
        "holds": member.holds.standing().select_related("recorded_by") if may_hold else None,
        "today": today,
    }
    return render(request, "members/inspection.html", context)


@sealed(P.SANCTIONS_RECORD)
def record_sanction(request, member_id):
    """A disciplinary decision, from paper."""
    member = _member(request, member_id)
    form = RecordSanctionForm(request.POST or None, today=timezone.localdate(), user=request.user)
    context = {"title": "Ghi kỷ luật theo bản giấy", "lead": "Chỉ ghi quyết định; nội dung vụ việc không lưu ở đây."}
    return _form(
        request, member, form, lambda: sanctions.record_sanction(member, form.values, by=request.user), context
    )


@sealed(P.SANCTIONS_RECORD)
def void_sanction(request, member_id, sanction_id):
    """A sanction that was entered wrongly."""
    member = _member(request, member_id)
    sanction = find(member.sanctions.standing().select_related("member__home"), pk=sanction_id)
    form = VoidForm(request.POST or None)
    context = {"title": "Hủy mục kỷ luật ghi sai", "lead": f"{sanction}, quyết định {sanction.decided_on:%d/%m/%Y}."}

    def act():
        sanctions.void_sanction(sanction, reason=form.cleaned_data["reason"], by=request.user)

    return _form(request, member, form, act, context)


@sealed(P.SANCTIONS_RECORD)
def record_proceeding(request, member_id):
    """A stage of legal proceedings."""
    member = _member(request, member_id)
    form = RecordProceedingForm(request.POST or None, today=timezone.localdate())
    context = {
        "title": "Ghi giai đoạn tố tụng",
        "lead": "Giai đoạn mới kết thúc giai đoạn trước. Từ khi khởi tố đến khi đình chỉ, đảng viên không tính vào số "
        "thành viên biểu quyết.",
    }
    return _form(
        request, member, form, lambda: sanctions.record_proceeding(member, form.values, by=request.user), context
    )


@sealed(P.SANCTIONS_RECORD)
def void_proceeding(request, member_id, proceeding_id):
    """A stage that was entered wrongly."""
    member = _member(request, member_id)
    stage = find(member.proceedings.standing().select_related("member__home"), pk=proceeding_id)
    form = VoidForm(request.POST or None)
    context = {"title": "Hủy mục tố tụng ghi sai", "lead": f"{stage}, từ {stage.started_on:%d/%m/%Y}."}

    def act():
        sanctions.void_proceeding(stage, reason=form.cleaned_data["reason"], by=request.user)

    return _form(request, member, form, act, context)


@sealed(P.HOLDS_SET)
def set_hold(request, member_id):
    """No transfer slip from a day on."""
    member = _member(request, member_id)
    check(request.user, P.HOLDS_SET, member)
    form = SetHoldForm(request.POST or None, today=timezone.localdate(), initial={"started_on": timezone.localdate()})
    context = {
        "title": "Tạm dừng cấp giấy",
        "lead": "Người cấp giấy chỉ được báo: “Chưa cấp được giấy; liên hệ Ủy ban Kiểm tra”. Không ai khác biết.",
    }
    return _form(
        request, member, form,
        lambda: holds.set_hold(member, on=form.cleaned_data["started_on"], by=request.user), context,
    )  # fmt: skip


@sealed(P.HOLDS_SET)
def lift_hold(request, member_id, hold_id):
    """Slips are issued again."""
    member = _member(request, member_id)
    hold = find(member.holds.standing().select_related("member__home"), pk=hold_id)
    form = LiftHoldForm(request.POST or None, today=timezone.localdate(), initial={"last_day": timezone.localdate()})
    context = {"title": "Thôi tạm dừng cấp giấy", "lead": f"Tạm dừng từ {hold.started_on:%d/%m/%Y}."}

    def act():
        holds.lift_hold(hold, ended_on=form.ended_on, by=request.user)

    return _form(request, member, form, act, context)


def _member(request, member_id):
    member = find_member(request, member_id)
    check(request.user, P.SANCTIONS_RECORD, member)
    return member


def _form(request, member, form, act, context):
    return form_page(request, member, form, act, context, back=reverse("members:show_inspection", args=[member.pk]))
