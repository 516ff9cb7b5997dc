"""After the decision: its receipt, the card, the file, and complaints with their answer (screening.md, section 7)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from cells.trees import tree_on
from config.lib.workflow import NotAllowed
from evaluations.models import RemovalComplaint
from evaluations.removal_book import RemovalBook
from evaluations.removal_endings import ending_of, removal_decision
from evaluations.removal_enums import ComplaintOutcome, RemovalGround, RemovalState
from evaluations.removal_gates import DECIDED, complaint_answer_due, refuse_odd_day
from evaluations.removal_stations import cell_on, removal_body
from evaluations.removal_steps import RemovalTaken, locked_removal, take
from evaluations.workflow import REMOVAL
from members.actions import restorations
from members.actions.endings import record_appeal, record_receipt, recover_card, send_file_up
from members.rules.exits import appeal_until

BEGUN, TAKEN_BACK = "ngày lập hồ sơ", "ngày thu thẻ"
X3 = RemovalGround.X3.value
NO_ENDING = "Chưa có quyết định ra khỏi Đảng đang có hiệu lực. Hãy tải lại trang."
LATE = "Thời hạn khiếu nại là đến hết ngày {until} ({reason}). Nhận khi đã quá hạn thì phải ghi lý do."
NOT_RECEIVED = "Chưa ghi ngày đảng viên nhận quyết định nên chưa tính được thời hạn khiếu nại. Hãy ghi ngày nhận trước."
NOT_FOR_LEAVING = "Đảng viên ra khỏi Đảng theo đơn của mình; không ghi khiếu nại về xóa tên."
OPEN_ALREADY = "Đang có một khiếu nại chưa trả lời. Hãy ghi trả lời trước."
NONE_OPEN = "Không có khiếu nại nào đang chờ trả lời. Hãy tải lại trang."
ANSWERED_BEFORE = "Ngày trả lời trước ngày khiếu nại {on}. Hãy kiểm tra lại ngày."
NO_CELL = "{cell} đã kết thúc hoạt động và không có chi bộ nào tiếp nhận việc còn lại. Hãy xem cây tổ chức."
NO_DECISION = "Hủy quyết định xóa tên phải có số quyết định giải quyết khiếu nại."


@dataclass(frozen=True, kw_only=True)
class RemovalComplaintEntry:
    """What the member complains of, on which day, to whom."""

    received_on: date
    addressee: str
    level: str
    summary: str
    late_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RemovalAnswerEntry:
    """The answer; annulled, the member is one as if he had never been out, and comes back on `back_on`."""

    answered_on: date
    outcome: str
    answer: str
    decision: str = ""
    back_on: date | None = None


@transaction.atomic
def record_removal_receipt(removal, *, on, by):
    """The member received the decision: from here the time to complain runs."""
    found, ending = _with_ending(removal)
    refuse_odd_day("on", on, _decided_on(ending), DECIDED)
    record_receipt(ending, on=on, by=by)
    return found


@transaction.atomic
def hand_in_removal_card(removal, *, on, handed_to="", handed_on=None, by):
    """The cell took the card back, and handed it to the committee directly above."""
    found, ending = _with_ending(removal)
    refuse_odd_day("on", on, _begun_on(found), BEGUN)
    if handed_on:
        refuse_odd_day("handed_on", handed_on, on, TAKEN_BACK)
    if not ending.card_recovered_on:
        recover_card(ending, on=on, by=by)
    if handed_on:
        found.card_handed_to, found.card_handed_on = handed_to, handed_on
        found.save(update_fields=["card_handed_to", "card_handed_on"])
        said = {"on": f"{handed_on:%d/%m/%Y}", "body": handed_to}
        record("evaluations.hand_in_removal_card", found, by=by, data=said)
    return found


@transaction.atomic
def send_removal_file(removal, *, on, to, by):
    """The file of the member went up."""
    found, ending = _with_ending(removal)
    refuse_odd_day("on", on, _decided_on(ending), DECIDED)
    send_file_up(ending, on=on, to=to, by=by)
    return found


@transaction.atomic
def receive_removal_complaint(removal, entry, *, by):
    """The member complains, within the working days of the rule set since receipt (294-QĐ/TW, 8.2); later with a
    reason alone. One complaint at a time waits for its answer."""
    found, ending = _with_ending(removal)
    REMOVAL.refuse_closed(found, "receive_removal_complaint")
    if found.is_leaving:
        raise NotAllowed(NOT_FOR_LEAVING)
    if RemovalComplaint.objects.standing().filter(removal=found, answered_on__isnull=True).exists():
        raise NotAllowed(OPEN_ALREADY)
    if ending.received_on is None:
        raise NotAllowed(NOT_RECEIVED)
    rules = RemovalBook().on(found.scope_organisation, ending.decided_on or ending.ended_on).removal
    _refuse_late(rules, ending, entry)
    organisation, _ = removal_body(found, "receive_removal_complaint", entry.received_on)
    if not ending.appealed_on:
        record_appeal(ending, on=entry.received_on, by=by)
    due_on = complaint_answer_due(rules, entry.received_on, entry.level)
    complaint = RemovalComplaint.objects.create(removal=found, recorded_by=by, due_on=due_on, **vars(entry))
    taken = RemovalTaken(entry.received_on, organisation, note=entry.late_reason)
    take(found, "receive_removal_complaint", taken, by=by, data={"addressee": entry.addressee})
    return complaint


@transaction.atomic
def answer_removal_complaint(removal, entry, *, by):
    """The answer: the decision stands, or is annulled and the rights of the member are restored."""
    found = locked_removal(removal)
    REMOVAL.refuse_closed(found, "answer_removal_complaint")
    rows = RemovalComplaint.objects.standing().select_for_update(of=("self",))
    complaint = rows.filter(removal=found, answered_on__isnull=True).first()
    if complaint is None:
        raise NotAllowed(NONE_OPEN)
    if entry.answered_on < complaint.received_on:
        words = ANSWERED_BEFORE.format(on=f"{complaint.received_on:%d/%m/%Y}")
        raise ValidationError({"answered_on": words})
    organisation, _ = removal_body(found, "answer_removal_complaint", entry.answered_on)
    complaint.answered_on, complaint.outcome = entry.answered_on, entry.outcome
    complaint.answer, complaint.decision = entry.answer, entry.decision
    complaint.save(update_fields=["answered_on", "outcome", "answer", "decision"])
    annulled = entry.outcome == ComplaintOutcome.ANNULLED
    if annulled:
        _restore(found, complaint, entry, by)
    taken = RemovalTaken(entry.answered_on, organisation, entry.decision, entry.answer)
    to = RemovalState.ANNULLED if annulled else RemovalState.REMOVED
    said = {"result": complaint.get_outcome_display().lower()}
    take(found, "answer_removal_complaint", taken, by=by, to=to, data=said)
    return complaint


def _decided_on(ending):
    return ending.decided_on or ending.ended_on


def _begun_on(removal):
    """When the matter began: a card may have been handed back before the decision, as with ground X3."""
    return removal.opened_on if X3 not in removal.grounds else removal.member.admitted_on


def _with_ending(removal):
    """(matter, ending), the matter locked; NotAllowed where nothing has ended."""
    found = locked_removal(removal)
    ending = ending_of(found) if found.state == RemovalState.REMOVED else None
    if ending is None:
        raise NotAllowed(NO_ENDING)
    return found, ending


def _refuse_late(rules, ending, entry):
    term = appeal_until(rules, ending.received_on)
    if term and term.is_over(entry.received_on) and not entry.late_reason:
        words = LATE.format(until=f"{term.due_on:%d/%m/%Y}", reason=term.reason)
        raise ValidationError({"late_reason": words})


def _restore(removal, complaint, entry, by):
    """The member is one again, as if he had never been out."""
    if not entry.decision:
        raise ValidationError({"decision": NO_DECISION})
    decided_by = complaint.addressee or removal_decision(removal).organisation.name
    back_on = entry.back_on or entry.answered_on
    cell = cell_on(removal, tree_on(back_on), back_on)
    if not cell.is_cell:
        raise ValidationError({"back_on": NO_CELL.format(cell=removal.scope_organisation)})
    written = restorations.RestorationEntry(
        back_on=back_on, organisation=cell,
        decision=entry.decision[:100], decided_on=entry.answered_on, decided_by=decided_by[:200],
    )  # fmt: skip
    restorations.restore_rights(removal.member, written, by=by)
