"""What a member is on a day: asked of each person, and asked of the list."""

from datetime import date

import pytest

from members.enums import EndReason, MembershipKind, OverlayKind, StartReason, Status
from members.models import Member, Membership, Overlay
from tests.factories import MemberFactory

DAY = date(2026, 10, 1)


@pytest.fixture
def people(tree):
    """One member of each status on the day, with overlays that are over, to come, or of less weight."""
    found = {status: MemberFactory(home=tree.here, full_name=f"Lê {status.label}") for status in Status}
    found[Status.PROBATIONARY].official_on = None
    found[Status.PROBATIONARY].save()
    found[Status.ENDED].memberships.update(ended_on=DAY, end_reason=EndReason.DIED)
    transit = found[Status.IN_TRANSIT].memberships
    transit.update(ended_on=date(2026, 9, 10), end_reason=EndReason.MOVED_OUT)
    Membership.objects.create(
        member=found[Status.IN_TRANSIT], organisation=tree.east, started_on=date(2026, 9, 10),
        start_reason=StartReason.MOVED_IN,
    )  # fmt: skip
    Membership.objects.create(
        member=found[Status.TEMPORARY_OUT], organisation=tree.there, kind=MembershipKind.TEMPORARY,
        started_on=date(2026, 5, 1), start_reason=StartReason.TEMPORARY,
    )  # fmt: skip
    for status, kinds in {
        Status.EXEMPT: [OverlayKind.EXEMPT],
        Status.SUSPENDED: [OverlayKind.SUSPENDED, OverlayKind.EXEMPT],
        Status.INTERRUPTED: [OverlayKind.INTERRUPTED, OverlayKind.SUSPENDED],
        Status.OFFICIAL: [OverlayKind.PROSECUTED],
        Status.TEMPORARY_OUT: [OverlayKind.EXEMPT],
    }.items():
        for kind in kinds:
            Overlay.objects.create(member=found[status], kind=kind, started_on=date(2026, 2, 1))
    Overlay.objects.create(
        member=found[Status.OFFICIAL], kind=OverlayKind.EXEMPT, started_on=date(2026, 1, 1), ended_on=DAY
    )
    return found


@pytest.mark.parametrize("status", Status)
def test_each_person_has_the_first_status_that_holds(people, status):
    assert Member.objects.with_status(DAY).get(pk=people[status].pk).status == status


@pytest.mark.parametrize("status", Status)
def test_the_list_of_a_status_holds_exactly_its_people(people, status):
    assert list(Member.objects.in_status(status, DAY)) == [people[status]]


def test_m18_exempt_then_active_then_on_the_road_then_active_elsewhere(tree):
    member = MemberFactory(home=tree.here, official_on=date(2010, 5, 19))
    Overlay.objects.create(
        member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 2, 1), ended_on=date(2026, 8, 1)
    )
    member.memberships.update(ended_on=date(2026, 9, 10), end_reason=EndReason.MOVED_OUT)
    for place, start, end in ((tree.root, date(2026, 9, 10), date(2026, 10, 5)), (tree.there, date(2026, 10, 5), None)):
        Membership.objects.create(
            member=member, organisation=place, started_on=start, ended_on=end, start_reason=StartReason.MOVED_IN,
            end_reason=EndReason.MOVED_OUT if end else "",
        )  # fmt: skip
    days = (date(2026, 6, 30), date(2026, 8, 1), date(2026, 9, 20), date(2026, 10, 5))
    statuses = [Member.objects.with_status(day).get(pk=member.pk).status for day in days]
    assert statuses == ["exempt", "official", "in_transit", "official"]
    assert Member.objects.with_cell(days[3]).get(pk=member.pk).cell_id == tree.there.pk
