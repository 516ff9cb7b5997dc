"""The tree as it was on a day, read in one query and walked in memory."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from cells.loading import kind_columns
from cells.models import OrganisationVersion
from cells.unchanged import kept_until_next_act

BASE_TYPES_FILE = Path(__file__).parent / "catalogues" / "base_types.toml"
OTHER_TYPE = "other"


@dataclass(frozen=True)
class Node:
    """An organisation with what its version said on the day; `id` is the organisation's."""

    id: int
    parent_id: int | None
    name: str
    kind: str
    level: int | None
    base_type: str
    symbol: str
    place: str
    heading_issuer: str
    heading_superior: str
    position: int
    is_cell: bool
    is_base: bool


_OF_ORGANISATION = {"id": "organisation_id", "position": "organisation__position"}
_OF_KIND = {"is_cell", "is_base"}
_COLUMNS = {each.name: _OF_ORGANISATION.get(each.name, each.name) for each in fields(Node) if each.name not in _OF_KIND}


class Tree:
    """All organisations of one day by id, with their children in list order."""

    def __init__(self, nodes):
        self.nodes = {node.id: node for node in nodes}
        self.children = defaultdict(list)
        for node in sorted(nodes, key=lambda node: (node.position, node.id)):
            self.children[node.parent_id].append(node)

    def __getitem__(self, organisation_id):
        return self.nodes[organisation_id]

    def below(self, organisation_id):
        """The organisation and what is below it, parents before children, in list order; nothing if it is not there."""
        if organisation_id not in self.nodes:
            return []
        found = [self.nodes[organisation_id]]
        for child in self.children[organisation_id]:
            found += self.below(child.id)
        return found

    def above(self, organisation_id):
        """The organisation, then its parents up to the root."""
        found = []
        while organisation_id is not None:
            node = self.nodes[organisation_id]
            found.append(node)
            organisation_id = node.parent_id
        return found

    def base_type(self, organisation_id):
        """The type of the base organisation to which a cell belongs."""
        types = (node.base_type for node in self.above(organisation_id))
        return next((found for found in types if found), OTHER_TYPE)


@kept_until_next_act
def tree_on(day):
    """The tree of `day`; organisations founded later, or ended by then, are not in it."""
    versions = OrganisationVersion.objects.on(day).values_list(*_COLUMNS.values())
    return Tree([_node(dict(zip(_COLUMNS, version, strict=True))) for version in versions])


def tree_with(organisation, day):
    """The tree of `day`; of an organisation that is not there then, the tree of its nearest day."""
    tree = tree_on(day)
    if organisation.pk in tree.nodes:
        return tree
    versions = organisation.versions.standing().order_by("started_on")
    past = versions.filter(ended_on__lte=day).last()
    return tree_on(past.last_day if past else versions.first().started_on)


def _node(values):
    """What a node is – a cell, a base – follows from its kind of that day, not from what it is today."""
    kind = kind_columns(values["kind"], values["level"])
    return Node(**values, is_cell=kind["is_cell"], is_base=kind["is_base"])


@cache
def base_types():
    """Labels of the types of base organisations by code, in the order of Biểu 5."""
    with BASE_TYPES_FILE.open("rb") as file:
        return {entry["code"]: entry["label"] for entry in tomllib.load(file)["types"]}
