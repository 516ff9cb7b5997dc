"""What a deciding body has before it: cells, members with the levels side by side, and its group under the cap."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, When

from evaluations.cap_groups import GROUPED, CapGroups, GroupCap, may_group
from evaluations.discipline_flags import flags_of, sanctions_of
from evaluations.enums import WITH_STATION, NotRated, SheetState
from evaluations.models import RatingSheet, Review
from evaluations.quarter_marks import marks_advice, marks_of
from evaluations.rules import door_name
from evaluations.season_rules import RuleBook, rule_book
from evaluations.sheet_row import advised, key_of
from evaluations.year_facts import signs_of
from members.rules import Level

ONE_PAGE = 400  # members of one page; beyond that the cells stand alone, each with a page of its own


@dataclass
class Line:
    """One member before the deciding body; `decided` is the level that the form shows, `planned` the one saved.

    `notes` are what the rules leave to people, `flags` what discipline on file means, `doors` what the cell confirmed.
    """

    review: Review
    proposed: Level | None
    appraised: Level | None
    planned: Level | None
    suggested: Level | None
    steps: tuple
    notes: tuple
    flags: tuple
    doors: tuple
    not_rated_word: str
    decided: str = ""
    reason: str = ""
    error: str = ""
    quarters: tuple = ()
    quarter_advice: tuple = ()

    @property
    def key(self):
        """The name of the line in controls."""
        return key_of(self.review)

    @property
    def differs_from_saved(self):
        """Whether the form shows something else than somebody planned."""
        return bool(self.planned) and (self.decided, self.reason) != (self.planned.code, self.review.planned_reason)


@dataclass
class CellBlock:
    """The sheet of one cell: how many members, of each level proposed, and planned otherwise; lines where shown."""

    sheet: RatingSheet
    people: int = 0
    counts: list = field(default_factory=list)
    otherwise: int = 0
    lines: list = field(default_factory=list)
    chosen: bool = True

    @property
    def has_errors(self):
        return any(line.error for line in self.lines)

    @property
    def rated(self):
        return [line for line in self.lines if line.proposed]


@dataclass
class DecisionTable:
    """All that waits at one body in one season, and the cap of its groups if everything shown were decided so."""

    season: object
    organisation: object
    book: RuleBook
    blocks: list
    caps: tuple[GroupCap, ...]
    raised: bool
    managed: list = field(default_factory=list)  # sheets of cadres of a higher level, on whom another body decides

    @property
    def people(self):
        return sum(block.people for block in self.blocks)

    @property
    def cells(self):
        """How many cells; one may have several sheets here, of cadres of this level."""
        return len({block.sheet.organisation_id for block in self.blocks})

    @property
    def is_on_one_page(self):
        """Whether the members stand under their cells."""
        return self.people <= ONE_PAGE

    @property
    def has_groups(self):
        """Whether the body may part its members by similar positions."""
        return may_group(self.book.rules.cap)


def decision_table(season, organisation):
    """Everything that `organisation` has to decide in `season`, with the levels as planned, appraised or proposed.

    `season` comes with `with_raise_of` this body.
    """
    book = rule_book(season)
    sheets = list(_sheets_before(season, organisation))
    blocks = {sheet.pk: CellBlock(sheet) for sheet in sheets if _waits(sheet, organisation)}
    groups = CapGroups(season, organisation, book, raised=season.cap_raised)
    rows = _counted(season, organisation)
    counted = groups.counted((*cell, level, number) for _, *cell, _, level, _, number in rows)
    _fill_counts(blocks, rows, book)
    table = DecisionTable(
        season=season,
        organisation=organisation,
        book=book,
        blocks=list(blocks.values()),
        caps=groups.caps(counted),
        raised=groups.raised,
        managed=[sheet for sheet in sheets if sheet.managed_from_id and sheet.decider_id != organisation.pk],
    )
    if table.is_on_one_page:
        _fill_lines(table.blocks, waiting_reviews(season, organisation).for_advice(season), book)
    return table


def cell_block(sheet, book):
    """The lines of one cell before the body that decides."""
    block = CellBlock(sheet)
    _fill_lines([block], sheet.reviews.select_related("member").for_advice(sheet.season), book)
    block.people = len(block.lines)
    return block


def show_posted(table, keys):
    """On a long page, the lines whose controls (by key) were sent: it was shorter when opened, or showed them."""
    if keys and not table.is_on_one_page:
        rows = waiting_reviews(table.season, table.organisation).for_advice(table.season)
        _fill_lines(table.blocks, [review for review in rows if key_of(review) in keys], table.book)


def show_problems(table, problems):
    """Put the words of a refusal (by review id) on their lines; on a long page these lines alone are shown."""
    if not table.is_on_one_page:
        shown = {line.review.pk for block in table.blocks for line in block.lines}
        some = [pk for pk in problems if pk not in shown][:ONE_PAGE]
        rows = waiting_reviews(table.season, table.organisation).filter(pk__in=some)
        _fill_lines(table.blocks, rows.for_advice(table.season), table.book)
    for block in table.blocks:
        for line in block.lines:
            line.error = problems.get(line.review.pk, "")


def waiting_sheets(season, organisation):
    """Sheets that `organisation` has and decides, in list order."""
    return [sheet for sheet in _sheets_before(season, organisation) if _waits(sheet, organisation)]


def _sheets_before(season, organisation):
    """The same, and those of cadres of a higher level that were taken out of sheets on which it decides."""
    waiting = Q(holder=organisation, decider=organisation, state__in=WITH_STATION)
    rows = RatingSheet.objects.filter(waiting | Q(managed_from__decider=organisation), season=season)
    rows = rows.select_related("organisation", "season", "decider").annotate(number=Count("reviews"))
    return rows.order_by("organisation__position", "organisation_id", "pk")


def _waits(sheet, organisation):
    return sheet.state in WITH_STATION and sheet.holder_id == sheet.decider_id == organisation.pk


def waiting_reviews(season, organisation):
    """The members on these sheets."""
    return Review.objects.filter(_waits_at(organisation), sheet__season=season).select_related("member")


def _waits_at(organisation):
    return Q(sheet__holder=organisation, sheet__decider=organisation, sheet__state__in=WITH_STATION)


def _counted(season, organisation):
    """Members by sheet, group, cell, proposal, level decided or intended, and the level planned; decided ones too."""
    level = Case(
        When(sheet__state=SheetState.DECIDED, then=F("decided_level")),
        When(planned_level__gt="", then=F("planned_level")),
        When(appraised_level__gt="", then=F("appraised_level")),
        default=F("proposed_level"),
    )
    rows = Review.objects.filter(
        _waits_at(organisation) | Q(sheet__decision__organisation=organisation), sheet__season=season
    )
    columns = ("sheet", *GROUPED, "proposed_level", "intended", "planned_level")
    return list(rows.order_by().annotate(intended=level).values_list(*columns).annotate(Count("pk")))


def _fill_counts(blocks, rows, book):
    proposed = defaultdict(Counter)
    for sheet, *_, level, _, planned, number in rows:
        if sheet in blocks:  # decided ones are not, nor those that came a moment later
            proposed[sheet][level] += number
            blocks[sheet].people += number
            blocks[sheet].otherwise += number if planned else 0
    for pk, block in blocks.items():
        block.counts = [(level, proposed[pk][level.code]) for level in book.scale.levels]


def _fill_lines(blocks, reviews, book):
    by_sheet = {block.sheet.pk: block for block in blocks}
    by_code = {level.code: level for level in book.scale.levels}
    found = [review for review in reviews if review.sheet_id in by_sheet]
    year = blocks[0].sheet.season.year if blocks else None
    sanctions = sanctions_of([review.member_id for review in found], year)
    for review in found:
        block = by_sheet[review.sheet_id]
        review.sheet, review.points = block.sheet, review.intended_points
        flags = flags_of(review, sanctions[review.member_id], block.sheet, book)
        block.lines.append(_line(review, book, by_code, flags))


def _line(review, book, by_code, flags):
    suggestion, quarters = advised(review, book), marks_of(review, book.scale)
    signs = signs_of(review, book.rules)
    reason = review.not_rated_reason
    return Line(
        review=review,
        proposed=by_code.get(review.proposed_level),
        appraised=by_code.get(review.appraised_level),
        planned=by_code.get(review.planned_level),
        suggested=by_code.get(suggestion.level),
        steps=suggestion.steps,
        notes=(*(note.text for note in suggestion.notes), *(sign.explanation for sign in signs)),
        flags=tuple(words for flag in flags for words in flag.reasons),
        doors=tuple(door_name(code) for code in review.doors),
        not_rated_word=NotRated(reason).label if reason in NotRated.values else reason,
        decided=review.intended_level,
        reason=review.planned_reason,
        quarters=quarters,
        quarter_advice=marks_advice(quarters, book),
    )
