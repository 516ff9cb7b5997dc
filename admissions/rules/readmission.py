"""Whether somebody who left the Party may be admitted again (topic `removal` of `members`; 294-QĐ/TW, 3.5)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from admissions.rules.findings import (
    FAIL,
    MISSING,
    NEEDS_HUMAN,
    NO_APPROVAL,
    PASS,
    Approval,
    Finding,
    approved,
    day,
    not_applicable,
)
from config.lib.rulesets import Rules
from config.lib.workdays import add_months
from members.enums import ExitGround

LESS_SERIOUS, POPULATION = "convicted_less_serious", "population_policy"
KEY = "readmission"


@dataclass(frozen=True, kw_only=True)
class ReadmissionRules(Rules):
    readmission_min_months: int | None = None
    readmission_after_clearance_months: int | None = None
    readmission_max_times: int | None = None
    readmission_provincial_consent: bool | None = None
    readmission_never_codes: tuple[str, ...] | None = None
    readmission_exception_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Former:
    """How somebody left: `grounds` are codes, never free text; `left_on` is the day of the decision."""

    grounds: tuple[str, ...]
    left_on: date | None
    applied_on: date
    times_readmitted: int = 0
    cleared_on: date | None = None
    approval: Approval = NO_APPROVAL


def readmission(rules: ReadmissionRules, former: Former | None) -> Finding:
    """The bars for life, the waiting times, then the written consent of the province."""
    if former is None:
        return not_applicable(KEY, "Chưa từng là đảng viên.")
    barred = _barred(rules, former)
    if barred:
        return barred
    waiting = _waiting(rules, former)
    if waiting.status != PASS:
        return waiting
    if rules.readmission_provincial_consent:
        article = "; ".join((waiting.article, rules.cite("readmission_provincial_consent")))
        waiting = approved(replace(waiting, article=article), former.approval)
    return _judged(rules, former, waiting) if waiting.status == PASS else waiting


def _barred(rules: ReadmissionRules, former: Former) -> Finding | None:
    """A bar at any date, or no reason on record; the strictest ground decides."""
    most = rules.readmission_max_times
    if most is not None and former.times_readmitted >= most:
        article = rules.cite("readmission_max_times")
        reason = f"Đã được kết nạp lại {former.times_readmitted} lần; chỉ được kết nạp lại {most} lần."
        return Finding(key=KEY, status=FAIL, code="only_once", reason=reason, article=article)
    if not former.grounds:
        step = "Bổ sung quyết định và lý do ra khỏi Đảng."
        return Finding(key=KEY, status=MISSING, reason="Chưa ghi lý do ra khỏi Đảng.", next_step=step)
    never = [ground for ground in former.grounds if ground in _never(rules, former)]
    if not never:
        return None
    words = ", ".join(_words(ground) for ground in never)
    article = rules.cite("readmission_never_codes")
    return Finding(key=KEY, status=FAIL, code="never", reason=f"Không xem xét kết nạp lại: {words}.", article=article)


def _never(rules: ReadmissionRules, former: Former) -> set[str]:
    """The codes that bar; hard family circumstances lift the bar of an own application alone."""
    never = set(rules.readmission_never_codes or ())
    return never - {ExitGround.APPLICATION} if rules.readmission_exception_code in former.grounds else never


def _waiting(rules: ReadmissionRules, former: Former) -> Finding:
    """The months since leaving, or since a less serious conviction was cleared from the record."""
    convicted = LESS_SERIOUS in former.grounds
    name = "readmission_after_clearance_months" if convicted else "readmission_min_months"
    start, what = (former.cleared_on, "xóa án tích") if convicted else (former.left_on, "ra khỏi Đảng")
    say = partial(Finding, key=KEY, article=rules.cite(name))
    if start is None:
        return say(status=MISSING, reason=f"Chưa rõ ngày {what}.", next_step=f"Bổ sung giấy tờ ghi ngày {what}.")
    months = getattr(rules, name) or 0
    first = add_months(start, months)
    say = partial(say, evidence=f"Ngày {what} {day(start)}, ngày làm đơn {day(former.applied_on)}")
    if former.applied_on >= first:
        return say(status=PASS, reason=f"Đã đủ {months} tháng từ ngày {what}.")
    return say(
        status=FAIL,
        code="too_early",
        reason=f"Chưa đủ {months} tháng từ ngày {what}; đủ vào ngày {day(first)}.",
        next_step=f"Làm đơn từ ngày {day(first)}.",
        changes_on=first,
    )


def _judged(rules: ReadmissionRules, former: Former, finding: Finding) -> Finding:
    """What stays for a person to judge when nothing else stands in the way."""
    if rules.readmission_exception_code in former.grounds:
        step = "Cấp ủy có thẩm quyền kết luận về hoàn cảnh gia đình đặc biệt khó khăn."
        article = "; ".join((finding.article, rules.cite("readmission_exception_code")))
        return replace(finding, status=NEEDS_HUMAN, article=article, next_step=step)
    if POPULATION in former.grounds:
        step = "Xem xét theo quy định của Ban Bí thư về chính sách dân số."
        return replace(finding, status=NEEDS_HUMAN, next_step=step)
    return finding


def _words(ground: str) -> str:
    return str(ExitGround(ground).label).lower() if ground in ExitGround.values else ground
