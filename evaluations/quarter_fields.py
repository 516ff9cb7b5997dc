"""What stands in one row of a quarter, by field: read as values, shown as texts, told apart by version and digest."""

from decimal import Decimal

from evaluations.row_fields import as_text
from members.seen import digest

POINT = "p-"
OWN, DECIDED, NOT_RATED, NOTE = "own_level", "decided_level", "not_rated_reason", "note"
PLAIN = (OWN, DECIDED, NOT_RATED, NOTE)
# what somebody who does not decide leaves as it is
OF_DECIDERS = (DECIDED, f"{POINT}decided")
LABELS = {OWN: "Tự nhận", DECIDED: "Mức quyết định", NOT_RATED: "Không đánh giá vì", NOTE: "Ghi chú"}


def rating_values(rating, columns):
    """What stands in a row, by field; of none: nothing."""
    points = points_of(rating)
    values = {name: getattr(rating, name) if rating else "" for name in PLAIN}
    return values | {f"{POINT}{column.key}": points.get(column.key) for column in columns}


def points_of(rating):
    """The points of a row as decimals."""
    return {key: Decimal(text) for key, text in rating.points.items()} if rating else {}


def written_points(values):
    """The points of a row as they are stored."""
    found = {name.removeprefix(POINT): value for name, value in values.items() if name.startswith(POINT)}
    return {key: str(value) for key, value in found.items() if value is not None}


def shown_texts(values):
    """The values as they stand in controls."""
    return {name: as_text(value) for name, value in values.items()}


def seen_mark(version, values):
    """The version of a row and a digest of what it says, which the page carries along."""
    return f"{version}.{digest(sorted(shown_texts(values).items()))}"


def is_untouched(seen, values):
    """Whether values were posted as the page had shown them, whatever somebody else has written meanwhile."""
    return seen == seen_mark(seen.partition(".")[0], values)


def is_empty(values):
    """Whether a row says nothing."""
    return not any(shown_texts(values).values())
