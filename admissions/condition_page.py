"""The conditions of a candidate as a page says them: every row in a word and a shape, and what may be done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from admissions.checking import kept_findings
from admissions.enums import PaperKind
from admissions.models import StepTaken
from admissions.rules.check import DECIDE, VOTE
from admissions.rules.findings import FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS
from admissions.rules.papers import CV_STEPS, OPINION_PAPERS
from admissions.workflow import ADMISSION
from config.lib.rulevalues import DEFAULT_NOTE, articles_only

TITLES = {
    "citizenship": "Công dân Việt Nam",
    "age_min": "Từ đủ 18 tuổi",
    "age_max": "Không quá 60 tuổi",
    "education": "Trình độ giáo dục phổ thông",
    "class_certificate": "Giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng",
    "introducers": "Người giới thiệu",
    "application": "Đơn xin vào Đảng",
    "cv": "Lý lịch của người xin vào Đảng",
    "cv_sealed_first": "Giáp lai lý lịch trước khi thẩm tra",
    "verifier": "Người đi thẩm tra không phải người thân",
    "verification": "Thẩm tra lý lịch",
    "political_standard": "Tiêu chuẩn chính trị",
    "opinions": "Ý kiến đoàn thể, nơi cư trú",
    "dossier_age": "Hồ sơ còn trong thời hạn",
    "cell_size": "Chi bộ đủ đảng viên chính thức",
    "religion": "Tôn giáo",
    "foreign_spouse": "Kết hôn với người nước ngoài",
    "business_owner": "Chủ doanh nghiệp tư nhân",
    "population_policy": "Chính sách dân số",
    "readmission": "Kết nạp lại",
    "right_place": "Đúng tổ chức đảng xem xét",
    "local_checklist": "Nội dung cấp ủy yêu cầu thêm",
}
# What few may see: shown after one asks for it, and that is logged.
RESTRICTED = frozenset({"religion", "foreign_spouse", "population_policy", "verification"})
LOOKS = {PASS: "ok", FAIL: "stop", MISSING: "warn", NEEDS_HUMAN: "human", NEEDS_APPROVAL: "human"}
WORDS = {
    PASS: "Đạt",
    FAIL: "Không đạt",
    MISSING: "Còn thiếu",
    NEEDS_HUMAN: "Chờ kết luận",
    NEEDS_APPROVAL: "Chờ văn bản đồng ý",
}
TO_OPEN = "Mở phần giới hạn để xem; mỗi lần xem được ghi vào nhật ký."
SETTLED, NOT_CONCERNED = "Đã có kết luận", "Không liên quan"
ITEM_WORDS = {
    **CV_STEPS,
    **OPINION_PAPERS,
    "introducer_paper": "giấy giới thiệu của đảng viên (3-KNĐ)",
    "union_resolution": "nghị quyết của Đoàn, công đoàn",
    "supplementary_verification": "thẩm tra bổ sung, hoặc xác nhận không thay đổi",
    "supplementary_opinions": "ý kiến bổ sung, bản tổng hợp (5-KNĐ)",
    "resolution": "nghị quyết của Đoàn, công đoàn",
    "over_age_fit": "kết luận về sức khỏe, uy tín",
    "over_age_needed": "kết luận về trường hợp đặc biệt",
}


@dataclass(frozen=True)
class Result:
    """What `components/rule_result.html` shows."""

    status: str
    word: str
    reason: str
    source: str = ""
    is_default: bool = False
    arithmetic: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One condition; a restricted one that is not opened says nothing but that it is there."""

    key: str
    title: str
    result: Result
    evidence: str = ""
    next_step: str = ""
    changes_on: date | None = None
    items: tuple[str, ...] = ()
    hidden: bool = False
    is_open: bool = False
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Heading:
    """A limb or a line with its result and the titles of its rows."""

    words: str
    result: Result
    titles: tuple[str, ...]


@dataclass(frozen=True)
class ConditionPage:
    """The check on a day: limbs and lines, what blocks which step, every row, earlier checks."""

    on: date
    limbs: tuple[Heading, ...]
    lines: tuple[Heading, ...]
    blocks_vote: tuple[str, ...]
    blocks_decision: tuple[str, ...]
    rows: tuple[Row, ...]
    earlier: tuple[Any, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    has_restricted: bool = field(default=False)


def condition_page(check, candidate, *, sees, files):
    """The page of a check; `sees` opens what is restricted, `files` offers to write findings."""
    findings = check.findings
    vote = [each.key for each in check.blocking(VOTE)]
    decision = [each.key for each in check.blocking(DECIDE) if each.key not in vote]
    return ConditionPage(
        on=check.on,
        limbs=tuple(_heading(each, sees) for each in check.limbs),
        lines=tuple(_heading(each, sees) for each in check.lines),
        blocks_vote=tuple(TITLES[key] for key in vote),
        blocks_decision=tuple(TITLES[key] for key in decision),
        rows=tuple(_row(each, check.settled, candidate, sees=sees, files=files) for each in findings),
        earlier=earlier_checks(candidate),
        sets=tuple(check.sets.items()),
        has_restricted=not sees,
    )


def open_things(check, most=3):
    """The most important rows that stand open, the worst first: (title, result, next step)."""
    order = {FAIL: 0, MISSING: 1, NEEDS_APPROVAL: 2, NEEDS_HUMAN: 3}
    rows = [each for each in check.blocking(DECIDE) if each.status in order]
    rows.sort(key=lambda each: order[each.status])
    return tuple(
        Row(each.key, TITLES[each.key], _hidden(each) if each.key in RESTRICTED else _result(each, check.settled),
            next_step="" if each.key in RESTRICTED else each.next_step)
        for each in rows[:most]
    )  # fmt: skip


def earlier_checks(candidate):
    """(step, words, address) of the steps that kept a check, the latest first."""
    rows = StepTaken.objects.standing().filter(candidate=candidate).exclude(findings=[])
    found = rows.order_by("-on", "-id").defer("findings")
    return tuple((row, _step_words(row), reverse("admissions:kept_check", args=[row.pk])) for row in found)


def kept_rows(step, candidate, *, sees):
    """The rows of a check as a step kept it."""
    settled = {row["key"] for row in step.findings if row.get("settled")}
    return tuple(_row(each, settled, candidate, sees=sees, files=False) for each in kept_findings(step.findings))


def _step_words(row):
    step = ADMISSION.steps.get(row.step)
    return step.label if step else row.step


def _row(finding, settled, candidate, *, sees, files):
    key, hidden = finding.key, finding.key in RESTRICTED and not sees
    if hidden:
        return Row(key, TITLES[key], _hidden(finding), hidden=True, is_open=True)
    return Row(
        key=key,
        title=TITLES[key],
        result=_result(finding, settled),
        evidence=finding.evidence.rstrip("."),
        next_step=finding.next_step,
        changes_on=finding.changes_on,
        items=_items(finding),
        is_open=finding.status != PASS and not _is_settled(finding, settled),
        actions=tuple(_actions(finding, candidate)) if files else (),
    )


def _result(finding, settled):
    word, look = WORDS[finding.status], LOOKS[finding.status]
    if not finding.applies:
        word, look = NOT_CONCERNED, "none"
    elif _is_settled(finding, settled):
        word, look = SETTLED, "ok"
    return Result(look, word, finding.reason, *_cited(finding))


def _is_settled(finding, settled):
    return finding.key in settled and finding.status in (MISSING, NEEDS_HUMAN)


def _hidden(finding):
    return Result("none", "Nội dung giới hạn", TO_OPEN, *_cited(finding))


def _cited(finding):
    """(articles, whether a value of them is a default): the mark says so, the words need not."""
    return articles_only(finding.article), DEFAULT_NOTE in finding.article


def _items(finding):
    """What the reason does not name already."""
    said = finding.reason.casefold()
    words = [ITEM_WORDS.get(item, item) for item in finding.items]
    return tuple(each for each in words if each.casefold() not in said)


def _heading(group, sees):
    hidden = not sees and any(each.key in RESTRICTED for each in group.findings)
    word = WORDS[group.status]
    reason = f"{'Có nội dung giới hạn. ' if hidden else ''}Xem: " if group.findings else "Chi bộ, cấp ủy kết luận."
    titles = tuple(TITLES[each.key] for each in group.findings)
    result = Result(LOOKS[group.status], word, f"{reason}{', '.join(titles)}{'.' if titles else ''}")
    return Heading(group.words, result, titles)


def _actions(finding, candidate):
    """(words, address) of what may be written about a row that stands open."""
    if finding.status == NEEDS_APPROVAL:
        address = reverse("admissions:add_paper", args=[candidate.pk, PaperKind.CONSENT.value])
        yield "Ghi văn bản đồng ý", f"{address}?topic={finding.key}"
    elif finding.key == "political_standard":
        yield "Ghi kết luận", reverse("admissions:add_paper", args=[candidate.pk, PaperKind.POLITICAL.value])
    elif finding.status in (MISSING, NEEDS_HUMAN):
        words = "Ghi nội dung đã xét" if finding.key == "local_checklist" else "Ghi kết luận có chữ ký"
        yield words, reverse("admissions:record_finding", args=[candidate.pk, finding.key])
