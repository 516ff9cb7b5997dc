"""The remaining topics of a rule set, typed: the season's own facts, the score frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.lib.rulesets import Rules, RuleValue, typed
from evaluations.rules.cap import CapRules
from evaluations.rules.conditions import ConditionRules
from evaluations.rules.discipline_effect import DisciplineRules
from evaluations.rules.eligibility import EligibilityRules
from evaluations.rules.figures import number_text
from evaluations.rules.organisations import OrganisationRules
from evaluations.rules.procedure import ProcedureRules
from evaluations.rules.quarterly import QuarterlyRules
from evaluations.rules.review_forms import ReviewFormRules


@dataclass(frozen=True, kw_only=True)
class RegulationRules(Rules):
    regulation_number: str | None = None
    regulation_date: date | None = None
    guidance_number: str | None = None
    effective_from: date | None = None
    first_season_year: int | None = None
    last_season_year: int | None = None
    scale: str | None = None
    organisation_scale: str | None = None
    criterion_degrees: tuple[str, ...] | None = None
    individual_forms: tuple[str, ...] | None = None

    def form_for(self, group: str) -> str | None:
        """Form of "leader", "non_leader" or "outside_system"; who has no form of his own writes that of non-leaders."""
        forms = self.individual_forms or ()
        by_group = {owner or "everyone": form for form, _, owner in (each.partition("=") for each in forms)}
        return by_group.get(group) or by_group.get("non_leader") or by_group.get("everyone")


@dataclass(frozen=True, kw_only=True)
class ScoreFrameRules(Rules):
    root_general_max: Decimal | None = None
    root_results_max: Decimal | None = None
    score_step: Decimal | None = None
    frame_frozen_when_season_open: bool | None = None


TOPICS: Mapping[str, type[Rules]] = {
    "ruleset": RegulationRules,
    "conditions": ConditionRules,
    "eligibility": EligibilityRules,
    "cap": CapRules,
    "discipline_effect": DisciplineRules,
    "procedure": ProcedureRules,
    "score_frame": ScoreFrameRules,
    "organisation": OrganisationRules,
    "quarterly": QuarterlyRules,
    "review_forms": ReviewFormRules,
}


@dataclass(frozen=True)
class SeasonRules:
    """All topics of the rule set by which one year is rated."""

    ruleset: RegulationRules
    conditions: ConditionRules
    eligibility: EligibilityRules
    cap: CapRules
    discipline_effect: DisciplineRules
    procedure: ProcedureRules
    score_frame: ScoreFrameRules
    organisation: OrganisationRules
    quarterly: QuarterlyRules
    review_forms: ReviewFormRules


def season_rules(keys: Mapping[str, Mapping[str, RuleValue]]) -> SeasonRules:
    """The rules of a season from the keys of each topic; a topic that is missing has no rules."""
    return SeasonRules(**{topic: typed(cls, keys.get(topic, {})) for topic, cls in TOPICS.items()})  # type: ignore[arg-type]


def score_problem(rules: ScoreFrameRules, score: Decimal) -> str | None:
    """What is wrong with a total score, in words, or None (366-QĐ/TW, Điều 10)."""
    if rules.root_general_max is not None and rules.root_results_max is not None:
        most = rules.root_general_max + rules.root_results_max
        if not 0 <= score <= most:
            article = rules.cite("root_general_max")
            return f"Điểm {number_text(score)} phải từ 0 đến {number_text(most)} ({article})."
    if rules.score_step is not None and score % rules.score_step:
        return f"Điểm {number_text(score)} phải là bội số của {number_text(rules.score_step)}."
    return None


def part_problem(rules: ScoreFrameRules, key: str, points: Decimal) -> str | None:
    """What is wrong with the points of one root, `key` naming its maximum, in words, or None."""
    most = getattr(rules, key)
    if most is not None and not 0 <= points <= most:
        return f"Điểm {number_text(points)} phải từ 0 đến {number_text(most)} ({rules.cite(key)})."
    if rules.score_step is not None and points % rules.score_step:
        return f"Điểm {number_text(points)} phải là bội số của {number_text(rules.score_step)}."
    return None
