"""What the tab of the inspection shows: the plan, the team, the self-review, what was found, by which rule sets."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from cells.models import RuleSet
from cells.rulewords import code_label, topic_label
from discipline.enums import (
    OPEN_BEFORE_DECISION,
    EvidenceKind,
    Form,
    Handler,
    InspectionKind,
    SecrecyGrade,
    SelfReviewOutcome,
    State,
)
from discipline.models import CaseViolation, Circumstance, Evidence, SelfReview, StepTaken, TeamMember
from discipline.planning import day_rules
from discipline.rulebook import TOPICS
from discipline.rules.inspection import team_warning
from discipline.sealing import may_write, reads_evidence, reads_inspection, runs_case

RUNNING = (State.SELF_REVIEW, State.VERIFYING)
CONCLUSIONS = {None: "chưa kết luận", True: "kết luận: có vi phạm", False: "kết luận: không vi phạm"}
KINDS = {
    "violation": CaseViolation,
    "circumstance": Circumstance,
    "team": TeamMember,
    "evidence": Evidence,
}


@dataclass(frozen=True)
class Row:
    """One thing recorded: its head, its particulars, where it is concluded, where it is taken back."""

    title: str
    text: str
    void_url: str = ""
    conclude_url: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the tab: its rows, those taken back, what the person may do in it."""

    key: str
    title: str
    rows: list[Row]
    voided: list[Row] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""


@dataclass(frozen=True)
class InspectionPage:
    """The tab; `is_withheld` where the part of the reader does not read what is being verified."""

    is_withheld: bool
    warnings: list[dict]
    plan: list[tuple[str, str]]
    links: list[tuple[str, str]]
    sections: list[Section]


def read_inspection(opened, today):
    case, part = opened.case, opened.part
    if not reads_inspection(part, case):
        return InspectionPage(True, [], [], [], [])
    steps = list(StepTaken.objects.standing().filter(case=case).order_by("on", "id"))
    writes = may_write(part, case) and case.state in OPEN_BEFORE_DECISION
    team = list(TeamMember.objects.filter(case=case))
    sections = [_team(case, team, writes), _reviews(case, may_write(part, case))]
    sections += [_violations(case, writes), _circumstances(case, writes)]
    if reads_evidence(part, case):
        sections.append(_evidence(case, writes))
    extends = runs_case(part, case) and case.state in RUNNING
    return InspectionPage(
        is_withheld=False,
        warnings=[*_kept_warnings(steps), *_of_team(case, team, today)],
        plan=_plan(steps),
        links=[("Gia hạn kiểm tra", _page(case, "extend_inspection"))] if extends else [],
        sections=[*sections, _rule_sets(case, runs_case(part, case) and not case.is_over)],
    )


def known_sets_in_words():
    """(topic, first day, words) of every rule set of discipline."""
    rows = RuleSet.objects.latest_versions().filter(topic__in=TOPICS).order_by("topic", "effective_on")
    return [(each.topic, each.effective_on, f"{each.source}, từ {each.effective_on:%d/%m/%Y}") for each in rows]


def _page(case, name, *more):
    return reverse(f"discipline:{name}", args=[case.pk, *more])


def _plan(steps):
    plan = next((step for step in reversed(steps) if step.step == "plan_inspection"), None)
    if plan is None:
        return []
    days = {name: _day(plan.data[name]) for name in ("examined_from", "examined_to", "starts_on", "ends_on")}
    extended = sum(step.data["days"] for step in steps if step.step == "extend_inspection" and step.pk > plan.pk)
    return [
        ("Quyết định", f"{plan.document}, ngày {plan.on:%d/%m/%Y}"),
        ("Loại", InspectionKind(plan.data["kind"]).label),
        ("Nội dung", plan.note),
        ("Thời kỳ được kiểm tra", f"{days['examined_from']} – {days['examined_to']}"),
        ("Tiến hành", f"{days['starts_on']} – {days['ends_on']}" + (f", gia hạn {extended} ngày" if extended else "")),
        ("Lịch làm việc", plan.data["schedule"] or "không ghi"),
    ]


def _day(iso):
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _kept_warnings(steps):
    """What the rule sets said against the steps when they were taken."""
    return [_warned(words, article) for step in steps for words, article in step.data.get("warnings", ())]


def _of_team(case, team, today):
    if case.handler != Handler.CELL:
        return []
    size = sum(row.voided_at is None for row in team)
    warned = team_warning(day_rules(case, today).procedure, size)
    return [_warned(warned.reason, warned.article)] if warned else []


def _warned(words, article):
    return {"status": "warn", "word": "Lưu ý", "reason": words, "source": article}


def _section(case, key, title, rows, **more):
    """The rows of a kind that can be taken back, those taken back apart; `row` gives (title, text) of each."""
    row, writes, concludes = more.pop("row"), more.pop("writes"), more.pop("concludes", "")
    pages = [("void_record", key), *([(concludes,)] if concludes else [])] if writes else []
    standing = [
        Row(*row(each), *(_page(case, name, *kind, each.pk) for name, *kind in pages))
        for each in rows
        if each.voided_at is None
    ]
    voided = [Row(row(each)[0], f"hủy: {each.void_reason}") for each in rows if each.voided_at is not None]
    add = more.pop("add")
    return Section(key, title, standing, voided, [(add[0], _page(case, add[1]))] if writes else [], **more)


def _team(case, rows, writes):
    def row(each):
        return each.full_name, _joined("tổ trưởng" if each.is_head else "", each.note)

    add = ("Thêm người vào tổ", "add_team_member")
    return _section(case, "team", "Tổ kiểm tra", rows, row=row, writes=writes, add=add, empty="Chưa lập tổ kiểm tra.")


def _violations(case, writes):
    def row(each):
        began, ended, found = (f"{day:%d/%m/%Y}" if day else "" for day in _days(each))
        span = f"từ {began or 'chưa rõ'} đến {ended or 'chưa rõ'}" if began or ended else ""
        return str(each), _joined(
            each.description, _joined(each.article, each.rule, by=" "), ", ".join(map(code_label, each.tags)), span,
            found and f"phát hiện {found}", each.get_consequence_display() and f"hậu quả {_lower(each)}",
            each.unlimited_kind and f"không có thời hiệu: {each.get_unlimited_kind_display()}",
            CONCLUSIONS[each.is_concluded],
        )  # fmt: skip

    rows = list(CaseViolation.objects.filter(case=case))
    add = ("Ghi vi phạm", "add_violation")
    more = {"row": row, "writes": writes, "add": add, "concludes": "conclude_violation"}
    return _section(case, "violation", "Vi phạm", rows, **more, empty="Chưa ghi vi phạm nào.")


def _days(violation):
    return violation.began_on, violation.ended_on, violation.discovered_on


def _lower(violation):
    return violation.get_consequence_display().lower()


def _circumstances(case, writes):
    def row(each):
        return code_label(each.code), _joined("tăng nặng" if each.is_aggravating else "giảm nhẹ", each.note)

    rows = list(Circumstance.objects.filter(case=case))
    add = ("Ghi tình tiết", "add_circumstance")
    empty = "Chưa ghi tình tiết nào. Phần mềm ghi lại, không cân đo."
    return _section(case, "circumstance", "Tình tiết", rows, row=row, writes=writes, add=add, empty=empty)


def _evidence(case, writes):
    def row(each):
        on, grade = f"ngày {each.on:%d/%m/%Y}" if each.on else "", each.grade and SecrecyGrade(each.grade).label
        kind = "chỉ dẫn" if each.kind == EvidenceKind.POINTER else each.get_kind_display().lower()
        kept = each.kept_at and f"giữ tại {each.kept_at}"
        return each.title, _joined(kind, each.number, on, each.origin, grade and f"độ {grade}", kept, each.text)

    rows = list(Evidence.objects.filter(case=case))
    add = ("Ghi tài liệu, chứng cứ", "add_evidence")
    empty = "Chưa ghi tài liệu nào. Không tải tệp lên; chỉ ghi số, ngày, nội dung bằng lời."
    return _section(case, "evidence", "Tài liệu, chứng cứ", rows, row=row, writes=writes, add=add, empty=empty)


def _reviews(case, writes):
    rows = list(SelfReview.objects.standing().filter(case=case))
    links = []
    if writes and case.state in RUNNING:
        links.append(("Yêu cầu tự kiểm điểm lại", _page(case, "ask_self_review")))
    if writes and case.state == State.VERIFYING:
        links.append(("Ghi thêm bản tự kiểm điểm", _page(case, "answer_self_review")))
    words = [Row(f"Yêu cầu ngày {each.asked_on:%d/%m/%Y}", _answered(each)) for each in rows]
    return Section("reviews", "Tự kiểm điểm", words, [], links, "Chưa yêu cầu tự kiểm điểm.")


def _answered(review):
    if review.is_refused:
        return _joined(SelfReviewOutcome.REFUSED.label, review.note)
    if review.received_on is None:
        return _joined("chưa nhận", review.note)
    named = f"tự nhận {Form(review.form_named).label.lower()}" if review.form_named else "không tự nhận hình thức nào"
    return _joined(f"nhận ngày {review.received_on:%d/%m/%Y}", named, review.note)


def _rule_sets(case, chooses):
    rows = [
        Row(topic_label(topic), f"chọn bộ có hiệu lực từ {_day(each['from'])}: {each['reason']}")
        for topic, each in case.sets.items()
    ]
    links = [("Chọn bộ quy tắc khác", _page(case, "choose_rules"))] if chooses else []
    return Section("rules", "Bộ quy tắc", rows, [], links, "Mỗi bước theo bộ quy tắc có hiệu lực vào ngày của bước ấy.")


def _joined(*parts, by="; "):
    return by.join(part for part in parts if part)
