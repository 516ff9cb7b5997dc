"""Named reads of the cell's registers."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet
from config.lib.workdays import add_months
from members.life_enums import CELL_MEETINGS, STUDY_KINDS, FeeBasis, MeetingKind, Presence


def month_after(first):
    """The first day of the month after."""
    return add_months(first, 1)


class MeetingQuerySet(ScopedQuerySet, FactQuerySet):
    def within(self, since, until):
        """Standing meetings from a day until the day before another."""
        return self.standing().filter(held_on__gte=since, held_on__lt=until)

    def of_year(self, year):
        return self.within(date(year, 1, 1), date(year + 1, 1, 1))

    def studies(self):
        """Sessions at which a resolution or a class was studied."""
        return self.filter(kind__in=STUDY_KINDS)

    def meetings(self):
        """Meetings of the cell itself."""
        return self.filter(kind__in=CELL_MEETINGS)

    def regular(self):
        return self.filter(kind=MeetingKind.REGULAR)


class AttendanceQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "meeting__organisation"

    def unexcused(self):
        return self.standing().filter(presence=Presence.UNEXCUSED)

    def held_within(self, since, until):
        """Of meetings from a day until the day before another."""
        return self.filter(meeting__held_on__gte=since, meeting__held_on__lt=until)


class FeePaymentQuerySet(ScopedQuerySet, FactQuerySet):
    def owed(self):
        """Due, and nothing paid."""
        return self.standing().filter(paid_on__isnull=True).exclude(basis=FeeBasis.EXEMPT)

    def owed_on(self, day):
        """Due, and nothing paid by a day that is over."""
        return self.standing().filter(Q(paid_on__isnull=True) | Q(paid_on__gt=day)).exclude(basis=FeeBasis.EXEMPT)

    def of_months(self, since, until):
        return self.filter(month__gte=since, month__lt=until)


class TaskQuerySet(ScopedQuerySet, FactQuerySet):
    def of_year(self, year):
        return self.standing().filter(year=year)

    def in_state(self, state, on):
        """Tasks that are done, late, undone or open on a day."""
        return self.filter(STATES[state](on))

    def for_outer_member(self, year):
        """Whether the member of the outer row has a task in the year."""
        return Exists(self.of_year(year).filter(member=OuterRef("member_id")))


STATES = {
    "done": lambda on: Q(done_on__lte=F("due_on")),
    "late": lambda on: Q(done_on__gt=F("due_on")),
    "undone": lambda on: Q(done_on__isnull=True, due_on__lt=on),
    "open": lambda on: Q(done_on__isnull=True, due_on__gte=on),
}
