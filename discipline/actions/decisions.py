"""After the decision: announced, made known, carried out, lapsed. Members learn of it from the announcement on."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.actions.proposals import ActEntry
from discipline.decided import current_decision, decided_on, in_force_on, is_expulsion, is_of_cell, lapse_day, lapse_of
from discipline.effects import name_of, put_on_record
from discipline.enums import State
from discipline.models import Notice
from discipline.rulebook import CaseBook
from discipline.steps import Taken, locked, refuse_before_last, take
from discipline.workflow import CASE

NO_DECISION = "Hồ sơ này không có quyết định kỷ luật đang còn."
BEFORE_DECISION = "Không thể công bố trước ngày quyết định {on}."
RECEIVED_EARLY = "Ngày nhận quyết định trước ngày quyết định {on}. Hãy kiểm tra lại ngày."
NOT_YET = "Kỷ luật chấm dứt hiệu lực từ ngày {on}; chưa đến ngày đó."
NEVER = "Hình thức này không có thời hạn chấm dứt hiệu lực."
CONFIRM = "Hiệu lực không tự chấm dứt; hãy ghi căn cứ cấp có thẩm quyền xác nhận."


@dataclass(frozen=True, kw_only=True)
class AnnounceEntry(ActEntry):
    """The minutes of the announcement; a refusal to hear or to receive is written down and stops nothing.

    A cell writes its decision down after its meeting: number, day and signer are given here where they were not yet.
    """

    received_on: date | None = None
    refused: bool = False
    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class NotifyEntry(ActEntry):
    """Who was told: (recipient, number of the letter) each."""

    recipients: tuple[tuple[str, str], ...] = field(default=())


@transaction.atomic
def announce(case, entry, *, by):
    """Announce the decision: from now on it stands in the record of the member, and is known."""
    found = _ready(case, "announce", entry.on)
    decision = _current(found)
    _write_down(decision, entry)
    if decision.signed_on and entry.on < decision.signed_on and not is_of_cell(decision):
        raise ValidationError({"on": BEFORE_DECISION.format(on=f"{decision.signed_on:%d/%m/%Y}")})
    if entry.received_on and entry.received_on < decided_on(decision):
        raise ValidationError({"received_on": RECEIVED_EARLY.format(on=f"{decided_on(decision):%d/%m/%Y}")})
    decision.announced_on, decision.announcement = entry.on, entry.note
    decision.received_on, decision.refused_to_receive = entry.received_on, entry.refused
    decision.in_force_on = in_force_on(decision, entry.on)
    decision.lapses_on = lapse_day(decision, entry.on)
    decision.save()
    put_on_record(found, decision, name_of(decision), by=by)
    return _step(found, "announce", entry, by, data={"decision": str(decision.pk)})


@transaction.atomic
def notify(case, entry, *, by):
    """The result was made known to the committee above, the employer, the unions; late is a warning, no more."""
    found = _ready(case, "notify", entry.on)
    decision = _current(found)
    if not entry.recipients:
        raise ValidationError({"recipients": "Hãy ghi ít nhất một nơi nhận."})
    rows = [
        Notice.objects.create(case=found, decision=decision, to=to, number=number, sent_on=entry.on, recorded_by=by)
        for to, number in entry.recipients
    ]
    return _step(found, "notify", entry, by, data={"notices": [row.pk for row in rows]})


@transaction.atomic
def enforce(case, entry, *, by):
    """The decision is carried out; after an expulsion the person is out."""
    found = _ready(case, "enforce", entry.on)
    to = State.EXIT if is_expulsion(_current(found)) else State.IN_FORCE
    return _step(found, "enforce", entry, by, to=to)


@transaction.atomic
def lapse(case, entry, *, by):
    """The discipline has lapsed: by itself after its months, or because the competent body confirms it with a reason.

    No paper is issued, nothing changes in the record of the member: the day stands in it since the announcement.
    """
    found = _ready(case, "lapse", entry.on)
    ends = lapse_of(_current(found))
    if ends.lapses_on is None:
        raise NotAllowed(NEVER)
    if entry.on < ends.lapses_on:
        raise ValidationError({"on": NOT_YET.format(on=f"{ends.lapses_on:%d/%m/%Y}")})
    if ends.to_confirm and not entry.note:
        raise ValidationError({"note": CONFIRM})
    return _step(found, "lapse", entry, by, data={"lapsed_on": f"{ends.lapses_on:%d/%m/%Y}"})


def _ready(case, step, on):
    found = locked(case)
    CASE.refuse_closed(found, step)
    refuse_before_last(found, on)
    return found


def _current(case):
    decision = current_decision(case)
    if decision is None:
        raise NotAllowed(NO_DECISION)
    decision.case = case
    return decision


def _write_down(decision, entry):
    """What of the written decision was not known before."""
    if entry.signed_on and entry.signed_on < decided_on(decision):
        raise ValidationError({"signed_on": f"Không thể ký trước ngày biểu quyết {decided_on(decision):%d/%m/%Y}."})
    for name in ("number", "signed_on", "signer", "position"):
        if getattr(entry, name):
            setattr(decision, name, getattr(entry, name))


def _step(case, step, entry, by, *, data=None, to=None):
    rules = CaseBook.of(case).on(case.organisation, entry.on).sets
    taken = Taken(entry.on, case.organisation, entry.document, entry.note, data=data or {}, rules=rules)
    return take(case, step, taken, by=by, to=to)
