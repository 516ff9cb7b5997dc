"""Somebody acts while another act of the same matter is not through yet: he waits, and sees what the first one did."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cells.changes import verbs
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.scores import ScoresEdit
from evaluations.actions.seasons import SeasonEntry
from evaluations.enums import Appendix
from evaluations.models import OrganisationReview, RaisedPoint, RatingSheet, Review, Season
from tests.cells.tree_cases import decision, do
from tests.evaluations.frame_cases import issued, scored_of
from tests.evaluations.organisation_cases import filled
from tests.evaluations.rating_cases import fill, open_season, people, point_raised, sheet_of
from tests.races import overtaken


@pytest.fixture
def season(emptied_log, tree, cast):
    """A season in which no cell has members."""
    return open_season(tree, cast.staff)


@pytest.fixture
def three(emptied_log, tree, cast):
    """The sheet of the cell "here" with three members."""
    people(tree.here, 3)
    return sheet_of(open_season(tree, cast.staff), tree.here)


@pytest.mark.parametrize(("first", "second"), [("root", "east"), ("east", "root")])
def test_a_branch_has_one_season_a_year(emptied_log, tree, cast, first, second):
    def opening(name):
        entry = SeasonEntry(2025, date(2025, 12, 31))
        return lambda: actions.open_season(entry, organisation=getattr(tree, name), by=cast.staff)

    said = overtaken(opening(first), opening(second))

    assert said.startswith(f"Năm 2025 đã có đợt xếp loại của {getattr(tree, first)}")
    assert Season.objects.get().organisation == getattr(tree, first)


def test_nothing_is_sent_into_a_season_that_is_being_closed(season, tree, cast):
    review = filled(season, tree.here, cast.secretary)

    said = overtaken(
        lambda: actions.close_season(season, by=cast.staff),
        lambda: actions.send_organisation(review, by=cast.secretary),
    )

    assert said.startswith("Đợt xếp loại đã đóng")
    assert OrganisationReview.objects.get(pk=review.pk).is_with_organisation


def test_no_points_of_a_collective_come_into_a_season_that_is_being_closed(emptied_log, tree, cast):
    leaves = {"general": (("Chung", 30),), "results": (("Kết quả", 70),)}
    frame = issued(tree.root, by=cast.staff, appendix=Appendix.PL1, **leaves)
    season = open_season(tree, cast.staff)
    review = OrganisationReview.objects.get(season=season, organisation=tree.here)
    edit = ScoresEdit(0, {str(frame.criteria.get(name="Chung").pk): Decimal(28)})

    said = overtaken(
        lambda: actions.close_season(season, by=cast.staff),
        lambda: actions.save_organisation_scores(review, kind="own", edit=edit, by=cast.secretary),
    )

    assert said.startswith("Đợt xếp loại đã đóng")
    assert OrganisationReview.objects.get(pk=review.pk).general_points is None


def test_nobody_joins_an_empty_cell_of_a_season_that_is_being_closed(season, tree, cast):
    sheet = sheet_of(season, tree.here)
    people(tree.here, 1)

    said = overtaken(
        lambda: actions.close_season(season, by=cast.staff), lambda: actions.refresh_sheet(sheet, by=cast.secretary)
    )

    assert said.startswith("Đợt xếp loại đã đóng")
    assert not Review.objects.exists()


def test_a_sheet_that_is_being_sent_keeps_its_way(three, tree, cast):
    fill(three, cast.secretary, ["HTTNV"] * 3)
    move = verbs.move([tree.here], parent=tree.west, decision=decision(date(2025, 12, 1)))

    def change():
        try:
            do(move, cast.staff)
        except ValidationError as refusal:
            raise NotAllowed(" ".join(refusal.messages)) from None

    said = overtaken(lambda: actions.send(three, by=cast.secretary), change)

    assert "đang ở cấp trên xem xét" in said
    sheet = RatingSheet.objects.get(pk=three.pk)
    assert (sheet.chain, sheet.decider, sheet.holder) == (three.chain, tree.east, tree.east)


def test_a_cell_that_is_being_scored_keeps_its_frame(three, tree, cast):
    issued(tree.root, by=cast.staff)
    Season.objects.update(choices={"score_frame": {"frame_frozen_when_season_open": False}})
    person = scored_of(three.season, tree.here, cast.secretary).people[0]
    edits = {person.review.pk: ScoresEdit(0, {"general": Decimal(28)})}

    said = overtaken(
        lambda: actions.save_scores(three, kind="own", edits=edits, by=cast.secretary),
        lambda: actions.take_frames(three.season, by=cast.staff),
    )

    assert said == "done"
    assert RatingSheet.objects.get(pk=three.pk).frames == {}
    assert list(sheet_of(three.season, tree.next_door).frames) == ["pl4"]


def test_a_point_that_is_being_voided_gets_no_answer(three, tree, cast):
    point = point_raised(three, tree.east, by=cast.officer)

    said = overtaken(
        lambda: actions.void_raised_point(point, reason="Ghi nhầm", by=cast.officer),
        lambda: actions.answer_raised_point(point, three, answer="Đã rõ", shown="", by=cast.secretary),
    )

    assert said == "Gợi ý kiểm điểm này đã được hủy trước đó."
    assert RaisedPoint.objects.get().answer == ""
