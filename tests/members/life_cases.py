"""A cell with its registers for the tests: people, a meeting, a month of fees, as a secretary would enter them."""

from datetime import date
from decimal import Decimal
from itertools import count

from members.actions.life_fees import FeeLine, keep_fees
from members.actions.life_meetings import Line, MeetingEntry, keep_meeting
from members.actions.life_tasks import TaskEntry, assign_tasks
from members.enums import MembershipKind, StartReason
from members.models import Attendance, FeePayment, Membership
from tests.factories import MemberFactory

MONTH = date(2026, 1, 1)
DAY = date(2026, 1, 5)


SERIAL = count(1000)


def people(cell, number, **fields):
    """Members of a cell whose names sort in the order in which they were made."""
    return [MemberFactory(home=cell, full_name=f"Nguyễn Văn Số {next(SERIAL)}", **fields) for _ in range(number)]


def guest(member, cell, since=date(2025, 12, 1), until=None):
    """`member` on temporary transfer to `cell`."""
    return Membership.objects.create(
        member=member, organisation=cell, kind=MembershipKind.TEMPORARY, started_on=since, ended_on=until,
        start_reason=StartReason.TEMPORARY, end_reason=StartReason.TEMPORARY if until else "",
    )  # fmt: skip


def head(day=DAY, kind="regular", agenda="Nghị quyết tháng", **values):
    return {"kind": kind, "held_on": day, "agenda": agenda, "minutes_number": "", "place": "", **values}


def met(cell, present, *, by, excused=(), unexcused=(), **values):
    """A meeting of the cell with who came and who did not."""
    lines = [Line(each.pk, "present") for each in present]
    lines += [Line(each.pk, "excused", "công tác") for each in excused]
    lines += [Line(each.pk, "unexcused") for each in unexcused]
    return keep_meeting(cell, MeetingEntry(head(**values), tuple(lines)), by=by)


def presences(meeting):
    rows = Attendance.objects.standing().filter(meeting=meeting).order_by("member__sort_key")
    return [row.presence for row in rows]


def paid(member, day=DAY, amount=30000, seen=None):
    return FeeLine(member.pk, "due", Decimal(amount), day, "", seen)


def unpaid(member, seen=None):
    return FeeLine(member.pk, "due", None, None, "", seen)


def given(cell, *members, by, title="Vận động hộ dân", due_on=date(2026, 6, 30), on=DAY):
    """One task given to some members."""
    return assign_tasks(cell, TaskEntry(title, "Chi ủy", due_on), members, on=on, by=by)


def ledger(cell, month, payers, debtors, *, by):
    keep_fees(cell, month, [paid(each) for each in payers] + [unpaid(each) for each in debtors], by=by)


def fees(member):
    rows = FeePayment.objects.standing().filter(member=member).order_by("month")
    return [(row.organisation_id, row.month, row.basis, row.amount, row.paid_on) for row in rows]
