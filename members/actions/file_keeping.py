"""Keeping files: lent and brought back, reconciled with the list of members."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from members.filing import lock_member
from members.models import FileCheck, FileLoan

CHANGED_MEANWHILE = "Mục này vừa được người khác sửa hoặc hủy. Hãy tải lại trang rồi làm tiếp."


@dataclass(frozen=True, kw_only=True)
class LoanEntry:
    """To whom a file goes, what for, with whose consent, until when."""

    borrower: str
    purpose: str
    agreed_by: str
    lent_on: date
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CheckEntry:
    """What the keeper found when list and files were compared."""

    checked_on: date
    listed: int
    counted: int
    missing: int
    damaged: int
    checked_by: str
    findings: str = ""


@transaction.atomic
def lend_file(member, entry, *, by):
    """A file goes out to be read, with the keeper's consent; one that is out cannot go out again."""
    locked = lock_member(member)
    if FileLoan.objects.out().filter(member=locked).exists():
        raise ValidationError("Hồ sơ này đang có người mượn, chưa trả. Hãy ghi ngày trả trước.")
    last = FileLoan.objects.standing().filter(member=locked).order_by("returned_on").last()
    if last and entry.lent_on < last.returned_on:
        raise ValidationError({"lent_on": f"Hồ sơ còn ở người mượn trước đến {last.returned_on:%d/%m/%Y}."})
    if entry.due_on and entry.due_on < entry.lent_on:
        raise ValidationError({"due_on": "Ngày hẹn trả không thể trước ngày mượn."})
    loan = FileLoan.objects.create(member=locked, recorded_by=by, **asdict(entry))
    data = {"borrower": loan.borrower, "purpose": loan.purpose, "on": _day(loan.lent_on)}
    record("members.lend_file", locked, by=by, data=data)
    return loan


@transaction.atomic
def return_file(loan, *, returned_on, condition, by):
    """A file came back, in the state in which it was found."""
    lock_member(loan.member)
    found = _standing(FileLoan, loan)
    if found.returned_on:
        raise ValidationError(f"Hồ sơ này đã được trả ngày {found.returned_on:%d/%m/%Y}.")
    if returned_on < found.lent_on:
        raise ValidationError({"returned_on": f"Ngày trả không thể trước ngày mượn {found.lent_on:%d/%m/%Y}."})
    found.returned_on, found.condition = returned_on, condition
    found.save(update_fields=["returned_on", "condition"])
    record("members.return_file", found.member, by=by, data={"borrower": found.borrower, "on": _day(returned_on)})
    return found


@transaction.atomic
def void_loan(loan, *, reason, by):
    """A loan that never was."""
    lock_member(loan.member)
    found = _standing(FileLoan, loan)
    _void(found, reason, by)
    record("members.void_loan", found.member, by=by, data={"borrower": found.borrower, "reason": reason})
    return found


@transaction.atomic
def record_file_check(organisation, entry, *, by):
    """List and files were compared (06-HD/TW, 8.2h); what was counted and what is missing must fit the list."""
    place = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if entry.counted + entry.missing < entry.listed:
        raise ValidationError(
            f"{entry.counted} hồ sơ đếm được và {entry.missing} hồ sơ thiếu chưa đủ {entry.listed} đảng viên "
            "trong danh sách."
        )
    if FileCheck.objects.standing().filter(organisation=place, checked_on=entry.checked_on).exists():
        raise ValidationError({"checked_on": "Ngày này đã ghi một lần đối chiếu."})
    found = FileCheck.objects.create(organisation=place, recorded_by=by, **asdict(entry))
    data = {"on": _day(found.checked_on), "counted": found.counted, "missing": found.missing, "damaged": found.damaged}
    record("members.record_file_check", place, by=by, data=data)
    return found


@transaction.atomic
def void_file_check(file_check, *, reason, by):
    """A reconciliation that was entered wrongly."""
    found = _standing(FileCheck, file_check)
    _void(found, reason, by)
    record("members.void_file_check", found.organisation, by=by, data={"on": _day(found.checked_on), "reason": reason})
    return found


def _standing(model, row):
    found = model.objects.standing().select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(CHANGED_MEANWHILE)
    return found


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _day(day):
    return f"{day:%d/%m/%Y}"
