"""Party badges (topic `badge`): levels, rounds and their windows, early, posthumous, discipline (294-QĐ/TW, 28.3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from config.lib.rulesets import MonthDay, Rules
from config.lib.workdays import add_months, vietnam
from members.rules.moves import HUMAN, OK, STOP, Finding
from members.rules.party_age import HUMAN as AGE_HUMAN
from members.rules.party_age import PartyAge

NORMAL, EARLY, POSTHUMOUS = "normal", "early", "posthumous"
NEEDS_HUMAN = "needs_human"
YEAR = 12  # months
ONE_DAY = timedelta(days=1)
NEUTRAL = "Cấp ủy quản lý hồ sơ xem xét trước khi đề nghị."  # to whoever may not know why
WAITING_FORMS = ("reprimand", "warning", "removal_from_post")


@dataclass(frozen=True, kw_only=True)
class BadgeRules(Rules):
    badge_levels: tuple[Decimal, ...] | None = None
    badge_new_level_backlog: str | None = None
    badge_early_months: int | None = None
    badge_early_months_high: int | None = None
    badge_high_from: int | None = None
    badge_posthumous_months: int | None = None
    badge_wait_reprimand_months: int | None = None
    badge_wait_warning_months: int | None = None
    badge_wait_removal_from_post_months: int | None = None
    badge_round_1: MonthDay | None = None
    badge_round_2: MonthDay | None = None
    badge_round_3: MonthDay | None = None
    badge_round_4: MonthDay | None = None
    badge_window_1: MonthDay | None = None
    badge_window_2: MonthDay | None = None
    badge_window_3: MonthDay | None = None
    badge_window_4: MonthDay | None = None
    badge_file_lead_working_days: int | None = None
    badge_number_forms: tuple[str, ...] | None = None

    @property
    def levels(self) -> tuple[int, ...]:
        """Years of Party age for which there is a badge, lowest first."""
        return tuple(sorted(int(level) for level in self.badge_levels or ()))

    @property
    def rounds(self) -> list[tuple[MonthDay, MonthDay]]:
        """(first day of the window, day of the round) in the order of the windows in a year."""
        pairs = [(getattr(self, f"badge_window_{n}"), getattr(self, f"badge_round_{n}")) for n in range(1, 5)]
        return sorted((window, day) for window, day in pairs if window and day)


ROUND_KEYS = ("badge_round_1", "badge_window_1", "badge_file_lead_working_days")


@dataclass(frozen=True)
class Round:
    """One of the four rounds: its day, the half-open window of due dates, the last day for the files."""

    on: date
    first: date
    after: date
    file_by: date

    @property
    def name(self) -> str:
        return f"{self.on:%d/%m/%Y}"

    def takes(self, due: date) -> bool:
        return self.first <= due < self.after


@dataclass(frozen=True)
class Discipline:
    """A decided and announced sanction, as far as badges ask."""

    form: str
    decided_on: date
    lapses_on: date | None = None


@dataclass(frozen=True)
class BadgeDue:
    """A level with the day on which it falls due; `latest` differs where the beginning is a partial date."""

    level: int
    on: date
    latest: date


# --- rounds ----------------------------------------------------------------------------------------------------------


def round_of(rules: BadgeRules, due: date) -> Round | None:
    """The round in whose window the due date lies (06-HD/TW, 18.4); None where the set names no rounds."""
    return next((each for each in _rounds_around(rules, due.year) if each.takes(due)), None)


def rounds_in(rules: BadgeRules, year: int) -> list[Round]:
    """The rounds of a calendar year in order of their days."""
    return sorted((each for each in _rounds_around(rules, year) if each.on.year == year), key=lambda each: each.on)


@lru_cache(maxsize=256)  # the same few years are asked for every member of a list
def _rounds_around(rules: BadgeRules, year: int) -> list[Round]:
    starts = [(window.on(at), day) for at in (year - 1, year, year + 1) for window, day in rules.rounds]
    return [_round(rules, first, after, day) for (first, day), (after, _) in pairwise(starts) if after.year >= year]


def _round(rules: BadgeRules, first: date, after: date, day: MonthDay) -> Round:
    on = day.on(first.year) if day.on(first.year) >= first else day.on(first.year + 1)
    return Round(on, first, after, file_by(rules, on))


def file_by(rules: BadgeRules, round_on: date) -> date:
    """The last working day from which the lead in working days still fits before the round."""
    calendar, left, day = vietnam(), rules.badge_file_lead_working_days or 0, round_on
    while left:
        left -= calendar.is_working(day)
        day -= ONE_DAY
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day


# --- levels ----------------------------------------------------------------------------------------------------------


def due_of(age: PartyAge, level: int) -> BadgeDue | None:
    """The day on which Party age reaches the level; None while there is no Party age."""
    if age.start is None or age.latest is None:
        return None
    return BadgeDue(level, add_months(age.start, level * YEAR), add_months(age.latest, level * YEAR))


def next_due(rules: BadgeRules, age: PartyAge, on: date) -> BadgeDue | None:
    """The first level that falls due after `on`."""
    dues = (due_of(age, level) for level in rules.levels)
    return next((due for due in dues if due and due.on > on), None)


def reached(rules: BadgeRules, age: PartyAge, on: date) -> BadgeDue | None:
    """The highest level that has fallen due by `on`."""
    dues = [due for level in rules.levels if (due := due_of(age, level)) and due.on <= on]
    return dues[-1] if dues else None


# --- who receives one ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BadgeCase:
    """One person and one level in one round; `levels_then` are the levels in force on the due date."""

    age: PartyAge
    due: BadgeDue
    levels_then: tuple[int, ...]
    disciplines: tuple[Discipline, ...] = ()


def badge_finding(rules: BadgeRules, case: BadgeCase) -> Finding:
    """Whether the badge can be proposed at the round of its due date, is held, or a person must look."""
    if case.due.level not in case.levels_then:
        return _backlog(rules, case.due)
    if held := _held(rules, case.disciplines, case.due):
        return held
    if case.age.status == AGE_HUMAN:
        return Finding(HUMAN, case.age.reason, case.age.article, due_on=case.due.on)
    if _round_on(rules, case.due.on) != _round_on(rules, case.due.latest):
        reason = "Ngày bắt đầu không ghi đủ ngày, tháng nên chưa rõ đợt; cấp có thẩm quyền xác nhận."
        return Finding(HUMAN, reason, case.age.article, due_on=case.due.on)
    reason = f"Đủ {case.due.level} năm tuổi Đảng ngày {_day(case.due.on)}{_round_words(rules, case.due.on)}."
    return Finding(OK, reason, rules.cite("badge_levels", *ROUND_KEYS), "Đủ điều kiện", due_on=case.due.on)


def neutral(finding: Finding) -> Finding:
    """The same for a reader who may not know of discipline: whatever is not plain is for others to look at."""
    return finding if finding.status == OK else Finding(HUMAN, NEUTRAL, "", due_on=finding.due_on)


def release_of(rules: BadgeRules, disciplines: Iterable[Discipline], due: date) -> date | None:
    """The first day on which the badge of a disciplined member may be considered; None where nothing holds it."""
    round_on = _round_on(rules, due)
    last = max(due, round_on) if round_on else due
    days = [
        day
        for each in disciplines
        if each.decided_on <= last and (each.lapses_on is None or each.lapses_on > due)
        if (day := _wait_ends(rules, each)) and day > due
    ]
    return max(days, default=None)


def _wait_ends(rules: BadgeRules, discipline: Discipline) -> date | None:
    if discipline.form not in WAITING_FORMS:
        return None
    months = getattr(rules, f"badge_wait_{discipline.form}_months")
    return None if months is None else add_months(discipline.decided_on, months)


def _held(rules: BadgeRules, disciplines: tuple[Discipline, ...], due: BadgeDue) -> Finding | None:
    """Not yet while the wait runs; from its end on if the cell confirms that the fault is mended (28.3.1c)."""
    article = rules.cite(*(f"badge_wait_{form}_months" for form in WAITING_FORMS))
    release = release_of(rules, disciplines, due.on)
    if release:
        words = f"Chưa xét vì kỷ luật đảng; xét từ {_day(release)} nếu chi bộ xác nhận đã sửa chữa"
        status = HUMAN if _round_on(rules, release) == _round_on(rules, due.on) else STOP
        return Finding(status, f"{words}{_round_words(rules, release)}.", article, "Chưa xét", due_on=release)
    if any(each.lapses_on and each.decided_on <= due.on < each.lapses_on for each in disciplines):
        reason = "Kỷ luật đảng còn hiệu lực, đã qua thời gian chờ: chi bộ xác nhận đã sửa chữa thì đề nghị."
        return Finding(HUMAN, reason, article, due_on=due.on)
    if any(each.lapses_on is None and each.decided_on <= due.on for each in disciplines):
        reason = (
            "Kỷ luật đảng chưa ghi ngày hết hiệu lực, đã qua thời gian chờ: ghi ngày đó, hoặc chi bộ xác nhận đã sửa "
            "chữa thì đề nghị."
        )
        return Finding(HUMAN, reason, article, due_on=due.on)
    return None


def _backlog(rules: BadgeRules, due: BadgeDue) -> Finding:
    if rules.badge_new_level_backlog != NEEDS_HUMAN:
        return Finding(
            STOP, f"Ngày {_day(due.on)} chưa có mức {due.level} năm.", rules.cite("badge_levels"), "Chưa xét"
        )
    reason = (
        f"Đủ {due.level} năm ngày {_day(due.on)}, trước khi có mức này; chưa rõ có được tặng không, "
        "cấp có thẩm quyền quyết định."
    )
    return Finding(HUMAN, reason, rules.cite("badge_levels", "badge_new_level_backlog"), due_on=due.on)


def after_wait(rules: BadgeRules, due: BadgeDue, release: date) -> Finding:
    """What is said at the round of the release of a badge that discipline had held."""
    article = rules.cite(*(f"badge_wait_{form}_months" for form in WAITING_FORMS))
    reason = (
        f"Đủ {due.level} năm ngày {_day(due.on)}; hết thời gian chờ vì kỷ luật ngày {_day(release)}: chi bộ xác nhận "
        "đã sửa chữa thì đề nghị."
    )
    return Finding(HUMAN, reason, article, due_on=release)


# --- early and posthumous --------------------------------------------------------------------------------------------


def early_from(rules: BadgeRules, due: BadgeDue) -> date | None:
    """From which day a seriously ill member may receive the level early (06-HD/TW, 18.1)."""
    key = _early_key(rules, due.level)
    months = getattr(rules, key)
    return None if months is None else add_months(due.on, -months)


def early_finding(rules: BadgeRules, due: BadgeDue, on: date) -> Finding:
    """Whether the level may be proposed early on `on` for a seriously ill member."""
    first, article = early_from(rules, due), rules.cite(_early_key(rules, due.level))
    if first is None:
        return Finding(STOP, "Bộ quy tắc không có quy định tặng sớm.", article, "Chưa được")
    if on < first:
        reason = f"Mức {due.level} năm đến hạn {_day(due.on)}: tặng sớm được từ {_day(first)}."
        return Finding(STOP, reason, article, "Chưa được", due_on=first)
    reason = f"Mức {due.level} năm đến hạn {_day(due.on)}: đã trong thời gian tặng sớm, từ {_day(first)}."
    return Finding(OK, reason, article, "Tặng sớm được", due_on=first)


def posthumous_finding(rules: BadgeRules, due: BadgeDue, died_on: date) -> Finding:
    """Whether the level may be awarded to who died that day: one limit for every level (06-HD/TW, 18.2)."""
    article, months = rules.cite("badge_posthumous_months"), rules.badge_posthumous_months
    if months is None:
        return Finding(STOP, "Bộ quy tắc không có quy định truy tặng.", article, "Không truy tặng")
    words = f"Mức {due.level} năm đến hạn {_day(due.on)}, từ trần {_day(died_on)}"
    if due.on > add_months(died_on, months):
        return Finding(STOP, f"{words}: sớm quá {months} tháng.", article, "Không truy tặng", due_on=due.on)
    return Finding(OK, f"{words}: trong {months} tháng.", article, "Truy tặng được", due_on=due.on)


def number_problem(rules: BadgeRules, level: int, number: str) -> str:
    """Why a badge of the level cannot bear this number (38-HD/BTCTW, III.1), in words; empty when it can."""
    forms = dict(each.split(":", 1) for each in rules.badge_number_forms or ())
    form = forms.get(str(level))
    found = re.fullmatch(r"([A-Z]?)(\d+)", form) if form else None
    if found is None:
        return ""
    sign, digits = found.groups()
    if re.fullmatch(rf"[A-ZĐ]{{2,3}} ?{sign}[0-9]{{{digits}}}", number):
        return ""
    written = f"chữ cái của tỉnh, {f'chữ {sign}, ' if sign else ''}{digits} chữ số"
    return f"Số Huy hiệu {level} năm gồm {written} ({rules.cite('badge_number_forms')}); số “{number}” không đúng."


def numbers_from(first: str, count: int) -> list[str]:
    """Numbers that rise from the first one, its leading zeros kept; ValueError when its digits run out."""
    found = re.fullmatch(r"(.*?)(\d+)", first)
    if found is None:
        raise ValueError(first)
    head, digits = found.groups()
    numbers = [str(int(digits) + step).zfill(len(digits)) for step in range(count)]
    if numbers and len(numbers[-1]) > len(digits):
        raise ValueError(first)
    return [head + number for number in numbers]


def _early_key(rules: BadgeRules, level: int) -> str:
    is_high = rules.badge_high_from is not None and level >= rules.badge_high_from
    return "badge_early_months_high" if is_high else "badge_early_months"


def _round_on(rules: BadgeRules, due: date) -> date | None:
    found = round_of(rules, due)
    return found.on if found else None


def _round_words(rules: BadgeRules, due: date) -> str:
    found = round_of(rules, due)
    if found is None:
        return ""
    return f", đợt {found.name}{' (trao trước ngày đến hạn)' if found.on < due else ''}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
