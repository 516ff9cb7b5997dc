"""Probation and recognition: worked examples of admissions.md §15, by number (rules of `members`)."""

from datetime import date

import pytest

from admissions.rules.votes import CELL, Votes, vote_result
from members.rules.probation import (
    official_date,
    probation_end,
    proposal_due,
    recognition,
    recognition_due,
    recognition_latest,
)
from tests.admissions.regulations import CODES, base_rules, probation

every_set = pytest.mark.parametrize("code", CODES)
CEREMONY, RESOLVED = date(2024, 10, 10), date(2025, 12, 15)


@every_set
def test_e24_the_official_date_follows_from_the_ceremony_however_late_the_vote(code):
    known = probation(code)

    assert probation_end(known, CEREMONY) == official_date(known, CEREMONY) == date(2025, 10, 10)
    proposal = proposal_due(known, CEREMONY)
    assert (proposal.due_on, proposal.is_over(RESOLVED)) == (date(2025, 11, 21), True)
    decision = recognition_due(known, RESOLVED)
    assert (decision.due_on, decision.is_over(date(2026, 1, 20))) == (date(2026, 1, 27), False)


def test_e24_says_why_and_by_which_article():
    clock = proposal_due(probation(), CEREMONY)

    assert clock.reason == "30 ngày làm việc từ ngày hết thời gian dự bị 10/10/2025"
    assert clock.article == "điểm 4.2.1 Quy định 294-QĐ/TW; Điều 5 Điều lệ Đảng"


@pytest.mark.parametrize(
    ("code", "latest_on"),
    [("qd24_2021", date(2026, 3, 17)), ("qd294_2025", date(2026, 2, 24)), ("qd208_2026", date(2026, 2, 24))],
)
def test_the_extension_of_the_decision(code, latest_on):
    assert recognition_latest(probation(code), RESOLVED).due_on == latest_on


def test_probation_is_extended_only_where_a_committee_says_so():
    assert official_date(probation(), CEREMONY, 12) == date(2025, 10, 10)
    assert official_date(probation(probation_extension_months=12), CEREMONY, 6) == date(2026, 4, 10)


@every_set
def test_e25_three_votes_without_two_thirds_go_above(code):
    carried = [vote_result(base_rules(code), CELL, Votes(base=20, present=20, yes=yes)).carried for yes in (12, 12, 13)]
    states = [recognition(probation(code), carried[:count]).state for count in (1, 2, 3)]

    assert carried == [False, False, False]
    assert states == ["rec_cell_not_adopted", "rec_cell_not_adopted", "escalated"]


def test_e25_a_third_vote_that_carries_is_adopted():
    found = recognition(probation(), [False, False, True])

    assert (found.state, found.next_step) == ("rec_cell_adopted", "")
    assert recognition(probation(), []) is None
    assert recognition(probation(), [False, False, False]).next_step == (
        "Báo cáo cấp ủy cấp trên trực tiếp và cấp ủy có thẩm quyền xem xét, quyết định."
    )
