"""A hold: while it stands no transfer slip is issued; nothing else of the product speaks of it.

Its acts are logged under `holds.`, which only inspection officers see (`LogEntryQuerySet.visible_to`).
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from members.models import Hold, Member


@transaction.atomic
def set_hold(member, *, on, by):
    """Stop the issuing of transfer slips to a member from a day on; no reason is stored."""
    locked = Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)
    rows = Hold.objects.standing().filter(member=locked)
    if rows.overlapping(on, None).exists():
        raise ValidationError("Đã có một lần tạm dừng cấp giấy trong thời gian này.")
    hold = Hold.objects.create(member=locked, started_on=on, recorded_by=by)
    record("holds.set_hold", locked, by=by, data={"from": f"{on:%d/%m/%Y}"})
    return hold


@transaction.atomic
def lift_hold(hold, *, ended_on, by):
    """Slips may be issued again; `ended_on` is the first day without the hold."""
    Member.objects.select_for_update(of=("self",)).get(pk=hold.member_id)
    locked = Hold.objects.standing().select_related("member__home").select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.ended_on:
        raise ValidationError("Lần tạm dừng này đã kết thúc trước đó.")
    if ended_on <= locked.started_on:
        raise ValidationError(f"Ngày thôi tạm dừng phải sau ngày bắt đầu {locked.started_on:%d/%m/%Y}.")
    locked.ended_on = ended_on
    locked.save(update_fields=["ended_on"])
    record("holds.lift_hold", locked.member, by=by, data={"from": f"{ended_on:%d/%m/%Y}"})
    return locked
