"""The ceremony: the record of the new member is made once, what statistics count is frozen, probation begins."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.deadlines import ceremony_deadline, waits_for_receipt
from admissions.deciding import decision_in_force
from admissions.enrolling import enrol, file_rows
from admissions.enums import Purpose
from admissions.freezing import freeze
from admissions.models import Ceremony
from admissions.probation_helpers import assign_helper
from admissions.rulebook import AdmissionBook
from admissions.steps import Taken, locked, take
from admissions.workflow import ADMISSION
from config.lib.workflow import NotAllowed

MOVED = "Người này đang chuyển đi nơi khác; không tổ chức lễ ở nơi đã rời. Nơi đến tiếp nhận rồi tổ chức lễ."
LATE = (
    "Lễ ngày {held} quá hạn {due} ({reason}). Chỉ tổ chức khi cấp ủy cấp trên trực tiếp đồng ý: "
    "hãy ghi số, ngày văn bản đồng ý."
)
NO_RECEIPT = "Thời hạn tính từ ngày chi bộ nhận quyết định. Hãy ghi ngày nhận."


@dataclass(frozen=True, kw_only=True)
class CeremonyEntry:
    """When and where the ceremony was held, who helps through probation, the consent where it was late."""

    held_on: date
    helper: Any
    place: str = ""
    received_on: date | None = None
    late_consent: str = ""
    note: str = ""


@transaction.atomic
def hold_ceremony(candidate, entry, *, by):
    """The ceremony was held where the person belongs now: record, membership and probation begin on its day.

    Refused at a place that the person has left, and past the deadline without the consent of the committee directly
    above. Somebody who was in the Party once is admitted again: the record goes on with a new probation.
    """
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "hold_ceremony")
    decision, book, cell = decision_in_force(found), AdmissionBook(), found.organisation
    if decision is None:
        raise NotAllowed("Chưa có quyết định kết nạp còn hiệu lực. Hãy tải lại trang.")
    _refuse_moving(found)
    _receive(decision, entry)
    _refuse_late(book, decision, entry)
    found.member = enrol(found, decision, held_on=entry.held_on, by=by)
    rules = book.on(cell, entry.held_on)
    taken = Taken(entry.held_on, cell, decision.number, entry.late_consent or entry.note, rules=rules.sets)
    take(found, "hold_ceremony", taken, by=by, data={"helper": str(entry.helper), "consent": entry.late_consent})
    ceremony = Ceremony.objects.create(
        candidate=found, decision=decision, organisation=cell, held_on=entry.held_on, place=entry.place,
        late_consent=entry.late_consent, note=entry.note, recorded_by=by,
    )  # fmt: skip
    file_rows(found, decision, ceremony, by=by)
    freeze(found, decision, ceremony, rules=rules.sets, by=by)
    assign_helper(found, entry.helper, Purpose.RECOGNITION, on=entry.held_on, by=by)
    return ceremony


def _refuse_moving(candidate):
    if candidate.moves.filter(voided_at__isnull=True, received_on__isnull=True).exists():
        raise NotAllowed(MOVED)


def _receive(decision, entry):
    """The day on which the cell had the decision, where the minutes say it for the first time."""
    if entry.held_on < decision.signed_on:
        words = f"Ngày làm lễ trước ngày quyết định {decision.signed_on:%d/%m/%Y}. Hãy kiểm tra lại ngày."
        raise ValidationError({"held_on": words})
    if entry.received_on and decision.received_on is None:
        if not decision.signed_on <= entry.received_on <= entry.held_on:
            words = f"Ngày nhận phải từ ngày quyết định {decision.signed_on:%d/%m/%Y} đến ngày làm lễ."
            raise ValidationError({"received_on": words})
        decision.received_on = entry.received_on
        decision.save(update_fields=["received_on"])


def _refuse_late(book, decision, entry):
    if waits_for_receipt(book, decision):
        raise ValidationError({"received_on": NO_RECEIPT})
    limit = ceremony_deadline(book, decision)
    if limit and limit.is_over(entry.held_on) and not entry.late_consent:
        held, due = f"{entry.held_on:%d/%m/%Y}", f"{limit.due_on:%d/%m/%Y}"
        raise ValidationError({"late_consent": LATE.format(held=held, due=due, reason=limit.reason)})
