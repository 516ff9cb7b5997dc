"""The shipped rule sets of discipline: `procedure("qd21_2026")`, `violation("qd264_2025")`."""

from config.lib.rulesets import typed, with_overrides
from discipline.rules.forms import ViolationRules
from discipline.rules.votes import ProcedureRules
from tests.evaluations.regulations import keys

PROCEDURES = ("qd22_2021", "qd296_2025", "qd21_2026")
VIOLATIONS = ("qd69_2022", "qd264_2025", "qd212_2026")
OWN_APP = "discipline"


def procedure(code="qd21_2026", **chosen):
    return typed(ProcedureRules, with_overrides(keys("discipline_procedure", code, OWN_APP), chosen))


def violation(code="qd264_2025", **chosen):
    return typed(ViolationRules, with_overrides(keys("discipline_violation", code, OWN_APP), chosen))


def authority(code="qd21_2026"):
    return keys("discipline_authority", code, OWN_APP)
