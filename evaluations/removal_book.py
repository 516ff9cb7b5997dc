"""The rules of leaving the Party in force on a day for a body, and which sets they were."""

from dataclasses import dataclass

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
        return RemovalDayRules(
            removal=self.rules("removal", organisation, day),
            votes=self.rules("vote_base", organisation, day),
            standing=self.rules("standing", organisation, day),
            sets=self.sets_on(day),
        )
