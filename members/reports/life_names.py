"""Who stands behind the figures of party life: one line a person and cell, with the months counted in both ways."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, F

from members.life_enums import CELL_MEETINGS, STUDY_KINDS, MeetingKind, Presence
from members.models import Attendance, FeePayment
from members.reports.life import owed_fees, without_task
from members.rules.exits import ABSENCE, FEES, MonthsMissed, months_missed
from members.rules.life import absence_months, fee_months
from members.standing_rules import StandingBook


@dataclass(frozen=True)
class NameLine:
    """One person in one cell: how often, when, and for absence and fees what the rule of three months says."""

    member_id: Any
    name: str
    home_path: str
    place: str
    number: int | None = None
    when: str = ""
    verdict: MonthsMissed | None = None


@dataclass(frozen=True)
class NameKind:
    """One list of names: what it is called, what its number counts, whom it holds and what is said of them."""

    title: str
    counts: str
    rows: Callable[..., Any]
    details: Callable[..., Any] | None = None


def names_behind(kind, branch, period):
    """The people of one list, in the order of names: values by member and cell."""
    return KINDS[kind].rows(branch, period)


def name_lines(kind, rows, period, branch):
    """The lines of some of these people, with their days and what the rules say; a fixed number of queries."""
    rows = list(rows)
    details = KINDS[kind].details
    found = details([row["member"] for row in rows], period, branch) if details and rows else {}
    return [
        NameLine(
            row["member"], row["member__full_name"], row["member__home__path"], branch.name(row["cell"]),
            row.get("number"), *found.get((row["member"], row["cell"]), ()),
        )
        for row in rows
    ]  # fmt: skip


def _by_person(rows, cell, counting=True):
    """Values of `rows` by member and cell; `cell` is the path to the organisation."""
    who = ("member", "member__full_name", "member__home__path", "member__sort_key")
    grouped = rows.order_by().values(*who, cell=F(f"{cell}_id"))
    found = grouped.annotate(number=Count("pk")) if counting else grouped
    return found.order_by("member__sort_key", "member", "cell")


def _absent(kinds, branch, period):
    rows = Attendance.objects.unexcused().filter(meeting__organisation__in=branch.ids, meeting__kind__in=kinds)
    return _by_person(rows.held_within(period.since, period.until), "meeting__organisation")


def _owing(branch, period):
    return _by_person(owed_fees(branch, period).of_months(period.since, period.until), "organisation")


def _untasked(branch, period):
    return _by_person(without_task(branch, period), "organisation", counting=False)


def _days(kinds, members, period, branch, *, judged):
    """Days missed, and by the rule of absence the months of the year, by (member, cell)."""
    rows = Attendance.objects.standing().filter(member__in=members, meeting__kind__in=kinds)
    year = rows.held_within(date(period.year, 1, 1), date(period.year + 1, 1, 1))
    missed, regular, people = defaultdict(list), defaultdict(list), set()
    columns = ("member_id", "meeting__organisation_id", "meeting__held_on", "meeting__kind", "presence")
    for member, cell, day, kind, presence in year.order_by("meeting__held_on").values_list(*columns):
        people.add((member, cell))
        if presence == Presence.UNEXCUSED and period.since <= day < period.until:
            missed[member, cell].append(day)
        if kind == MeetingKind.REGULAR and day <= period.last_day:
            regular[member].append((day, presence == Presence.UNEXCUSED))
    rules = _rules(branch, period) if judged else None
    return {
        key: (
            ", ".join(f"{day:%d/%m}" for day in missed[key]),
            months_missed(rules, ABSENCE, absence_months(regular[key[0]]), period.last_day) if judged else None,
        )
        for key in people
    }


def _owed_months(members, period, branch):
    """Months owed, and what the rule of fees says of the year, by (member, cell)."""
    rows = FeePayment.objects.standing().filter(
        member__in=members, month__gte=date(period.year, 1, 1), month__lte=period.last_day
    )
    owed, months = defaultdict(list), defaultdict(list)
    for row in rows.order_by("month"):
        is_owed = row.is_owed_on(period.on)
        months[row.member_id].append((row.month, is_owed))
        if is_owed and period.since <= row.month < period.until:
            owed[row.member_id, row.organisation_id].append(row.month)
    rules = _rules(branch, period)
    return {
        key: (
            ", ".join(f"{month:%m}" for month in firsts),
            months_missed(rules, FEES, fee_months(months[key[0]]), period.last_day),
        )
        for key, firsts in owed.items()
    }


def _rules(branch, period):
    """By the rules of the day with what the body, or those above it, chose."""
    return StandingBook().removal(branch.body, period.last_day)


KINDS = {
    "absent": NameKind(
        "Đảng viên không dự sinh hoạt", "Số buổi vắng không lý do",
        partial(_absent, CELL_MEETINGS), partial(_days, CELL_MEETINGS, judged=True),
    ),
    "untasked": NameKind("Đảng viên chưa được phân công nhiệm vụ", "", _untasked),
    "study": NameKind(
        "Đảng viên không dự học tập nghị quyết", "Số buổi học vắng không lý do",
        partial(_absent, STUDY_KINDS), partial(_days, STUDY_KINDS, judged=False),
    ),
    "fees": NameKind("Đảng viên nợ đảng phí", "Số tháng chưa đóng", _owing, _owed_months),
}  # fmt: skip
