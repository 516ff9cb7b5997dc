"""Who proposes, who appraises, who decides, by kind of organisation and date: worked examples of admissions.md §15."""

from datetime import date

import pytest

from admissions.rules.chain import BODIES, NoChain, chain_for, continued, decider, same_way
from tests.evaluations.regulations import keys, shipped

TOPIC = "admission_chain"
UNITS = {
    "residential_cell",
    "commune_base",
    "ordinary_base",
    "delegated_base",
    "empowered_base",
    "provincial_base",
    "enterprise_owner",
}


def on(day):
    """The chain of the set in force on that day."""
    sets = [each for each in shipped("admissions") if each.topic == TOPIC and each.effective_on <= day]
    return max(sets, key=lambda each: each.effective_on).keys


def steps(day, unit, **options):
    return [(each.role, each.body, each.voting_as) for each in chain_for(on(day), unit, **options)]


CELL = ("propose", "cell", "cell")
PART = ("appraise", "part_committee", "")
BASE = ("propose", "base_committee", "committee")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2025, 9, 10), [CELL, ("decide", "commune_standing_board", "standing_board")], id="[E33]"),
        pytest.param(
            date(2013, 9, 10), [CELL, BASE, ("decide", "district_standing_board", "standing_board")], id="[E33]-2013"
        ),
        pytest.param(
            date(2025, 6, 30), [CELL, BASE, ("decide", "district_standing_board", "standing_board")], id="last-day"
        ),
        pytest.param(date(2025, 7, 1), [CELL, ("decide", "commune_standing_board", "standing_board")], id="first-day"),
        pytest.param(date(2026, 8, 1), [CELL, ("decide", "commune_standing_board", "standing_board")], id="208"),
    ],
)
def test_a_village_cell(day, expected):
    assert steps(day, "residential_cell", without=("part_committee",)) == expected


@pytest.mark.parametrize(
    ("day", "unit", "expected"),
    [
        (
            date(2025, 9, 10),
            "commune_base",
            [CELL, PART, BASE, ("decide", "commune_standing_board", "standing_board")],
        ),
        (
            date(2026, 8, 1),
            "commune_base",
            [
                CELL,
                PART,
                ("propose", "sub_base_committee", "committee"),
                ("decide", "commune_standing_board", "standing_board"),
            ],
        ),
        (date(2024, 8, 1), "delegated_base", [CELL, PART, ("decide", "delegated_base", "whole_committee")]),
        (date(2025, 9, 10), "delegated_base", [CELL, PART, ("decide", "delegated_base", "whole_committee")]),
        (date(2026, 8, 1), "delegated_base", [CELL, PART, ("decide", "delegated_base", "standing_board")]),
        (date(2025, 9, 10), "empowered_base", [CELL, PART, ("decide", "own_standing_board", "standing_board")]),
        (
            date(2025, 9, 10),
            "ordinary_base",
            [CELL, PART, BASE, ("decide", "upper_standing_board", "standing_board")],
        ),
        (
            date(2025, 9, 10),
            "provincial_base",
            [CELL, PART, BASE, ("decide", "provincial_standing_group", "standing_board")],
        ),
    ],
)
def test_other_organisations(day, unit, expected):
    assert steps(day, unit) == expected


def test_a_part_committee_stands_in_the_chain_only_where_there_is_one():
    assert steps(date(2025, 9, 10), "ordinary_base", without=("part_committee",)) == [
        CELL,
        BASE,
        ("decide", "upper_standing_board", "standing_board"),
    ]


@pytest.mark.parametrize("unit", ["forces", "delegated_decider"])
def test_an_organisation_with_rules_of_its_own_has_no_chain_here(unit):
    with pytest.raises(NoChain, match="không có quy trình kết nạp"):
        chain_for(on(date(2025, 9, 10)), unit)


def test_before_the_communes_there_were_no_bases_in_them():
    with pytest.raises(NoChain, match="không có quy trình kết nạp"):
        chain_for(on(date(2025, 6, 30)), "commune_base")


def test_without_a_body_that_decides_nothing_is_decided():
    with pytest.raises(NoChain, match="Không có cấp ủy nào được quyết định"):
        chain_for(on(date(2025, 9, 10)), "residential_cell", without=("commune_standing_board",))


def test_steps_taken_keep_their_chain_and_later_ones_take_the_new():
    before = chain_for(on(date(2025, 6, 1)), "residential_cell", without=("part_committee",))
    new = chain_for(on(date(2025, 7, 10)), "residential_cell", without=("part_committee",))

    assert [each.body for each in continued(before[:1], new)] == ["cell", "commune_standing_board"]
    assert [each.body for each in continued(before[:2], new)] == ["cell", "base_committee", "commune_standing_board"]
    assert [each.body for each in continued(before, new)] == ["cell", "base_committee", "district_standing_board"]


@pytest.mark.parametrize(
    ("unit", "same"), [("residential_cell", True), ("delegated_base", False), ("commune_base", False)]
)
def test_in_the_gap_of_2026_both_chains_are_asked(unit, same):
    current, coming = (chain_for(on(day), unit) for day in (date(2026, 6, 20), date(2026, 8, 1)))

    assert same_way(current, coming) is same


def test_a_base_that_was_renamed_does_not_propose_twice():
    before = chain_for(on(date(2026, 7, 1)), "commune_base", without=("part_committee",))
    new = chain_for(on(date(2026, 8, 1)), "commune_base", without=("part_committee",))

    assert [each.body for each in continued(before[:2], new)] == ["cell", "base_committee", "commune_standing_board"]


@pytest.mark.parametrize("code", ["chain_2011", "chain_2025", "chain_2026"])
def test_every_body_has_its_words_and_every_chain_its_decider(code):
    known = keys(TOPIC, code, "admissions")
    units = set(known) - {"delegated_decider"}

    assert units == (UNITS - {"commune_base"} if code == "chain_2011" else UNITS)
    assert {each.body for unit in units for each in chain_for(known, unit)} <= set(BODIES)
    assert [decider(known, unit).role for unit in units] == ["decide"] * len(units)


def test_the_decider_in_words_with_its_article():
    found = decider(on(date(2025, 9, 10)), "residential_cell")

    assert found.name == "ban thường vụ đảng ủy xã, phường"
    assert found.article == "điểm 3.6 và 3.7 Hướng dẫn 06-HD/TW năm 2025"
