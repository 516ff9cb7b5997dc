"""What the records say of the members of a scope for screening, in as many queries for one cell as for a city."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from config.lib.workdays import add_months
from evaluations.enums import ON_THE_LIST, ScreeningNoteKind
from evaluations.models import ConductYear, ScreeningNote, ScreeningSubject
from members.badge_enums import CardState
from members.enums import LASTING_KINDS, ON_THE_ROAD, TEMPORARY_KINDS, MembershipKind
from members.life_enums import MeetingKind
from members.models import (
    AnnualGrade,
    Attendance,
    CardCheck,
    Ending,
    FeePayment,
    Membership,
    Overlay,
    Proceeding,
    Sanction,
    Task,
    Transfer,
)
from members.rules.life import Stay

WINDOW = 12  # months
YEARS_BACK = 6  # results of so many years are read; runs are of two
ABROAD, SLIP, SANCTION, ACT, CARD, TASK, CONTACT, PROCEEDING = (
    "abroad", "slip", "sanction", "act", "card", "task", "contact", "proceeding",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One dated thing about a member: what it is, from when until the day before when, and what it says."""

    kind: str
    since: date
    until: date | None
    words: str = ""

    def holds_on(self, day):
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Person:
    """Everything that screening asks about one member on the day of the look."""

    member_id: Any
    cell_id: int
    name: str = ""
    admitted_on: date | None = None
    official_on: date | None = None
    stays: list[Stay] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    attendance: list[tuple[date, str, int]] = field(default_factory=list)
    fees: dict[date, tuple] = field(default_factory=dict)
    grades: dict[int, str] = field(default_factory=dict)
    conduct: dict[int, bool] = field(default_factory=dict)
    assisted_since: date | None = None

    def marked(self, kind):
        return [mark for mark in self.marks if mark.kind == kind]


@dataclass(frozen=True)
class Slip:
    """A slip whose holder has not handed it in: of whom, from where, to where, and since when its clocks run."""

    member_id: Any
    name: str
    from_id: int | None
    to_id: int | None
    issued_on: date
    file_taken_on: date | None
    notice_received_on: date | None


@dataclass(frozen=True)
class Facts:
    """The people of a scope on a day by id; `kept` says of which (cell, month) a register of fees exists."""

    on: date
    people: dict
    kept: frozenset
    slips: tuple[Slip, ...] = ()


def window_of(on):
    """(first day, day after the last) of the months that rules may look at on a day."""
    first = on.replace(day=1)
    return add_months(first, 1 - WINDOW), add_months(first, 1)


def read_facts(organisation, on, *, proceedings=False):
    """The facts of everybody officially in a cell at or below `organisation` on a day."""
    ids = _roll(organisation, on).values("member_id")
    since, until = window_of(on)
    people = _people(organisation, ids, on, (since, until))
    _add_dated(people, ids, on, proceedings=proceedings)
    _add_attendance(people, ids, since, on + timedelta(days=1))
    kept = _add_fees(people, ids, organisation, (since, until))
    return Facts(on, people, kept, _slips(organisation, on))


def _roll(organisation, on):
    rows = Membership.objects.on(on).official()
    here = {"organisation__path__startswith": organisation.path, "organisation__is_cell": True}
    return rows.filter(**here, member__voided_at__isnull=True).order_by()


def _people(organisation, ids, on, window):
    """The people with all their stays of the window; the stay of the day says of which cell they are."""
    rows = Membership.objects.standing().overlapping(*window).filter(member__in=ids, organisation__is_cell=True)
    stay = ("organisation_id", "kind", "started_on", "ended_on")
    person = ("member__full_name", "member__admitted_on", "member__official_on")
    people = {}
    for member, place, kind, start, end, *about in rows.order_by().values_list("member_id", *stay, *person):
        found = people.setdefault(member, Person(member, place, *about))
        one = Stay(place, kind == MembershipKind.TEMPORARY, start, end)
        found.stays.append(one)
        if not one.guest and one.holds_on(on):
            found.cell_id = place
    return people


# --- dated things, in one query


def _add_dated(people, ids, on, *, proceedings):
    parts = [*_dated(ids, on), *_of_years(ids, on)]
    if proceedings:
        parts.append(_as_marks(Proceeding.objects.weighing(on).filter(member__in=ids), PROCEEDING, words="stage"))
    for member, kind, since, until, words in parts[0].union(*parts[1:], all=True):
        if kind in YEARLY:
            YEARLY[kind](people[member], words)
        else:
            people[member].marks.append(Mark(kind, since, until, words))


def _dated(ids, on):
    since, _ = window_of(on)
    year = date(on.year, 1, 1)
    yield _as_marks(Overlay.objects.standing().filter(member__in=ids), F("kind"))
    away = Transfer.objects.filter(to_organisation__isnull=True).away(on) | _was_away(since)
    yield _as_marks(away.filter(member__in=ids), ABROAD, "received_on", "returned_on")
    sanctions = Sanction.objects.standing().filter(member__in=ids, announced_on__lte=on)
    yield _as_marks(sanctions, SANCTION, "announced_on", "lapses_on", words="form")
    yield _as_marks(sanctions.filter(act_from__isnull=False), ACT, "act_from", None, words="form")
    unseen = CardCheck.objects.standing().filter(member__in=ids, state=CardState.NOT_SHOWN, checked_on__gte=since)
    yield _as_marks(unseen.filter(checked_on__lte=on), CARD, "checked_on", None)
    yield _as_marks(Task.objects.standing().filter(member__in=ids, year=on.year), TASK, "due_on", None)
    lost = ScreeningNote.objects.standing().filter(member__in=ids, kind=ScreeningNoteKind.CONTACT)
    yield _as_marks(lost.filter(on__gte=year, on__lte=on), CONTACT, "on", None)


def _was_away(since):
    return Transfer.objects.filter(
        to_organisation__isnull=True, kind__in=TEMPORARY_KINDS, received_on__isnull=False, returned_on__gt=since
    )


def _of_years(ids, on):
    """Levels, what papers say of conduct, and since when somebody is helped."""
    years = {"member__in": ids, "year__gt": on.year - YEARS_BACK, "year__lte": on.year}
    grades = AnnualGrade.objects.standing().filter(**years)
    conduct = ConductYear.objects.standing().filter(**years)
    helped = (
        ScreeningSubject.objects.standing()
        .since_readmission()
        .filter(member__in=ids, state__in=ON_THE_LIST, assisted_since__isnull=False)
    )
    yield _as_years(grades, GRADE, Concat(Cast(F("year"), CharField()), Value(":"), F("level")))
    yield _as_years(conduct.filter(violated=True), CONDUCT, Concat(Cast(F("year"), CharField()), Value(":yes")))
    yield _as_years(conduct.filter(violated=False), CONDUCT, Concat(Cast(F("year"), CharField()), Value(":no")))
    yield _as_years(helped, HELPED, Cast(F("assisted_since"), CharField()))


def _as_years(rows, kind, words):
    nothing = Cast(Value(None, output_field=DateField()), DateField())
    columns = ("member_id", Cast(Value(kind), CharField()), nothing, nothing, Cast(words, CharField()))
    return rows.order_by().values_list(*columns)


def _keep_grade(person, words):
    year, _, level = words.partition(":")
    person.grades[int(year)] = level


def _keep_conduct(person, words):
    year, _, said = words.partition(":")
    person.conduct[int(year)] = said == "yes"


def _keep_help(person, words):
    person.assisted_since = date.fromisoformat(words[:10])


GRADE, CONDUCT, HELPED = "grade", "conduct", "helped"
YEARLY = {GRADE: _keep_grade, CONDUCT: _keep_conduct, HELPED: _keep_help}


def _as_marks(rows, kind, since="started_on", until="ended_on", words=None):
    """The same five columns of any table, so that one query reads them all."""
    named = kind if isinstance(kind, F) else Value(kind)
    last = F(until) if until else Value(None, output_field=DateField())
    said = Cast(F(words), CharField()) if words else Value("")
    return rows.order_by().values_list(
        "member_id",
        Cast(named, CharField()),
        Cast(F(since), DateField()),
        Cast(last, DateField()),
        Cast(said, CharField()),
    )


# --- registers


def _add_attendance(people, ids, since, until):
    """Rows of regular meetings, of those who missed one without reason or are on temporary transfer somewhere."""
    rows = Attendance.objects.standing().held_within(since, until).filter(
        meeting__voided_at__isnull=True, meeting__kind=MeetingKind.REGULAR, member__in=ids
    )  # fmt: skip
    missed = rows.unexcused().values("member_id")
    away = Membership.objects.standing().overlapping(since, until).filter(kind=MembershipKind.TEMPORARY)
    rows = rows.filter(Q(member__in=missed) | Q(member__in=away.values("member_id")))
    columns = ("member_id", "meeting__held_on", "presence", "meeting__organisation_id")
    for member, *row in rows.order_by().values_list(*columns).iterator():
        people[member].attendance.append(tuple(row))


def _add_fees(people, ids, organisation, window):
    """The fees of the people, and of which (cell, month) there is a register at all."""
    branch = Q(organisation__path__startswith=organisation.path)
    rows = FeePayment.objects.standing().of_months(*window).filter(branch | Q(member__in=ids))
    kept = set()
    columns = ("member_id", "organisation_id", "month", "paid_on", "basis")
    for member, place, month, paid_on, basis in rows.order_by().values_list(*columns).iterator():
        kept.add((place, month))
        if member in people:
            people[member].fees[month] = (paid_on, basis, place)
    return frozenset(kept)


def _slips(organisation, on):
    """Slips to or from the scope that nobody handed in by a day."""
    branch = Q(to_organisation__path__startswith=organisation.path) | Q(
        from_organisation__path__startswith=organisation.path
    )
    rows = Transfer.objects.filter(
        branch, kind__in=LASTING_KINDS, state__in=ON_THE_ROAD, issued_on__lte=on, presented_on__isnull=True
    )
    left = Ending.objects.standing().filter(member=OuterRef("member"), ended_on__gte=OuterRef("issued_on"))
    rows = rows.exclude(Exists(left.filter(ended_on__lte=on)))
    columns = (
        "member_id", "member__full_name", "from_organisation_id", "to_organisation_id", "issued_on", "file_taken_on",
        "notice_received_on",
    )  # fmt: skip
    return tuple(Slip(*row) for row in rows.order_by("issued_on", "pk").values_list(*columns))
