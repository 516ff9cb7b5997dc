"""The decision on admission, yes or no, one number a person; a refusal goes to the cell."""

from django.db import transaction

from admissions.deciding import decision_in_force, store_decision
from admissions.enums import Purpose, State
from admissions.gate import cell_met_on, refuse_blocked
from admissions.moving import reconsider_move
from admissions.rulebook import AdmissionBook
from admissions.rules.check import DECIDE
from admissions.stations import acting_body
from admissions.steps import Taken, locked, take
from admissions.voting import said
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib.workflow import NotAllowed


@transaction.atomic
def decide(candidate, entry, *, by):
    """The competent body votes and decides, by the chain of the day of the decision; one number a person.

    Refused while a condition fails or an approval that must be dated before the decision is not there.
    """
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "decide")
    organisation, station = acting_body(found, "decide", entry.signed_on)
    findings = refuse_blocked(found, DECIDE, cell_met_on(found, entry.signed_on), decided_on=entry.signed_on)
    book = AdmissionBook()
    rules = book.on(organisation, entry.signed_on)
    decision = store_decision(found, Purpose.ADMISSION, (organisation, station), entry, rules=rules, by=by)
    taken = Taken(entry.signed_on, organisation, decision.number, entry.reason, findings, rules.sets)
    to = State.APPROVED if decision.approves else State.REFUSED
    take(found, "decide", taken, by=by, to=to, data=said(decision.vote))
    if decision.approves:
        reconsider_move(found, book)
    return decision


@transaction.atomic
def notify_refusal(candidate, entry, *, by):
    """The cell learns that the body did not admit; the person is a sympathiser again (△ admissions.md §8.4)."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "notify_refusal")
    organisation, _ = acting_body(found, "notify_refusal", entry.on)
    take(found, "notify_refusal", Taken(entry.on, organisation, entry.document, entry.note), by=by)
    return found


@transaction.atomic
def receive_decision(candidate, *, on, by):
    """The cell has the decision in its hands: from here the days to the ceremony run until 2026."""
    found = locked(candidate)
    decision = decision_in_force(found)
    if found.state != State.APPROVED or decision is None:
        raise NotAllowed("Chưa có quyết định kết nạp đang chờ tổ chức lễ.")
    if decision.received_on:
        raise NotAllowed(f"Đã ghi ngày nhận quyết định {decision.received_on:%d/%m/%Y}. Hãy tải lại trang.")
    if on < decision.signed_on:
        raise NotAllowed(f"Ngày nhận trước ngày quyết định {decision.signed_on:%d/%m/%Y}. Hãy kiểm tra lại ngày.")
    decision.received_on = on
    decision.save(update_fields=["received_on"])
    record("admissions.receive_decision", found, by=by, data={"on": f"{on:%d/%m/%Y}", "number": decision.number})
    return decision
