"""The books of form 1: every beginning and end of a stay is an event, entered at all bodies in one pass. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from members.enums import EndReason, StartReason
from members.statistics.rules import (
    CANCELLED,
    ENTRIES,
    EXITS,
    FROM_NOWHERE,
    INSIDE_IN,
    INSIDE_OUT,
    OPENING,
    PROBATIONARY,
    TO_NOWHERE,
    Span,
    StatisticsRules,
    entry_row,
    exit_row,
)

ONE_DAY = timedelta(days=1)
BEFORE, AFTER = "listed_before", "listed_after"

MOVING = (StartReason.MOVED_IN, EndReason.MOVED_OUT, StartReason.TREE)  # TREE is one word for both

UNCLEAR = {
    "": "không rõ lý do",
    EndReason.UNKNOWN: "không rõ lý do",
    EndReason.UNSTATED: "rời khỏi Đảng, chưa rõ hình thức; hãy ghi giấy tờ rời Đảng",
}

Key = tuple[int, int]
Keys = frozenset[Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One official membership; `end` is the first day after, `probationary` what the person was at the end."""

    member: Any
    name: str
    organisation: int
    start: date
    end: date | None = None
    start_reason: str = StartReason.OPENING
    came_from: str = ""
    end_reason: str = ""
    went_to: str = ""
    probationary: bool = False

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days on which a person whose rights were restored later was out of the books."""

    member: Any
    out_on: date
    back_on: date
    end_reason: str
    probationary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Somebody (`count` people when a body moves) is at `after` on `day` and was at `before` the day before."""

    day: date
    before: int | None
    after: int | None
    entry: str = ""
    exit: str = ""
    member: Any = None
    name: str = ""
    probationary: bool = False
    cancelled: bool = False
    cause: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """People on the lists of one period by organisation, and openings within it as (organisation, day, people)."""

    before: Mapping[int, int]
    after: Mapping[int, int]
    openings: tuple[tuple[int, date, int], ...] = ()


# --- from stays to events --------------------------------------------------------------------------------------------


def cut(stays: Iterable[Stay], gaps: Iterable[Gap]) -> list[Stay]:
    """The stays without the gaps: a stay that a gap interrupts ends for its reason and begins again as restored."""
    pieces = list(stays)
    for gap in gaps:
        pieces = [piece for stay in pieces for piece in _cut(stay, gap)]
    return pieces


def _cut(stay: Stay, gap: Gap) -> Iterable[Stay]:
    if stay.member != gap.member:
        yield stay
    elif stay.end is not None and stay.end <= gap.out_on:
        moved = stay.end_reason in MOVING and not stay.went_to
        yield _ended_by(stay, gap) if stay.end == gap.out_on and moved else stay
    elif gap.back_on <= stay.start:
        moved = stay.start_reason in MOVING and not stay.came_from
        yield _back_after(stay, gap) if stay.start == gap.back_on and moved else stay
    else:
        if stay.start < gap.out_on:
            yield _ended_by(stay, gap)
        if stay.end is None or gap.back_on < stay.end:
            yield _back_after(stay, gap)


def _ended_by(stay: Stay, gap: Gap) -> Stay:
    return replace(stay, end=gap.out_on, end_reason=gap.end_reason, went_to="", probationary=gap.probationary)


def _back_after(stay: Stay, gap: Gap) -> Stay:
    return replace(stay, start=gap.back_on, start_reason=StartReason.RESTORED, came_from="")


def events_of(rules: StatisticsRules, stays: Iterable[Stay], span: Span) -> list[Event]:
    """The events of the period by day; an end and a beginning on one day are one move. Openings are no events."""
    starts, ends, known = defaultdict(list), defaultdict(list), defaultdict(list)
    for stay in stays:
        known[stay.member].append(stay)
        if span.since <= stay.start < span.until and stay.start_reason != OPENING:
            starts[stay.member, stay.start].append(stay)
        if stay.end is not None and span.since <= stay.end < span.until:
            ends[stay.member, stay.end].append(stay)
    events = []
    for key, arrivals in starts.items():
        for stay in arrivals:
            left = ends[key].pop() if ends.get(key) else None
            events.append(_arrival(rules, stay, left, known[stay.member]))
    events += [_departure(rules, stay) for remaining in ends.values() for stay in remaining]
    return sorted(events, key=lambda event: (event.day, event.name, str(event.member)))


def _arrival(rules: StatisticsRules, stay: Stay, left: Stay | None, known: list[Stay]) -> Event:
    entry = entry_row(rules, stay.start_reason, stay.came_from, moved=left is not None)
    overlaps = any(other is not stay and other.covers(stay.start) for other in known)
    cause = _from_where(stay, overlaps=overlaps) if entry == FROM_NOWHERE or (overlaps and left is None) else ""
    return Event(
        day=stay.start,
        before=left.organisation if left else None,
        after=stay.organisation,
        entry=FROM_NOWHERE if cause else entry,
        exit=INSIDE_OUT if left else "",
        member=stay.member,
        name=stay.name,
        cause=cause,
    )


def _from_where(stay: Stay, *, overlaps: bool) -> str:
    when = f"{stay.name}: ngày {stay.start:%d/%m/%Y} bắt đầu"
    return f"{when} khi chưa kết thúc ở nơi khác (trùng thời gian)" if overlaps else f"{when} không rõ từ đâu"


def _departure(rules: StatisticsRules, stay: Stay) -> Event:
    end = stay.end or date.max
    row = exit_row(rules, stay.end_reason, stay.went_to, moved=False)
    words = UNCLEAR.get(stay.end_reason, "chuyển đi không rõ nơi đến")
    return Event(
        day=end,
        before=stay.organisation,
        after=None,
        exit=row,
        member=stay.member,
        name=stay.name,
        probationary=stay.probationary,
        cancelled=stay.end_reason == EndReason.CANCELLED,
        cause=f"{stay.name}: ngày {end:%d/%m/%Y} kết thúc, {words}" if row == TO_NOWHERE else "",
    )


def moves_of_bodies(
    events: Iterable[Event], listed: Listed, days: Iterable[date], keys_of: Callable[[int, date], Keys]
) -> list[Event]:
    """People carried out of one branch into another because a body above them came under another parent."""
    people = Counter(listed.before)
    steps = sorted(_steps(events, listed), key=lambda step: step[0])
    place, carried = 0, []
    for day in days:
        while place < len(steps) and steps[place][0] < day:
            people[steps[place][1]] += steps[place][2]
            place += 1
        leaving = Counter()
        for when, organisation, change in steps[place:]:
            if when > day:
                break
            leaving[organisation] += change if change < 0 else 0
        for organisation, number in people.items():
            staying = number + leaving[organisation]
            if staying and keys_of(organisation, day - ONE_DAY) != keys_of(organisation, day):
                carried.append(_carried(day, organisation, staying))
    return carried


def _steps(events: Iterable[Event], listed: Listed) -> Iterable[tuple[date, int, int]]:
    """(day, organisation, change of its list) of every event and opening."""
    for event in events:
        if event.before is not None:
            yield event.day, event.before, -1
        if event.after is not None:
            yield event.day, event.after, 1
    for organisation, day, number in listed.openings:
        yield day, organisation, number


def _carried(day: date, organisation: int, count: int) -> Event:
    return Event(day=day, before=organisation, after=organisation, entry=INSIDE_IN, exit=INSIDE_OUT, count=count)


# --- from events to rows ---------------------------------------------------------------------------------------------


def every_body(chain: tuple[int, ...]) -> Keys:
    """Where a person is entered: bodies as a whole (0, body), under their parent (parent, body); (body, body)."""
    whole = {(0, body) for body in chain}
    return frozenset(whole | {(above, body) for body, above in pairwise(chain)} | {(chain[0], chain[0])})


def one_body(organisation: int) -> Callable[[tuple[int, ...]], Keys]:
    """The keys of one body and of what stands directly below it, for a page that shows no more."""

    def keys(chain: tuple[int, ...]) -> Keys:
        if organisation not in chain:
            return frozenset()
        place = chain.index(organisation)
        return frozenset({(0, organisation), (organisation, chain[max(place - 1, 0)])})

    return keys


@dataclass
class Ledger:
    """Rows of form 1 by key, the events that no row explains, and moves between parts of a body by (from, to)."""

    rows: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    causes: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[int, Counter[Key]] = field(default_factory=lambda: defaultdict(Counter))

    def enter(self, event: Event, keys_of: Callable[[int, date], Keys]) -> None:
        """Out at every body below which the person was and is not, in at every one the other way round."""
        before = keys_of(event.before, event.day - ONE_DAY) if event.before is not None else frozenset()
        after = keys_of(event.after, event.day) if event.after is not None else frozenset()
        for key in before - after:
            self._leave(key, event)
            for above, part in after - before:
                if above == key[0] != 0:
                    self.inside[above][key[1], part] += event.count
        for key in after - before:
            self.rows[key][event.entry] += event.count
            if event.entry == FROM_NOWHERE:
                self.causes[key].append(event.cause)

    def _leave(self, key: Key, event: Event) -> None:
        rows = self.rows[key]
        rows[event.exit] += event.count
        rows[PROBATIONARY] += event.probationary and event.exit == "C3"
        rows[CANCELLED] += event.cancelled
        if event.exit == TO_NOWHERE:
            self.causes[key].append(event.cause)

    def enter_list(self, row: str, organisation: int, day: date, number: int, keys_of: Callable) -> None:
        for key in keys_of(organisation, day):
            self.rows[key][row] += number


def keep_books(
    events: Iterable[Event], listed: Listed, span: Span, days: Iterable[date], keys_of: Callable[[int, date], Keys]
) -> Ledger:
    """The ledger of a period; the lists of its two days are entered as they were counted, not as they follow."""
    ledger = Ledger()
    events = list(events)
    for event in [*events, *moves_of_bodies(events, listed, days, keys_of)]:
        ledger.enter(event, keys_of)
    for organisation, number in listed.before.items():
        ledger.enter_list(BEFORE, organisation, span.eve, number, keys_of)
    for organisation, number in listed.after.items():
        ledger.enter_list(AFTER, organisation, span.last_day, number, keys_of)
    for organisation, day, number in listed.openings:
        ledger.enter_list(OPENING, organisation, day, number, keys_of)
    return ledger


@dataclass(frozen=True)
class Account:
    """Form 1 of one body and period; `counts` may hold rows that no label shows (openings, causes, cancellations)."""

    counts: Mapping[str, int]
    causes: tuple[str, ...] = ()

    @property
    def opening(self) -> int:
        """Row A: the list of the eve, and who was found on a first list within the period."""
        return self.counts.get(BEFORE, 0) + self.counts.get(OPENING, 0)

    @property
    def entered(self) -> int:
        return sum(self.counts.get(row, 0) for row in ENTRIES)

    @property
    def left(self) -> int:
        return sum(self.counts.get(row, 0) for row in EXITS)

    @property
    def closing(self) -> int:
        """Row D: the list of the last day, counted by itself."""
        return self.counts.get(AFTER, 0)

    @property
    def difference(self) -> int:
        """D − (A + B − C); zero where the books balance."""
        return self.closing - (self.opening + self.entered - self.left)

    def value(self, code: str) -> int:
        """The figure of a printed row."""
        sums = {
            "A": self.opening, "B": self.entered, "C": self.left, "D": self.closing,
            "B2": self.counts.get("B2a", 0) + self.counts.get("B2b", 0),
            "C5": self.counts.get("C5a", 0) + self.counts.get("C5b", 0),
        }  # fmt: skip
        return sums[code] if code in sums else self.counts.get(code, 0)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is to be shown."""
        return not any(self.counts.values())
