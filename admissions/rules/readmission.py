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
from members.rules.readmission import ReadmissionRules, Wait, barring, refused_again, waits

POPULATION = "population_policy"
KEY = "readmission"


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
    if reason := refused_again(rules, former.times_readmitted):
        article = rules.cite("readmission_max_times")
        return Finding(key=KEY, status=FAIL, code="only_once", reason=reason, article=article)
    if not former.grounds:
        step = "Bổ sung quyết định và lý do ra khỏi Đảng."
        return Finding(key=KEY, status=MISSING, reason="Chưa ghi lý do ra khỏi Đảng.", next_step=step)
    never = barring(rules, former.grounds)
    if not never:
        return None
    article, words = rules.cite("readmission_never_codes"), ", ".join(never)
    return Finding(key=KEY, status=FAIL, code="never", reason=f"Không xem xét kết nạp lại: {words}.", article=article)


def _waiting(rules: ReadmissionRules, former: Former) -> Finding:
    """Every term of the exit, the one that ends last deciding (screening.md, S19)."""
    terms = waits(rules, former.grounds, former.left_on, former.cleared_on)
    found = [_term(rules, term, former.applied_on) for term in terms]
    open_ones = [each for each in found if each.status == MISSING]
    return (open_ones or sorted(found, key=lambda each: (each.status == FAIL, each.changes_on or date.min)))[-1]


def _term(rules: ReadmissionRules, term: Wait, applied_on: date) -> Finding:
    say = partial(Finding, key=KEY, article=rules.cite(term.key))
    if term.since is None or term.first_on is None:
        step = f"Bổ sung giấy tờ ghi ngày {term.what}."
        return say(status=MISSING, reason=f"Chưa rõ ngày {term.what}.", next_step=step)
    say = partial(say, evidence=f"Ngày {term.what} {day(term.since)}, ngày làm đơn {day(applied_on)}")
    if applied_on >= term.first_on:
        return say(status=PASS, reason=f"Đã đủ {term.months} tháng từ ngày {term.what}.")
    return say(
        status=FAIL,
        code="too_early",
        reason=f"Chưa đủ {term.months} tháng từ ngày {term.what}; đủ vào ngày {day(term.first_on)}.",
        next_step=f"Làm đơn từ ngày {day(term.first_on)}.",
        changes_on=term.first_on,
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
