"""Priority groups (topic `admission_groups`): whom each takes in, as tests on what was frozen at admission. Pure.

A test is “name=value|value”, “name!=value|value” or “age<=30”, several joined by “ & ”; an empty value is not known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from admissions.enums import Group
from config.lib.rulesets import Rules

TOPIC = "admission_groups"
_TEST = re.compile(r"([a-z_]+)(!=|<=|=)(.*)")
_LINE = re.compile(r"([a-z_]+): (.+?): (.+)")


@dataclass(frozen=True, kw_only=True)
class GroupRules(Rules):
    workers: tuple[str, ...] | None = None
    youth: tuple[str, ...] | None = None
    intellectuals: tuple[str, ...] | None = None
    teachers: tuple[str, ...] | None = None
    students: tuple[str, ...] | None = None
    women: tuple[str, ...] | None = None
    minorities: tuple[str, ...] | None = None
    state_enterprise: tuple[str, ...] | None = None
    state_share: tuple[str, ...] | None = None
    private_enterprise: tuple[str, ...] | None = None
    group_lines: tuple[str, ...] | None = None
    quiet_years: int | None = None
    quality_years: int | None = None


@dataclass(frozen=True)
class GroupTest:
    """A group or a line below one: its code, its words, and the tests of which one must be met."""

    code: str
    words: str
    tests: tuple[str, ...]
    depth: int = 0

    def takes(self, values: Mapping[str, str | int | None]) -> bool:
        return any(meets(test, values) for test in self.tests)


def group_tests(rules: GroupRules) -> list[GroupTest]:
    """Every group of the rule set with its lines below it, in the order of the report."""
    found, lines = [], [_LINE.fullmatch(line) for line in rules.group_lines or ()]
    for group in Group:
        tests = getattr(rules, group.value)
        if tests is None:
            continue
        found.append(GroupTest(group.value, group.label, tests))
        below = [line for line in lines if line and line[1] == group.value]
        found += [
            GroupTest(f"{group.value}.{number}", line[2], (line[3],), 1) for number, line in enumerate(below, start=1)
        ]
    return found


def meets(test: str, values: Mapping[str, str | int | None]) -> bool:
    """Whether every part of a test holds; a part that cannot be read holds of nobody."""
    return all(_holds(part.strip(), values) for part in test.split("&"))


def _holds(part: str, values: Mapping[str, str | int | None]) -> bool:
    found = _TEST.fullmatch(part)
    if not found:
        return False
    name, sign, wanted = found.groups()
    value = values.get(name)
    if sign == "<=":
        return isinstance(value, int) and wanted.isdecimal() and value <= int(wanted)
    is_among = str(value or "") in wanted.split("|")
    return is_among if sign == "=" else not is_among
