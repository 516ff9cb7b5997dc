"""The shipped files against the parameters of discipline.md, which `discipline_rules.txt` carries cell by cell.

A cell is "value mark", "-" where the key is left out, "none" where there is no such limit. What leaves the voting base
is topic `vote_base` of `members`; a term for denunciations is not settled and has no key.
"""

from dataclasses import fields

import pytest

from discipline.rules.forms import ViolationRules
from discipline.rules.votes import ProcedureRules
from tests.discipline.regulations import OWN_APP, PROCEDURES, VIOLATIONS
from tests.evaluations.regulations import ROOT, keys, written

EXPECTED = (ROOT / "tests" / "expected" / "discipline_rules.txt").read_text(encoding="utf-8").splitlines()
OWN_DEFAULTS = {"reminder_days"}  # "a reminder is shown 5 days before a limit"
SETS = {"discipline_procedure": (ProcedureRules, PROCEDURES), "discipline_violation": (ViolationRules, VIOLATIONS)}


def topic_of(key):
    [topic] = [name for name, (rules, _) in SETS.items() if key in {each.name for each in fields(rules)}]
    return topic


@pytest.mark.parametrize("line", EXPECTED, ids=lambda line: line.split(" |")[0])
def test_every_value_and_mark(line):
    key, *expected = line.split(" | ")
    topic = topic_of(key)
    found = [keys(topic, code, OWN_APP).get(key) for code in SETS[topic][1]]
    assert [f"{written(each.value)} {each.mark}" if each else "-" for each in found] == expected


@pytest.mark.parametrize("topic", SETS)
def test_every_key_of_the_files_is_a_row_of_the_table(topic):
    named = {line.split(" |")[0] for line in EXPECTED}
    rules, codes = SETS[topic]
    found = {key for code in codes for key in keys(topic, code, OWN_APP)} - OWN_DEFAULTS
    assert found <= named
    assert found <= {each.name for each in fields(rules)}
