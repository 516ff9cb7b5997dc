"""Which facts of a member's year the rules of a season ask for: only those of which a condition speaks."""

from evaluations.rules.doors import doors_of
from evaluations.rules.topics import SeasonRules


def facts_asked(rules: SeasonRules, leader: bool) -> tuple[str, ...]:
    """Names of the facts in the order of a page; those of the units led for leaders only (366-QĐ/TW, Điều 11)."""
    known = rules.conditions
    everybody = (
        ("targets_done", known.khtnv_targets_done_under is not None),
        ("key_targets_missed", bool(known.khtnv_targets_only_if_key_missed)),
        ("lowest_degree", _asks_lowest_degree(rules, leader)),
        ("sick_months", rules.eligibility.sick_months_for_ceiling is not None),
    )
    led = (
        ("has_basic_targets", known.leader_khtnv_basic_targets is not None),
        ("basic_targets_missed", known.leader_khtnv_basic_targets is not None),
        ("units_rated_khtnv", known.leader_khtnv_units_rated_khtnv_over is not None),
        ("low_confidence", known.leader_khtnv_low_confidence_over is not None),
        ("subunits_disciplined", known.leader_khtnv_subunits_disciplined_over is not None),
    )
    return tuple(name for name, is_asked in (*everybody, *(led if leader else ())) if is_asked)


def _asks_lowest_degree(rules: SeasonRules, leader: bool) -> bool:
    """Where a degree opens a door and the form of the year, whose headings are not known, has no place for degrees."""
    return "criteria_kem" in doors_of(rules.conditions, leader) and not rules.review_forms.degree_sections
