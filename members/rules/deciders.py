"""Who decides on one person: which chain a cell has, and which of the bodies above it each station of a chain is.

Who may admit also removes (294-QĐ/TW, 8.1); the stations themselves are read from topic `admission_chain`.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

PROPOSE, APPRAISE, DECIDE = "propose", "appraise", "decide"
CELL, COMMITTEE = "cell", "committee"  # by what share those vote who propose
FORCES, PART, COMMUNE, DISTRICT, PROVINCE = "forces", "part", "commune", "district", "province"
BASES = ("base_party", "sub_base", FORCES)
COMMITTEES = (COMMUNE, DISTRICT, PROVINCE)
DELEGATED, EMPOWERED = "delegated_base", "empowered_base"
GIVEN = (DELEGATED, EMPOWERED)  # what a committee may give to a base
RESIDENTIAL = ("", "commune", "ward", "township", "special_zone")  # types of bases of communes, as the tree names them
OF_BASE = ("base_committee", "sub_base_committee", DELEGATED, "own_standing_board")
BODIES = {
    "cell": "chi bộ",
    "part_committee": "đảng ủy bộ phận",
    "base_committee": "đảng ủy cơ sở",
    "sub_base_committee": "đảng ủy trực thuộc đảng ủy cơ sở",
    "commune_standing_board": "ban thường vụ đảng ủy xã, phường",
    "district_standing_board": "ban thường vụ huyện ủy, thành ủy",
    "upper_standing_board": "ban thường vụ cấp ủy cấp trên trực tiếp",
    "own_standing_board": "ban thường vụ đảng ủy được giao quyền",
    "provincial_standing_group": "thường trực và ủy viên ban thường vụ tỉnh ủy đứng đầu các ban đảng",
    DELEGATED: "đảng ủy cơ sở được ủy quyền",
}


class Body(Protocol):
    """A body of the tree of a day."""

    id: int
    kind: str
    base_type: str


B = TypeVar("B", bound=Body)


def base_of(above: Sequence[B]) -> B | None:
    """The base committee above a cell; None for a cell that stands directly under a committee."""
    return _nearest(above, *BASES)


def unit_of(above: Sequence[Body], powers: str = "", *, private_owner: bool = False) -> str:
    """The key of topic `admission_chain` for a cell; `above` are the cell and its bodies upwards.

    `powers` is what a committee has given to the base. The owner of a private enterprise is decided on above the base.
    """
    base, upper = base_of(above), _nearest(above, *COMMITTEES)
    kind = upper.kind if upper else ""
    if any(body.kind == FORCES for body in above):
        return FORCES
    if private_owner:
        return "enterprise_owner"
    if base is not None and powers in GIVEN:
        return powers
    if kind == COMMUNE:
        return "commune_base" if base else "residential_cell"
    if kind == DISTRICT and (base or above[0]).base_type in RESIDENTIAL:
        return "residential_cell"
    return "provincial_base" if kind == PROVINCE else "ordinary_base"


def bodies_of(above: Sequence[B]) -> dict[str, B]:
    """The body of the tree that each station of a chain is; a station without one does not exist there."""
    found = {
        "cell": above[0],
        "part_committee": _nearest(above, PART),
        "commune_standing_board": _nearest(above, COMMUNE),
        "district_standing_board": _nearest(above, DISTRICT),
        "provincial_standing_group": _nearest(above, PROVINCE),
        "upper_standing_board": _nearest(above, *COMMITTEES),
        **dict.fromkeys(OF_BASE, base_of(above)),
    }
    return {name: body for name, body in found.items() if body is not None}


def _nearest(above: Sequence[B], *kinds: str) -> B | None:
    return next((body for body in above[1:] if body.kind in kinds), None)
