"""Which chain a cell has by the bodies above it: admissions.md §10."""

from types import SimpleNamespace

import pytest

from members.rules.deciders import bodies_of, unit_of


def above(*kinds, base_type=""):
    return [SimpleNamespace(id=place, kind=kind, base_type=base_type) for place, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "options", "expected"),
    [
        (("cell", "commune"), {}, "residential_cell"),
        (("base_cell", "commune"), {}, "residential_cell"),
        (("cell", "base_party", "commune"), {}, "commune_base"),
        (("cell", "part", "base_party", "commune"), {}, "commune_base"),
        (("cell", "sub_base", "commune"), {}, "commune_base"),
        (("cell", "base_party", "district", "province"), {}, "residential_cell"),
        (("cell", "base_party", "province"), {}, "provincial_base"),
        (("base_cell", "province"), {}, "provincial_base"),
        (("cell", "base_party", "commune"), {"powers": "delegated_base"}, "delegated_base"),
        (("cell", "base_party", "province"), {"powers": "empowered_base"}, "empowered_base"),
        (("cell", "commune"), {"powers": "delegated_base"}, "residential_cell"),
        (("cell", "base_party", "commune"), {"powers": "no_powers"}, "commune_base"),
        (("cell", "base_party", "commune"), {"powers": "delegated_base", "private_owner": True}, "enterprise_owner"),
        (("cell", "forces", "commune"), {}, "forces"),
        (("cell", "base_party"), {}, "ordinary_base"),
    ],
)
def test_the_kind_of_chain(kinds, options, expected):
    assert unit_of(above(*kinds), **options) == expected


def test_an_office_of_a_district_is_no_village():
    assert unit_of(above("cell", "base_party", "district", base_type="state_office")) == "ordinary_base"


@pytest.mark.parametrize(
    ("kinds", "body", "place"),
    [
        (("cell", "part", "base_party", "commune"), "part_committee", 1),
        (("cell", "part", "base_party", "commune"), "base_committee", 2),
        (("cell", "part", "base_party", "commune"), "commune_standing_board", 3),
        (("cell", "base_party", "commune"), "part_committee", None),
        (("cell", "commune"), "base_committee", None),
        (("cell", "base_party", "district", "province"), "upper_standing_board", 2),
        (("cell", "base_party", "province"), "provincial_standing_group", 2),
        (("cell", "base_party", "province"), "commune_standing_board", None),
    ],
)
def test_the_body_of_a_station(kinds, body, place):
    found = bodies_of(above(*kinds)).get(body)
    assert (found and found.id) == place
