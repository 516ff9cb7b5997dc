"""The comments from where members live, as the page of a cell reads and shows them."""

from dataclasses import dataclass, field

from evaluations.enums import Excuse, Outcome
from evaluations.models import ResidenceComment, Review
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
    errors: dict = field(default_factory=dict)
    clash: str = ""

    @property
    def key(self):
        return key_of(self.review)

    @property
    def error_words(self):
        return " ".join(self.errors.values())


def residence_rows(sheet):
    """Everybody of a sheet who is reviewed, with the comment that stands."""
    reviews = list(sheet.reviews.select_related("member").exclude(outcome=Outcome.OUTSIDE))
    found = ResidenceComment.objects.of_members(sheet.season, [review.member_id for review in reviews])
    known = {comment.member_id: comment for comment in found}
    return [_row(review, known.get(review.member_id)) for review in reviews]


def _row(review, comment):
    values = comment_values(comment)
    shown = {name: value_words(value) for name, value in values.items()}
    return ResidenceRow(review, comment, shown, shown_digest(values))
