"""The rules of admission in force on a day for a body, with what its committees chose, and which sets they were."""

from dataclasses import dataclass
from datetime import date

from admissions.rules.check import AdmissionRules
from admissions.rules.clocks import ClockRules
from admissions.rules.conditions import ConditionRules, in_gap
from admissions.rules.introducers import IntroducerRules
from admissions.rules.verification import VerificationRules
from members.rules import VoteBaseRules
from members.rules.probation import ProbationRules
from members.rules.readmission import ReadmissionRules
from members.standing_rules import RuleBook

TOPICS = {
    "admission_conditions": ConditionRules,
    "introducers": IntroducerRules,
    "verification": VerificationRules,
    "removal": ReadmissionRules,
    "admission_clocks": ClockRules,
    "vote_base": VoteBaseRules,
    "probation": ProbationRules,
}
CHAIN, POWERS = "admission_chain", "admission_powers"  # read as they are by `admissions.stations`


@dataclass(frozen=True)
class DayRules:
    """The rules of one body on one day; `sets` says from when each set is in force, as a step keeps it."""

    on: date
    admission: AdmissionRules
    clocks: ClockRules
    votes: VoteBaseRules
    probation: ProbationRules
    sets: dict[str, str]


class AdmissionBook(RuleBook):
    """The sets of admission, read once in two queries, asked for any number of candidates and days."""

    def __init__(self):
        super().__init__(TOPICS | dict.fromkeys((CHAIN, POWERS)))

    def on(self, organisation, day) -> DayRules:
        """The rules that bind a body on a day."""

        def of(topic):
            return self.rules(topic, organisation, day)

        admission = AdmissionRules(of("admission_conditions"), of("introducers"), of("verification"), of("removal"))
        clocks, votes, probation = of("admission_clocks"), of("vote_base"), of("probation")
        return DayRules(day, admission, clocks, votes, probation, self.sets_on(day))

    def coming(self, organisation, day) -> AdmissionRules | None:
        """What applicants are checked by from the next conditions on; None where none are known."""
        later = (on for topic, on, _ in self._sets if topic == "admission_conditions" and on > day)
        first = min(later, default=None)
        return self.on(organisation, first).admission if first else None

    def coming_clocks(self, organisation, day):
        """In the gap of 2026, the clocks of the next set too; None outside of it."""
        if not in_gap(self.rules("admission_conditions", organisation, day), day):
            return None
        first = min((on for topic, on, _ in self._sets if topic == "admission_clocks" and on > day), default=None)
        return self.rules("admission_clocks", organisation, first) if first else None

    def coming_chain_day(self, organisation, day):
        """In the gap of 2026, the first day of the next chains; None outside of it."""
        if not in_gap(self.rules("admission_conditions", organisation, day), day):
            return None
        return min((on for topic, on, _ in self._sets if topic == CHAIN and on > day), default=None)
