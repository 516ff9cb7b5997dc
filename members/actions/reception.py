"""The receiver's side of a move: notice and slip come in, the member is taken in or not; arrivals from outside."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from cells.models import Organisation
from members.actions.record import enrol_member
from members.bodies import refuse_outside_life
from members.enums import FINAL_ENDINGS, ON_THE_ROAD, TEMPORARY_KINDS, MembershipKind, StartReason, TransferState
from members.models import Membership, Transfer
from members.move_rules import move_rules
from members.ports import let_matters_follow
from members.rules.moves import WARN, SlipDates, present_finding
from members.slips import lock_member, lock_transfer, refuse_before
from members.whereabouts import begin_guest, lead_in, set_home
from members.workflow import take_step


@dataclass(frozen=True, kw_only=True)
class PresentedEntry:
    """A slip handed in: when, with which papers, and why late if it is late."""

    presented_on: date
    papers: tuple[str, ...] | None = None
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class ArrivalEntry:
    """Somebody who comes with a slip of a body outside; `decision` names the slip as it is written."""

    kind: str
    organisation: Organisation
    outside_name: str
    outside_area: str
    issued_on: date
    received_on: date
    reason: str = ""
    decision: str = ""
    papers: tuple[str, ...] = ()


@transaction.atomic
def receive_notice(transfer, *, on, by):
    """The day on which the receiving base got the notice: one of the two clocks of a late slip runs from it."""
    locked = lock_transfer(transfer)
    if locked.state not in ON_THE_ROAD or locked.goes_outside:
        raise ValidationError("Chỉ ghi ngày nhận phiếu báo khi giấy đã cấp và đảng viên chưa được tiếp nhận.")
    refuse_before("on", on, locked.issued_on, "Phiếu báo không thể đến trước ngày cấp giấy")
    locked.notice_received_on = on
    locked.save(update_fields=["notice_received_on"])
    record("members.receive_notice", locked, by=by, organisation=locked.to_organisation, data={"on": _day(on)})
    return locked


@transaction.atomic
def present_slip(transfer, entry, *, by):
    """The member hands in slip and papers at the receiving cell; late needs his written reason."""
    locked = lock_transfer(transfer)
    take_step(locked, "present_slip")
    _put_presented(locked, entry)
    locked.save(update_fields=["state", "presented_on", "explanation", "papers"])
    record("members.present_slip", locked, by=by, organisation=locked.to_organisation, data=_said(locked, entry))
    return locked


@transaction.atomic
def accept_transfer(transfer, entry, *, received_on, by):
    """The receiver's last box; a slip not handed in before is handed in now, as `entry` says."""
    locked = lock_transfer(transfer)
    take_step(locked, "accept_transfer")
    if locked.presented_on is None or entry.papers is not None:
        _put_presented(locked, entry)
    refuse_before("received_on", received_on, locked.presented_on, "Ngày tiếp nhận không thể trước ngày nộp giấy")
    if not locked.to_organisation.is_open:
        raise ValidationError(f"{locked.to_organisation} đã kết thúc hoạt động; nơi đi cần cấp giấy thay thế.")
    locked.received_on = received_on
    locked.save(update_fields=["state", "presented_on", "explanation", "papers", "received_on"])
    lead = begin_guest if locked.kind in TEMPORARY_KINDS else lead_in
    lead(locked.member, locked, on=received_on, by=by)
    if locked.kind not in TEMPORARY_KINDS:
        let_matters_follow(locked.member, to=locked.to_organisation, on=received_on, by=by)
    data = {"from": locked.origin, "organisation": str(locked.to_organisation), "on": _day(received_on)}
    record("members.accept_transfer", locked, by=by, organisation=locked.to_organisation, data=data)
    return locked


@transaction.atomic
def refuse_transfer(transfer, *, on, reason, by):
    """Not taken in for now; the member stays on the road until the sender acts or the papers are in order."""
    locked = lock_transfer(transfer)
    take_step(locked, "refuse_transfer")
    refuse_before("on", on, locked.issued_on, "Ngày trả lời không thể trước ngày cấp giấy")
    locked.refused_on, locked.refusal = on, reason
    locked.save(update_fields=["state", "refused_on", "refusal"])
    data = {"reason": reason, "organisation": str(locked.to_organisation), "on": _day(on)}
    record("members.refuse_transfer", locked, by=by, organisation=locked.to_organisation, data=data)
    return locked


@transaction.atomic
def receive_from_outside(arrival, entry, *, by):
    """A member whom nobody here knew: his record, his membership with where he came from, the move as it was."""
    member = enrol_member(
        entry, organisation=arrival.organisation, on=arrival.received_on, reason=StartReason.MOVED_IN, by=by
    )
    transfer = _arrived(member, arrival, by)
    Membership.objects.filter(member=member).update(came_from=arrival.outside_area, transfer=transfer)
    _record_arrival(transfer, arrival, by)
    return member


@transaction.atomic
def receive_former_member(arrival, member, *, by):
    """A member who once moved away comes back: the same record goes on."""
    locked = lock_member(member)
    if not (arrival.organisation.is_cell and arrival.organisation.is_open):
        raise ValidationError(f"{arrival.organisation} không nhận đảng viên sinh hoạt trực tiếp. Hãy chọn một chi bộ.")
    last = locked.memberships.standing().filter(kind=MembershipKind.OFFICIAL).order_by("started_on").last()
    if last is None or last.ended_on is None:
        raise ValidationError(f"{locked} đang trong danh sách, không phải người chuyển từ ngoài đến.")
    if last.end_reason in FINAL_ENDINGS:
        raise ValidationError(f"{locked} đã {last.get_end_reason_display().lower()}; hãy làm thủ tục trở lại.")
    refuse_before("received_on", arrival.received_on, last.ended_on, f"{locked} còn trong danh sách cũ đến trước ngày")
    refuse_outside_life(arrival.organisation, arrival.received_on)
    transfer = _arrived(locked, arrival, by)
    Membership.objects.create(
        member=locked,
        organisation=arrival.organisation,
        started_on=arrival.received_on,
        start_reason=StartReason.MOVED_IN,
        came_from=arrival.outside_area,
        transfer=transfer,
        decision=arrival.decision,
        recorded_by=by,
    )
    set_home(locked, arrival.organisation)
    let_matters_follow(locked, to=arrival.organisation, on=arrival.received_on, by=by)
    _record_arrival(transfer, arrival, by)
    return locked


def _arrived(member, arrival, by):
    refuse_before("received_on", arrival.received_on, arrival.issued_on, "Ngày tiếp nhận không thể trước ngày cấp giấy")
    return Transfer.objects.create(
        member=member,
        kind=arrival.kind,
        state=TransferState.RECEIVED,
        to_organisation=arrival.organisation,
        outside_name=arrival.outside_name,
        outside_area=arrival.outside_area,
        reason=arrival.reason or arrival.decision,
        requested_on=arrival.issued_on,
        issued_on=arrival.issued_on,
        presented_on=arrival.received_on,
        received_on=arrival.received_on,
        papers=list(arrival.papers),
        requested_by=by,
    )


def _record_arrival(transfer, arrival, by):
    data = {"from": arrival.outside_name, "organisation": str(arrival.organisation), "on": _day(arrival.received_on)}
    record("members.receive_from_outside", transfer, by=by, data=data)


def _put_presented(transfer, entry):
    """Day, papers and reason of a slip handed in; late without a reason is refused."""
    refuse_before("presented_on", entry.presented_on, transfer.issued_on, "Ngày nộp giấy không thể trước ngày cấp giấy")
    rules = move_rules(transfer.issued_on, transfer.to_organisation)
    slip = SlipDates(transfer.issued_on, presented_on=entry.presented_on)
    found = present_finding(rules, slip, entry.presented_on, transfer.kind)
    if found and found.status == WARN and not entry.explanation:
        raise ValidationError({"explanation": f"{found.reason} ({found.source})."})
    transfer.presented_on = entry.presented_on
    transfer.explanation = entry.explanation or transfer.explanation
    if entry.papers is not None:
        transfer.papers = list(entry.papers)


def _said(transfer, entry):
    return {"organisation": str(transfer.to_organisation), "on": _day(entry.presented_on)}


def _day(day):
    return f"{day:%d/%m/%Y}"
