"""Complaints of a member about his result: received, answered, or voided where entered wrongly (366-QĐ/TW, 17.8)."""

from django.db import transaction

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.complaint_term import complaint_term
from evaluations.enums import SheetState
from evaluations.models import Complaint
from evaluations.reratings import locked_review

ANSWER = ["answered_on", "answer", "upheld", "answered_at", "answered_by"]


@transaction.atomic
def receive_complaint(review, *, received_on, summary, by, late_reason=""):
    """Record a complaint about a decided result, in a closed season too; one at a time waits for its answer.

    One that comes after the term which the committee set is taken in with a reason, else NotAllowed.
    """
    sheet, review = locked_review(review)
    if sheet.state != SheetState.DECIDED:
        raise NotAllowed("Đảng viên này chưa có quyết định xếp loại nên chưa có kết quả để khiếu nại.")
    if received_on < sheet.decision.decided_on:
        raise NotAllowed(
            f"Ngày nhận {received_on:%d/%m/%Y} trước ngày quyết định xếp loại "
            f"({sheet.decision.decided_on:%d/%m/%Y}). Hãy kiểm tra lại."
        )
    term = complaint_term(review)
    is_late = term is not None and received_on > term.last_day
    if is_late and not late_reason:
        raise NotAllowed(f"Thời hạn khiếu nại là đến {term}. Nhận khi đã quá hạn thì phải ghi lý do.")
    waiting = Complaint.objects.unanswered().filter(review=review).first()
    if waiting:
        raise NotAllowed(
            f"Khiếu nại nhận ngày {waiting.received_on:%d/%m/%Y} của đồng chí này chưa được trả lời. "
            "Hãy ghi trả lời khiếu nại đó trước."
        )
    row = Complaint.objects.create(
        review=review,
        received_on=received_on,
        summary=summary,
        late_reason=late_reason if is_late else "",
        recorded_by=by,
    )
    data = {"year": sheet.season.year, "received_on": f"{received_on:%d/%m/%Y}", "late": is_late}
    record("complaints.receive_complaint", row, by=by, data=data)
    return row


@transaction.atomic
def answer_complaint(complaint, *, answered_on, answer, upheld, by):
    """Record the answer and whether the complaint was right; a result is given anew by an act of its own."""
    row = _standing(complaint)
    if row.answered_on:
        raise NotAllowed(f"Khiếu nại này đã được trả lời ngày {row.answered_on:%d/%m/%Y}.")
    if answered_on < row.received_on:
        raise NotAllowed(
            f"Ngày trả lời {answered_on:%d/%m/%Y} trước ngày nhận khiếu nại ({row.received_on:%d/%m/%Y}). "
            "Hãy kiểm tra lại."
        )
    row.close(on=answered_on, answer=answer, upheld=upheld, by=by)
    row.save(update_fields=ANSWER)
    result = "khiếu nại đúng" if upheld else "khiếu nại không đúng"
    data = {"answered_on": f"{answered_on:%d/%m/%Y}", "result": result}
    record("complaints.answer_complaint", row, by=by, data=data)
    return row


@transaction.atomic
def void_complaint(complaint, *, reason, by):
    """Void a complaint that was entered wrongly, with its answer if it has one."""
    row = _standing(complaint)
    row.void(reason, by)
    record("complaints.void_complaint", row, by=by, data={"reason": reason})
    return row


def _standing(complaint):
    """The complaint while its review is locked; NotAllowed when it was voided meanwhile."""
    _, review = locked_review(complaint.review)
    row = Complaint.objects.standing().filter(pk=complaint.pk).first()
    if row is None:
        raise NotAllowed("Mục khiếu nại này đã được hủy trước đó.")
    row.review = review
    return row
