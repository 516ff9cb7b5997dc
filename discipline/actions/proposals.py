"""Between the votes: the proposal received, verified or given back; and what stops a case for a time or for good."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from discipline.enums import State
from discipline.models import CaseExemption, Postponement
from discipline.rulebook import CaseBook
from discipline.steps import Taken, locked, take
from discipline.workflow import CASE

AFTER = "Trường hợp này bắt đầu sau ngày {on}; chưa tạm hoãn được."
HEARD_EARLY = "Ngày nghe trình bày trước ngày tiếp nhận dấu hiệu vi phạm {on}. Hãy kiểm tra lại ngày."
NOT_IN_ORDER = "Ngày xem xét tiếp phải sau ngày bắt đầu tạm hoãn {started}."


@dataclass(frozen=True, kw_only=True)
class ActEntry:
    """A step without a vote: its day, its paper, what there is to say."""

    on: date
    document: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalEntry(ActEntry):
    """The body above that has the proposal."""

    body: Any


@dataclass(frozen=True, kw_only=True)
class ExemptEntry(ActEntry):
    """Why there is no discipline although there was a violation."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class PostponeEntry(ActEntry):
    """Why the case is not considered: kind, since when, until when presumably, by what kind of paper."""

    kind: str
    started_on: date
    evidence: str
    expected_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class VerifiedEntry(ActEntry):
    """The report of verification: whether the person was heard; a refusal is written down and stops nothing."""

    heard_on: date | None = None
    opinion: str = ""
    refused: bool = False


@transaction.atomic
def receive_proposal(case, entry, *, by):
    """A body above has the proposal with its file and verifies it."""
    found, body = locked(case), entry.body
    data = {"body": body.value, "name": body.name}
    rules = CaseBook.of(found).on(body.organisation, entry.on).sets
    taken = Taken(entry.on, body.organisation, entry.document, entry.note, data=data, rules=rules)
    return take(found, "receive_proposal", taken, by=by)


@transaction.atomic
def return_to_cell(case, entry, *, by):
    """The body above gives the proposal back: the cell meets again."""
    return _step(locked(case), "return_to_cell", entry, by)


@transaction.atomic
def report_verification(case, entry, *, by):
    """The proposal was verified and the person heard (Charter 39), or he would not be heard."""
    if entry.heard_on and entry.heard_on > entry.on:
        raise ValidationError({"heard_on": "Không thể nghe sau ngày báo cáo."})
    if entry.heard_on and entry.heard_on < case.signal_on:
        raise ValidationError({"heard_on": HEARD_EARLY.format(on=f"{case.signal_on:%d/%m/%Y}")})
    heard = f"{entry.heard_on:%d/%m/%Y}" if entry.heard_on else ""
    data = {"heard_on": heard, "opinion": entry.opinion, "refused": entry.refused}
    return _step(locked(case), "report_verification", entry, by, data=data)


@transaction.atomic
def exempt(case, entry, *, by):
    """The case ends with a conclusion and without discipline (69-QĐ/TW, Điều 2, khoản 14)."""
    found = locked(case)
    CASE.refuse_closed(found, "exempt")
    row = CaseExemption.objects.create(
        case=found, kind=entry.kind, on=entry.on, document=entry.document, note=entry.note, recorded_by=by
    )
    return _step(found, "exempt", entry, by, data={"exemption": row.pk})


@transaction.atomic
def postpone(case, entry, *, by):
    """Discipline is not yet considered; limitation stands still until the case is resumed."""
    found = locked(case)
    CASE.refuse_closed(found, "postpone")
    if entry.started_on > entry.on:
        raise ValidationError({"started_on": AFTER.format(on=f"{entry.on:%d/%m/%Y}")})
    row = Postponement.objects.create(
        case=found, kind=entry.kind, started_on=entry.started_on, expected_on=entry.expected_on,
        evidence=entry.evidence, recorded_by=by,
    )  # fmt: skip
    return _step(found, "postpone", entry, by, data={"postponement": row.pk})


@transaction.atomic
def resume(case, entry, *, by):
    """The reason of the postponement is over; the case goes on where it stood."""
    found = locked(case)
    CASE.refuse_closed(found, "resume")
    rows = Postponement.objects.standing().select_for_update(of=("self",)).filter(case=found, ended_on__isnull=True)
    row = rows.first()
    if row is not None:
        if entry.on <= row.started_on:
            raise ValidationError({"on": NOT_IN_ORDER.format(started=f"{row.started_on:%d/%m/%Y}")})
        row.ended_on = entry.on
        row.save(update_fields=["ended_on"])
    data = {"resumed": row.pk if row else None}
    return _step(found, "resume", entry, by, to=State(found.postponed_from), data=data)


def _step(case, step, entry, by, *, data=None, to=None):
    rules = CaseBook.of(case).on(case.organisation, entry.on).sets
    taken = Taken(entry.on, case.organisation, entry.document, entry.note, data=data or {}, rules=rules)
    return take(case, step, taken, by=by, to=to)
