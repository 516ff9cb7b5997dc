"""What an exit means for coming back: barred for life, or not before a day (topic `removal`; 294-QĐ/TW, 3.5).

The numbers stand in the rule sets; the apps that ask say in their own words what follows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_months
from members.enums import ExitGround

LESS_SERIOUS = "convicted_less_serious"


@dataclass(frozen=True, kw_only=True)
class ReadmissionRules(Rules):
    """Of topic `removal` what readmission asks."""

    readmission_min_months: int | None = None
    readmission_after_clearance_months: int | None = None
    readmission_max_times: int | None = None
    readmission_provincial_consent: bool | None = None
    readmission_never_codes: tuple[str, ...] | None = None
    readmission_exception_code: str | None = None


@dataclass(frozen=True)
class Wait:
    """A term that must be over: so many months from a day, None while the day is not known."""

    key: str
    months: int
    since: date | None
    what: str

    @property
    def first_on(self) -> date | None:
        """The first day on which an application is considered as far as this term goes."""
        return add_months(self.since, self.months) if self.since else None


def refused_again(rules: ReadmissionRules, times_readmitted: int) -> str:
    """Why somebody admitted again so often is not another time; empty where he may be."""
    most = rules.readmission_max_times
    if most is None or times_readmitted < most:
        return ""
    return f"Đã được kết nạp lại {times_readmitted} lần; chỉ được kết nạp lại {most} lần."


def barring(rules: ReadmissionRules, grounds: Collection[str]) -> list[str]:
    """The codes of an exit that bar for life, in words; hard family circumstances lift that of an own application."""
    never = set(rules.readmission_never_codes or ())
    if rules.readmission_exception_code in grounds:
        never -= {ExitGround.APPLICATION.value}
    return [_words(code) for code in grounds if code in never]


def waits(
    rules: ReadmissionRules, grounds: Collection[str], left_on: date | None, cleared_on: date | None
) -> list[Wait]:
    """Every term of an exit: the months since leaving, and since a less serious conviction was cleared."""
    found = [Wait("readmission_min_months", rules.readmission_min_months or 0, left_on, "ra khỏi Đảng")]
    if LESS_SERIOUS in grounds:
        key = "readmission_after_clearance_months"
        found.append(Wait(key, rules.readmission_after_clearance_months or 0, cleared_on, "xóa án tích"))
    return found


def _words(code: str) -> str:
    return str(ExitGround(code).label).lower() if code in ExitGround.values else code
