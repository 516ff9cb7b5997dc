"""The rules by which the results of one year are read: its scale, its cap, its day of reference."""

from dataclasses import dataclass
from datetime import date

from cells.models import RuleSet
from config.lib.workflow import NotAllowed
from evaluations.season_rules import RuleBook, book_of, find_rules

LAST_DAY = (12, 31)


@dataclass(frozen=True)
class YearRules:
    """A year with its rule book; `reference_date` is the day on which eligibility was judged."""

    year: int
    book: RuleBook
    reference_date: date

    @property
    def scale(self):
        return self.book.scale

    @property
    def ended_on(self):
        return date(self.year, *LAST_DAY)


def rules_of_year(organisation, year):
    """The rules of `year` with what `organisation` chose; NotAllowed when no rule set of that year is loaded."""
    try:
        book = book_of(find_rules(organisation, year, date(year, *LAST_DAY)))
    except RuleSet.DoesNotExist:
        raise NotAllowed(f"Phần mềm chưa có bộ quy tắc của năm {year}. Hãy kiểm tra lại năm xếp loại.") from None
    month_day = book.rules.eligibility.reference_date
    return YearRules(year, book, month_day.on(year) if month_day else date(year, *LAST_DAY))
