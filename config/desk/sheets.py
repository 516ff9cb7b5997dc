"""The sheets of the open seasons, sorted into what one person does and what others do."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from cells.permissions import Permission
from cells.rights import Asker
from cells.unchanged import kept_until_next_act
from config.desk import waiting
from config.desk.entries import Entry, deadline, named
from config.lib.statements import kept_statement
from evaluations.enums import WITH_CELL, SheetState
from evaluations.models import OrganisationReview, Review

SHOWN = 5
WRITE, HELD, SENT, UNFILED, ELSEWHERE, DECIDED, EMPTY = range(7)


@dataclass
class SheetEntries:
    """What the open seasons put on the desk."""

    mine: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)


def read_sheets(user, today):
    """The entries of all open seasons, in two queries whatever their number."""
    if not (user.holds(Permission.RATINGS_FILE) or user.holds(Permission.RATINGS_DECIDE)):
        return SheetEntries()
    groups = _groups(user, today)
    progress = _progress(user, groups)
    found = SheetEntries()
    for (season, part), sheets in groups.items():
        if part in _ADD:
            _ADD[part](found, season, sheets, progress, today)
    found.mine += _own_ratings(groups)
    found.mine += [_closable(season) for season in _all_decided(user, groups)]
    return found


def _groups(user, today):
    """The first sheets of each season and part; each knows the `total` of its part."""
    groups = {}
    for sheet in _first_sheets(Asker.of(user, today)):
        groups.setdefault((sheet.season, sheet.part), []).append(sheet)
    return groups


@kept_until_next_act
@kept_statement
def _first_sheets(asker):
    within = {"partition_by": ["season_id", "part"]}
    first = [Case(When(state=SheetState.RETURNED, then=0), default=1), F("sent_at").asc(nulls_last=True)]
    order = [*first, "organisation__position", "organisation_id"]
    rows = waiting.open_sheets(asker).annotate(part=_part(asker), own_rating=_own_rating(asker))
    rows = rows.annotate(total=Window(Count("pk"), **within), place=Window(RowNumber(), order_by=order, **within))
    rows = rows.filter(place__lte=SHOWN).select_related("season__organisation", "organisation", "holder")
    return rows.order_by("place")


def _part(user):
    return Case(
        When(state=SheetState.DECIDED, then=Value(DECIDED)),
        When(~waiting.has_people(), then=Value(EMPTY)),
        When(waiting.held(user), then=Value(HELD)),
        When(waiting.to_write(user), then=Value(WRITE)),
        When(waiting.own_cells(user), then=Value(SENT)),
        When(state__in=WITH_CELL, then=Value(UNFILED)),
        default=Value(ELSEWHERE),
    )


def _own_rating(user):
    """The own rating of the cell that `user` writes and has not sent; it comes after the rating of the members."""
    unsent = OrganisationReview.objects.unsent()
    own = unsent.filter(season=OuterRef("season"), organisation=OuterRef("organisation")).values("pk")[:1]
    return Case(When(~Q(state__in=WITH_CELL) & waiting.own_cells(user), then=Subquery(own)))


def _own_ratings(groups):
    sheets = [sheet for some in groups.values() for sheet in some if sheet.own_rating]
    return [
        Entry(
            title=f"Tự xếp loại {sheet.season.year}: {sheet.organisation}",
            reason="Đã gửi bảng xếp loại đảng viên; chi bộ tự kiểm điểm, tự xếp loại (Mẫu 01).",
            url=reverse("evaluations:organisation", args=[sheet.own_rating]),
            verb="Ghi bản tự xếp loại",
            due_on=sheet.season.base_due_on,
        )
        for sheet in sheets
    ]


def _progress(user, groups):
    """How many of how many are settled, by sheet that the person writes."""
    ids = [sheet.pk for (_, part), sheets in groups.items() if part == WRITE for sheet in sheets]
    if not ids:
        return {}
    rows = Review.objects.visible_to(user, Permission.RATINGS_FILE).filter(sheet__in=ids).counted_by_sheet()
    return {pk: (settled, due) for pk, _, due, settled in rows}


def _write(found, season, sheets, progress, today):
    for sheet in sheets:
        settled, due = progress[sheet.pk]
        returned = sheet.state == SheetState.RETURNED
        reason = f"Đã xong {settled}/{due} đảng viên thuộc diện xếp loại."
        found.mine.append(
            Entry(
                title=f"Xếp loại {season.year}: {sheet.organisation}",
                reason=f"Cấp trên trả lại: {sheet.return_reason}" if returned else reason,
                url=sheet_url(sheet),
                verb="Sửa và gửi lại" if returned else "Mở buổi xếp loại",
                due_on=season.cell_due_on,
                pill=("returned", "bị trả lại") if returned else deadline(season.cell_due_on, today),
                first=returned,
            )
        )
    _and_more(found.mine, sheets, "bảng chi bộ chưa gửi", board_url(season))


def _held(found, season, sheets, progress, today):
    for sheet in sheets:
        opened = "đang xem" if sheet.state == SheetState.OPENED else "chưa mở"
        sent = f", gửi ngày {_day(sheet.sent_at)}" if sheet.sent_at else ""
        found.mine.append(
            Entry(
                title=f"Xem bảng xếp loại {season.year}: {sheet.organisation}",
                reason=f"Đang ở {sheet.holder}, {opened}{sent}.",
                url=sheet_url(sheet),
                verb="Xem bảng",
                due_on=season.base_due_on,
                pill=deadline(season.base_due_on, today),
            )
        )
    _and_more(found.mine, sheets, "bảng chờ xem, quyết định", _table_url(sheets[0]))


def _and_more(entries, sheets, noun, url):
    more = sheets[0].total - len(sheets)
    if more:
        season = sheets[0].season
        entries.append(Entry(f"Và {more} {noun}", f"{season}.", url, "Xem tất cả", season.base_due_on, count=more))


def _sent(found, season, sheets, progress, today):
    for sheet in sheets:
        sent = f"Đã gửi ngày {_day(sheet.sent_at)}, " if sheet.sent_at else ""
        title = f"Bảng xếp loại {season.year}: {sheet.organisation}"
        found.others.append(Entry(title, f"{sent}đang ở {sheet.holder}.", sheet_url(sheet), "Xem"))


def _unfiled(found, season, sheets, progress, today):
    total = sheets[0].total
    found.others.append(
        Entry(
            title=f"{total} chi bộ chưa gửi bảng xếp loại {season.year}",
            reason=named([sheet.organisation.name for sheet in sheets], total, "chi bộ") + ".",
            url=board_url(season),
            verb="Xem bảng theo dõi",
            due_on=season.cell_due_on,
            pill=deadline(season.cell_due_on, today),
        )
    )


def _elsewhere(found, season, sheets, progress, today):
    holders = list(dict.fromkeys(sheet.holder.name for sheet in sheets))
    found.others.append(
        Entry(
            title=f"{sheets[0].total} bảng xếp loại {season.year} đang ở cấp khác",
            reason=f"Đang ở {', '.join(holders)}.",
            url=board_url(season),
            verb="Xem bảng theo dõi",
            due_on=season.base_due_on,
        )
    )


_ADD = {WRITE: _write, HELD: _held, SENT: _sent, UNFILED: _unfiled, ELSEWHERE: _elsewhere}
FINISHED = (DECIDED, EMPTY)


def _all_decided(user, groups):
    seasons = {season for season, _ in groups if user.may(Permission.SEASONS_MANAGE, season)}
    busy = {season for season, part in groups if part not in FINISHED}
    decided = {season for season, part in groups if part == DECIDED}
    return sorted((seasons & decided) - busy, key=lambda season: season.year)


def _closable(season):
    return Entry(
        title=f"Đóng đợt xếp loại năm {season.year}",
        reason=f"Mọi chi bộ của {season.organisation} đã có quyết định.",
        url=board_url(season),
        verb="Mở đợt",
    )


def _day(moment):
    return f"{timezone.localtime(moment):%d/%m/%Y}"


def _table_url(sheet):
    """Where the holder decides over many sheets at once; the board where it only passes them on."""
    if sheet.holder_id != sheet.decider_id:
        return board_url(sheet.season)
    return reverse("evaluations:decisions", args=[sheet.season_id, sheet.holder_id])


def sheet_url(sheet):
    return reverse("evaluations:sheet", args=[sheet.pk])


def board_url(season):
    return reverse("evaluations:season", args=[season.pk])
