"""The portrait of the sheet: set, replaced, taken away."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.models import Photo
from members.sheet.photos import digest_of, keep_photo, neutral_photo
from members.sheet.writing import lock_member


@transaction.atomic
def set_photo(member, content, *, by):
    """Keep the portrait drawn anew from `content`; the one before is voided and no longer shown."""
    drawn = neutral_photo(content)
    locked = lock_member(member)
    former = Photo.objects.standing().filter(member=locked).first()
    digest = digest_of(drawn)
    if former and former.digest == digest:
        raise ValidationError("Ảnh này đang là ảnh của phiếu.")
    if former:
        _void(former, "thay bằng ảnh khác", by)
    photo = Photo.objects.create(member=locked, name=keep_photo(drawn), digest=digest, recorded_by=by)
    record("members.set_photo", locked, by=by, data={"digest": digest})
    return photo


@transaction.atomic
def void_photo(member, *, reason, by):
    """Take away a portrait of somebody else."""
    locked = lock_member(member)
    photo = Photo.objects.standing().filter(member=locked).first()
    if photo is None:
        raise ValidationError("Phiếu này chưa có ảnh, hoặc ảnh đã được bỏ trước đó.")
    _void(photo, reason, by)
    record("members.void_photo", locked, by=by, data={"reason": reason})
    return photo


def _void(photo, reason, by):
    photo.voided_at, photo.voided_by, photo.void_reason = timezone.now(), by, reason
    photo.save(update_fields=["voided_at", "voided_by", "void_reason"])
