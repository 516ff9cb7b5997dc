"""Age on the day of the cell meeting, counted in months in both ways."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from admissions.rules.conditions import ConditionRules
from admissions.rules.findings import (
    FAIL,
    MISSING,
    NEEDS_HUMAN,
    NO_APPROVAL,
    NO_RULE,
    PASS,
    Approval,
    Finding,
    approved,
    day,
    not_applicable,
)
from config.lib.workdays import add_months, calendar_months, full_months

CALENDAR, FULL = "calendar_months", "full_months"
YEAR = 12  # months
BIRTH_PAPERS = "Bổ sung ngày sinh theo giấy khai sinh."


@dataclass(frozen=True, kw_only=True)
class OverAge:
    """What the admission of somebody over the age limit needs beside the consent; None is not yet known."""

    fit: bool | None = None
    needed: bool | None = None
    approval: Approval = NO_APPROVAL


NO_EXCEPTION = OverAge()


def age_min(rules: ConditionRules, born: date | None, on: date) -> Finding:
    """18 full years on the day of the cell meeting, counted in months (Charter 1.2; 294-QĐ/TW, 1.1.1)."""
    months = rules.age_min_months
    say = partial(Finding, key="age_min", article=rules.cite("age_min_months", "age_month_rule"))
    if months is None:
        return not_applicable("age_min", NO_RULE)
    if born is None:
        return say(status=MISSING, reason="Chưa có đủ ngày, tháng, năm sinh.", next_step=BIRTH_PAPERS)
    reached = _at_least(rules, born, on, months)
    status, words = {True: (PASS, "đủ"), False: (FAIL, "chưa đủ"), None: (NEEDS_HUMAN, "chưa rõ đã đủ")}[reached]
    return say(
        status=status,
        reason=f"Đến ngày {day(on)} {words} {months // YEAR} tuổi (tính theo tháng).",
        evidence=_evidence(born, on),
        next_step=_wait_for_age(status, add_months(born, months)),
        changes_on=_changes_on(rules, born, on, months),
    )


def age_max(rules: ConditionRules, born: date | None, on: date, over: OverAge = NO_EXCEPTION) -> Finding:
    """Not over 60 full years, or what a province may allow (294-QĐ/TW, 1.1.2; 06-HD/TW, 1.1)."""
    months = rules.age_max_months
    say = partial(Finding, key="age_max", article=rules.cite("age_max_months", "age_month_rule"))
    if months is None:
        return not_applicable("age_max", NO_RULE)
    if born is None:
        return say(status=MISSING, reason="Chưa có đủ ngày, tháng, năm sinh.", next_step=BIRTH_PAPERS)
    say = partial(say, evidence=_evidence(born, on), changes_on=_changes_on(rules, born, on, months + 1))
    limit = f"{months // YEAR} tuổi (tính theo tháng)"
    is_over = _at_least(rules, born, on, months + 1)
    if is_over is None:
        step = "Cấp ủy có thẩm quyền ghi kết luận về cách tính tuổi."
        return say(status=NEEDS_HUMAN, reason=f"Ngày {day(on)} chưa rõ đã quá {limit}.", next_step=step)
    if not is_over:
        return say(status=PASS, reason=f"Ngày {day(on)} không quá {limit}.")
    article = rules.cite("age_max_months", "age_month_rule", "over_age_approver")
    exceeded = replace(say(status=FAIL, reason=f"Ngày {day(on)} đã quá {limit}."), article=article)
    return _over_age(exceeded, over, rules.over_age_approver)


def _over_age(finding: Finding, over: OverAge, approver: str | None) -> Finding:
    """Consent comes first; with it the grounds must stand: health and standing, and a place or a need that asks."""
    settled = approved(finding, over.approval, approver)
    if settled.status != PASS:
        return settled
    grounds = {"over_age_fit": over.fit, "over_age_needed": over.needed}
    if False in grounds.values():
        words = "Không đủ sức khỏe, uy tín, hoặc nơi công tác, cư trú không thuộc trường hợp đặc biệt."
        return replace(settled, status=FAIL, reason=f"{finding.reason} {words}")
    if unknown := tuple(name for name, value in grounds.items() if value is None):
        words = "Chưa ghi kết luận về sức khỏe, uy tín và trường hợp đặc biệt."
        step = "Ghi kết luận của cấp ủy."
        return replace(settled, status=MISSING, reason=f"{finding.reason} {words}", next_step=step, items=unknown)
    return settled


def _at_least(rules: ConditionRules, born: date, on: date, months: int) -> bool | None:
    """Whether the age has reached the months; None where the two ways of counting differ and a person is asked."""
    calendar, full = calendar_months(born, on) >= months, full_months(born, on) >= months
    return calendar if calendar == full else {CALENDAR: calendar, FULL: full}.get(rules.age_month_rule or "")


def _changes_on(rules: ConditionRules, born: date, on: date, months: int) -> date | None:
    """The next day on which one of the ways of counting reaches the months."""
    full_on = add_months(born, months)
    calendar_on = full_on.replace(day=1)
    days = {CALENDAR: [calendar_on], FULL: [full_on]}.get(rules.age_month_rule or "", [calendar_on, full_on])
    return min((each for each in days if each > on), default=None)


def _evidence(born: date, on: date) -> str:
    calendar, full = calendar_months(born, on), full_months(born, on)
    return f"Sinh ngày {day(born)}: {calendar} tháng theo tháng dương lịch, {full} tháng đủ"


def _wait_for_age(status: str, reached_on: date) -> str:
    if status == FAIL:
        return f"Họp chi bộ xét từ ngày {day(reached_on)}."
    return f"Chờ đến ngày {day(reached_on)} hoặc ghi kết luận về cách tính tuổi." if status == NEEDS_HUMAN else ""
