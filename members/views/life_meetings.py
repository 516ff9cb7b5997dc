"""The month of meetings of a cell: one meeting on one page, everybody's attendance in one form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, requires
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from members.actions import life_meetings as actions
from members.forms.facts import VoidForm
from members.life_enums import MeetingKind, Presence
from members.life_pages import MeetingPage, meetings_of
from members.settling import Stale
from members.views.life_months import find_cell, life_tabs, month_links, refuse_later

CHOICES = [(Presence.PRESENT, "Có mặt"), (Presence.EXCUSED, "Vắng có lý do"), (Presence.UNEXCUSED, "Vắng không lý do")]

SHEET, SHEET_FILE = "Điểm danh", "diem-danh"


@requires(P.MEMBERS_VIEW)
def keep_meeting(request, organisation_id, month):
    """Read and write one meeting of the month: the first of them, the one asked for, or a new one."""
    page = find_page(request, organisation_id, month, _posted(request))
    if request.method != "POST":
        return answer(request, page)
    check(request.user, P.MEMBERS_EDIT, page.cell)
    lines = page.read()
    if lines is None:
        return answer(request, page)
    entry = actions.MeetingEntry(page.form.cleaned_data, lines, page.meeting, page.version)
    try:
        meeting = actions.keep_meeting(page.cell, entry, by=request.user)
    except Stale as refusal:
        page.show_stale(refusal)
        return answer(request, page, status=409)
    except (ValidationError, NotAllowed) as refusal:
        page.form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return answer(request, page)
    messages.success(
        request,
        f"Đã ghi: {meeting.present} có mặt, {meeting.excused} vắng có lý do, {meeting.unexcused} vắng không lý do.",
    )
    return redirect(_address(page.cell, meeting))


@requires(P.MEMBERS_EDIT)
def void_meeting(request, organisation_id, month):
    """Void a meeting that was entered wrongly, with its attendance."""
    page = find_page(request, organisation_id, month)
    check(request.user, P.MEMBERS_EDIT, page.cell)
    if page.meeting is None:
        raise Http404
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_meeting(page.meeting, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã hủy buổi ghi sai; điểm danh của buổi đó không còn tính.")
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("members:keep_meeting", page.cell.pk, month)
    context = {
        "form": form,
        "cell": page.cell,
        "title": "Hủy buổi ghi sai",
        "lead": f"{page.meeting}, {page.cell}.",
        "submit": "Hủy buổi này",
        "cancel_url": _address(page.cell, page.meeting),
    }
    return render(request, "members/life/form.html", context)


def find_page(request, organisation_id, month, data=None):
    """The meeting asked for by the address, else the first of the month unless a new one is asked for."""
    cell, today = find_cell(request, organisation_id), timezone.localdate()
    refuse_later(month, today)
    asked, new = request.GET.get("meeting", ""), request.GET.get("new")
    meetings = meetings_of(cell, month)
    found = [each for each in meetings if not asked or str(each.pk) == asked]
    if asked and not found:
        raise Http404
    meeting = found[0] if found and new is None else None
    kind = new if new in MeetingKind.values else MeetingKind.REGULAR
    return MeetingPage(request.user, cell, month, today, data, meetings=meetings, meeting=meeting,
                       kind=kind)  # fmt: skip


def _posted(request):
    return request.POST if request.method == "POST" else None


def _address(cell, meeting):
    return f"{reverse('members:keep_meeting', args=[cell.pk, meeting.held_on])}?meeting={meeting.pk}"


def _here(page):
    return reverse("members:keep_meeting", args=[page.cell.pk, page.month]) + _query(page)


def _query(page):
    return f"?meeting={page.meeting.pk}" if page.meeting else f"?new={page.kind}"


def answer(request, page, *, status=200, **extra):
    """The page of one meeting."""
    cell, month = page.cell, page.month
    context = {
        "page": page,
        "cell": cell,
        "month": month,
        "form": page.form,
        "choices": CHOICES,
        "tabs": life_tabs(cell, "keep_meeting", month=month),
        "meetings": [(each, _address(cell, each)) for each in page.meetings],
        "address": _here(page),
        "sheet_url": reverse("members:meeting_sheet", args=[cell.pk, month]) + _query(page),
        "months": month_links("keep_meeting", cell, month, page.today),
    }
    return render(request, "members/life/meeting.html", context | extra, status=status)
