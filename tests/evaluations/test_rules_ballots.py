"""The ballot: V1–V4 of `classification.md` §8.4 and every sum that must agree."""

from datetime import date

import pytest

from config.lib.rulesets import typed
from evaluations.rules import BallotCounts, VoteRow, ballot_problems, deadlines, proposed_level, votes_needed
from members.rules import VoteBaseRules, Voter, vote_base
from tests.evaluations.regulations import keys, rules

PROCEDURE = rules().procedure
BASE_RULES = typed(VoteBaseRules, keys("vote_base", "qd294_2025", "members"))
V1 = BallotCounts(base=20, present=16, issued=16, collected=16, valid=16, invalid=0)


def voters(official, *others, absent=0):
    """So many official members, the first of them absent, and others."""
    return [*(Voter(key=f"m{n}", official=True, present=n >= absent) for n in range(official)), *others]


TWO_PROBATIONARY = [Voter(key=key, official=False) for key in ("p", "q")]
THREE_ABSENT_WITH_A_STATUS = [
    Voter(key="a", official=True, present=False, temporary_elsewhere=True),
    Voter(key="b", official=True, present=False, exempt=True),
    Voter(key="c", official=True, present=False, exempt=True),
]
V2_EXCLUSIONS = [("a", "temporary"), ("b", "exempt_absent"), ("c", "exempt_absent")]


@pytest.mark.parametrize(
    ("cell", "counts", "exclusions", "needed"),
    [
        pytest.param(voters(20, *TWO_PROBATIONARY, absent=4), (22, 20, 20, 16), [], 11, id="V1"),
        pytest.param(voters(18, *THREE_ABSENT_WITH_A_STATUS, absent=2), (21, 21, 18, 16), V2_EXCLUSIONS, 10, id="V2"),
    ],
)
def test_the_base_and_the_votes_needed(cell, counts, exclusions, needed):
    found = vote_base(BASE_RULES, cell)

    assert (found.members, found.official, found.base, found.present) == counts
    assert [(each.key, each.reason) for each in found.exclusions] == exclusions
    assert votes_needed(PROCEDURE, found.base) == needed


@pytest.mark.parametrize(
    ("votes", "blanks", "level"),
    [
        pytest.param({"HTXSNV": 9, "HTTNV": 7}, 0, None, id="V3"),
        pytest.param({"HTXSNV": 10, "HTTNV": 5}, 1, None, id="V3-own-row"),
        pytest.param({"HTXSNV": 11, "HTTNV": 5}, 0, "HTXSNV", id="V3-proposed"),
    ],
)
def test_more_than_half_of_the_base(votes, blanks, level):
    assert ballot_problems(PROCEDURE, V1, [VoteRow(key="1", name="Nguyễn Văn A", votes=votes, blanks=blanks)]) == ()
    assert proposed_level(PROCEDURE, V1.base, votes).level == level


def test_a_proposal_is_explained_v2():
    proposal = proposed_level(PROCEDURE, 18, {"HTXSNV": 6, "HTTNV": 10})

    assert (proposal.level, proposal.needed) == ("HTTNV", 10)
    assert proposal.explanation == (
        "HTTNV được 10 phiếu, cần 10 phiếu (quá nửa của 18 đảng viên; mặc định của phần mềm, chưa đối chiếu văn bản)."
    )


@pytest.mark.parametrize(
    ("votes", "message"),
    [
        pytest.param((11, 6), "Nguyễn Văn A: 11 + 6 + 0 = 17, nhiều hơn 16 phiếu hợp lệ.", id="V4"),
        pytest.param((11, 4), "Nguyễn Văn A: 11 + 4 + 0 = 15, ít hơn 16 phiếu hợp lệ.", id="V4-under"),
    ],
)
def test_a_row_that_does_not_sum_to_the_valid_ballots(votes, message):
    row = VoteRow(key="7", name="Nguyễn Văn A", votes=dict(zip(("HTXSNV", "HTTNV"), votes, strict=True)))
    [problem] = ballot_problems(PROCEDURE, V1, [row])

    assert (problem.code, problem.key, problem.message) == ("row_sum", "7", message)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"present": 21}, "present_over_base", "Có mặt 21 người, nhiều hơn 20 đảng viên được tính biểu quyết."),
        ({"issued": 17}, "issued_over_present", "Phát ra 17 phiếu, nhiều hơn 16 người có mặt được biểu quyết."),
        ({"issued": 15}, "collected_over_issued", "Thu vào 16 phiếu, nhiều hơn 15 phiếu phát ra."),
        ({"invalid": 1}, "valid_and_invalid", "Hợp lệ 16 + không hợp lệ 1 = 17, khác 16 phiếu thu vào."),
    ],
)
def test_counts_that_do_not_agree(changes, code, words):
    [problem] = ballot_problems(PROCEDURE, BallotCounts(**{**vars(V1), **changes}), [])

    assert (problem.code, problem.message, problem.key) == (code, words, "")


def test_votes_below_zero_are_refused():
    row = VoteRow(key="7", name="A", votes={"HTXSNV": 17}, blanks=-1)

    assert [problem.code for problem in ballot_problems(PROCEDURE, V1, [row])] == ["negative"]
    assert [
        problem.code for problem in ballot_problems(PROCEDURE, BallotCounts(**{**vars(V1), "invalid": -1}), [])
    ] == [
        "negative",
        "valid_and_invalid",
    ]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (VoteRow(key="7", name="A", votes={"HTTNV": 16}, voted=True), ["self_vote"]),
        (VoteRow(key="7", name="A", votes={"HTTNV": 15}, blanks=1, voted=True), []),
        (VoteRow(key="7", name="A", votes={"HTTNV": 16}), []),
    ],
)
def test_nobody_votes_on_himself(row, codes):
    assert [problem.code for problem in ballot_problems(PROCEDURE, V1, [row])] == codes


def test_self_vote_may_be_chosen_by_the_committee():
    chosen = rules(procedure={"ballot_self_vote": True}).procedure
    row = VoteRow(key="7", name="A", votes={"HTTNV": 16}, voted=True)

    assert ballot_problems(chosen, V1, [row]) == ()


def test_two_thirds_may_be_chosen_by_the_committee():
    chosen = rules(procedure={"ballot_threshold": "two_thirds"}).procedure

    assert [votes_needed(chosen, base) for base in (18, 20, 21)] == [12, 14, 14]
    assert "theo lựa chọn của cấp ủy" in proposed_level(chosen, 20, {"HTTNV": 14}).explanation


def test_a_named_day_is_late_already():
    found = deadlines(PROCEDURE, 2025)

    assert (found.cell_by, found.base_by) == (date(2025, 12, 10), date(2025, 12, 20))
    assert (found.season_by, found.special_units_by) == (date(2025, 12, 30), date(2026, 1, 14))
    assert (found.central_files_by, found.staff_rating_by) == (date(2026, 1, 31), date(2025, 12, 14))
    assert deadlines(rules("hd07_2011").procedure, 2013).season_by is None
