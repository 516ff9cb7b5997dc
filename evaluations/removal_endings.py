"""From a decided matter to the ending of the membership as it stands now, though it was corrected meanwhile."""

from evaluations.models import RemovalDecision
from evaluations.removal_enums import RemovalKind
from members.enums import EndReason
from members.models import Ending

REASONS = {RemovalKind.REMOVAL: EndReason.NAME_REMOVED, RemovalKind.LEAVING: EndReason.LEFT}


def removal_decision(removal):
    """The standing decision of a matter; None before there is one."""
    rows = RemovalDecision.objects.standing().filter(removal=removal).select_related("organisation", "vote", "ending")
    return rows.order_by("signed_on", "recorded_at").last()


def ending_of(removal, decision=None, *, locking=False):
    """The standing ending that a decision wrote, or the one written in its place; None without one."""
    decision = decision or removal_decision(removal)
    if decision is None or decision.ending_id is None:
        return None
    if not locking and decision.ending.voided_at is None:
        return decision.ending
    rows = Ending.objects.standing().filter(member=removal.member_id, reason=REASONS[removal.kind])
    rows = rows.select_related("member__home", "membership")
    return rows.filter(pk=decision.ending_id).first() or rows.filter(pk__gt=decision.ending_id).order_by("pk").first()
