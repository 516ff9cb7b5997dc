"""Denunciations: received, classified, each content concluded; the sender's identity apart, each look at it kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.permissions import Permission
from config.lib.workflow import NotAllowed
from discipline.actions.sealing import LEFT_OFFICE, NO_INSPECTOR, register_signal
from discipline.beside_enums import DenunciationState, NotHandled
from discipline.beside_journal import record
from discipline.denunciation_seal import is_accused, reader_of, seconds_for
from discipline.enums import JournalKind
from discipline.models import Denouncer, Denunciation, DenunciationContent, DenunciationReader, SenderOpening
from discipline.subjects import refuse_before_admission, refuse_before_founding

State = DenunciationState
GONE = "Đơn này vừa được xử lý ở nơi khác. Hãy tải lại trang rồi làm tiếp."
ACCUSED = "Không giao đơn cho chính người bị tố cáo."
NO_SECOND = "Người xác nhận phải là cán bộ kiểm tra khác, không phải người đề nghị và người được mở."
RECEIVER_ONLY = "Chỉ người tiếp nhận đơn làm việc này."
EARLIER = "Ngày này trước ngày tiếp nhận đơn {on}."


@dataclass(frozen=True, kw_only=True)
class LetterEntry:
    """A letter as it came in: its contents one by one, and the sender, who is kept apart."""

    received_on: date
    contents: tuple[str, ...]
    code: str = ""
    sender: str = ""
    address: str = ""
    note: str = ""


@transaction.atomic
def receive_denunciation(subject, organisation, entry, *, by):
    """Keep a letter: `subject` is the (member, None) or (None, organisation) that it is about."""
    member, accused = subject
    refuse_before_admission(member, entry.received_on, "received_on")
    refuse_before_founding(accused, entry.received_on, "received_on")
    row = Denunciation(
        organisation=organisation, member=member, accused=accused, received_on=entry.received_on, code=entry.code,
        note=entry.note, recorded_by=by,
    )  # fmt: skip
    if is_accused(by, row):
        raise ValidationError(ACCUSED)
    row.save()
    for text in entry.contents:
        DenunciationContent.objects.create(denunciation=row, text=text, recorded_by=by)
    if entry.sender:
        Denouncer.objects.create(denunciation=row, full_name=entry.sender, address=entry.address)
    DenunciationReader.objects.create(
        denunciation=row, user=by, is_receiver=True, sees_sender=True, named_by=by, reason="Tiếp nhận đơn"
    )
    record("receive_denunciation", row, by=by, data={"contents": len(entry.contents)})
    return row


@transaction.atomic
def open_denunciation(denunciation, *, reason, by):
    """Open it for today: its journal keeps who, when and why."""
    return record("open_denunciation", denunciation, by=by, kind=JournalKind.READ, reason=reason)


@transaction.atomic
def accept_denunciation(denunciation, *, by):
    """Handle it as a denunciation: an anonymous letter is none."""
    row = _locked(denunciation, (State.RECEIVED,))
    if not Denouncer.objects.filter(denunciation=row).exists():
        raise NotAllowed("Đơn không ghi người gửi thì không giải quyết như đơn tố cáo; có nội dung rõ thì dùng làm "
                         "thông tin để kiểm tra.")  # fmt: skip
    return _moved(row, State.HANDLING, "accept_denunciation", by)


@transaction.atomic
def refuse_denunciation(denunciation, *, reason, note, by):
    """Not handled as a denunciation: the sender has no capacity, or gave no name or a false one."""
    row = _locked(denunciation, (State.RECEIVED,))
    row.not_handled, row.note = reason, note
    row.save(update_fields=["not_handled", "note"])
    return _moved(row, State.REFUSED, "refuse_denunciation", by, reason=NotHandled(reason).label)


@transaction.atomic
def conclude_content(content, *, result, concluded_on, reason, by):
    """One content ends as one of four; with the last one the denunciation is concluded."""
    row = _locked(content.denunciation, (State.HANDLING,))
    if concluded_on < row.received_on:
        raise ValidationError({"concluded_on": EARLIER.format(on=f"{row.received_on:%d/%m/%Y}")})
    found = DenunciationContent.objects.standing().select_for_update().filter(pk=content.pk, result="").first()
    if found is None:
        raise NotAllowed("Nội dung này đã được kết luận. Hãy tải lại trang.")
    found.result, found.concluded_on, found.reason = result, concluded_on, reason
    found.save(update_fields=["result", "concluded_on", "reason"])
    record("conclude_content", row, by=by, data={"result": found.get_result_display()})
    if not DenunciationContent.objects.standing().filter(denunciation=row, result="").exists():
        _moved(row, State.CONCLUDED, "conclude_denunciation", by)
    return found


@transaction.atomic
def open_case_from(denunciation, entry, *, by):
    """A case of what a denunciation says: one handled goes on, an anonymous one with clear content is information.

    The case is told nothing of the sender. `entry` is a `SignalEntry`.
    """
    row = _locked(denunciation, (State.RECEIVED, State.HANDLING, State.REFUSED, State.CONCLUDED))
    if row.case_id:
        raise NotAllowed("Đơn này đã có hồ sơ xem xét.")
    row.case = register_signal((row.member, row.accused), row.organisation, entry, by=by)
    row.save(update_fields=["case"])
    if row.state in (State.RECEIVED, State.REFUSED):
        return _moved(row, State.INFORMATION, "open_case_from", by)
    record("open_case_from", row, by=by)
    return row


@transaction.atomic
def ask_sender_opening(denunciation, *, user, sees_sender, reason, second, by):
    """The receiver asks a second person to name somebody on a denunciation, with the sender or without."""
    row = _locked(denunciation, tuple(State))
    _receivers_only(row, by)
    if is_accused(user, row):
        raise ValidationError({"user": ACCUSED})
    if not user.holds(Permission.CASES_REPORT):
        raise ValidationError({"user": "Đồng chí này không có trách nhiệm giải quyết đơn tố cáo."})
    known = DenunciationReader.objects.open().filter(denunciation=row, user=user).first()
    if known and (known.sees_sender or not sees_sender):
        raise ValidationError({"user": "Đồng chí này đã được xem đơn."})
    if SenderOpening.objects.waiting().filter(denunciation=row, user=user).exists():
        raise ValidationError({"user": "Đã có đề nghị mở cho đồng chí này, đang chờ xác nhận."})
    if second.pk in (user.pk, by.pk) or is_accused(second, row) or not _is_second(row, second):
        raise ValidationError({"second": NO_SECOND})
    asked = SenderOpening.objects.create(
        denunciation=row, user=user, sees_sender=sees_sender, reason=reason, asked_by=by, asked_of=second
    )
    data = {"for": str(user), "second": str(second), "what": "cả người tố cáo" if sees_sender else "chỉ nội dung"}
    record("ask_sender_opening", row, by=by, kind=JournalKind.SEAL, reason=reason, data=data)
    return asked


@transaction.atomic
def answer_sender_opening(opening, *, grants, by):
    """The second person names the other on the denunciation, or does not."""
    row = _locked(opening.denunciation, tuple(State))
    asked = SenderOpening.objects.select_for_update(of=("self",)).waiting().filter(pk=opening.pk, asked_of=by).first()
    if asked is None:
        raise NotAllowed("Đề nghị này đã được trả lời. Hãy tải lại trang.")
    if not _is_second(row, by):
        raise NotAllowed(LEFT_OFFICE)
    asked.answered_at, asked.is_granted = timezone.now(), grants
    asked.save(update_fields=["answered_at", "is_granted"])
    if grants:
        before = DenunciationReader.objects.open().filter(denunciation=row, user=asked.user)
        before.update(until=timezone.now())
        DenunciationReader.objects.create(
            denunciation=row, user=asked.user, sees_sender=asked.sees_sender, named_by=asked.asked_by, confirmed_by=by,
            reason=asked.reason,
        )  # fmt: skip
    data = {"for": str(asked.user), "answer": "đồng ý mở" if grants else "không mở"}
    record("answer_sender_opening", row, by=by, kind=JournalKind.SEAL, reason=asked.reason, data=data)
    return asked


@transaction.atomic
def look_at_sender(denunciation, *, reason, by) -> Any:
    """Who sent it, told to somebody who may know; the look is kept with its reason."""
    sender = Denouncer.objects.visible_to(by).filter(denunciation=denunciation).first()
    if sender is None:
        raise NotAllowed("Đơn này không ghi người gửi, hoặc đồng chí không được xem.")
    record("look_at_sender", denunciation, by=by, kind=JournalKind.READ, reason=reason)
    return sender


@transaction.atomic
def take_over_denunciation(denunciation, *, user, reason, by):
    """An inspection head gives a denunciation without any receiver in office to one, who then is its receiver."""
    row = _locked(denunciation, tuple(State))
    if not Denunciation.objects.orphaned(by, timezone.localdate()).filter(pk=row.pk).exists():
        raise NotAllowed("Đơn này vẫn có người phụ trách.")
    if is_accused(user, row):
        raise ValidationError({"user": ACCUSED})
    if not _is_second(row, user):
        raise ValidationError({"user": NO_INSPECTOR})
    DenunciationReader.objects.open().filter(denunciation=row, user=user).update(until=timezone.now())
    found = DenunciationReader.objects.create(
        denunciation=row, user=user, is_receiver=True, sees_sender=True, named_by=by, confirmed_by=by, reason=reason
    )
    record("take_over_denunciation", row, by=by, kind=JournalKind.SEAL, reason=reason, data={"for": str(user)})
    return found


@transaction.atomic
def close_denunciation_for(reader, *, reason, by):
    """Somebody is no longer named on a denunciation; its receiver hands it on instead."""
    row = _locked(reader.denunciation, tuple(State))
    _receivers_only(row, by)
    found = DenunciationReader.objects.select_for_update(of=("self",)).open().filter(pk=reader.pk).first()
    if found is None:
        raise NotAllowed("Đồng chí này đã thôi được xem đơn. Hãy tải lại trang.")
    if found.is_receiver:
        raise NotAllowed("Người tiếp nhận đơn không tự thôi phụ trách đơn.")
    found.until = timezone.now()
    found.save(update_fields=["until"])
    record("close_denunciation_for", row, by=by, kind=JournalKind.SEAL, reason=reason, data={"for": str(found.user)})
    return found


@transaction.atomic
def void_denunciation(denunciation, *, reason, by):
    """Void a denunciation that was entered wrongly."""
    row = _locked(denunciation, tuple(State))
    _receivers_only(row, by)
    if row.case_id:
        raise NotAllowed("Đơn này đã dẫn đến một hồ sơ xem xét nên không hủy được.")
    row.void(reason, by)
    record("void_denunciation", row, by=by, reason=reason)
    return row


def _locked(denunciation, states):
    rows = Denunciation.objects.standing().select_for_update(of=("self",)).select_related("member", "organisation")
    row = rows.filter(pk=denunciation.pk, state__in=states).first()
    if row is None:
        raise NotAllowed(GONE)
    return row


def _moved(row, state, action, by, reason=""):
    row.state = state
    row.save(update_fields=["state"])
    record(action, row, by=by, reason=reason, data={"to": row.get_state_display()})
    return row


def _receivers_only(row, by):
    found = reader_of(by, row)
    if found is None or not found.is_receiver:
        raise NotAllowed(RECEIVER_ONLY)


def _is_second(row, second):
    """Whether somebody inspects today at the body that received it or above."""
    return seconds_for(row).filter(pk=second.pk).exists()
