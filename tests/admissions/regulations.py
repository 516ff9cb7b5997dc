"""The shipped rule sets of admission: `conditions("qd294_2025")`, `clocks("qd24_2021")`."""

from admissions.rules.check import AdmissionRules
from admissions.rules.clocks import ClockRules
from admissions.rules.conditions import ConditionRules
from admissions.rules.introducers import IntroducerRules
from admissions.rules.verification import VerificationRules
from config.lib.rulesets import typed, with_overrides
from members.rules import VoteBaseRules
from members.rules.probation import ProbationRules
from members.rules.readmission import ReadmissionRules
from tests.evaluations.regulations import keys

CODES = ("qd24_2021", "qd294_2025", "qd208_2026")
OWN_APP = "admissions"


def rules(cls, topic, code, app=OWN_APP, **chosen):
    """The typed rules of one topic with the choices of a committee on top."""
    return typed(cls, with_overrides(keys(topic, code, app), chosen))


def conditions(code="qd208_2026", **chosen):
    return rules(ConditionRules, "admission_conditions", code, **chosen)


def clocks(code="qd294_2025", **chosen):
    return rules(ClockRules, "admission_clocks", code, **chosen)


def base_rules(code="qd294_2025"):
    return rules(VoteBaseRules, "vote_base", code, "members")


def probation(code="qd294_2025", **chosen):
    return rules(ProbationRules, "probation", code, "members", **chosen)


def introducer_rules(code="qd294_2025", **chosen):
    return rules(IntroducerRules, "introducers", code, **chosen)


def readmission_rules(code="qd294_2025"):
    return rules(ReadmissionRules, "removal", code, "members")


def verification_rules(code="qd294_2025", **chosen):
    return rules(VerificationRules, "verification", code, **chosen)


def all_rules(code="qd294_2025"):
    """Everything by which an applicant is checked."""
    return AdmissionRules(
        conditions=conditions(code),
        introducers=introducer_rules(code),
        verification=verification_rules(code),
        readmission=readmission_rules(code),
    )
