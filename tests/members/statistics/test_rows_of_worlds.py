"""The same random worlds as rows: what the database counts is what is counted person by person."""

from datetime import timedelta

import pytest

from cells.models import Organisation, OrganisationVersion
from cells.tree_history import read_history
from members.enums import RestorationKind
from members.models import Ending, Member, Membership, Restoration
from members.statistics.books import read_books
from members.statistics.ledger import every_body, one_body
from members.statistics.rules import Span
from tests.members.statistics.test_property import DAYS, FINAL, FIRST, RULES, World, books

pytestmark = pytest.mark.django_db


def write(world):
    """The world's bodies, people, stays and gaps as rows under the ids that it gave them."""
    stands = [stand for rows in world.history().stands.values() for stand in rows]
    bodies = {stand.id for stand in stands}
    Organisation.objects.bulk_create(
        Organisation(pk=body, name=f"B{body}", kind="cell", path=f"/{body}/", search_key=f"b{body}") for body in bodies
    )
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            organisation_id=stand.id, parent_id=stand.parent_id, name=stand.name, kind="cell",
            started_on=stand.started_on, ended_on=stand.ended_on,
        )
        for stand in stands
        if stand.ended_on is None or stand.started_on < stand.ended_on
    )  # fmt: skip
    people = {}
    for stay in sorted(world.all_stays(), key=lambda stay: stay.start):
        member = people.get(stay.member)
        if member is None:
            member = people[stay.member] = Member.objects.create(full_name=stay.name, home_id=stay.organisation)
        row = Membership.objects.create(
            member=member, organisation_id=stay.organisation, started_on=stay.start, ended_on=stay.end,
            start_reason=stay.start_reason, came_from=stay.came_from, end_reason=stay.end_reason, went_to=stay.went_to,
        )  # fmt: skip
        if stay.end_reason in FINAL:
            Ending.objects.create(member=member, membership=row, reason=stay.end_reason, ended_on=stay.end)
    Restoration.objects.bulk_create(
        Restoration(
            member=people[gap.member], organisation_id=1, kind=RestorationKind.RIGHTS, end_reason=gap.end_reason,
            out_on=gap.out_on, back_on=gap.back_on, decision="1-QĐ", decided_on=gap.back_on,
        )
        for gap in world.gaps
    )  # fmt: skip


def counted(rows):
    return {key: {row: n for row, n in counts.items() if n} for key, counts in rows.items() if any(counts.values())}


@pytest.mark.parametrize("seed", [3, 15, 2026])
def test_the_database_counts_what_is_counted_by_hand(seed):
    world = World(seed).live()
    write(world)
    half = Span(FIRST + timedelta(days=1), FIRST + timedelta(days=DAYS // 2))
    rest = Span(half.until, world.day + timedelta(days=1))
    history = read_history()
    found = read_books(history, RULES, [half, rest], every_body)
    for span in (half, rest):
        *_, expected = books(world, span)
        assert counted(found.ledgers[span].rows) == counted(expected.rows)
        assert found.ledgers[span].inside == expected.inside
    for body in list(history.stands)[:6]:
        part = read_books(history, RULES, [rest], one_body(body), history.ever_below(body, rest.since, rest.until))
        whole = counted(found.ledgers[rest].rows)
        for key, rows in counted(part.ledgers[rest].rows).items():
            assert rows == whole[key], key
