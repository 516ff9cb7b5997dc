"""The CV: identity and answers corrected, rows of its repeating items written, written anew, voided."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.actions.lists import TAKEN
from admissions.cv_rows import as_stored, row_of
from admissions.models import Candidate, CVEntry, Profile
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed
from members.models import Member
from members.sheet.columns import row_words

STALE = (
    "Hồ sơ này vừa được người khác thay đổi, nên lần này chưa ghi gì. Những gì đã gõ vẫn còn ở dưới đây: hãy xem lại "
    "rồi gửi lần nữa."
)
SAME = "Không có gì thay đổi so với nội dung đang lưu."
TWICE = "Dòng này đã có trong lý lịch; không ghi lần thứ hai."
GONE = "Dòng này đã được hủy hoặc thay bằng dòng khác trước đó. Hãy tải lại trang để xem."


@transaction.atomic
def correct_cv(candidate, identity, answers, *, by):
    """Write identity columns and answers over those that the person saw; NotAllowed when others wrote meanwhile."""
    found = _unchanged(candidate)
    fields = [*_write(found, identity), *_write(found.profile, answers)]
    if not fields:
        raise ValidationError(SAME)
    record("admissions.correct_cv", found, by=by, data={"fields": ", ".join(fields)})
    return found


@transaction.atomic
def correct_background(candidate, answers, *, by):
    """Write what few may see: religion, marriage, births, a record cleared; the log names the fields alone."""
    found = _unchanged(candidate)
    fields = _write(found.profile, answers)
    if not fields:
        raise ValidationError(SAME)
    record("admissions.correct_background", found, by=by, data={"fields": ", ".join(fields)})
    return found


@transaction.atomic
def add_cv_row(candidate, part, values, *, by):
    """Write one row of an item."""
    found = locked(candidate)
    row = _store(found, part, values, by)
    record("admissions.add_cv_row", found, by=by, data={"item": part.title, "row": row_words(part, row_of(row))})
    return row


@transaction.atomic
def correct_cv_row(entry, part, values, *, reason, by):
    """Void a row and write it anew, with a reason."""
    found, standing = _of_entry(entry)
    if standing.values == as_stored(values):
        raise ValidationError(SAME)
    before = row_words(part, row_of(standing))
    standing.void(reason, by)
    row = _store(found, part, values, by)
    data = {"item": part.title, "row": row_words(part, row_of(row)), "before": before, "reason": reason}
    record("admissions.correct_cv_row", found, by=by, data=data)
    return row


@transaction.atomic
def void_cv_row(entry, part, *, reason, by):
    """Void a row that never was true."""
    found, standing = _of_entry(entry)
    standing.void(reason, by)
    data = {"item": part.title, "row": row_words(part, row_of(standing)), "reason": reason}
    record("admissions.void_cv_row", found, by=by, data=data)
    return standing


def _unchanged(candidate):
    """The candidate with his profile, locked, as the person saw both."""
    found = locked(candidate)
    profile = Profile.objects.select_for_update().get(pk=found.pk)
    if (found.revision, profile.revision) != (candidate.revision, candidate.profile.revision):
        raise NotAllowed(STALE)
    found.profile = profile
    return found


def _write(row, columns):
    """Save what differs, and answer its words."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, columns[name])
    row.revision += 1
    if isinstance(row, Candidate):
        _refuse_known_number(row, changed)
    try:
        with transaction.atomic():
            row.save(update_fields=[*changed, "revision"])
    except IntegrityError:
        raise ValidationError({"personal_id": TAKEN}) from None
    return [str(row._meta.get_field(name).verbose_name) for name in changed if not name.endswith("_precision")]


def _refuse_known_number(candidate, changed):
    if "personal_id" not in changed or not candidate.personal_id:
        return
    holders = Member.objects.on_known_number(personal_id=candidate.personal_id)
    if holders.exclude(pk=candidate.former_member_id).exists():
        raise ValidationError({"personal_id": TAKEN})


def _store(candidate, part, values, by):
    stored = as_stored(values)
    others = CVEntry.objects.standing().filter(candidate=candidate, part=part.code)
    if any(each.values == stored for each in others):
        raise ValidationError(TWICE)
    return CVEntry.objects.create(candidate=candidate, part=part.code, values=stored, recorded_by=by)


def _of_entry(entry):
    found = locked(entry.candidate)
    standing = CVEntry.objects.standing().select_for_update().filter(pk=entry.pk).first()
    if standing is None:
        raise NotAllowed(GONE)
    return found, standing
