"""Suspension: decided, extended, ended, voided; the fact in `members` is what votes, fees and ratings go by."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline import journal
from discipline.beside_enums import SuspensionGround
from discipline.beside_journal import record
from discipline.models import CaseSuspension, SuspensionExtension
from discipline.rulebook import CaseBook
from discipline.rules.suspension import extension_problem, term_problem
from discipline.rules.terms import suspension_term
from discipline.subjects import refuse_voided
from members.actions import facts
from members.enums import OverlayKind

ONE_DAY = timedelta(days=1)
GONE = "Lần đình chỉ này vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."
OPEN_END = "Hãy ghi ngày kết thúc: bộ quy tắc của ngày này không có thời hạn đình chỉ."
WHY = "{problem}. Nếu cấp có thẩm quyền đã quyết định như vậy thì ghi lý do ở ô bên dưới."
BEFORE_START = "Ngày quyết định gia hạn trước ngày bắt đầu đình chỉ {on}. Hãy kiểm tra lại ngày."
OTHERS = "Giai đoạn tố tụng này không phải của đảng viên bị đình chỉ."


@dataclass(frozen=True, kw_only=True)
class SuspensionEntry:
    """A decision on suspension as it was written; without `last_day` it lasts as long as the rule set says."""

    ground: str
    organisation: Any
    decided_by: str
    decision: str
    started: date
    last_day: date | None = None
    over_reason: str = ""
    proceeding: Any = None


@dataclass(frozen=True, kw_only=True)
class ExtensionEntry:
    """A decision to extend a suspension."""

    decision: str
    decided_on: date
    last_day: date
    over_reason: str = ""


@transaction.atomic
def suspend(member, entry, *, case=None, by):
    """Suspend a member from party life, or on ground 3 from the committee alone."""
    if entry.proceeding is not None and entry.proceeding.member_id != member.pk:
        raise ValidationError({"proceeding": OTHERS})
    refuse_voided(member)
    rules = CaseBook().on(entry.organisation, entry.started)
    term = suspension_term(rules.procedure, entry.started)
    last_day = entry.last_day
    if entry.ground != SuspensionGround.DETAINED:
        last_day = _last_day_within(term, entry)
    values = {"started_on": entry.started, "ended_on": last_day and last_day + ONE_DAY, "decision": entry.decision}
    row = CaseSuspension.objects.create(
        case=case, member=member, ground=entry.ground, organisation=entry.organisation, decided_by=entry.decided_by,
        decision=entry.decision, started_on=entry.started, planned_last_day=last_day, over_reason=entry.over_reason,
        proceeding=entry.proceeding, overlay=_overlay(member, entry.ground, values, by), rules=rules.sets,
        recorded_by=by,
    )  # fmt: skip
    _tell("suspend", row, by, on=entry.started, until=last_day)
    return row


def _last_day_within(term, entry):
    """The last day of a suspension with a term; a longer one asks why."""
    last_day = entry.last_day or (term and term.ends_on)
    if last_day is None:
        raise ValidationError({"last_day": OPEN_END})
    if (problem := term_problem(term, last_day)) and not entry.over_reason:
        raise ValidationError({"last_day": WHY.format(problem=problem)})
    return last_day


def _overlay(member, ground, values, by):
    if ground == SuspensionGround.INVESTIGATED:
        return facts.add_overlay(member, {"kind": OverlayKind.COMMITTEE_SUSPENDED, **values}, by=by)
    return facts.suspend_member(member, values, by=by)


@transaction.atomic
def extend_suspension(suspension, entry, *, by):
    """Make a suspension longer, once and within the limit of the rule set of that day unless it says why not."""
    row = _locked(suspension)
    if row.planned_last_day is None:
        raise NotAllowed("Đình chỉ này theo thời hạn tố tụng, chưa có ngày kết thúc nên không gia hạn.")
    if row.is_over(entry.decided_on):
        raise ValidationError({"decided_on": f"Đình chỉ đã hết ngày {row.last_day:%d/%m/%Y}; không gia hạn sau đó."})
    if entry.decided_on < row.started_on:
        raise ValidationError({"decided_on": BEFORE_START.format(on=f"{row.started_on:%d/%m/%Y}")})
    rules = CaseBook().on(row.organisation, entry.decided_on)
    extended = SuspensionExtension.objects.standing().filter(suspension=row).count()
    problem = _not_extended(row, rules.procedure, extended, entry)
    if problem and not entry.over_reason:
        raise ValidationError({"last_day": WHY.format(problem=problem)})
    facts.extend_suspension(row.overlay, ended_on=entry.last_day + ONE_DAY, paper=entry.decision, by=by)
    found = SuspensionExtension.objects.create(
        suspension=row, decision=entry.decision, decided_on=entry.decided_on, until=entry.last_day,
        over_reason=entry.over_reason, rules=rules.sets, recorded_by=by,
    )  # fmt: skip
    _tell("extend_suspension", row, by, on=entry.decided_on, until=entry.last_day)
    return found


def _not_extended(row, procedure, extended, entry):
    if row.ground == SuspensionGround.DETAINED:
        return ""
    return extension_problem(procedure, suspension_term(procedure, row.started_on), extended, entry.last_day)


@transaction.atomic
def end_suspension(suspension, *, last_day, reason, note, by):
    """A suspension ends before its last day: `last_day` is the last one on which it holds."""
    row = _locked(suspension)
    end = facts.end_fact if row.ground == SuspensionGround.INVESTIGATED else facts.end_suspension
    end(row.overlay, ended_on=last_day + ONE_DAY, paper="", by=by)
    row.end_reason, row.end_note = reason, note
    row.save(update_fields=["end_reason", "end_note"])
    _tell("end_suspension", row, by, on=last_day, reason=row.get_end_reason_display())
    return row


@transaction.atomic
def void_suspension(suspension, *, reason, by):
    """Void a suspension that was entered wrongly, with the fact that it wrote."""
    row = _locked(suspension)
    if row.overlay.voided_at is None:
        facts.void_fact(row.overlay, reason="ghi nhầm quyết định đình chỉ", by=by)
    row.void(reason, by)
    _tell("void_suspension", row, by, reason=reason)
    return row


def _locked(suspension):
    rows = CaseSuspension.objects.standing().select_for_update(of=("self",))
    found = rows.select_related("member__home", "organisation", "overlay__member", "case").filter(pk=suspension.pk)
    if (row := found.first()) is None:
        raise NotAllowed(GONE)
    return row


def _tell(action, row, by, *, on=None, until=None, reason=""):
    """The line about the suspension, and one in the journal of its case."""
    data = {name: f"{day:%d/%m/%Y}" for name, day in (("on", on), ("until", until)) if day}
    data |= {"ground": row.get_ground_display()}
    record(action, row, by=by, reason=reason, data=data)
    if row.case:
        journal.record(action, row.case, by=by, reason=reason, data=data)
