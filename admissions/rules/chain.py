"""Through which bodies an admission or recognition goes, by kind of organisation and day (topic `admission_chain`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from admissions.rules.votes import STANDING_BOARD, WHOLE_COMMITTEE
from config.lib.rulesets import RuleValue
from members.rules.deciders import APPRAISE, BODIES, CELL, COMMITTEE, DECIDE, DELEGATED, PROPOSE

DECIDER_KEY = "delegated_decider"


class NoChain(ValueError):
    """There is no chain for such an organisation on that day; the message says why."""


@dataclass(frozen=True)
class Station:
    """One body of the chain; `voting_as` is empty for a body that appraises and does not vote."""

    role: str
    body: str
    voting_as: str
    article: str

    @property
    def name(self) -> str:
        return BODIES[self.body]

    @property
    def place(self) -> tuple[str, str]:
        """What the step is, whatever its body was called at the time."""
        return self.role, self.voting_as if self.role == PROPOSE else ""


def chain_for(keys: Mapping[str, RuleValue], unit: str, *, without: Collection[str] = ()) -> tuple[Station, ...]:
    """Stations in order for a kind of organisation; bodies named in `without` do not exist there and are skipped.

    `keys` is the rule set in force on the day of the step. NoChain for a kind that it does not have.
    """
    rule = keys.get(unit)
    if rule is None or unit == DECIDER_KEY:
        raise NoChain("Loại tổ chức đảng này không có quy trình kết nạp trong bộ quy tắc đang áp dụng.")
    steps = [step.split(":") for step in rule.value]
    stations = tuple(
        Station(role, body, _voting_as(keys, role, body), rule.citation) for role, body in steps if body not in without
    )
    if not stations or stations[-1].role != DECIDE:
        raise NoChain("Không có cấp ủy nào được quyết định kết nạp; kiểm tra cấp trên trực tiếp của tổ chức.")
    return stations


def decider(keys: Mapping[str, RuleValue], unit: str) -> Station:
    """The body that decides for a kind of organisation."""
    return chain_for(keys, unit)[-1]


def continued(taken: Sequence[Station], chain: Sequence[Station]) -> tuple[Station, ...]:
    """The steps already taken as they were, then those of the new chain that have not been taken."""
    done = {station.place for station in taken}
    return *taken, *(station for station in chain if station.place not in done)


def same_way(current: Sequence[Station], coming: Sequence[Station]) -> bool:
    """Whether two rule sets send a case through the same bodies by the same votes; if not, in the gap people decide."""
    one, other = ([(each.role, each.body, each.voting_as) for each in chain] for chain in (current, coming))
    return one == other


def _voting_as(keys: Mapping[str, RuleValue], role: str, body: str) -> str:
    if role == APPRAISE:
        return ""
    if body == DELEGATED:
        return WHOLE_COMMITTEE if keys[DECIDER_KEY].value == "whole_committee" else STANDING_BOARD
    if role == DECIDE:
        return STANDING_BOARD
    return CELL if body == "cell" else COMMITTEE
