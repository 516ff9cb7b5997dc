"""What a rule of admission says of one condition, and the written consent that must be older than the decision."""

from dataclasses import dataclass, replace
from datetime import date

PASS, FAIL, NEEDS_APPROVAL, NEEDS_HUMAN, MISSING = "pass", "fail", "needs_approval", "needs_human", "missing"
NO_RULE = "Bộ quy tắc không có quy định này."
PROVINCE = "provincial_standing_board"
APPROVERS = {PROVINCE: "ban thường vụ tỉnh ủy, thành ủy", "committee_above": "cấp ủy cấp trên"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One condition: its result, why, on what evidence, by which article, what to do, and from when it is another.

    `applies` False: the condition does not concern the person. `items` are the papers or questions that are open.
    """

    key: str
    status: str
    reason: str
    article: str = ""
    code: str = ""
    evidence: str = ""
    next_step: str = ""
    changes_on: date | None = None
    items: tuple[str, ...] = ()
    applies: bool = True


def not_applicable(key: str, reason: str, article: str = "") -> Finding:
    """A condition that does not concern the person, or that the rule set does not have."""
    return Finding(key=key, status=PASS, reason=reason, article=article, applies=False)


@dataclass(frozen=True)
class Approval:
    """The day of a written consent and the day of the decision that it must precede; None: there is none yet."""

    consented_on: date | None = None
    decided_on: date | None = None


NO_APPROVAL = Approval()


def approved(finding: Finding, approval: Approval, approver: str | None = PROVINCE) -> Finding:
    """The finding, settled by the consent of a body above: consent after the decision does not mend it."""
    if approval.consented_on is None:
        step = f"Xin {APPROVERS[approver or PROVINCE]} đồng ý bằng văn bản, trước khi có quyết định."
        return replace(finding, status=NEEDS_APPROVAL, next_step=step)
    evidence = f"Văn bản đồng ý ngày {day(approval.consented_on)}"
    if approval.decided_on is None or approval.consented_on < approval.decided_on:
        return replace(finding, status=PASS, evidence=evidence, next_step="")
    evidence += f", quyết định ngày {day(approval.decided_on)}"
    if approval.consented_on == approval.decided_on:
        step = "Xác minh văn bản nào có trước và ghi kết luận."
        return replace(finding, status=NEEDS_HUMAN, evidence=evidence, next_step=step)
    reason = f"{finding.reason} Văn bản đồng ý có sau quyết định."
    step = "Xem xét lại quyết định theo quy định về kết nạp không đúng."
    return replace(finding, status=FAIL, code="consent_late", reason=reason, evidence=evidence, next_step=step)


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
