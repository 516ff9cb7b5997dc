"""The limits by which dates in a file are judged (topic `file_checks`)."""

from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_months, add_working_days


@dataclass(frozen=True, kw_only=True)
class FileCheckRules(Rules):
    admission_age: int | None = None
    admission_age_checked_from: date | None = None
    probation_months: int | None = None
    recognition_working_days: int | None = None


def too_young(rules: FileCheckRules, born: date, admitted: date) -> bool:
    """Whether a person was admitted before the age of admission; old admissions are not judged (294-QĐ/TW, 5.2.3)."""
    if rules.admission_age is None or admitted < (rules.admission_age_checked_from or date.min):
        return False
    return add_months(born, 12 * rules.admission_age) > admitted


def probation_overdue(rules: FileCheckRules, admitted: date, on: date) -> bool:
    """Whether probation and the working days of recognition had both ended before `on` (294-QĐ/TW, 4.2.2)."""
    if rules.probation_months is None or add_months(admitted, rules.probation_months) >= on:
        return False
    ended = add_months(admitted, rules.probation_months)
    return add_working_days(ended, rules.recognition_working_days or 0) < on
