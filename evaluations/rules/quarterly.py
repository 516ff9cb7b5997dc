"""Quarterly follow-up: who is not rated in a quarter, the points, what quarters say beside the year.

Nothing here makes a level of a year out of levels of quarters: they stand beside it (classification.md, 8.7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.lib.rulesets import Rules
from config.lib.workdays import add_months, full_months
from evaluations.rules.figures import number_text

LAST = 4
NUMERALS = {1: "I", 2: "II", 3: "III", 4: "IV"}
TRAINING, FIRST_APPOINTED, LEAVE = "training", "first_appointed", "leave"
ALL_MEMBERS = "all_members"
MEAN_OF_4 = "mean_of_4"
INDEX = {"index_a": "A", "index_b": "B", "index_c": "C", "index_d": "D"}
GENERAL, RESULTS, DECIDED = "general", "results", "decided"


@dataclass(frozen=True, kw_only=True)
class QuarterlyRules(Rules):
    quarterly_enabled: bool | None = None
    quarterly_scope: str | None = None
    quarterly_leading_posts: str | None = None
    quarterly_last_with_year: bool | None = None
    quarterly_result_axes: int | None = None
    quarterly_axis_names: tuple[str, ...] | None = None
    quarterly_points_max: Decimal | None = None
    quarterly_index: str | None = None
    quarterly_khtnv_blocks_xs: int | None = None
    quarterly_khtnv_replacement_run: int | None = None
    quarterly_head_not_above_collective: bool | None = None
    quarterly_report_before_day: int | None = None
    quarterly_skip_training: int | None = None
    quarterly_skip_appointment_under: int | None = None
    quarterly_skip_leave: int | None = None
    quarterly_form: str | None = None
    quarterly_form_title: str | None = None


@dataclass(frozen=True)
class Quarter:
    """Three months of a year; `end` is the first day after."""

    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        return add_months(self.start, 3)

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.end.toordinal() - 1)

    @property
    def name(self) -> str:
        return f"Quý {NUMERALS[self.number]}"

    def __str__(self) -> str:
        return f"{self.name} năm {self.year}"


def quarters_of(rules: QuarterlyRules, year: int) -> tuple[Quarter, ...]:
    """The quarters that are followed by themselves: the last one goes with the year where the rules say so."""
    last = LAST - 1 if rules.quarterly_last_with_year else LAST
    return tuple(Quarter(year, number) for number in range(1, last + 1))


# --- who is not rated ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spell:
    """A dated stretch of a member's record that may keep him from being rated; `until` is the first day after."""

    code: str
    start: date
    until: date | None
    record: str


@dataclass(frozen=True)
class Skip:
    """Why the record says that somebody is not rated in a quarter, with the article."""

    code: str
    words: str


def skip_of(
    rules: QuarterlyRules, quarter: Quarter, spells: Iterable[Spell], first_leading_on: date | None
) -> Skip | None:
    """The first reason that the record gives; None: he is rated, or a person knows of a reason."""
    for spell in spells:
        if found := _long_spell(rules, quarter, spell):
            return found
    return _newly_appointed(rules, quarter, first_leading_on)


def _long_spell(rules: QuarterlyRules, quarter: Quarter, spell: Spell) -> Skip | None:
    """Months are counted inside the quarter alone; a stretch without an end lasts to the end of the quarter."""
    key = {TRAINING: "quarterly_skip_training", LEAVE: "quarterly_skip_leave"}[spell.code]
    least = getattr(rules, key)
    start, until = max(spell.start, quarter.start), min(spell.until or quarter.end, quarter.end)
    if least is None or until <= start or full_months(start, until) < least:
        return None
    what = {TRAINING: "Đi học, bồi dưỡng", LEAVE: "Nghỉ ốm, thai sản"}[spell.code]
    return Skip(spell.code, f"{what} từ {least} tháng trong quý: {spell.record} ({rules.cite(key)}).")


def _newly_appointed(rules: QuarterlyRules, quarter: Quarter, first_on: date | None) -> Skip | None:
    """Appointed for the first time so late that fewer months than asked have passed when the quarter ends."""
    months = rules.quarterly_skip_appointment_under
    if months is None or first_on is None or not quarter.start <= first_on < quarter.end:
        return None
    if add_months(first_on, months) <= quarter.end:
        return None
    article = rules.cite("quarterly_skip_appointment_under")
    words = f"Giữ chức vụ lần đầu từ ngày {first_on:%d/%m/%Y}, đến hết quý chưa đủ {months} tháng ({article})."
    return Skip(FIRST_APPOINTED, words)


# --- points ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PointColumn:
    """One number of a quarter: its key, what it is, and its maximum where one is known."""

    key: str
    label: str
    maximum: Decimal | None


def point_columns(rules: QuarterlyRules, roots: tuple[Decimal | None, Decimal | None]) -> tuple[PointColumn, ...]:
    """What a rule set lets one write: the two groups of form 05, the axes, the parts of the index, the decided total.

    `roots` are the maxima of the general criteria and of the results in the score frame of the year.
    """
    general, results = roots
    both = [PointColumn(GENERAL, "Tiêu chí chung", general), PointColumn(RESULTS, "Kết quả nhiệm vụ", results)]
    most = rules.quarterly_points_max
    numbers = range(1, (rules.quarterly_result_axes or 0) + 1)
    axes = [PointColumn(f"axis_{number}", axis_name(rules, number), most) for number in numbers]
    parts = [PointColumn(key, f"Chỉ số {letter}", most) for key, letter in INDEX.items()]
    total = general + results if general is not None and results is not None else None
    found = both if total is not None else []
    found = [*found, *axes, *(parts if rules.quarterly_index == MEAN_OF_4 else [])]
    return (*found, PointColumn(DECIDED, "Điểm của cấp có thẩm quyền", total or most))


def axis_name(rules: QuarterlyRules, number: int) -> str:
    """The name of one axis: the committee's where it named as many as there are."""
    names = rules.quarterly_axis_names or ()
    return names[number - 1] if len(names) == rules.quarterly_result_axes else f"Nhóm kết quả {number}"


def quarter_point_problem(column: PointColumn, step: Decimal | None, points: Decimal) -> str | None:
    """What is wrong with one number, in words, or None."""
    if points < 0 or (column.maximum is not None and points > column.maximum):
        most = "" if column.maximum is None else f" đến {number_text(column.maximum)}"
        return f"{column.label}: điểm {number_text(points)} phải từ 0{most}."
    if step and points % step:
        return f"{column.label}: điểm {number_text(points)} phải là bội số của {number_text(step)}."
    return None


def own_total(points: Mapping[str, Decimal]) -> Decimal | None:
    """The sum of the two groups of form 05; None while one is missing."""
    if GENERAL not in points or RESULTS not in points:
        return None
    return points[GENERAL] + points[RESULTS]


def index_of(rules: QuarterlyRules, points: Mapping[str, Decimal]) -> Decimal | None:
    """The index (A + B + C + D)/4, once all four parts are there; it advises, a level never follows from it."""
    if rules.quarterly_index != MEAN_OF_4 or any(key not in points for key in INDEX):
        return None
    return sum((points[key] for key in INDEX), Decimal(0)) / 4


# --- beside the year -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearAdvice:
    """What the decided quarters say to whoever decides the year; both advise only, each with its source."""

    blocks_best: str = ""
    replacement: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(each for each in (self.blocks_best, self.replacement) if each)


def year_advice(rules: QuarterlyRules, levels: Mapping[int, str], lowest: str, names: tuple[str, str]) -> YearAdvice:
    """From the decided level of each quarter; `names` are those of the lowest and of the best level of the scale."""
    failed = sorted(number for number, level in levels.items() if level == lowest)
    return YearAdvice(_blocks_best(rules, failed, names), _replacement(rules, failed, names[0]))


def _blocks_best(rules: QuarterlyRules, failed: Sequence[int], names: tuple[str, str]) -> str:
    least = rules.quarterly_khtnv_blocks_xs
    if least is None or not failed or len(failed) < least:
        return ""
    article = rules.cite("quarterly_khtnv_blocks_xs")
    return (
        f"{_quarters(failed)} xếp mức {names[0].lower()}: cả năm không xét mức {names[1].lower()} ({article}). "
        "Phần mềm chỉ nhắc, cấp có thẩm quyền quyết định."
    )


def _replacement(rules: QuarterlyRules, failed: Sequence[int], lowest: str) -> str:
    run = longest_run(failed)
    least = rules.quarterly_khtnv_replacement_run
    if least is None or not run or len(run) < least:
        return ""
    article = rules.cite("quarterly_khtnv_replacement_run")
    return (
        f"{_quarters(run)} liền nhau xếp mức {lowest.lower()}: đưa vào danh sách xem xét thay thế ({article}). "
        "Phần mềm chỉ nhắc, cấp có thẩm quyền quyết định."
    )


def longest_run(numbers: Sequence[int]) -> tuple[int, ...]:
    """The longest stretch of quarters one after another, the first of equal ones; one without a level breaks it."""
    best: tuple[int, ...] = ()
    run: tuple[int, ...] = ()
    for number in numbers:
        run = (*run, number) if run and number == run[-1] + 1 else (number,)
        best = run if len(run) > len(best) else best
    return best


def _quarters(numbers: Iterable[int]) -> str:
    return "Quý " + ", ".join(NUMERALS[number] for number in numbers)


def is_above_collective(rules: QuarterlyRules, order: Sequence[str], head: str, collective: str) -> bool:
    """Whether the head stands higher than the collective; `order` are the codes of the scale, best first."""
    if not rules.quarterly_head_not_above_collective or head not in order or collective not in order:
        return False
    return order.index(head) < order.index(collective)
