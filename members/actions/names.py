"""The name changed by decision, everywhere at once; the old one is kept and found (06-HD/TW, 9.1)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from members.actions.record import Stale
from members.models import FormerName
from members.quality.again import look_again
from members.sheet.writing import lock_member
from members.sheet_enums import NameGround


@dataclass(frozen=True)
class NameEntry:
    """The new name, why it is written differently, and on which papers."""

    full_name: str
    ground: str
    source: str
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""


@transaction.atomic
def change_name(member, entry, *, revision, by):
    """Write the new name in the record; a name changed by decision stays beside it and is found by search."""
    locked = lock_member(member)
    if locked.revision != revision:
        raise Stale(locked)
    before = locked.full_name
    if before == entry.full_name:
        raise ValidationError({"full_name": "Họ tên đang lưu đã là tên này."})
    row = FormerName(member=locked, full_name=before, new_name=entry.full_name, recorded_by=by, **_papers(entry))
    row.validate_constraints()
    row.save(force_insert=True)
    locked.full_name = entry.full_name
    if entry.ground == NameGround.DECISION:
        locked.former_names = ", ".join(name for name in (locked.former_names, before) if name)[:300]
    locked.revision += 1
    locked.save(update_fields=["full_name", "former_names", "revision"])
    look_again(locked)
    label = str(locked._meta.get_field("full_name").verbose_name)
    data = {
        "before": before,
        "after": entry.full_name,
        "ground": NameGround(entry.ground).label,
        "paper": entry.decision or entry.source,
        "changes": {label: [before, entry.full_name]},
    }
    record("members.change_name", locked, by=by, data=data)
    return locked


def _papers(entry):
    names = ("ground", "source", "decision", "decided_on", "decided_by")
    return {name: getattr(entry, name) for name in names}
