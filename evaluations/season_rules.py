"""The rules of one season: found when it opens, frozen by id, and read back typed with the committee's own choices."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import RuleSetError, restore, typed, with_overrides
from evaluations.rules import SeasonRules, deadlines, season_rules
from evaluations.rules.score_pattern import Pattern, patterns_of
from evaluations.rules.topics import TOPICS
from evaluations.rules.unusual import WatchRules
from members.rules import Scale, VoteBaseRules, scale_from

VOTE_BASE, SCALE, PATTERN, WATCH = "vote_base", "scale", "score_pattern", "watch"
TOPICS_OF_ONE = (*TOPICS, PATTERN)  # topics of which a regulation has one set of its own
WANTED = [*TOPICS, SCALE, VOTE_BASE, PATTERN]


@dataclass(frozen=True)
class RuleBook:
    """Everything that rules one season: its topics, the names of its levels, the base of its votes, its appendices."""

    code: str
    title: str
    rules: SeasonRules
    scale: Scale
    organisation_scale: Scale
    vote_base: VoteBaseRules
    patterns: Mapping[str, Pattern]
    watch: WatchRules

    @property
    def uses_points(self):
        """Whether levels depend on points and tasks in this rule set."""
        return self.rules.conditions.score_min_httnv is not None

    @property
    def regulation(self):
        """The regulation and guidance by their numbers."""
        found = (self.rules.ruleset.regulation_number, self.rules.ruleset.guidance_number)
        return ", ".join(number for number in found if number)

    @property
    def citations(self):
        """The regulation and its guidance, each as a document cites it (documents, section 7)."""
        return citations_of(self.rules.ruleset)


def citations_of(named):
    """The regulation and the guidance that a `ruleset` topic names, as documents cite them."""
    found = []
    if named.regulation_number:
        found.append(f"Quy định số {named.regulation_number}, ngày {named.regulation_date:%d/%m/%Y} của Bộ Chính trị")
    if named.guidance_number:
        found.append(f"Hướng dẫn số {named.guidance_number} của Ban Tổ chức Trung ương")
    return tuple(found)


@dataclass(frozen=True)
class FrozenRules:
    """What a season keeps of its rules: code, rule-set ids by topic, choices by topic and key."""

    code: str
    rule_sets: dict
    choices: dict


def find_rules(organisation, year, day):
    """The rule sets by which `year` is rated, with what `organisation` chose on `day`; RuleSet.DoesNotExist if none."""
    stored = list(RuleSet.objects.latest_versions().filter(topic__in=WANTED).order_by("effective_on"))
    found = _sets_of(stored, year, day)
    return FrozenRules(
        code=found["ruleset"].code,
        rule_sets={topic: rule_set.pk for topic, rule_set in found.items()},
        choices=choices_of(organisation, [*WANTED, WATCH], day),
    )


def _sets_of(stored, year, day):
    """The set of each topic by which `year` is rated; not every regulation has appendices of points."""
    found = {topic: _rating(stored, topic, year) for topic in TOPICS}
    code = found["ruleset"].code
    found |= {each.topic: each for each in stored if (each.topic, each.code) == (PATTERN, code)}
    scale = restore(found["ruleset"].values)["scale"].value
    found[SCALE] = next(each for each in stored if (each.topic, each.code) == (SCALE, scale))
    return found | {VOTE_BASE: _vote_base_of(stored, day)}


def _rating(stored, topic, year):
    """The newest set of one topic whose season years cover `year`: a new file takes over by itself."""
    for each in reversed(stored):
        first, last = each.first_season_year, each.last_season_year
        if each.topic == topic and first is not None and first <= year and (last is None or year <= last):
            return each
    raise RuleSet.DoesNotExist


def _vote_base_of(stored, day):
    """The set in force on `day`; days before the first one that is known take that one."""
    sets = [each for each in stored if each.topic == VOTE_BASE]
    return next((each for each in reversed(sets) if each.effective_on <= day), sets[0])


def choices_of(organisation, topics, day):
    """What `organisation` and the bodies above it chose otherwise, by topic and key; the nearest body wins."""
    chosen: dict = {}
    for row in RuleOverride.objects.for_organisation(organisation, topics, day):
        chosen.setdefault(row.topic, {})[row.key] = row.value
    return chosen


def rule_book(season):
    """The typed rules of a season from its frozen sets and choices; RuleSetError if a choice is not open."""
    return book_of(FrozenRules(season.rule_code, season.rule_sets, season.choices))


def proposed_entry(organisation, year):
    """What the rule set of `year` proposes for a new season, as form values; empty if there is none that fits."""
    day = date(year, 12, 31)
    try:
        rules = book_of(find_rules(organisation, year, day)).rules
    except (RuleSet.DoesNotExist, RuleSetError):
        return {}
    days = deadlines(rules.procedure, year)
    return {
        "year": year,
        "reference_date": rules.eligibility.reference_date.on(year) if rules.eligibility.reference_date else day,
        "cell_due_on": days.cell_by,
        "base_due_on": days.base_by,
        "cap_enforcement": rules.cap.cap_enforcement or "off",
    }


def book_of(frozen):
    """The typed rules of frozen sets."""
    digests = digests_of(tuple(sorted(frozen.rule_sets.values())))
    return _typed_book(frozen.code, digests, json.dumps(frozen.choices, sort_keys=True))


@lru_cache(maxsize=64)
def digests_of(ids):
    """(id, digest) of loaded sets: under one id nothing ever changes."""
    return tuple(RuleSet.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "digest"))


@lru_cache(maxsize=32)
def _typed_book(code, digests, choices):
    """The rules of loaded sets, which never change: the digests and the choices say all."""
    sets, latest = _stored(code, [pk for pk, _ in digests])
    chosen = json.loads(choices)
    keys = {topic: with_overrides(restore(rule_set.values), chosen.get(topic, {})) for topic, rule_set in sets.items()}
    watch = next((restore(each.values) for (topic, _), each in latest.items() if topic == WATCH), {})
    rules = season_rules({topic: keys[topic] for topic in TOPICS if topic in keys})
    scale, other = scale_from(sets[SCALE].code, keys[SCALE]), rules.ruleset.organisation_scale
    return RuleBook(
        code=code,
        title=sets["ruleset"].title,
        rules=rules,
        scale=scale,
        organisation_scale=scale if other == scale.code else scale_from(other, restore(latest[SCALE, other].values)),
        vote_base=typed(VoteBaseRules, keys[VOTE_BASE]),
        patterns=patterns_of(keys.get(PATTERN, {})),
        watch=typed(WatchRules, with_overrides(watch, chosen.get(WATCH, {}))),
    )


def _stored(code, frozen):
    """The frozen sets by topic, and the newest ones of what a season does not freeze by (topic, code).

    Topics that the product did not know when a season opened come from the sets of the same regulation; what a board
    points at no regulation knows, so it is read as it is now, with what the committee chose when the season opened.
    """
    newest = RuleSet.objects.latest_versions().filter(
        Q(topic__in=[SCALE, WATCH]) | Q(topic__in=TOPICS_OF_ONE, code=code)
    )
    rows = RuleSet.objects.filter(Q(pk__in=frozen) | Q(pk__in=newest.values("pk"))).order_by("-effective_on")
    latest = {(each.topic, each.code): each for each in rows if each.pk not in frozen}
    younger = {topic: each for (topic, _), each in latest.items() if topic in TOPICS_OF_ONE}
    return younger | {each.topic: each for each in rows if each.pk in frozen}, latest


def book_of_year(year):
    """The rules of a year as shipped, without anybody's choices; RuleSet.DoesNotExist if there are none."""
    stored = list(RuleSet.objects.latest_versions().filter(topic__in=WANTED).order_by("effective_on"))
    found = _sets_of(stored, year, date(year, 12, 31))
    digests = tuple(sorted((each.pk, each.digest) for each in found.values()))
    return _typed_book(found["ruleset"].code, digests, json.dumps({}))


def scales_named(codes):
    """Scales of other years by code, for grades that were given in them."""
    sets = RuleSet.objects.latest_versions().filter(topic=SCALE, code__in=codes)
    return {rule_set.code: scale_from(rule_set.code, restore(rule_set.values)) for rule_set in sets}
