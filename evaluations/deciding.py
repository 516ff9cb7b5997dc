"""What a deciding body has before it: cells, members with the levels side by side, and its group under the cap."""

from dataclasses import dataclass

from django.db.models import Prefetch

from evaluations.cap_groups import CapGroups, GroupCap, may_group
from evaluations.enums import WITH_STATION, NotRated
from evaluations.models import RatingSheet, Review
from evaluations.season_rules import RuleBook, rule_book
from evaluations.sheet_row import advised, key_of
from members.rules import Level


@dataclass
class Line:
    """One member before the deciding body; `decided` is the level that the form shows."""

    review: Review
    proposed: Level | None
    appraised: Level | None
    suggested: Level | None
    advice: list
    not_rated_word: str
    decided: str = ""
    reason: str = ""
    error: str = ""

    @property
    def key(self):
        """The name of the line in controls."""
        return key_of(self.review)


@dataclass
class CellBlock:
    """The sheet of one cell with its lines and the count of each level proposed."""

    sheet: RatingSheet
    lines: list
    counts: list
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

    @property
    def people(self):
        return sum(len(block.lines) for block in self.blocks)

    @property
    def has_groups(self):
        """Whether the body may part its members by similar positions."""
        return may_group(self.book.rules.cap)


def decision_table(season, organisation):
    """Everything that `organisation` has to decide in `season`, with the levels as proposed or appraised."""
    book = rule_book(season)
    sheets = waiting_sheets(season, organisation)
    blocks = [_block(sheet, book) for sheet in sheets]
    groups = CapGroups(season, organisation, book)
    counted = groups.with_proposals([(line.review, line.decided) for block in blocks for line in block.lines])
    return DecisionTable(
        season=season,
        organisation=organisation,
        book=book,
        blocks=blocks,
        caps=groups.caps(counted),
        raised=groups.raised,
    )


def waiting_sheets(season, organisation):
    """Sheets that `organisation` has and decides, with their reviews, in list order."""
    rows = RatingSheet.objects.filter(season=season, holder=organisation, decider=organisation, state__in=WITH_STATION)
    rows = rows.select_related("organisation", "season").order_by("organisation__position", "organisation_id")
    # members are read along: SQLite refuses a list of a thousand of them
    return rows.prefetch_related(Prefetch("reviews", Review.objects.select_related("member")))


def _block(sheet, book):
    by_code = {level.code: level for level in book.scale.levels}
    lines = [_line(review, book, by_code) for review in sheet.reviews.all()]
    proposed = [line.proposed for line in lines]
    counts = [(level, proposed.count(level)) for level in book.scale.levels]
    return CellBlock(sheet, lines, counts)


def _line(review, book, by_code):
    suggestion = advised(review, book)
    reason = review.not_rated_reason
    return Line(
        review=review,
        proposed=by_code.get(review.proposed_level),
        appraised=by_code.get(review.appraised_level),
        suggested=by_code.get(suggestion.level),
        advice=[*suggestion.steps, *(note.text for note in suggestion.notes)],
        not_rated_word=NotRated(reason).label if reason in NotRated.values else reason,
        decided=review.appraised_level or review.proposed_level,
        reason=review.decided_reason,
    )
