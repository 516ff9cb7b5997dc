"""The reform of 1/7/2025 replayed: a city committee ends, its wards come directly under the province.

Nothing of the days before changes: not the tree, not who was where, not a report of the year before.
"""

from dataclasses import asdict
from datetime import date
from types import SimpleNamespace

import pytest

from cells.actions.tree import add_organisation
from cells.changes import verbs
from cells.changes.entries import OrganisationEntry
from cells.changes.plan import TreeDecision
from cells.models import Organisation
from cells.tree_printing import TREE, tree_chart
from cells.trees import tree_on
from evaluations.printing import RATINGS, data
from members.enums import EndReason
from members.models import AnnualGrade, Membership
from tests.cells.tree_cases import do
from tests.factories import MemberFactory

FOUNDED, REFORM, LAST_DAY = date(2015, 1, 1), date(2025, 7, 1), date(2025, 6, 30)
PAPER = TreeDecision("298-QĐ/TW", date(2025, 6, 9), "Bộ Chính trị", REFORM)


@pytest.fixture
def province(system):
    """A province with a city of two wards and a commune with no city above it, as on 30/6/2025."""

    def add(name, kind, parent=None, base_type=""):
        entry = OrganisationEntry(name, kind, FOUNDED, base_type=base_type)
        return add_organisation(entry, parent=parent, by=system)

    root = add("Tỉnh ủy Sao Khuê", "province")
    city = add("Thành ủy Sao Khuê", "district", root)
    wards = [add(f"Đảng bộ Phường {n}", "base_party", city, "ward") for n in (1, 2)]
    cells = [add(f"Chi bộ Khóm {n}", "cell", ward) for ward in wards for n in (1, 2)]
    office = add("Chi bộ cơ sở Văn phòng Thành ủy", "base_cell", city, "party_office")
    return SimpleNamespace(root=root, city=city, wards=wards, cells=cells, office=office)


@pytest.fixture
def people(province):
    """Two members in every cell, with a result of 2024."""
    found = [MemberFactory(home=cell, since=FOUNDED) for cell in [*province.cells, province.office] for _ in range(2)]
    for number, member in enumerate(found):
        AnnualGrade.objects.create(
            member=member, year=2024, scale="nhiem_vu", level="HTTNV" if number % 3 else "HTXSNV",
            organisation=member.home,
        )  # fmt: skip
    return found


def reform(province, by):
    """Three papers: the wards become communes' committees, the city's wards go to the province, the city ends."""
    for ward in province.wards:
        kind = {"kind": "commune", "level": 3, "name": ward.name.replace("Đảng bộ", "Đảng ủy")}
        do(verbs.change_kind(ward, kind, decision=PAPER), by)
    do(verbs.move([*province.wards, province.office], parent=province.root, decision=PAPER), by)
    return do(verbs.close(province.city, decision=PAPER, heir=province.root), by)


def as_it_was(province):
    """What a reader finds about the days before the reform."""
    nodes = tree_on(LAST_DAY).nodes
    memberships = Membership.objects.on(LAST_DAY).order_by("pk").values_list("member", "organisation", "started_on")
    city = Organisation.objects.get(pk=province.city.pk)
    return {
        "tree": {key: asdict(node) for key, node in nodes.items()},
        "memberships": list(memberships),
        "ratings": data(RATINGS.collect(city, year=2024)),
        "ratings_pdf_lines": RATINGS.render_xlsx(RATINGS.collect(city, year=2024)),
        "chart": TREE.render_xlsx(tree_chart(city, year=2025, on=LAST_DAY)),
    }


def test_nothing_of_the_days_before_changes(province, people, system):
    before = as_it_was(province)
    reform(province, system)
    assert as_it_was(province) == before


def test_the_wards_stand_directly_under_the_province(province, people, system):
    reform(province, system)
    tree = tree_on(REFORM)
    assert province.city.pk not in tree.nodes
    assert [(node.name, node.level) for node in tree.children[province.root.pk]] == [
        ("Đảng ủy Phường 1", 3), ("Đảng ủy Phường 2", 3), ("Chi bộ cơ sở Văn phòng Thành ủy", 4),
    ]  # fmt: skip
    assert [node.name for node in tree.below(province.wards[0].pk)] == [
        "Đảng ủy Phường 1", "Chi bộ Khóm 1", "Chi bộ Khóm 2",
    ]  # fmt: skip
    assert tree_on(LAST_DAY)[province.wards[0].pk].parent_id == province.city.pk
    path = Organisation.objects.get(pk=province.cells[0].pk).path
    assert path == f"/{province.root.pk}/{province.wards[0].pk}/{province.cells[0].pk}/"


def test_nobody_left_a_cell(province, people, system):
    reform(province, system)
    assert Membership.objects.filter(ended_on=None, end_reason="").count() == len(people)
    assert not Membership.objects.filter(end_reason=EndReason.TREE).exists()


def test_the_closed_city_is_read_as_it_was(province, people, system, client):
    event = reform(province, system)
    city = Organisation.objects.get(pk=province.city.pk)
    assert (city.is_open, city.path, event.heir) == (False, f"/{province.root.pk}/{city.pk}/", province.root)
    chart = tree_chart(city, year=2026, on=date(2026, 1, 1))  # of its last day: it is not there any more
    assert [line.node.name for line in chart.lines][:2] == ["Thành ủy Sao Khuê", "Đảng bộ Phường 1"]
    assert chart.lines[0].counts == (len(people),)


def test_the_commune_becomes_the_base_by_its_own_paper(province, people, system):
    reform(province, system)
    later = date(2026, 10, 1)
    paper = TreeDecision("208-QĐ/TW", date(2026, 7, 26), "Bộ Chính trị", later)
    do(verbs.change_kind(province.wards[0], {"level": 4}, decision=paper), system, on=later)
    assert [tree_on(later)[ward.pk].is_base for ward in province.wards] == [True, False]
    assert [tree_on(LAST_DAY)[ward.pk].is_base for ward in province.wards] == [True, True]
