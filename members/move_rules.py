"""The rules of moves in force on a day, with what the bodies above an organisation chose."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.enums import TransferKind
from members.rules.moves import FROM_REMOVAL, MoveRules, late_since, removal_since

MOVES, REMOVAL = "moves", "removal"


@dataclass(frozen=True)
class Limits:
    """What is overdue on `day`: slips issued by the day of their kind, clocks of removal begun by another."""

    day: date
    issued_by: tuple[tuple[str, date], ...]
    taken_by: date | None


def move_rules(day, organisation=None):
    """The sets of `day` (the oldest known before), with the choices that bind `organisation`."""
    moves, removal = (_in_force(topic, day) for topic in (MOVES, REMOVAL))
    keys = with_overrides(moves, _choices(organisation, day, moves) if organisation else {})
    return typed(MoveRules, {**keys, **{name: removal[name] for name in FROM_REMOVAL if name in removal}})


@lru_cache(maxsize=8)
def overdue_limits(today):
    """By the rules of today, without the choices of single committees: the list goes over many."""
    rules = move_rules(today)
    found = {kind.value: late_since(rules, today, kind) for kind in TransferKind}
    return Limits(today, tuple((kind, day) for kind, day in found.items() if day), removal_since(rules, today))


def _in_force(topic, day):
    sets = [each for each in _loaded() if each.topic == topic]
    known = [each for each in sets if each.effective_on <= day] or sets[:1]
    return restore(known[-1].values) if known else {}


@cache
def _loaded():
    """The sets of both topics by date; a loaded set never changes, new ones come with a release."""
    return list(RuleSet.objects.latest_versions().filter(topic__in=[MOVES, REMOVAL]).order_by("effective_on"))


def _choices(organisation, day, keys):
    rows = RuleOverride.objects.for_organisation(organisation, [MOVES], day)
    return {row.key: row.value for row in rows if row.key in keys}
