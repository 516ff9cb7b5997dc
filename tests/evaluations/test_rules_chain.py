"""Who proposes, appraises and decides, by kind of organisation and date."""

import pytest

from config.lib.rulesets import with_overrides
from evaluations.rules import NoChain, Station, chain_for
from tests.evaluations.regulations import keys, shipped

PROVINCE = ("province", 2)
COMMUNE = ("commune", 3)
BASE = ("base_party", 4)
CELL = ("cell", 6)


def roles(code, *bodies, **choices):
    stations = chain_for(bodies, with_overrides(keys("chain", code), choices))
    return [(station.role, bodies[station.index][0]) for station in stations]


@pytest.mark.parametrize(
    ("code", "bodies", "expected"),
    [
        pytest.param(
            "chain_2025",
            (CELL, BASE, COMMUNE, PROVINCE),
            [("propose", "cell"), ("decide", "base_party")],
            id="base",
        ),
        pytest.param(
            "chain_2025",
            (("base_cell", 4), COMMUNE, PROVINCE),
            [("propose", "base_cell"), ("decide", "base_cell")],
            id="chi bộ cơ sở decides itself",
        ),
        pytest.param(
            "chain_2026",
            (CELL, ("commune", 4), PROVINCE),
            [("propose", "cell"), ("decide", "commune")],
            id="commune that is the base",
        ),
        pytest.param(
            "chain_2026",
            (CELL, BASE, COMMUNE, PROVINCE),
            [("propose", "cell"), ("decide", "base_party")],
            id="commune not yet changed in 2026",
        ),
        pytest.param(
            "chain_2026",
            (("base_cell", 4), COMMUNE, PROVINCE),
            [("propose", "base_cell"), ("decide", "commune")],
            id="chi bộ cơ sở that still stands in 2026",
        ),
        pytest.param(
            "chain_2026",
            (CELL, ("sub_base", 5), ("commune", 4), PROVINCE),
            [("propose", "cell"), ("appraise", "sub_base"), ("decide", "commune")],
            id="pilot of 2026",
        ),
        pytest.param(
            "chain_2025",
            (CELL, ("part", 5), BASE, COMMUNE),
            [("propose", "cell"), ("appraise", "part"), ("decide", "base_party")],
            id="đảng bộ bộ phận",
        ),
        pytest.param(
            "chain_2025",
            (CELL, COMMUNE, PROVINCE),
            [("propose", "cell"), ("decide", "commune")],
            id="no base",
        ),
        pytest.param(
            "chain_2011",
            (CELL, BASE, ("district", 3), PROVINCE),
            [("propose", "cell"), ("decide", "base_party")],
            id="to 30/6/2025",
        ),
        pytest.param(
            "chain_2011",
            (("base_cell", 4), ("district", 3), PROVINCE),
            [("propose", "base_cell"), ("decide", "base_cell")],
            id="chi bộ cơ sở under a district",
        ),
    ],
)
def test_chains(code, bodies, expected):
    assert roles(code, *bodies) == expected


def test_a_base_that_sends_up_appraises():
    assert roles("chain_2025", CELL, BASE, COMMUNE, base_party="appraise") == [
        ("propose", "cell"),
        ("appraise", "base_party"),
        ("decide", "commune"),
    ]


def test_a_base_cell_may_be_decided_above():
    assert roles("chain_2025", ("base_cell", 4), COMMUNE, base_cell="propose") == [
        ("propose", "base_cell"),
        ("decide", "commune"),
    ]


def test_a_base_cell_of_2026_may_be_left_its_own_decision():
    assert roles("chain_2026", ("base_cell", 4), COMMUNE, base_cell="propose_and_decide") == [
        ("propose", "base_cell"),
        ("decide", "base_cell"),
    ]


def test_stations_point_at_the_bodies_from_the_cell_upwards():
    assert chain_for((CELL, ("part", 5), BASE), keys("chain", "chain_2025")) == (
        Station("propose", 0),
        Station("appraise", 1),
        Station("decide", 2),
    )


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ((CELL,), "Không có cấp trên nào được quyết định"),
        ((CELL, ("part", 5)), "Không có cấp trên nào được quyết định"),
        ((BASE, COMMUNE), "không phải là nơi đề nghị"),
        ((), "không phải là nơi đề nghị"),
    ],
)
def test_bodies_that_give_no_chain(bodies, said):
    with pytest.raises(NoChain, match=said):
        chain_for(bodies, keys("chain", "chain_2025"))


def test_the_days_from_which_chains_hold():
    assert [(each.code, f"{each.effective_on}") for each in shipped() if each.topic == "chain"] == [
        ("chain_2011", "2011-01-01"),
        ("chain_2025", "2025-07-01"),
        ("chain_2026", "2026-07-26"),
    ]
