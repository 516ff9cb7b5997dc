"""The demo's shortcut for many cells leaves what playing them one by one leaves."""

import random
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest

from cells.actions.tree import OrganisationEntry, add_organisation
from config.demo.archive import bring_to_decision
from config.demo.moves import MovePlayer
from config.demo.seasons import ROW_FIELDS, SeasonPlayer
from evaluations.actions.seasons import SeasonEntry, close_season, open_season
from evaluations.enums import SheetState
from evaluations.models import RatingSheet, Review
from members.models import AnnualGrade, Member, Membership, Transfer
from tests.factories import MemberFactory


@pytest.fixture
def season(tree, cast):
    MemberFactory.create_batch(15, home=tree.here)
    MemberFactory.create_batch(4, home=tree.school)
    entry = SeasonEntry(year=2025, reference_date=date(2025, 12, 31))
    return open_season(entry, organisation=tree.root, by=cast.staff)


def test_sheets_written_at_once_can_be_decided_and_the_season_closed(tree, cast, season):
    player = SeasonPlayer(None, random.Random(1), cast.staff)
    sheets = [sheet for sheet in player.sheets(season) if sheet.organisation in (tree.here, tree.school)]

    bring_to_decision(sheets, date(2025, 12, 5), player.fill_row, player.levels, ROW_FIELDS)

    here = RatingSheet.objects.get(season=season, organisation=tree.here)
    assert (here.state, here.holder, here.role) == (SheetState.OPENED, here.decider, "decide")
    assert (here.ballot.entitled, here.ballot.valid, here.members_total, here.vote_base) == (15, 15, 15, 15)
    for review in Review.objects.filter(sheet=here):
        assert sum(review.votes.values()) + review.blanks == 15

    player.decide_all(sheets, date(2025, 12, 25), "01-QĐ/ĐU")
    close_season(season, by=cast.staff)

    assert AnnualGrade.objects.of_year(2025).filter(organisation=tree.here).count() == 15
    assert AnnualGrade.objects.of_year(2025).filter(organisation=tree.school).count() == 4


def test_moves_stand_in_every_state_and_everybody_is_in_one_place(tree, cast):
    entry = OrganisationEntry("Chi bộ Khóm 3", "cell", date(2025, 7, 1))
    for cell in (tree.here, tree.next_door, tree.there, add_organisation(entry, parent=tree.east, by=cast.staff)):
        MemberFactory.create_batch(8, home=cell)
    story = SimpleNamespace(deciding_base=tree.east, sending_base=tree.west)

    MovePlayer(SimpleNamespace(story=story), date(2026, 11, 20), cast.staff).play()

    assert Counter(Transfer.objects.values_list("state", flat=True)) == {
        "requested": 2, "issued": 4, "presented": 1, "refused": 1, "received": 6,
    }  # fmt: skip
    places = Membership.objects.on(date(2026, 11, 20)).official().values_list("member", flat=True)
    gone = Member.objects.filter(memberships__went_to="other_province").count()
    assert (len(places), len(set(places)), gone) == (31, 31, 2)
    assert Member.objects.filter(home=tree.here).count() == 8
