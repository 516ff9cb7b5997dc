"""Reading the books: who was on which list, and what began or ended, in three queries for any number of bodies."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, DateField, F, Min, OuterRef, Q, Subquery, Value, When

from members.enums import MembershipKind, RestorationKind, StartReason
from members.models import Ending, Membership, Restoration
from members.statistics.checks import NAMED
from members.statistics.ledger import Account, Gap, Listed, Stay, cut, events_of, keep_books

STAY = (
    "member_id", "member__full_name", "organisation_id", "begun", "ended_on", "start_reason", "came_from",
    "end_reason", "went_to", "member__official_on", "ended_probationary",
)  # fmt: skip


def standing_stays(rules):
    """Official memberships that stand, with `begun`: the day from which they count."""
    rows = Membership.objects.standing().filter(kind=MembershipKind.OFFICIAL)
    if not rules.counts_from_decision:
        return rows.annotate(begun=F("started_on"))
    early = Q(start_reason=StartReason.ADMITTED, member__decided_on__lt=F("started_on"))
    return rows.annotate(begun=Case(When(early, then=F("member__decided_on")), default=F("started_on")))


def holding(day):
    """Stays (with `begun`) that hold on `day`."""
    return Q(begun__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def not_out(day):
    """What excludes people who were out of the books on `day` because their rights were restored later."""
    rights = Restoration.objects.standing().filter(kind=RestorationKind.RIGHTS, out_on__lte=day, back_on__gt=day)
    return ~Q(member_id__in=rights.values("member_id"))


def on_books(rules, day, organisations=None):
    """Stays of the people on the list of `day`, in some organisations or in all."""
    rows = standing_stays(rules).filter(holding(day), not_out(day))
    return rows if organisations is None else rows.filter(organisation_id__in=organisations)


@dataclass(frozen=True)
class DayLists:
    """People by organisation on some days, counted from the memberships alone, and the first day of each body."""

    people: dict
    firsts: dict

    def total(self, day):
        return sum(self.people[day].values())

    def known(self, day):
        """Whether anything is known of that day; without any membership at all nothing is."""
        return any(first <= day for first in self.firsts.values())


def day_lists(rules, days, organisations=None):
    """The lists of some days in one query."""
    rows = standing_stays(rules)
    rows = rows if organisations is None else rows.filter(organisation_id__in=organisations)
    counts = {f"day_{place}": Count("pk", filter=holding(day) & not_out(day)) for place, day in enumerate(days)}
    grouped = rows.order_by().values("organisation_id").annotate(first=Min("begun"), **counts)
    found = DayLists({day: {} for day in days}, {})
    for organisation, first, *people in grouped.values_list("organisation_id", "first", *counts):
        found.firsts[organisation] = first
        for day, number in zip(days, people, strict=True):
            if number:
                found.people[day][organisation] = number
    return found


@dataclass(frozen=True)
class Books:
    """Ledgers by period, and the first day from which anything is known of a key."""

    ledgers: dict
    first: dict
    events: dict

    def account(self, span, key):
        """Form 1 of one key; None where its books begin after the period: no figure, never zero."""
        first = self.first.get(key, self.first.get(None))
        if first is None or first >= span.until:
            return None
        ledger = self.ledgers[span]
        return Account(ledger.rows.get(key, Counter()), tuple(ledger.causes.get(key, ())))

    def begins_within(self, span, key):
        """The day from which figures are known, when it lies within the period."""
        first = self.first.get(key)
        return first if first and span.since < first < span.until else None


def read_books(history, rules, spans, keys_of_chain, organisations=None):
    """The books of the periods for the keys that `keys_of_chain` makes of a chain; `organisations` limits the reading.

    `organisations`: all that ever stood below the body asked about; None for everything.
    """

    def keys_of(organisation, day):
        return keys_of_chain(history.chain(organisation, day))

    gaps = _gaps()
    stays = _stays(rules, spans, gaps, organisations)
    lists = _lists(rules, spans, organisations)
    _take_out(lists, stays, gaps, organisations)
    whole = cut(stays, gaps)
    ledgers, events = {}, {}
    for span in spans:
        events[span] = events_of(rules, whole, span)
        days = history.days_of_moves(span.since, span.until)
        ledgers[span] = keep_books(events[span], lists.of(span), span, days, keys_of)
    return Books(ledgers, _firsts(lists.firsts, keys_of), events)


def _firsts(firsts, keys_of):
    """The first day of every key, and under None that of everything."""
    found = {None: min(firsts.values())} if firsts else {}
    for organisation, day in firsts.items():
        for key in keys_of(organisation, day):
            found[key] = min(day, found.get(key, day))
    return found


def _gaps():
    rows = Restoration.objects.standing().filter(kind=RestorationKind.RIGHTS)
    columns = ("member_id", "out_on", "back_on", "end_reason", "was_probationary")
    return [
        Gap(member=member, out_on=out_on, back_on=back_on, end_reason=reason, probationary=probationary)
        for member, out_on, back_on, reason, probationary in rows.values_list(*columns)
    ]


def _stays(rules, spans, gaps, organisations):
    """Stays that begin or end within the periods, with those at the other end of each move; all of restored people."""
    rows = standing_stays(rules)
    within = _within(spans)
    asked = rows.filter(within)
    if organisations is not None:
        people = asked.filter(organisation_id__in=organisations).values("member_id")
        within &= Q(member_id__in=people)
    rows = rows.filter(within | Q(member_id__in={gap.member for gap in gaps}))
    ending = Ending.objects.standing().filter(membership=OuterRef("pk")).values("was_probationary")[:1]
    found = rows.annotate(ended_probationary=Subquery(ending)).values_list(*STAY)
    return [_stay(*row) for row in found.order_by("begun", "id")]


def _within(spans):
    """What begins or ends on a day of the periods; first lists are counted, not read."""
    found = Q(pk__in=[])
    for span in spans:
        begins = Q(begun__gte=span.since, begun__lt=span.until) & ~Q(start_reason=StartReason.OPENING)
        found |= begins | Q(ended_on__gte=span.since, ended_on__lt=span.until)
    return found


def _stay(member, name, organisation, *rest):
    begun, ended_on, start_reason, came_from, end_reason, went_to, official_on, ended_probationary = rest
    probationary = ended_probationary
    if probationary is None and ended_on is not None:
        probationary = official_on is None or official_on >= ended_on
    return Stay(
        member=member, name=name, organisation=organisation, start=begun, end=ended_on, start_reason=start_reason,
        came_from=came_from, end_reason=end_reason, went_to=went_to, probationary=bool(probationary),
    )  # fmt: skip


class _Lists:
    """People by organisation on the days that the periods need, openings within them, and first days."""

    def __init__(self, spans):
        self.spans = spans
        self.days = sorted({day for span in spans for day in (span.eve, span.last_day)})
        self.people = defaultdict(Counter)
        self.openings = []
        self.firsts = {}

    def add(self, organisation, opening_day, number, first, *on_days):
        for day, people in zip(self.days, on_days, strict=True):
            self.people[day][organisation] += people
        if opening_day is not None:
            self.openings.append((organisation, opening_day, number))
        self.firsts[organisation] = min(first, self.firsts.get(organisation, first))

    def of(self, span):
        """The lists and openings of one period."""
        openings = tuple(each for each in self.openings if span.since <= each[1] < span.until)
        return Listed(self.people[span.eve], self.people[span.last_day], openings)


def _lists(rules, spans, organisations):
    lists = _Lists(spans)
    opened = Q(pk__in=[])
    for span in spans:
        opened |= Q(start_reason=StartReason.OPENING, begun__gte=span.since, begun__lt=span.until)
    rows = standing_stays(rules)
    if organisations is not None:
        rows = rows.filter(organisation_id__in=organisations)
    rows = rows.annotate(opening_day=Case(When(opened, then=F("begun")), default=Value(None), output_field=DateField()))
    counts = {f"day_{place}": Count("pk", filter=holding(day)) for place, day in enumerate(lists.days)}
    grouped = (
        rows.order_by().values("organisation_id", "opening_day").annotate(n=Count("pk"), first=Min("begun"), **counts)
    )
    for row in grouped.values_list("organisation_id", "opening_day", "n", "first", *counts):
        lists.add(*row)
    return lists


def _take_out(lists, stays, gaps, organisations):
    """Take people out of the lists of the days on which they were out of the books."""
    for gap in gaps:
        for stay in stays:
            counted = stay.member == gap.member and (organisations is None or stay.organisation in organisations)
            for day in lists.days:
                if counted and gap.out_on <= day < gap.back_on and stay.covers(day):
                    lists.people[day][stay.organisation] -= 1


def recorded_late(day, before, organisations):
    """What was recorded after `day` about days before another: "Lê Văn An: ghi bổ sung ngày 05/07/2026"."""
    late = Q(recorded_at__date__gt=day, started_on__lt=before) | Q(voided_at__date__gt=day, started_on__lt=before)
    late |= Q(endings__recorded_at__date__gt=day, ended_on__lt=before)
    rows = Membership.objects.official().filter(late)
    rows = rows if organisations is None else rows.filter(organisation_id__in=organisations)
    names = rows.order_by("member__sort_key", "member_id").values_list("member_id", "member__full_name").distinct()
    return tuple(f"{name}: ghi bổ sung sau ngày {day:%d/%m/%Y}" for _, name in names[:NAMED])


def reach_of(history, organisation_id, spans):
    """What to read for one body: the ids that ever stood below it; None when that is nearly everything."""
    since, until = min(span.since for span in spans), max(span.until for span in spans)
    found = history.ever_below(organisation_id, since - timedelta(days=1), until)
    return None if len(found) * 2 > len(history.stands) else found
