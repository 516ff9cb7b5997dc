"""What the page of a matter says of coming back, by the rule that `members` holds (294-QĐ/TW, 3.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from evaluations.rules.removal_votes import RemovalCaseRules
from members.rules.readmission import Wait, barring, refused_again, waits

NEVER, NOT_BEFORE, UNKNOWN = "never", "not_before", "unknown"


@dataclass(frozen=True)
class Consequence:
    """`first_on` is the first day on which an application is considered; None where never, or not known yet."""

    status: str
    reason: str
    article: str = ""
    first_on: date | None = None
    needs_consent: bool = False

    def allows(self, applied_on: date) -> bool:
        """Whether an application of that day may be considered, the written consent of the province given."""
        return self.first_on is not None and applied_on >= self.first_on


@dataclass(frozen=True, kw_only=True)
class Exit:
    """How somebody left: several codes may stand together, the strictest decides."""

    grounds: Collection[str]
    left_on: date
    times_readmitted: int = 0
    cleared_on: date | None = None


def readmission_after(rules: RemovalCaseRules, left: Exit) -> Consequence:
    """The strictest of what the codes of an exit say."""
    if words := refused_again(rules, left.times_readmitted):
        return Consequence(NEVER, words, rules.cite("readmission_max_times"))
    if barred := barring(rules, left.grounds):
        words = f"Không xem xét kết nạp lại: {'; '.join(barred)}."
        return Consequence(NEVER, words, rules.cite("readmission_never_codes"))
    if not left.grounds or rules.readmission_min_months is None:
        return Consequence(UNKNOWN, "Chưa ghi lý do ra khỏi Đảng hoặc chưa có quy định cho ngày này.")
    return _waiting(rules, left)


def _waiting(rules: RemovalCaseRules, left: Exit) -> Consequence:
    terms = waits(rules, left.grounds, left.left_on, left.cleared_on)
    article = rules.cite("readmission_min_months", "readmission_provincial_consent", *[term.key for term in terms[1:]])
    words = "Ít nhất " + " và ".join(_words(term) for term in terms)
    consent = bool(rules.readmission_provincial_consent)
    open_term = next((term for term in terms if term.first_on is None), None)
    if open_term:
        return Consequence(UNKNOWN, f"{words}; chưa rõ ngày {open_term.what}.", article, needs_consent=consent)
    first = max(term.first_on for term in terms if term.first_on)
    return Consequence(NOT_BEFORE, f"{words}: từ ngày {first:%d/%m/%Y}.", article, first, needs_consent=consent)


def _words(term: Wait) -> str:
    day = f" {term.since:%d/%m/%Y}" if term.since else ""
    return f"{term.months} tháng từ ngày {term.what}{day}"
