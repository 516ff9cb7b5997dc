"""The level that the rule set advises for a person: a suggestion with its reasons, never a decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluations.rules.conditions import ConditionRules
from evaluations.rules.doors import door_name, doors_of, targets_under
from evaluations.rules.eligibility import Eligibility
from evaluations.rules.figures import percent_text
from evaluations.rules.levels import HTNV, HTTNV, HTXSNV, KHTNV, at_least
from evaluations.rules.score_bands import (
    NEEDS_HUMAN,
    NOT_RATED,
    Bands,
    Note,
    Suggestion,
    Work,
    ask,
    at_level,
    level_by_score,
)


@dataclass(frozen=True, kw_only=True)
class SuggestionFacts:
    """What is known of one member's year; doors are those that a person confirmed.

    `faults_remedied` is None where no earlier fault was pointed out. The last five serve the rule sets of 2018–2024.
    """

    score: Decimal | None = None
    work: Work | None = None
    faults_remedied: bool | None = None
    leader: bool = False
    doors: tuple[str, ...] = ()
    lenient: bool = False
    result_degrees: tuple[str, ...] = ()
    other_degrees: tuple[str, ...] = ()
    staff_level: str | None = None
    targets_done: Decimal | None = None
    key_targets_missed: bool | None = None


def suggest_level(rules: ConditionRules, facts: SuggestionFacts, eligible: Eligibility) -> Suggestion:
    """The suggestion by score and tasks (2025), by degrees (2019), or none where the conditions are not known."""
    if not eligible.is_rated:
        outcome = NEEDS_HUMAN if eligible.outcome == NEEDS_HUMAN else NOT_RATED
        return Suggestion(outcome, None, (eligible.explanation,), article=eligible.article)
    return _under_ceiling(eligible, _doors(rules, facts) or _way(rules)(rules, facts))


def _way(rules: ConditionRules) -> Callable[[ConditionRules, SuggestionFacts], Suggestion]:
    """How this rule set finds a level: the keys that it has say so."""
    if rules.score_min_httnv is not None:
        return _by_score
    return _by_degrees if rules.htt_degree_min is not None else _unknown


def _under_ceiling(eligible: Eligibility, found: Suggestion) -> Suggestion:
    """The ceiling for long illness (2019): whatever stands above it comes down to it."""
    order = (HTXSNV, HTTNV, HTNV, KHTNV)
    if eligible.ceiling is None:
        return found
    if found.level is None:
        return replace(found, steps=(*found.steps, *eligible.notes))
    if order.index(found.level) >= order.index(eligible.ceiling):
        return found
    steps = (*found.steps, *eligible.notes, f"Mức gợi ý là {eligible.ceiling}.")
    return replace(found, level=eligible.ceiling, steps=steps, subject_to_cap=False)


def _doors(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion | None:
    """KHTNV by a door: confirmed without leniency, or targets met under the share of the rule set; else None."""
    key = "leader_khtnv_doors" if facts.leader else "khtnv_doors"
    article = rules.cite(key)
    open_doors = [code for code in facts.doors if code in doors_of(rules, facts.leader)]
    if open_doors and not facts.lenient:
        steps = tuple(f"Đã xác nhận: {door_name(code)} ({article})." for code in open_doors)
        return at_level(KHTNV, steps, article)
    if not targets_under(rules, facts.targets_done, facts.key_targets_missed):
        return None
    done, least = facts.targets_done or Decimal(0), rules.khtnv_targets_done_under or Decimal(0)
    article = rules.cite("khtnv_targets_done_under")
    words = f"Hoàn thành {percent_text(done)} chỉ tiêu, nhiệm vụ, dưới {percent_text(least)} ({article})."
    return at_level(KHTNV, (words,), article)


def _by_score(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion:
    """Score band and task conditions together (366-QĐ/TW, Điều 11), and the door of tasks that were not done."""
    found = level_by_score(_bands(rules), facts.score, facts.work, remedied=facts.faults_remedied)
    work, most = facts.work, rules.khtnv_tasks_undone_over
    fits_no_row = [note.code for note in found.notes] == ["G1"]
    if work is None or most is None or not fits_no_row or 100 * work.undone <= most * work.total:
        return found
    article = rules.cite("khtnv_tasks_undone_over")
    words = f"Trên {percent_text(most)} số nhiệm vụ không hoàn thành ({article})."
    return at_level(KHTNV, (*found.steps, words), article)


def _bands(rules: ConditionRules) -> Bands:
    return Bands(
        scores=(rules.score_min_htxsnv, rules.score_min_httnv, rules.score_min_htnv),
        late_most=(rules.late_max_htxsnv, rules.late_max_httnv, rules.late_max_htnv),
        done_least=rules.tasks_done_min,
        beyond_least=rules.xs_tasks_beyond_min,
        asks_remedy=rules.xs_earlier_faults_remedied_min is not None,
        article=rules.cite("score_min_httnv"),
        row_article=rules.cite("tasks_done_min"),
        gap_article=rules.cite("late_max_htnv"),
    )


def _by_degrees(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion:
    """Degrees of the criteria (21-HD/BTCTW); the staff's own level counts where the member is staff."""
    article = rules.cite("xs_result_degree_min", "htt_degree_min")
    degrees = (*facts.result_degrees, *facts.other_degrees)
    if not degrees:
        return ask((), Note("no_degrees", "Chưa có đủ mức của các tiêu chí nên chưa gợi ý được mức xếp loại."), article)
    if _is_excellent(rules, facts):
        return replace(
            at_level(HTXSNV, (f"Các tiêu chí đủ điều kiện HTXSNV ({article}).",), article), subject_to_cap=True
        )
    for level, least in ((HTTNV, rules.htt_degree_min), (HTNV, rules.ht_degree_min)):
        if all(at_least(degree, least) for degree in degrees):
            return at_level(level, (f"Các tiêu chí đủ điều kiện {level} ({article}).",), article)
    return at_level(KHTNV, (f"Có tiêu chí không đạt điều kiện HTNV ({article}).",), article)


def _is_excellent(rules: ConditionRules, facts: SuggestionFacts) -> bool:
    staff_fits = not rules.xs_requires_staff_xs or facts.staff_level in (None, HTXSNV)
    return (
        bool(facts.result_degrees)
        and all(at_least(degree, rules.xs_result_degree_min) for degree in facts.result_degrees)
        and all(at_least(degree, rules.xs_other_degree_min) for degree in facts.other_degrees)
        and staff_fits
    )


def _unknown(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion:
    words = "Phần mềm không có điều kiện của các mức theo văn bản áp dụng cho năm này: người có thẩm quyền quyết định."
    return ask((), Note("conditions_unknown", words), rules.cite("khtnv_doors"))
