"""The written decision entered or corrected after the vote: a cell writes its decision down within days."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.decided import current_decision, is_expulsion, is_of_cell
from discipline.effects import name_of, put_on_record, withdraw
from discipline.journal import record
from discipline.steps import locked

NO_DECISION = "Hồ sơ này không có quyết định kỷ luật đang còn."
BY_APPEAL = "Quyết định này do giải quyết khiếu nại mà có; số, ngày ghi ở bước giải quyết khiếu nại."
SIGNED_ALREADY = "Số, ngày của quyết định khai trừ đã công bố không sửa ở đây. Hãy hủy bước công bố rồi ghi lại."
WRITTEN = "ghi số, ngày quyết định bằng văn bản"
NOT_SIGNED = "Quyết định của cấp trên phải có số và ngày."
TOO_EARLY = "Không thể ký trước ngày biểu quyết {on}."


@transaction.atomic
def write_decision(case, paper, *, by):
    """Number, day, signer and what statistics ask; what stands in the record of the member follows its number."""
    found = locked(case)
    decision = current_decision(found)
    if decision is None:
        raise NotAllowed(NO_DECISION)
    if decision.vote is None:
        raise NotAllowed(BY_APPEAL)
    decision.case = found
    if paper.signed_on and paper.signed_on < decision.vote.held_on:
        raise ValidationError({"signed_on": TOO_EARLY.format(on=f"{decision.vote.held_on:%d/%m/%Y}")})
    if not is_of_cell(decision) and not (paper.number and paper.signed_on):
        raise ValidationError({"number": NOT_SIGNED})
    moved = (decision.number, decision.signed_on) != (paper.number, paper.signed_on)
    if moved and decision.announced_on and is_expulsion(decision):
        raise NotAllowed(SIGNED_ALREADY)
    for name, value in vars(paper).items():
        setattr(decision, name, value)
    decision.save(update_fields=list(vars(paper)))
    if moved and decision.announced_on:
        withdraw(decision, reason=WRITTEN, by=by)
        put_on_record(found, decision, name_of(decision), by=by)
    record("write_decision", found, by=by, data={"number": paper.number})
    return decision
