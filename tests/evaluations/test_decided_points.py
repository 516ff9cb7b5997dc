"""Points that bodies above give: the cell's own stay, and those of the deciding body are its own until it decides."""

import re
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from cells.models import LogEntry
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.drafts import Edit
from evaluations.deciding import decision_table
from evaluations.models import OrganisationReview, Review, ReviewPoints, Season
from tests.evaluations.frame_cases import give, issued_for_everybody, scored_of
from tests.evaluations.organisation_cases import BEST, decided_by, rating_of, sent_up
from tests.evaluations.rating_cases import fill, open_season, people, sheet_of
from tests.evaluations.test_chain import sends_up

pytestmark = pytest.mark.django_db
LOWER = ("15", "3", "7", "40", "13.7")  # 78.7


@pytest.fixture
def opened(tree, cast):
    """The first member of "here" has 88 typed on the sheet, which the deciding body looks at."""
    people(tree.here, 3)
    issued_for_everybody(tree.root, by=cast.staff)
    season = open_season(tree, cast.staff)
    return season, typed_and_opened(season, tree, cast)


def typed_and_opened(season, tree, cast):
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    review = sheet.reviews.first()
    actions.save_draft(sheet, rows={review.pk: Edit(review.version, {"points": Decimal(88)})}, by=cast.secretary)
    return actions.open_sheet(actions.send(sheet, by=cast.secretary), by=cast.officer)


def stored(review):
    review.refresh_from_db()
    return review.own_points, review.points, review.decided_points, review.is_scored


def test_a_total_that_was_typed_stays_when_a_body_above_gives_points(opened, tree, cast):
    season, sheet = opened
    review, _ = give(season, tree.here, LOWER[:2], by=cast.officer, kind="decided")
    assert stored(review) == (88, 88, None, False)
    review, _ = give(season, tree.here, LOWER, by=cast.officer, kind="decided")
    assert stored(review) == (88, 88, Decimal("78.7"), False)
    actions.return_sheet(sheet, reason="Xem lại", by=cast.officer)
    assert stored(review) == (88, 88, None, False)
    again = Edit(review.version, {"points": Decimal(90)})
    assert actions.save_draft(sheet, rows={review.pk: again}, by=cast.secretary) == []
    assert stored(review)[1] == 90


def test_a_total_that_was_typed_comes_back_when_appraised_points_go(tree, cast):
    sends_up(tree.east)
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = typed_and_opened(season, tree, cast)
    review, _ = give(season, tree.here, ("27",), by=cast.officer, kind="appraised")
    assert stored(review) == (88, 88, None, True)  # not whole yet
    review, _ = give(season, tree.here, ("27", "60"), by=cast.officer, kind="appraised")
    assert stored(review) == (88, 87, None, True)
    review, _ = give(season, tree.here, (None, None), by=cast.officer, kind="appraised")
    assert stored(review) == (88, 88, None, False)
    give(season, tree.here, ("27", "60"), by=cast.officer, kind="appraised")
    actions.return_sheet(sheet, reason="Xem lại", by=cast.officer)
    assert stored(review) == (88, 88, None, False)


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_the_cell_learns_of_the_points_of_the_deciding_body_with_the_decision(opened, tree, cast, as_):
    season, sheet = opened
    review, _ = give(season, tree.here, LOWER, by=cast.officer, kind="decided")
    pages = [
        f"/evaluations/reviews/{review.pk}/scores/",
        f"/evaluations/sheets/{sheet.pk}/scores/",
        f"/evaluations/reviews/{review.pk}/",
        f"/evaluations/sheets/{sheet.pk}/",
    ]
    client = as_(cast.secretary)
    for page in pages:
        assert not re.search(r"78[.,]7|13[.,]7", words(client, page)), page
    assert scored_of(season, tree.here, cast.secretary).kinds == ["own"]
    refused = client.post(f"/evaluations/sheets/{sheet.pk}/scores/save/", {"kind": "decided"})
    assert (refused.status_code, "78,7" in refused.content.decode()) == (409, False)
    officer = as_(cast.officer)
    assert "Điểm dùng để gợi ý mức: 78,7 (điểm cấp quyết định)" in words(officer, pages[0])
    assert scored_of(season, tree.here, cast.officer).kinds == ["own", "decided"]
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    assert stored(review) == (88, Decimal("78.7"), Decimal("78.7"), True)
    assert "78,7 (điểm cấp quyết định)" in words(as_(cast.secretary), pages[0])


def test_the_deciding_body_goes_by_its_own_points(opened, tree, cast):
    season, _ = opened
    review, _ = give(season, tree.here, ("9", "2", "4", "20", "9"), by=cast.officer, kind="decided")  # 44
    table = decision_table(Season.objects.with_raise_of(tree.east.pk).get(pk=season.pk), tree.east)
    [line] = [line for block in table.blocks for line in block.lines if line.review == review]
    assert line.suggested.code == "KHTNV"


def test_the_log_of_these_points_belongs_to_the_deciding_body(opened, tree, cast, as_):
    season, _ = opened
    give(season, tree.here, LOWER, by=cast.officer, kind="decided")
    [entry] = LogEntry.objects.filter(action="evaluations.save_scores")
    assert (entry.organisation, entry.data["rows"][0]["total"]) == (tree.east, "78.7")
    assert not LogEntry.objects.visible_to(cast.secretary).filter(pk=entry.pk).exists()
    assert LogEntry.objects.visible_to(cast.officer).filter(pk=entry.pk).exists()


def test_giving_a_sheet_back_costs_no_query_a_member(tree, cast, django_assert_max_num_queries):
    people(tree.here, 30)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 30)
    actions.open_sheet(actions.send(sheet, by=cast.secretary), by=cast.officer)
    notes = {review.pk: f"Xem lại {review.pk}" for review in sheet.reviews.all()}
    with django_assert_max_num_queries(11):
        actions.return_sheet(sheet, notes=notes, by=cast.officer)
    assert {review.return_note for review in sheet.reviews.all()} == set(notes.values())
    assert {review.version for review in sheet.reviews.all()} == {3}


def test_points_stored_before_are_parted_when_the_product_is_brought_up_to_date(opened, tree, cast):
    season, sheet = opened
    migration = import_module("evaluations.migrations.0012_intended_points")
    review, _ = give(season, tree.here, LOWER, by=cast.officer, kind="decided")
    other = sheet.reviews.exclude(pk=review.pk).first()
    ReviewPoints.objects.create(review=other, decided={"general": "20"})  # not whole
    as_before = {"points": Decimal("78.7"), "decided_points": None, "is_scored": True}
    Review.objects.filter(pk=review.pk).update(**as_before)
    migration.part_the_points_of_deciding_bodies(apps, None)
    assert stored(review) == (88, 88, Decimal("78.7"), False)
    assert stored(other) == (None, None, None, False)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    Review.objects.filter(pk=review.pk).update(**as_before)
    migration.part_the_points_of_deciding_bodies(apps, None)
    assert stored(review) == (88, Decimal("78.7"), Decimal("78.7"), True)


def test_organisations_decided_before_name_who_decided(tree, cast):
    season = open_season(tree, cast.staff)
    for cell in (tree.here, tree.next_door):
        decided_by(tree.east, [sent_up(season, cell, cast.staff, **BEST)], cast.officer, over_cap_reason="Nghị quyết 3")
    OrganisationReview.objects.filter(organisation=tree.here).update(decider=tree.root)
    import_module("evaluations.migrations.0012_intended_points").name_who_decided(apps, None)
    assert [rating_of(season, cell).decider for cell in (tree.here, tree.next_door)] == [tree.east] * 2
