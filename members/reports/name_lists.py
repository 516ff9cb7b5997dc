"""Name lists of a body as of a day: its members, those on probation, the sheet on which a meeting is signed.

Names, dates and posts; no numbers of people, and no grounds of health.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cells.models import Organisation
from cells.tree_history import read_history
from config.lib.workdays import add_months
from members.enums import MembershipKind, Status
from members.forms.dates import PartialDate
from members.importing.analysis import rules_on
from members.models import Member, Membership, Post
from members.readmissions import Readmissions
from members.reports.registers import Places

TEMPORARY = MembershipKind.TEMPORARY
UNDER_NAME = {Status.OFFICIAL: "", Status.PROBATIONARY: "dự bị"}  # of other states the label, in small letters


@dataclass(frozen=True)
class NameList:
    """One list of a body on a day: what it is called, its lines in the order of cells and names."""

    name: str
    organisation: Organisation
    body: str  # the organisation by its name of the day
    on: date
    rows: tuple[tuple[Any, ...], ...]

    @property
    def kind(self):
        return KINDS[self.name]

    @property
    def when(self):
        return f"{self.kind.as_of} {self.on:%d/%m/%Y}"

    @property
    def title(self):
        return f"{self.kind.title}, {self.body}, {self.when}"

    @property
    def span(self):
        """Of when the number is, as the document begins."""
        return f"{self.when[:1].upper()}{self.when[1:]}"


@dataclass(frozen=True)
class NameListKind:
    """A list: its words, its columns as (title, width), and what fills it."""

    title: str
    sentence: str
    columns: tuple[tuple[str, int], ...]
    fill: Callable[..., Any]
    wide: bool = True
    as_of: str = "tính đến ngày"
    signed: bool = False  # its lines leave room for a signature


@dataclass(frozen=True)
class Person:
    """One person of a list: the member with his status of the day, his cell, his posts there, whether a guest.

    `official_on` is the day of recognition as of the day of the list, `readmitted_on` the last new ceremony by then.
    """

    member: Member
    place: str
    posts: str
    guest: bool
    official_on: date | None = None
    readmitted_on: date | None = None

    @property
    def state(self):
        """What a list says beside the name: nothing of an official member."""
        if self.guest:
            return "sinh hoạt tạm thời"
        return UNDER_NAME.get(self.member.status, Status(self.member.status).label.lower())


def read_name_list(name, organisation, *, on=None, year=None):
    """The list of that name as of a day, or the end of a year, with the tree and the people of that day."""
    day = on or date(year, 12, 31)
    places = Places(read_history(), organisation, day)
    rows = KINDS[name].fill(_people(places, day), day)
    return NameList(name, organisation, places.name(organisation.pk), day, tuple(rows))


def _people(places, on):
    """Everybody who takes part in the branch on the day: by cell in the order of the tree, by name, guests last."""
    stays = Membership.objects.on(on).filter(organisation__in=places.branch)
    found = list(stays.values_list("member_id", "organisation_id", "kind"))
    members = {row.pk: row for row in Member.objects.standing().filter(pk__in=stays.values("member")).with_status(on)}
    posts = _posts(places, on)
    order = {place: places.rank(place) for place in {place for _, place, _ in found}}
    again = Readmissions(members)
    people = []
    for pk, place, kind in found:
        if member := members.get(pk):
            days = (again.official_on(member, on), again.ceremony(pk, on))
            person = Person(member, places.name(place), posts[pk, place], kind == TEMPORARY, *days)
            people.append((order[place], person))
    people.sort(key=lambda each: (each[0], each[1].guest, each[1].member.sort_key, str(each[1].member.pk)))
    return [person for _, person in people]


def _posts(places, on):
    found = defaultdict(list)
    rows = Post.objects.on(on).filter(organisation__in=places.branch).order_by("title")
    for row in rows:
        found[row.member_id, row.organisation_id].append(row.get_title_display())
    return defaultdict(str, {key: ", ".join(titles) for key, titles in found.items()})


def _roll(people, on):
    """Members on the roll of the body: guests are on that of their home."""
    for each in people:
        if not each.guest:
            member = each.member
            dates = (_dated(member, "born"), _dated(member, "admitted"), _official(each))
            yield (member.full_name, *dates, each.posts, each.place, each.state)


def _probationers(people, on):
    """Those on probation, with the day on which its months are over (294-QĐ/TW, 4.2.2)."""
    months = rules_on(on).probation_months
    for each in people:
        member = each.member
        if each.guest or member.status == Status.ENDED or each.official_on:
            continue
        begun = each.readmitted_on or member.admitted_on
        over = f"{add_months(begun, months):%d/%m/%Y}" if months and begun else ""
        again = f"kết nạp lại {each.readmitted_on:%d/%m/%Y}" if each.readmitted_on else ""
        state = "" if member.status == Status.PROBATIONARY else each.state
        words = "; ".join(filter(None, (again, state)))
        yield (member.full_name, _dated(member, "born"), _dated(member, "admitted"), over, each.place, words)


def _sign_in(people, on):
    """Everybody who is asked to a meeting, with room for the signature; who is not, is named with the reason."""
    for each in people:
        yield (each.member.full_name, each.posts, each.place, each.state, "", "")


def _official(person):
    if person.official_on is None or person.official_on == person.member.official_on:
        return _dated(person.member, "official") if person.official_on else ""
    return f"{person.official_on:%d/%m/%Y}"


def _dated(member, name):
    day = getattr(member, f"{name}_on")
    return str(PartialDate(day, getattr(member, f"{name}_precision"))) if day else ""


KINDS = {
    "roll": NameListKind(
        "Danh sách đảng viên", "đảng viên",
        (("Họ và tên", 20), ("Sinh", 9), ("Vào Đảng", 9), ("Chính thức", 9), ("Chức vụ", 14), ("Nơi sinh hoạt", 20),
         ("Tình trạng", 15)), _roll,
    ),
    "probationers": NameListKind(
        "Danh sách đảng viên dự bị", "đảng viên dự bị",
        (("Họ và tên", 24), ("Sinh", 9), ("Vào Đảng", 9), ("Hết dự bị", 9), ("Nơi sinh hoạt", 25), ("Ghi chú", 20)),
        _probationers,
    ),
    "sign_in": NameListKind(
        "Danh sách điểm danh sinh hoạt", "người có tên trong danh sách điểm danh",
        (("Họ và tên", 22), ("Chức vụ", 12), ("Nơi sinh hoạt", 18), ("Tình trạng", 14), ("Ký tên", 20),
         ("Ghi chú", 8)),
        _sign_in, wide=False, as_of="ngày", signed=True,
    ),
}  # fmt: skip
