"""The rules of moves in force on a day, with what the bodies above an organisation chose."""

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.rules.moves import FROM_REMOVAL, MoveRules

MOVES, REMOVAL = "moves", "removal"


def move_rules(day, organisation=None):
    """The sets of `day` (the oldest known before), with the choices that bind `organisation`."""
    stored = RuleSet.objects.latest_versions().filter(topic__in=[MOVES, REMOVAL]).order_by("effective_on")
    found = {topic: _in_force([each for each in stored if each.topic == topic], day) for topic in (MOVES, REMOVAL)}
    chosen = _choices(organisation, day) if organisation else {}
    keys = with_overrides(found[MOVES], {k: v for k, v in chosen.items() if k in found[MOVES]})
    return typed(MoveRules, {**keys, **{k: found[REMOVAL][k] for k in FROM_REMOVAL if k in found[REMOVAL]}})


def _in_force(sets, day):
    known = [each for each in sets if each.effective_on <= day] or sets[:1]
    return restore(known[-1].values) if known else {}


def _choices(organisation, day):
    rows = RuleOverride.objects.for_organisation(organisation, [MOVES], day)
    return {row.key: row.value for row in rows}
