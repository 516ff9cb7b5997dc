"""The rules of admission in force on a day for a body, with what its committees chose, and which sets they were."""

from dataclasses import dataclass
from datetime import date

from admissions.rules.check import AdmissionRules
from admissions.rules.clocks import ClockRules
from admissions.rules.conditions import ConditionRules
from admissions.rules.introducers import IntroducerRules
from admissions.rules.readmission import ReadmissionRules
from admissions.rules.verification import VerificationRules
from members.rules import VoteBaseRules
from members.rules.probation import ProbationRules
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
        super().__init__(TOPICS)

    def on(self, organisation, day) -> DayRules:
        """The rules that bind a body on a day."""

        def of(topic):
            return self.rules(topic, organisation, day)

        admission = AdmissionRules(of("admission_conditions"), of("introducers"), of("verification"), of("removal"))
        in_force = {topic: self.set_on(topic, day) for topic in TOPICS}
        sets = {topic: first.isoformat() for topic, first in in_force.items() if first}
        return DayRules(day, admission, of("admission_clocks"), of("vote_base"), of("probation"), sets)
