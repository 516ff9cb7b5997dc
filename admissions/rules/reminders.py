"""What the software reminds of before it ends (topic `admission_reminders`); no regulation sets these days."""

from dataclasses import dataclass
from datetime import date, timedelta

from admissions.rules.clocks import REMIND, Deadline
from admissions.rules.conditions import ConditionRules
from admissions.rules.findings import day
from config.lib.rulesets import Rules
from config.lib.workdays import add_months
from members.rules.probation import ProbationRules, probation_end, proposal_due

CLASS_AGAIN = "Học lại lớp bồi dưỡng nhận thức về Đảng."
REDO = "Làm lại bốn loại giấy tờ của hồ sơ."
FLAG = "Ghi rõ lý do chậm; ngày chính thức không đổi."


@dataclass(frozen=True, kw_only=True)
class ReminderRules(Rules):
    probation_reminder_days: tuple[str, ...] | None = None
    helper_note_months: int | None = None
    certificate_warning_days: int | None = None
    dossier_warning_days: int | None = None

    @property
    def days_before(self) -> tuple[int, ...]:
        """So many days before the end of probation somebody is reminded, the earliest first."""
        return tuple(sorted((int(each) for each in self.probation_reminder_days or ()), reverse=True))


def certificate_ends(rules: ConditionRules, issued_on: date | None) -> Deadline | None:
    """The last day on which a certificate of the awareness class serves a meeting of the cell (06-HD/TW, 5.4b)."""
    months = rules.class_certificate_months
    return _months(rules, "class_certificate_months", issued_on, f"{months} tháng từ ngày cấp", CLASS_AGAIN)


def dossier_ends(rules: ConditionRules, made_on: date | None) -> Deadline | None:
    """The last day on which a dossier serves a meeting of the cell (06-HD/TW, 5.4a)."""
    return _months(rules, "dossier_months", made_on, f"{rules.dossier_months} tháng từ ngày lập hồ sơ", REDO)


def note_due(rules: ReminderRules, since: date | None) -> Deadline | None:
    """When the helper of a probationary member is next asked for a note."""
    months = rules.helper_note_months
    return _months(rules, "helper_note_months", since, f"{months} tháng từ lần ghi trước hoặc ngày kết nạp", REMIND)


def probation_ends(rules: ProbationRules, ceremony_on: date | None) -> Deadline | None:
    """The end of the probation, from which the member is official (Charter 5)."""
    if ceremony_on is None or rules.probation_months is None:
        return None
    return Deadline(
        due_on=probation_end(rules, ceremony_on),
        reason=f"{rules.probation_months} tháng từ ngày kết nạp {day(ceremony_on)}",
        article=rules.cite("probation_months"),
    )


def recognition_proposed_by(rules: ProbationRules, ceremony_on: date | None) -> Deadline | None:
    """Until when the cell considers recognition, as a deadline of this app."""
    clock = proposal_due(rules, ceremony_on) if ceremony_on else None
    if clock is None:
        return None
    return Deadline(due_on=clock.due_on, reason=clock.reason, article=clock.article, if_late=FLAG)


def is_near(deadline: Deadline, days: int | None, on: date) -> bool:
    """Whether a reminder is due: within so many days of the end, or past it."""
    return days is not None and on >= deadline.due_on - timedelta(days=days)


def _months(rules: Rules, key: str, since: date | None, words: str, late: str) -> Deadline | None:
    months = getattr(rules, key)
    if since is None or months is None:
        return None
    due = add_months(since, months)
    return Deadline(due_on=due, reason=f"{words} {day(since)}", article=rules.cite(key), if_late=late)
