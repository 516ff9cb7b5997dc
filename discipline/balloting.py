"""One ballot of one body: what stood on it, who is counted, what each form needs, and what the counts came to."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from discipline.bases import BaseOfVote, base_of_vote
from discipline.bodies import Body, acts, competences, holds_post, subject_of
from discipline.enums import Subject
from discipline.rulebook import VIOLATION, DayRules
from discipline.rules.forms import form_advice, forms_for
from discipline.rules.votes import Count, count_problems, need, outcome

NO_BASE = BaseOfVote(0, 0, 0, 0)
EXPLAIN = "{problems} Nếu biên bản ghi đúng như vậy, hãy giải thích."
CROWD = "Ghi {present} người có mặt, nhiều hơn {base} người được tính biểu quyết ngày đó."
TOO_MANY = "Có {cast} phiếu, nhiều hơn {most} người được bỏ phiếu (người bị xem xét không biểu quyết)."


@dataclass(frozen=True, kw_only=True)
class DecisionPaper:
    """The written decision; a cell may write it after the meeting."""

    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    position: str = ""
    content: str = ""
    post_then: str = ""
    legal: str = ""
    is_administrative: bool | None = None


@dataclass(frozen=True, kw_only=True)
class BallotEntry:
    """What the minutes say: totals per form, never who voted what; and what the meeting concluded.

    `attended` are ids of members exempt or away who came and voted; `by_hand` (number, reason) is the base of a body of
    which no list is kept; `post` a post that the person holds and that is not kept either. `choice` is what the meeting
    concluded where the count does not say it or says otherwise, `act` the same for decide and propose. `body` is the
    body above that voted; the cell names none.
    """

    held_on: date
    votes: dict
    present: int
    issued: int
    collected: int
    none: int = 0
    invalid: int = 0
    absent_excused: int = 0
    absent_unexcused: int = 0
    attended: tuple = ()
    by_hand: tuple[int, str] | None = None
    post: str = ""
    admits: bool | None = None
    explanation: str = ""
    choice: str = ""
    act: str = ""
    chosen_reason: str = ""
    in_time_reason: str = ""
    words: dict[str, str] = field(default_factory=dict)
    paper: DecisionPaper = DecisionPaper()
    body: Any = None


@dataclass(frozen=True)
class Reading:
    """A ballot before it is counted: whom it is about, the forms that exist for him, what the body may do with each."""

    body: Body
    rules: DayRules
    subject: Subject
    has_post: bool
    forms: tuple
    powers: dict
    base: BaseOfVote = NO_BASE

    @property
    def acts(self):
        return acts(self.powers)

    def needs(self) -> dict[str, int]:
        """The number of votes that each form needs."""
        if not self.rules.are_known:
            return {}
        return {form: need(self.rules.procedure, form, self.base.base, self.acts[form]) for form in self.forms}

    def outcome(self, entry):
        """What the rules make of the counts; None on a day whose rules the product does not know."""
        if not self.rules.are_known:
            return None
        return outcome(self.rules.procedure, _count(self.base, entry), self.acts)

    def problems(self, entry):
        """What does not add up in the minutes."""
        found = list(count_problems(_count(self.base, entry)))
        if self.base.base and entry.present > self.base.base:
            found.append(CROWD.format(present=entry.present, base=self.base.base))
        cast = sum(entry.votes.values()) + entry.none + entry.invalid
        if cast > self.base.may_cast and self.base.may_cast < self.base.base:
            found.append(TOO_MANY.format(cast=cast, most=self.base.may_cast))
        elif cast > self.base.base:
            found.append(f"Có {cast} phiếu, nhiều hơn {self.base.base} người được biểu quyết.")
        return found


def read_ballot(case, body, book, entry: Any) -> Reading:
    """The ballot of a body on a day; `entry` needs `held_on`, `attended`, `by_hand`, `post` and `admits` alone."""
    bare = read_forms(case, body, book, entry)
    return replace(bare, base=base_of_vote(case, body, bare.rules, entry.attended, entry.by_hand))


def read_forms(case, body, book, entry: Any) -> Reading:
    """The same without who is counted."""
    rules = book.on(body.organisation, entry.held_on)
    violation = rules.violation if rules.are_known else first_known(book, body.organisation)
    subject = subject_of(case, entry.held_on)
    has_post = bool(entry.post) or holds_post(case, entry.held_on)
    forms = forms_for(violation, subject, has_post=has_post)
    powers = competences(case, body, rules, forms, admits=entry.admits)
    return Reading(body, rules, subject, has_post, forms, powers)


def first_known(book, organisation):
    """The first rules of violations that are known: which forms there are is the Charter's, older than they are."""
    return book.rules(VIOLATION, organisation, min(book.choices(VIOLATION)))


def refuse_forms(reading, entry, book):
    """ValidationError for a form on the ballot that does not exist for the person (Charter 35)."""
    rules = reading.rules
    violation = rules.violation if rules.are_known else first_known(book, reading.body.organisation)
    for form in entry.votes:
        if form not in reading.forms:
            advice = form_advice(violation, reading.subject, form, has_post=reading.has_post)
            raise ValidationError({f"votes_{form}": f"{advice.reason} ({advice.article})."})


def refuse_unexplained(reading, entry):
    """The problems of the minutes; ValidationError when nobody explains them."""
    problems = reading.problems(entry)
    if problems and not entry.explanation:
        raise ValidationError({"explanation": EXPLAIN.format(problems=" ".join(problems))})
    return problems


def _count(base, entry):
    return Count(
        base=base.base, votes=entry.votes, none=entry.none, present=entry.present, issued=entry.issued,
        collected=entry.collected, invalid=entry.invalid,
    )  # fmt: skip
