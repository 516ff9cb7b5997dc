"""Through which bodies a removal or a leaving goes: those of admission, which decide on removal too (294-QĐ/TW, 8.1).

The chain is read from topic `admission_chain`, with what a committee gave to a base (`admission_powers`): the committee
with the authority to admit is the one that removes the name (screening.md, section 7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from config.lib.rulesets import RuleValue
from evaluations.rules.removal_votes import CELL, COMMITTEE, DECIDER
from evaluations.rules.removal_votes import DELEGATED as BY_DELEGATES

PROPOSE, APPRAISE, DECIDE = "propose", "appraise", "decide"
FORCES, PART, COMMUNE, DISTRICT, PROVINCE = "forces", "part", "commune", "district", "province"
BASES = ("base_party", "sub_base", FORCES)
UPPER = (COMMUNE, DISTRICT, PROVINCE)
DELEGATED_BASE, EMPOWERED_BASE = "delegated_base", "empowered_base"
RESIDENTIAL = ("", "commune", "ward", "township", "special_zone")
OF_BASE = ("base_committee", "sub_base_committee", DELEGATED_BASE, "own_standing_board")
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
    DELEGATED_BASE: "đảng ủy cơ sở được ủy quyền",
    "chosen": "cấp ủy có thẩm quyền",
}
CHOSEN = "chosen"


class NoWay(ValueError):
    """No rule of the day says through which bodies it goes; the message says why."""


@dataclass(frozen=True)
class RemovalStation:
    """One body of the way; `is_open` where the text is not confirmed, so that a person may name another decider."""

    role: str
    body: str
    article: str = ""
    is_open: bool = False

    @property
    def name(self) -> str:
        return BODIES[self.body]

    @property
    def voting_as(self) -> str:
        """By which share it votes; empty for a body that appraises."""
        if self.role == APPRAISE:
            return ""
        if self.role == DECIDE:
            return BY_DELEGATES if self.body == DELEGATED_BASE else DECIDER
        return CELL if self.body == "cell" else COMMITTEE


class Body(Protocol):
    """A body of the tree of a day."""

    id: int
    kind: str
    base_type: str


B = TypeVar("B", bound=Body)


def base_above(above: Sequence[B]) -> B | None:
    """The base committee above a cell; None for a cell directly under a committee."""
    return next((body for body in above[1:] if body.kind in BASES), None)


def unit_above(above: Sequence[Body], powers: str = "") -> str:
    """The kind of organisation of a cell as the rule set names it; `powers` is what the base was given."""
    base = base_above(above)
    kind = next((body.kind for body in above[1:] if body.kind in UPPER), "")
    if any(body.kind == FORCES for body in above):
        return FORCES
    if base is not None and powers in (DELEGATED_BASE, EMPOWERED_BASE):
        return powers
    if kind == COMMUNE:
        return "commune_base" if base else "residential_cell"
    if kind == DISTRICT and (base or above[0]).base_type in RESIDENTIAL:
        return "residential_cell"
    return "provincial_base" if kind == PROVINCE else "ordinary_base"


def bodies_above(above: Sequence[B]) -> dict[str, B]:
    """The body of the tree that each station is; a station without one does not exist there."""
    base = base_above(above)

    def nearest(*kinds: str) -> B | None:
        return next((body for body in above[1:] if body.kind in kinds), None)

    found = {
        "cell": above[0],
        "part_committee": nearest(PART),
        "commune_standing_board": nearest(COMMUNE),
        "district_standing_board": nearest(DISTRICT),
        "provincial_standing_group": nearest(PROVINCE),
        "upper_standing_board": nearest(*UPPER),
        **dict.fromkeys(OF_BASE, base),
    }
    return {name: body for name, body in found.items() if body is not None}


def removal_stations(
    keys: Mapping[str, RuleValue], above: Sequence[Body], *, powers: str = "", appraised: bool
) -> tuple[RemovalStation, ...]:
    """Stations in order for a cell; a section appraises an application to leave, nobody a removal (06-HD/TW, 4.6; 11).

    NoWay for a kind of organisation that the rule set of the day does not have, or without a body that decides.
    """
    rule, known = keys.get(unit_above(above, powers)), bodies_above(above)
    if rule is None or rule.unit != "list":
        raise NoWay("Bộ quy tắc đang áp dụng không nói rõ cấp quyết định cho loại tổ chức đảng này.")
    steps = [tuple(step.split(":")) for step in rule.value]
    found = tuple(
        RemovalStation(role, body, rule.citation, is_open=rule.is_free)
        for role, body in steps
        if body in known and (appraised or role != APPRAISE)
    )
    if not found or found[-1].role != DECIDE:
        raise NoWay("Trong danh mục tổ chức đảng không có cấp ủy nào được quyết định cho chi bộ này.")
    return found


def stations_to_chosen(above: Sequence[Body], chosen: int, *, appraised: bool) -> tuple[RemovalStation, ...]:
    """The way to a decider that people named: cell, section for a leaving, base committee unless it decides itself."""
    base, known = base_above(above), bodies_above(above)
    found = [RemovalStation(PROPOSE, "cell")]
    if appraised and "part_committee" in known:
        found.append(RemovalStation(APPRAISE, "part_committee"))
    if base is not None and base.id != chosen:
        found.append(RemovalStation(PROPOSE, "base_committee"))
    return *found, RemovalStation(DECIDE, CHOSEN, is_open=True)
