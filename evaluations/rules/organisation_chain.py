"""Which body above decides on an organisation, and which between them proposes (43-HD/BTCTW, mục 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.lib.rulesets import RuleValue

BASE_COMMITTEE, ABOVE_BASE, DIRECTLY_ABOVE = "base_committee", "above_base", "directly_above"
PREFIX = "org"


@dataclass(frozen=True)
class Body:
    """An organisation as the chain looks at it."""

    kind: str
    level: int | None
    is_base: bool


@dataclass(frozen=True)
class OrganisationStations:
    """Places above the organisation itself, 0; `decider` None where the tree has no such body."""

    decider: int | None
    proposer: int | None = None


def organisation_stations(bodies: Sequence[Body], keys: Mapping[str, RuleValue]) -> OrganisationStations | None:
    """Who decides on the first of `bodies`, which stand upwards from it; None for a kind that is not rated.

    `keys` is the rule set of topic `chain` of the day asked about, with local choices on top.
    """
    own = bodies[0]
    rule = keys.get(f"{PREFIX}_{own.kind}_{own.level}") or keys.get(f"{PREFIX}_{own.kind}")
    if rule is None:
        return None
    proposers = keys.get(f"{PREFIX}_proposers")
    between = proposers.value if proposers else ()
    decider = _decider(bodies, rule.value, between)
    proposer = next((place for place in range(1, decider or 0) if bodies[place].kind in between), None)
    return OrganisationStations(decider, proposer)


def _decider(bodies: Sequence[Body], code: str, between: Sequence[str]) -> int | None:
    """The place of the body of that code; where there is no base above, the next body that does not only propose."""
    above = [place for place in range(1, len(bodies)) if bodies[place].kind not in between]
    if code == DIRECTLY_ABOVE:
        return 1 if len(bodies) > 1 else None
    base = next((place for place in above if bodies[place].is_base), None)
    if base is None:
        return above[0] if above else None
    if code == BASE_COMMITTEE:
        return base
    return base + 1 if base + 1 < len(bodies) else None
