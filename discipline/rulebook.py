"""The rules of discipline in force on a day for a body: of the procedure by the step, of the violation by the vote."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from config.lib.rulesets import Rules, RuleValue
from discipline.rules.forms import ViolationRules
from discipline.rules.votes import ProcedureRules
from members.rules import VoteBaseRules
from members.standing_rules import RuleBook, sets_of

PROCEDURE, VIOLATION, AUTHORITY, VOTE_BASE, POWERS = (
    "discipline_procedure",
    "discipline_violation",
    "discipline_authority",
    "vote_base",
    "admission_powers",
)


@dataclass(frozen=True, kw_only=True)
class PowerRules(Rules):
    """Whether a base committee was given the right to admit, with which that to expel goes (Charter 36)."""

    base_powers: str | None = None


TOPICS = {
    PROCEDURE: ProcedureRules,
    VIOLATION: ViolationRules,
    VOTE_BASE: VoteBaseRules,
    POWERS: PowerRules,
    AUTHORITY: None,
}


@dataclass(frozen=True)
class DayRules:
    """The rules of one body on one day; `sets` says from when each set is in force, as a step keeps it."""

    on: date
    procedure: ProcedureRules
    violation: ViolationRules
    votes: VoteBaseRules
    authority: dict[str, RuleValue]
    powers: PowerRules
    sets: dict[str, str]

    @property
    def are_known(self):
        """Whether the product knows the rules of that day; older cases are recorded without suggestions."""
        return bool(self.procedure.values) and bool(self.violation.values)


@cache
def known_sets():
    """The rule sets, read once a process: a loaded set never changes."""
    return sets_of(tuple(TOPICS))


class CaseBook(RuleBook):
    """The sets of discipline with what committees chose; `chosen` are those a person took in place of the day's."""

    def __init__(self, chosen=None, *, is_chosen=True):
        super().__init__(TOPICS, known_sets(), is_chosen=is_chosen)
        self._chosen_days = {topic: date.fromisoformat(each["from"]) for topic, each in (chosen or {}).items()}

    @classmethod
    def of(cls, case):
        """The book of a case with the sets that were chosen for it."""
        return cls(case.sets)

    def on(self, organisation, day) -> DayRules:
        """The rules that bind a body on a day."""
        days = {topic: self._chosen_days.get(topic, day) for topic in TOPICS}
        sets = {topic: first.isoformat() for topic in TOPICS if (first := self.set_on(topic, days[topic]))}
        return DayRules(
            on=day,
            procedure=self.rules(PROCEDURE, organisation, days[PROCEDURE]),
            violation=self.rules(VIOLATION, organisation, days[VIOLATION]),
            votes=self.rules(VOTE_BASE, organisation, days[VOTE_BASE]),
            authority=self.in_force(AUTHORITY, days[AUTHORITY]),
            powers=self.rules(POWERS, organisation, days[POWERS]),
            sets=sets,
        )

    def choices(self, topic):
        """(first day, first day) of the sets of a topic, for a person who chooses another than the day's."""
        return [on for name, on, _ in self._sets if name == topic]
