"""The tree over time: what every organisation was and who stood above it on any day, read in one query."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from cells.loading import kind_columns, kind_entries
from cells.models import OrganisationVersion
from cells.unchanged import kept_until_next_act

ONE_DAY = timedelta(days=1)
FIELDS = (
    "organisation_id", "parent_id", "started_on", "ended_on", "name", "kind", "level", "base_type", "place",
    "heading_issuer", "heading_superior", "organisation__position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stand:
    """What one organisation was from a day until the day before another; `id` is the organisation's."""

    id: int
    parent_id: int | None
    started_on: date
    ended_on: date | None
    name: str
    kind: str = ""
    level: int | None = None
    base_type: str = ""
    place: str = ""
    heading_issuer: str = ""
    heading_superior: str = ""
    position: int = 0

    def holds_on(self, day):
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)

    @property
    def is_base(self):
        return _columns(self.kind, self.level)["is_base"]

    @property
    def is_cell(self):
        return _columns(self.kind, self.level)["is_cell"]


@cache
def _columns(kind, level):
    return kind_columns(kind, level) if kind in kind_entries() else {"is_cell": False, "is_base": False}


class TreeHistory:
    """All organisations on all days; before its first day one stands as on it, a closed one under its last parent."""

    def __init__(self, stands):
        found = defaultdict(list)
        for stand in sorted(stands, key=lambda each: each.started_on):
            found[stand.id].append(stand)
        self.stands = dict(found)
        self.days = sorted(set(self._days_of_moves()))
        self._chains = {}

    def _days_of_moves(self):
        for rows in self.stands.values():
            for earlier, later in pairwise(rows):
                if earlier.parent_id != later.parent_id:
                    yield later.started_on

    def is_founded(self, organisation_id, day):
        """Whether the organisation had begun by `day`."""
        return self.stands[organisation_id][0].started_on <= day

    def stand(self, organisation_id, day):
        """What the organisation was on `day`."""
        rows = self.stands[organisation_id]
        place = bisect_right(rows, day, key=lambda each: each.started_on) if len(rows) > 1 else 1
        return rows[max(place, 1) - 1]

    def chain(self, organisation_id, day):
        """Ids from the organisation up to the root of `day`."""
        key = (organisation_id, bisect_right(self.days, day))
        if key not in self._chains:
            self._chains[key] = self._walk(organisation_id, day)
        return self._chains[key]

    def _walk(self, organisation_id, day):
        chain, node = [], organisation_id
        while node is not None and node in self.stands and node not in chain:
            chain.append(node)
            node = self.stand(node, day).parent_id
        return tuple(chain) or (organisation_id,)

    def days_of_moves(self, since, until):
        """Days of the half-open period on which some organisation came under another parent."""
        return [day for day in self.days if since <= day < until]

    def below(self, organisation_id, day):
        """Ids of the organisation and of everything below it on `day`, closed ones under their last parent."""
        return {node for node in self.stands if organisation_id in self.chain(node, day)}

    def ever_below(self, organisation_id, since, until):
        """Ids that stood at or below the organisation on the day before the period or on a day of it."""
        days = [since - ONE_DAY, *self.days_of_moves(since, until)]
        return set().union(*(self.below(organisation_id, day) for day in days))

    def existing(self, organisation_id, day):
        """Those of `below` that were there on `day`, in list order."""
        found = [self.stand(node, day) for node in self.below(organisation_id, day)]
        return sorted((each for each in found if each.holds_on(day)), key=list_order)

    def base_type(self, organisation_id, day):
        """The type of the base organisation to which it belonged: the nearest that is written, "" if none."""
        types = (self.stand(node, day).base_type for node in self.chain(organisation_id, day))
        return next((found for found in types if found), "")


def list_order(stand):
    """Key by which organisations stand in lists."""
    return (stand.position, stand.id)


@kept_until_next_act
def read_history():
    """All standing versions of all organisations."""
    rows = OrganisationVersion.objects.standing().order_by("started_on", "id").values_list(*FIELDS)
    return TreeHistory([Stand(*row) for row in rows])
