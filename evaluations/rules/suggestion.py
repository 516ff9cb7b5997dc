"""The level that the rule set advises for a person: a suggestion with its reasons, never a decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluations.rules.conditions import ConditionRules
from evaluations.rules.doors import door_name, doors_of
from evaluations.rules.eligibility import Eligibility
from evaluations.rules.figures import number_text, percent_text, share
from evaluations.rules.levels import HTNV, HTTNV, HTXSNV, KHTNV, at_least

LEVEL, NOT_RATED, NEEDS_HUMAN = "level", "not_rated", "needs_human"
Steps = tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """Tasks of the year; of a leader those of the units led. Any of them may be late or beyond requirement."""

    total: int
    undone: int = 0
    late: int = 0
    beyond: int = 0


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


@dataclass(frozen=True)
class Note:
    """A gap of the text (G1–G5) or another remark that a person must answer."""

    code: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """`level` is None unless `outcome` is "level"; `steps` say in order how it came about."""

    outcome: str
    level: str | None
    steps: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    article: str = ""
    subject_to_cap: bool = False


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
    if eligible.ceiling is None or found.level is None or order.index(found.level) >= order.index(eligible.ceiling):
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
        return _level(KHTNV, steps, article)
    least = rules.khtnv_targets_done_under
    if least is None or facts.targets_done is None or facts.targets_done >= least:
        return None
    if rules.khtnv_targets_only_if_key_missed and not facts.key_targets_missed:
        return None
    article = rules.cite("khtnv_targets_done_under")
    words = f"Hoàn thành {percent_text(facts.targets_done)} chỉ tiêu, nhiệm vụ, dưới {percent_text(least)} ({article})."
    return _level(KHTNV, (words,), article)


def _by_score(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion:
    """Score band and task conditions together (366-QĐ/TW, Điều 11); what fits no row is left to people."""
    article = rules.cite("score_min_httnv")
    if facts.score is None:
        return _ask((), Note("no_score", "Chưa có điểm nên chưa gợi ý được mức xếp loại."), article)
    steps: Steps = (f"Điểm: {number_text(facts.score)}.",)
    if not _reaches(facts.score, rules.score_min_htnv):
        words = f"Dưới {number_text(rules.score_min_htnv or 0)} điểm ({article})."
        return _level(KHTNV, (*steps, words), article)
    if facts.work is None or facts.work.total == 0:
        words = "Chưa ghi nhiệm vụ nào trong năm nên không tính được tỷ lệ: cần người có thẩm quyền quyết định."
        return _ask(steps, Note("G5", words), article)
    steps = (*steps, _work_text(facts.work))
    return _by_work(rules, facts, facts.score, facts.work, steps)


def _by_work(rules: ConditionRules, facts: SuggestionFacts, score: Decimal, work: Work, steps: Steps) -> Suggestion:
    article = rules.cite("tasks_done_min")
    missing = _missing_for_xs(rules, facts, work)
    if _reaches(score, rules.score_min_htxsnv) and not missing:
        return replace(_level(HTXSNV, (*steps, f"Đủ điều kiện HTXSNV ({article})."), article), subject_to_cap=True)
    if _reaches(score, rules.score_min_httnv) and _done_in_time(rules, work, rules.late_max_httnv):
        notes = _g2(rules, missing) if _reaches(score, rules.score_min_htxsnv) else ()
        return _level(HTTNV, (*steps, f"Đủ điều kiện HTTNV ({article})."), article, notes)
    if _done_in_time(rules, work, rules.late_max_htnv):
        notes = _g4(rules) if _reaches(score, rules.score_min_httnv) else ()
        return _level(HTNV, (*steps, f"Đủ điều kiện HTNV ({article})."), article, notes)
    most = rules.khtnv_tasks_undone_over
    if most is not None and 100 * work.undone > most * work.total:
        article = rules.cite("khtnv_tasks_undone_over")
        words = f"Trên {percent_text(most)} số nhiệm vụ không hoàn thành ({article})."
        return _level(KHTNV, (*steps, words), article)
    return _ask(steps, Note("G1", _g1_text(rules, work)), article)


def _missing_for_xs(rules: ConditionRules, facts: SuggestionFacts, work: Work) -> tuple[str, ...]:
    """Which conditions of HTXSNV other than the score do not hold."""
    beyond = rules.xs_tasks_beyond_min
    found = (
        (not _done_in_time(rules, work, rules.late_max_htxsnv), "còn nhiệm vụ chậm hoặc không hoàn thành"),
        (
            beyond is not None and 100 * work.beyond < beyond * work.total,
            f"nhiệm vụ vượt yêu cầu {_part(work.beyond, work)} < {percent_text(beyond or 0)}",
        ),
        (
            rules.xs_earlier_faults_remedied_min is not None and facts.faults_remedied is False,
            "chưa khắc phục xong hạn chế, khuyết điểm được chỉ ra kỳ trước",
        ),
    )
    return tuple(words for is_missing, words in found if is_missing)


def _g2(rules: ConditionRules, missing: Steps) -> tuple[Note, ...]:
    words = (
        f"Điểm từ {number_text(rules.score_min_htxsnv or 0)} trở lên nhưng {'; '.join(missing)}. "
        f"Khung điểm của HTTNV ghi dưới {number_text(rules.score_min_htxsnv or 0)}: giữ nguyên điểm và giải trình."
    )
    return (Note("G2", words),)


def _g4(rules: ConditionRules) -> tuple[Note, ...]:
    words = (
        f"Điểm từ {number_text(rules.score_min_httnv or 0)} trở lên nhưng còn nhiệm vụ chậm nên chỉ đủ điều kiện HTNV: "
        "giữ nguyên điểm và giải trình."
    )
    return (Note("G4", words),)


def _g1_text(rules: ConditionRules, work: Work) -> str:
    if work.undone:
        found = f"{_part(work.undone, work)} nhiệm vụ không hoàn thành"
    else:
        found = f"{_part(work.late, work)} nhiệm vụ chậm, trên {percent_text(rules.late_max_htnv or 0)}"
    article = rules.cite("late_max_htnv")
    return f"{found}: không khớp điều kiện của mức nào, cần người có thẩm quyền quyết định ({article})."


def _by_degrees(rules: ConditionRules, facts: SuggestionFacts) -> Suggestion:
    """Degrees of the criteria (21-HD/BTCTW); the staff's own level counts where the member is staff."""
    article = rules.cite("xs_result_degree_min", "htt_degree_min")
    degrees = (*facts.result_degrees, *facts.other_degrees)
    if not degrees:
        return _ask((), Note("no_degrees", "Chưa có mức của từng tiêu chí nên chưa gợi ý được mức xếp loại."), article)
    if _is_excellent(rules, facts):
        return replace(
            _level(HTXSNV, (f"Các tiêu chí đủ điều kiện HTXSNV ({article}).",), article), subject_to_cap=True
        )
    for level, least in ((HTTNV, rules.htt_degree_min), (HTNV, rules.ht_degree_min)):
        if all(at_least(degree, least) for degree in degrees):
            return _level(level, (f"Các tiêu chí đủ điều kiện {level} ({article}).",), article)
    return _level(KHTNV, (f"Có tiêu chí không đạt điều kiện HTNV ({article}).",), article)


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
    return _ask((), Note("conditions_unknown", words), rules.cite("khtnv_doors"))


def _level(level: str, steps: Steps, article: str, notes: tuple[Note, ...] = ()) -> Suggestion:
    return Suggestion(LEVEL, level, steps, notes, article)


def _ask(steps: Steps, note: Note, article: str) -> Suggestion:
    return Suggestion(NEEDS_HUMAN, None, steps, (note,), article)


def _reaches(score: Decimal, least: Decimal | None) -> bool:
    return least is None or score >= least


def _done_in_time(rules: ConditionRules, work: Work, late_max: Decimal | None) -> bool:
    done = rules.tasks_done_min is None or 100 * (work.total - work.undone) >= rules.tasks_done_min * work.total
    return done and (late_max is None or 100 * work.late <= late_max * work.total)


def _part(count: int, work: Work) -> str:
    return f"{count}/{work.total} ({percent_text(share(count, work.total, 1) or 0)})"


def _work_text(work: Work) -> str:
    beyond = _part(work.beyond, work)
    return f"Nhiệm vụ: {work.total}; không hoàn thành {work.undone}, chậm {work.late}, vượt yêu cầu {beyond}."
