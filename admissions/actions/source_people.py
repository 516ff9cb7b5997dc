"""Who helps a candidate: official members of the cell, assigned, changed, ended; and what they note."""

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.enums import ENDED_STATES
from admissions.helping import ONE_DAY, end_row, give_helper
from admissions.models import Helper, HelperNote
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed


def _standing(helper):
    """The row locked with its candidate; NotAllowed when it was ended or voided meanwhile."""
    candidate = locked(helper.candidate)
    row = Helper.objects.standing().open().filter(pk=helper.pk).first()
    if row is None:
        raise NotAllowed("Phân công này đã kết thúc hoặc đã hủy. Hãy tải lại trang.")
    return candidate, row


@transaction.atomic
def assign_helper(candidate, entry, *, by):
    """Assign an official member of the cell; somebody who helps already goes on helping."""
    found = locked(candidate)
    if found.state in ENDED_STATES:
        raise NotAllowed("Người này không còn trong danh sách được giúp đỡ. Hãy tải lại trang.")
    row = give_helper(found, entry, by)
    said = {"on": f"{entry.on:%d/%m/%Y}", "helper": str(entry.member)}
    record("admissions.assign_helper", found, by=by, data=said)
    return row


@transaction.atomic
def change_helper(helper, entry, *, reason, by):
    """Somebody else helps from `entry.on` on; the one before stops the day before, both rows stay."""
    candidate, row = _standing(helper)
    if entry.on <= row.started_on:
        raise ValidationError(
            f"Đồng chí {row.member} giúp đỡ từ ngày {row.started_on:%d/%m/%Y}; người thay phải từ ngày sau đó."
        )
    end_row(row, entry.on - ONE_DAY, reason)
    new = give_helper(candidate, entry, by)
    said = {"on": f"{entry.on:%d/%m/%Y}", "from": str(row.member), "helper": str(entry.member), "reason": reason}
    record("admissions.change_helper", candidate, by=by, data=said)
    return new


@transaction.atomic
def end_helper(helper, *, last_day, reason, by):
    """A helper stops at the end of a day; the cell assigns another."""
    candidate, row = _standing(helper)
    if last_day < row.started_on:
        raise ValidationError(f"Phân công từ ngày {row.started_on:%d/%m/%Y}; ngày thôi không thể trước ngày đó.")
    end_row(row, last_day, reason)
    said = {"on": f"{last_day:%d/%m/%Y}", "helper": str(row.member), "reason": reason}
    record("admissions.end_helper", candidate, by=by, data=said)
    return row


@transaction.atomic
def void_helper(helper, *, reason, by):
    """Take back an assignment typed by mistake."""
    candidate = locked(helper.candidate)
    row = _unvoided(Helper, helper.pk)
    row.void(reason, by)
    record("admissions.void_helper", candidate, by=by, data={"helper": str(row.member), "reason": reason})


@transaction.atomic
def add_note(candidate, *, on, text, helper=None, by):
    """What a helper or the cell noted."""
    found = locked(candidate)
    row = HelperNote.objects.create(candidate=found, helper=helper, noted_on=on, text=text, recorded_by=by)
    record("admissions.add_note", found, by=by, data={"on": f"{on:%d/%m/%Y}"})
    return row


@transaction.atomic
def void_note(note, *, reason, by):
    """Take back a note typed by mistake."""
    candidate = locked(note.candidate)
    _unvoided(HelperNote, note.pk).void(reason, by)
    record("admissions.void_note", candidate, by=by, data={"reason": reason})


def _unvoided(model, pk):
    row = model.objects.standing().filter(pk=pk).first()
    if row is None:
        raise NotAllowed("Mục này đã được hủy. Hãy tải lại trang.")
    return row
