"""A year of the registers of a few cells: meetings, study, fees, tasks, with the weaknesses that the pages look for."""

from datetime import date
from decimal import Decimal

from config.lib.workdays import add_months
from members.life_enums import FeeBasis, MeetingKind, Presence
from members.models import Attendance, FeePayment, Meeting, Membership, Overlay, Task

CELLS = 8  # the same number at every scale
BATCH = 2000
TASKS = (
    ("Phụ trách tổ nhân dân tự quản", "Chi ủy"),
    ("Vận động hộ dân tham gia bảo hiểm y tế", "Đảng ủy"),
    ("Tuyên truyền Nghị quyết của Đảng ủy trong tổ dân phố", "Chi bộ"),
)
RESOLUTIONS = {3: "Nghị quyết của Đảng ủy về nhiệm vụ năm", 9: "Chuyên đề học tập và làm theo Bác"}
EXEMPT_BY = "NQ 07-NQ/CB"


class RegisterPlayer:
    """Fills the registers from January to the month before today."""

    def __init__(self, tree, on, rng, by):
        self.cells, self.on, self.rng, self.by = tree.cells[:CELLS], on, rng, by
        self.months = [date(on.year, month, 1) for month in range(1, on.month)]

    def play(self):
        """Write everything in a few statements."""
        rows = Membership.objects.on(self.on).official().filter(organisation__in=self.cells, organisation__is_cell=True)
        people = list(rows.order_by("organisation_id", "member__sort_key"))
        exempt = set(
            Overlay.objects.on(self.on)
            .filter(member__in=[row.member_id for row in people])
            .values_list("member_id", flat=True)
        )
        self._meet(people, exempt)
        FeePayment.objects.bulk_create(list(self._fees(people, exempt)), BATCH)
        Task.objects.bulk_create([task for row in people for task in self._tasks(row, exempt)], BATCH)

    def _meet(self, people, exempt):
        meetings = []
        for cell in self.cells:
            for month in self.months:
                meetings.append(self._meeting(cell, month.replace(day=3), MeetingKind.REGULAR, "Sinh hoạt thường kỳ"))
                if month.month in RESOLUTIONS:
                    agenda = RESOLUTIONS[month.month]
                    meetings.append(self._meeting(cell, month.replace(day=15), MeetingKind.STUDY, agenda))
        lines = [
            self._presence(meeting, row) for meeting in meetings for row in self._expected(meeting, people, exempt)
        ]
        self._sum_up(lines)
        Meeting.objects.bulk_create(meetings)
        for line in lines:
            line.meeting_id = line.meeting.pk
        Attendance.objects.bulk_create(lines, BATCH)

    def _meeting(self, cell, day, kind, agenda):
        number = f"{day.month:02d}-BB/CB"
        return Meeting(
            organisation=cell, kind=kind, held_on=day, agenda=agenda, minutes_number=number, recorded_by=self.by
        )

    @staticmethod
    def _expected(meeting, people, exempt):
        return [
            row
            for row in people
            if row.organisation_id == meeting.organisation_id
            and row.started_on <= meeting.held_on
            and row.member_id not in exempt
        ]

    def _presence(self, meeting, row):
        draw = self.rng.random()
        often = row.member_id.int % 37 == 0  # a few who hardly ever come
        presence = Presence.PRESENT
        if draw < (0.7 if often else 0.01):
            presence = Presence.UNEXCUSED
        elif draw > 0.96:
            presence = Presence.EXCUSED
        reason = "công tác" if presence == Presence.EXCUSED else ""
        return Attendance(
            meeting=meeting, member_id=row.member_id, presence=presence, reason=reason, recorded_by=self.by
        )

    @staticmethod
    def _sum_up(lines):
        for line in lines:
            setattr(line.meeting, line.presence, getattr(line.meeting, line.presence) + 1)

    def _fees(self, people, exempt):
        for row in people:
            for month in self.months:
                if row.started_on < add_months(month, 1):
                    yield self._fee(row, month, row.member_id in exempt)

    def _fee(self, row, month, is_exempt):
        owes = month.month in (1, 4, 6) if row.member_id.int % 41 == 0 else self.rng.random() < 0.01
        values = {"basis": FeeBasis.DUE, "amount": Decimal(30000), "paid_on": month.replace(day=5)}
        if is_exempt:
            values = {"basis": FeeBasis.EXEMPT, "decision": EXEMPT_BY}
        elif owes:
            values["paid_on"] = None
        return FeePayment(
            organisation_id=row.organisation_id, member_id=row.member_id, month=month, recorded_by=self.by, **values
        )

    def _tasks(self, row, exempt):
        if row.member_id in exempt or row.member_id.int % 23 == 0:
            return
        for place, (title, given_by) in enumerate(TASKS):
            due_on = date(self.on.year, 4 * (place + 1), 28)
            done = due_on < self.on and self.rng.random() < 0.95
            late = self.rng.random() < 0.05
            done_on = min(self.on, add_months(due_on, 1)) if late else due_on.replace(day=20)
            yield Task(
                organisation_id=row.organisation_id, member_id=row.member_id, year=self.on.year, title=title,
                given_by=given_by, due_on=due_on, done_on=done_on if done else None,
                beyond=done and self.rng.random() < 0.3, evidence="Sổ tay chi bộ" if done else "", recorded_by=self.by,
            )  # fmt: skip
