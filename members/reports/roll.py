"""The list of members: rows of any number of people in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from members.enums import UNKNOWN
from members.models import Member, Particular, Post

CHUNK = 800  # people in one query


@dataclass(frozen=True)
class RollRow:
    """One person as the list shows him on its day."""

    member: Member
    place: str
    status: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    posts: tuple[str, ...] = ()
    grade: str = ""
    within_reach: bool = True
    shows_numbers: bool = False


@dataclass(frozen=True)
class Reach:
    """Paths in which the reader may open a person's page, and those in which he sees whole numbers."""

    pages: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def opens(self, member):
        return member.home.path.startswith(self.pages)

    def reveals(self, member):
        return member.home.path.startswith(self.numbers)


@dataclass(frozen=True)
class RollQuestion:
    """The day of the list, its columns, what the reader may see, the scales, and the tree when the day is past."""

    day: Any
    columns: list
    reach: Reach
    scales: Any
    tree: Any = None

    @property
    def grade_year(self):
        """The year whose result the list shows: the one before its day."""
        return self.day.year - 1

    def asks(self, key):
        return any(column.key == key for column in self.columns)

    @property
    def topics(self):
        return [column.topic for column in self.columns if column.topic]


def roll_rows(ids, question):
    """Rows of the people of those ids, in that order."""
    members = _members(ids, question)
    answers, posts = _answers(ids, question), _posts(ids, question)
    for pk in ids:
        member = members[pk]
        yield RollRow(
            member=member,
            place=_place(member, question),
            status=member.status,
            answers=answers.get(pk, {}),
            posts=tuple(posts.get(pk, ())),
            grade=_grade(member, question),
            within_reach=question.reach.opens(member),
            shows_numbers=question.reach.reveals(member),
        )


def all_rows(ids, question):
    """Rows of any number of people, read in portions of constant size."""
    for start in range(0, len(ids), CHUNK):
        yield from roll_rows(ids[start : start + CHUNK], question)


def _members(ids, question):
    rows = Member.objects.filter(pk__in=ids).select_related("home__parent").with_status(question.day)
    if question.asks("grade"):
        rows = rows.with_grade(question.grade_year)
    if question.tree:
        rows = rows.with_cell(question.day)
    return {member.pk: member for member in rows}


def _place(member, question):
    """The cell with the body above it: cells of different bases share names."""
    if question.tree is None:
        home = member.home
        return f"{home.name}, {home.parent.name}" if home.parent and home.is_cell and not home.is_base else home.name
    if member.cell_id not in question.tree.nodes:
        return ""
    names = [node.name for node in question.tree.above(member.cell_id)]
    return ", ".join(names[:2]) if len(names) > 2 else names[0]


def _answers(ids, question):
    found = defaultdict(dict)
    if question.topics:
        rows = Particular.objects.on(question.day).filter(member__in=ids, topic__in=question.topics)
        for row in rows.exclude(value=UNKNOWN, text=""):
            found[row.member_id][row.topic] = row
    return found


def _posts(ids, question):
    found = defaultdict(list)
    if question.asks("post"):
        rows = Post.objects.on(question.day).filter(member__in=ids).select_related("organisation")
        for row in rows.order_by("organisation__path", "title"):
            found[row.member_id].append(str(row))
    return found


def _grade(member, question):
    if not question.asks("grade") or member.grade is None:
        return ""
    return question.scales.words(member.grade_scale, member.grade, member.grade_reason)
