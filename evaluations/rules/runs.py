"""Years running at one level: what the standing results of a person say, each finding with its reason.

Levels of two scales are never translated into each other: a year of another scale ends a run. "Không hoàn thành nhiệm
vụ" two years running leads to the list of those to be helped (B1) and is never read as "vi phạm tư cách" (X5).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from evaluations.rules.procedure import ProcedureRules
from members.rules import Level, Scale

BREAKS, SKIPPED = "breaks", "skipped"
NO_RESULT = "chưa có kết quả"


@dataclass(frozen=True)
class YearResult:
    """The decided result of one year in the scale of that year; not rated has no level and a reason in words."""

    year: int
    scale: str
    level: str = ""
    not_rated: str = ""


@dataclass(frozen=True)
class RunRule:
    """So many years running at `level` of `scale`, and what a year without a level does to them."""

    level: Level
    scale: str
    years: int
    gaps: str
    article: str
    gap_article: str

    @property
    def skips(self) -> bool:
        """Whether a year without a level is passed over, counted neither for nor against."""
        return self.gaps == SKIPPED

    def is_met_by(self, found: YearResult) -> bool:
        return (found.scale, found.level) == (self.scale, self.level.code)


@dataclass(frozen=True)
class Run:
    """A run that carries: its years in order, the years passed over, and why it carries."""

    years: tuple[int, ...]
    skipped: tuple[int, ...]
    reason: str


def commendation_rule(rules: ProcedureRules, scale: Scale) -> RunRule | None:
    """The best level, so many years running (06-HD/TW năm 2025, điểm 19.2); None where the rule set names no number."""
    return _rule(rules, "commendation_run_years", scale.code, scale.levels[0])


def assistance_rule(rules: ProcedureRules, scale: Scale) -> RunRule | None:
    """The lowest level, so many years running (02-HD/BTCTW năm 2021); None where the rule set names no number."""
    return _rule(rules, "assistance_run_years_khtnv", scale.code, scale.levels[-1])


def _rule(rules: ProcedureRules, key: str, scale: str, level: Level) -> RunRule | None:
    years = getattr(rules, key)
    if not years:
        return None
    gaps = rules.unrated_year_effect or BREAKS
    return RunRule(level, scale, years, gaps, rules.cite(key), rules.cite("unrated_year_effect"))


def run_of(rule: RunRule, results: Iterable[YearResult], year: int) -> Run | None:
    """The run that ends with `year`, itself rated at the level; None when there is none long enough.

    A year not rated, or of which nothing is known, breaks the run or is passed over, as the rule says.
    """
    known = {found.year: found for found in results if found.year <= year}
    counted: list[int] = []
    passed: list[int] = []
    for each in range(year, min(known, default=year) - 1, -1):
        found = known.get(each)
        if found and rule.is_met_by(found):
            counted.append(each)
        elif (found and found.level) or not rule.skips or each == year:
            return None
        else:
            passed.append(each)
        if len(counted) == rule.years:
            return Run(tuple(counted[::-1]), tuple(passed[::-1]), _reason(rule, counted[::-1], passed[::-1], known))
    return None


def _reason(rule: RunRule, counted: list[int], passed: list[int], known: dict[int, YearResult]) -> str:
    years = ", ".join(map(str, counted))
    words = f"{rule.level.name} {rule.years} năm liền: {years} ({rule.article})."
    if not passed:
        return words
    gaps = "; ".join(f"năm {each} {_why_not(known.get(each))}" for each in passed)
    return f"{words} Không tính {gaps} ({rule.gap_article})."


def _why_not(found: YearResult | None) -> str:
    if found is None:
        return NO_RESULT
    return f"không xếp loại: {found.not_rated}" if found.not_rated else "không xếp loại"
