"""The comments of others on the members of a cell, as its page reads and shows them: from where they live, of all;
from the cell of a temporary stay and from the cell before a move, of those for whom the rules ask it.
"""

from dataclasses import dataclass, field

from evaluations.enums import CommentOf, Excuse, Outcome
from evaluations.models import ResidenceComment, Review
from evaluations.roll import add_moves, papers_on, roll_on
from evaluations.season_rules import rule_book
from evaluations.sheet_row import key_of
from evaluations.written_fields import seen, value_words

FIELDS = ("received_on", "from_whom", "summary", "excuse")
EMPTY = {"received_on": None, "from_whom": "", "summary": "", "excuse": ""}


def comment_values(comment):
    """What stands in a comment, by field; of none: nothing."""
    return {name: getattr(comment, name) for name in FIELDS} if comment else dict(EMPTY)


def shown_digest(values):
    """The digest of a row, which the page carries along."""
    return seen("|".join(str(values[name] or "") for name in FIELDS))


def comment_words(comment):
    """What is known of a comment in one line."""
    if comment is None:
        return "chưa có"
    if comment.excuse:
        return f"không phải lấy: {Excuse(comment.excuse).label.lower()}"
    return f"nhận ngày {comment.received_on:%d/%m/%Y}" + (f" ({comment.from_whom})" if comment.from_whom else "")


@dataclass
class ResidenceRow:
    """One member on the page; `shown` are the texts of the controls, `seen` the digest of what is stored."""

    review: Review
    comment: ResidenceComment | None
    shown: dict
    seen: str
    kind: str = CommentOf.RESIDENCE
    place: str = ""  # the temporary or the old cell
    errors: dict = field(default_factory=dict)
    clash: str = ""

    @property
    def key(self):
        """Of the controls of the page."""
        return key_of(self.review) if self.kind == CommentOf.RESIDENCE else f"{key_of(self.review)}-{self.kind}"

    @property
    def asked(self):
        """What an act names a row by."""
        return (self.review.pk, self.kind)

    @property
    def of_whom(self):
        """Whose comment it is, where it is not that of the place of residence."""
        if self.kind == CommentOf.RESIDENCE:
            return ""
        return f"{self.get_kind()}{f': {self.place}' if self.place else ''}"

    def get_kind(self):
        return CommentOf(self.kind).label

    @property
    def error_words(self):
        return " ".join(self.errors.values())


def residence_rows(sheet):
    """Everybody of a sheet who is reviewed, with the comment that stands, and those of whom other cells are asked."""
    reviews = list(sheet.reviews.select_related("member").exclude(outcome=Outcome.OUTSIDE))
    found = ResidenceComment.objects.of_any(sheet.season, [review.member_id for review in reviews])
    known = {(comment.member_id, comment.kind): comment for comment in found}
    places = _places_asked(sheet, rule_book(sheet.season).rules.eligibility)
    rows = []
    for review in reviews:
        asked = places.get(review.member_id, {})
        for kind in CommentOf.values:
            comment = known.get((review.member_id, kind))
            if kind == CommentOf.RESIDENCE or kind in asked or comment:
                rows.append(_row(review, comment, kind, asked.get(kind, "")))
    return rows


def _places_asked(sheet, rules):
    """{member: {kind: name}} of the other cells whose comment the rules ask for (43-HD/BTCTW, 7.6)."""
    day = sheet.season.reference_date
    entries = roll_on([sheet.organisation_id], day)
    papers = papers_on([entry.member for entry in entries], day)
    add_moves(papers, entries, day)
    least, found = rules.moved_old_cell_comment_min_months, {}
    for member, states in papers.items():
        asked = found.setdefault(member, {})
        if states.temporary and rules.temporary_comment_required:
            asked[CommentOf.TEMPORARY_CELL] = states.temporary
        if least is not None and states.old_cell_months is not None and states.old_cell_months >= least:
            asked[CommentOf.OLD_CELL] = states.old_cell
    return found


def _row(review, comment, kind, place):
    values = comment_values(comment)
    shown = {name: value_words(value) for name, value in values.items()}
    return ResidenceRow(review, comment, shown, shown_digest(values), kind, place)
