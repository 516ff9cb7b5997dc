"""Party age of people, from the facts on record: read in one query for any number of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import CharField, DateField, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from config.lib.periods import Precision
from config.lib.workdays import add_months
from members.enums import FINAL_ENDINGS, EndReason, OverlayKind, RestorationKind
from members.models import Membership, Overlay, PartyAgeConfirmation, Restoration
from members.rules.party_age import (
    EXPELLED,
    INTERRUPTED,
    LEFT,
    REMOVED,
    UNSTATED,
    Confirmed,
    Gap,
    Known,
    PartyRecord,
)

CAUSE_OF = {
    EndReason.EXPELLED: EXPELLED,
    EndReason.NAME_REMOVED: REMOVED,
    EndReason.LEFT: LEFT,
    EndReason.UNSTATED: UNSTATED,
    EndReason.UNKNOWN: INTERRUPTED,
}
LEAVING = [*FINAL_ENDINGS, EndReason.UNKNOWN]  # who moved to another province goes on being a member
BACK, OVERLAY, CONFIRMED, STAY = "back", "overlay", "confirmed", "stay"
ONE_DAY = timedelta(days=1)
_NO_DAY = Cast(Value(None), DateField())
_NO_NUMBER = Value(0, output_field=IntegerField())


class AgeRow(NamedTuple):
    """One fact of any of the four tables: what runs from `start` until `end`, why; of a stay from when one is out."""

    source: str
    member_id: str
    start: date
    end: date | None
    out_on: date | None
    slug: str
    months: int


@dataclass
class Facts:
    """What was found about one person."""

    gaps: list[Gap] = field(default_factory=list)
    restored: set[date] = field(default_factory=set)
    stays: list[AgeRow] = field(default_factory=list)
    confirmed: Confirmed | None = None


class AgeFacts:
    """The facts about Party age of the people with these ids; `record(member)` answers what the rules ask."""

    def __init__(self, ids):
        self._found = defaultdict(Facts)
        ids = list(ids)
        if not ids:
            return
        tables = [_restorations(ids), _overlays(ids), _confirmations(ids), _stays(ids)]
        for values in tables[0].union(*tables[1:], all=True):
            self._add(AgeRow(*values))

    def _add(self, row):
        facts = self._found[row.member_id]
        if row.source == STAY:
            facts.stays.append(row)
        elif row.source == CONFIRMED:
            if facts.confirmed is None or facts.confirmed.on < row.start:
                facts.confirmed = Confirmed(row.start, row.months, row.slug)
        elif row.end is None or row.end > row.start:
            cause = INTERRUPTED if row.source == OVERLAY else _cause(row.slug)
            facts.gaps.append(Gap(row.start, row.end, cause))
        if row.out_on:
            facts.restored.add(row.out_on)

    def died_on(self, member):
        """The day of death; None for the living."""
        stays = self._found[member.pk].stays if member.pk in self._found else []
        return next((row.start - ONE_DAY for row in stays if row.end is None and row.slug == EndReason.DIED), None)

    def gone_on(self, member):
        """The first day on which the person is on nobody's roll here: left, died, moved out; None for the others."""
        stays = self._found[member.pk].stays if member.pk in self._found else []
        return max((row.start for row in stays if row.end is None), default=None)

    def record(self, member):
        """What Party age is counted from."""
        facts = self._found[member.pk] if member.pk in self._found else Facts()
        ends = [row for row in facts.stays if row.slug in LEAVING]
        holes = [row for row in ends if row.end and row.start not in facts.restored]
        out = [row.start for row in ends if row.end is None and row.slug in FINAL_ENDINGS]
        return PartyRecord(
            decided=known(member.decided_on, member.decided_precision),
            on_card=known(member.admitted_on, member.admitted_precision),
            official_on=member.official_on,
            gaps=(*facts.gaps, *(Gap(row.start, row.end, _cause(row.slug)) for row in holes)),
            confirmed=facts.confirmed,
            left_on=max(out, default=None),
        )


def known(day, precision):
    """A day on record as far as it is known; None without one."""
    if day is None:
        return None
    after = {Precision.MONTH: add_months(day, 1), Precision.YEAR: add_months(day, 12)}.get(precision)
    return Known(day, after - ONE_DAY if after else day)


def _cause(end_reason):
    return CAUSE_OF.get(end_reason, end_reason)


def _restorations(ids):
    """From the decision that put somebody out to the one that brought him back; rights restored leave no gap."""
    rows = Restoration.objects.standing().filter(member__in=ids).exclude(kind=RestorationKind.RIGHTS)
    begun = Coalesce("ending__decided_on", "out_on")
    return _columns(rows, BACK, (begun, "decided_on", "out_on"), "end_reason")


def _overlays(ids):
    rows = Overlay.objects.standing().filter(member__in=ids, kind=OverlayKind.INTERRUPTED)
    return _columns(rows, OVERLAY, ("started_on", "ended_on", None), "kind")


def _confirmations(ids):
    rows = PartyAgeConfirmation.objects.standing().filter(member__in=ids)
    return _columns(rows, CONFIRMED, ("confirmed_on", None, None), "decision", months="months")


def _stays(ids):
    """Official memberships that ended with membership itself or elsewhere, and when the next one began."""
    rows = Membership.objects.standing().official()
    later = rows.filter(member=OuterRef("member"), started_on__gte=OuterRef("ended_on")).order_by("started_on")
    ended = rows.filter(member__in=ids, end_reason__in=[*LEAVING, EndReason.MOVED_OUT])
    return _columns(ended, STAY, ("ended_on", Subquery(later.values("started_on")[:1]), None), "end_reason")


def _columns(rows, source, days, slug, *, months=None):
    """The rows in the columns of `AgeRow`; `days` are the start, the end and the day on which somebody was out."""
    start, end, out_on = map(_day, days)
    found = rows.order_by().annotate(
        c_source=Value(source, output_field=CharField()),
        c_start=start,
        c_end=end,
        c_out=out_on,
        c_slug=Cast(slug, CharField(max_length=100)),
        c_months=Cast(months, IntegerField()) if months else _NO_NUMBER,
    )
    return found.values_list("c_source", "member_id", "c_start", "c_end", "c_out", "c_slug", "c_months")


def _day(column):
    if column is None:
        return _NO_DAY
    return Cast(column, DateField()) if isinstance(column, str) else column
