"""Through which bodies a removal or a leaving goes: those of admission, which decide on removal too (294-QĐ/TW, 8.1).

The chain is read from topic `admission_chain`, with what a committee gave to a base (`admission_powers`): the committee
with the authority to admit is the one that removes the name (screening.md, section 7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.lib.rulesets import RuleValue
from evaluations.rules.removal_votes import DECIDER
from evaluations.rules.removal_votes import DELEGATED as BY_DELEGATES
from members.rules.deciders import (
    APPRAISE,
    BODIES,
    CELL,
    COMMITTEE,
    DECIDE,
    DELEGATED,
    PROPOSE,
    Body,
    base_of,
    bodies_of,
    unit_of,
)

CHOSEN, CHOSEN_WORDS = "chosen", "cấp ủy có thẩm quyền"


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
        return CHOSEN_WORDS if self.body == CHOSEN else BODIES[self.body]

    @property
    def voting_as(self) -> str:
        """By which share it votes; empty for a body that appraises."""
        if self.role == APPRAISE:
            return ""
        if self.role == DECIDE:
            return BY_DELEGATES if self.body == DELEGATED else DECIDER
        return CELL if self.body == "cell" else COMMITTEE


def removal_stations(
    keys: Mapping[str, RuleValue], above: Sequence[Body], *, powers: str = "", appraised: bool
) -> tuple[RemovalStation, ...]:
    """Stations in order for a cell; a section appraises an application to leave, nobody a removal (06-HD/TW, 4.6; 11).

    NoWay for a kind of organisation that the rule set of the day does not have, or without a body that decides.
    """
    rule, known = keys.get(unit_of(above, powers)), bodies_of(above)
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
    base, known = base_of(above), bodies_of(above)
    found = [RemovalStation(PROPOSE, "cell")]
    if appraised and "part_committee" in known:
        found.append(RemovalStation(APPRAISE, "part_committee"))
    if base is not None and base.id != chosen:
        found.append(RemovalStation(PROPOSE, "base_committee"))
    return *found, RemovalStation(DECIDE, CHOSEN, is_open=True)
