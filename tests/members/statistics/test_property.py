"""Whatever happens to people and bodies: D = A + B − C everywhere, a parent is its parts, one place a day."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.tree_history import Stand, TreeHistory
from members.enums import EndReason, OutsideArea, StartReason
from members.statistics.ledger import (
    Account,
    Gap,
    Listed,
    Stay,
    cut,
    events_of,
    every_body,
    keep_books,
)
from members.statistics.rules import Span, StatisticsRules

FIRST, DAYS = date(2025, 1, 1), 120
RULES = StatisticsRules(cancelled_counts_as="name_removed", abroad_counts_as="other_province")
FINAL = [EndReason.DIED, EndReason.EXPELLED, EndReason.NAME_REMOVED, EndReason.LEFT, EndReason.CANCELLED]
AREAS = list(OutsideArea)
ROOT = 1


class World:
    """A province of communes, bases and cells to which something happens every day, from one random stream."""

    def __init__(self, seed):
        self.rng, self.day, self.serial = random.Random(seed), FIRST, ROOT
        self.stands, self.open = [], {}
        self.stays, self.here, self.gaps, self.left = [], {}, [], []
        self._open(ROOT, None)
        communes = [self._add(ROOT) for _ in range(2)]
        bases = [self._add(commune) for commune in communes for _ in range(2)]
        self.cells = [self._add(base) for base in bases for _ in range(2)]
        for _ in range(12):
            self._begin(self._new_member(), self.rng.choice(self.cells), StartReason.OPENING)

    def live(self):
        acts = [
            self.admit, self.move, self.take_to_the_road, self.leave, self.come, self.finish, self.restore,
            self.return_member, self.wrong, self.move_body, self.merge, self.split, self.open_list,
        ]  # fmt: skip
        weights = [4, 4, 3, 2, 3, 3, 2, 1, 1, 1, 0.4, 0.4, 0.3]
        for _ in range(DAYS):
            self.day += timedelta(days=1)
            for act in self.rng.choices(acts, weights, k=self.rng.randint(0, 3)):
                act()
        return self

    # --- people

    def _new_member(self):
        self.serial += 1
        return self.serial

    def _begin(self, member, place, reason, came_from=""):
        self.here[member] = Stay(
            member=member, name=f"N{member}", organisation=place, start=self.day, start_reason=reason,
            came_from=came_from,
        )  # fmt: skip

    def _end(self, member, reason, went_to=""):
        stay = self.here.pop(member)
        self.stays.append(replace(stay, end=self.day, end_reason=reason, went_to=went_to))

    def _somebody(self):
        """Somebody whose stay began before today: a stay has at least one day."""
        able = [member for member, stay in self.here.items() if stay.start < self.day]
        return self.rng.choice(able) if able else None

    def _cell(self):
        return self.rng.choice(self.cells)

    def admit(self):
        self._begin(self._new_member(), self._cell(), StartReason.ADMITTED)

    def open_list(self):
        self._begin(self._new_member(), self._cell(), StartReason.OPENING)

    def come(self):
        self._begin(self._new_member(), self._cell(), StartReason.MOVED_IN, self.rng.choice(AREAS))

    def move(self):
        if (member := self._somebody()) is not None:
            self._end(member, EndReason.MOVED_OUT)
            self._begin(member, self._cell(), StartReason.MOVED_IN)

    def take_to_the_road(self):
        """Between two cells one is listed by a body above; who is there already arrives."""
        member = self._somebody()
        if member is None:
            return
        place = self.here[member].organisation
        on_the_road = place not in self.cells
        self._end(member, EndReason.MOVED_OUT)
        above = self.open.get(place, (None, ROOT))[1] or ROOT
        self._begin(member, self._cell() if on_the_road else above, StartReason.MOVED_IN)

    def leave(self):
        if (member := self._somebody()) is not None:
            self._end(member, EndReason.MOVED_OUT, self.rng.choice(AREAS))

    def finish(self):
        if (member := self._somebody()) is not None:
            self._end(member, self.rng.choice(FINAL))
            self.left.append((member, self.day))

    def return_member(self):
        """Resumed or admitted again, on a later day."""
        able = [(member, day) for member, day in self.left if day < self.day]
        if able:
            chosen = self.rng.choice(able)
            self.left.remove(chosen)
            self._begin(chosen[0], self._cell(), self.rng.choice([StartReason.RESTORED, StartReason.READMITTED]))

    restore = return_member

    def wrong(self):
        """Expelled on a day within the stay, rights restored later: the membership itself goes on."""
        member = self._somebody()
        if member is None or any(gap.member == member for gap in self.gaps):
            return
        back_on = self.day + timedelta(days=self.rng.randint(1, 40))
        self.gaps.append(Gap(member=member, out_on=self.day, back_on=back_on, end_reason=EndReason.EXPELLED))

    # --- bodies

    def _open(self, body, above):
        self.open[body] = (self.day, above)

    def _close(self, body):
        started_on, above = self.open.pop(body)
        ended_on = None if self.day == started_on else self.day
        self.stands.append(Stand(body, above, started_on, ended_on, f"B{body}"))

    def _add(self, above):
        self.serial += 1
        self._open(self.serial, above)
        return self.serial

    def move_body(self):
        """A cell or a base under another body that is not its own part."""
        able = [body for body, (day, above) in self.open.items() if above not in (None, ROOT) and day < self.day]
        if not able:
            return
        body = self.rng.choice(able)
        others = [each for each in self.open if each not in self.cells and body not in self._chain(each)]
        self._close(body)
        self._open(body, self.rng.choice(others))

    def _chain(self, body):
        chain = [body]
        while (above := self.open[chain[-1]][1]) is not None:
            chain.append(above)
        return chain

    def _carry(self, members, to):
        for member in members:
            if self.here[member].start < self.day:
                self._end(member, EndReason.TREE)
                self._begin(member, to, StartReason.TREE)
            else:
                self.here[member] = replace(self.here[member], organisation=to)

    def _people_of(self, cell):
        return [member for member, stay in self.here.items() if stay.organisation == cell]

    def merge(self):
        """One cell ends, its people go to another on the same day."""
        if len(self.cells) < 3:
            return
        old, heir = self.rng.sample(self.cells, 2)
        if self.open[old][0] == self.day:
            return
        self._carry(self._people_of(old), heir)
        self.cells.remove(old)
        self._close(old)

    def split(self):
        """Some people of a cell go to a new one beside it."""
        old = self._cell()
        new = self._add(self.open[old][1])
        self.cells.append(new)
        self._carry(self._people_of(old)[::2], new)

    # --- what the books are kept from

    def history(self):
        return TreeHistory(
            [*self.stands, *(Stand(body, above, day, None, f"B{body}") for body, (day, above) in self.open.items())]
        )

    def all_stays(self):
        return [*self.stays, *self.here.values()]


def listed(world, pieces, span):
    """The lists of the two days and the openings, counted person by person."""

    def on(day):
        return Counter(piece.organisation for piece in pieces if piece.covers(day))

    openings = Counter(
        (stay.organisation, stay.start)
        for stay in world.all_stays()
        if stay.start_reason == StartReason.OPENING and span.since <= stay.start < span.until
    )
    return Listed(on(span.eve), on(span.last_day), tuple((*key, number) for key, number in openings.items()))


def books(world, span):
    history, pieces = world.history(), cut(world.all_stays(), world.gaps)

    def keys_of(body, day):
        return every_body(history.chain(body, day))

    days = history.days_of_moves(span.since, span.until)
    return history, pieces, keep_books(
        events_of(RULES, pieces, span), listed(world, pieces, span), span, days, keys_of
    )  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), start=st.integers(1, DAYS - 2), length=st.integers(1, DAYS))
def test_the_books_balance_at_every_body(seed, start, length):
    world = World(seed).live()
    since = FIRST + timedelta(days=start)
    span = Span(since, min(since + timedelta(days=length), world.day + timedelta(days=1)))
    history, pieces, ledger = books(world, span)
    for key, rows in ledger.rows.items():
        assert Account(rows).difference == 0, (key, rows)
    assert not any(ledger.causes.values())
    for body in history.stands:
        assert_parent_is_its_parts(ledger, body)
    for day in (span.eve, span.last_day):
        assert_one_place(pieces, day)


def assert_parent_is_its_parts(ledger, body):
    """Every row of a parent is the sum of its parts and its own people; moves inside cancel alike in both rows."""
    whole = Account(ledger.rows.get((0, body), {}))
    parts = [Account(rows) for (above, _), rows in ledger.rows.items() if above == body]
    for row in ("A", "B1", "B2a", "B3", "C1", "C2", "C3", "C3p", "C4", "C5a", "D"):
        assert whole.value(row) == sum(part.value(row) for part in parts), (body, row)
    inside_in = sum(part.value("B2b") for part in parts) - whole.value("B2b")
    inside_out = sum(part.value("C5b") for part in parts) - whole.value("C5b")
    assert inside_in == inside_out == sum(ledger.inside.get(body, {}).values())


def assert_one_place(pieces, day):
    places = Counter(piece.member for piece in pieces if piece.covers(day))
    assert set(places.values()) <= {1}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_two_periods_in_a_row_carry_over(seed):
    """I2: A of a period is D of the one before, but for first lists within it."""
    world = World(seed).live()
    middle = FIRST + timedelta(days=DAYS // 2)
    *_, first = books(world, Span(FIRST + timedelta(days=1), middle))
    *_, second = books(world, Span(middle, world.day + timedelta(days=1)))
    for key in set(first.rows) | set(second.rows):
        carried = Account(second.rows.get(key, {})).opening - second.rows.get(key, {}).get("opening", 0)
        assert carried == Account(first.rows.get(key, {})).closing
