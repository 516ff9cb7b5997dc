"""The shipped files against the parameters of admissions.md §16, which `admission_rules.txt` carries cell by cell.

A cell is "value mark", "-" where the key is left out, "none" where there is no such limit ("off" in the table). Keys of
the topics that `members` shares have the names they have there: `cell_fraction` is `cell_share`, `readmission_approver`
is `readmission_provincial_consent`; marks of the topic `removal` are those of screening.md. `chain_template` is the
topic `admission_chain`, after the other parameters; last come the values of sections 3 to 6 that have no row in §16.
"""

from dataclasses import fields

import pytest

from admissions.rules.chain import BODIES
from admissions.rules.clocks import ClockRules
from admissions.rules.conditions import ConditionRules
from admissions.rules.introducers import IntroducerRules
from admissions.rules.reminders import ReminderRules
from admissions.rules.verification import VerificationRules
from members.rules.probation import ProbationRules
from members.rules.readmission import ReadmissionRules
from tests.admissions.regulations import CODES
from tests.evaluations.regulations import ROOT, keys, shipped, written

CHAINS = ("chain_2011", "chain_2025", "chain_2026")
FIGURES = ("admission_groups", "admission_statistics", "admission_powers")  # our own, none of §16
SHARED = ("probation", "removal", "vote_base")
REMINDERS = ("reminders",)
CLASSES = {
    "admission_reminders": ReminderRules,
    "admission_clocks": ClockRules,
    "admission_conditions": ConditionRules,
    "introducers": IntroducerRules,
    "probation": ProbationRules,
    "verification": VerificationRules,
}
EXPECTED = (ROOT / "tests" / "expected" / "admission_rules.txt").read_text(encoding="utf-8").splitlines()


def app_of(topic):
    return "members" if topic in SHARED else "admissions"


def codes_of(topic):
    return {"admission_chain": CHAINS, "admission_reminders": REMINDERS}.get(topic, CODES)


def cell(topic, code, key):
    found = keys(topic, code, app_of(topic))
    return f"{written(found[key].value)} {found[key].mark}" if key in found else "-"


@pytest.mark.parametrize("line", EXPECTED, ids=lambda line: line.split(" |")[0])
def test_every_value_and_mark(line):
    name, *expected = line.split(" | ")
    topic, key = name.split()

    assert [cell(topic, code, key) for code in codes_of(topic)] == expected


def test_the_table_names_every_shipped_key():
    listed = {tuple(line.split(" |")[0].split()) for line in EXPECTED}
    own = [each for each in shipped("admissions") if each.topic not in FIGURES]
    files = [*own, *(each for each in shipped("members") if each.topic == "probation")]

    assert {(each.topic, key) for each in files for key in each.keys} <= listed
    assert {(each.topic, each.code) for each in files} == {
        *((topic, code) for topic in CLASSES for code in codes_of(topic)),
        *(("admission_chain", code) for code in CHAINS),
        ("admission_clocks", "qd232_2025"),
    }


@pytest.mark.parametrize("topic", CLASSES)
def test_every_shipped_key_is_a_field_of_its_rules(topic):
    known = {field.name for field in fields(CLASSES[topic])}

    assert {key for each in shipped(app_of(topic)) if each.topic == topic for key in each.keys} <= known


def test_the_fields_of_readmission_are_keys_of_the_shared_topic():
    assert {field.name for field in fields(ReadmissionRules)} - {"values"} <= set(
        keys("removal", "qd294_2025", "members")
    )


def test_232_keeps_the_sixty_working_days_and_is_a_default_elsewhere():
    before, known = (keys("admission_clocks", code, "admissions") for code in ("qd24_2021", "qd232_2025"))

    assert {key: rule.value for key, rule in known.items()} == {key: rule.value for key, rule in before.items()}
    assert {key: rule.mark for key, rule in known.items() if rule.mark not in ("△", "◇")} == {
        "admission_decision_working_days": "●"
    }


@pytest.mark.parametrize(
    ("topic", "days"),
    [
        ("admission_conditions", ["2021-07-30", "2025-07-01", "2026-07-26"]),
        ("introducers", ["2021-07-30", "2025-07-01", "2026-07-26"]),
        ("verification", ["2021-07-30", "2025-07-01", "2026-07-26"]),
        ("probation", ["2021-07-30", "2025-07-01", "2026-07-26"]),
        ("admission_clocks", ["2021-07-30", "2025-01-20", "2025-07-01", "2026-07-26"]),
        ("admission_chain", ["2011-11-01", "2025-07-01", "2026-07-26"]),
    ],
)
def test_the_days_from_which_the_sets_hold(topic, days):
    assert [f"{each.effective_on}" for each in shipped(app_of(topic)) if each.topic == topic] == days


def test_bodies_of_the_chains_are_words():
    steps = {step for code in CHAINS for rule in keys("admission_chain", code, "admissions").values()
             if isinstance(rule.value, tuple) for step in rule.value}  # fmt: skip

    assert {step.partition(":")[0] for step in steps} == {"propose", "appraise", "decide"}
    assert {step.partition(":")[2] for step in steps} == set(BODIES)


def test_file_names_carry_date_and_number():
    names = {path.name for path in (ROOT / "admissions" / "rulesets").glob("*.toml")}

    assert len(names) == 21
    assert "2025-07-01-qd294-admission-conditions.toml" in names
