"""Which body issues the slip of a move, and whether a move stays inside one committee."""

from django.core.exceptions import ValidationError

from cells.models import Organisation, OrganisationVersion
from members.enums import TEMPORARY_KINDS, TransferKind


def issuing_body(kind, sender, receiver):
    """The sender's last box: the body whose right to issue is asked.

    Temporary moves: the base committee (38-HD/BTCTW, the 8-box slip and 3B-SHĐ). Moves inside the tree: the lowest body
    above both ends. Moves outside: the nearest committee above that is neither base nor cell, else the highest.
    """
    above = _above(sender)
    if kind in TEMPORARY_KINDS:
        return next((body for body in reversed(above) if body.is_base), above[-1])
    if receiver is not None:
        shared = [body for body in above if receiver.path.startswith(body.path)]
        return shared[-1] if shared else above[0]
    return _committee_above_base(above)


def kind_inside(kind, sender, receiver):
    """Internal instead of official where one committee above base holds both ends (38-HD/BTCTW, II.4.3.1b)."""
    if kind != TransferKind.OFFICIAL or receiver is None:
        return kind
    inside = receiver.path.startswith(_committee_above_base(_above(sender)).path)
    return TransferKind.INTERNAL if inside else kind


def refuse_outside_life(organisation, day):
    """`ValidationError` when nobody can belong to a body from `day` on: founded later by decision, or to be ended."""
    rows = OrganisationVersion.objects.standing().filter(organisation=organisation).order_by("started_on", "id")
    versions = list(rows.only("started_on", "ended_on", "opened_by_id"))
    if not versions:
        return
    first, last = versions[0], versions[-1]
    if first.opened_by_id and day < first.started_on:
        raise ValidationError(
            f"{organisation} thành lập từ {first.started_on:%d/%m/%Y}; ngày {day:%d/%m/%Y} chưa có tổ chức này. "
            "Hãy xem lại ngày."
        )
    if last.ended_on:
        raise ValidationError(
            f"{organisation} có quyết định kết thúc từ {last.ended_on:%d/%m/%Y} nên không nhận thêm đảng viên. "
            "Hãy chọn chi bộ khác, hoặc chờ đến ngày có tổ chức mới."
        )


def chain_above(organisation):
    """The bodies above, the highest first; the organisation itself where nothing stands above it."""
    return _above(organisation)


def _above(organisation):
    found = list(Organisation.objects.above(organisation))
    return found[:-1] or found


def _committee_above_base(above):
    return next((body for body in reversed(above) if not (body.is_base or body.is_cell)), above[0])
