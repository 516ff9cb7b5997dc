"""Exemption and suspension of a member: entered from paper, and ended."""

from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import facts as acts
from members.enums import OverlayKind
from members.forms.standing import EndStateForm, ExemptForm, SuspendForm
from members.standing_rules import StandingBook
from members.views.facts import form_page
from members.views.record import find_member
from members.views.rights import SUSPENDING, check_suspends


@requires(P.MEMBERS_EDIT)
def exempt_member(request, member_id):
    """Exempt from work and activity, on a ground."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    today = timezone.localdate()
    form = ExemptForm(request.POST or None, today=today, rules=StandingBook().standing(member.home, today))
    context = {
        "title": "Ghi miễn công tác và sinh hoạt đảng",
        "lead": "Theo nghị quyết của chi bộ hoặc quyết định của cấp ủy cơ sở. Người được miễn không thuộc diện xếp "
        "loại; đảng phí theo quyết định.",
    }
    return form_page(request, member, form, lambda: acts.exempt_member(member, form.values, by=request.user), context)


@requires(*SUSPENDING)
def suspend_member(request, member_id):
    """Suspended from party activity."""
    member = find_member(request, member_id)
    check_suspends(request.user, member)
    form = SuspendForm(request.POST or None, today=timezone.localdate())
    context = {
        "title": "Ghi đình chỉ sinh hoạt đảng",
        "lead": "Không phải hình thức kỷ luật; người bị đình chỉ vẫn đóng đảng phí, không biểu quyết, không xếp loại.",
    }
    return form_page(request, member, form, lambda: acts.suspend_member(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def end_exemption(request, member_id, fact_id):
    """Back to work and activity."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    overlay = _overlay(member, fact_id, OverlayKind.EXEMPT)
    form = EndStateForm(request.POST or None, today=timezone.localdate())
    context = {"title": "Ghi trở lại sinh hoạt", "lead": f"Được miễn từ {overlay.started_on:%d/%m/%Y}."}
    return form_page(request, member, form, lambda: acts.end_exemption(overlay, **_end(form, request)), context)


@requires(*SUSPENDING)
def end_suspension(request, member_id, fact_id):
    """The suspension is over."""
    member = find_member(request, member_id)
    check_suspends(request.user, member)
    overlay = _overlay(member, fact_id, OverlayKind.SUSPENDED)
    form = EndStateForm(request.POST or None, today=timezone.localdate())
    context = {"title": "Ghi hết đình chỉ sinh hoạt", "lead": f"Bị đình chỉ từ {overlay.started_on:%d/%m/%Y}."}
    return form_page(request, member, form, lambda: acts.end_suspension(overlay, **_end(form, request)), context)


def _overlay(member, fact_id, kind):
    return find(member.overlays.standing().filter(kind=kind).select_related("member__home"), pk=fact_id)


def _end(form, request):
    return {"ended_on": form.ended_on, "paper": form.cleaned_data["paper"], "by": request.user}
