"""Who is counted and how many are needed: worked examples of admissions.md §15, by number."""

import pytest

from admissions.rules.votes import (
    CELL,
    COMMITTEE,
    STANDING_BOARD,
    WHOLE_COMMITTEE,
    Votes,
    vote_problem,
    vote_result,
    votes_needed,
)
from members.rules import Voter, vote_base
from tests.admissions.regulations import CODES, base_rules

every_set = pytest.mark.parametrize("code", CODES)


def voters(count, start=0, **facts):
    return [Voter(key=f"{start + number}", official=True, **facts) for number in range(count)]


@every_set
@pytest.mark.parametrize(
    ("cell", "base", "needed"),
    [
        pytest.param(
            voters(17)
            + voters(3, 20, present=False)
            + [Voter(key="p", official=False), Voter(key="q", official=False)],
            20,
            14,
            id="[E9]",
        ),
        pytest.param(
            voters(17)
            + voters(2, 20, present=False, temporary_elsewhere=True)
            + voters(1, 30, present=False, exempt=True),
            17,
            12,
            id="[E10]-absent",
        ),
        pytest.param(
            voters(17) + voters(2, 20, present=False, temporary_elsewhere=True) + voters(1, 30, exempt=True),
            18,
            12,
            id="[E10]-exempt-attends",
        ),
        pytest.param(voters(8) + voters(1, 20, present=False, prosecuted=True), 8, 6, id="[E11]"),
    ],
)
def test_the_base_of_a_cell(code, cell, base, needed):
    found = vote_base(base_rules(code), cell)

    assert found.base == base
    assert votes_needed(base_rules(code), CELL, found.base) == needed


@every_set
@pytest.mark.parametrize(
    ("yes", "state"),
    [
        pytest.param(13, "cell_not_adopted", id="[E9]-thirteen"),
        pytest.param(14, "cell_adopted", id="[E9]-fourteen"),
    ],
)
def test_a_failed_vote_is_reported_upwards(code, yes, state):
    found = vote_result(base_rules(code), CELL, Votes(base=20, present=17, yes=yes, no=17 - yes))

    assert (found.state, found.needed, found.carried) == (state, 14, yes == 14)
    assert found.next_step == (
        "" if yes == 14 else "Báo cáo đầy đủ kết quả biểu quyết lên cấp ủy có thẩm quyền xem xét, quyết định."
    )


def test_e9_says_why():
    found = vote_result(base_rules(), CELL, Votes(base=20, present=17, yes=13))

    assert found.reason == "13 phiếu tán thành, cần 14: ít nhất 2/3 của 20 người."
    assert found.article == "điểm 9.3.4 Quy định 294-QĐ/TW; điểm 9.3.2 Quy định 294-QĐ/TW"


@pytest.mark.parametrize(
    ("voting_as", "base", "needed"),
    [
        pytest.param(STANDING_BOARD, 9, (5, 5, 5), id="[E13]-board-of-nine"),
        pytest.param(WHOLE_COMMITTEE, 15, (10, 10, None), id="[E13]-delegated-committee"),
        pytest.param(STANDING_BOARD, 8, (5, 5, 5), id="[E13]-board-of-eight"),
        pytest.param(COMMITTEE, 15, (10, 10, 10), id="proposing-committee"),
    ],
)
def test_more_than_half_decides_and_two_thirds_propose(voting_as, base, needed):
    assert tuple(votes_needed(base_rules(code), voting_as, base) for code in CODES) == needed


def test_e13_four_of_eight_are_not_more_than_half():
    four, five = (
        vote_result(base_rules(), STANDING_BOARD, Votes(base=8, present=8, yes=yes, no=8 - yes)) for yes in (4, 5)
    )

    assert (four.carried, four.state, four.next_step) == (False, "", "")
    assert (five.carried, five.reason) == (True, "5 phiếu tán thành, cần 5: trên 1/2 của 8 người.")


def test_the_whole_committee_no_longer_decides_under_208():
    assert vote_result(base_rules("qd208_2026"), WHOLE_COMMITTEE, Votes(base=15, present=15, yes=15)) is None


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (Votes(base=20, present=17, yes=14, no=2, blank=1), ""),
        (Votes(base=20, present=17, yes=14, no=3, blank=1), "Số phiếu 18, nhiều hơn 17 người có mặt được biểu quyết."),
        (Votes(base=16, present=17, yes=14), "Có mặt 17 người, nhiều hơn 16 người được tính biểu quyết."),
        (Votes(base=16, present=16, yes=14, no=-1), "Số phiếu và số người không được nhỏ hơn 0."),
    ],
)
def test_minutes_add_up(votes, words):
    assert vote_problem(votes) == words
