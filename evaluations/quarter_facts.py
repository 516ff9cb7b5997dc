"""What a year's records say for the quarterly follow-up: who was where, led what, was away; and what is written.

Three reads, whatever the number of cells and quarters.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, CharField, Q, Value
from django.db.models.functions import Coalesce

from config.lib.periods import Precision
from evaluations.models import QuarterRating
from evaluations.rules.quarterly import ALL_MEMBERS, LEAVE, TRAINING, Spell, skip_of
from members.enums import COMMITTEE_TITLES, ExemptionGround, OverlayKind, PostTitle, TransferState
from members.models import Membership, Overlay, Post, Training, Transfer
from members.posts import ORDER

HEADS = frozenset(
    {
        PostTitle.SECRETARY,
        PostTitle.STANDING_DEPUTY,
        PostTitle.DEPUTY,
        PostTitle.INSPECTION_HEAD,
        PostTitle.INSPECTION_DEPUTY,
    }
)
LEADING = {"heads": HEADS, "committee": HEADS | COMMITTEE_TITLES}
AWAY = (ExemptionGround.MATERNITY, ExemptionGround.TREATMENT)
STUDYING = (TransferState.ISSUED, TransferState.PRESENTED, TransferState.RECEIVED, TransferState.RETURNED)
FULL_TIME = ("full_time", "concentrated")
MANY = 900  # cells whose ids one query can name on every database


@dataclass(frozen=True)
class Held:
    """A leading post of somebody."""

    title: str
    start: date
    until: date | None
    body: str
    place: int

    @property
    def words(self):
        return f"{PostTitle(self.title).label} {self.body}"


@dataclass
class Record:
    """Leading posts and stretches of being away of one member."""

    posts: list = field(default_factory=list)
    spells: list = field(default_factory=list)

    def leads(self, rules, day):
        """The leading posts that he holds on a day, by rank."""
        titles = LEADING.get(rules.quarterly_leading_posts, frozenset())
        return sorted(
            (post for post in self.posts if post.title in titles and _holds(post.start, post.until, day)),
            key=lambda post: ORDER[post.title],
        )

    def first_leading(self, rules):
        titles = LEADING.get(rules.quarterly_leading_posts, frozenset())
        return min((post.start for post in self.posts if post.title in titles), default=None)


NOTHING = Record()


class QuarterFacts:
    """Everything of a year about cells (ids) at or below `path`."""

    def __init__(self, path, year, cells):
        self.year, self.cells = year, set(cells)
        first, end = date(year, 1, 1), date(year + 1, 1, 1)
        below = Q(organisation__path__startswith=path)
        if len(self.cells) <= MANY:
            below |= Q(organisation__in=self.cells)  # a cell that stood below the body on the day of the list
        rows = Membership.objects.standing().official().overlapping(first, end)
        inside = rows.filter(below, member__voided_at__isnull=True)
        columns = ("member_id", "organisation_id", "started_on", "ended_on")
        self.homes = [row for row in inside.order_by("id").values_list(*columns) if row[1] in self.cells]
        self.records = _records(inside.order_by().values("member"), first, end)
        ratings = QuarterRating.objects.of_year(year).filter(below | Q(member__in=inside.order_by().values("member")))
        self.ratings = list(ratings.select_related("body", "recorded_by"))

    def ratings_of(self, number):
        """The standing rows of one quarter by member."""
        return {row.member_id: row for row in self.ratings if row.quarter == number and row.member_id}

    def collective(self, cell, number):
        """What is written of the collective of a cell."""
        rows = (row for row in self.ratings if row.member_id is None and row.organisation_id == cell)
        return next((row for row in rows if row.quarter == number), None)

    def followed(self, quarter, rules_of):
        """{cell: members} whom the record, or a row of the quarter, says to follow; `rules_of` the rules by cell."""
        found, written = defaultdict(list), self.ratings_of(quarter.number)
        for member, row in written.items():
            if row.organisation_id in rules_of:
                found[row.organisation_id].append(member)
        for member, cell, start, until in self.homes:
            if cell in rules_of and member not in written and _holds(start, until, quarter.last_day):
                everybody = rules_of[cell].quarterly_scope == ALL_MEMBERS
                if everybody or self.record(member).leads(rules_of[cell], quarter.last_day):
                    found[cell].append(member)
        return found

    def on_roll(self, cell, day):
        """Members of a cell on a day."""
        return [row[0] for row in self.homes if row[1] == cell and _holds(row[2], row[3], day)]

    def record(self, member):
        return self.records.get(member, NOTHING)

    def skip(self, member, quarter, rules):
        """Why the record says that a member is not rated in the quarter, or None."""
        record = self.record(member)
        leads = record.leads(rules, quarter.last_day)
        return skip_of(rules, quarter, record.spells, record.first_leading(rules) if leads else None)


def _holds(start, until, day):
    return start <= day and (until is None or day < until)


def _records(members, first, end):
    """Records by member, in one read."""
    found = defaultdict(Record)
    for member, code, start, until, words, place in _rows(members, first, end):
        if code in (TRAINING, LEAVE):
            found[member].spells.append(Spell(code, start, until, _words(code, words, start, until)))
        else:
            found[member].posts.append(Held(code, start, until, words, place))
    for record in found.values():
        record.spells.sort(key=lambda spell: (spell.code, spell.start, spell.record))
    return found


def _words(code, words, start, until):
    if code == LEAVE:
        words = ExemptionGround(words).label.lower()
    until = f" đến trước ngày {until:%d/%m/%Y}" if until else ""
    return f"{words}, từ ngày {start:%d/%m/%Y}{until}"


def _rows(members, first, end):
    """(member, title or kind, first day, first day after, words, body): posts, study moves, courses, leave."""
    posts = Post.objects.standing().filter(member__in=members, title__in=LEADING["committee"], started_on__lt=end)
    study = Transfer.objects.filter(member__in=members, is_study=True, state__in=STUDYING, issued_on__lt=end)
    study = study.annotate(over=Coalesce("returned_on", "until"), words=_text("chuyển đi học")).exclude(over=None)
    courses = Training.objects.standing().filter(
        member__in=members, mode__in=FULL_TIME, started_on__lt=end, ended_on__gt=first,
        started_precision=Precision.DAY, ended_precision=Precision.DAY,
    )  # fmt: skip
    leave = Overlay.objects.standing().overlapping(first, end)
    leave = leave.filter(member__in=members, kind=OverlayKind.EXEMPT, ground__in=AWAY)
    held = ("member_id", "title", "started_on", "ended_on", "organisation__name", "organisation_id")
    return (
        posts.order_by()
        .values_list(*held)
        .union(
            _away(study, TRAINING, "issued_on", "over", "words"),
            _away(courses, TRAINING, "started_on", "ended_on", "school"),
            _away(leave, LEAVE, "started_on", "ended_on", "ground"),
            all=True,
        )
    )


def _away(rows, code, *columns):
    """Stretches of one kind in the columns of the union; no body belongs to them."""
    nowhere = Value(0, output_field=BigIntegerField())
    marked = rows.order_by().annotate(code=_text(code), place=nowhere)
    return marked.values_list("member_id", "code", *columns, "place")


def _text(value):
    return Value(value, output_field=CharField())
