"""A round seen from above: figures by cell, never names; what waits, and how long cells take."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median

from cells.models import Organisation
from cells.permissions import Permission
from cells.querysets import below
from evaluations.enums import ON_THE_LIST, ScreeningState
from evaluations.models import CellReview, ScreeningFlag, ScreeningRound, ScreeningSubject


@dataclass
class CellLine:
    """One cell in a round: how many people were flagged, on how many the cell has spoken, and what came of them."""

    cell: Organisation
    flagged: set = field(default_factory=set)
    said: set = field(default_factory=set)
    states: Counter = field(default_factory=Counter)
    days: list = field(default_factory=list)
    twice: int = 0
    carried: int = 0
    review: CellReview | None = None

    @property
    def undiscussed(self):
        return len(self.flagged - self.said)

    @property
    def on_list(self):
        return sum(self.states[state] for state in ON_THE_LIST)

    @property
    def middle_days(self):
        """Half of the people were discussed within so many days."""
        return round(median(self.days)) if self.days else None

    @property
    def look(self):
        """(kind, words) of the state as a pill."""
        if self.review is None:
            return ("waiting", "chưa rà soát")
        if self.undiscussed:
            return ("warn", "còn người chưa xem xét")
        return ("success", "đã rà soát")


@dataclass(frozen=True)
class Board:
    """All cells of a round within somebody's sight, those that need a look first."""

    lines: list
    before: ScreeningRound | None

    @property
    def reviewed(self):
        return sum(line.review is not None for line in self.lines)

    @property
    def flagged(self):
        return sum(len(line.flagged) for line in self.lines)

    @property
    def undiscussed(self):
        return sum(line.undiscussed for line in self.lines)

    @property
    def twice(self):
        return sum(line.twice for line in self.lines)

    @property
    def on_list(self):
        return sum(line.on_list for line in self.lines)

    @property
    def carried(self):
        """Those of earlier rounds who are not at their end; counted in none of the other figures."""
        return sum(line.carried for line in self.lines)

    @property
    def middle_days(self):
        days = [each for line in self.lines for each in line.days]
        return round(median(days)) if days else None


def read_board(one, user):
    """The board of a round for somebody, in seven queries."""
    paths = user.paths_in_scope(Permission.REPORTS_VIEW)
    cells = Organisation.objects.cells().open().below(one.organisation).filter(below(paths)).order_by("path")
    lines = {cell.pk: CellLine(cell) for cell in cells}
    first = _add_flags(lines, one)
    _add_subjects(lines, one, first)
    for cell in ScreeningSubject.objects.carried(one, list(lines)).values_list("organisation_id", flat=True):
        lines[cell].carried += 1
    for cell, review in CellReview.objects.by_cell(one).items():
        if cell in lines:
            lines[cell].review = review
    before = ScreeningRound.objects.before(one).first()
    if before:
        _add_twice(lines, before)
    rows = sorted(lines.values(), key=lambda line: (line.review is not None, -line.undiscussed, line.cell.path))
    return Board(rows, before)


def _add_flags(lines, one):
    """The people flagged by cell; answers since when each of them is."""
    first = {}
    rows = ScreeningFlag.objects.counted().filter(round=one).order_by("found_on")
    for member, cell, found_on in rows.values_list("member_id", "organisation_id", "found_on"):
        first.setdefault(member, found_on)
        if cell in lines:
            lines[cell].flagged.add(member)
    return first


def _add_subjects(lines, one, first):
    rows = ScreeningSubject.objects.standing().filter(round=one)
    for member, cell, state, on in rows.values_list("member_id", "organisation_id", "state", "discussed_on"):
        if cell not in lines:
            continue
        line = lines[cell]
        line.said.add(member)
        line.states[state] += 1
        if member in first:
            line.days.append(max((on - first[member]).days, 0))


def _add_twice(lines, before):
    """People without a word of the cell in the round before and in this one."""
    silent = set(ScreeningFlag.objects.undiscussed().filter(round=before).values_list("member_id", flat=True))
    for line in lines.values():
        line.twice = len((line.flagged - line.said) & silent)


STATES = (
    ScreeningState.CANDIDATE,
    ScreeningState.SUPERIOR_CONSULTED,
    ScreeningState.ASSISTING,
    ScreeningState.PROGRESS_REVIEW,
    ScreeningState.RECOGNISED,
    ScreeningState.REMOVAL_PROPOSED,
)


def sums_by_part(lines):
    """How many of each state in some lines."""
    found = defaultdict(int)
    for line in lines:
        for state, number in line.states.items():
            found[state] += number
    return [(ScreeningState(state).label, found[state]) for state in STATES]


def left_of(one):
    """What is left to do in a round, in words; empty when everybody was considered and every cell went through."""
    people = ScreeningFlag.objects.undiscussed().filter(round=one).values("member").distinct().count()
    cells = Organisation.objects.cells().open().below(one.organisation)
    silent = cells.exclude(pk__in=CellReview.objects.standing().filter(round=one).values("organisation")).count()
    parts = [f"{people} đảng viên có căn cứ chưa được xem xét"] * bool(people)
    return ", ".join([*parts, *[f"{silent} chi bộ chưa rà soát"] * bool(silent)])
