"""Exemption from work and activity: who decides, and for how long, by its ground."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.workdays import add_months
from members.rules.exits import StandingRules

CELL, BASE = "cell", "base"
DECIDERS = {
    CELL: "chi bộ, bằng nghị quyết, rồi báo cáo cấp trên",
    BASE: "cấp ủy cơ sở, theo đề nghị của chi bộ",
}


@dataclass(frozen=True)
class ExemptionTerms:
    """Who decides on a ground, whether the term must be stated, and how long it may be, with the article."""

    decided_by: str
    needs_term: bool
    below_months: int | None
    article: str

    @property
    def words(self) -> str:
        term = "phải ghi thời hạn" if self.needs_term else "có thể không ghi thời hạn"
        most = f", dưới {self.below_months} tháng" if self.below_months else ""
        return f"Do {DECIDERS[self.decided_by]} quyết định; {term}{most} ({self.article})."


def exemption_terms(rules: StandingRules, ground: str) -> ExemptionTerms:
    """The terms of one ground (294-QĐ/TW, 7.1; 38-HD/BTCTW, IV.1)."""
    by_cell = ground in (rules.exempt_by_cell or ())
    keys = ["exempt_by_cell" if by_cell else "exempt_by_base"]
    away = ground in (rules.exempt_away_grounds or ()) and rules.exempt_away_below_months is not None
    if away:
        keys.append("exempt_away_below_months")
    return ExemptionTerms(
        decided_by=CELL if by_cell else BASE,
        needs_term=ground not in (rules.exempt_open_ended or ()),
        below_months=rules.exempt_away_below_months if away else None,
        article=rules.cite(*keys),
    )


def latest_last_day(terms: ExemptionTerms, started_on: date) -> date | None:
    """The latest last day of a term that stays below the limit of its ground; None without a limit."""
    if terms.below_months is None:
        return None
    return add_months(started_on, terms.below_months) - timedelta(days=2)  # a term that ends the day before is full


def exemption_problem(terms: ExemptionTerms, started_on: date, last_day: date | None) -> str:
    """Why an exemption cannot be for this term, in words; empty when it can."""
    if last_day is None:
        return f"Lý do này phải ghi thời hạn. {terms.words}" if terms.needs_term else ""
    latest = latest_last_day(terms, started_on)
    if latest and last_day > latest:
        return (
            f"Thời hạn quá dài: chậm nhất đến hết ngày {latest:%d/%m/%Y}, sau đó phải có quyết định mới. {terms.words}"
        )
    return ""
