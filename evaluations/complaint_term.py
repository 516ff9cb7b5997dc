"""Until when a complaint about a result comes in time, where the committee has set a term."""

from dataclasses import dataclass
from datetime import date

from evaluations.models import RatingNotice, ReRating
from evaluations.rules import complaint_by
from evaluations.season_rules import rule_book


@dataclass(frozen=True)
class ComplaintTerm:
    """The last day of the term, and where the term comes from."""

    last_day: date
    article: str

    def __str__(self):
        return f"hết ngày {self.last_day:%d/%m/%Y} ({self.article})"


def complaint_term(review):
    """The term for a decided result, from the day on which it was made known, else from the decision.

    Of a result given anew it cannot begin before that was decided.
    """
    sheet = review.sheet
    rules = rule_book(sheet.season).rules.procedure
    if rules.complaint_deadline_days is None or sheet.decision is None:
        return None
    notice = RatingNotice.objects.standing().filter(decision=sheet.decision).first()
    told_on = notice.notified_on if notice else sheet.decision.decided_on
    anew = ReRating.objects.standing().filter(review=review).order_by("-decided_on").first()
    told_on = max(told_on, anew.decided_on) if anew else told_on
    return ComplaintTerm(complaint_by(rules, told_on), rules.cite("complaint_deadline_days"))
