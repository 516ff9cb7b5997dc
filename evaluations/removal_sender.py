"""Somebody who never reported (X1t): the receiving side removes the name and informs the sender (294-QĐ/TW, 6.3.1)."""

from cells.audit import record
from evaluations.removal_enums import RemovalGround
from members.enums import LASTING_KINDS
from members.models import Transfer

DECIDED, TAKEN_BACK = "quyết định xóa tên", "hủy việc ghi quyết định xóa tên"


def sender_of(removal):
    """The body that introduced the member to the cell of the matter; None where the matter is of another ground."""
    if RemovalGround.X1T.value not in removal.grounds:
        return None
    rows = Transfer.objects.filter(member=removal.member_id, kind__in=LASTING_KINDS, issued_on__lte=removal.opened_on)
    rows = rows.filter(from_organisation__isnull=False).select_related("from_organisation")
    slip = rows.order_by("issued_on", "pk").last()
    return slip.from_organisation if slip else None


def tell_sender(removal, decision, what, *, by):
    """A line in the log of the sender, who sees nothing else of the matter: what was decided, where, by which paper."""
    sender = sender_of(removal)
    if sender is None or not decision.approves:
        return
    said = {"what": what, "number": decision.number, "on": f"{decision.signed_on:%d/%m/%Y}"}
    data = said | {"body": decision.organisation.name, "place": removal.organisation.name}
    record("evaluations.tell_sender", removal.member, by=by, organisation=sender, data=data)
