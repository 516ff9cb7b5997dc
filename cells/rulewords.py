"""Vietnamese words for the topics, keys, units and coded values of rule sets (`catalogues/rule_words.toml`)."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from config.lib.charts import written
from config.lib.rulevalues import DEFAULT_NOTE, MARKS, READ_IN_TEXT, RuleValue

WORDS_FILE = Path(__file__).parent / "catalogues" / "rule_words.toml"
SAYS_NOTHING = "không quy định"
OWN_DEFAULT = "△"
CODED_UNITS = ("code", "level", "degree", "form", "event", "body", "choice")


@cache
def words():
    """The catalogue: a dictionary for each of topics, units, keys, endings, values."""
    with WORDS_FILE.open("rb") as file:
        return tomllib.load(file)


def topic_label(topic):
    return words()["topics"].get(topic, topic)


def key_label(key):
    """Words for a key; a key made of a level's code and an ending is put together."""
    if label := words()["keys"].get(key):
        return label
    level, _, ending = key.rpartition("_")
    kind = words()["endings"].get(ending)
    return f"{_coded(level.upper())}: {kind}" if level and kind else key


def code_label(code):
    """Words for a code that stands as a value in rule sets."""
    return _coded(code)


def value_text(rule: RuleValue):
    """The value as people write it, with its unit."""
    if rule.value is None:
        return SAYS_NOTHING
    text = _written(rule.value, rule.unit)
    unit = words()["units"].get(rule.unit, "")
    return f"{text} {unit}".strip()


def certainty(rule: RuleValue):
    """What the mark of a value says, in words."""
    if rule.mark == READ_IN_TEXT:
        return MARKS[READ_IN_TEXT]
    return DEFAULT_NOTE if rule.mark == OWN_DEFAULT else f"{MARKS[rule.mark]}, chưa đối chiếu văn bản"


def is_choosable(rule: RuleValue):
    """Whether a committee can write another value: the text leaves it open, and it is no code of ours."""
    if not rule.is_free or rule.choices:
        return rule.is_free
    if rule.unit == "list":
        return not set(rule.value or ()) & words()["values"].keys()
    return rule.unit not in CODED_UNITS


def _written(value, unit):
    if isinstance(value, tuple | list):
        return "; ".join(_written(item, unit) for item in value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if unit == "month-day":
        month, day = value.split("-")
        return f"{day}/{month}"
    if isinstance(value, int | Decimal):
        return str(value) if unit == "year" else written(Decimal(value))
    return _coded(value) if unit in (*CODED_UNITS, "list") else str(value)


def _coded(value):
    return words()["values"].get(value, value)
