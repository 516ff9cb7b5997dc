"""A hold refuses a slip without a word more; many members move at once and each refusal stays with its member."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cells.models import LogEntry
from members import actions
from members.actions.reception import PresentedEntry
from members.actions.transfers import SlipEntry, TransferEntry
from members.enums import TransferState
from members.models import Hold
from tests.factories import MemberFactory
from tests.members.moving import (
    ASKED,
    FOUNDED,
    ISSUED,
    PRESENTED,
    RECEIVED,
    acts,
    headcount,
    issue,
    request,
    whereabouts,
)

pytestmark = pytest.mark.django_db
HELD = "Chưa cấp được giấy; liên hệ Ủy ban Kiểm tra"


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here)


@pytest.fixture
def asked(tree, cast, member):
    return request(member, tree.there, by=cast.secretary)


@pytest.fixture
def issued(cast, asked):
    return issue(asked, by=cast.staff)


# --- a hold ----------------------------------------------------------------------------------------------------------


def hold(member, cast, **changes):
    return Hold.objects.create(
        member=member, **{"started_on": date(2026, 9, 5), "recorded_by": cast.inspector, **changes}
    )


def test_a_hold_refuses_the_slip_in_one_sentence_and_leaves_no_trace(tree, cast, asked, member):
    hold(member, cast)
    before = LogEntry.objects.count()

    with pytest.raises(ValidationError) as refused:
        issue(asked, by=cast.staff)

    assert refused.value.messages == [HELD]
    asked.refresh_from_db()
    assert (asked.state, asked.slip_number, LogEntry.objects.count()) == (TransferState.REQUESTED, None, before)
    assert whereabouts(member) == [(tree.here, FOUNDED, None)]


def test_a_hold_does_not_show_when_the_cell_asks(tree, cast, member):
    other = MemberFactory(home=tree.here)
    with CaptureQueriesContext(connection) as without:
        request(other, tree.there, by=cast.secretary)
    hold(member, cast)
    with CaptureQueriesContext(connection) as with_hold:
        asked = request(member, tree.there, by=cast.secretary)

    assert asked.state == TransferState.REQUESTED
    assert len(with_hold) == len(without)
    assert not any("members_hold" in query["sql"] for query in with_hold)


def test_a_slip_dated_back_before_the_hold_is_refused_too(tree, cast, asked, member):
    hold(member, cast, started_on=date(2026, 9, 20))

    with pytest.raises(ValidationError) as refused:
        issue(asked, by=cast.staff, today=date(2026, 9, 21))
    assert refused.value.messages == [HELD]


@pytest.mark.parametrize(
    "changes",
    [{"ended_on": date(2026, 9, 10)}, {"started_on": date(2026, 9, 11)}, {"voided_at": "2026-09-09T00:00+07"}],
)
def test_a_hold_that_does_not_hold_stops_nothing(tree, cast, asked, member, changes):
    hold(member, cast, **changes)

    assert issue(asked, by=cast.staff).state == TransferState.ISSUED


def test_a_hold_refuses_a_replacing_slip_as_well(tree, cast, issued, member):
    hold(member, cast)

    with pytest.raises(ValidationError) as refused:
        actions.reissue_slip(issued, SlipEntry(issued_on=ISSUED, today=ISSUED), reason="sai", by=cast.staff)
    assert refused.value.messages == [HELD]


# --- many at once ----------------------------------------------------------------------------------------------------


def test_a_class_that_graduates_moves_together(tree, cast):
    people = [MemberFactory(home=tree.school) for _ in range(4)]
    entry = TransferEntry(kind="official", reason="tốt nghiệp", requested_on=ASKED, to_organisation=tree.there)

    asked = actions.request_transfers(people, entry, by=cast.staff)
    hold(people[2], cast)
    issued = actions.issue_slips(asked.done, SlipEntry(issued_on=ISSUED, today=ISSUED, number=11), by=cast.staff)
    entry = PresentedEntry(presented_on=PRESENTED)
    taken = actions.accept_transfers(issued.done, entry, received_on=RECEIVED, by=cast.stranger)

    assert (len(asked.done), asked.refused) == (4, [])
    assert issued.refused == [(people[2], HELD)]
    assert sorted(each.slip_number for each in issued.done) == [11, 12, 13]
    assert (len(taken.done), headcount(tree.there, RECEIVED), headcount(tree.school, RECEIVED)) == (3, 3, 1)
    assert acts().count("members.issue_slip") == 3
    logged = LogEntry.objects.filter(action__startswith="members.")
    assert not any("Kiểm tra" in str(entry.data) for entry in logged)
    assert not any(
        people[2].full_name in entry.subject_label for entry in logged.exclude(action__endswith="request_transfer")
    )


def test_who_cannot_be_introduced_is_named_and_the_others_go(tree, cast, asked, member):
    other = MemberFactory(home=tree.here)
    entry = TransferEntry(kind="official", reason="sáp nhập", requested_on=ASKED, to_organisation=tree.far)

    found = actions.request_transfers([member, other], entry, by=cast.secretary)

    assert [each.member for each in found.done] == [other]
    assert [(who, "chưa xong" in words) for who, words in found.refused] == [(member, True)]
