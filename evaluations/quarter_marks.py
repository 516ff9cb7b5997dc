"""What the quarters of a year say beside a review: shown next to the year, never added up to it."""

from dataclasses import dataclass

from evaluations.enums import QuarterNotRated
from evaluations.quarters import advice_of
from evaluations.querysets_quarterly import NOT_RATED
from evaluations.rules.quarterly import LAST, NUMERALS
from members.rules import Level


@dataclass(frozen=True)
class QuarterMark:
    """The result of one quarter: its level, or why there is none."""

    number: int
    level: Level | None
    words: str

    @property
    def name(self):
        return f"Quý {NUMERALS[self.number]}"


def marks_of(review, scale):
    """The quarters of a review (from `with_quarters`) that have a result, in order."""
    found = ((number, getattr(review, f"quarter_{number}", None)) for number in range(1, LAST + 1))
    return tuple(_mark(number, mark, scale) for number, mark in found if mark)


def _mark(number, mark, scale):
    reason = mark.removeprefix(NOT_RATED)
    if reason != mark:
        words = QuarterNotRated(reason).label.lower() if reason in QuarterNotRated.values else reason
        return QuarterMark(number, None, f"không đánh giá ({words})")
    level = next((each for each in scale.levels if each.code == mark), None)
    return QuarterMark(number, level, level.short if level else mark)


def marks_advice(marks, book):
    """What the rules of the season advise because of decided quarters, each sentence with its source."""
    levels = {mark.number: mark.level.code for mark in marks if mark.level}
    return advice_of(book.rules.quarterly, book.scale, levels).words if levels else ()
