"""The pages of one month of a cell's registers: what stands, what was posted over it, what others wrote meanwhile."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from cells.permissions import Permission as P
from members.actions.life_meetings import HEAD
from members.forms.life import FeesForm, MeetingForm, fee_line, meeting_line
from members.life_enums import MeetingKind
from members.life_roll import read_roll
from members.life_sheets import FEES, MEETING, differences
from members.models import FeePayment, Meeting
from members.querysets_life import month_after
from members.reports.life_pages import fee_rows, meeting_rows, take_usual_amount
from members.standing_rules import StandingBook

ONE_DAY = timedelta(days=1)
LONGEST_VERSION = 8  # digits


@dataclass
class MonthPage:
    """What the pages of one month share; `data` is what was posted, None on reading."""

    user: Any
    cell: Any
    month: date
    today: date
    data: Any = None
    stale: Any = None
    comparison: Any = None
    names: tuple = ()

    @cached_property
    def roll(self):
        return read_roll(self.cell, self.month)

    @property
    def may_edit(self):
        return self.user.may(P.MEMBERS_EDIT, self.cell)

    @property
    def last_day(self):
        """The last day of the month that is not to come."""
        return min(self.today, month_after(self.month) - ONE_DAY)

    @cached_property
    def rows(self):
        rows = self.fresh_rows()
        for row in rows if self.data is not None else ():
            row.take(self.data, self.names)
        return rows

    @property
    def posted(self):
        return [row for row in self.rows if row.posted_in(self.data)]

    @property
    def faulty(self):
        return [row for row in self.rows if row.error]

    @property
    def head_clashes(self):
        return [each for each in self.stale.clashes if isinstance(each.key, str)] if self.stale else []

    def forget(self):
        """Read again what stands."""

    def compare(self, filled):
        """Show beside the register what a workbook says; saving the page writes it."""
        self.forget()
        changed = differences(self.rows, self.fresh_rows(), self.columns)
        self.comparison = Comparison(changed, filled.problems)

    def show_stale(self, stale):
        """Show what others wrote beside what was typed; saving once more then writes over it."""
        self.stale = stale
        clashes = {clash.key: clash for clash in stale.clashes}
        self.forget()
        fresh = {row.key: row.seen for row in self.fresh_rows()}
        for row in self.rows:
            row.clash = clashes.get(row.member.pk)
            row.seen = fresh.get(row.key, "")


@dataclass
class Comparison:
    """What a workbook says beside what stands: the changed rows, and what was not understood."""

    changed: list
    problems: list


@dataclass
class MeetingPage(MonthPage):
    """One meeting of the month: one that stands, or a new one of a kind."""

    meetings: list = field(default_factory=list)
    meeting: Meeting | None = None
    kind: str = MeetingKind.REGULAR
    names: tuple = ("presence", "reason")
    version: int = field(init=False, default=1)

    def __post_init__(self):
        self.version = self.meeting.version if self.meeting else 1

    @property
    def sees_reasons(self):
        """A reason may speak of health."""
        return self.user.may(P.MEMBERS_SENSITIVE, self.cell)

    @property
    def day(self):
        """The day for which people are expected."""
        return self.meeting.held_on if self.meeting else self.last_day

    @cached_property
    def form(self):
        return MeetingForm(self.data, month=self.month, today=self.today, initial=self._initial())

    def _initial(self):
        if self.meeting:
            return {name: getattr(self.meeting, name) for name in HEAD}
        is_now = self.month == self.today.replace(day=1)
        return {"kind": self.kind, "held_on": self.today if is_now else None}

    def fresh_rows(self):
        return meeting_rows(self.roll, self.meeting, day=self.day)

    @property
    def columns(self):
        """What a workbook holds; a reason only for who may know it."""
        return [column for column in MEETING if column.name != "reason" or self.sees_reasons]

    @property
    def head(self):
        """The head as a workbook shows it."""
        values = {name: self.form.get_initial_for_field(self.form.fields[name], name) for name in HEAD}
        kind = MeetingKind(values["kind"]).label
        return {**values, "kind": kind, "version": str(self.version)}

    def read(self):
        """The lines that were posted, or None where something must be mended first."""
        version = self.data.get("version", "")
        known = version.isascii() and version.isdigit() and len(version) <= LONGEST_VERSION
        self.version = int(version) if known else 0
        lines = [meeting_line(row, sees_reasons=self.sees_reasons) for row in self.posted]
        return tuple(lines) if self.form.is_valid() and None not in lines else None

    def show_stale(self, stale):
        super().show_stale(stale)
        self.version = stale.version


@dataclass
class FeesPage(MonthPage):
    """The ledger of one month."""

    names: tuple = ("choice", "amount", "paid_on", "decision")

    @cached_property
    def usual(self):
        """The amount of the month before that stands once for all in a month not begun."""
        return take_usual_amount(self._ledger())

    @cached_property
    def form(self):
        return FeesForm(self.data, today=self.today, initial={"paid_on": self.last_day, "amount": self.usual})

    columns = FEES

    @property
    def head(self):
        """The head as a workbook shows it."""
        return {"paid_on": self.last_day, "amount": self.usual}

    def exempt_rule(self):
        """What the rule set says of the fees of the exempt."""
        return StandingBook().standing(self.cell, self.month).exempt_fee_rule

    @cached_property
    def recorded(self):
        rows = FeePayment.objects.standing().filter(organisation=self.cell, month=self.month)
        return list(rows.select_related("member"))

    def forget(self):
        self.__dict__.pop("recorded", None)

    @property
    def is_recorded(self):
        return bool(self.recorded)

    @property
    def paid(self):
        return sum(1 for row in self.recorded if row.paid_on)

    @property
    def owed(self):
        return sum(1 for row in self.recorded if row.is_owed)

    @property
    def sum(self):
        """All that was paid for the month, in đồng."""
        return sum((row.amount for row in self.recorded if row.paid_on), Decimal())

    def fresh_rows(self):
        rows = self._ledger()
        self.usual = take_usual_amount(rows)
        return rows

    def _ledger(self):
        return fee_rows(self.roll, self.month, self.recorded, exempt_rule=self.exempt_rule)

    def read(self):
        """The lines that were posted, or None where something must be mended first."""
        if not self.form.is_valid():
            return None
        head = {name: self.form.cleaned_data[name] for name in ("paid_on", "amount")}
        lines = [fee_line(row, **head, today=self.today) for row in self.posted]
        return lines if None not in lines else None


def meetings_of(cell, month):
    """The meetings of a month, in order of their days."""
    return list(Meeting.objects.within(month, month_after(month)).filter(organisation=cell))
