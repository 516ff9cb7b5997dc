"""Saving what a cell has typed so far: the one write without a log entry; sending logs the whole sheet."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.workflow import NotAllowed
from evaluations.models import RatingSheet
from evaluations.row_fields import HEAD_FIELDS, head_values, row_values, tasks_over_total, write_row
from evaluations.season_rules import rule_book


@dataclass(frozen=True)
class Edit:
    """Values typed over one version of a row or head; `was` are the values that the page had seen, where it says so."""

    version: int | None  # None: the page named none, so anything may have changed
    values: dict[str, Any]
    was: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """One field that somebody else saved differently meanwhile; nothing of it was written. `review` None: the head."""

    review: UUID | None
    name: str
    mine: Any
    theirs: Any
    by: str


@transaction.atomic
def save_draft(sheet, *, by, head=None, rows=None):
    """Write the edited fields of the head and of rows (`{review id: Edit}`); the conflicts, which are not written.

    A field is in conflict when the row has a newer version and the field is not what the page had seen.
    """
    sheet = RatingSheet.objects.select_for_update(of=("self",)).select_related("season").get(pk=sheet.pk)
    if not sheet.is_with_cell:
        raise NotAllowed("Bảng đã gửi lên cấp trên nên không lưu được nữa. Hãy thu hồi nếu cần sửa.")
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không lưu được nữa.")
    conflicts = _save_head(sheet, head) if head else []
    if rows:
        book = rule_book(sheet.season)
        reviews = sheet.reviews.select_for_update(of=("self",)).select_related("changed_by").filter(pk__in=rows)
        for review in reviews:
            conflicts += _save_row(review, rows[review.pk], book, by)
    return conflicts


def _save_head(sheet, edit):
    changes, clashes = _merge(head_values(sheet), edit, sheet.version)
    for name, value in changes.items():
        setattr(sheet, name, value)
    if changes:
        sheet.version += 1
        sheet.save(update_fields=[*HEAD_FIELDS, "version"])
    return [Conflict(None, name, mine, theirs, "") for name, mine, theirs in clashes]


def _save_row(review, edit, book, by):
    stored = row_values(review, book)
    changes, clashes = _merge(stored, edit, review.version)
    if review.is_scored:
        changes.pop("points", None)  # the sum of the criteria
    changes |= _level_or_reason(stored, changes)
    if tasks_over_total(stored | changes):
        raise NotAllowed(f"{review.member}: số nhiệm vụ vừa được người khác sửa. Hãy tải lại trang.")
    before = str(review.changed_by or "")
    if changes:
        write_row(review, changes)
        review.version += 1
        review.changed_at, review.changed_by = timezone.now(), by
        review.save(update_fields=_columns(changes))
    return [Conflict(review.pk, name, mine, theirs, before) for name, mine, theirs in clashes]


def _columns(changes):
    names = {"votes" if name.startswith("votes_") else name for name in changes}
    return [*names, "version", "changed_at", "changed_by"]


def _merge(stored, edit, version):
    """What may be written, and what clashes as (name, mine, theirs)."""
    changes, clashes = {}, []
    for name, value in edit.values.items():
        theirs = stored[name]
        if value == theirs:
            continue
        seen = edit.version == version or (name in edit.was and edit.was[name] == theirs)
        if seen:
            changes[name] = value
        else:
            clashes.append((name, value, theirs))
    return changes, clashes


def _level_or_reason(stored, changes):
    """A member has a level or a reason for none: what was chosen last counts, a reason before a level."""
    if changes.get("not_rated_reason"):
        return {"proposed_level": ""}
    if changes.get("proposed_level") and stored["not_rated_reason"]:
        return {"not_rated_reason": ""}
    return {}
