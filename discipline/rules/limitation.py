"""Limitation of discipline (69-QĐ/TW, Điều 4): the last day on which a conclusion is in time, for the form voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.workdays import add_months
from discipline.rules.forms import DISSOLUTION, EXPULSION, REMOVAL, REPRIMAND, WARNING, WORDS, ViolationRules

MONTHS = {
    REPRIMAND: "limitation_reprimand_months",
    WARNING: "limitation_warning_months",
    REMOVAL: "limitation_removal_months",
    EXPULSION: "limitation_expulsion_months",
    DISSOLUTION: "limitation_expulsion_months",
}
UNLIMITED = {
    "internal_politics": "vi phạm về chính trị nội bộ",
    "defence_security_foreign": "vi phạm về quốc phòng, an ninh, đối ngoại",
    "unlawful_diploma": "sử dụng văn bằng, chứng chỉ không hợp pháp",
}
POSTPONED, PROCEEDINGS = "postponed", "proceedings"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Violation:
    """When a violation ended or, where that is not known, was discovered; `kind` may have no limitation at all."""

    ended_on: date | None = None
    discovered_on: date | None = None
    kind: str = ""

    @property
    def starts_on(self) -> date | None:
        return self.ended_on or self.discovered_on


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands: `ended_on` is the first day after, None while it lasts."""

    kind: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Limitation:
    """The last day, None where there is no limitation or the clock stands still; `barred` says whether it is over."""

    barred: bool
    reason: str
    article: str
    starts_on: date | None = None
    last_day: date | None = None
    excluded_days: int = 0


def limitation(
    rules: ViolationRules, form: str, violations: Sequence[Violation], concluded_on: date, pauses: Sequence[Pause] = ()
) -> Limitation:
    """Whether the form that was voted comes too late: the vote is first, the form decides which period applies.

    The day that counts is that of the conclusion "deserves discipline", not of the decision.
    """
    article = rules.cite(MONTHS[form], "limitation_unlimited_kinds")
    unlimited = next((each.kind for each in violations if each.kind in (rules.limitation_unlimited_kinds or ())), "")
    months = getattr(rules, MONTHS[form])
    if unlimited or months is None:
        words = f"Không có thời hiệu: {UNLIMITED[unlimited] if unlimited else WORDS[form]}."
        return Limitation(barred=False, reason=words, article=article)
    days = sorted(each.starts_on for each in violations if each.starts_on)
    if not days:
        words = "Chưa biết ngày kết thúc hoặc phát hiện vi phạm; chưa tính được thời hiệu."
        return Limitation(barred=False, reason=words, article=article)
    counted = [each for each in pauses if each.kind in (rules.limitation_excluded_intervals or ())]
    return _judged(rules, _running(rules, days, months, counted), counted, months, concluded_on)


def _running(rules: ViolationRules, days: Sequence[date], months: int, pauses: Sequence[Pause]) -> date:
    """The day on which the running period began: a new violation inside it starts it again."""
    start = days[0]
    for day in days[1:]:
        last, _ = _last_day(start, months, pauses)
        if rules.limitation_restarts_on_new_violation and (last is None or day <= last):
            start = day
    return start


def _last_day(start: date, months: int, pauses: Sequence[Pause]) -> tuple[date | None, int]:
    """(the last day in time, days that were not counted); None while the clock stands still."""
    end = add_months(start, months) + ONE_DAY
    spans = sorted((max(each.started_on, start), each.ended_on or date.max) for each in pauses if each.started_on < end)
    excluded, reached = 0, start
    for first, after in spans:
        if after == date.max:
            return None, excluded
        begin, stop = max(first, reached), min(after, end)
        excluded, reached = excluded + max((stop - begin).days, 0), max(reached, stop)
    return end - ONE_DAY + timedelta(days=excluded), excluded


def _judged(rules: ViolationRules, start: date, pauses: Sequence[Pause], months: int, concluded_on: date) -> Limitation:
    last, excluded = _last_day(start, months, pauses)
    article = rules.cite("limitation_reprimand_months", "limitation_excluded_intervals")
    if last is None:
        words = "Thời hiệu đang tạm dừng vì chưa xem xét kỷ luật hoặc đang điều tra, truy tố, xét xử."
        return Limitation(barred=False, reason=words, article=article, starts_on=start, excluded_days=excluded)
    latest = last if rules.limitation_last_day_in_time else last - ONE_DAY
    barred = concluded_on > latest
    added = f" và {excluded} ngày không tính" if excluded else ""
    words = (
        f"{months} tháng từ {start:%d/%m/%Y}{added}: ngày cuối {last:%d/%m/%Y}; kết luận ngày {concluded_on:%d/%m/%Y} "
        f"{'đã hết thời hiệu: kết luận, không kỷ luật' if barred else 'còn trong thời hiệu'}."
    )
    return Limitation(
        barred=barred, reason=words, article=article, starts_on=start, last_day=last, excluded_days=excluded
    )
