"""The rules of leaving the Party in force on a day for a body, and which sets they were."""

from dataclasses import dataclass

from config.lib.rulesets import with_overrides
from evaluations.rules.removal_votes import RemovalCaseRules
from members.rules import VoteBaseRules
from members.rules.exits import StandingRules
from members.standing_rules import RuleBook

CHAIN, POWERS = "admission_chain", "admission_powers"  # who may admit decides on removal (294-QĐ/TW, 8.1)
TOPICS = {"removal": RemovalCaseRules, "vote_base": VoteBaseRules, "standing": StandingRules}


@dataclass(frozen=True)
class RemovalDayRules:
    """The rules of one body on one day; `sets` says from when each set is in force, as a step keeps it."""

    removal: RemovalCaseRules
    votes: VoteBaseRules
    standing: StandingRules
    sets: dict


class RemovalBook(RuleBook):
    """The sets of leaving, read once in two queries, asked for any number of matters and days."""

    def __init__(self):
        super().__init__(TOPICS | dict.fromkeys((CHAIN, POWERS)))

    def on(self, organisation, day):
        """The rules that bind a body on a day."""
        first_days = {topic: self.set_on(topic, day) for topic in self._topics}
        return RemovalDayRules(
            removal=self.rules("removal", organisation, day),
            votes=self.rules("vote_base", organisation, day),
            standing=self.rules("standing", organisation, day),
            sets={topic: first.isoformat() for topic, first in first_days.items() if first},
        )

    def keys(self, topic, bodies, day):
        """The keys of a topic on a day with the choices of `bodies`, ids from a cell upwards, the nearest winning."""
        in_force = [keys for name, effective_on, keys in self._sets if name == topic and effective_on <= day]
        keys = in_force[-1] if in_force else {}
        rows = [each for each in self._choices if each.topic == topic and each.holds_on(day)]
        chosen = {}
        for body in reversed(bodies):
            chosen |= {each.key: each.value for each in rows if each.organisation_id == body}
        return with_overrides(keys, {key: value for key, value in chosen.items() if key in keys and keys[key].is_free})
