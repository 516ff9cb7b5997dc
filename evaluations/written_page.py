"""The written self-review of one member as a page reads it, and the list of a cell: who has written, what is there."""

from dataclasses import dataclass, field

from cells.permissions import Permission
from evaluations.enums import CommentOf, FormGroup, Outcome
from evaluations.models import RaisedPoint, ResidenceComment, Review, WrittenReview
from evaluations.residence import comment_words
from evaluations.rules import Layout, ProposedGroup, layout_of
from evaluations.score_appendices import proposal_of
from evaluations.scores import PersonScores, person_of
from evaluations.season_rules import RuleBook, rule_book
from evaluations.sheet_row import key_of
from evaluations.workflow import may_take
from evaluations.written_facts import form_of, proposed_groups
from evaluations.written_fields import types_groups


def layout_for(written, book):
    """The form that a self-review fills in."""
    return layout_of(book.rules.review_forms, written.form, is_leader=written.group == FormGroup.LEADER)


def form_words(form, book):
    """The form by its letter and guidance, "Mẫu 02A (43-HD/BTCTW)"; without one, that none is known."""
    guidance = book.rules.ruleset.guidance_number or book.regulation
    return f"Mẫu {form} ({guidance})" if form else f"chưa biết mẫu ({guidance})"


def unknown_words(layout, book, year):
    """Why a form has no headings here; empty when it has."""
    if layout.is_known:
        return ""
    which = f"tiêu đề các mục của {form_words(layout.form, book)}" if layout.form else f"mẫu bản kiểm điểm năm {year}"
    return f"Phần mềm chưa biết {which}, nên chỉ có một ô chung; hãy ghi theo mẫu in mà chi bộ có."


# --- who may ---------------------------------------------------------------------------------------------------------


def may_write(user, sheet):
    """Whether `user` types the papers of this cell now."""
    return may_take(user, "send", sheet) and sheet.is_with_cell and sheet.season.is_open


def may_read(user, sheet):
    """Self-reviews are read by the cell that files them and by who decides on ratings above it; not by readers."""
    return may_take(user, "send", sheet) or user.may(Permission.RATINGS_DECIDE, sheet)


def shows_text(user, sheet, written):
    """Whether `user` reads what was written: a draft is the cell's own, what was handed in also theirs above."""
    return written.is_handed_in or may_take(user, "send", sheet)


# --- one member ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WrittenPage:
    """One member's self-review with what belongs to it; `written` is unsaved while nothing was typed.

    `score` are his points by criteria, None where he is not scored.
    """

    review: Review
    book: RuleBook
    written: WrittenReview
    layout: Layout
    proposed: ProposedGroup | None
    comment: ResidenceComment | None
    other_comments: list[ResidenceComment]
    raised: list[RaisedPoint]
    before: Review | None
    after: Review | None
    place: str
    score: PersonScores | None

    @property
    def types_groups(self):
        return types_groups(self.score)

    @property
    def sheet(self):
        return self.review.sheet

    @property
    def is_begun(self):
        return not self.written._state.adding

    @property
    def is_reviewed(self):
        return self.review.outcome != Outcome.OUTSIDE

    @property
    def form_words(self):
        return form_words(self.written.form, self.book)

    @property
    def unknown_words(self):
        return unknown_words(self.layout, self.book, self.sheet.season.year)

    @property
    def residence_words(self):
        return comment_words(self.comment)

    @property
    def other_words(self):
        """What is there of the temporary and the old cell, a line each."""
        return [f"{each.get_kind_display()}: {comment_words(each)}" for each in self.other_comments]

    @property
    def needs_residence(self):
        return bool(self.book.rules.procedure.residence_comment_required)

    @property
    def open_raised_points(self):
        return [point for point in self.raised if point.is_open]

    @property
    def left_over(self):
        """Texts of sections that the form of this group does not have; they are kept."""
        known = {section.code for section in self.layout.sections}
        rules = self.book.rules.review_forms
        return [(rules.heading(code) or code, text) for code, text in self.written.texts.items() if code not in known]


def read_written(review):
    """Read the page of one review (with member, sheet, season, cell)."""
    sheet, book = review.sheet, rule_book(review.sheet.season)
    written = WrittenReview.objects.of_members(sheet.season, [review.member_id]).first()
    proposed = None
    if written is None:
        found = proposed_groups([review], book.rules.review_forms, sheet.season.reference_date)
        proposed = found[review.member_id]
        form = form_of(proposed.group, book)
        written = WrittenReview(season=sheet.season, member=review.member, group=proposed.group, form=form)
    proposal = proposal_of(written, book, proposed.explanation if proposed else "")
    raised = RaisedPoint.objects.for_cell(sheet.season, sheet.organisation, [review.member_id])
    comments = list(ResidenceComment.objects.of_any(sheet.season, [review.member_id]).order_by("pk"))
    before, after, place = _neighbours(review)
    return WrittenPage(
        review=review,
        book=book,
        written=written,
        layout=layout_for(written, book),
        proposed=proposed,
        comment=next((each for each in comments if each.kind == CommentOf.RESIDENCE), None),
        other_comments=[each for each in comments if each.kind != CommentOf.RESIDENCE],
        raised=[point for point in raised if point.member_id],
        before=before,
        after=after,
        place=place,
        score=person_of(sheet, review, book, proposal),
    )


def _neighbours(review):
    """Who stands before and after a member on the list of the cell, and his place, "3/40"."""
    rows = list(review.sheet.reviews.exclude(outcome=Outcome.OUTSIDE).select_related("member"))
    at = next((place for place, row in enumerate(rows) if row.pk == review.pk), None)
    if at is None:
        return None, None, ""
    before = rows[at - 1] if at else None
    after = rows[at + 1] if at + 1 < len(rows) else None
    return before, after, f"{at + 1}/{len(rows)}"


# --- the cell --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WrittenLine:
    """One member on the list."""

    review: Review
    written: WrittenReview | None
    form: str
    comment: ResidenceComment | None
    raised: list[RaisedPoint]

    @property
    def key(self):
        return key_of(self.review)

    @property
    def state(self):
        """(pill, word) of the self-review."""
        if self.written is None:
            return ("neutral", "chưa viết")
        if self.written.is_handed_in:
            return ("success", "đã nộp" + (" (bản giấy)" if self.written.on_paper else ""))
        return ("warn", "đang viết")

    @property
    def residence_words(self):
        return comment_words(self.comment)

    @property
    def open_raised_points(self):
        return sum(point.is_open for point in self.raised)

    @property
    def waits(self):
        return self.written is None or not self.written.is_handed_in


@dataclass(frozen=True)
class WrittenList:
    """The papers of a cell in a season."""

    lines: list[WrittenLine]
    outside: int
    collective: list[RaisedPoint]
    needs_residence: bool
    book: RuleBook = field(repr=False)

    @property
    def handed_in(self):
        return sum(not line.waits for line in self.lines)

    @property
    def without_residence(self):
        return sum(line.comment is None for line in self.lines)

    @property
    def open_raised_points(self):
        return sum(line.open_raised_points for line in self.lines) + sum(point.is_open for point in self.collective)

    @property
    def first_waiting(self):
        return next((line for line in self.lines if line.waits), None)


def read_written_list(sheet):
    """Everybody of a sheet who is reviewed, with what is there."""
    book, season = rule_book(sheet.season), sheet.season
    everybody = list(sheet.reviews.select_related("member"))
    reviews = [review for review in everybody if review.outcome != Outcome.OUTSIDE]
    members = [review.member_id for review in reviews]
    written = {row.member_id: row for row in WrittenReview.objects.of_members(season, members)}
    comments = {row.member_id: row for row in ResidenceComment.objects.of_members(season, members)}
    raised = list(RaisedPoint.objects.for_cell(season, sheet.organisation, members))
    lines = [
        WrittenLine(
            review=review,
            written=written.get(review.member_id),
            form=written[review.member_id].form if review.member_id in written else "",
            comment=comments.get(review.member_id),
            raised=[point for point in raised if point.member_id == review.member_id],
        )
        for review in reviews
    ]
    return WrittenList(
        lines=lines,
        outside=len(everybody) - len(reviews),
        collective=[point for point in raised if point.member_id is None],
        needs_residence=bool(book.rules.procedure.residence_comment_required),
        book=book,
    )
