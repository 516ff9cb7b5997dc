"""Death and leaving: the act, the ending with what is left to do after it, and the list of all."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import endings as acts
from members.enums import EndReason
from members.forms.endings import DeathForm, DecisionForm, SendFileForm, StepForm, correction_form, papers_form
from members.forms.facts import VoidForm
from members.forms.left import LeftFilter
from members.forms.seen import keep_seen
from members.models import Ending, Membership
from members.reports.endings import STEPS, left_rows, read_ending
from members.standing_rules import StandingBook
from members.views.facts import form_page
from members.views.record import find_member
from members.views.rights import ending_right

PAGE = 50


@requires(P.MEMBERS_VIEW)
def list_endings(request):
    """Who died or left, the latest first."""
    form = LeftFilter(request.GET or None, user=request.user)
    rows = form.narrow(Membership.objects.visible_to(request.user, P.MEMBERS_VIEW).left_for_good())
    page = Paginator(rows.order_by("-ended_on", "-id"), PAGE).get_page(request.GET.get("page"))
    page.object_list = left_rows(page.object_list, StandingBook(), timezone.localdate())
    may_enter = {row.membership.pk for row in page.object_list if row.ending is None and _may_enter(request.user, row)}
    context = {"form": form, "page": page, "may_enter": may_enter, "may_print": request.user.holds(P.REPORTS_VIEW)}
    return render(request, "members/endings.html", context)


@requires(P.MEMBERS_EDIT)
def record_death(request, member_id):
    """A member died."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    form = DeathForm(request.POST or None, today=timezone.localdate())
    lead = "Thôi sinh hoạt, chức vụ từ ngày hôm sau. Gia đình giữ thẻ và huy hiệu; hồ sơ nộp lên cấp trên."
    return _ending_page(request, member, form, acts.record_death, {"title": "Ghi từ trần", "lead": lead})


@requires(P.ENDINGS_RECORD)
def remove_name(request, member_id):
    """The name removed by decision."""
    lead = (
        "Theo quyết định của cấp có thẩm quyền (khoản 8.1 Quy định 294-QĐ/TW). Căn cứ quyết định việc xét kết nạp lại."
    )
    return _by_decision(request, member_id, EndReason.NAME_REMOVED, acts.remove_name, "Ghi xóa tên", lead)


@requires(P.ENDINGS_RECORD)
def let_leave(request, member_id):
    """Left on application."""
    lead = "Chỉ khi không có vi phạm; có vi phạm thì xem xét kỷ luật trước."
    return _by_decision(request, member_id, EndReason.LEFT, acts.let_leave, "Ghi cho ra khỏi Đảng theo đơn", lead)


@requires(P.ENDINGS_RECORD)
def expel(request, member_id):
    """Expelled, from paper."""
    lead = "Theo quyết định kỷ luật trên giấy. Đảng viên dự bị thì xóa tên, không khai trừ."
    return _by_decision(request, member_id, EndReason.EXPELLED, acts.expel, "Ghi khai trừ", lead)


@requires(P.ENDINGS_RECORD)
def cancel_admission(request, member_id):
    """The decision of admission cancelled."""
    lead = "Quyết định hủy quyết định kết nạp của cấp có thẩm quyền."
    return _by_decision(
        request, member_id, EndReason.CANCELLED, acts.cancel_admission, "Ghi hủy quyết định kết nạp", lead
    )


@requires(P.MEMBERS_EDIT)
def enter_ending_papers(request, member_id):
    """The papers of an ending that a list brought."""
    member = find_member(request, member_id)
    stay = member.memberships.left_for_good().with_papers_left("papers").last()
    if stay is None:
        raise Http404
    check(request.user, ending_right(stay.end_reason), member)
    form = papers_form(stay, request.POST or None, today=timezone.localdate())
    lead = f"{stay.get_end_reason_display()}; không còn trong danh sách từ {stay.ended_on:%d/%m/%Y}, chưa ghi giấy tờ."

    def act():
        reason = form.cleaned_data.get("reason", EndReason.DIED)
        acts.enter_ending_papers(member, reason, acts.EndingEntry(**form.values), by=request.user)

    return form_page(request, member, form, act, {"title": "Ghi giấy tờ rời Đảng", "lead": lead})


@requires(P.MEMBERS_VIEW)
def show_ending(request, ending_id):
    """One ending: its papers, its clocks, what is left to do."""
    ending = _find(request, ending_id)
    may_record = _may_record(request.user, ending)
    page = read_ending(ending, StandingBook(), may_record)
    steps = [(STEPS[name], reverse(f"members:{name}", args=[ending.pk])) for name in page.left]
    back = ending.restorations.filter(voided_at__isnull=True).first()
    today = timezone.localdate()
    context = {
        "page": page,
        "ending": ending,
        "rows": _rows(page),
        "clocks": [(words, clock, clock.is_over(today)) for words, clock in page.clocks],
        "steps": steps,
        "may_record": may_record,
        "back": back,
    }
    return render(request, "members/ending.html", context)


@requires(P.MEMBERS_EDIT)
def record_notice(request, ending_id):
    """The day of the notice."""
    return _step(request, ending_id, acts.record_notice, "Ghi ngày phiếu báo")


@requires(P.ENDINGS_RECORD)
def record_receipt(request, ending_id):
    """The day on which the member received the decision."""
    return _step(request, ending_id, acts.record_receipt, "Ghi ngày đảng viên nhận quyết định")


@requires(P.ENDINGS_RECORD)
def recover_card(request, ending_id):
    """The card was handed back."""
    return _step(request, ending_id, acts.recover_card, "Ghi ngày thu thẻ")


@requires(P.MEMBERS_EDIT)
def send_file_up(request, ending_id):
    """The file went up."""
    return _step(request, ending_id, acts.send_file_up, "Ghi nộp hồ sơ lên cấp trên", SendFileForm)


@requires(P.ENDINGS_RECORD)
def record_appeal(request, ending_id):
    """The member complained."""
    return _step(request, ending_id, acts.record_appeal, "Ghi ngày khiếu nại")


@requires(P.MEMBERS_EDIT)
def correct_ending(request, ending_id):
    """What was written wrongly is voided and written anew."""
    ending = _find_to_record(request, ending_id)
    form = correction_form(ending, request.POST or None, today=timezone.localdate())
    keep_seen(form, ending)
    context = {"title": "Sửa mục ghi sai", "lead": f"{ending.get_reason_display()}. Bản ghi sai được giữ lại."}

    def act():
        values = {**form.values, **{name: form.cleaned_data[name] for name in form.later}}
        seen = form.cleaned_data["seen"]
        acts.correct_ending(ending, values, reason=form.cleaned_data["why"], seen=seen, by=request.user)

    return form_page(request, ending.member, form, act, context)


@requires(P.MEMBERS_EDIT)
def void_ending(request, ending_id):
    """An ending that never was."""
    ending = _find_to_record(request, ending_id)
    form = VoidForm(request.POST or None)
    what = f"{ending.get_reason_display()}, từ {ending.ended_on:%d/%m/%Y}"
    context = {
        "title": "Hủy mục ghi sai",
        "lead": f"{what}. Đảng viên trở lại danh sách như chưa ra; chức vụ, tình trạng đã kết thúc theo được mở lại; "
        "lần chuyển sinh hoạt đang dở được tiếp tục.",
    }

    def act():
        acts.void_ending(ending, reason=form.cleaned_data["reason"], by=request.user)

    return form_page(request, ending.member, form, act, context)


def _by_decision(request, member_id, reason, action, title, lead):
    member = find_member(request, member_id)
    check(request.user, P.ENDINGS_RECORD, member)
    form = DecisionForm(request.POST or None, reason=reason, today=timezone.localdate())
    return _ending_page(request, member, form, action, {"title": title, "lead": lead})


def _ending_page(request, member, form, action, context):
    def act():
        action(member, acts.EndingEntry(**form.values), by=request.user)

    return form_page(request, member, form, act, context)


def _step(request, ending_id, action, title, form_class=StepForm):
    ending = _find_to_record(request, ending_id)
    today = timezone.localdate()
    form = form_class(request.POST or None, today=today, initial={"on": today})
    context = {"title": title, "lead": f"{ending.get_reason_display()}, từ {ending.ended_on:%d/%m/%Y}."}

    def act():
        action(ending, **form.cleaned_data, by=request.user)

    return form_page(request, ending.member, form, act, context, back=reverse("members:ending", args=[ending.pk]))


def _find(request, ending_id):
    rows = Ending.objects.visible_to(request.user, P.MEMBERS_VIEW).standing()
    rows = rows.select_related("member__home__parent", "membership__organisation__parent", "recorded_by")
    return find(rows, pk=ending_id)


def _find_to_record(request, ending_id):
    ending = _find(request, ending_id)
    check(request.user, ending_right(ending.reason), ending.member)
    return ending


def _may_record(user, ending):
    return user.may(ending_right(ending.reason), ending.member)


def _may_enter(user, row):
    return user.may(ending_right(row.membership.end_reason), row.membership.member)


def _rows(page):
    ending = page.ending
    day = "{:%d/%m/%Y}".format
    rows = [
        ("Hình thức", ending.get_reason_display() + (" (đảng viên dự bị)" if ending.was_probationary else "")),
        ("Căn cứ", "; ".join(page.grounds)) if page.grounds else None,
        ("Không còn trong danh sách từ", day(ending.ended_on)),
        ("Nơi sinh hoạt cuối", str(ending.membership.organisation)),
        ("Quyết định, giấy tờ", ending.decision or "không ghi"),
        ("Ngày quyết định", day(ending.decided_on)) if ending.decided_on else None,
        ("Cấp quyết định", ending.decided_by) if ending.decided_by else None,
        ("Ngày phiếu báo", day(ending.notified_on)) if ending.notified_on else None,
        ("Nhận quyết định", day(ending.received_on)) if ending.received_on else None,
        ("Thu thẻ", day(ending.card_recovered_on)) if ending.card_recovered_on else None,
        ("Nộp hồ sơ", f"{day(ending.file_sent_on)}, {ending.file_sent_to}") if ending.file_sent_on else None,
        ("Khiếu nại", day(ending.appealed_on)) if ending.appealed_on else None,
        ("Ghi chú", ending.note) if ending.note else None,
        ("Người ghi", str(ending.recorded_by or "nhập từ danh sách")),
    ]
    return [row for row in rows if row]
