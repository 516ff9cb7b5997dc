"""Who is due a badge at a round, in a number of queries that does not grow with the people; what is proposed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from config.lib.workdays import add_months
from members.enums import OverlayKind
from members.models import Badge, Member, Membership, Overlay, PartyAgeConfirmation, Restoration, Sanction
from members.reports.party_age import LEAVING, AgeFacts
from members.rules import badges as rule
from members.rules.moves import HUMAN, OK, Finding
from members.rules.party_age import PartyAge, party_age

YEAR = 12  # months
SLACK = timedelta(days=4)  # months end on different days; the rules decide to the day
ONE_DAY = timedelta(days=1)
READY, HELD, LOOK, PROPOSED, AWARDED = "ready", "held", "look", "proposed", "awarded"
STATES = {
    READY: "đủ điều kiện",
    LOOK: "cần xem xét",
    HELD: "chưa xét",
    PROPOSED: "đã đề nghị",
    AWARDED: "đã tặng",
}
PILLS = {READY: "success", LOOK: "waiting", HELD: "warn", PROPOSED: "info", AWARDED: "neutral"}


@dataclass(frozen=True)
class DueRow:
    """One person and the level of the round: what the rules say, and the badge when there is one already."""

    member: Member
    age: PartyAge
    due: rule.BadgeDue
    finding: Finding
    badge: Badge | None = None

    @property
    def level(self):
        return self.due.level

    @property
    def state(self):
        if self.badge:
            return AWARDED if self.badge.is_awarded else PROPOSED
        return {OK: READY, HUMAN: LOOK}.get(self.finding.status, HELD)

    @property
    def state_words(self):
        return STATES[self.state]

    @property
    def pill(self):
        return PILLS[self.state]

    @property
    def can_be_proposed(self):
        return self.state in (READY, LOOK)


@dataclass(frozen=True)
class DueQuestion:
    """What a list asks: of which body, on which day, by which rules; `sees` are paths below which reasons are shown."""

    body: object
    today: date
    book: object
    sees: tuple[str, ...] = ()

    def rules(self, day):
        return self.book.badge(self.body, day)


def due_at(round_, people, question):
    """Rows of a round among `people`, the highest level first: due in its window, or released from a wait in it."""
    rules = question.rules(round_.on)
    spans = [(level, round_.first, round_.after) for level in rules.levels]
    near = _near(spans) | Q(pk__in=_disciplined(rules, round_))
    cases = _cases(people, near, rules, question)
    return sorted((row for case in cases if (row := _in_round(case, round_, rules, question))), key=_order)


def backlog(people, question):
    """People who passed a level before there was one and have not reached the next: somebody must decide."""
    rules, found = question.rules(question.today), []
    for level in rules.levels:
        came_in = question.book.came_in(level, question.today)
        if came_in is None:
            continue
        higher = next((each for each in rules.levels if each > level), None)
        first = add_months(question.today, -YEAR * (higher - level)) + ONE_DAY if higher else None
        cases = _cases(people, _near([(level, first, came_in)]), rules, question)
        here = [case for case in cases if case.due.level == level and case.due.on < came_in]
        found += [_row(case, rules, question) for case in here if first is None or first <= case.due.on]
    return sorted(found, key=_order)


def due_of_member(member, age, question, facts):
    """(level reached, next level) of one member as rows; None where there is none."""
    rules = question.rules(question.today)
    dues = (rule.reached(rules, age, question.today), rule.next_due(rules, age, question.today))
    return tuple(due and _row(facts.case(member, age, due), rules, question) for due in dues)


@dataclass(frozen=True)
class BadgeCase:
    """One person and one level, with what is recorded."""

    member: Member
    age: PartyAge
    due: rule.BadgeDue
    badges: dict
    disciplines: tuple

    @property
    def is_past(self):
        """Whether a higher level was awarded already."""
        return any(level > self.due.level and badge.is_awarded for level, badge in self.badges.items())


class BadgeFacts:
    """Badges and announced sanctions of some people, in two queries."""

    def __init__(self, ids):
        self._badges, self._sanctions = defaultdict(dict), defaultdict(list)
        for badge in Badge.objects.standing().filter(member__in=ids):
            self._badges[badge.member_id][badge.level] = badge
        announced = Sanction.objects.standing().filter(member__in=ids, announced_on__isnull=False)
        for row in announced:
            self._sanctions[row.member_id].append(rule.Discipline(row.form, row.decided_on, row.lapses_on))

    def badges_of(self, member):
        """Badges by level."""
        return self._badges.get(member.pk, {})

    def case(self, member, age, due):
        disciplines = tuple(self._sanctions.get(member.pk, ()))
        return BadgeCase(member, age, due, self.badges_of(member), disciplines)


def _cases(people, near, rules, question):
    """Every level of everybody who may be near, as far as no higher one was awarded."""
    people = people.on_roll(question.today).filter(official_on__lte=question.today)
    rows = people.annotate(begun_on=Coalesce("decided_on", "admitted_on")).filter(near).select_related("home")
    found = list(rows)
    ids = [member.pk for member in found]
    ages, facts = AgeFacts(ids), BadgeFacts(ids)
    of_age = question.book.age(question.body, question.today)
    for member in found:
        age = party_age(of_age, ages.record(member), question.today)
        dues = (rule.due_of(age, level) for level in rules.levels)
        yield from (case for due in dues if due and not (case := facts.case(member, age, due)).is_past)


def _in_round(case, round_, rules, question):
    if round_.takes(case.due.on):
        return _row(case, rules, question)
    release = rule.release_of(rules, case.disciplines, case.due.on)
    if release and round_.takes(release):
        return _shown(case, rule.after_wait(rules, case.due, release), question)
    return None


def _row(case, rules, question):
    then = question.rules(case.due.on).levels
    asked = rule.BadgeCase(age=case.age, due=case.due, levels_then=then, disciplines=case.disciplines)
    finding = rule.badge_finding(rules, asked)
    release = rule.release_of(rules, case.disciplines, case.due.on)
    if release and release <= question.today:
        finding = rule.after_wait(rules, case.due, release)
    return _shown(case, finding, question)


def _shown(case, finding, question):
    """Who may not know of discipline reads that somebody else must look, as of any other doubt."""
    sees = case.member.home.path.startswith(question.sees)
    shown = finding if sees else rule.neutral(finding)
    return DueRow(case.member, case.age, case.due, shown, case.badges.get(case.due.level))


def _near(spans):
    """People whose beginning on record may let one of the (level, first, after) fall due; and all with gaps."""
    wanted = Q(pk__in=_with_facts())
    for level, first, after in spans:
        until = Q(begun_on__lt=add_months(after, -YEAR * level) + SLACK)
        since = Q(begun_on__gte=add_months(first, -YEAR * level) - SLACK) if first else Q()
        wanted |= until & since
    return wanted


def _with_facts():
    """People whose Party age is not simply counted from the day on record."""
    tables = [
        Restoration.objects.standing(),
        PartyAgeConfirmation.objects.standing(),
        Overlay.objects.standing().filter(kind=OverlayKind.INTERRUPTED),
        Membership.objects.standing().official().filter(end_reason__in=LEAVING),
    ]
    ids = [rows.order_by().values("member_id") for rows in tables]
    return ids[0].union(*ids[1:], all=True)


def _disciplined(rules, round_):
    """People with an announced sanction whose wait may end within the round."""
    waits = [getattr(rules, f"badge_wait_{form}_months") or 0 for form in rule.WAITING_FORMS]
    since, until = add_months(round_.first, -max(waits)), add_months(round_.after, -min(waits))
    rows = Sanction.objects.standing().filter(announced_on__isnull=False, decided_on__gte=since, decided_on__lt=until)
    return rows.values("member_id")


def _order(row):
    return -row.level, row.member.home.path, row.member.sort_key, str(row.member.pk)
