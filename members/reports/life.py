"""How a cell or a committee keeps its party life: the weaknesses that the report of 2013 names, by month and by body.

Members who do not come, members without a task, study avoided, fees owed. Figures belong to the cell that keeps the
register and roll up the tree of the day, under the names of the day; people are counted once a cell.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value

from cells.models import Organisation
from cells.tree_history import list_order, read_history
from cells.unchanged import kept_until_next_act
from config.lib.workdays import add_months
from members.enums import OverlayKind
from members.life_enums import CELL_MEETINGS, STUDY_KINDS, MeetingKind
from members.models import Attendance, FeePayment, Meeting, Membership, Overlay, Task

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LifePeriod:
    """A year, or one month of it, as known on a day; `looks_back` when that day is over: fees were paid since."""

    year: int
    month: int | None
    on: date
    looks_back: bool = False

    @property
    def since(self):
        return date(self.year, self.month or 1, 1)

    @property
    def until(self):
        """The first day after."""
        return add_months(self.since, 1) if self.month else date(self.year + 1, 1, 1)

    @property
    def last_day(self):
        """The last day that is not to come; people are on the roll of it."""
        return min(self.on, self.until - ONE_DAY)

    @property
    def months(self):
        """First days of the months in which a register must stand: those that are over, or the one asked for."""
        firsts = [add_months(self.since, step) for step in range(1 if self.month else 12)]
        return firsts if self.month else [first for first in firsts if add_months(first, 1) <= self.on]

    @property
    def query(self):
        """The period as the query of a page."""
        return f"?year={self.year}&month={self.month or ''}"

    @property
    def words(self):
        return f"tháng {self.month:02d}/{self.year}" if self.month else f"năm {self.year}"


@dataclass
class Figures:
    """What is counted of one body, or of one month; `silent_…` are months of cells without a register."""

    meetings: int = 0
    present: int = 0
    expected: int = 0
    absent_people: int = 0
    sessions: int = 0
    study_people: int = 0
    untasked: int = 0
    owing_people: int = 0
    owed_months: int = 0
    silent_meetings: int = 0
    silent_fees: int = 0

    @property
    def share(self):
        """How many of a hundred expected came; None where nobody was expected."""
        return 100 * self.present / self.expected if self.expected else None

    def add(self, other):
        for name in vars(other):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Branch:
    """What stood below a body on a day, by the versions of that day; closed bodies under their last parent."""

    def __init__(self, body, day):
        self.body, self.body_id, self.day, self.history = body, body.pk, day, read_history()
        self.ids = self.history.below(body.pk, day) if body.pk in self.history.stands else {body.pk}

    def stand(self, organisation_id):
        return self.history.stand(organisation_id, self.day)

    def name(self, organisation_id):
        return self.stand(organisation_id).name

    @property
    def cells(self):
        """Ids of those in which members take part directly."""
        return [each for each in self.ids if self.stand(each).is_cell]

    def founded_on(self, organisation_id):
        return self.history.stands[organisation_id][0].started_on

    def top(self, organisation_id):
        """The body directly below under which an organisation stands; the body itself for itself."""
        chain = self.history.chain(organisation_id, self.day)
        place = chain.index(self.body_id)
        return chain[place - 1] if place else self.body_id

    def tops(self):
        """What stands directly below, in list order."""
        below = [self.stand(each) for each in self.ids if self.top(each) == each and each != self.body_id]
        return sorted(below, key=list_order)


@dataclass(frozen=True)
class Part:
    """A body directly below with everything below it, or the body itself."""

    id: int
    name: str
    is_cell: bool
    figures: Figures


@dataclass
class Life:
    """The figures of a body in a period: its months of the year, its parts, and all together."""

    body: Organisation
    name: str
    period: LifePeriod
    months: dict[int, Figures] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    total: Figures = field(default_factory=Figures)


@kept_until_next_act
def read_life(body, period):
    """All figures of a body; the number of queries does not depend on how much there is."""
    by_month, by_cell = defaultdict(Figures), defaultdict(Figures)
    branch = Branch(body, period.last_day)
    held = _count_meetings(branch, period, by_month, by_cell)
    _count_absences(branch, period, by_month, by_cell)
    _count_fees(branch, period, by_month, by_cell)
    _count_untasked(branch, period, by_cell)
    _count_silence(branch, period, by_cell, held)
    life = Life(body, branch.name(body.pk), period, {month: by_month[month] for month in range(1, 13)})
    life.parts = _parts(branch, by_cell)
    for part in life.parts:
        life.total.add(part.figures)
    return life


def _count_meetings(branch, period, by_month, by_cell):
    """Meetings of the whole year with the sums that stand on them; answers in how many months a cell met regularly."""
    held = defaultdict(int)
    rows = Meeting.objects.of_year(period.year).filter(organisation__in=branch.ids)
    grouped = rows.order_by().values_list("organisation_id", "held_on__month", "kind")
    sums = grouped.annotate(Count("pk"), Sum("present"), Sum("excused"), Sum("unexcused"))
    for cell, month, kind, number, present, excused, unexcused in sums:
        found = Figures(sessions=number)
        if kind in CELL_MEETINGS:
            found = Figures(meetings=number, present=present, expected=present + excused + unexcused)
        by_month[month].add(found)
        if period.month in (None, month):
            by_cell[cell].add(found)
            if kind == MeetingKind.REGULAR and date(period.year, month, 1) in period.months:
                held[cell] += 1
    return held


def _count_absences(branch, period, by_month, by_cell):
    rows = Attendance.objects.unexcused().filter(meeting__organisation__in=branch.ids).order_by()
    study, cell = Q(meeting__kind__in=STUDY_KINDS), Q(meeting__kind__in=CELL_MEETINGS)
    counts = {
        "absent": Count("member", filter=cell, distinct=True),
        "study": Count("member", filter=study, distinct=True),
    }
    year = rows.held_within(date(period.year, 1, 1), date(period.year + 1, 1, 1))
    asked = rows.held_within(period.since, period.until)
    for is_month, key, absent, avoiding in _two_ways(
        year, "meeting__held_on__month", asked, "meeting__organisation_id", counts
    ):
        found = by_month if is_month else by_cell
        found[key].add(Figures(absent_people=absent, study_people=avoiding))


def _two_ways(year, month, asked, cell, counts):
    """(by month or not, the month or the cell, counts): the year by month, what was asked by cell; one query."""
    by_month = year.annotate(by_month=Value(1), key=F(month)).values_list("by_month", "key").annotate(**counts)
    by_cell = asked.annotate(by_month=Value(0), key=F(cell)).values_list("by_month", "key").annotate(**counts)
    return by_month.union(by_cell, all=True)


def owed_fees(branch, period):
    """Fees owed on the day, of months that have begun."""
    owed = FeePayment.objects.owed_on(period.on) if period.looks_back else FeePayment.objects.owed()
    return owed.filter(organisation__in=branch.ids, month__lte=period.on)


def _count_fees(branch, period, by_month, by_cell):
    """What is owed; a month to come is not owed yet."""
    rows = owed_fees(branch, period).order_by()
    year = rows.of_months(date(period.year, 1, 1), date(period.year + 1, 1, 1))
    asked = rows.of_months(period.since, period.until)
    counts = {"people": Count("member", distinct=True), "months": Count("pk")}
    for is_month, key, people, months in _two_ways(year, "month__month", asked, "organisation_id", counts):
        found = by_month if is_month else by_cell
        found[key].add(Figures(owing_people=people, owed_months=months))


def without_task(branch, period):
    """Official memberships on the last day of the period of people who may be given tasks and have none this year."""
    day = period.last_day
    kinds = [OverlayKind.EXEMPT, OverlayKind.SUSPENDED, OverlayKind.INTERRUPTED]
    outside = Overlay.objects.on(day).filter(member=OuterRef("member"), kind__in=kinds)
    given = Task.objects.of_year(period.year).filter(member=OuterRef("member"))
    rows = Membership.objects.on(day).official().filter(organisation__in=branch.cells)
    return rows.filter(~Exists(given), ~Exists(outside), member__voided_at__isnull=True)


def _count_untasked(branch, period, by_cell):
    for place, number in without_task(branch, period).order_by().values_list("organisation_id").annotate(Count("pk")):
        by_cell[place].add(Figures(untasked=number))


def _count_silence(branch, period, by_cell, held):
    """Months of open cells in which no regular meeting, or no fee, was recorded at all."""
    kept = FeePayment.objects.standing().filter(organisation__in=branch.ids, month__in=period.months).order_by()
    with_fees = dict(kept.values_list("organisation_id").annotate(Count("month", distinct=True)))
    for cell in branch.cells:
        if not branch.stand(cell).holds_on(branch.day):
            continue
        figures, since = by_cell[cell], branch.founded_on(cell).replace(day=1)
        due = sum(first >= since for first in period.months)
        figures.silent_meetings = max(0, due - held[cell])
        figures.silent_fees = max(0, due - with_fees.get(cell, 0))


def _parts(branch, by_cell):
    """The bodies directly below with all below them; the body itself first, where it keeps registers."""
    body = branch.stand(branch.body_id)
    own = Part(body.id, body.name, body.is_cell, Figures())
    parts = {each.id: Part(each.id, each.name, each.is_cell, Figures()) for each in branch.tops()}
    for each in branch.ids:
        parts.get(branch.top(each), own).figures.add(by_cell[each])
    there = {each for each in parts if branch.stand(each).holds_on(branch.day)}
    shown = [part for part in parts.values() if part.id in there or any(vars(part.figures).values())]
    return [own, *shown] if body.is_cell or not shown else shown
