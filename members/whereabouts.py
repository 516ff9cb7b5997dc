"""Where a member officially is while he moves: the home ends, the road begins and ends, the new home begins.

Callers hold the lock on the member; on every day there is exactly one official membership.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from members.bodies import refuse_outside_life
from members.enums import EndReason, MembershipKind, StartReason, TransferState
from members.models import Membership, Transfer

COPIED = ("member_id", "organisation_id", "kind", "started_on", "start_reason", "came_from", "transfer_id", "decision",
          "note", "opened_by_id")  # fmt: skip


def official_place(member):
    """The open official membership; `ValidationError` when the person is on no roll."""
    row = _official(member).open().select_related("organisation").first()
    if row is None:
        raise ValidationError(f"{member} không còn trong danh sách đảng viên, nên không chuyển sinh hoạt được.")
    return row


def lead_out(member, transfer, *, on, by):
    """End the home on the day of issue; the body above both ends lists the member from then on, if he stays inside."""
    home = official_place(member)
    if home.organisation_id != transfer.from_organisation_id:
        raise ValidationError(f"{member} nay ở {home.organisation}, không phải nơi đã giới thiệu. Hãy rút và lập lại.")
    _end(home, transfer, on)
    if transfer.goes_outside:
        home.went_to = transfer.outside_area
        home.save(update_fields=["went_to"])
        return
    _open(member, transfer.common, transfer, on=on, by=by)
    set_home(member, transfer.common)


def lead_in(member, transfer, *, on, by):
    """End the road on the day of reception and begin in the receiving cell; accepted on the day of issue, no road."""
    road = official_place(member)
    if road.started_on == on:
        _void([road], "tiếp nhận ngay trong ngày cấp giấy", by)
    else:
        _end(road, transfer, on)
    _end_own_guest(member, transfer, on)
    _open(member, transfer.to_organisation, transfer, on=on, by=by)
    set_home(member, transfer.to_organisation)


def _end_own_guest(member, transfer, on):
    """Who was a guest of the cell that takes him in for good is its guest no more."""
    guests = member.memberships.standing().open().filter(kind=MembershipKind.TEMPORARY)
    for row in guests.filter(organisation=transfer.to_organisation).select_related("organisation"):
        _end(row, transfer, on, EndReason.TEMPORARY)
        stay = Transfer.objects.filter(pk=row.transfer_id, state=TransferState.RECEIVED)
        stay.update(state=TransferState.RETURNED, returned_on=on)


def lead_back(member, transfer, *, reason, by):
    """Void the road and give the home back as if it had never ended."""
    home = _official(member).filter(end_transfer=transfer).select_related("organisation").earliest("started_on")
    if not home.organisation.is_open:
        raise ValidationError(
            f"{home.organisation} đã kết thúc hoạt động nên không rút giấy về đó được. "
            "Hãy cấp giấy thay thế đến chi bộ tiếp nhận."
        )
    refuse_outside_life(home.organisation, home.started_on)
    since = _official(member).filter(started_on__gte=home.ended_on)
    if transfer.goes_outside and since.exists():
        raise ValidationError(f"{member} đã trở lại danh sách sau lần chuyển này nên không rút giấy được.")
    if not transfer.goes_outside:
        official_place(member)
    _void([home, *since], reason, by)
    again = {name: getattr(home, name) for name in COPIED}
    Membership.objects.create(**again, recorded_by=by)
    set_home(member, home.organisation)


def change_road(member, old, new, *, on, by):
    """Hand the road of a replaced slip to the new one, whose common body may be another."""
    old.closed_memberships.standing().update(end_transfer=new)
    old.opened_memberships.standing().update(transfer=new)
    if new.goes_outside or new.common_id == old.common_id:
        return
    road = official_place(member)
    if road.started_on == on:
        _void([road], "cấp giấy thay thế trong ngày", by)
    else:
        _end(road, new, on)
    _open(member, new.common, new, on=on, by=by)
    set_home(member, new.common)


def begin_guest(member, transfer, *, on, by):
    """The host of a temporary move; the home stays what it is."""
    refuse_outside_life(transfer.to_organisation, on)
    Membership.objects.create(
        member=member,
        organisation=transfer.to_organisation,
        kind=MembershipKind.TEMPORARY,
        started_on=on,
        start_reason=StartReason.TEMPORARY,
        transfer=transfer,
        recorded_by=by,
    )


def end_guest(transfer, *, on):
    """The day of return is the first on which the host no longer has the guest."""
    for row in transfer.opened_memberships.standing().open().filter(kind=MembershipKind.TEMPORARY):
        _end(row, transfer, on, EndReason.TEMPORARY)


def set_home(member, organisation):
    """Today's value beside the history."""
    member.home = organisation
    member.save(update_fields=["home"])


def _official(member):
    return member.memberships.standing().filter(kind=MembershipKind.OFFICIAL)


def _open(member, organisation, transfer, *, on, by):
    refuse_outside_life(organisation, on)
    Membership.objects.create(
        member=member,
        organisation=organisation,
        started_on=on,
        start_reason=StartReason.MOVED_IN,
        transfer=transfer,
        recorded_by=by,
    )


def _end(row, transfer, on, reason=EndReason.MOVED_OUT):
    if on <= row.started_on:
        raise ValidationError(
            f"Ngày {on:%d/%m/%Y} phải sau ngày bắt đầu sinh hoạt ở {row.organisation} ({row.started_on:%d/%m/%Y})."
        )
    row.ended_on, row.end_reason, row.end_transfer = on, reason, transfer
    row.save(update_fields=["ended_on", "end_reason", "end_transfer"])


def _void(rows, reason, by):
    for row in rows:
        row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason[:500]
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
