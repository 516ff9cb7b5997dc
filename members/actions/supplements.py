"""A supplement slip taken over: every change becomes a dated fact, in one act with one log entry."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.models import Supplement
from members.reports.supplement import standing
from members.sheet.supplement import CHANGED_MEANWHILE, SlipChange, Writing, paper_words, shown_digest
from members.sheet.writing import lock_member


@dataclass(frozen=True)
class SupplementSlip:
    """What a slip of a day says: the changes alone; `with_restricted` when the restricted items were asked too.

    `seen` is the digest of what the form showed of the record (`shown_digest`).
    """

    declared_on: date
    changes: tuple[SlipChange, ...]
    with_restricted: bool
    seen: str


@transaction.atomic
def take_over_supplement(member, slip, *, by):
    """Write what the slip changes (38-HD/BTCTW, mẫu 3-HSĐV); a slip without changes is kept too, all its items “K”.

    Refused as a whole when a slip of that day was taken over, or when somebody changed meanwhile what its form showed.
    """
    locked = lock_member(member)
    stands = standing(locked, slip.declared_on, sensitive=slip.with_restricted)
    if Supplement.objects.standing().filter(member=locked, declared_on=slip.declared_on).exists():
        raise ValidationError(
            f"Phiếu bổ sung ngày {slip.declared_on:%d/%m/%Y} đã ghi vào hồ sơ. Nếu có phiếu khác, hãy ghi ngày của "
            "phiếu đó."
        )
    if slip.seen != shown_digest(stands, sensitive=slip.with_restricted):
        raise ValidationError(CHANGED_MEANWHILE)
    source = paper_words(slip.declared_on)
    for change in slip.changes:
        change.write(Writing(locked, slip.declared_on, source, by))
    row = Supplement.objects.create(
        member=locked,
        declared_on=slip.declared_on,
        changes=_by_item(change for change in slip.changes if not change.restricted),
        restricted=_by_item(change for change in slip.changes if change.restricted),
        with_restricted=slip.with_restricted,
        recorded_by=by,
    )
    items = list(dict.fromkeys(change.item for change in slip.changes))
    data = {
        "on": f"{slip.declared_on:%d/%m/%Y}",
        "items": ", ".join(items) or "không có thay đổi",
        "changes": row.changes,
    }
    record("members.take_over_supplement", locked, by=by, data=data)
    return row


@transaction.atomic
def void_supplement(supplement, *, reason, by):
    """Void a slip that was not this member's; what it wrote in the sheet is voided row by row there."""
    locked = lock_member(supplement.member)
    row = Supplement.objects.standing().select_for_update(of=("self",)).filter(pk=supplement.pk).first()
    if row is None:
        raise ValidationError("Phiếu bổ sung này đã được hủy trước đó.")
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    data = {"on": f"{row.declared_on:%d/%m/%Y}", "reason": reason}
    record("members.void_supplement", locked, by=by, data=data)
    return row


def _by_item(changes):
    found = {}
    for change in changes:
        found.setdefault(change.item, []).append([change.before, change.after])
    return found
