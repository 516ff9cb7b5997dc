"""What a change of the tree does to ratings that are not decided yet."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.changes.plan import NewBody
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.models import RatingSheet, Review
from tests.cells.tree_cases import TODAY, decision, do, entry
from tests.evaluations.rating_cases import DECIDED, fill, open_season, people, sent, sheet_of

BEFORE_REFERENCE = date(2025, 12, 1)
AFTER_REFERENCE = date(2026, 3, 1)


@pytest.fixture
def season(tree, cast):
    people(tree.here, 3)
    people(tree.next_door, 3)
    return open_season(tree, cast.staff)


def merge(tree, on=BEFORE_REFERENCE):
    into = NewBody(entry("Chi bộ Khóm Liên", on=on), tree.east)
    return verbs.merge([tree.here, tree.next_door], into=into, decision=decision(on))


def refusal(change, by):
    with pytest.raises(ValidationError) as caught:
        do(change, by)
    return " ".join(caught.value.messages)


def rows(season):
    sheets = RatingSheet.objects.filter(season=season).order_by("pk")
    return (
        list(sheets.values_list("pk", "organisation", "chain", "holder", "decider", "state")),
        list(Review.objects.order_by("pk").values_list("pk", "sheet", "member", "outcome", "explanation")),
    )


def test_members_are_rated_where_they_go(tree, cast, season):
    before = rows(season)
    event = do(merge(tree), cast.officer)
    sheet = RatingSheet.objects.get(season=season, organisation=event.organisation)
    assert sheet.reviews.count() == 6
    assert [station["organisation"] for station in sheet.chain] == [event.organisation.pk, tree.east.pk]
    assert sheet_of(season, tree.here).reviews.count() == 0
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert rows(season) == before


def test_they_join_the_sheet_of_a_cell_that_stays(tree, cast, season):
    do(verbs.merge([tree.here], into=tree.next_door, decision=decision(BEFORE_REFERENCE)), cast.officer)
    assert sheet_of(season, tree.next_door).reviews.count() == 6


def test_a_split_takes_the_reviews_of_those_who_go(tree, cast, season):
    goes = sheet_of(season, tree.here).reviews.first().member
    part = NewBody(entry("Chi bộ 1A", on=BEFORE_REFERENCE), tree.east)
    change = verbs.split(
        tree.here,
        [part],
        decision=decision(BEFORE_REFERENCE),
        heir=tree.east,
        keeps=True,
        assigned={str(goes.pk): part},
    )
    event = do(change, cast.officer)
    there = RatingSheet.objects.get(season=season, organisation=event.organisation)
    assert [review.member for review in there.reviews.all()] == [goes]
    assert sheet_of(season, tree.here).reviews.count() == 2


def test_a_unit_that_leaves_takes_its_reviews_along(tree, cast, season):
    before = rows(season)
    leave = verbs.leave(tree.here, decision=decision(BEFORE_REFERENCE), heir=tree.east, went_to="same_province")
    event = do(leave, cast.officer)
    assert Review.objects.count() == 3
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert rows(season) == before


def test_sheets_with_their_cells_follow_a_moved_branch(tree, cast, season):
    move = verbs.move([tree.here], parent=tree.west, decision=decision(BEFORE_REFERENCE))
    event = do(move, cast.staff)
    assert sheet_of(season, tree.here).decider == tree.west
    undo_event(event, reason="nhầm", on=TODAY, by=cast.staff)
    assert sheet_of(season, tree.here).decider == tree.east


def test_a_cell_that_has_begun_finishes_first(tree, cast, season):
    fill(sheet_of(season, tree.here), cast.secretary, ["HTTNV"] * 3)
    assert "Chi bộ Khóm 1 đang xếp loại đảng viên năm 2025" in refusal(merge(tree), cast.officer)


def test_a_cell_is_not_ended_between_the_day_of_its_list_and_its_rating(tree, cast, season):
    assert "chưa xếp loại năm 2025 theo danh sách ngày 31/12/2025" in refusal(
        merge(tree, AFTER_REFERENCE), cast.officer
    )


def test_a_sheet_above_is_decided_or_given_back_first(tree, cast, season):
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    change = verbs.move([tree.east], parent=tree.west, decision=decision(BEFORE_REFERENCE))
    assert "đang ở cấp trên xem xét" in refusal(change, cast.staff)


def test_nobody_joins_a_sheet_that_was_sent(tree, cast, season):
    sent(season, tree.next_door, cast.staff, ["HTTNV"] * 3)
    change = verbs.merge([tree.here], into=tree.next_door, decision=decision(BEFORE_REFERENCE))
    assert "nơi tiếp nhận đảng viên, đã gửi bảng xếp loại năm 2025" in refusal(change, cast.officer)


def test_a_committee_does_not_end_in_its_open_season(tree, cast, season):
    into = NewBody(entry("Đảng ủy Liên Hợp", "commune", on=BEFORE_REFERENCE), None)
    change = verbs.merge([tree.root, tree.west], into=into, decision=decision(BEFORE_REFERENCE))
    assert "Đợt xếp loại năm 2025 của Đảng ủy Sao Mai đang mở" in refusal(change, cast.staff)


def test_what_was_decided_stays_with_the_old_cell(tree, cast, season):
    sheets = [sent(season, cell, cast.staff, ["HTTNV"] * 3) for cell in (tree.here, tree.next_door)]
    actions.decide(sheets, entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    before = rows(season)
    do(merge(tree, AFTER_REFERENCE), cast.officer)
    assert rows(season) == before


def test_a_rating_begun_on_the_new_sheet_stands(tree, cast, season):
    event = do(merge(tree), cast.officer)
    fill(sheet_of(season, event.organisation), cast.officer, ["HTTNV"] * 6)
    with pytest.raises(ValidationError, match="đã bắt đầu xếp loại"):
        undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
