"""What an ending closes beside the membership, and how it is opened again; the actions that call this record it.

A membership is opened again by voiding the row that has an end and writing one that has none: what was known before
stays readable with `on(day, as_known=…)`.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from members.enums import EndReason, MembershipKind, TransferState
from members.models import Membership, Overlay, Post, Transfer

VOIDED_BEFORE = "đã ra khỏi danh sách đảng viên trước ngày này"
_COPIED = ("member", "organisation", "kind", "started_on", "start_reason", "came_from", "transfer", "decision", "note",
           "opened_by")  # fmt: skip
_TRANSFER = Transfer._meta.label_lower
_MODELS = {model._meta.label_lower: model for model in (Membership, Overlay, Post)}


def close_rows(member, ended_on, by):
    """End temporary memberships, states and posts that still hold on `ended_on`, settle moves; answers what was."""
    closed = [_close(row, ended_on, by) for row in _rows_at(member, ended_on)]
    return closed + [_withdraw(move, ended_on) for move in Transfer.objects.filter(member=member).unsettled()]


def _rows_at(member, day):
    temporary = Membership.objects.standing().filter(member=member, kind=MembershipKind.TEMPORARY)
    for rows in (
        temporary,
        Overlay.objects.standing().filter(member=member),
        Post.objects.standing().filter(member=member),
    ):
        yield from rows.overlapping(day, None)


def _withdraw(move, ended_on):
    was = {"table": _TRANSFER, "row": str(move.pk), "was": move.state, "refusal": move.refusal}
    move.state, move.refusal = TransferState.WITHDRAWN, f"không còn là đảng viên từ ngày {ended_on:%d/%m/%Y}"
    move.save(update_fields=["state", "refusal"])
    return was


def _close(row, ended_on, by):
    was = {"table": row._meta.label_lower, "row": row.pk, "was": row.ended_on.isoformat() if row.ended_on else None}
    if row.started_on >= ended_on:
        _void(row, VOIDED_BEFORE, by)
        return {**was, "voided": True}
    row.ended_on = ended_on
    fields = ["ended_on"]
    if isinstance(row, Membership):
        row.end_reason = row.end_reason or EndReason.TEMPORARY
        fields.append("end_reason")
    row.save(update_fields=fields)
    return was


def reopen_rows(ending, *, posts=True):
    """Give back to what an ending closed the end that it had before, where nobody changed it since.

    Without `posts` the person comes back by a decision: neither his posts nor a move under way go on.
    """
    for closed in ending.closed_rows:
        if closed["table"] == _TRANSFER:
            if posts:
                withdrawn = Transfer.objects.filter(pk=closed["row"], state=TransferState.WITHDRAWN)
                withdrawn.update(state=closed["was"], refusal=closed["refusal"])
            continue
        model = _MODELS[closed["table"]]
        if model is Post and not posts:
            continue
        row = model.objects.filter(pk=closed["row"]).first()
        if closed.get("voided"):
            if row.void_reason == VOIDED_BEFORE:
                row.voided_at, row.voided_by, row.void_reason = None, None, ""
                row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        elif row.voided_at is None and row.ended_on == ending.ended_on:
            row.ended_on = date.fromisoformat(closed["was"]) if closed["was"] else None
            fields = ["ended_on"]
            if model is Membership and row.ended_on is None:
                row.end_reason = ""
                fields.append("end_reason")
            row.save(update_fields=fields)


def close_again(ending, by):
    """Close what holds once more, after a return that never was; the ending goes on knowing how it was before."""
    closed = close_rows(ending.member, ending.ended_on, by)
    fresh = {(row["table"], row["row"]) for row in closed}
    kept = [row for row in ending.closed_rows if (row["table"], row["row"]) not in fresh]
    ending.closed_rows = kept + closed
    ending.save(update_fields=["closed_rows"])


def move_rows(ending, ended_on):
    """The same rows end on another day when the day of an ending is corrected."""
    for closed in ending.closed_rows:
        if closed["table"] != _TRANSFER and not closed.get("voided"):
            rows = _MODELS[closed["table"]].objects.standing().filter(pk=closed["row"], ended_on=ending.ended_on)
            if rows.filter(started_on__gte=ended_on).exists():
                raise ValidationError(
                    f"Có chức vụ hoặc tình trạng bắt đầu sau ngày {ended_on:%d/%m/%Y}; hãy sửa mục đó trước."
                )
            rows.update(ended_on=ended_on)


def refuse_what_came_after(member, membership):
    """`ValidationError` when the person has been somewhere since that membership ended."""
    later = Membership.objects.standing().official().filter(member=member, started_on__gte=membership.ended_on).first()
    if later:
        raise ValidationError(
            f"{member} đã sinh hoạt ở {later.organisation} từ ngày {later.started_on:%d/%m/%Y}, sau lần ra khỏi Đảng "
            "này; không hủy hoặc sửa được nữa."
        )


def written_anew(membership, *, reason, by, **changed):
    """Void the row of a membership and write it again with `changed`; without an end unless one is given."""
    _void(membership, reason, by)
    columns = {name: getattr(membership, name) for name in _COPIED} | {"recorded_by": by} | changed
    return Membership.objects.create(**columns)


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
