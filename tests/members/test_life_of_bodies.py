"""Nobody belongs to a body on a day on which a decision has it not there yet, or no more."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cells.changes import verbs
from members import actions
from members.actions.endings import EndingEntry, record_death, void_ending
from members.actions.reception import ArrivalEntry
from members.actions.record import MemberEntry
from members.actions.restorations import RestorationEntry, readmit
from members.models import Member, Membership
from tests.cells.tree_cases import CHANGED, TODAY, decision, do, merge
from tests.factories import MemberFactory
from tests.members.moving import accept, issue, request, whereabouts

LATER = date(2027, 1, 1)


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.there, full_name="Lê Văn Đi")


def ending_later(tree, cast):
    """A decision on record ends the cell `here` at New Year."""
    do(verbs.close(tree.here, decision=decision(LATER), heir=tree.east, members_to=tree.next_door), cast.staff)


def arrival(cell, on):
    return ArrivalEntry(
        kind="official", organisation=cell, outside_name="Chi bộ xa", outside_area="other_province", issued_on=on,
        received_on=on, decision="số 5",
    )  # fmt: skip


def newcomer():
    return MemberEntry({"id": uuid4(), "full_name": "Trần Thị Đến", "admitted_on": date(2010, 1, 1)})


def test_a_merged_cell_takes_nobody_in_before_its_founding(tree, cast, member):
    asked = request(member, tree.here, by=cast.stranger, requested_on=date(2026, 1, 5))
    issued = issue(asked, by=cast.staff, issued_on=date(2026, 1, 10))
    do(merge(tree), cast.staff)
    issued.refresh_from_db()
    assert issued.to_organisation.name == "Chi bộ Khóm Liên"
    with pytest.raises(ValidationError, match="thành lập từ 01/03/2026"):
        accept(issued, by=cast.staff, received_on=date(2026, 2, 1), presented_on=date(2026, 1, 20))
    accept(issued, by=cast.staff, received_on=CHANGED, presented_on=date(2026, 1, 20))
    assert whereabouts(member)[-1] == (issued.to_organisation, CHANGED, None)


def test_a_cell_that_will_end_takes_nobody_in(tree, cast, member):
    ending_later(tree, cast)
    issued = issue(request(member, tree.here, by=cast.stranger), by=cast.staff)
    with pytest.raises(ValidationError, match="quyết định kết thúc từ 01/01/2027"):
        accept(issued, by=cast.secretary)
    with pytest.raises(ValidationError, match="quyết định kết thúc từ 01/01/2027"):
        actions.receive_from_outside(arrival(tree.here, TODAY), newcomer(), by=cast.secretary)
    assert not Membership.objects.filter(organisation=tree.here).exists()
    assert not Member.objects.filter(full_name="Trần Thị Đến").exists()


def test_a_guest_finds_no_host_that_will_end(tree, cast, member):
    ending_later(tree, cast)
    asked = request(member, tree.here, by=cast.stranger, kind="temporary", until=date(2027, 3, 2))
    with pytest.raises(ValidationError, match="quyết định kết thúc"):
        accept(issue(asked, by=cast.other_officer), by=cast.secretary)


def test_a_slip_is_not_taken_back_to_a_cell_that_will_end(tree, cast):
    leaver = MemberFactory(home=tree.here)
    issued = issue(request(leaver, tree.there, by=cast.secretary), by=cast.staff)
    ending_later(tree, cast)
    with pytest.raises(ValidationError, match="quyết định kết thúc"):
        actions.withdraw_transfer(issued, reason="ở lại", by=cast.staff)
    assert [place for place, _, _ in whereabouts(leaver)] == [tree.here, tree.root]


def test_an_ending_is_not_voided_into_a_cell_that_is_gone(tree, cast):
    dead = MemberFactory(home=tree.here)
    ending = record_death(dead, EndingEntry(ended_on=date(2026, 2, 1)), by=cast.secretary)
    do(merge(tree), cast.staff)
    with pytest.raises(ValidationError, match="quyết định kết thúc từ 01/03/2026"):
        void_ending(ending, reason="nhầm người", by=cast.officer)
    assert whereabouts(dead) == [(tree.here, date(2025, 7, 1), date(2026, 2, 1))]


def test_nobody_is_readmitted_into_a_cell_that_will_end(tree, cast, member):
    Membership.objects.filter(member=member).update(ended_on=date(2026, 1, 1), end_reason="left")
    ending_later(tree, cast)
    back = RestorationEntry(date(2026, 4, 1), tree.here, "9-QĐ/ĐU", date(2026, 3, 20))
    with pytest.raises(ValidationError, match="quyết định kết thúc"):
        readmit(member, back, by=cast.staff)
