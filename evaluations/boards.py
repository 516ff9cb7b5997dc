"""Who has filed, at every level: bases as rows, cells as squares, the late ones first; figures beside last year's."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from cells.models import Organisation
from cells.permissions import Permission
from cells.querysets import below
from cells.unchanged import kept_until_next_act
from evaluations.enums import WITH_CELL, WITH_STATION, SheetState
from evaluations.models import RatingSheet, Review
from members.models import AnnualGrade

LOOKS = {
    SheetState.DRAFT: ("neutral", "doing"),
    SheetState.SENT: ("waiting", "sent"),
    SheetState.OPENED: ("info", "sent"),
    SheetState.RETURNED: ("returned", "returned"),
    SheetState.DECIDED: ("success", "done"),
}
LEGEND = (
    ("late", "quá hạn"),
    ("returned", "bị trả lại"),
    ("doing", "chi bộ đang lập"),
    ("sent", "đã gửi, cấp trên xem xét"),
    ("done", "đã quyết định"),
    ("none", "không có đảng viên"),
)


@dataclass(frozen=True)
class StateWords:
    """The state of a sheet as pill, square and words."""

    pill: str
    square: str
    word: str
    late: bool = False


def state_words(sheet, *, on):
    """How a sheet stands on a day; late with the cell after its day, with a body above after the day of the bases."""
    pill, square = LOOKS[sheet.state]
    season, word = sheet.season, sheet.get_state_display()
    if sheet.state in WITH_STATION:
        word = (
            f"đã gửi, chờ {sheet.holder.name}"
            if sheet.state == SheetState.SENT
            else f"{sheet.holder.name} đang xem xét"
        )
    due = season.cell_due_on if sheet.is_with_cell else season.base_due_on
    if season.is_open and sheet.state != SheetState.DECIDED and due and on > due:
        return StateWords("error", "late", f"{word} – quá hạn {due:%d/%m/%Y}", True)
    return StateWords(pill, square, word)


NOBODY = StateWords("neutral", "none", "không có đảng viên")


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation as the board needs it; a city has hundreds, and models of all would take half of its time."""

    pk: int
    name: str
    path: str
    position: int
    is_base: bool
    parent_id: int | None

    def __str__(self):
        return self.name


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """A sheet as the board needs it."""

    pk: int
    season: object
    organisation: Place
    holder: Place
    state: str
    sent_at: object
    has_people: bool
    is_managed: bool = False

    @property
    def is_with_cell(self):
        return self.state in WITH_CELL

    def get_state_display(self):
        return SheetState(self.state).label


class SheetFigures(NamedTuple):
    """Members on a sheet: all, to be rated, settled, with each level (the best first) as decided or else proposed."""

    people: int
    due: int
    settled: int
    levels: tuple[int, ...]

    @property
    def best(self):
        return self.levels[0]

    @property
    def good(self):
        return self.levels[1]


@dataclass
class BoardRow:
    """One base with the squares of its cells and, once counted, the figures of their sheets by id."""

    base: object
    squares: list = field(default_factory=list)
    states: Counter = field(default_factory=Counter)
    figures: dict = field(default_factory=dict)

    @property
    def due(self):
        """Members who are to be rated."""
        return sum(each.due for each in self.figures.values())

    @property
    def settled(self):
        """Of these, how many have a proposed level or a reason."""
        return sum(each.settled for each in self.figures.values())

    @property
    def own_sheets(self):
        """Ids of the sheets whose members the base has before it, not those that a higher level decides."""
        return [square.sheet.pk for square in self.squares if not square.sheet.is_managed]

    @property
    def by_cell(self):
        """(first square of a cell, ids of all its sheets)."""
        cells = {}
        for square in self.squares:
            cells.setdefault(square.sheet.organisation.pk, (square, []))[1].append(square.sheet.pk)
        return list(cells.values())

    @property
    def late(self):
        return self.states["late"]

    @property
    def done(self):
        return self.states["done"]

    @property
    def filed(self):
        return self.states["sent"] + self.done

    @property
    def cells(self):
        """How many cells have members to rate."""
        return sum(self.states.values()) - self.states["none"]


@dataclass(frozen=True)
class Square:
    """One cell on the board; `url` is empty for who may see figures only."""

    sheet: BoardSheet
    words: StateWords
    is_open: bool = False

    @property
    def kind(self):
        return self.words.square

    @property
    def name(self):
        apart = " (cán bộ thuộc diện cấp trên quản lý)" if self.sheet.is_managed else ""
        return f"{self.sheet.organisation.name}{apart}"

    @property
    def word(self):
        return self.words.word

    @property
    def url(self):
        return _sheet_url(self.sheet.pk) if self.is_open else ""


@lru_cache(maxsize=10_000)
def _sheet_url(pk):
    return reverse("evaluations:sheet", args=[pk])


def board_rows(season, user, *, on):
    """All bases of `season` within the scope of `user`, late ones first."""
    places = _places(season)
    opens = tuple(user.paths_in_scope(Permission.RATINGS_VIEW))
    rows, known, empty = {}, {}, set()
    for sheet in _sheets(season, user, places):
        base = _base_of(sheet.organisation, places, season)
        stands = (sheet.state, sheet.state in WITH_STATION and sheet.holder)
        words = known[stands] = known.get(stands) or state_words(sheet, on=on)
        words = words if sheet.has_people else NOBODY
        row = rows.setdefault(base.pk, BoardRow(base))
        row.squares.append(Square(sheet, words, sheet.organisation.path.startswith(opens)))
        row.states[words.square] += _speaks(sheet, empty)
    return sorted(rows.values(), key=lambda row: (-row.late, row.done == row.cells, row.base.position, row.base.pk))


def _speaks(sheet, empty):
    """Whether the state of this sheet counts as that of its cell: a cell counts once, by a sheet that has people.

    `empty` remembers the cells of which nobody is left on the sheet of their own, for those that follow.
    """
    cell = sheet.organisation.pk
    if sheet.is_managed:
        found = cell in empty
        empty.discard(cell)
        return found
    if not sheet.has_people:
        empty.add(cell)
    return True


def late_cells(season, user, *, on):
    """The cells within the scope of `user` that have members and not sent their sheet in time, in list order."""
    rows = board_rows(season, user, on=on)
    squares = (square for row in rows for square in row.squares)
    return [square.sheet.organisation for square in squares if square.words.late and square.sheet.is_with_cell]


def _sheets(season, user, places):
    """Sheets of the season in list order; the organisations that they name are read once."""
    rows = RatingSheet.objects.visible_to(user, Permission.REPORTS_VIEW).filter(season=season).order_by()
    rows = rows.annotate(has_people=Exists(Review.objects.filter(sheet=OuterRef("pk"))))
    rows = rows.annotate(managed=Q(managed_from__isnull=False))
    columns = ("pk", "organisation", "holder", "state", "sent_at", "has_people", "managed")
    found = [
        BoardSheet(pk, season, places[cell], places[holder], *rest)
        for pk, cell, holder, *rest in rows.values_list(*columns)
    ]
    return sorted(found, key=lambda sheet: (sheet.organisation.position, sheet.organisation.pk, sheet.is_managed))


def _places(season):
    """The organisations of a season by id: those below its committee, and wherever else its sheets belong or are."""
    of_sheets = season.sheets.order_by()
    rows = Organisation.objects.filter(
        Q(path__startswith=season.organisation.path)
        | Q(pk__in=of_sheets.values("organisation"))
        | Q(pk__in=of_sheets.values("holder"))
    )
    found = rows.order_by().values_list("pk", "name", "path", "position", "is_base", "parent")
    return {row[0]: Place(*row) for row in found}


def _base_of(cell, places, season):
    """The base organisation nearest above a cell, or the cell itself where it is one; else who opened the season."""
    place, top = cell, places[season.organisation_id]
    while place is not None and place.path.startswith(top.path):
        if place.is_base:
            return place
        place = places.get(place.parent_id)
    return top


def sheet_figures(season, user, scale):
    """The figures of every sheet with people within the scope of `user`, by id of the sheet."""
    reviews = Review.objects.visible_to(user, Permission.REPORTS_VIEW).filter(sheet__season=season)
    counted = reviews.counted_by_sheet(*(level.code for level in scale.levels))
    return {pk: SheetFigures(*numbers[:3], tuple(numbers[3:])) for pk, *numbers in counted}


def with_counts(rows, found):
    """The same rows with those of the figures `found` that are of their sheets."""
    for row in rows:
        row.figures = {key: found[key] for square in row.squares if (key := square.sheet.pk) in found}
    return rows


@dataclass(frozen=True)
class Totals:
    """Cells by state over the whole board."""

    cells: int
    states: Counter

    @property
    def filed(self):
        return self.states["sent"] + self.states["done"]


def totals_of(rows):
    states = sum((row.states for row in rows), Counter())
    return Totals(sum(row.cells for row in rows), states)


@dataclass(frozen=True)
class YearFigure:
    """One level this year (decided, or else proposed) and last year (decided)."""

    label: str
    now: int
    before: int | None


def year_figures(found, scale, cells):
    """Members by level: this year by the figures of sheets `found`, beside last year's counts by cell `cells`."""
    now = [sum(each.levels[n] for each in found.values()) for n in range(len(scale.levels))]
    before = sum((Counter(levels) for levels in cells.values()), Counter()) or None
    rows = [
        YearFigure(level.name, number, None if before is None else before[level.code])
        for level, number in zip(scale.levels, now, strict=True)
    ]
    unrated = sum(each.people for each in found.values()) - sum(now)
    return [*rows, YearFigure("Chưa xếp loại", unrated, None if before is None else before[""])]


def last_year(season, user, scale):
    """Members by cell and level of the year before in the same scale, within the scope of `user`."""
    paths = tuple(sorted(user.paths_in_scope(Permission.REPORTS_VIEW)))
    return _grades_of(season.year - 1, scale.code, season.organisation.path, paths)


@kept_until_next_act
def _grades_of(year, scale, top, paths):
    """Members by cell and level of a year: no draft is in it, so it stays until somebody does something."""
    cells = Organisation.objects.filter(below(paths), path__startswith=top)
    rows = AnnualGrade.objects.of_year(year).filter(organisation__in=cells, scale=scale).order_by()
    found = {}
    for cell, level, number in rows.values_list("organisation", "level").annotate(Count("id")):
        found.setdefault(cell, {})[level] = number
    return found


@dataclass(frozen=True)
class Desk:
    """What waits for a person in a season: bodies with sheets to decide or to appraise, sheets to fill in."""

    bodies: list
    own: list


def desk_of(rows, user):
    """Sheets of the board that wait at the organisations for which `user` acts, and those that the user files."""
    acting = {assignment.organisation_id: assignment.organisation for assignment in user.roles_today}
    decides = {pk: body for pk, body in acting.items() if user.may(Permission.RATINGS_DECIDE, body)}
    files = {pk for pk, cell in acting.items() if user.may(Permission.RATINGS_FILE, cell)}
    waiting, own = defaultdict(list), []
    for square in (square for row in rows for square in row.squares):
        sheet = square.sheet
        if sheet.holder.pk in decides and sheet.state in WITH_STATION:
            waiting[decides[sheet.holder.pk]].append(sheet)
        if sheet.organisation.pk in files:
            own.append((sheet, square.words))
    return Desk(list(waiting.items()), own)
