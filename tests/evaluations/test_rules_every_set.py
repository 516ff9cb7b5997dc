"""The numbered examples of `classification.md` under every rule set where they apply; columns are `CODES`, in order."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.rules import (
    Act,
    BallotCounts,
    MemberFacts,
    SanctionFacts,
    SuggestionFacts,
    VoteRow,
    Work,
    ballot_problems,
    cap_limit,
    discipline_flag,
    eligibility,
    largest_xs,
    proposed_level,
    suggest_level,
    votes_needed,
)
from tests.evaluations.regulations import rules
from tests.evaluations.test_rules_cap import TOTALS

CODES = ("hd07_2011", "hd27_2014", "hd16_2018", "hd21_2019", "qd124_2023", "qd366_2025")
YEARS = (2013, 2017, 2018, 2020, 2024, 2026)
WITH_CAP = ("hd21_2019", "qd124_2023", "qd366_2025")


def each(read):
    """What every rule set answers."""
    return tuple(read(rules(code)) for code in CODES)


# --- who is rated (section 3)


@pytest.mark.parametrize(
    ("admitted_on", "reference", "expected"),
    [
        pytest.param(date(2025, 6, 30), date(2025, 12, 31), ("rate",) * 6, id="30/6 to 31/12"),
        pytest.param(
            date(2025, 7, 1), date(2025, 12, 31), (*("rate",) * 3, *("review_only",) * 2, "outside"), id="1/7 to 31/12"
        ),
        pytest.param(date(2025, 8, 31), date(2026, 2, 28), ("rate",) * 6, id="31/8 to 28/2"),
        pytest.param(
            date(2025, 8, 31), date(2026, 2, 27), (*("rate",) * 3, *("review_only",) * 2, "outside"), id="31/8 to 27/2"
        ),
        pytest.param(
            date(2021, 7, 1), date(2021, 12, 31), (*("rate",) * 3, *("review_only",) * 2, "outside"), id="1/7/2021"
        ),
    ],
)
def test_months_since_admission(admitted_on, reference, expected):
    member = MemberFacts(admitted_on=admitted_on, official=False)

    assert each(lambda known: eligibility(known.eligibility, member, reference).outcome) == expected


# --- the suggestion (section 4.4)

CLOSED = {"doors": ("duty_linked_discipline",)}
LED = {"doors": ("units_tasks_done_under",), "leader": True}
WORKED = {
    "W1": ("92", (10, 0, 0, 3), {}, "HTXSNV"), "W2": ("92", (10, 0, 0, 2), {}, "HTTNV"),
    "W3": ("92", (10, 0, 0, 3), {"faults_remedied": False}, "HTTNV"), "W4": ("90", (7, 0, 0, 2), {}, "HTTNV"),
    "W5": ("89.9", (10, 0, 0, 5), {}, "HTTNV"), "W6": ("75", (10, 0, 1, 0), {}, "HTNV"),
    "W7": ("60", (10, 0, 2, 0), {}, "HTNV"), "W8": ("60", (10, 0, 3, 0), {}, None),
    "W9": ("60", (10, 2, 0, 0), {}, None), "W10": ("60", (10, 5, 0, 0), {}, None),
    "W11": ("60", (10, 6, 0, 0), {}, "KHTNV"), "W12": ("49.9", (10, 0, 0, 0), {}, "KHTNV"),
    "W13": ("95", (10, 0, 0, 4), CLOSED, "KHTNV"), "W14": ("85", (10, 0, 0, 0), LED, "KHTNV"),
}  # fmt: skip


@pytest.mark.parametrize(("score", "work", "extra", "level"), WORKED.values(), ids=WORKED)
def test_points_and_tasks_decide_under_the_regulation_of_2025_alone(score, work, extra, level):
    facts = SuggestionFacts(score=Decimal(score), work=Work(*work), **extra)

    def suggested(known):
        member = MemberFacts(admitted_on=date(2001, 2, 3))
        return suggest_level(known.conditions, facts, eligibility(known.eligibility, member, date(2025, 12, 31)))

    assert [found.level for found in each(suggested)] == [None] * 5 + [level]
    assert [found.outcome for found in each(suggested)][:5] == ["needs_human"] * 5


# --- the cap (section 5)


@pytest.mark.parametrize("code", WITH_CAP)
@pytest.mark.parametrize(
    ("xs", "htt", "limit", "over_by"),
    [
        pytest.param(7, 31, 6, 1, id="K1"),
        pytest.param(6, 32, 6, 0, id="K1-after-moving-one"),
        pytest.param(7, 35, 7, 0, id="K1-exactly"),
        pytest.param(1, 4, 0, 1, id="K2"),
        pytest.param(6, 24, 4, 2, id="K3"),
        pytest.param(1120, 8445, 1689, 0, id="K4"),
    ],
)
def test_a_fifth_of_those_rated_good(code, xs, htt, limit, over_by):
    found = cap_limit(rules(code).cap, xs, htt)

    assert (found.limit, found.over_by) == (limit, over_by)


@pytest.mark.parametrize(("code", "within"), [("hd21_2019", False), ("qd124_2023", False), ("qd366_2025", True)])
def test_a_decision_raises_the_cap_in_2025_alone_k3(code, within):
    assert (cap_limit(rules(code).cap, 6, 24, raised=True).over_by == 0) is within


@pytest.mark.parametrize("code", WITH_CAP)
def test_one_of_five_is_over_in_one_reading_and_within_in_the_other_k2(code):
    found = cap_limit(rules(code).cap, 1, 4)

    assert (found.over_by, found.other.over_by) == (1, 0)


FIFTH = (0, 0, 1, 1, 1, 2, 2, 3, 5, 6, 10, 16)
FOURTH = (0, 1, 1, 1, 2, 2, 3, 4, 6, 7, 12, 20)
HALF_UP = (1, 1, 1, 1, 2, 2, 2, 3, 5, 6, 10, 17)


@pytest.mark.parametrize("code", WITH_CAP)
@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param({}, FIFTH, id="20 text floor"),
        pytest.param({"cap_rounding": "half_up"}, HALF_UP, id="20 text half up"),
        pytest.param({"cap_denominator": "xs_plus_htt"}, FOURTH, id="20 loose floor"),
    ],
)
def test_the_largest_number_permitted_of_a_total(code, chosen, expected):
    cap = rules(code, cap=chosen).cap

    assert tuple(largest_xs(cap, total) for total in TOTALS) == expected


@pytest.mark.parametrize(("code", "expected"), [("hd21_2019", FIFTH), ("qd124_2023", FIFTH), ("qd366_2025", FOURTH)])
def test_the_largest_number_permitted_with_a_decision(code, expected):
    assert tuple(largest_xs(rules(code).cap, total, True) for total in TOTALS) == expected


@pytest.mark.parametrize(("xs", "htt"), [pytest.param(7, 31, id="K1"), pytest.param(1, 4, id="K2")])
def test_no_cap_is_known_before_2019(xs, htt):
    assert each(lambda known: cap_limit(known.cap, xs, htt).limit)[:3] == (None, None, None)


# --- discipline (section 6)


def flags(**facts):
    """The flag of every rule set for a decision of 6 May of a year that it rates."""
    return tuple(
        discipline_flag(
            rules(code).discipline_effect, SanctionFacts(decided_on=date(year, 5, 6), **facts), year, leader=False
        )
        for code, year in zip(CODES, YEARS, strict=True)
    )


AT_A = (Act(date(2009, 8, 9), "Đơn vị A"),)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"form": "reprimand", "duty_linked": True, "self_remedied": False},
            (*("flag_only",) * 3, *("khtnv_by_rule",) * 2, "duty_linked_discipline"),
            id="D1",
        ),
        pytest.param(
            {"form": "warning", "duty_linked": True, "self_remedied": True},
            (*("flag_only",) * 3, "khtnv_by_rule", "khtnv_unless_self_remedied", "duty_linked_discipline"),
            id="D3",
        ),
        pytest.param(
            {"form": "reprimand", "duty_linked": False, "self_remedied": False},
            (*("flag_only",) * 3, *("khtnv_by_rule",) * 2, "check_other_doors"),
            id="D4",
        ),
        pytest.param(
            {
                "form": "reprimand",
                "duty_linked": True,
                "self_remedied": False,
                "acts": AT_A,
                "current_unit": "Đơn vị B",
            },
            (*("flag_only",) * 3, *("khtnv_by_rule",) * 2, "weighed_by_upper_committee"),
            id="D5",
        ),
    ],
)
def test_what_discipline_of_the_year_does(facts, expected):
    assert tuple(flag.code for flag in flags(**facts)) == expected


def test_a_person_decides_wherever_the_rule_leaves_room_d3():
    found = flags(form="warning", duty_linked=True, self_remedied=True)

    assert [flag.needs_decision for flag in found] == [True, True, True, False, True, True]


def test_one_violation_counts_in_one_season_d2():
    assert flags(form="reprimand", duty_linked=True, counted_in=2010) == (None,) * 6


def test_only_the_regulation_of_2025_charges_the_unit_of_the_act_d5():
    found = flags(form="reprimand", duty_linked=True, acts=AT_A, current_unit="Đơn vị B")

    assert [flag.charged_units for flag in found] == [()] * 5 + [("Đơn vị A",)]


# --- the ballot (section 8.4)

V1 = BallotCounts(base=20, present=16, issued=16, collected=16, valid=16, invalid=0)


@pytest.mark.parametrize(("base", "needed"), [pytest.param(20, 11, id="V1"), pytest.param(18, 10, id="V2")])
def test_more_than_half_of_the_base(base, needed):
    assert each(lambda known: votes_needed(known.procedure, base)) == (needed,) * 6


@pytest.mark.parametrize(
    ("votes", "blanks", "level", "problems"),
    [
        pytest.param((9, 7), 0, None, 0, id="V3: 9 + 7"),
        pytest.param((10, 5), 1, None, 0, id="V3: 10 + 5 + 1 blank"),
        pytest.param((11, 5), 0, "first", 0, id="V3: 11 + 5"),
        pytest.param((11, 6), 0, "first", 1, id="V4"),
    ],
)
def test_what_the_votes_carry(votes, blanks, level, problems):
    cast = dict(zip(("first", "second"), votes, strict=True))
    row = VoteRow(key="1", name="Nguyễn Văn A", votes=cast, blanks=blanks)

    assert each(lambda known: proposed_level(known.procedure, V1.base, cast).level) == (level,) * 6
    assert each(lambda known: len(ballot_problems(known.procedure, V1, [row]))) == (problems,) * 6
