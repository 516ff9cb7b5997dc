"""Priority groups of the report of 2013 (admissions.md, 13): whom each test takes in."""

from pathlib import Path

import pytest

from admissions.rules.groups import GroupRules, group_tests, meets
from config.lib.rulesets import load_file, typed

FILE = Path(__file__).parents[2] / "admissions" / "rulesets" / "2013-12-30-admission-groups.toml"
RULES = typed(GroupRules, load_file(FILE))


def groups_of(**values):
    return [test.code for test in group_tests(RULES) if test.takes(values)]


@pytest.mark.parametrize(
    ("values", "groups"),
    [
        ({"occupation": "enterprise_direct_worker"}, ["workers"]),
        ({"worker_kind": "production"}, ["workers", "workers.1"]),
        ({"worker_kind": "processing"}, ["workers", "workers.2"]),
        ({"worker_kind": "technical"}, ["workers", "workers.3"]),
        ({"age": 30}, ["youth"]),
        ({"age": 31}, []),
        ({"age": None}, []),
        ({"age": 34, "union_member": "yes"}, ["youth", "youth.1"]),
        ({"is_intellectual": "yes", "is_teacher": "yes"}, ["intellectuals", "teachers"]),
        ({"is_teacher": ""}, []),
        ({"occupation": "pupil"}, ["students", "students.2"]),
        ({"sex": "female"}, ["women"]),
        ({"ethnic": "khmer"}, ["minorities"]),
        ({"ethnic": "kinh"}, []),
        ({"ethnic": ""}, []),
        ({"enterprise_type": "state"}, ["state_enterprise"]),
        ({"enterprise_type": "joint_stock", "state_share": "yes", "union_member": "yes", "age": 40},
         ["youth", "youth.1", "state_share", "state_share.1"]),
        ({"enterprise_type": "joint_stock", "state_share": "no"}, ["private_enterprise"]),
        ({"enterprise_type": "joint_stock", "state_share": ""}, []),
        ({"enterprise_type": "limited", "state_share": ""}, ["private_enterprise"]),
        ({"enterprise_type": "none"}, []),
    ],
)  # fmt: skip
def test_whom_each_group_takes_in(values, groups):
    assert groups_of(**values) == groups


@pytest.mark.parametrize("test", ["", "age<=", "age<=x", "junk", "sex", "age<=30 & junk"])
def test_a_test_that_cannot_be_read_takes_nobody_in(test):
    assert not meets(test, {"age": 20, "sex": "female"})


def test_every_value_of_the_groups_is_a_default():
    assert {rule.mark for rule in RULES.values.values()} == {"△"}
