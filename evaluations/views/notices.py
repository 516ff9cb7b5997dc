"""The notice of the results of a decision: entered by the body that decided."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cells.access import find, requires
from cells.views.act_pages import act_with_form, posted
from evaluations import actions
from evaluations.forms import NoticeForm
from evaluations.models import RatingDecision, RatingNotice
from evaluations.views.decisions import DECIDES, may_act_for
from members.forms.facts import VoidForm


@requires(*DECIDES)
def notify_results(request, pk):
    """When and how the members learned their results."""
    decision = _decided(request, RatingDecision.objects.visible_to(request.user), pk)
    page = {
        **_crumb(decision),
        "title": "Ghi việc thông báo kết quả",
        "lead": "Kết quả được thông báo cho đảng viên và tổ chức quản lý trực tiếp (khoản 15.2 Quy định 366-QĐ/TW).",
        "submit": "Ghi việc thông báo",
        "done": "Đã ghi việc thông báo kết quả.",
    }

    def act(values):
        actions.notify_results(decision, by=request.user, **values)

    return act_with_form(request, NoticeForm(posted(request)), act, page)


@requires(*DECIDES)
def void_notice(request, pk):
    """A notice that was entered wrongly."""
    notice = find(RatingNotice.objects.visible_to(request.user).standing().select_related("decision"), pk=pk)
    decision = _decided(request, RatingDecision.objects.visible_to(request.user), notice.decision_id)
    page = {
        **_crumb(decision),
        "title": "Hủy mục thông báo ghi sai",
        "lead": f"Thông báo ngày {notice}.",
        "done": "Đã hủy mục thông báo kết quả.",
    }

    def act(values):
        actions.void_notice(notice, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _decided(request, decisions, pk):
    decision = find(decisions.select_related("organisation", "season"), pk=pk)
    if not may_act_for(request.user, decision.organisation):
        raise PermissionDenied
    return decision


def _crumb(decision):
    return {"crumb": str(decision), "back": reverse("evaluations:decision", args=[decision.pk])}
