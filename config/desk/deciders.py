"""What waits for a body that decides beside the sheets: organisations to be rated, complaints without an answer."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Min, Value
from django.urls import reverse

from cells.permissions import Permission
from cells.rights import Asker
from cells.unchanged import kept_until_next_act
from config.desk import waiting
from config.desk.entries import Entry, deadline
from config.lib.statements import kept_statement

ORGANISATIONS, COMPLAINTS = "organisations", "complaints"


class Group(NamedTuple):
    """How many of one kind wait at one body in one season; `day` is when they are due, or since when they wait."""

    kind: str
    season: UUID
    year: int
    body: int
    name: str
    day: date
    number: int


def read_deciders(user, today):
    """One entry for each season and body, in one query."""
    if not user.holds(Permission.RATINGS_DECIDE):
        return []
    groups = [Group(*row) for row in _groups(Asker.of(user, today))]
    return [_ENTRY[group.kind](group, today) for group in groups]


@kept_until_next_act
@kept_statement
def _groups(asker):
    organisations = _grouped(waiting.organisations(asker), ORGANISATIONS, "", "season__base_due_on")
    complaints = _grouped(waiting.complaints(asker), COMPLAINTS, "review__sheet__", "received_on")
    return organisations.union(complaints, all=True)


def _grouped(rows, kind, way, day):
    """The columns of a `Group`; `way` leads from a row to season and body, `day` is the first of a column."""
    places = ("season", "season__year", "decider", "decider__name")
    rows = rows.order_by().annotate(about=Value(kind, CharField()))
    rows = rows.values_list("about", *(f"{way}{place}" for place in places))
    return rows.annotate(day=Min(day), number=Count("pk"))


def _organisations(group, today):
    return Entry(
        title=f"{group.number} tổ chức đảng chờ {group.name} quyết định xếp loại {group.year}",
        reason="Bản tự xếp loại đã gửi, chờ cấp quyết định.",
        url=reverse("evaluations:decide_organisations", args=[group.season, group.body]),
        verb="Quyết định xếp loại tổ chức",
        due_on=group.day,
        pill=deadline(group.day, today),
        count=group.number,
    )


def _complaints(group, today):
    return Entry(
        title=f"{group.number} khiếu nại về xếp loại {group.year} chờ {group.name} trả lời",
        reason=f"Nhận từ ngày {group.day:%d/%m/%Y}; đợt chưa đóng được khi còn khiếu nại chưa trả lời.",
        url=reverse("evaluations:season_complaints", args=[group.season]),
        verb="Xem khiếu nại",
        count=group.number,
    )


_ENTRY = {ORGANISATIONS: _organisations, COMPLAINTS: _complaints}
