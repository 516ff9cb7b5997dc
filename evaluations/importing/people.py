"""Who a row of results speaks of: the members of a branch by card, by personal number, by name and birth in a cell."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cells.models import Organisation
from cells.trees import tree_on
from config.lib.vietnamese import fold
from members.forms.dates import PartialDate
from members.importing.matching import dates_agree
from members.importing.people import PersonRow
from members.importing.places import Place, Places
from members.models import Member, Membership

_COLUMNS = (
    "id", "full_name", "born_on", "born_precision", "admitted_on", "admitted_precision", "official_on", "home_id",
    "card_number", "former_card_number", "personal_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A member as far as a list of results speaks of one."""

    id: UUID
    full_name: str
    born_on: date | None
    born_precision: str
    admitted_on: date | None
    admitted_precision: str
    official_on: date | None
    home_id: int
    card_number: str
    former_card_number: str
    personal_id: str

    @property
    def key(self):
        return fold(self.full_name)

    @property
    def born(self):
        return PartialDate(self.born_on, self.born_precision) if self.born_on else None


class Roster:
    """The members of a branch, ready to be found by what a row says."""

    def __init__(self, organisation):
        rows = Member.objects.standing().below(organisation).values_list(*_COLUMNS)
        self.everybody = {row[0]: OnRecord(*row) for row in rows.iterator()}
        self._numbers = {}
        self._named = defaultdict(set)
        for person in self.everybody.values():
            for number in (person.card_number, person.former_card_number, person.personal_id):
                if number:
                    self._numbers[number] = person
            self._named[person.home_id, person.key].add(person.id)
        self._add_former_cells(organisation)

    def _add_former_cells(self, organisation):
        """Who took part in another cell then is found there too."""
        rows = Membership.objects.standing().filter(ended_on__isnull=False).below(organisation)
        for member_id, organisation_id in rows.values_list("member_id", "organisation_id").iterator():
            if person := self.everybody.get(member_id):
                self._named[organisation_id, person.key].add(member_id)

    def find(self, row: PersonRow) -> OnRecord | None:
        """By number if name or birth agree, else by folded name and birth within the cell; never by name alone."""
        name, born = fold(row.name), row.values.get("born")
        for field in ("card", "personal_id"):
            person = self._numbers.get(row.values.get(field))
            if person and (person.key == name or dates_agree(person.born, born)):
                return person
        named = [self.everybody[key] for key in self._named.get((row.organisation_id, name), ())]
        found = [person for person in named if born and dates_agree(person.born, born) and not _opposed(person, row)]
        return found[0] if len(found) == 1 else None


def _opposed(person, row):
    """Whether the card of the row has as many digits as one of the member's, and other ones."""
    card = row.values.get("card")
    return bool(card) and any(
        known and len(known) == len(card) and known != card for known in (person.card_number, person.former_card_number)
    )


class CellsOfYear(Places):
    """The cells of a branch by the names of today, then by those of the day of the rating."""

    def __init__(self, organisation, day):
        rows = Organisation.objects.below(organisation).select_related("parent")
        self.organisations = {row.pk: row for row in rows}
        today = [row for row in self.organisations.values() if row.is_cell and row.is_open]
        super().__init__([self._place(row) for row in today])
        self._then = Places(self._places_on(day))

    def find(self, cell, base=""):
        """The id of the cell; None when there is none of that name or more than one."""
        above = "" if fold(base) == fold(cell) else base  # a chi bộ cơ sở is written as its own base
        return super().find(cell, above) or self._then.find(cell, above)

    def base_of(self, cell_id):
        """The base organisation of a cell; the cell itself where none stands above it."""
        cell = self.organisations[cell_id]
        above = (self.organisations.get(each) for each in reversed(cell.ancestor_ids()))
        return next((each for each in above if each and each.is_base), cell)

    def _place(self, row):
        base = "" if row.is_base or not row.parent else row.parent.name
        return Place(row.pk, row.name, base, row.code)

    def _places_on(self, day):
        tree = tree_on(day)
        for node in tree.nodes.values():
            known = self.organisations.get(node.id)
            if known and node.is_cell:
                above = tree.nodes.get(node.parent_id)
                yield Place(node.id, node.name, above.name if above and not node.is_base else "", known.code)
