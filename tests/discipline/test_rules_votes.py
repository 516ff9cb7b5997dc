"""The one ballot: thresholds, accumulation, doubtful readings; against a slow reference as well."""

import itertools
from math import ceil

import pytest

from discipline.rules.votes import (
    ACCUMULATED,
    DECIDE,
    DIRECT,
    NO_DISCIPLINE,
    NOTHING_PASSED,
    PROPOSE,
    count_problems,
    need,
    outcome,
)
from discipline.rules.votes import Count as C
from tests.discipline.regulations import PROCEDURES, procedure

CELL = {"KTR": PROPOSE, "CCH": PROPOSE, "CC": DECIDE, "KT": DECIDE}


@pytest.mark.parametrize("code", PROCEDURES)
@pytest.mark.parametrize(
    ("base", "votes", "expected"),
    [
        pytest.param(10, {"KTR": 3, "CCH": 2, "CC": 4, "KT": 1}, (ACCUMULATED, "CC", DECIDE, False), id="E1"),
        pytest.param(9, {"KTR": 6, "CC": 3}, (DIRECT, "KTR", PROPOSE, False), id="E2"),
        pytest.param(9, {"KTR": 5, "CCH": 0, "CC": 4}, (ACCUMULATED, "CCH", PROPOSE, True), id="E3 with CCH"),
        pytest.param(9, {"KTR": 5, "CC": 4}, (ACCUMULATED, "CC", DECIDE, True), id="E3 without CCH"),
        pytest.param(18, {"CC": 10, "KT": 6}, (DIRECT, "CC", DECIDE, False), id="E4"),
    ],
)
def test_a_cell_votes(code, base, votes, expected):
    found = outcome(procedure(code), C(base=base, votes=votes), CELL)

    assert (found.how, found.form, found.act, found.doubtful) == expected
    assert bool(found.otherwise) == expected[3]


@pytest.mark.parametrize(
    ("form", "base", "act", "least"),
    [
        pytest.param("CC", 10, DECIDE, 6, id="E1"),
        pytest.param("KTR", 10, PROPOSE, 7, id="E1 expulsion"),
        pytest.param("KTR", 9, PROPOSE, 6, id="E2"),
        pytest.param("CC", 18, DECIDE, 10, id="E4"),
        pytest.param("KTR", 9, DECIDE, 5, id="a body that may expel"),
        pytest.param("CCH", 9, PROPOSE, 5, id="removal is proposed by half"),
        pytest.param("GT", 9, PROPOSE, 6, id="dissolution"),
    ],
)
def test_what_a_form_needs(form, base, act, least):
    assert need(procedure(), form, base, act) == least


def test_votes_against_discipline():
    found = outcome(procedure(), C(base=10, votes={"CC": 2, "KT": 2}, none=6), CELL)
    assert (found.how, found.form) == (NO_DISCIPLINE, "")


def test_a_body_that_may_decide_nothing_adds_nothing_up():
    votes = C(base=10, votes={"KTR": 5, "CCH": 4, "CC": 1})
    found = outcome(procedure(), votes, dict.fromkeys(votes.votes, PROPOSE))
    assert (found.how, found.form) == (NOTHING_PASSED, "")
    assert "lên cấp có thẩm quyền" in found.reason


def test_too_few_votes_go_up_with_their_counts():
    found = outcome(procedure(), C(base=20, votes={"CC": 3, "KT": 3}, none=4), CELL)
    assert (found.how, found.form) == (NOTHING_PASSED, "")


def slow(base, votes, none, acts):
    """discipline.md §8 word by word, for at most four forms."""
    order = [form for form in ("KTR", "CCH", "CC", "KT") if form in votes]
    needs = {f: ceil(2 * base / 3) if f == "KTR" and acts[f] == PROPOSE else base // 2 + 1 for f in order}
    for form in order:
        if votes[form] >= needs[form]:
            return (DIRECT, form, acts[form], False)
    if none >= base // 2 + 1:
        return (NO_DISCIPLINE, "", "", False)
    if not [form for form in order if acts[form] == DECIDE]:
        return (NOTHING_PASSED, "", "", False)
    total = 0
    for form in order:
        total += votes[form]
        if total >= needs[form]:
            return (ACCUMULATED, form, acts[form], acts[form] == PROPOSE or votes.get("KTR", 0) > base / 2)
    return (NOTHING_PASSED, "", "", False)


@pytest.mark.parametrize("forms", [("KTR", "CCH", "CC", "KT"), ("KTR", "CC", "KT"), ("CC", "KT")])
@pytest.mark.parametrize("powers", [CELL, dict.fromkeys(CELL, DECIDE), dict.fromkeys(CELL, PROPOSE)])
def test_every_small_ballot_as_the_text_says(forms, powers):
    rules, wrong = procedure(), []
    for base in range(1, 8):
        for cast in itertools.product(range(base + 1), repeat=len(forms)):
            if sum(cast) > base:
                continue
            votes = dict(zip(forms, cast, strict=True))
            for none in range(base - sum(cast) + 1):
                found = outcome(rules, C(base=base, votes=votes, none=none), powers)
                expected = slow(base, votes, none, powers)
                if (found.how, found.form, found.act, found.doubtful) != expected:
                    wrong.append((base, votes, none, found, expected))
    assert wrong == []


def test_what_does_not_add_up_is_said():
    bad = C(base=5, votes={"CC": 6}, none=1, present=4, issued=6, collected=8, invalid=0)
    assert len(count_problems(bad)) == 4
    good = C(base=5, votes={"CC": 3}, none=1, present=5, issued=5, collected=5, invalid=1)
    assert count_problems(good) == ()
