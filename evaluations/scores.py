"""Points by criteria as they are read: whose turn it is, on which frame, the sums, the total that the rules look at."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from evaluations.enums import PointSet, SheetState
from evaluations.frames import Tree, frame_reason, trees_of
from evaluations.models import Review, ReviewPoints
from evaluations.row_fields import as_text
from evaluations.rules.chain import APPRAISE, DECIDE
from evaluations.rules.score_frame import Line, PointsSum, has_points, sums_of, total_of
from evaluations.score_appendices import Proposal, proposals, row_after, settled_words
from evaluations.score_totals import own_score_of
from evaluations.season_rules import rule_book
from evaluations.sheet_row import key_of
from evaluations.workflow import is_of_decider, may_take

STEP_OF = {PointSet.OWN: "send", PointSet.APPRAISED: "forward", PointSet.DECIDED: "decide"}
USED_FIRST = (PointSet.DECIDED, PointSet.APPRAISED, PointSet.OWN)


def score_set_of(sheet):
    """The set that is given while the sheet stands where it does: own, appraised, decided, or None."""
    if sheet.is_with_cell:
        return PointSet.OWN
    if sheet.state != SheetState.OPENED:
        return None
    return {APPRAISE: PointSet.APPRAISED, DECIDE: PointSet.DECIDED}.get(sheet.role)


def set_open_to(user, sheet):
    """The set that `user` may give now, or None."""
    kind = score_set_of(sheet)
    return kind if kind and sheet.season.is_open and may_take(user, STEP_OF[kind], sheet) else None


def given(row, kind):
    """The points of one set, as numbers."""
    return {key: _number(text) for key, text in getattr(row, kind).items()}


def _number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


# --- pages


@dataclass
class PersonScores:
    """One member's points: his row (saved or not yet), the tree, and what was typed and not saved."""

    review: Review
    row: ReviewPoints
    tree: Tree
    proposal: Proposal
    typed: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    theirs: dict = field(default_factory=dict)

    @property
    def key(self):
        return key_of(self.review)

    @property
    def name(self):
        return str(self.review.member)

    def total(self, kind):
        return total_of(self.tree.lines, given(self.row, kind))

    def used_among(self, kinds):
        """The set whose total the rules look at: of the body nearest to the decision, as far as it is whole."""
        return next((kind for kind in USED_FIRST if kind in kinds and self.total(kind).total is not None), None)

    def used(self, kinds):
        """(who gave it, points) of the total that the suggestion is made from, None while no set is whole."""
        kind = self.used_among(kinds)
        return (PointSet(kind).label.lower(), self.total(kind).text) if kind else None

    @property
    def own(self):
        """The one truth about his own points."""
        return own_score_of(self.review, self.tree, given(self.row, PointSet.OWN), self.proposal.written)

    @property
    def settled_words(self):
        """Why he is not scored after the appendix of his form, where he is not."""
        return settled_words(self.row, self.proposal)


@dataclass(frozen=True)
class ScoreCell:
    """One node in one set: to be typed (`is_open`), or read; a group has its sum."""

    kind: str
    text: str
    is_open: bool
    sum: PointsSum | None = None
    name: str = ""
    error: str = ""
    theirs: str | None = None

    @property
    def label(self):
        return PointSet(self.kind).label


@dataclass(frozen=True)
class ScoreLine:
    line: Line
    cells: list[ScoreCell]


def person_lines(person, kinds, open_kind):
    """The tree of one member with a cell for each set."""
    tree, lines = person.tree, []
    stored = {kind: given(person.row, kind) for kind in kinds}
    sums = {kind: sums_of(tree.lines, stored[kind]) for kind in kinds}
    for line in tree.lines:
        cells = [_score_cell(person, line, kind, stored[kind], sums[kind], kind == open_kind) for kind in kinds]
        lines.append(ScoreLine(line, cells))
    return lines


def _score_cell(person, line, kind, stored, sums, is_open):
    if not line.is_leaf:
        return ScoreCell(kind, "", is_open, sums[line.key])
    text = as_text(stored.get(line.key))
    if not is_open:
        return ScoreCell(kind, text, False)
    return ScoreCell(
        kind,
        person.typed.get(line.key, text),
        True,
        name=f"{person.key}-{line.key}",
        error=person.errors.get(line.key, ""),
        theirs=person.theirs.get(line.key),
    )


def kinds_of(sheet, user):
    """The sets that `user` meets on a sheet: no appraised one where no body appraises; that of the deciding body
    is known to it alone until it has decided."""
    has = {
        PointSet.OWN: True,
        PointSet.APPRAISED: APPRAISE in {station["role"] for station in sheet.chain},
        PointSet.DECIDED: sheet.state == SheetState.DECIDED or is_of_decider(user, sheet),
    }
    return [kind for kind in PointSet if has[kind]]


@dataclass
class Scored:
    """The points of a sheet or of some of its members: the sets that one sees, and `kind`, which is given now."""

    sheet: Any
    book: Any
    people: list[PersonScores]
    kinds: list
    kind: str | None

    @property
    def uses_points(self):
        return has_points(self.book.rules.score_frame)

    @property
    def step(self):
        return self.book.rules.score_frame.score_step

    def person(self, review_pk):
        return next((person for person in self.people if person.review.pk == review_pk), None)

    def reason(self, tree):
        return frame_reason(tree.frame, self.sheet.season, self.sheet.organisation.name)


def read_scores(sheet, reviews, user):
    """The points of the `reviews` (with their members) of one sheet, as `user` meets them."""
    book = rule_book(sheet.season)
    return Scored(sheet, book, people_of(sheet, reviews, book), kinds_of(sheet, user), set_open_to(user, sheet))


def people_of(sheet, reviews, book):
    """Everybody of `reviews` who is scored: rated, in a year whose rules give points."""
    reviews = [review for review in reviews if review.is_due]
    if not reviews or not has_points(book.rules.score_frame):
        return []
    rows = {row.review_id: row for row in ReviewPoints.objects.filter(review__in=reviews)}
    known = proposals(reviews, sheet.season, book)
    found = [(each, row_after(sheet, each, rows.get(each.pk), known[each.pk]), known[each.pk]) for each in reviews]
    trees = trees_of({row.frame_id for _, row, _ in found}, book.rules.score_frame)
    return [PersonScores(review, row, trees[_key(row)], proposal) for review, row, proposal in found]


def person_of(sheet, review, book, proposal):
    """One member whose proposal is known already; `review` may come with its `criterion_points`. None: not scored."""
    if not review.is_due or not has_points(book.rules.score_frame):
        return None
    row = row_after(sheet, review, getattr(review, "criterion_points", None), proposal)
    trees = trees_of({row.frame_id}, book.rules.score_frame)
    return PersonScores(review, row, trees[_key(row)], proposal)


def _key(row):
    return str(row.frame_id) if row.frame_id else None


@dataclass(frozen=True)
class FrameGroup:
    """The members of a cell who are scored on one frame, and its leaves under the group that each belongs to."""

    tree: Tree
    reason: str
    people: list[PersonScores]

    @property
    def heads(self):
        """(title, number of leaves) over the leaves: the node above each."""
        above = {line.key: line for line in self.tree.lines}
        titles = [above[leaf.node.parent or leaf.key] for leaf in self.tree.leaves]
        counted = Counter(line.key for line in titles)
        return [(line, counted[line.key]) for line in dict.fromkeys(titles)]


def groups_of(scored):
    """The cell's members by frame, in the order of the list."""
    by_frame = {}
    for person in scored.people:
        by_frame.setdefault(person.tree.frame and person.tree.frame.pk, []).append(person)
    return [FrameGroup(people[0].tree, scored.reason(people[0].tree), people) for people in by_frame.values()]


def cell_row(person, kind, is_open):
    """One line of the matrix: a cell for each leaf, and the total."""
    stored = given(person.row, kind)
    cells = [(leaf, _score_cell(person, leaf, kind, stored, {}, is_open)) for leaf in person.tree.leaves]
    return person, cells, total_of(person.tree.lines, stored)
