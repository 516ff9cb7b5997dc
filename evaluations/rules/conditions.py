"""The conditions of the levels, typed from the rule set of topic `conditions`."""

from dataclasses import dataclass
from decimal import Decimal

from config.lib.rulesets import Rules


@dataclass(frozen=True, kw_only=True)
class ConditionRules(Rules):
    score_min_htxsnv: Decimal | None = None
    score_min_httnv: Decimal | None = None
    score_min_htnv: Decimal | None = None
    xs_tasks_beyond_min: Decimal | None = None
    xs_earlier_faults_remedied_min: Decimal | None = None
    tasks_done_min: Decimal | None = None
    late_max_htxsnv: Decimal | None = None
    late_max_httnv: Decimal | None = None
    late_max_htnv: Decimal | None = None
    khtnv_targets_done_under: Decimal | None = None
    khtnv_targets_only_if_key_missed: bool | None = None
    khtnv_doors: tuple[str, ...] | None = None
    leader_khtnv_doors: tuple[str, ...] | None = None
    khtnv_tasks_undone_over: Decimal | None = None
    leader_khtnv_units_tasks_done_under: Decimal | None = None
    leader_khtnv_units_rated_khtnv_over: Decimal | None = None
    leader_khtnv_basic_targets: int | None = None
    leader_khtnv_low_confidence_over: Decimal | None = None
    leader_khtnv_subunits_disciplined_over: Decimal | None = None
    xs_result_degree_min: str | None = None
    xs_other_degree_min: str | None = None
    htt_degree_min: str | None = None
    ht_degree_min: str | None = None
    xs_requires_staff_xs: bool | None = None
    leading_posts: str | None = None
