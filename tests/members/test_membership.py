"""The database itself refuses two official memberships of one person on one day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members.enums import EndReason, MembershipKind, StartReason
from members.models import Membership
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
MOVED = date(2026, 3, 1)


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here)


def place(member, organisation, **values):
    given = {"started_on": MOVED, "start_reason": StartReason.MOVED_IN, **values}
    return Membership.objects.create(member=member, organisation=organisation, **given)


def test_a_second_official_membership_is_refused(tree, member):
    with pytest.raises(IntegrityError), transaction.atomic():
        place(member, tree.there)
    assert member.memberships.get().organisation == tree.here


def test_an_end_moved_into_the_next_membership_is_refused(tree, member):
    first = member.memberships.get()
    first.ended_on, first.end_reason = MOVED, EndReason.MOVED_OUT
    first.save()
    place(member, tree.there)
    first.ended_on = date(2026, 3, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_temporary_membership_lies_beside_the_official_one(tree, member):
    place(member, tree.there, kind=MembershipKind.TEMPORARY, start_reason=StartReason.TEMPORARY)
    assert member.memberships.count() == 2


def test_a_membership_from_the_day_after_is_taken(tree, member):
    member.memberships.update(ended_on=MOVED, end_reason=EndReason.MOVED_OUT)
    place(member, tree.there)
    assert [row.organisation for row in member.memberships.order_by("started_on")] == [tree.here, tree.there]
