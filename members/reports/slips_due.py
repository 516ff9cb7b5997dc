"""Yearly supplement slips (mẫu 3-HSĐV) of a body: who handed one in, who has not, of whom none is due yet; by cell."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cells.models import Organisation
from cells.tree_history import read_history
from members.enums import OverlayKind
from members.file_rules import FileBook
from members.models import Membership, Overlay, Supplement
from members.reports.register_words import partial
from members.reports.registers import Places
from members.rules.dossier import owes_slip

HANDED, MISSING, LATER = "handed", "missing", "later"
STATES = {MISSING: "chưa nộp", HANDED: "đã nộp", LATER: "chưa đến kỳ"}
SAID = (OverlayKind.EXEMPT, OverlayKind.SUSPENDED, OverlayKind.INTERRUPTED)
FIELDS = (
    "member_id", "organisation_id", "member__full_name", "member__sort_key", "member__born_on",
    "member__born_precision", "member__admitted_on", "member__admitted_precision", "member__home__path",
)  # fmt: skip


@dataclass(frozen=True)
class SlipLine:
    """One person on the roll: where, what of the slip, and whatever else a reader should know."""

    member_id: UUID
    name: str
    born: str
    place_id: int
    place: str
    home_path: str
    state: str
    note: str = ""
    slip_id: int | None = None
    handed_on: date | None = None

    @property
    def words(self):
        return f"{self.handed_on:%d/%m/%Y}" if self.handed_on else STATES[self.state]


@dataclass(frozen=True)
class SlipCount:
    """How many of a cell are in which state."""

    id: int
    name: str
    above: str
    handed: int
    missing: int
    later: int

    @property
    def due(self):
        return self.handed + self.missing


@dataclass(frozen=True)
class SlipsOfYear:
    """The slips of a year of a body and of everything below it, with the roll of `on` and the cells of that day."""

    organisation: Organisation
    body: str  # the organisation by its name of the day
    year: int
    on: date
    lines: tuple[SlipLine, ...]
    counts: tuple[SlipCount, ...]
    months: int | None  # after which the first slip is due, and by which article
    source: str

    @property
    def handed(self):
        return sum(count.handed for count in self.counts)

    @property
    def missing(self):
        return sum(count.missing for count in self.counts)

    @property
    def later(self):
        return sum(count.later for count in self.counts)

    @property
    def due(self):
        return self.handed + self.missing

    def of_state(self, state):
        """The lines in one state; all without one."""
        return [line for line in self.lines if not state or line.state == state]


def read_slips(organisation, *, year, on=None):
    """Everybody on the roll of the day `on`, the end of the year unless given; four queries whatever the number."""
    day = min(on or date(year, 12, 31), date(year, 12, 31))
    places = Places(read_history(), organisation, day)
    rules = FileBook().rules(organisation, day)
    stays = Membership.objects.on(day).official().filter(organisation__in=places.branch, member__voided_at=None)
    people = stays.values("member")
    slips = _slips(people, year, day)
    states = dict(Overlay.objects.on(day).filter(member__in=people, kind__in=SAID).values_list("member", "kind"))
    rows = list(stays.values_list(*FIELDS, named=True))
    ranks = {place: places.rank(place) for place in {row.organisation_id for row in rows}}
    rows.sort(key=lambda row: (ranks[row.organisation_id], row.member__sort_key, str(row.member_id)))
    lines = tuple(_line(row, places, rules, slips.get(row.member_id), states.get(row.member_id)) for row in rows)
    body = places.name(organisation.pk)
    due = rules.supplement_months, rules.cite("supplement_months")
    return SlipsOfYear(organisation, body, year, day, lines, _counts(lines, places), *due)


def _slips(people, year, day):
    """(id, day) of the last slip of the year by `day`, by member."""
    rows = Supplement.objects.standing().filter(member__in=people, declared_on__range=(date(year, 1, 1), day))
    found = rows.order_by("declared_on", "id").values_list("member_id", "id", "declared_on")
    return {member: (slip, declared) for member, slip, declared in found}


def _line(row, places, rules, slip, overlay):
    notes = [OverlayKind(overlay).label.lower()] if overlay else []
    slip_id, handed_on = slip or (None, None)
    state = HANDED
    if slip is None:
        state = MISSING if owes_slip(rules, row.member__admitted_on, date(places.day.year, 12, 31)) else LATER
    if state == LATER:
        notes.insert(0, f"vào Đảng {partial(row.member__admitted_on, row.member__admitted_precision)}")
    return SlipLine(
        row.member_id, row.member__full_name, partial(row.member__born_on, row.member__born_precision),
        row.organisation_id, places.name(row.organisation_id), row.member__home__path, state, "; ".join(notes),
        slip_id, handed_on,
    )  # fmt: skip


def _counts(lines, places):
    """By cell, in the order of the lines."""
    found = Counter((line.place_id, line.state) for line in lines)
    return tuple(
        SlipCount(place, places.name(place), places.above(place), *(found[place, each] for each in _IN_ORDER))
        for place in dict.fromkeys(line.place_id for line in lines)
    )


_IN_ORDER = (HANDED, MISSING, LATER)
