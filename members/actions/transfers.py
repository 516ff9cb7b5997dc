"""The sender's side of a move: asked for by the cell, the slip issued, issued anew, taken back, confirmed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from cells.models import Organisation
from members.bodies import issuing_body, kind_inside
from members.enums import LASTING_KINDS, TEMPORARY_KINDS, OutsideArea, TransferKind
from members.models import Hold, Transfer
from members.move_rules import move_rules
from members.rules.moves import TEMPORARY, WARN, apply_finding, kind_finding
from members.slips import lock_member, lock_transfer, next_slip_number, refuse_before
from members.whereabouts import change_road, lead_back, lead_out, official_place
from members.workflow import take_step

HELD = "Chưa cấp được giấy; liên hệ Ủy ban Kiểm tra"
ABROAD = [TransferKind.ABROAD_OFFICIAL, TransferKind.ABROAD_TEMPORARY]


@dataclass(frozen=True, kw_only=True)
class TransferEntry:
    """What the cell introduces: one end here, the other an organisation of the tree or words and an area."""

    kind: str
    reason: str
    requested_on: date
    to_organisation: Organisation | None = None
    outside_name: str = ""
    outside_area: str = ""
    order_on: date | None = None
    until: date | None = None
    is_study: bool = False
    papers: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class SlipEntry:
    """A slip as it is issued; `today` is the day on which the officer acts, a number left out is the next one."""

    issued_on: date
    today: date
    number: int | None = None
    file_taken_on: date | None = None
    papers: tuple[str, ...] | None = None


@transaction.atomic
def request_transfer(member, entry, *, by):
    """Box 1: the cell introduces the member; nothing about his membership changes yet."""
    locked = lock_member(member)
    home = official_place(locked)
    _refuse_unready(locked, home, entry)
    _refuse_destination(home.organisation, entry)
    _refuse_late_or_short(home.organisation, entry)
    kind = kind_inside(entry.kind, home.organisation, entry.to_organisation)
    asked = {**vars(entry), "kind": kind, "papers": list(entry.papers)}
    transfer = Transfer.objects.create(
        member=locked,
        from_organisation=home.organisation,
        common=issuing_body(kind, home.organisation, entry.to_organisation),
        requested_by=by,
        **asked,
    )
    record("members.request_transfer", transfer, by=by, data=_said(transfer, entry.requested_on))
    return transfer


@transaction.atomic
def issue_slip(transfer, entry, *, by):
    """The sender's last box: the slip gets its number, and a lasting move takes the member off the sender's roll."""
    locked = lock_transfer(transfer)
    take_step(locked, "issue_slip")
    _refuse_held(locked.member, entry)
    _refuse_closed(locked.to_organisation)
    refuse_before("issued_on", entry.issued_on, locked.requested_on, "Ngày cấp giấy không thể trước ngày giới thiệu")
    _put_slip(locked, entry)
    locked.save()
    if locked.kind in LASTING_KINDS:
        lead_out(locked.member, locked, on=entry.issued_on, by=by)
    record("members.issue_slip", locked, by=by, data=_said(locked, entry.issued_on))
    return locked


@transaction.atomic
def reissue_slip(transfer, entry, *, reason, to_organisation=None, by):
    """A new slip in the place of a refused or faulty one, to the same place or another cell of the tree."""
    old = lock_transfer(transfer)
    take_step(old, "reissue_slip")
    _refuse_held(old.member, entry)
    refuse_before("issued_on", entry.issued_on, old.issued_on, "Giấy thay thế không thể cấp trước giấy cũ")
    new = _successor(old, to_organisation, by)
    _refuse_closed(new.to_organisation)
    old.save(update_fields=["state"])
    _put_slip(new, entry)
    new.save(force_insert=True)
    if new.kind in LASTING_KINDS:
        change_road(new.member, old, new, on=entry.issued_on, by=by)
    data = {**_said(new, entry.issued_on), "former": old.number_text, "reason": reason}
    record("members.reissue_slip", new, by=by, data=data)
    return new


@transaction.atomic
def withdraw_transfer(transfer, *, reason, by):
    """The move does not take place: the member is where he was, as if he had never left; the row stays."""
    locked = lock_transfer(transfer)
    take_step(locked, "withdraw_transfer")
    locked.save(update_fields=["state"])
    if locked.issued_on and locked.kind in LASTING_KINDS:
        lead_back(locked.member, locked, reason=f"rút, không chuyển sinh hoạt: {reason}", by=by)
    record("members.withdraw_transfer", locked, by=by, data={"to": locked.destination, "reason": reason})
    return locked


@transaction.atomic
def confirm_departure(transfer, *, on, by):
    """The notice of a body outside that it has taken the member in."""
    locked = lock_transfer(transfer)
    take_step(locked, "confirm_departure")
    refuse_before("on", on, locked.issued_on, "Ngày tiếp nhận không thể trước ngày cấp giấy")
    locked.received_on = on
    locked.save(update_fields=["state", "received_on"])
    record("members.confirm_departure", locked, by=by, data={"to": locked.destination, "on": _day(on)})
    return locked


def _refuse_unready(member, home, entry):
    """Who is on the road, has another move open, or takes part elsewhere for a time is not introduced again."""
    if Transfer.objects.unsettled().filter(member=member).exists() or not home.organisation.is_cell:
        raise ValidationError(f"{member} đang có một lần chuyển sinh hoạt chưa xong. Hãy hoàn tất hoặc rút lần đó.")
    if entry.kind in TEMPORARY_KINDS and Transfer.objects.away(entry.requested_on).filter(member=member).exists():
        raise ValidationError(f"{member} đang sinh hoạt tạm thời nơi khác. Hãy gia hạn, hoặc ghi đã trở về trước.")
    if entry.requested_on < home.started_on:
        raise ValidationError({"requested_on": f"{member} sinh hoạt ở {home.organisation} từ {_day(home.started_on)}."})


def _refuse_destination(sender, entry):
    receiver = entry.to_organisation
    if receiver is None and not (entry.outside_name and entry.outside_area):
        raise ValidationError("Hãy ghi tên tổ chức đảng nơi đến và khu vực.")
    if (entry.kind in ABROAD) != (entry.outside_area == OutsideArea.ABROAD):
        raise ValidationError("Loại chuyển ra ngoài nước và nơi đến ngoài nước phải đi cùng nhau.")
    if receiver == sender:
        raise ValidationError(f"Đảng viên đang sinh hoạt ở {sender}. Hãy chọn nơi đến khác.")
    if receiver is not None and not receiver.is_cell:
        raise ValidationError(f"{receiver} không nhận đảng viên sinh hoạt trực tiếp. Hãy chọn một chi bộ.")
    _refuse_closed(receiver)


def _refuse_closed(receiver):
    if receiver is not None and not receiver.is_open:
        raise ValidationError(f"{receiver} đã kết thúc hoạt động. Hãy rút lần này và giới thiệu đến chi bộ tiếp nhận.")


def _refuse_late_or_short(sender, entry):
    """A temporary move fits its length; what is asked for late comes with an explanation."""
    rules = move_rules(entry.requested_on, sender)
    if entry.kind in TEMPORARY_KINDS:
        if entry.until is None:
            raise ValidationError({"until": "Chuyển sinh hoạt tạm thời phải có hạn: ghi đến hết ngày nào."})
        length = kind_finding(rules, entry.requested_on, entry.until, study=entry.is_study)
        if length.verdict != TEMPORARY:
            raise ValidationError({"until": f"{length.reason} ({length.source})."})
    applied = apply_finding(rules, entry.order_on, entry.requested_on)
    if applied and applied.status == WARN and not entry.explanation:
        raise ValidationError({"explanation": f"{applied.reason} ({applied.source})."})


def _refuse_held(member, entry):
    """A hold says nothing but this, to who issues, and leaves no trace."""
    held = Hold.objects.on(entry.issued_on) | Hold.objects.on(entry.today)
    if held.filter(member=member).exists():
        raise ValidationError(HELD)


def _put_slip(transfer, entry):
    """Number, year and days of a slip; one body gives out its numbers one after the other."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=transfer.common_id)
    year = entry.issued_on.year
    number = entry.number or next_slip_number(transfer.common, transfer.kind, year)
    taken = Transfer.objects.filter(common=transfer.common, kind=transfer.kind, slip_year=year, slip_number=number)
    if taken.exists():
        proposed = next_slip_number(transfer.common, transfer.kind, year)
        raise ValidationError({"number": f"Số {number:02d}/{year} đã dùng. Số tiếp theo là {proposed:02d}."})
    transfer.slip_number, transfer.slip_year, transfer.issued_on = number, year, entry.issued_on
    transfer.file_taken_on = entry.file_taken_on
    if entry.papers is not None:
        transfer.papers = list(entry.papers)


def _successor(old, to_organisation, by):
    """An unsaved copy of a move that takes the place of the old one."""
    receiver = to_organisation or old.to_organisation
    if to_organisation is not None and (old.goes_outside or not to_organisation.is_cell):
        raise ValidationError({"to_organisation": "Giấy thay thế chỉ đổi nơi đến sang một chi bộ khác trong danh mục."})
    if receiver is not None and receiver == old.from_organisation:
        raise ValidationError({"to_organisation": "Nơi đến là nơi đi. Nếu đảng viên ở lại, hãy rút giấy."})
    kept = ("member", "outside_name", "outside_area", "is_study", "order_on", "until", "requested_on", "explanation")
    kind = old.kind
    if kind in (TransferKind.OFFICIAL, TransferKind.INTERNAL):
        kind = kind_inside(TransferKind.OFFICIAL, old.from_organisation, receiver)
    return Transfer(
        **{name: getattr(old, name) for name in kept},
        kind=kind,
        state="issued",
        reason=old.reason,
        from_organisation=old.from_organisation,
        to_organisation=receiver,
        common=issuing_body(kind, old.from_organisation, receiver),
        papers=old.papers,
        replaces=old,
        requested_by=by,
    )


def _said(transfer, on):
    said = {"kind": transfer.get_kind_display(), "to": transfer.destination, "on": _day(on)}
    return {**said, "number": transfer.number_text} if transfer.slip_number else said


def _day(day):
    return f"{day:%d/%m/%Y}"
