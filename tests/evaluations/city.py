"""A whole city for tests: the demo's organisations and people, and an account for every cell, base and commune."""

import random
from dataclasses import dataclass
from datetime import date

from cells.actions.rules import Choice, add_override
from cells.models import Organisation, RoleAssignment, RuleSet, Term, User
from cells.permissions import Role
from config.demo.people import PeopleBuilder
from config.demo.planner import analyse
from config.demo.scale import SCALES
from config.demo.tree import REFORM, Tree, TreeBuilder
from config.lib.vietnamese import fold
from members.enums import OverlayKind
from members.models import Member, Overlay

YEAR = 2025
SEEN_ON = date(2026, 1, 20)  # people admitted until twenty days before, none after the end of the year rated
SENDING = 2  # place of the commune whose bases appraise and send up
SUSPENDED = 97  # of so many members one
PASSWORD = "mat-khau-dem-cuoi"


@dataclass
class City:
    """The organisations of a season by what they do in it, and who acts for each by its id."""

    root: Organisation
    cells: list[Organisation]
    bases: list[Organisation]
    communes: list[Organisation]
    system: User

    @property
    def sending(self):
        """The bases that appraise and send up."""
        return [base for base in self.bases if base.parent_id == self.communes[SENDING].pk]


def build_city(scale):
    """Load the tree and the people of a demo scale and give out accounts with `PASSWORD`."""
    system = User.objects.system("city")
    tree = TreeBuilder(SCALES[scale], system).build()
    _fill(tree, SCALES[scale], system)
    below = Organisation.objects.below(tree.root).open().order_by("position")
    city = City(
        root=tree.root,
        cells=tree.cells,
        bases=list(below.filter(kind="base_party")),
        communes=list(below.filter(kind="commune")),
        system=system,
    )
    _send_up(city)
    _suspend(system)
    analyse()
    return city


def _fill(tree: Tree, scale, system):
    rng = random.Random(YEAR)
    people = PeopleBuilder(rng, SEEN_ON, system, dict(Term.objects.values_list("organisation_id", "pk")))
    for cell in tree.cells:
        people.fill(cell, rng.randint(scale.smallest_cell, scale.largest_cell))
    people.save()


def _send_up(city):
    """The bases of one commune appraise and send up: a choice of that committee."""
    choice = Choice(
        organisation=city.communes[SENDING], key="base_party", value="appraise", started_on=REFORM,
        reason="Đảng ủy cơ sở chưa được giao thẩm quyền quyết định", decision="Quy chế làm việc",
    )  # fmt: skip
    add_override(RuleSet.objects.in_force("chain", REFORM), choice, by=city.system)


def _suspend(system):
    members = Member.objects.filter(admitted_on__lt=REFORM).order_by("personal_id")
    exempt = set(Overlay.objects.values_list("member", flat=True))
    Overlay.objects.bulk_create(
        Overlay(member=member, kind=OverlayKind.SUSPENDED, started_on=date(YEAR, 9, 1), recorded_by=system)
        for member in members[::SUSPENDED]
        if member.pk not in exempt
    )


def name_of(organisation):
    """The account that acts for an organisation."""
    return f"tai-khoan-{organisation.pk}"


def give_accounts(city, password):
    """One account for each cell, base and commune, staff and a reader of the whole; `password` is a hash."""
    parts = [(name_of(cell), Role.CELL_SECRETARY, cell) for cell in city.cells]
    parts += [(name_of(body), Role.BASE_OFFICER, body) for body in (*city.bases, *city.communes)]
    parts += [("can-bo", Role.STAFF, city.root), ("thuong-truc", Role.READER, city.root)]
    add_accounts(parts, password, city.system)


def add_accounts(parts, password, system):
    """Accounts from (name, role, organisation), all with one hash of a password."""
    users = [User(username=name, full_name=f"Đồng chí {name}", search_key=fold(name)) for name, *_ in parts]
    for user in users:
        user.password = password
    User.objects.bulk_create(users)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role, organisation=organisation, started_on=REFORM, recorded_by=system)
        for user, (_, role, organisation) in zip(users, parts, strict=True)
    )
