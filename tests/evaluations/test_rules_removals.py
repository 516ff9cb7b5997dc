"""Pure rules of leaving: votes, the way through the bodies, what an exit means for coming back (screening.md, 10)."""

from dataclasses import dataclass
from datetime import date

import pytest

from config.lib.rulesets import typed
from evaluations.rules.removal_chain import NoWay, removal_stations, stations_to_chosen
from evaluations.rules.removal_readmission import Exit, readmission_after
from evaluations.rules.removal_votes import (
    RemovalCaseRules,
    RemovalCounts,
    removal_vote,
    removal_vote_problem,
    votes_to_remove,
)
from members.rules.deciders import bodies_of as bodies_above
from members.rules.deciders import unit_of as unit_above
from tests.evaluations.regulations import keys


def rules(code="qd294_2025"):
    return typed(RemovalCaseRules, keys("removal", code, "members"))


@dataclass(frozen=True)
class Node:
    id: int
    kind: str
    base_type: str = ""


CELL, PART, BASE = Node(1, "cell"), Node(2, "part"), Node(3, "base_party")
COMMUNE, PROVINCE, FORCES = Node(4, "commune"), Node(5, "province"), Node(6, "forces")


@pytest.mark.parametrize(("base", "need"), [(9, 6), (10, 7), (20, 14), (18, 12)], ids=["S11a", "S11b", "S11c", "S12"])
def test_two_thirds_of_the_whole_base(base, need):
    assert votes_to_remove(rules(), "cell", base) == need


@pytest.mark.parametrize(("base", "need"), [(9, 5), (10, 6), (11, 6)])
def test_more_than_half_decides(base, need):
    assert votes_to_remove(rules(), "decider", base) == need


def test_a_delegated_committee_needs_two_thirds():
    assert votes_to_remove(rules(), "delegated", 10) == 7


def test_the_words_of_a_vote_show_how_it_was_counted():
    counts = RemovalCounts(base=18, present=16, issued=16, yes=11, no=5)

    result = removal_vote(rules(), "cell", counts)

    assert (result.carried, result.needed) == (False, 12)
    assert result.reason == "11 phiếu đồng ý, cần 12: ít nhất 2/3 của 18 người."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"present": 10}, "Có mặt 10 người, nhiều hơn 9 người được tính biểu quyết."),
        ({"issued": 9}, "Phát ra 9 phiếu, nhiều hơn 8 người có mặt được biểu quyết."),
        ({"invalid": 2}, "Thu vào 9 phiếu, nhiều hơn 8 phiếu phát ra."),
        ({"no": -1}, "Số phiếu và số người không được nhỏ hơn 0."),
    ],
)
def test_minutes_that_do_not_add_up_are_named(changes, words):
    counts = RemovalCounts(**{"base": 9, "present": 8, "issued": 8, "yes": 7, "no": 0, **changes})

    assert removal_vote_problem(counts) == words


# --- the way ----------------------------------------------------------------------------------------------------------


def way(above, code="chain_2025", **more):
    found = removal_stations(keys("admission_chain", code, "admissions"), above, **{"appraised": False, **more})
    return [(each.role, each.body, each.voting_as) for each in found]


def test_a_removal_goes_past_the_section_and_an_application_through_it():
    above = (CELL, PART, BASE, COMMUNE, PROVINCE)

    assert way(above) == [
        ("propose", "cell", "cell"),
        ("propose", "base_committee", "committee"),
        ("decide", "commune_standing_board", "decider"),
    ]
    assert [body for _, body, _ in way(above, appraised=True)] == [
        "cell", "part_committee", "base_committee", "commune_standing_board",
    ]  # fmt: skip


def test_a_delegated_base_decides_itself():
    assert way((CELL, BASE, COMMUNE), powers="delegated_base") == [
        ("propose", "cell", "cell"),
        ("decide", "delegated_base", "delegated"),
    ]


def test_where_no_rule_names_the_body_people_choose():
    with pytest.raises(NoWay, match="không nói rõ"):
        way((CELL, FORCES, PROVINCE))
    chosen = stations_to_chosen((CELL, BASE, COMMUNE), COMMUNE.id, appraised=False)
    assert [(each.role, each.body) for each in chosen] == [
        ("propose", "cell"), ("propose", "base_committee"), ("decide", "chosen"),
    ]  # fmt: skip
    chosen = stations_to_chosen((CELL, BASE, COMMUNE), BASE.id, appraised=False)
    assert [(each.role, each.body) for each in chosen] == [("propose", "cell"), ("decide", "chosen")]


@pytest.mark.parametrize(
    ("above", "powers", "unit"),
    [
        ((CELL, COMMUNE), "", "residential_cell"),
        ((CELL, BASE, COMMUNE), "", "commune_base"),
        ((CELL, BASE, COMMUNE), "empowered_base", "empowered_base"),
        ((CELL, COMMUNE), "delegated_base", "residential_cell"),
        ((CELL, BASE, PROVINCE), "", "provincial_base"),
        ((CELL, BASE, Node(7, "district")), "", "residential_cell"),
        ((CELL, Node(8, "base_party", "enterprise"), Node(7, "district")), "", "ordinary_base"),
        ((CELL, FORCES, COMMUNE), "", "forces"),
    ],
)
def test_the_kind_of_organisation(above, powers, unit):
    assert unit_above(above, powers) == unit


def test_a_body_that_is_not_there_is_left_out():
    assert sorted(bodies_above((CELL, COMMUNE))) == ["cell", "commune_standing_board", "upper_standing_board"]


# --- coming back ------------------------------------------------------------------------------------------------------


def after(*grounds, left_on, code="qd294_2025", **more):
    return readmission_after(rules(code), Exit(grounds=grounds, left_on=left_on, **more))


def test_thirty_six_months_with_the_consent_of_the_province():
    """S17: removed under X2 on 1/3/2023; applies 1/2/2026 and 1/3/2026."""
    found = after("removed_x2", left_on=date(2023, 3, 1))

    assert (found.allows(date(2026, 2, 1)), found.allows(date(2026, 3, 1)), found.needs_consent) == (False, True, True)


@pytest.mark.parametrize(
    "grounds",
    [
        pytest.param(("left_by_own_will",), id="S18"),
        pytest.param(("left_on_application",), id="E15"),
        pytest.param(("removed_x2", "left_by_own_will"), id="strictest"),
        ("caused_serious_disunity",),
        ("convicted_corruption",),
        ("convicted_serious",),
    ],
)
def test_never(grounds):
    found = after(*grounds, left_on=date(2020, 3, 1))

    assert (found.status, found.allows(date(2036, 1, 1))) == ("never", False)


def test_a_less_serious_crime_waits_for_both():
    """S19: record cleared 1/6/2021; applies 1/5/2026 and 1/6/2026, if 36 months have passed since the exit too."""
    found = after("expelled", "convicted_less_serious", left_on=date(2019, 1, 1), cleared_on=date(2021, 6, 1))

    assert (found.allows(date(2026, 5, 1)), found.allows(date(2026, 6, 1))) == (False, True)
    late = after("convicted_less_serious", left_on=date(2024, 1, 1), cleared_on=date(2021, 6, 1))
    assert (late.allows(date(2026, 6, 1)), late.first_on) == (False, date(2027, 1, 1))
    assert after("convicted_less_serious", left_on=date(2019, 1, 1)).status == "unknown"


def test_readmitted_once_never_again():
    """S20."""
    found = after("removed_x2", left_on=date(2020, 3, 1), times_readmitted=1)

    assert found.reason == "Đã được kết nạp lại 1 lần; chỉ được kết nạp lại 1 lần."


def test_hard_family_circumstances_lift_the_bar_of_an_application():
    found = after("left_on_application", "special_family_hardship", left_on=date(2026, 3, 1))

    assert (found.status, found.first_on) == ("not_before", date(2029, 3, 1))


def test_waste_bars_since_2026():
    assert after("convicted_waste_negative", left_on=date(2026, 1, 1)).status == "not_before"
    assert after("convicted_waste_negative", left_on=date(2026, 8, 1), code="qd208_2026").status == "never"


def test_without_a_code_nothing_is_known():
    assert after(left_on=date(2026, 3, 1)).status == "unknown"
