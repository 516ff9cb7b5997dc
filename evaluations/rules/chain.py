"""Through which bodies the ratings of a cell go: who proposes, who appraises, who decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.lib.rulesets import RuleValue

PROPOSE, APPRAISE, DECIDE = "propose", "appraise", "decide"
PROPOSE_AND_DECIDE = "propose_and_decide"


class NoChain(ValueError):
    """The bodies above a cell give no chain; the message says what is missing."""


@dataclass(frozen=True)
class Station:
    """`index` counts upwards from the cell itself, 0."""

    role: str
    index: int


def chain_for(bodies: Sequence[tuple[str, int | None]], keys: Mapping[str, RuleValue]) -> tuple[Station, ...]:
    """Stations from the cell up to the body that decides; `bodies` are (kind, level) from the cell upwards.

    `keys` is the rule set of topic `chain` on the day asked about, with local choices on top. A kind that the rule
    set does not name, or that is missing in the tree, is skipped. NoChain if the first body may not propose, or if
    none decides.
    """
    roles = [_role(keys, kind, level) for kind, level in bodies]
    if not roles or roles[0] not in (PROPOSE, PROPOSE_AND_DECIDE):
        raise NoChain("Tổ chức đảng này không phải là nơi đề nghị xếp loại đảng viên theo quy tắc đang áp dụng.")
    if roles[0] == PROPOSE_AND_DECIDE:
        return Station(PROPOSE, 0), Station(DECIDE, 0)
    if DECIDE not in roles:
        raise NoChain("Không có cấp trên nào được quyết định xếp loại; kiểm tra cấp trên trực tiếp của chi bộ.")
    decider = roles.index(DECIDE)
    appraisers = [Station(APPRAISE, index) for index in range(1, decider) if roles[index] == APPRAISE]
    return Station(PROPOSE, 0), *appraisers, Station(DECIDE, decider)


def _role(keys: Mapping[str, RuleValue], kind: str, level: int | None) -> str | None:
    """What a body does; a key of kind and level ("commune_4") goes before the key of the kind."""
    rule = keys.get(f"{kind}_{level}") or keys.get(kind)
    return rule.value if rule else None
