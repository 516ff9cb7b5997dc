"""Results made known: recorded once a decision, and taken back when entered wrongly."""

from django.db import transaction

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.models import RatingDecision, RatingNotice


@transaction.atomic
def notify_results(decision, *, notified_on, how, by):
    """Record when and how the results of a decision were made known (366-QĐ/TW, khoản 15.2)."""
    decision = RatingDecision.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=decision.pk)
    if notified_on < decision.decided_on:
        raise NotAllowed(
            f"Ngày thông báo {notified_on:%d/%m/%Y} trước ngày quyết định ({decision.decided_on:%d/%m/%Y}). "
            "Hãy kiểm tra lại."
        )
    if decision.notices.standing().exists():
        raise NotAllowed("Quyết định này đã ghi việc thông báo kết quả. Nếu ghi sai, hãy hủy mục cũ trước.")
    notice = RatingNotice.objects.create(decision=decision, notified_on=notified_on, how=how, recorded_by=by)
    data = {"date": f"{notified_on:%d/%m/%Y}", "how": how}
    record("evaluations.notify_results", decision, by=by, organisation=decision.organisation, data=data)
    return notice


@transaction.atomic
def void_notice(notice, *, reason, by):
    """Take back a notice that was entered wrongly."""
    row = RatingNotice.objects.select_for_update(of=("self",)).standing().filter(pk=notice.pk).first()
    if row is None:
        raise NotAllowed("Mục thông báo này đã được hủy trước đó.")
    row.void(reason, by)
    decision, data = row.decision, {"date": f"{row.notified_on:%d/%m/%Y}", "reason": reason}
    record("evaluations.void_notice", decision, by=by, organisation=decision.organisation, data=data)
    return row
