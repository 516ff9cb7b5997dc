"""Two people at one cell, one result or one decision in the same moment, each with a connection of his own."""

from datetime import date
from decimal import Decimal

import pytest

from cells.models import LogEntry
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.drafts import Edit
from evaluations.actions.reratings import CHANGED
from evaluations.models import RatingDecision, RatingSheet, ReRating, Review
from members.models import AnnualGrade
from tests.evaluations.rating_cases import anew, fill, open_season, people, sent, sheet_of
from tests.races import at_once


@pytest.fixture
def season(emptied_log, tree, cast):
    """A season in which the cell "here" has three members."""
    people(tree.here, 3)
    return open_season(tree, cast.staff)


def saving(sheet, values, was, by, answers):
    """The act of somebody who saves one field of the first row, over what the page had shown."""
    review = sheet.reviews.first()

    def act():
        answers[by.username] = actions.save_draft(sheet, rows={review.pk: Edit(1, values, was)}, by=by)

    return act


def test_one_field_typed_twice_is_written_once_and_the_other_sees_both_values(tree, cast, season):
    sheet, answers = sheet_of(season, tree.here), {}
    typed = {"secretary": ("HTTNV", cast.secretary), "officer": ("HTNV", cast.officer)}

    outcomes = at_once(
        *(saving(sheet, {"own_level": level}, {"own_level": ""}, by, answers) for level, by in typed.values())
    )

    assert outcomes == ["done", "done"]
    [winner] = [name for name, conflicts in answers.items() if not conflicts]
    [loser] = set(typed) - {winner}
    [conflict] = answers[loser]
    assert (conflict.mine, conflict.theirs, conflict.by) == (typed[loser][0], typed[winner][0], f"Người {winner}")
    review = sheet.reviews.first()
    assert (review.own_level, review.version, review.changed_by.username) == (typed[winner][0], 2, winner)


def test_two_fields_of_one_row_are_both_written(tree, cast, season):
    sheet, answers = sheet_of(season, tree.here), {}

    at_once(
        saving(sheet, {"own_level": "HTTNV"}, {"own_level": ""}, cast.secretary, answers),
        saving(sheet, {"points": Decimal(81)}, {"points": None}, cast.officer, answers),
    )

    assert answers == {"secretary": [], "officer": []}
    review = sheet.reviews.first()
    assert (review.own_level, review.points, review.version) == ("HTTNV", 81, 3)


def test_a_draft_and_the_sending_of_one_sheet_lose_nothing_unseen(tree, cast, season):
    sheet, answers = sheet_of(season, tree.here), {}
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    review = sheet.reviews.first()

    def save():
        edit = Edit(review.version, {"points": Decimal(84)}, {"points": Decimal(81)})
        answers["saved"] = actions.save_draft(sheet, rows={review.pk: edit}, by=cast.secretary)

    outcomes = at_once(save, lambda: actions.send(sheet, by=cast.secretary))

    assert RatingSheet.objects.get(pk=sheet.pk).state == "sent"
    review.refresh_from_db()
    saved = outcomes.count("done") == 2
    assert review.points == (84 if saved else 81)
    assert saved or [words for words in outcomes if words.startswith("Bảng đã gửi lên cấp trên")]


def decided(season, tree, cast):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    return Review.objects.filter(sheet=sheet)


def test_two_re_ratings_of_one_result_leave_one_winner(tree, cast, season):
    pk = decided(season, tree, cast).first().pk
    first, second = (Review.objects.select_related("member").get(pk=pk) for _ in range(2))

    outcomes = at_once(
        lambda: actions.rerate(first, entry=anew(first, tree.east, number="9-QĐ/ĐU"), by=cast.officer),
        lambda: actions.rerate(second, entry=anew(second, tree.root, number="3-QĐ/ĐU", level="KHTNV"), by=cast.staff),
    )

    assert sorted(outcomes) == sorted([CHANGED, "done"])
    row = ReRating.objects.get()
    [grade] = AnnualGrade.objects.of_year(2025).filter(member=first.member_id)
    review = Review.objects.get(pk=first.pk)
    assert grade == row.after_grade
    assert review.decided_level == grade.level == row.after_level
    assert AnnualGrade.objects.filter(member=first.member_id, year=2025).count() == 2
    assert LogEntry.objects.filter(action="evaluations.rerate").count() == 1


def test_two_decisions_on_one_sheet_leave_one(tree, cast, season):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    entries = [DecisionEntry(number, date(2025, 12, 18)) for number in ("5-QĐ/ĐU", "6-QĐ/ĐU")]

    outcomes = at_once(
        *(lambda entry=entry: actions.decide([sheet], entry=entry, by=cast.officer) for entry in entries)
    )

    assert outcomes.count("done") == 1
    decision = RatingDecision.objects.get()
    assert [grade.decision for grade in AnnualGrade.objects.of_year(2025)] == [f"{decision.number} ngày 18/12/2025"] * 3
