"""The demo's people, their history and five years of past grades with shares like the published ones."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from config.demo.names import JOBS, person_name, personal_id
from config.demo.tree import FOUNDED, REFORM
from config.lib.workdays import add_months
from members.enums import OverlayKind, PostManner, PostTitle, StartReason, Topic
from members.importing.bulk import insert_rows
from members.models import AnnualGrade, Member, Membership, Overlay, Particular, Post

LEVELS = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
SHARES = [13.5, 79.5, 6.4, 0.6]
GENERAL = ["lower_secondary", "upper_secondary"]
DEGREES = ["none", "intermediate", "college", "bachelor", "master", "doctor"]
DEGREE_WEIGHTS = [34, 16, 10, 34, 5.5, 0.5]
THEORIES = ["none", "elementary", "intermediate", "advanced", "bachelor"]
THEORY_WEIGHTS = [30, 38, 26, 5, 1]
CELL_SEATS = (PostTitle.SECRETARY, PostTitle.DEPUTY, PostTitle.COMMITTEE_MEMBER)
PAST_YEARS = 5  # the last of them comes from the season that the demo plays and closes
BATCH = 2000
MEMBER_FIELDS = Member._meta.concrete_fields


class PeopleBuilder:
    """Fills cells with people; everything follows from one random stream."""

    def __init__(self, rng, on, by, terms=None):
        self.rng = rng
        self.terms = terms or {}  # id of the running term by body
        self.on = on
        self.by = by
        self.serial = 0
        self.fact = {"recorded_by_id": by.pk, "recorded_at": timezone.now()}
        self.rows = {model: [] for model in (Member, Membership, Particular, Post, Overlay, AnnualGrade)}

    def fill(self, cell, size):
        for place in range(size):
            member = self._member(cell)
            self._membership(member, cell)
            self._particulars(member)
            if place < len(CELL_SEATS):
                self._post(member, cell, CELL_SEATS[place])
            elif self.rng.random() < 0.06 and member.born_on.year < 1955:
                self._row(Overlay, member, kind=OverlayKind.EXEMPT, started_on=date(self.on.year - 2, 3, 1))
            self._grades(member, cell)

        if len(self.rows[Member]) >= BATCH:
            self.save()

    def save(self):
        """Write what has gathered; hundreds of thousands of rows are not kept in memory."""
        for model, rows in self.rows.items():
            insert_rows(model, rows)
            rows.clear()

    def _row(self, model, member, **values):
        self.rows[model].append({**self.fact, "member_id": member.pk, **values})

    def _member(self, cell):
        rng, self.serial = self.rng, self.serial + 1
        sex = "female" if rng.random() < 0.38 else "male"
        born_on = _random_day(rng, date(1940, 1, 1), date(self.on.year - 22, 12, 31))
        admitted_on = self._admission_day(born_on)
        recognised_on = add_months(admitted_on, 12)
        number = personal_id(rng, sex, born_on, self.serial)
        member = Member(
            id=uuid.UUID(int=rng.getrandbits(128), version=4), full_name=person_name(rng, sex), sex=sex,
            born_on=born_on, ethnic=rng.choices(["kinh", "khmer", "hoa"], [92, 6, 2])[0], home=cell,
            home_place="Tỉnh Sao Khuê", residence=cell.name.replace("Chi bộ ", ""), personal_id=number,
            card_number=number if recognised_on <= self.on else "", cv_number=f"{self.serial:06d} SK",
            decided_on=admitted_on - timedelta(days=rng.randint(3, 25)), admitted_on=admitted_on,
            official_on=recognised_on if recognised_on <= self.on else None, **self.fact,
        )  # fmt: skip
        member.fill_keys()
        self.rows[Member].append({field.attname: getattr(member, field.attname) for field in MEMBER_FIELDS})
        return member

    def _admission_day(self, born_on):
        first = add_months(born_on, 12 * 19)
        if self.rng.random() < 0.03:
            first = max(first, self.on - timedelta(days=400))
        return _random_day(self.rng, first, max(first, min(add_months(born_on, 12 * 45), self.on - timedelta(days=20))))

    def _post(self, member, cell, title):
        """A place in the cell's committee since the congress of this term, or since the member could be elected."""
        if member.official_on is None:
            return
        since = max(REFORM, member.official_on)
        self._row(
            Post, member, organisation_id=cell.pk, title=title, started_on=since, manner=PostManner.ELECTED,
            term_id=self.terms.get(cell.pk),
        )  # fmt: skip

    def _membership(self, member, cell):
        reason = StartReason.OPENING if member.admitted_on <= FOUNDED else StartReason.ADMITTED
        started_on = max(FOUNDED, member.admitted_on)
        self._row(Membership, member, organisation_id=cell.pk, started_on=started_on, start_reason=reason)

    def _particulars(self, member):
        rng = self.rng
        job, text = ("retired", "Hưu trí") if member.born_on.year < self.on.year - 61 else rng.choice(JOBS)
        values = {
            Topic.OCCUPATION: (job, text),
            Topic.GENERAL_EDUCATION: (rng.choices(GENERAL, [25, 75])[0], ""),
            Topic.DEGREE: (rng.choices(DEGREES, DEGREE_WEIGHTS)[0], ""),
            Topic.THEORY: (rng.choices(THEORIES, THEORY_WEIGHTS)[0], ""),
            Topic.RELIGION: (rng.choices(["none", "buddhism", "catholicism", "cao_dai"], [88, 8, 3, 1])[0], ""),
        }
        for topic, (value, words) in values.items():
            self._row(
                Particular,
                member,
                topic=topic,
                value=value,
                text=words,
                started_on=max(FOUNDED, member.admitted_on),
            )

    def _grades(self, member, cell):
        for year in range(self.on.year - PAST_YEARS, self.on.year - 1):
            closed_on = date(year, 12, 31)
            if add_months(member.admitted_on, 6) <= closed_on:
                level = self.rng.choices(LEVELS, SHARES)[0]
                self._row(AnnualGrade, member, year=year, scale="nhiem_vu", level=level, organisation_id=cell.pk,
                          decided_on=closed_on)  # fmt: skip


def _random_day(rng, first, last):
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
