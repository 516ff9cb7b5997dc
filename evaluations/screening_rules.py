"""The rules of screening in force on a day for a body, with what its committees chose, read once for many people."""

from config.lib.rulesets import Rules, typed
from evaluations.rules.screening import AssistanceRules
from evaluations.rules.screening_hints import HintRules
from members.rules import VoteBaseRules
from members.rules.exits import RemovalRules
from members.rules.moves import FROM_REMOVAL, MoveRules
from members.rules.probation import ProbationRules
from members.standing_rules import RuleBook

TOPICS: dict[str, type[Rules]] = {
    "removal": RemovalRules,
    "assistance": AssistanceRules,
    "hints": HintRules,
    "vote_base": VoteBaseRules,
    "probation": ProbationRules,
    "moves": MoveRules,
}


class ScreeningBook(RuleBook):
    """The sets of screening, in two queries whatever the number of cells and days."""

    def __init__(self):
        super().__init__(TOPICS)

    def of(self, topic, organisation, day):
        """The rules of a topic that bind a body on a day; the same choices bind many bodies, which share one answer."""
        return self.shared(topic, organisation, day)

    def moves(self, organisation, day):
        """The rules of moves with the one clock that the topic of removal holds (294-QĐ/TW, 6.3.1)."""
        removal = self.of("removal", organisation, day).values
        clock = {name: removal[name] for name in FROM_REMOVAL if name in removal}
        return typed(MoveRules, {**self.of("moves", organisation, day).values, **clock})
