"""A candidate who moves away between the resolution of the cell and the ceremony (06-HD/TW, 3.9)."""

from dataclasses import dataclass
from datetime import date

from admissions.rules.clocks import ACCOUNT, REMIND, ClockRules, Deadline, deadline
from admissions.rules.findings import day
from config.lib.workdays import working_days_between

REDIRECT, FORWARD, CANCEL = "redirect", "forward", "cancel"
STEPS = {
    REDIRECT: "Chuyển quyết định đến tổ chức cơ sở đảng nơi mới; tổ chức lễ kết nạp ở đó.",
    FORWARD: "Chuyển quyết định và hồ sơ đến nơi mới; tổ chức lễ kết nạp ở đó.",
    CANCEL: "Hủy quyết định, chuyển hồ sơ; cấp ủy có thẩm quyền nơi mới xem xét, quyết định.",
}


@dataclass(frozen=True)
class MovedDecision:
    """What becomes of a decision whose person has moved; never is the ceremony held at the place left."""

    outcome: str
    reason: str
    article: str
    next_step: str


def moved_decision(
    rules: ClockRules, *, ordered_on: date, decided_on: date, same_committee: bool
) -> MovedDecision | None:
    """Redirected, forwarded or cancelled, by the working days from the order to move to the decision."""
    limit, article = rules.moved_decision_valid_working_days, rules.cite("moved_decision_valid_working_days")
    if same_committee:
        return MovedDecision(REDIRECT, "Nơi mới cùng cấp ủy có thẩm quyền.", article, STEPS[REDIRECT])
    if limit is None:
        return None
    days = working_days_between(ordered_on, decided_on)
    outcome = FORWARD if days <= limit else CANCEL
    if days <= 0:
        reason = f"Quyết định ngày {day(decided_on)}, không sau ngày có quyết định chuyển công tác {day(ordered_on)}."
        return MovedDecision(outcome, reason, article, STEPS[outcome])
    compared = "không quá" if outcome == FORWARD else "quá"
    reason = (
        f"Quyết định ngày {day(decided_on)}, ngày làm việc thứ {days} từ khi có quyết định chuyển công tác "
        f"{day(ordered_on)}: {compared} {limit} ngày."
    )
    return MovedDecision(outcome, reason, article, STEPS[outcome])


def file_forward_due(rules: ClockRules, ordered_on: date | None) -> Deadline | None:
    """Until when the committee that has the file and has not decided sends it on."""
    since = "từ ngày có quyết định chuyển công tác"
    return deadline(rules, "moved_file_forward_working_days", ordered_on, since, if_late=REMIND)


def receiving_decision_due(rules: ClockRules, received_on: date | None) -> Deadline | None:
    """Until when the committee of the new place decides on a file that came to it."""
    since = "từ ngày nhận hồ sơ"
    return deadline(rules, "moved_receiving_decision_working_days", received_on, since, if_late=ACCOUNT)


def review_due(rules: ClockRules, requested_on: date | None) -> Deadline | None:
    """Until when a decision that the receiving base doubts is answered for."""
    late = "Báo cáo cấp ủy cấp trên."
    return deadline(rules, "moved_review_working_days", requested_on, "từ ngày nhận đề nghị xem lại", if_late=late)
