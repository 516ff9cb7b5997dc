"""The family and its verification; each look at them is an act in the log."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.models import Relative, VerificationItem
from admissions.readings import READ_BACKGROUND
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed

GONE = "Dòng này đã được hủy hoặc thay trước đó. Hãy tải lại trang để xem."
TWICE = "Người này đã có trong lý lịch với cùng quan hệ; không ghi lần thứ hai."
STALE = (
    "Bảng thẩm tra vừa được người khác ghi, nên lần này chưa ghi gì. Những gì đã gõ vẫn còn ở dưới đây: hãy xem lại "
    "rồi gửi lần nữa."
)


@dataclass(frozen=True)
class ItemEntry:
    """One item as it is entered: of whom (None: the applicant), about what, which row it was filled from."""

    relative_id: int | None
    topic: str
    columns: dict[str, Any]
    seen: int | None = None


@transaction.atomic(savepoint=False)
def read_background(candidate, *, what, by):
    """Note that somebody saw the family, the religion or what verification answered; no word of it is repeated."""
    record(READ_BACKGROUND, candidate, by=by, data={"what": what})


@transaction.atomic
def add_relative(candidate, columns, *, by):
    """Write one person of the family."""
    found = locked(candidate)
    same = {"kinship": columns["kinship"], "full_name": columns["full_name"], "birth_year": columns["birth_year"]}
    if Relative.objects.standing().filter(candidate=found, **same).exists():
        raise ValidationError(TWICE)
    row = Relative.objects.create(candidate=found, recorded_by=by, **columns)
    record("admissions.add_relative", found, by=by, data={"kinship": row.get_kinship_display()})
    return row


@transaction.atomic
def correct_relative(relative, columns, *, reason, by):
    """Write a person of the family anew; the items about him follow to the new row."""
    found, standing = _of_relative(relative)
    if all(getattr(standing, name) == value for name, value in columns.items()):
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    standing.void(reason, by)
    row = Relative.objects.create(candidate=found, recorded_by=by, **columns)
    VerificationItem.objects.standing().filter(relative=standing).update(relative=row)
    record("admissions.correct_relative", found, by=by, data={"kinship": row.get_kinship_display()})
    return row


@transaction.atomic
def void_relative(relative, *, reason, by):
    """Take back a person who is not of the family, with what was asked about him."""
    found, standing = _of_relative(relative)
    standing.void(reason, by)
    for item in VerificationItem.objects.standing().filter(relative=standing):
        item.void(reason, by)
    record("admissions.void_relative", found, by=by, data={"kinship": standing.get_kinship_display()})
    return standing


@transaction.atomic
def keep_verification(candidate, entries, *, by):
    """Write all items of the circle at once: what changed is voided and written anew; nothing when others wrote."""
    found = locked(candidate)
    known = {(row.relative_id, row.topic): row for row in VerificationItem.objects.standing().filter(candidate=found)}
    changed = [each for each in entries if _differs(known.get((each.relative_id, each.topic)), each)]
    if not changed:
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    for each in changed:
        row = known.get((each.relative_id, each.topic))
        if (row.pk if row else None) != each.seen:
            raise NotAllowed(STALE)
        if row:
            row.void("ghi lại", by)
        item = VerificationItem(
            candidate=found, relative_id=each.relative_id, topic=each.topic, recorded_by=by, **each.columns
        )
        item.validate_constraints(exclude=["candidate", "relative"])
        item.save(force_insert=True)
    record("admissions.keep_verification", found, by=by, data={"number": len(changed)})
    return len(changed)


def _differs(row, entry):
    if row is None:
        return True
    return any(getattr(row, name) != value for name, value in entry.columns.items())


def _of_relative(relative):
    found = locked(relative.candidate)
    standing = Relative.objects.standing().select_for_update().filter(pk=relative.pk).first()
    if standing is None:
        raise NotAllowed(GONE)
    return found, standing
