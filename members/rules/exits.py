"""Leaving the Party: the clocks of an ending, and months of absence or of unpaid fees counted in both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_working_days

MET, NOT_MET, NEEDS_HUMAN = "met", "not_met", "needs_human"
ABSENCE, FEES = "x1", "x2"
CALENDAR_YEAR = "calendar_year"
YEAR = 12  # months


@dataclass(frozen=True, kw_only=True)
class RemovalRules(Rules):
    """Topic `removal`; keys that only the assistance list and readmission use are typed by those who read them."""

    x1_months: int | None = None
    x2_months: int | None = None
    x4_months: int | None = None
    x5_years: int | None = None
    month_mode: str | None = None
    year_window: str | None = None
    self_review_requests: int | None = None
    complaint_working_days: int | None = None
    answer_days_province: int | None = None
    answer_days_centre: int | None = None


@dataclass(frozen=True, kw_only=True)
class StandingRules(Rules):
    """Topic `standing`: exemption, the papers after an ending, discipline of probationary members."""

    ended_file_up_working_days: int | None = None
    card_kept_by_family: tuple[str, ...] | None = None
    exempt_by_cell: tuple[str, ...] | None = None
    exempt_by_base: tuple[str, ...] | None = None
    exempt_open_ended: tuple[str, ...] | None = None
    exempt_away_grounds: tuple[str, ...] | None = None
    exempt_away_below_months: int | None = None
    exempt_fee_rule: str | None = None
    probationary_sanction_forms: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Clock:
    """The last day on which something is in time, why, and by which article."""

    due_on: date
    reason: str
    article: str

    def is_over(self, on: date) -> bool:
        return on > self.due_on


def file_due(rules: StandingRules, notified_on: date | None) -> Clock | None:
    """Until when the file of somebody who died or left goes up (06-HD/TW, 8.3b); None before there is a notice."""
    if notified_on is None or rules.ended_file_up_working_days is None:
        return None
    return _clock(rules, "ended_file_up_working_days", notified_on, "từ ngày phiếu báo")


def appeal_until(rules: RemovalRules, received_on: date | None) -> Clock | None:
    """The last day of the time to complain; there is none before the decision was received (294-QĐ/TW, 8.2)."""
    if received_on is None or rules.complaint_working_days is None:
        return None
    return _clock(rules, "complaint_working_days", received_on, "từ ngày nhận quyết định")


def answers_due(rules: RemovalRules, appealed_on: date | None) -> tuple[tuple[str, Clock], ...]:
    """Until when a complaint is to be answered, by who answers it (294-QĐ/TW, 8.2.2)."""
    levels = (("cấp tỉnh, cấp trên cơ sở", "answer_days_province"), ("cơ quan Trung ương", "answer_days_centre"))
    if appealed_on is None:
        return ()
    known = [(who, key) for who, key in levels if getattr(rules, key) is not None]
    return tuple((who, _clock(rules, key, appealed_on, "từ ngày khiếu nại")) for who, key in known)


def _clock(rules: Rules, key: str, start: date, since: str) -> Clock:
    days = getattr(rules, key)
    return Clock(add_working_days(start, days), f"{days} ngày làm việc {since} {start:%d/%m/%Y}", rules.cite(key))


def card_comes_back(rules: StandingRules, reason: str) -> bool:
    """Whether the card is handed up; the family of the dead keeps it (38-HD/BTCTW, II.2)."""
    return reason not in (rules.card_kept_by_family or ())


@dataclass(frozen=True)
class Month:
    """One month as the cell's list tells it: missed without good reason or not; neutral where nothing was due."""

    year: int
    month: int
    missed: bool
    neutral: bool = False

    @property
    def place(self) -> int:
        return self.year * YEAR + self.month


@dataclass(frozen=True)
class MonthsMissed:
    """Both counts with the result; where they differ a person decides. `missed` are the (year, month) that count."""

    result: str
    cumulative: int
    consecutive: int
    needed: int
    reason: str
    article: str
    missed: tuple[tuple[int, int], ...] = ()


def months_missed(rules: RemovalRules, ground: str, months: Iterable[Month], on: date) -> MonthsMissed | None:
    """Months of absence (x1) or of unpaid fees (x2) of the year by `on`; "ba tháng trong năm" is counted in both ways.

    Neutral months neither count nor break a run. None where the rule set has no such ground.
    """
    needed = getattr(rules, f"{ground}_months")
    if needed is None:
        return None
    within = [month for month in sorted(months, key=lambda each: each.place) if _counts(rules, month, on)]
    cumulative, consecutive = sum(month.missed for month in within), _longest_run(within)
    what = {ABSENCE: "bỏ sinh hoạt", FEES: "không đóng đảng phí"}[ground]
    result, words = _month_result(cumulative, consecutive, needed)
    return MonthsMissed(
        result=result,
        cumulative=cumulative,
        consecutive=consecutive,
        needed=needed,
        reason=f"Số tháng {what}: cộng dồn {cumulative}, liên tục {consecutive}; mức quy định {needed}. {words}",
        article=rules.cite(f"{ground}_months", "month_mode", "year_window"),
        missed=tuple((month.year, month.month) for month in within if month.missed),
    )


def _counts(rules: RemovalRules, month: Month, on: date) -> bool:
    return is_looked_at(rules, month, on) and not month.neutral


def is_looked_at(rules: RemovalRules, month: Month, on: date) -> bool:
    """Whether a month lies in the year that the rule set looks at on a day."""
    last = on.year * YEAR + on.month
    first = on.year * YEAR + 1 if rules.year_window in (None, CALENDAR_YEAR) else last - YEAR + 1
    return first <= month.place <= last


def _longest_run(months: list[Month]) -> int:
    longest = run = 0
    for month in months:
        run = run + 1 if month.missed else 0
        longest = max(longest, run)
    return longest


def _month_result(cumulative: int, consecutive: int, needed: int) -> tuple[str, str]:
    if consecutive >= needed:
        return MET, "Đủ theo cả hai cách tính."
    if cumulative >= needed:
        return NEEDS_HUMAN, "Chỉ đủ khi tính cộng dồn: văn bản không nói rõ, cấp có thẩm quyền xem xét."
    return NOT_MET, "Chưa đủ."
