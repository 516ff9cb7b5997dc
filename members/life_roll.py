"""Who takes part in a cell in a month, from dated memberships: its members, its guests, who is a guest elsewhere."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from members.enums import AWAY_STATES, TEMPORARY_KINDS, MembershipKind, OverlayKind
from members.models import Member, Membership, Overlay, Transfer
from members.querysets_life import month_after
from members.rules.life import Stay, fee_stay, stay_on

ABROAD = None  # the place of a stay outside of the tree
NOT_EXPECTED = [OverlayKind.INTERRUPTED, OverlayKind.SUSPENDED, OverlayKind.EXEMPT]  # the first that holds is shown


@dataclass(frozen=True)
class Person:
    """One member with all stays that touch the month, and the states that touch it."""

    member: Member
    cell_id: int
    stays: tuple[Stay, ...]
    states: tuple[Overlay, ...]

    def takes_part_on(self, day):
        """Whether the member takes part in this cell on a day."""
        stay = stay_on(self.stays, day)
        return stay is not None and stay.place == self.cell_id

    def is_guest_on(self, day):
        stay = stay_on(self.stays, day)
        return stay is not None and stay.guest and stay.place == self.cell_id

    def state_on(self, day):
        """The state under which the member need not come on a day, or None."""
        held = [row for row in self.states if row.holds_on(day)]
        return min(held, key=lambda row: NOT_EXPECTED.index(row.kind), default=None)

    def pays_here(self, first):
        """Whether the fee of the month is paid in this cell, and whether as a guest."""
        stay = fee_stay(self.stays, first, month_after(first))
        return stay is not None and stay.place == self.cell_id


@dataclass(frozen=True)
class Roll:
    """Everybody who has to do with one cell in one month, in the order of names."""

    cell_id: int
    first: date
    people: tuple[Person, ...]

    @cached_property
    def by_id(self):
        return {person.member.pk: person for person in self.people}

    @property
    def attending(self):
        """People who take part here on at least one day of the month."""
        return [person for person in self.people if self._some_day(person)]

    def _some_day(self, person):
        after = month_after(self.first)
        days = {self.first, *(stay.started_on for stay in person.stays), *(stay.ended_on for stay in person.stays)}
        return any(person.takes_part_on(day) for day in days - {None} if self.first <= day < after)

    @property
    def paying(self):
        """People whose fee of the month is paid here."""
        return [person for person in self.people if person.pays_here(self.first)]

    @property
    def elsewhere(self):
        """Own members who neither take part nor pay here all through the month: guests of another cell."""
        away = [p for p in self.people if not self._some_day(p) and not p.pays_here(self.first)]
        return [person for person in away if any(stay.guest for stay in person.stays)]


def read_roll(cell, first):
    """The roll of a cell in the month that begins on `first`; five queries whatever its size."""
    after = month_after(first)
    touching = Membership.objects.standing().overlapping(first, after)
    here = touching.filter(organisation=cell).values("member")
    members = list(Member.objects.standing().filter(pk__in=here).order_by("sort_key", "id"))
    ids = [member.pk for member in members]
    stays = _stays(touching.filter(member__in=ids, organisation__is_cell=True))
    for member_id, stay in _abroad(ids, first, after):
        stays[member_id].append(stay)
    states = defaultdict(list)
    for row in Overlay.objects.standing().overlapping(first, after).filter(member__in=ids, kind__in=NOT_EXPECTED):
        states[row.member_id].append(row)
    people = (Person(each, cell.pk, tuple(stays[each.pk]), tuple(states[each.pk])) for each in members)
    return Roll(cell.pk, first, tuple(people))


def _stays(rows):
    found = defaultdict(list)
    for member_id, place, kind, since, until in rows.values_list(
        "member_id", "organisation_id", "kind", "started_on", "ended_on"
    ):
        found[member_id].append(Stay(place, kind == MembershipKind.TEMPORARY, since, until))
    return found


def _abroad(ids, first, after):
    """Temporary moves to a body outside of the tree."""
    moves = Transfer.objects.filter(kind__in=TEMPORARY_KINDS, state__in=AWAY_STATES, to_organisation__isnull=True)
    gone = moves.filter(Q(returned_on__isnull=True) | Q(returned_on__gt=first), member__in=ids, received_on__lt=after)
    for row in gone.only("member_id", "received_on", "returned_on"):
        yield row.member_id, Stay(ABROAD, True, row.received_on, row.returned_on)
