"""Rows of the check that look at papers: application, CV, political standard, opinions, a committee's own list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from admissions.rules.conditions import ConditionRules, Renewal
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

CV_STEPS = {
    "declared": "tự khai",
    "sealed": "giáp lai",
    "verified": "thẩm tra",
    "concluded": "chi ủy kết luận",
    "certified": "cấp ủy chứng nhận",
}
OPINION_PAPERS = {"residence_opinion": "ý kiến chi ủy nơi cư trú", "opinions_summary": "bản tổng hợp ý kiến (5-KNĐ)"}


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    """The CV with its application: days, the steps done (of `CV_STEPS`), and whether the certificate says no."""

    applied_on: date | None = None
    written_on: date | None = None
    steps: frozenset[str] = frozenset()
    unfit: bool = False
    sealed_on: date | None = None
    first_letter_on: date | None = None
    renewal: Renewal | None = None


@dataclass(frozen=True, kw_only=True)
class Political:
    """The conclusion on the political standard; an issue may be beyond the power of the committee that concludes."""

    concluded_on: date | None = None
    beyond_power: bool = False
    approval: Approval = NO_APPROVAL


@dataclass(frozen=True, kw_only=True)
class Opinions:
    """Whose opinions are asked and given: mass organisations by name, the residence, the summary."""

    asked: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    exempt_by: str = ""


def application(rules: ConditionRules, curriculum: Curriculum) -> Finding:
    """The applicant's own, signed, and not younger than the CV."""
    say = partial(Finding, key="application", article=rules.cite("application_required"))
    if not rules.application_required:
        return not_applicable("application", NO_RULE)
    if curriculum.applied_on is None:
        return say(status=MISSING, reason="Chưa có đơn xin vào Đảng.", next_step="Viết đơn, ghi ngày và ký tên.")
    evidence = f"Đơn ngày {day(curriculum.applied_on)}"
    if curriculum.written_on and curriculum.applied_on > curriculum.written_on:
        evidence += f", lý lịch ngày {day(curriculum.written_on)}"
        step = "Kiểm tra ngày ghi trên đơn và lý lịch, ghi kết luận."
        return say(status=NEEDS_HUMAN, reason="Đơn có sau lý lịch.", evidence=evidence, next_step=step)
    return say(status=PASS, reason="Có đơn xin vào Đảng.", evidence=evidence)


def cv(rules: ConditionRules, curriculum: Curriculum) -> Finding:
    """Declared, sealed, verified, concluded, certified; a certificate that says no ends the matter."""
    say = partial(Finding, key="cv", article=rules.cite("cv_steps"))
    if curriculum.unfit:
        return say(status=FAIL, reason="Cấp ủy chứng nhận lý lịch: không đủ điều kiện.")
    lacking = tuple(step for step in rules.cv_steps or () if step not in curriculum.steps)
    if lacking:
        words = ", ".join(CV_STEPS[step] for step in lacking)
        step = "Làm đủ các bước của lý lịch người xin vào Đảng."
        return say(status=MISSING, reason=f"Lý lịch chưa: {words}.", next_step=step, items=lacking)
    return say(status=PASS, reason="Lý lịch đã đủ các bước.")


def cv_sealed_first(rules: ConditionRules, curriculum: Curriculum) -> Finding:
    """Sealed before the first letter of verification went out."""
    say = partial(Finding, key="cv_sealed_first", article=rules.cite("cv_sealed_first"))
    sealed, letter = curriculum.sealed_on, curriculum.first_letter_on
    if not rules.cv_sealed_first:
        return not_applicable("cv_sealed_first", NO_RULE)
    if sealed is None:
        step = "Giáp lai các trang và ảnh trước khi thẩm tra."
        return say(status=MISSING, reason="Lý lịch chưa giáp lai.", next_step=step)
    if letter and sealed > letter:
        evidence = f"Giáp lai ngày {day(sealed)}, công văn thẩm tra đầu tiên ngày {day(letter)}"
        step = "Cấp ủy cơ sở ghi kết luận về lý lịch."
        return say(status=NEEDS_HUMAN, reason="Giáp lai sau khi thẩm tra.", evidence=evidence, next_step=step)
    return say(status=PASS, reason="Lý lịch giáp lai trước khi thẩm tra.", evidence=f"Giáp lai ngày {day(sealed)}")


def political_standard(rules: ConditionRules, political: Political) -> Finding:
    """Always for people: the conclusion is a paper; an issue beyond the committee's power needs the province first."""
    if rules.political_standard_rule is None:
        return not_applicable("political_standard", NO_RULE)
    finding = Finding(
        key="political_standard",
        status=NEEDS_HUMAN,
        reason="Tiêu chuẩn chính trị do cấp ủy kết luận.",
        article=rules.cite("political_standard_rule"),
        evidence=f"Kết luận ngày {day(political.concluded_on)}" if political.concluded_on else "",
        next_step="Cấp ủy kết luận bằng văn bản, kèm vào hồ sơ.",
    )
    if not political.beyond_power:
        return finding
    settled = approved(finding, political.approval)
    return finding if settled.status == PASS else settled


def opinions(rules: ConditionRules, given: Opinions) -> Finding:
    """Of the mass organisations, of the cell committee at the residence, and the summary (5-KNĐ)."""
    say = partial(Finding, key="opinions", article=rules.cite("opinions_asked"))
    if given.exempt_by:
        return say(status=PASS, reason=f"Được miễn lấy ý kiến theo {given.exempt_by}.", evidence=given.exempt_by)
    lacking = tuple(each for each in (*given.asked, *(rules.opinions_asked or ())) if each not in given.given)
    if lacking:
        words = ", ".join(OPINION_PAPERS.get(each, each) for each in lacking)
        return say(status=MISSING, reason=f"Chưa có: {words}.", next_step="Lấy ý kiến và tổng hợp.", items=lacking)
    return say(status=PASS, reason="Đủ ý kiến đoàn thể, nơi cư trú và bản tổng hợp.")


def local_checklist(rules: ConditionRules, done: Collection[str]) -> Finding:
    """What a committee asks beyond the regulations; shipped empty."""
    if not rules.local_checklist:
        return not_applicable("local_checklist", NO_RULE)
    still_open = tuple(item for item in rules.local_checklist if item not in done)
    say = partial(Finding, key="local_checklist", article=rules.cite("local_checklist"))
    if still_open:
        reason = f"Còn {len(still_open)} nội dung cấp ủy yêu cầu thêm."
        return say(status=MISSING, reason=reason, next_step="Bổ sung các nội dung đó.", items=still_open)
    return say(status=PASS, reason="Đủ các nội dung cấp ủy yêu cầu thêm.")
