"""What one decision does to the tree, before anything is written; the preview and the action read the same plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cells.changes.entries import OrganisationEntry
from cells.enums import TreeAct
from cells.models import Organisation


@dataclass(frozen=True)
class TreeDecision:
    """The paper behind a change; `effective_on` is the first day on which the tree is the new one."""

    number: str
    decided_on: date
    decided_by: str
    effective_on: date
    note: str = ""

    @property
    def words(self):
        """As the version of an organisation cites it."""
        return f"{self.number}, ngày {self.decided_on:%d/%m/%Y}"


@dataclass(frozen=True, eq=False)
class NewBody:
    """An organisation that the decision founds below `parent`."""

    entry: OrganisationEntry
    parent: "Organisation | NewBody | None"

    def __str__(self):
        return self.entry.name


@dataclass(frozen=True)
class Revision:
    """An organisation that goes on with other values; "parent" among them is an organisation or a new body."""

    organisation: Organisation
    values: Mapping[str, Any]
    is_carried: bool = False  # follows a body that changes: not a change of its own in the log


Body = Organisation | NewBody


@dataclass(frozen=True)
class Change:
    """One decision, read as data.

    `bodies`: where the members of an organisation that ends go, by its id. `persons`: where one member goes, by id,
    before `bodies` is asked. `divided` is the organisation whose members are assigned one by one. `went_to` is the
    area (a code of an upper floor) into which a unit leaves whole.
    """

    act: TreeAct
    decision: TreeDecision
    subject: Body
    new: tuple[NewBody, ...] = ()
    revised: tuple[Revision, ...] = ()
    ended: tuple[Organisation, ...] = ()
    divided: Organisation | None = None
    receiving: tuple[Organisation, ...] = ()
    heir: Body | None = None
    bodies: Mapping[int, Body] = field(default_factory=dict)
    persons: Mapping[str, Body] = field(default_factory=dict)
    went_to: str = ""

    @property
    def effective_on(self):
        return self.decision.effective_on

    @property
    def ended_ids(self):
        return [each.pk for each in self.ended]

    @property
    def source_ids(self):
        """Organisations that members may leave by this change."""
        divided = [self.divided.pk] if self.divided and self.divided not in self.ended else []
        return [*self.ended_ids, *divided]

    @property
    def before(self):
        """What was there and changes, in the order of the paper."""
        divided = [self.divided] if self.divided and self.divided not in self.ended else []
        return [*self.ended, *divided, *(each.organisation for each in self.revised if not each.is_carried)]

    @property
    def after(self):
        """What comes out of it."""
        stays = [self.divided] if self.divided and self.divided not in self.ended else []
        revised = [each.organisation for each in self.revised if not each.is_carried]
        return [*self.new, *self.receiving, *stays, *revised]

    @property
    def asked(self):
        """Organisations in which one must hold the right to change the tree: the body above each one that changes."""
        above = [each.parent for each in self.new if isinstance(each.parent, Organisation)]
        above += [each.values["parent"] for each in self.revised if isinstance(each.values.get("parent"), Organisation)]
        changed = [*self.before, *self.receiving, *self.bodies.values(), *self.persons.values()]
        above += [each.parent or each for each in changed if isinstance(each, Organisation)]
        return list({each.pk: each for each in above}.values())


@dataclass(frozen=True)
class Moves:
    """Where members go, with ids alone: what `Change.bodies` and `Change.persons` say once the new bodies exist."""

    sources: tuple[int, ...]
    ended: tuple[int, ...]
    bodies: Mapping[int, int]
    persons: Mapping[str, int]
    went_to: str = ""
