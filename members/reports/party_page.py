"""One member's page of Party age: the age and why, badges, cards, checks, rewards; and the line of it elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from members.badge_enums import BadgeKind, CardState
from members.models import Award, Badge, PartyCard
from members.models.member import mask
from members.reports.badges import BadgeFacts, DueRow, due_of_member
from members.reports.party_age import AgeFacts
from members.rules import badges as rule
from members.rules.cards import next_check
from members.rules.moves import OK, Finding
from members.rules.party_age import PartyAge, age_words, party_age

CONFIRMED, CHECKED = "confirmed", "checked"


@dataclass(frozen=True)
class PartyLine:
    """Party age with its arithmetic, and the badge that comes next with its round."""

    age: PartyAge
    next: DueRow | None
    round: rule.Round | None


class Line(NamedTuple):
    """A confirmed Party age or a check of the card: the day, what was found, the paper or note."""

    source: str
    pk: int
    on: date
    slug: str
    words: str

    @property
    def found(self):
        return age_words(int(self.slug)) if self.source == CONFIRMED else CardState(self.slug).label


@dataclass(frozen=True)
class PartyPage:
    """Everything on the page; `early` and `posthumous` are the levels that may be proposed outside the rounds."""

    line: PartyLine
    reached: DueRow | None
    early_finding: Finding | None
    badges: tuple[tuple[Badge, str], ...]
    cards: tuple[tuple[PartyCard, str], ...]
    confirmations: tuple[Line, ...]
    checks: tuple[Line, ...]
    awards: tuple[Award, ...]
    check_by: date | None
    early: tuple[rule.BadgeDue, ...]
    posthumous: tuple[rule.BadgeDue, ...]

    @property
    def card_in_use(self):
        return next((card for card, _ in self.cards if card.number and card.ended_on is None), None)

    @property
    def card_asked_for(self):
        return next((card for card, _ in self.cards if not card.number), None)


class PartyFacts:
    """Party age of one member and the badges that it asks for, by the rules of the question."""

    def __init__(self, member, question):
        self.member, self.question = member, question
        ages, self.facts = AgeFacts([member.pk]), BadgeFacts([member.pk])
        self.age = party_age(question.book.age(member.home, question.today), ages.record(member), question.today)
        self.died_on = ages.died_on(member)
        self.rules = question.book.badge(member.home, self.died_on or question.today)
        self.reached, self.coming = due_of_member(member, self.age, question, self.facts)
        gone_on = ages.gone_on(member)
        if gone_on and gone_on <= question.today and not self.died_on:
            self.reached = self.coming = None  # who left is given no badge

    @property
    def line(self):
        coming = None if self.died_on else self.coming
        return PartyLine(self.age, coming, coming and rule.round_of(self.rules, coming.due.on))

    @property
    def early(self):
        """The next level, where a seriously ill member may be proposed for it today."""
        if self.died_on or self.coming is None or self.coming.badge or self.early_finding.status != OK:
            return ()
        return (self.coming.due,)

    @property
    def early_finding(self):
        """From when the next badge may be given early; said of everybody, it tells nothing of anyone's health."""
        return self.coming and rule.early_finding(self.rules, self.coming.due, self.question.today)

    @property
    def posthumous(self):
        """The highest level not received for which somebody who died may be proposed."""
        if self.died_on is None:
            return ()
        held = max(self.facts.badges_of(self.member), default=0)
        dues = [due for level in self.rules.levels if level > held and (due := rule.due_of(self.age, level))]
        fit = [due for due in dues if rule.posthumous_finding(self.rules, due, self.died_on).status == OK]
        return tuple(fit[-1:])


def party_page(member, question, *, sensitive):
    """The whole page; `question.sees` says below which paths reasons are shown, `sensitive` whether health is."""
    found = PartyFacts(member, question)
    sees = member.home.path.startswith(question.sees)
    lines = list(_lines(member))
    checks = tuple(line for line in lines if line.source == CHECKED)
    rules = question.book.card(member.home, question.today)
    badges = sorted(found.facts.badges_of(member).values(), key=lambda badge: -badge.level)
    return PartyPage(
        line=found.line,
        reached=found.reached,
        early_finding=None if found.died_on else found.early_finding,
        badges=tuple((badge, _reason(badge, sensitive=sensitive, sees=sees)) for badge in badges),
        cards=tuple((card, mask(card.number)) for card in member.cards.standing()),
        confirmations=tuple(line for line in lines if line.source == CONFIRMED),
        checks=checks,
        awards=tuple(member.awards.standing()),
        check_by=next_check(rules, checks[0].on if checks else None),
        early=found.early,
        posthumous=found.posthumous,
    )


def _reason(badge, *, sensitive, sees):
    """The paper of an early badge speaks of health, that of another may speak of discipline."""
    return badge.reason if (sensitive if badge.kind == BadgeKind.EARLY else sees) else ""


def _lines(member):
    """Confirmed ages and checks of the card, the latest first, in one query."""
    checks = _columns(member.card_checks.standing(), CHECKED, "checked_on", "state", "note")
    confirmed = _columns(member.party_age_confirmations.standing(), CONFIRMED, "confirmed_on", "months", "decision")
    lines = [Line(*values) for values in checks.union(confirmed, all=True)]
    return sorted(lines, key=lambda line: (line.on, line.pk), reverse=True)


def _columns(rows, source, on, slug, words):
    rows = rows.order_by().annotate(
        c_source=Value(source, output_field=CharField()),
        c_slug=Cast(slug, CharField(max_length=20)),
        c_words=Cast(words, CharField(max_length=300)),
    )
    return rows.values_list("c_source", "pk", on, "c_slug", "c_words")
