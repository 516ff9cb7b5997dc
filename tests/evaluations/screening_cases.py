"""A year of a cell for tests of screening: meetings, fees, levels, as the registers would hold them."""

from datetime import date

from evaluations import actions
from evaluations.actions.screening_cells import FlagEntry
from evaluations.actions.screening_list import ActEntry, AssistEntry, ListVoteEntry, ProgressEntry
from evaluations.actions.screening_rounds import RoundEntry
from evaluations.models import ScreeningFlag
from members.life_enums import FeeBasis, MeetingKind, Presence
from members.models import AnnualGrade, Attendance, FeePayment, Meeting
from tests.factories import MemberFactory

YEAR = 2026
CUTOFF = date(2026, 12, 31)
TODAY = date(2026, 12, 31)
SINCE = date(2025, 7, 1)


def a_year(cell, member, *, missed=(), unpaid=(), excused=(), held=range(1, 13), paid_on=15, year=YEAR):
    """One regular meeting and one fee a month for a member; fees of others keep the register."""
    for month in held:
        meeting, _ = Meeting.objects.get_or_create(
            organisation=cell, held_on=date(year, month, 3), kind=MeetingKind.REGULAR
        )
        presence = Presence.UNEXCUSED if month in missed else Presence.EXCUSED if month in excused else Presence.PRESENT
        Attendance.objects.create(meeting=meeting, member=member, presence=presence)
    for month in range(1, 13):
        if month not in unpaid:
            pay(cell, member, date(year, month, 1), date(year, month, paid_on))


def pay(cell, member, month, on, **fields):
    FeePayment.objects.create(organisation=cell, member=member, month=month, paid_on=on, amount=10_000, **fields)


def keep_register(cell, year=YEAR):
    """Somebody else of the cell pays every month: the register is kept."""
    other = MemberFactory(home=cell, full_name="Trần Thị Sổ")
    for month in range(1, 13):
        pay(cell, other, date(year, month, 1), date(year, month, 10))
    return other


def owes(cell, member, month):
    FeePayment.objects.create(organisation=cell, member=member, month=month, basis=FeeBasis.DUE)


def graded(member, levels, scale="qd_2018"):
    for year, level in levels.items():
        reason = "" if level else "other"
        AnnualGrade.objects.create(
            member=member, year=year, scale=scale, level=level, not_rated_reason=reason, organisation=member.home
        )


def opened(body, by, cutoff=CUTOFF, **entry):
    return actions.open_round(RoundEntry(cutoff.year, cutoff, **entry), organisation=body, by=by)


def computed(body, by, cutoff=CUTOFF, today=TODAY, **entry):
    """A round with the flags of its first computation."""
    one = opened(body, by, cutoff, **entry)
    actions.compute_round(one, today=today, by=by)
    return one


def flags(one, member):
    """{code: (status, cumulative, consecutive)} of what stands."""
    rows = ScreeningFlag.objects.standing().filter(round=one, member=member)
    return {row.code: (row.status, row.figures.get("cumulative"), row.figures.get("consecutive")) for row in rows}


def candidate(cell, by, *, one=None, member=None, on=date(2026, 12, 5), staff=None):
    """Somebody flagged by hand and put up by his cell."""
    member = member or MemberFactory(home=cell, full_name="Lê Văn Xét")
    one = one or opened(cell.parent, staff)
    entry = actions_flag(member, "B4")
    actions.record_flag(one, cell, entry, by=by)
    [subject] = actions.put_up(one, cell, [member], on=on, by=by)
    return subject


def actions_flag(member, code, **fields):
    values = {"on": date(2026, 12, 1), "reason": "Kết luận kiểm tra", "document": "Kết luận số 3-KL/ĐU"} | fields
    return FlagEntry(member=member, code=code, **values)


def consulted(subject, by, on=date(2026, 12, 8)):
    actions.consult_superior(subject, ActEntry(on, "Thống nhất", "12-CV/ĐU"), by=by)
    subject.refresh_from_db()
    return subject


def voted(subject, by, *, yes, present, held_on=date(2026, 12, 10), **counts):
    no = counts.pop("no", present - yes)
    vote = actions.vote_list(subject, ListVoteEntry(held_on=held_on, present=present, yes=yes, no=no, **counts), by=by)
    subject.refresh_from_db()
    return vote


def helped(subject, by, helper, since=date(2026, 12, 10)):
    entry = AssistEntry(on=since, started_on=since, helpers=(helper,), commitment_on=since, commitment="Sửa chữa")
    actions.assist(subject, entry, by=by)
    subject.refresh_from_db()
    return subject


def progress(subject, by, on, *, progressed):
    actions.review_progress(subject, ProgressEntry(on, progressed, "Nhận xét của chi bộ"), by=by)
    subject.refresh_from_db()
    return subject
