"""A probationary member removed, a wrong admission cancelled or put right (06-HD/TW, 4.6; 294-QĐ/TW, 4.4)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.deciding import DecisionEntry, decision_in_force, store_decision
from admissions.enums import ON_PROBATION, Purpose, State
from admissions.freezing import freeze
from admissions.models import AdmissionDecision, Admitted, Ceremony, StepTaken
from admissions.newcomers import words_of
from admissions.probations import probation_of
from admissions.rulebook import AdmissionBook
from admissions.stations import acting_body
from admissions.steps import Taken, locked, refuse_before_last, take
from admissions.voting import carried_in_cell, said, taken_by_vote, vote_of_body
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib.periods import Precision
from config.lib.workflow import NotAllowed
from members.actions import endings
from members.actions.recognition import redetermine_dates
from members.enums import ExitGround
from members.rules.probation import probation_end, recognition

OUTCOMES = {
    "rec_cell_adopted": State.REM_CELL_ADOPTED,
    "rec_cell_not_adopted": State.REM_CELL_NOT_ADOPTED,
    "escalated": State.ESCALATED,
}

NOT_OFFICIAL_YET = (
    "Theo ngày kết nạp này, thời gian dự bị đến ngày {end} mới hết, sau ngày quyết định mới, mà người này đã được công "
    "nhận chính thức. Hãy kiểm tra lại ngày."
)


@dataclass(frozen=True, kw_only=True)
class CancelEntry:
    """The decision that cancels an admission, and the word of the level above without which it cannot be."""

    number: str
    signed_on: date
    reason: str
    consent: str


@dataclass(frozen=True, kw_only=True)
class RepairEntry:
    """The new decision in place of a faulty one: which step was done anew, and the dates as determined anew."""

    number: str
    signed_on: date
    decided_on: date
    admitted_on: date
    redone: str
    reason: str


@transaction.atomic
def vote_removal(candidate, entry, *, by):
    """The cell votes on taking a probationary member's name off; the third failure goes to the level above."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_removal")
    vote, rules = vote_of_body(found, Purpose.REMOVAL, "vote_removal", entry, by=by)
    outcome = recognition(rules.probation, carried_in_cell(found, Purpose.REMOVAL))
    take(found, "vote_removal", taken_by_vote(vote, rules), by=by, to=OUTCOMES[outcome.state], data=said(vote))
    return vote


@transaction.atomic
def vote_removal_in_base(candidate, entry, *, by):
    """The base committee votes on the removal."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_removal_in_base")
    vote, rules = vote_of_body(found, Purpose.REMOVAL, "vote_removal_in_base", entry, by=by)
    to = State.REM_BASE_ADOPTED if vote.carried else State.REM_BASE_NOT_ADOPTED
    take(found, "vote_removal_in_base", taken_by_vote(vote, rules), by=by, to=to, data=said(vote))
    return vote


@transaction.atomic
def decide_removal(candidate, entry, *, by):
    """The competent body removes the name, and the membership ends; else probation or its recognition goes on."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "decide_removal")
    organisation, station = acting_body(found, "decide_removal", entry.signed_on)
    book = AdmissionBook()
    rules = book.on(organisation, entry.signed_on)
    decision = store_decision(found, Purpose.REMOVAL, (organisation, station), entry, rules=rules, by=by)
    taken = Taken(entry.signed_on, organisation, decision.number, entry.reason, rules=rules.sets)
    to = State.STRUCK_OFF if decision.approves else _back_to(found, book, entry.signed_on)
    take(found, "decide_removal", taken, by=by, to=to, data=said(decision.vote))
    if decision.approves:
        endings.remove_name(found.member, _ending(decision, (ExitGround.PROBATIONARY.value,)), by=by)
    return decision


@transaction.atomic
def cancel_admission(candidate, entry, *, by):
    """The body that issued the decision, or where it is no more the one competent today, cancels it.

    Only on the instruction or with the written consent of the level above; the membership ends.
    """
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "cancel_admission")
    if not entry.consent:
        words = "Hãy ghi số, ngày văn bản chỉ đạo hoặc đồng ý của cấp ủy cấp trên (294-QĐ/TW, khoản 4.4)."
        raise ValidationError({"consent": words})
    organisation, station = acting_body(found, "cancel_admission", entry.signed_on)
    rules = AdmissionBook().on(organisation, entry.signed_on)
    issued = DecisionEntry(entry.number, entry.signed_on, reason=f"{entry.reason} ({entry.consent})"[:1000])
    decision = store_decision(found, Purpose.CANCELLATION, (organisation, station), issued, rules=rules, by=by)
    decision.replaces = decision_in_force(found)
    decision.save(update_fields=["replaces"])
    taken = Taken(entry.signed_on, organisation, entry.number, decision.reason, rules=rules.sets)
    take(found, "cancel_admission", taken, by=by, data={"reason": entry.reason, "consent": entry.consent})
    endings.cancel_admission(found.member, _ending(decision), by=by)
    return decision


@transaction.atomic
def repair_admission(candidate, entry, *, by):
    """A wrong step was done anew where the conditions were met: a new decision, dates determined anew (4.4).

    The faulty decision stays readable behind the new one; the state does not change.
    """
    found = locked(candidate)
    if found.state not in (*ON_PROBATION, State.OFFICIAL):
        raise NotAllowed("Chỉ xác định lại ngày cho người đã kết nạp. Hãy tải lại trang.")
    _refuse_dates(entry)
    refuse_before_last(found, entry.signed_on)
    organisation, station = acting_body(found, "repair_admission", entry.signed_on)
    book = AdmissionBook()
    rules = book.on(organisation, entry.signed_on)
    reason = f"{entry.reason} Làm lại: {entry.redone}"[:1000]
    issued, faulty = DecisionEntry(entry.number, entry.signed_on, reason=reason), _faulty(found)
    decision = store_decision(found, Purpose.REPAIR, (organisation, station), issued, rules=rules, by=by)
    decision.effective_on = _redetermine(found, decision, entry, book, by)
    decision.replaces = faulty
    decision.save(update_fields=["effective_on", "replaces"])
    StepTaken.objects.create(
        candidate=found, step="repair_admission", from_state=found.state, to_state=found.state, on=entry.signed_on,
        organisation=organisation, document=entry.number, note=reason, rules=rules.sets, recorded_by=by,
    )  # fmt: skip
    data = {"on": f"{entry.signed_on:%d/%m/%Y}", "number": entry.number, "reason": reason}
    record("admissions.repair_admission", found, by=by, data=data)
    return decision


def _back_to(candidate, book, on):
    """Where somebody who stays goes on: probation, or recognition when the twelve months are over."""
    return State.RECOGNITION_DUE if on >= probation_of(candidate, book).ends_on else State.PROBATION


def _ending(decision, grounds=()):
    return endings.EndingEntry(
        ended_on=decision.signed_on, grounds=grounds, decision=decision.number[:100], decided_on=decision.signed_on,
        decided_by=str(decision.organisation)[:200], note=decision.reason[:300],
    )  # fmt: skip


def _refuse_dates(entry):
    if not entry.decided_on <= entry.admitted_on <= entry.signed_on:
        words = "Ngày quyết định, ngày kết nạp và ngày quyết định mới phải theo thứ tự trước sau."
        raise ValidationError({"admitted_on": words})


def _faulty(candidate):
    """The decision that the new one stands for: the last that brought the person in."""
    rows = AdmissionDecision.objects.standing().filter(candidate=candidate, approves=True, replaced_by=None)
    return rows.filter(purpose__in=(Purpose.ADMISSION, Purpose.REPAIR)).order_by("signed_on", "recorded_at").last()


def _redetermine(candidate, decision, entry, book, by):
    """Write the new dates; the official date, computed anew, is answered where there is one by now."""
    end = probation_end(book.on(candidate.scope_organisation, entry.admitted_on).probation, entry.admitted_on)
    official = end if candidate.state == State.OFFICIAL else None
    if official and official > entry.signed_on:
        raise ValidationError({"admitted_on": NOT_OFFICIAL_YET.format(end=f"{official:%d/%m/%Y}")})
    columns = {"decided_on": entry.decided_on, "decided_precision": Precision.DAY,
               "admitted_on": entry.admitted_on, "admitted_precision": Precision.DAY}  # fmt: skip
    if candidate.is_readmission:  # the record keeps the first admission, from which Party age is counted
        columns = {}
    if official:
        columns |= {"official_on": official, "official_precision": Precision.DAY}
    _ceremony_anew(candidate, decision, entry, by)
    redetermine_dates(candidate.member, columns, decision=words_of(decision), reason=entry.reason, by=by)
    return official


def _ceremony_anew(candidate, decision, entry, by):
    """The ceremony with its day as determined anew, and what statistics count with it."""
    held = Ceremony.objects.standing().filter(candidate=candidate).first()
    if held is None:
        return
    held.void(f"xác định lại ngày theo {entry.number}", by)
    again = Ceremony.objects.create(
        candidate=candidate, decision=held.decision, organisation=held.organisation, held_on=entry.admitted_on,
        place=held.place, late_consent=held.late_consent, note=held.note, recorded_by=by,
    )  # fmt: skip
    for row in Admitted.objects.standing().filter(candidate=candidate):
        row.void(f"xác định lại ngày theo {entry.number}", by)
        freeze(candidate, decision, again, rules=row.rules, by=by)
