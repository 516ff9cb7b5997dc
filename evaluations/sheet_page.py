"""The sheet of one cell as a page reads it: rows, the base of the vote, the cap, and what is still missing where."""

from dataclasses import dataclass, field

from config.lib.statements import kept_statement
from evaluations.discipline_flags import flags_of, sanctions_of
from evaluations.enums import NotRated
from evaluations.managed import filed_together
from evaluations.papers_missing import missing_papers
from evaluations.roll import papers_on, roll_on, voter
from evaluations.row_fields import as_text, ballot_codes, head_values, label_of, row_values
from evaluations.rules import (
    BallotCounts,
    ballot_problems,
    cap_limit,
    proposed_level,
)
from evaluations.season_rules import RuleBook, rule_book, scales_named
from evaluations.sheet_row import Gap, LastYear, Row, advise, clash_words
from members.models import AnnualGrade
from members.reports.life_tasks import numbers_of
from members.rules import VoteBase, vote_base

COUNTS = ("present", "issued", "collected", "valid", "invalid")


@dataclass
class SheetPage:
    """Everything on the page of one sheet."""

    sheet: object
    book: RuleBook
    rows: list
    vote: VoteBase
    exclusions: list
    cap: object
    gaps: list
    head: dict
    head_problems: list
    roll_changed: bool
    papers_missing: list = field(default_factory=list)
    head_errors: dict = field(default_factory=dict)
    head_conflicts: list = field(default_factory=list)

    @property
    def has_tasks(self):
        """Whether the registers know of tasks of anybody who is rated by his own, not by those of units led."""
        return any(row.tasks and not row.leads_units for row in self.rows)

    @property
    def has_not_rated_box(self):
        """Whether the ballot of the committee has a box “chưa xếp loại” beside the levels."""
        return bool(self.book.rules.procedure.ballot_not_rated_box)

    @property
    def columns(self):
        """How many columns the table of the sheet has."""
        return len(ballot_codes(self.book)) + 6

    @property
    def has_scored(self):
        """Whether the points of anybody are the sum of criteria."""
        return any(row.review.is_scored for row in self.rows)

    @property
    def due(self):
        return [row for row in self.rows if row.review.is_due]

    @property
    def rated(self):
        return sum(bool(row.review.proposed_level) for row in self.due)

    @property
    def with_reason(self):
        return sum(bool(row.review.not_rated_reason) for row in self.due)

    @property
    def left(self):
        return len(self.due) - self.rated - self.with_reason

    @property
    def outside(self):
        return len(self.rows) - len(self.due)

    @property
    def needed(self):
        """Votes that propose a level; None where the rule set has no threshold."""
        found = proposed_level(self.book.rules.procedure, self.vote.base, {})
        return found.needed if found else None

    @property
    def probationary(self):
        """How many do not vote because they are not official members."""
        return self.vote.members - self.vote.official

    @property
    def by_level(self):
        """How many are proposed for each level, best first."""
        codes = [row.review.proposed_level for row in self.due]
        return [(level, codes.count(level.code)) for level in self.book.scale.levels]

    @property
    def head_error_words(self):
        return [(label_of(name), words) for name, words in self.head_errors.items()]

    @property
    def head_clash_words(self):
        return [clash_words(conflict) for conflict in self.head_conflicts]

    def row(self, key):
        return next((row for row in self.rows if row.key == key), None)


def read_sheet(sheet, *, on):
    """Read one sheet (from `for_page()`); `on` stands for the day of the meeting while that is not known."""
    book = rule_book(sheet.season)
    reviews = _filed(sheet)
    members = [review.member_id for review in reviews]
    tasks = numbers_of(members, sheet.season.year, sheet.held_on or on)
    papers = papers_on(members, sheet.held_on or on)
    voters = [voter(review, papers[review.member_id], sheet.held_on or on) for review in reviews]
    vote = vote_base(book.vote_base, voters)
    voted = [Row(review, _shown(row_values(review, book)), tasks=tasks.get(review.member_id)) for review in reviews]
    _add_votes(voted, voters, vote, papers)
    rows = voted if sheet.managed_from_id is None else [row for row in voted if row.review.sheet_id == sheet.pk]
    _add_levels(rows, book.scale)
    _add_last_year(rows, members, sheet.season.year, book.scale)
    _add_flags(rows, members, sheet, book)
    counts = ballot_counts(sheet, vote)
    for row in rows:
        advise(row, book, vote, counts)
    problems = _head_problems(sheet, book, counts)
    changed = sheet.is_with_cell and _roll_changed(sheet, members)
    return SheetPage(
        sheet=sheet,
        book=book,
        rows=rows,
        vote=vote,
        exclusions=_named(vote, voted),
        cap=_cap([row for row in rows if row.review.sheet_id == sheet.pk], book, sheet.cap_raised),
        gaps=[*problems, *_roll_gap(changed), *(gap for row in rows for gap in row.gaps)],
        head=_shown(head_values(sheet)),
        head_problems=[gap.what for gap in problems if gap.anchor == "head-sums"],
        roll_changed=changed,
        papers_missing=missing_papers(reviews, book.rules.procedure) if sheet.is_with_cell else [],
    )


def _filed(sheet):
    """The reviews of everybody on whom the cell voted; cadres of a higher level are on a sheet of their own."""
    reviews = _reviews(sheet.managed_from_id or sheet.pk, sheet.season)
    for review in reviews:
        if review.sheet_id == sheet.pk:
            review.sheet = sheet
    return reviews


@kept_statement
def _reviews(first, season):
    rows = filed_together(first).select_related("member", "changed_by", "sheet__organisation")
    return rows.with_later().with_papers(season).for_advice(season)


def _shown(values):
    return {name: as_text(value) for name, value in values.items()}


def _add_levels(rows, scale):
    by_code = {level.code: level for level in scale.levels}
    for row in rows:
        review = row.review
        row.own, row.proposed = by_code.get(review.own_level), by_code.get(review.proposed_level)
        row.appraised, row.decided = by_code.get(review.appraised_level), by_code.get(review.decided_level)


def _add_last_year(rows, members, year, scale):
    grades = {grade.member_id: grade for grade in AnnualGrade.objects.of_year(year - 1).filter(member__in=members)}
    others = {grade.scale for grade in grades.values()} - {scale.code}
    scales = {scale.code: scale} | (scales_named(others) if others else {})
    for row in rows:
        if grade := grades.get(row.review.member_id):
            row.last = _last_year(grade, scales.get(grade.scale))


def _last_year(grade, scale):
    if not grade.level:
        known = grade.not_rated_reason in NotRated.values
        return LastYear(None, NotRated(grade.not_rated_reason).label if known else grade.reason_text or "chưa xếp loại")
    level = next((level for level in scale.levels if level.code == grade.level), None) if scale else None
    return LastYear(level, level.short if level else grade.level)


def _add_flags(rows, members, sheet, book):
    found = sanctions_of(members, sheet.season.year)
    for row in rows:
        row.flags = flags_of(row.review, found[row.review.member_id], sheet, book)


def _add_votes(rows, voters, vote, papers):
    reasons = {exclusion.key: exclusion.explanation for exclusion in vote.exclusions}
    for row, one in zip(rows, voters, strict=True):
        row.excluded = reasons.get(one.key, "")
        row.in_base = one.official and not row.excluded
        found = papers[row.review.member_id]
        row.may_be_absent = bool(found.temporary or found.on("exempt"))


def _named(vote, rows):
    names = {str(row.review.pk): str(row.review.member) for row in rows}
    return [(names[exclusion.key], exclusion.explanation) for exclusion in vote.exclusions]


def ballot_counts(sheet, vote):
    """The counts of the meeting, or None while one is missing; a cell that rates nobody needs none."""
    values = [getattr(sheet, name) for name in COUNTS]
    if None in values:
        return None
    return BallotCounts(base=vote.base, **dict(zip(COUNTS, values, strict=True)))


def _head_problems(sheet, book, counts):
    gaps = []
    if sheet.held_on is None:
        gaps.append(Gap("head-held_on", "Buổi họp", "chưa ghi ngày họp"))
    gaps += [
        Gap(f"head-{name}", "Phiếu", f"chưa ghi số “{label_of(name).lower()}”")
        for name in COUNTS
        if getattr(sheet, name) is None
    ]
    if counts:
        found = ballot_problems(book.rules.procedure, counts, [])
        gaps += [Gap("head-sums", "Phiếu", problem.message) for problem in found]
    return gaps


def _roll_changed(sheet, members):
    return {entry.member for entry in roll_on([sheet.organisation_id], sheet.season.reference_date)} != set(members)


def _roll_gap(changed):
    words = "danh sách đảng viên đã thay đổi sau khi mở đợt, hãy bấm “Cập nhật danh sách”"
    return [Gap("roll", "Danh sách", words)] if changed else []


def _cap(rows, book, raised):
    best, second = book.scale.levels[0].code, book.scale.levels[1].code
    levels = [row.review.proposed_level for row in rows if row.review.is_due]
    return cap_limit(book.rules.cap, levels.count(best), levels.count(second), raised)
