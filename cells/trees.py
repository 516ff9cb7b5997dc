"""The tree as it was on a day, read in one query and walked in memory."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from cells.models import OrganisationVersion

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


_OF_ORGANISATION = {"id": "organisation_id", "position": "organisation__position", "is_cell": "organisation__is_cell"}
_COLUMNS = {each.name: _OF_ORGANISATION.get(each.name, each.name) for each in fields(Node)}


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
        """The organisation and everything below it, parents before children, in list order."""
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


def tree_on(day):
    """The tree of `day`; organisations founded later are not in it."""
    versions = OrganisationVersion.objects.on(day).values_list(*_COLUMNS.values())
    return Tree([Node(**dict(zip(_COLUMNS, version, strict=True))) for version in versions])


@cache
def base_types():
    """Labels of the types of base organisations by code, in the order of Biểu 5."""
    with BASE_TYPES_FILE.open("rb") as file:
        return {entry["code"]: entry["label"] for entry in tomllib.load(file)["types"]}
