"""The board of a body and a year: plan and done, groups, who is on the way, quiet cells, quality."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.db.models import Case, DateField, F, Max, Q, When

from admissions.admitted import Person, admitted_between, place_of
from admissions.enums import BEFORE_PROBATION, ON_PROBATION, FoundBy, State
from admissions.models import AdmissionPlan
from admissions.reports.quality import Quality, count_the_way, read_quality
from admissions.rules.groups import TOPIC, GroupRules, group_tests
from cells.tree_history import list_order, read_history
from cells.unchanged import kept_until_next_act
from config.lib.workdays import add_months
from members.enums import StartReason
from members.models import Membership
from members.standing_rules import RuleBook, sets_of
from members.statistics.rules import percent

ONE_DAY = timedelta(days=1)
ON_THE_WAY = (*BEFORE_PROBATION, *ON_PROBATION)
SUMS = "Một người có thể thuộc nhiều nhóm, nên số của các nhóm không cộng thành tổng số."


class Counted:
    """People, and how many were meant to be."""

    people: tuple[Person, ...]
    target: int | None

    @property
    def number(self):
        return len(self.people)

    @property
    def done(self) -> Decimal | None:
        """Per cent of the target; nothing without one."""
        return percent(self.number, self.target)


@dataclass(frozen=True)
class Figure(Counted):
    """One line: how many were meant, and who they are."""

    code: str
    words: str
    people: tuple[Person, ...]
    target: int | None = None
    depth: int = 0
    is_default: bool = False
    source: str = ""


@dataclass(frozen=True)
class Unit(Counted):
    """A body directly below: its target, and how many were admitted there."""

    id: int
    name: str
    target: int | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class QuietCell:
    """A cell without an admission for long; `last_on` None: none is known."""

    id: int
    name: str
    base: str
    last_on: date | None


@dataclass(frozen=True)
class Board:
    """Everything that the page, the report and their files print of a body and a year, up to a day."""

    organisation_id: int
    organisation: str
    year: int
    on: date
    plan: AdmissionPlan | None
    total: Figure
    last_year: int
    groups: tuple[Figure, ...]
    sources: tuple[Figure, ...]
    on_the_way: tuple[tuple[str, str, int], ...]
    units: tuple[Unit, ...]
    quiet: tuple[QuietCell, ...]
    quiet_years: int
    quality: Quality
    places: dict[int, str]

    @property
    def under_way(self):
        return sum(number for _, _, number in self.on_the_way)

    def figure(self, code):
        """The figure of that code: of the total, a group, a source, a unit or the quality; None if there is none."""
        named = {each.code: each for each in (self.total, *self.groups, *self.sources)}
        named |= {f"unit.{unit.id}": Figure("", unit.name, unit.people) for unit in self.units}
        named["at_once"] = Figure("", "Được kết nạp, đạt ngay lần đầu", self.quality.at_once)
        for cohort in self.quality.cohorts:
            named[f"cohort.{cohort.year}"] = Figure("", f"Kết nạp năm {cohort.year}", cohort.people)
        return named.get(code)


@kept_until_next_act
def read_board(organisation, *, year, on):
    """The board of `year` up to `on`, in the tree of the day of each fact."""
    history = read_history()
    rules = RuleBook({TOPIC: GroupRules}, _sets()).rules(TOPIC, organisation, on)
    people, earlier = _admitted(history, organisation.pk, year, on, rules.quality_years or 0)
    counted = count_the_way(organisation, year, on)
    stands = history.existing(organisation.pk, on)
    plans = _plans(stands, organisation.pk, year)
    plan = plans.get(organisation.pk)
    return Board(
        organisation_id=organisation.pk,
        organisation=history.stand(organisation.pk, on).name,
        year=year,
        on=on,
        plan=plan,
        total=Figure("total", "Tổng số kết nạp", people, plan.target if plan else None),
        last_year=sum(person.held_on.year == year - 1 for person in earlier),
        groups=tuple(_groups(rules, people, plan)),
        sources=tuple(_sources(people)),
        on_the_way=tuple(_on_the_way(counted)),
        units=tuple(_units(history, organisation.pk, stands, plans, people)),
        quiet=tuple(_quiet(history, stands, on, rules.quiet_years)) if rules.quiet_years else (),
        quiet_years=rules.quiet_years or 0,
        quality=read_quality(counted, people, earlier if rules.quality_years else (), on=on),
        places={person.id: place_of(history, person) for person in people + earlier},
    )


@cache
def _sets():
    """The sets of the groups; new ones come with a release."""
    return sets_of([TOPIC])


def _admitted(history, body_id, year, on, years_back):
    """(those admitted in the year up to a day, those of the years before it)."""
    first, since = year - max(years_back, 1), date(year, 1, 1)
    found = admitted_between(history, body_id, date(first, 1, 1), min(date(year + 1, 1, 1), on + ONE_DAY))
    return (
        tuple(person for person in found if person.held_on >= since),
        tuple(person for person in found if person.held_on < since),
    )


def _plans(stands, body_id, year):
    ids = [each.id for each in stands if body_id in (each.id, each.parent_id)]
    rows = AdmissionPlan.objects.standing().filter(organisation__in=ids, year=year)
    return {row.organisation_id: row for row in rows}


def _groups(rules, people, plan):
    for test in group_tests(rules):
        found = tuple(person for person in people if test.takes(person.values))
        key = test.code if not test.depth else "group_lines"
        yield Figure(
            code=f"group.{test.code}", words=test.words, people=found, depth=test.depth,
            target=plan.of_group(test.code) if plan and not test.depth else None,
            is_default=rules.origin(key) == "default", source=rules.cite(key),
        )  # fmt: skip


def _sources(people):
    for code, words in (*FoundBy.choices, ("", "Chưa rõ nguồn")):
        found = tuple(person for person in people if person.values["found_by"] == code)
        if found or code:
            yield Figure(f"source.{code}", words, found)


def _on_the_way(counted):
    """(state, words, number) in the order of the way; states without anybody and those at an end are left out."""
    return [(state.value, state.label, counted["state", state]) for state in State
            if state in ON_THE_WAY and counted["state", state]]  # fmt: skip


def _units(history, body_id, stands, plans, people):
    under = {}
    for person in people:
        chain = history.chain(person.cell_id, person.held_on)
        place = chain.index(body_id)
        if place:
            under.setdefault(chain[place - 1], []).append(person)
    for stand in sorted((each for each in stands if each.parent_id == body_id), key=list_order):
        plan = plans.get(stand.id)
        yield Unit(stand.id, stand.name, plan.target if plan else None, tuple(under.get(stand.id, ())))


def _quiet(history, stands, on, years):
    """Cells that are older than so many years and in which nobody was admitted since."""
    since = add_months(on, -12 * years)
    cells = [each for each in stands if each.is_cell and history.stands[each.id][0].started_on <= since]
    last = _last_admissions([each.id for each in cells], on)
    for stand in cells:
        if last.get(stand.id) is None or last[stand.id] < since:
            above = history.stand(stand.parent_id, on).name if stand.parent_id else ""
            yield QuietCell(stand.id, stand.name, above, last.get(stand.id))


def _last_admissions(cells, on):
    """{cell: the day of its last admission}; who stood on its first list counts by his own day of admission."""
    here = (StartReason.ADMITTED, StartReason.READMITTED)
    rows = Membership.objects.official().standing().filter(organisation__in=cells, started_on__lte=on)
    day = Case(
        When(start_reason__in=here, then=F("started_on")),
        When(start_reason=StartReason.OPENING, then=F("member__admitted_on")),
        output_field=DateField(),
    )
    rows = rows.filter(Q(start_reason__in=here) | Q(start_reason=StartReason.OPENING)).order_by()
    return dict(rows.values_list("organisation_id").annotate(last=Max(day)))
