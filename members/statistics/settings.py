"""The rules of the forms for one body and day: the set in force, with what the body and those above it chose."""

from functools import cache

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.statistics.rules import TOPIC, StatisticsRules


def rules_of(organisation_id, history, day):
    """The rules by which forms of `day` are made for a body that stood where it stood on that day."""
    chosen = choices_of(organisation_id, history, day, [TOPIC])[TOPIC]
    return typed(StatisticsRules, with_overrides(_keys_on(day), chosen))


def choices_of(organisation_id, history, day, topics):
    """{topic: {key: value}} of what the body and those above it chose, the nearest body's word; one query."""
    chain = history.chain(organisation_id, day)
    rows = RuleOverride.objects.on(day).filter(topic__in=topics, organisation_id__in=chain)
    chosen = list(rows.values_list("organisation_id", "topic", "key", "value"))
    chosen.sort(key=lambda row: -chain.index(row[0]))  # the nearest body last
    return {topic: {key: value for _, about, key, value in chosen if about == topic} for topic in topics}


def _keys_on(day):
    """The newest set in force on `day`; of a day before all of them the oldest."""
    found = [keys for effective_on, keys in _sets() if effective_on <= day]
    return found[-1] if found else _sets()[0][1]


@cache
def _sets():
    """(first day, keys) of every loaded set, oldest first; new ones come with a release."""
    rows = RuleSet.objects.latest_versions().filter(topic=TOPIC).order_by("effective_on", "code")
    return [(row.effective_on, restore(row.values)) for row in rows]
