"""Rule sets in words, with what committees chose."""

from dataclasses import dataclass
from datetime import date

from cells.models import RuleOverride, RuleSet
from cells.permissions import Permission
from cells.rulewords import certainty, is_choosable, key_label, topic_label, value_text
from config.lib.rulesets import RuleValue, restore
from config.lib.rulevalues import READ_IN_TEXT, RuleSetError, coerce
from config.lib.vietnamese import fold


@dataclass(frozen=True)
class Topic:
    """All rule sets of one topic, the newest first."""

    label: str
    rule_sets: list[RuleSet]


@dataclass(frozen=True)
class ChoiceLine:
    """What a committee chose, in words."""

    override: RuleOverride
    topic: str
    label: str
    value: str
    may_end: bool


@dataclass(frozen=True)
class RuleLine:
    """One key: its value in words, how sure it is, where it stands, and what committees chose instead."""

    key: str
    label: str
    value: str
    certainty: str
    is_read: bool
    is_choosable: bool
    source: str
    choices: list[ChoiceLine]


def topics():
    """The newest version of every rule set by topic, in the order of the topics' names."""
    found: dict = {}
    for rule_set in RuleSet.objects.latest_versions().defer("values").order_by("-effective_on", "code"):
        found.setdefault(rule_set.topic, []).append(rule_set)
    return sorted((Topic(topic_label(topic), sets) for topic, sets in found.items()), key=lambda each: each.label)


def rule_set_by_id(rule_set_id):
    """The rule set of that id; None when there is none."""
    return RuleSet.objects.filter(pk=rule_set_id).first()


def rule_lines(rule_set, user, day):
    """Every key of the set in the order of its words, with the choices that `user` may read."""
    chosen: dict = {}
    for line in choice_lines(user, day, topic=rule_set.topic):
        chosen.setdefault(line.override.key, []).append(line)
    lines = (_rule_line(key, rule, chosen.get(key, [])) for key, rule in restore(rule_set.values).items())
    return sorted(lines, key=lambda line: fold(line.label))


def _rule_line(key, rule: RuleValue, choices):
    return RuleLine(
        key=key,
        label=key_label(key),
        value=value_text(rule),
        certainty=certainty(rule),
        is_read=rule.mark == READ_IN_TEXT,
        is_choosable=is_choosable(rule),
        source=rule.source,
        choices=choices,
    )


def choice_lines(user, day: date, *, topic=None):
    """Choices that hold on `day` or later, of the bodies in the scope of `user` and of those above them."""
    rows = RuleOverride.objects.visible_to(user, Permission.RULES_VIEW).lasting(day)
    rows = rows.filter(topic=topic) if topic else rows
    order = ("topic", "key", "organisation__path", "started_on")
    found = list(rows.select_related("organisation").order_by(*order))
    newest = _newest_rules() if found else {}
    return [_choice_line(row, newest, user) for row in found]


def _choice_line(override, newest, user):
    return ChoiceLine(
        override=override,
        topic=topic_label(override.topic),
        label=key_label(override.key),
        value=_chosen_text(override, newest.get((override.topic, override.key))),
        may_end=override.ended_on is None and user.may(Permission.RULES_MANAGE, override),
    )


def _newest_rules():
    """The rule of the newest set that has the key, by topic and key: it tells the unit of a stored choice."""
    rules: dict = {}
    for topic, values in RuleSet.objects.latest_versions().order_by("effective_on").values_list("topic", "values"):
        rules |= {(topic, key): rule for key, rule in restore(values).items()}
    return rules


def _chosen_text(override, rule):
    if rule is None:
        return str(override.value)
    try:
        value = coerce(override.key, rule.unit, override.value)
    except RuleSetError:
        return str(override.value)
    return value_text(RuleValue(value, rule.unit, rule.mark, rule.source))
