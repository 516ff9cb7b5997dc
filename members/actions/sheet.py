"""Rows of the sheet: written, written anew, voided; the log names what is restricted without its content."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from members.answers import UNTOLD
from members.sheet.writing import differs, lock_member, said, standing_row, store_row, void_row


@transaction.atomic
def add_sheet_row(member, part, values, *, by):
    """Write a row of a part; refused when the same stands already, or when the part holds one row and has it."""
    locked = lock_member(member)
    row = store_row(locked, part, values, by=by)
    record("members.add_sheet_row", locked, by=by, data=said(part, row))
    return row


@transaction.atomic
def correct_sheet_row(part, row, values, *, reason, by):
    """Void a row and write it anew with `values`; before and after stay readable side by side."""
    locked = lock_member(row.member)
    standing = standing_row(part, row)
    if not differs(standing, values):
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    void_row(standing, reason, by)
    written = store_row(locked, part, values, by=by, replaces=standing)
    record(
        "members.correct_sheet_row",
        locked,
        by=by,
        data={**said(part, written, before=standing), "reason": _told(part, reason)},
    )
    return written


@transaction.atomic
def void_sheet_row(part, row, *, reason, by):
    """Void a row that never was true."""
    locked = lock_member(row.member)
    standing = standing_row(part, row)
    void_row(standing, reason, by)
    record("members.void_sheet_row", locked, by=by, data={**said(part, standing), "reason": _told(part, reason)})
    return standing


def _told(part, reason):
    """The reason as the log may tell it: of a restricted part it stands with the row alone."""
    return UNTOLD if part.sensitive else reason
