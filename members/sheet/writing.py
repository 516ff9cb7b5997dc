"""Writing rows of the sheet within an action, which has its transaction and writes its log entry."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.enums import Topic
from members.models import Member, Particular, Place
from members.quality.again import look_again
from members.sheet.columns import place_words, row_words
from members.sheet.reading import rows_of
from members.sheet_enums import PlaceKind

TAKEN = "Mục này vừa được người khác ghi. Hãy tải lại trang rồi làm tiếp."
CHANGED_MEANWHILE = "Mục này vừa được người khác thay đổi. Hãy tải lại trang rồi làm tiếp."
VOIDED = "Dòng này đã được hủy hoặc thay bằng dòng khác trước đó. Hãy tải lại trang để xem."
COLUMN_OF = {  # what the record itself prints of a place
    PlaceKind.BIRTH: "birth_place",
    PlaceKind.HOME: "home_place",
    PlaceKind.RESIDENCE: "residence",
}


def lock_member(member):
    """One writer of a member's sheet at a time."""
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)


def store_row(member, part, values, *, by, replaces=None):
    """A new row of the part; the caller has locked the member and writes the log."""
    others = rows_of(part, member)
    if part.single and others.exists():
        raise ValidationError(f"“{part.heading}” đã ghi rồi. Hãy sửa dòng đang có.")
    if others.filter(**{name: value for name, value in values.items() if name != "source"}).exists():
        raise ValidationError("Dòng này đã có trong phiếu; không ghi lần thứ hai.")
    row = part.model(member=member, **part.fixed, **values, recorded_by=by, replaces=replaces)
    row.validate_constraints()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(TAKEN) from None
    if isinstance(row, Place):
        _print_place(member, row)
    return row


def void_row(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def said(part, row, before=None):
    """What the log says of a row; of a restricted part its title alone."""
    data = {"item": part.heading}
    if part.sensitive:
        return data
    data["row"] = row_words(part, row)
    return {**data, "before": row_words(part, before)} if before else data


def standing_row(part, row):
    """The row, locked; refused when it was voided or replaced meanwhile."""
    found = rows_of(part, row.member).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(VOIDED)
    return found


def _print_place(member, row):
    """The record prints places in one line; a place that is written by its parts writes that line too."""
    column, words = COLUMN_OF.get(row.kind), place_words(row)
    if column and words and getattr(member, column) != words:
        setattr(member, column, words[:300])
        member.revision += 1
        member.save(update_fields=[column, "revision"])
        look_again(member)


def differs(row, values):
    """Whether `values` say something else than the row; the precision of a day that is not known says nothing."""
    stems = [name.removesuffix("_precision") for name in values if name.endswith("_precision")]
    idle = {f"{stem}_precision" for stem in stems if values[f"{stem}_on"] is None}
    return any(getattr(row, name) != value for name, value in values.items() if name not in idle)


def next_answer(member, topic, answer, on, current_id, *, by):
    """End the standing answer to `topic` the day before `on` and open the next; the pair of the next and the former."""
    value, text, source = answer
    current = Particular.objects.standing().open().filter(member=member, topic=topic).first()
    if (current.pk if current else None) != current_id:
        raise ValidationError(CHANGED_MEANWHILE)
    if current and on <= current.started_on:
        raise ValidationError(
            f"Mục “{Topic(topic).label}” đang có bắt đầu từ {current.started_on:%d/%m/%Y}; ngày thay đổi phải sau ngày "
            "đó. Nếu mục đang có bị ghi sai, hãy sửa mục đó."
        )
    if current:
        current.ended_on = on
        current.save(update_fields=["ended_on"])
    new = Particular(member=member, topic=topic, value=value, text=text, source=source, started_on=on, recorded_by=by)
    new.save(force_insert=True)
    look_again(member)
    return new, current
