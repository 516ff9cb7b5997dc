"""The bodies through which a matter of one person goes on a day, and whose turn it is.

What a body did stays as it did it; what is still to be done follows the chain of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from cells.models import Organisation
from members.rules.deciders import APPRAISE, CELL, DECIDE

# How far a matter is: 1 the cell has voted, 2 appraised, 3 the base has voted, 4 before the decider.
AFTER_CELL, AFTER_APPRAISAL, AFTER_BASE, BEFORE_DECIDER, DECIDED = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Stop:
    """A station with the body that it is on that day, and whether it has acted."""

    station: Any
    organisation_id: int
    name: str
    scope_path: str
    done: bool

    @property
    def words(self):
        """The body by its kind and its own name."""
        kind = self.station.name
        return self.name if self.station.voting_as == CELL else f"{kind[:1].upper()}{kind[1:]} ({self.name})"

    def fits(self, asked):
        role, voting_as = asked
        return self.station.role == role and (not voting_as or self.station.voting_as == voting_as)


@dataclass(frozen=True)
class Way:
    """The stops of a matter on a day; without them `problem` says why."""

    # what a step of a body asks of the station whose turn it is
    at_turn: ClassVar[Mapping[str, tuple[str, str]]] = {}
    of_turn: ClassVar[tuple[str, ...]] = ()  # steps of whoever is at turn
    of_decider: ClassVar[tuple[str, ...]] = ()

    on: date
    stops: tuple[Stop, ...] = ()
    problem: str = ""

    @property
    def turn(self):
        """The stop that acts next; None when all have."""
        return next((stop for stop in self.stops if not stop.done), None)

    @property
    def decider(self):
        return self.stops[-1] if self.stops else None

    def body_of(self, step):
        """The stop that takes a step of a body; None when it is not at its turn or there is no chain."""
        if step in self.of_decider:
            return self.decider
        turn = self.turn
        if turn is None or turn.station.voting_as == CELL:
            return None
        return turn if step in self.of_turn or turn.fits(self.at_turn[step]) else None

    def taker(self, step):
        """The stop whose right is asked for a step, at its turn or not; the decider for what no body here does."""
        later = (stop for stop in self.stops if step in self.at_turn and stop.fits(self.at_turn[step]))
        return self.body_of(step) or next(later, self.decider)


def rank(station):
    """How far a matter is once a station has acted."""
    if station.role == DECIDE:
        return DECIDED
    if station.role == APPRAISE:
        return AFTER_APPRAISAL
    return AFTER_CELL if station.voting_as == CELL else AFTER_BASE


def path_today(body, cell):
    """Today's path of a body of the tree of a day: mostly it stands above the cell today as well."""
    if path := getattr(body, "path", ""):
        return path
    ids = cell.ancestor_ids()
    if body.id in ids:
        return "/" + "/".join(map(str, ids[: ids.index(body.id) + 1])) + "/"
    return Organisation.objects.get(pk=body.id).path
