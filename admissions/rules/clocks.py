"""Clocks of an admission (topic `admission_clocks`): from which day, how many working days, what being late means."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from admissions.rules.findings import day
from config.lib.rulesets import Rules
from config.lib.workdays import add_working_days, vietnam

ONE_DAY = timedelta(days=1)
ISSUED, RECEIVED = "decision_issued", "decision_received"
REMIND = "Nhắc."
ACCOUNT = "Báo cáo lý do chậm với cấp ủy cấp trên."


@dataclass(frozen=True, kw_only=True)
class ClockRules(Rules):
    verification_reply_home_working_days: int | None = None
    verification_reply_abroad_working_days: int | None = None
    cell_sends_up_working_days: int | None = None
    base_resolution_working_days: int | None = None
    admission_decision_working_days: int | None = None
    admission_decision_extension_working_days: int | None = None
    ceremony_working_days: int | None = None
    ceremony_clock: str | None = None
    member_sheet_working_days: int | None = None
    moved_file_forward_working_days: int | None = None
    moved_receiving_decision_working_days: int | None = None
    moved_decision_valid_working_days: int | None = None
    moved_review_working_days: int | None = None
    statistics_period_event: str | None = None
    working_day_start: str | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The last day in time, and with the extension of special cases; `note` says what makes the day unsure."""

    due_on: date
    reason: str
    article: str
    latest_on: date | None = None
    if_late: str = ""
    note: str = ""

    def is_over(self, on: date) -> bool:
        return on > self.due_on


def decision_due(rules: ClockRules, resolved_on: date | None) -> Deadline | None:
    """Until when the competent committee decides, and at most in special cases (294-QĐ/TW, 4.3.1)."""
    key, more = "admission_decision_working_days", rules.admission_decision_extension_working_days
    return deadline(rules, key, resolved_on, "từ nghị quyết của chi bộ", if_late=ACCOUNT, extension=more)


def ceremony_due(rules: ClockRules, *, issued_on: date | None, received_on: date | None) -> Deadline | None:
    """Until when the ceremony is held; from the receipt of the decision, under 208-QĐ/TW from its issue."""
    start, words = {
        ISSUED: (issued_on, "từ ngày ban hành quyết định"),
        RECEIVED: (received_on, "từ ngày nhận quyết định"),
    }.get(rules.ceremony_clock or "", (None, ""))
    late = "Báo cáo lý do; chỉ tổ chức lễ khi cấp ủy cấp trên trực tiếp đồng ý."
    return deadline(rules, "ceremony_working_days", start, words, if_late=late)


def member_sheet_due(rules: ClockRules, ceremony_on: date | None) -> Deadline | None:
    """Until when the CV and the sheet of the new member are made (38-HD/BTCTW, I.2.2)."""
    return deadline(rules, "member_sheet_working_days", ceremony_on, "từ lễ kết nạp", if_late=REMIND)


def verification_reply_due(rules: ClockRules, requested_on: date | None, *, abroad: bool = False) -> Deadline | None:
    """Until when a body answers a request to verify a CV; being late is never an answer (06-HD/TW, 3.4d)."""
    key = f"verification_reply_{'abroad' if abroad else 'home'}_working_days"
    return deadline(rules, key, requested_on, "từ ngày nhận đề nghị thẩm tra", if_late=REMIND)


def cell_sends_up_due(rules: ClockRules, resolved_on: date | None) -> Deadline | None:
    """Until when the cell sends its resolution up, where a committee has set a limit."""
    return deadline(rules, "cell_sends_up_working_days", resolved_on, "từ nghị quyết của chi bộ", if_late=REMIND)


def base_resolution_due(rules: ClockRules, resolved_on: date | None) -> Deadline | None:
    """Until when the base committee resolves after the cell, where a committee has set a limit."""
    return deadline(rules, "base_resolution_working_days", resolved_on, "từ nghị quyết của chi bộ", if_late=REMIND)


def deadline(
    rules: ClockRules, key: str, start: date | None, since: str, *, if_late: str, extension: int | None = None
) -> Deadline | None:
    """The limit of that key; None where there is none, or where its clock has not started."""
    days = getattr(rules, key)
    if start is None or days is None:
        return None
    due = _due(rules, start, days)
    keys = [key, "working_day_start"]
    if key.startswith("ceremony"):
        keys.insert(1, "ceremony_clock")
    return Deadline(
        due_on=due,
        reason=f"{days} ngày làm việc {since} {day(start)}",
        article=rules.cite(*keys),
        latest_on=_due(rules, start, days + extension) if extension else None,
        if_late=if_late,
        note="" if vietnam().covers(start, due) else "Chưa có bảng ngày nghỉ của năm; hạn có thể thay đổi.",
    )


def agreed_deadline(current: Deadline | None, coming: Deadline | None) -> Deadline | None:
    """In the gap of 2026: what both sets say; where they differ the earlier day, with a note for people to settle."""
    if current is None or coming is None or current.due_on == coming.due_on:
        return current or coming
    earlier, later = sorted((current, coming), key=lambda each: each.due_on)
    note = f"Hai quy định cho hạn khác nhau, hạn kia là {day(later.due_on)}; cấp ủy có thẩm quyền kết luận."
    return replace(earlier, note=note)


def _due(rules: ClockRules, start: date, days: int) -> date:
    """Day 1 is the first working day after the event, or the event's own day where a committee counts it."""
    return add_working_days(start - ONE_DAY if rules.working_day_start == "same_day" else start, days)
