"""The rules of the quarterly follow-up of a year, for a body: its rule set with what the bodies above it chose.

A choice holds for a quarter when it holds on the last day of that quarter. Nothing here waits for a season: quarters
are written down long before the season of their year opens.
"""

import json
from collections import defaultdict
from functools import lru_cache

from django.db.models import Q

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import RuleSetError, restore, typed, with_overrides
from evaluations.rules import RegulationRules
from evaluations.rules.quarterly import LAST, Quarter, QuarterlyRules, quarters_of
from evaluations.rules.topics import ScoreFrameRules
from evaluations.season_rules import SCALE
from members.rules import scale_from

TOPIC, RULESET, FRAME = "quarterly", "ruleset", "score_frame"
ENABLED = "quarterly_enabled"


class QuarterBooks:
    """Two reads whatever is asked afterwards; a year without a rule set has no quarters."""

    def __init__(self, year):
        self.year = year
        sets = _sets_of(year)
        self.rule_set = sets[TOPIC].pk if TOPIC in sets else None
        self.rule_code = sets[RULESET].code if RULESET in sets else ""
        self.keys, self.scale, self.frame = _loaded(tuple((each.pk, each.digest) for each in sets.values()))
        self.choices = defaultdict(list)
        self.enabling = []
        rows = RuleOverride.objects.standing().filter(topic=TOPIC).select_related("organisation")
        for row in rows.order_by("started_on"):
            self.choices[row.organisation_id].append(row)
            if row.key == ENABLED and row.value is True:
                self.enabling.append(row.organisation)
        self._known = {}

    def rules(self, above, number):
        """The rules of one quarter for the last of `above`, ids from the root down; the nearest choice wins."""
        day, chosen = Quarter(self.year, number).last_day, {}
        for organisation in above:
            for row in self.choices.get(organisation, ()):
                if row.holds_on(day) and row.key in self.keys:
                    chosen[row.key] = row.value
        name = json.dumps(chosen, sort_keys=True)
        if name not in self._known:
            self._known[name] = typed(QuarterlyRules, _with(self.keys, chosen))
        return self._known[name]

    def is_on(self, above, number):
        """Whether that quarter is followed there, by itself."""
        rules = self.rules(above, number)
        return bool(rules.quarterly_enabled) and number in {each.number for each in quarters_of(rules, self.year)}

    def quarters(self, above):
        """The quarters that are followed there."""
        return [Quarter(self.year, number) for number in range(1, LAST + 1) if self.is_on(above, number)]

    def reaches(self, organisation):
        """Whether a quarter of the year is followed in the body itself, or somewhere below it."""
        below = [each for each in self.enabling if each.path.startswith(organisation.path)]
        return any(self.quarters(each.ancestor_ids()) for each in (organisation, *below))

    @property
    def roots(self):
        """The maxima of the two groups of criteria."""
        return self.frame.root_general_max, self.frame.root_results_max


def _with(keys, chosen):
    """The keys with the choices that fit this rule set; one that does not is left out, as another year may have it."""
    for name, value in chosen.items():
        try:
            keys = with_overrides(keys, {name: value})
        except RuleSetError:
            continue
    return keys


def _sets_of(year):
    """The sets of the year by topic, and all scales, without their values."""
    covers = Q(first_season_year__lte=year) & (Q(last_season_year__isnull=True) | Q(last_season_year__gte=year))
    rows = RuleSet.objects.latest_versions().filter(Q(topic__in=[TOPIC, RULESET, FRAME]) & covers | Q(topic=SCALE))
    found = {}
    for each in rows.defer("values").order_by("effective_on"):
        found[each.topic if each.topic != SCALE else f"{SCALE} {each.code}"] = each
    return found


@lru_cache(maxsize=16)
def _loaded(digests):
    """(keys of the topic, scale, score frame) of loaded sets, which never change."""
    sets = {}
    for each in RuleSet.objects.filter(pk__in=[pk for pk, _ in digests]):
        sets[each.topic if each.topic != SCALE else f"{SCALE} {each.code}"] = each
    if TOPIC not in sets or RULESET not in sets:
        return {}, None, ScoreFrameRules()
    named = typed(RegulationRules, restore(sets[RULESET].values))
    scale = sets[f"{SCALE} {named.scale}"]
    frame = typed(ScoreFrameRules, restore(sets[FRAME].values)) if FRAME in sets else ScoreFrameRules()
    return restore(sets[TOPIC].values), scale_from(scale.code, restore(scale.values)), frame
