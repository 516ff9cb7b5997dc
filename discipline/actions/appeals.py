"""Appeals against a decision, to one body above after the other, and a decision that was found wrong (117-QĐ/TW)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.actions.proposals import ActEntry
from discipline.appealing import appeal_term, form_after, open_appeal, unannounced
from discipline.decided import current_decision, first_of, is_expulsion, lapse_day
from discipline.effects import put_on_record, restore, standing_sanction, withdraw
from discipline.enums import AppealOutcome, State
from discipline.models import Appeal, CaseDecision
from discipline.rulebook import CaseBook
from discipline.rules.forms import form_advice
from discipline.steps import Taken, locked, refuse_before_last, take
from discipline.workflow import CASE

NO_DECISION = "Hồ sơ này không có quyết định kỷ luật đang còn."
NO_APPEAL = "Không có đơn khiếu nại đang chờ giải quyết. Hãy tải lại trang."
LATE = "Quá thời hạn khiếu nại: {reason}, đến hết ngày {due}. Nếu vẫn nhận, hãy ghi lý do."
BEFORE_RECEIPT = "Không thể khiếu nại trước ngày công bố quyết định {on}."
SAME_FORM = "Hình thức mới phải khác hình thức đang khiếu nại ({form})."
CHANGED_ON_APPEAL = "thay đổi hình thức theo quyết định giải quyết khiếu nại {number}"
ANNULLED_ON_APPEAL = "xóa bỏ hình thức theo quyết định giải quyết khiếu nại {number}"
ANNULLED = "quyết định kỷ luật bị hủy vì oan, sai: {number}"


@dataclass(frozen=True, kw_only=True)
class AppealEntry(ActEntry):
    """The appeal as it came in; `on` is its day. One that comes late is received with a reason only."""

    to: str
    late_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealDecisionEntry(ActEntry):
    """What the body above decided: `document` is the number; why it is not accepted, or the new form."""

    outcome: str
    decided_by: str
    refusal: str = ""
    new_form: str = ""


@dataclass(frozen=True, kw_only=True)
class AnnounceAppealEntry(ActEntry):
    """The announcement; `back_on` and `cell` of somebody whose expulsion holds no more."""

    back_on: date | None = None
    cell: Any = None


@dataclass(frozen=True, kw_only=True)
class AnnulEntry(AnnounceAppealEntry):
    """The annulling decision: `document` is its number, `note` why."""

    decided_by: str


@dataclass(frozen=True, kw_only=True)
class Back:
    """By what decision somebody is a member again."""

    back_on: date
    number: str
    decided_on: date
    decided_by: str
    cell: Any = None


@transaction.atomic
def appeal(case, entry, *, by):
    """The person appeals, and complies meanwhile (Charter 39)."""
    found, decision = _ready(case, "appeal", entry.on)
    if entry.on < decision.announced_on:
        raise ValidationError({"on": BEFORE_RECEIPT.format(on=f"{decision.announced_on:%d/%m/%Y}")})
    term = appeal_term(found, decision)
    if term and term.is_over(entry.on) and not entry.late_reason:
        raise ValidationError({"late_reason": LATE.format(reason=term.reason, due=f"{term.due_on:%d/%m/%Y}")})
    row = Appeal.objects.create(
        case=found, decision=decision, lodged_on=entry.on, to=entry.to, summary=entry.note,
        late_reason=entry.late_reason, recorded_by=by,
    )  # fmt: skip
    return _step(found, "appeal", entry, by, data={"appeal": str(row.pk)})


@transaction.atomic
def decide_appeal(case, entry, *, by):
    """What the body above decided; nothing changes before that is announced."""
    found, decision = _ready(case, "decide_appeal", entry.on)
    row = open_appeal(found)
    if row is None:
        raise NotAllowed(NO_APPEAL)
    _refuse_outcome(found, decision, entry)
    row.outcome, row.refusal, row.new_form = entry.outcome, entry.refusal, entry.new_form
    row.number, row.decided_on, row.decided_by, row.note = entry.document, entry.on, entry.decided_by, entry.note
    row.save()
    return _step(found, "decide_appeal", entry, by, data={"appeal": str(row.pk), "outcome": entry.outcome})


@transaction.atomic
def announce_appeal(case, entry, *, by):
    """The decision on the appeal takes effect: upheld, another form in the place of the old one, or none."""
    found, decision = _ready(case, "announce_appeal", entry.on)
    rows = unannounced(found)
    if not rows:
        raise NotAllowed(NO_APPEAL)
    form = form_after(decision, rows)
    last = rows[-1]
    for row in rows:
        row.announced_on = entry.on
        row.save(update_fields=["announced_on"])
    data: dict[str, Any] = {"appeals": [str(row.pk) for row in rows], "before": decision.form, "after": form}
    data |= {"replaced": str(decision.pk), "withdrawn": standing_sanction(decision)}
    if not form:
        _annul(found, decision, entry, _back(entry, last), reason=ANNULLED_ON_APPEAL.format(number=last.number), by=by)
        return _step(found, "announce_appeal", entry, by, data=data, to=State.ANNULLED_WRONGFUL)
    if form != decision.form:
        decision = _change(found, decision, form, entry, last, by)
        data["decision"] = str(decision.pk)
    to = State.EXIT if is_expulsion(decision) else State.IN_FORCE
    return _step(found, "announce_appeal", entry, by, data=data, to=to)


@transaction.atomic
def annul(case, entry, *, by):
    """A body above annuls a wrongful decision; rights are restored, an apology is made (117-QĐ/TW)."""
    found, decision = _ready(case, "annul", entry.on)
    back = Back(
        back_on=entry.back_on or entry.on, number=entry.document, decided_on=entry.on, decided_by=entry.decided_by,
        cell=entry.cell,
    )  # fmt: skip
    data = {"decision": str(decision.pk), "decided_by": entry.decided_by, "withdrawn": standing_sanction(decision)}
    _annul(found, decision, entry, back, reason=ANNULLED.format(number=entry.document), by=by)
    return _step(found, "annul", entry, by, data=data)


def _annul(case, decision, entry, back, *, reason, by):
    decision.annulled_on = entry.on
    decision.save(update_fields=["annulled_on"])
    withdraw(decision, reason=reason, by=by)
    if is_expulsion(decision):
        restore(case, decision, back, by=by)


def _change(case, old, form, entry, appeal_row, by):
    """The decision with the new form in the place of the old one; whom the books count as deciding stays the first."""
    first = first_of(old)
    kept = {name: getattr(old, name) for name in ("subject", "organisation", "body", "content", "post_then", "legal")}
    new = CaseDecision(
        case=case, form=form, number=appeal_row.number, signed_on=appeal_row.decided_on, announced_on=entry.on,
        announcement=entry.note, received_on=entry.on, in_force_on=entry.on, replaces=old,
        is_administrative=old.is_administrative, rules=old.rules, recorded_by=by, **kept,
    )  # fmt: skip
    new.lapses_on = lapse_day(new, first.announced_on, entry.on)
    new.save()
    withdraw(old, reason=CHANGED_ON_APPEAL.format(number=appeal_row.number), by=by)
    if is_expulsion(old):
        restore(case, old, _back(entry, appeal_row), by=by)
    put_on_record(case, new, appeal_row.decided_by, by=by)
    return new


def _back(entry, row):
    return Back(
        back_on=entry.back_on or entry.on, number=row.number, decided_on=row.decided_on, decided_by=row.decided_by,
        cell=entry.cell,
    )  # fmt: skip


def _refuse_outcome(case, decision, entry):
    """ValidationError where the outcome lacks its reason or its form, or names a form that does not exist for him."""
    if entry.outcome == AppealOutcome.NOT_ACCEPTED and not entry.refusal:
        raise ValidationError({"refusal": "Hãy chọn lý do không nhận giải quyết."})
    if entry.outcome != AppealOutcome.CHANGED:
        return
    if not entry.new_form:
        raise ValidationError({"new_form": "Hãy chọn hình thức mới."})
    before = form_after(decision, unannounced(case))
    if entry.new_form == before:
        raise ValidationError({"new_form": SAME_FORM.format(form=decision.get_form_display().lower())})
    first = first_of(decision)
    rules = CaseBook.of(case).on(first.organisation, entry.on).violation
    had_post = any("CCH" in each for each in (first.vote.votes, before))
    advice = form_advice(rules, decision.subject, entry.new_form, has_post=had_post)
    if not advice.allowed:
        raise ValidationError({"new_form": f"{advice.reason} ({advice.article})."})


def _ready(case, step, on):
    found = locked(case)
    CASE.refuse_closed(found, step)
    refuse_before_last(found, on)
    decision = current_decision(found)
    if decision is None:
        raise NotAllowed(NO_DECISION)
    decision.case = found
    return found, decision


def _step(case, step, entry, by, *, data=None, to=None):
    rules = CaseBook.of(case).on(case.organisation, entry.on).sets
    taken = Taken(entry.on, case.organisation, entry.document, entry.note, data=data or {}, rules=rules)
    return take(case, step, taken, by=by, to=to)
