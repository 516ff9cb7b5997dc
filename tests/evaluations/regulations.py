"""The shipped rule sets of the tests: `rules("qd366_2025").cap`, `chain("chain_2025")`."""

from functools import cache
from pathlib import Path

from config.lib.rulesets import discover, with_overrides
from evaluations.rules import season_rules

ROOT = Path(__file__).resolve().parents[2]


@cache
def shipped(app="evaluations"):
    return tuple(discover(ROOT / app))


def keys(topic, code, app="evaluations"):
    [found] = [each.keys for each in shipped(app) if (each.topic, each.code) == (topic, code)]
    return found


def rules(code="qd366_2025", **overrides):
    """Rules of a season; `cap={"cap_rounding": "half_up"}` is a choice of the committee in that topic."""
    by_topic = {
        each.topic: with_overrides(each.keys, overrides.get(each.topic, {})) for each in shipped() if each.code == code
    }
    return season_rules(by_topic)


def written(value):
    """A value as the tables under `expected` write it."""
    if isinstance(value, tuple):
        return ", ".join(map(written, value))
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    return str(value)
