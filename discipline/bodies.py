"""The bodies that vote on a case on a day, as topic `discipline_authority` names them, and what each may do."""

from dataclasses import dataclass, field
from typing import Any

from cells.models import Organisation
from cells.trees import tree_with
from discipline.rules.authority import ANY, LOWER_COMMITTEE, MANAGED, MEMBER, OWN_COMMITTEE, Matter, competence
from discipline.rules.votes import DECIDE, PROPOSE
from members.enums import COMMITTEE_TITLES, MembershipKind
from members.models import Membership, Post

CELL, TEMPORARY_CELL, ACCUSED, PART = "cell", "temporary_cell", "accused", "part_committee"
BASE = ("base_committee", "base_standing_board", "base_inspection")
UPPER = ("upper_standing_board", "upper_committee", "upper_inspection")
STANDING_BOARDS = ("base_standing_board", "upper_standing_board")
COMMISSIONS = ("base_inspection", "upper_inspection")
OF_THE_CASE = (CELL, TEMPORARY_CELL, ACCUSED)
LABELS = {
    CELL: "Chi bộ",
    TEMPORARY_CELL: "Chi bộ nơi sinh hoạt tạm thời",
    ACCUSED: "Tổ chức bị xem xét",
    PART: "Đảng ủy bộ phận",
    "base_committee": "Đảng ủy cơ sở",
    "base_standing_board": "Ban Thường vụ đảng ủy cơ sở",
    "base_inspection": "Ủy ban Kiểm tra đảng ủy cơ sở",
    "upper_standing_board": "Ban Thường vụ cấp ủy cấp trên",
    "upper_committee": "Ban Chấp hành cấp ủy cấp trên",
    "upper_inspection": "Ủy ban Kiểm tra cấp ủy cấp trên",
}
PARTS = ("part", "sub_base")
# Rows of the authority for a party organisation: the body directly above it, and those further above.
DIRECTLY_ABOVE, FURTHER_ABOVE = "directly_above", "further_above"
AN_ORGANISATION = "organisation"
WHOLE = "base_committee"
GIVEN = ("delegated_base", "empowered_base")


def body_words(key, organisation):
    """A body by its name: a commission or a standing board of a committee, a committee, a cell."""
    name = str(organisation)
    committee = f"Đảng ủy {name.removeprefix('Đảng bộ ')}" if name.startswith("Đảng bộ ") else name
    if key in COMMISSIONS:
        return f"Ủy ban Kiểm tra {committee}"
    if key in STANDING_BOARDS:
        return f"Ban Thường vụ {committee}"
    if key in OF_THE_CASE:
        return f"{name} (nơi sinh hoạt tạm thời)" if key == TEMPORARY_CELL else name
    return committee


@dataclass(frozen=True)
class Body:
    """A body that meets and votes: its key in the rules, its organisation, on its day what stood below it."""

    key: str
    organisation: Any
    below: frozenset = field(default=frozenset(), compare=False)
    is_direct: bool = field(default=False, compare=False)

    @property
    def name(self):
        return body_words(self.key, self.organisation)

    @property
    def value(self):
        """How a form names it."""
        return f"{self.key}-{self.organisation.pk}"


def meeting_body(case, day):
    """The body of the first meeting: the cell, that of temporary activity, or the organisation that is accused."""
    if case.accused_id:
        return Body(ACCUSED, case.cell)
    return Body(TEMPORARY_CELL if case.cell_id in person_on(case, day).stays else CELL, case.cell)


def bodies_above(case, day):
    """The bodies above the cell of a case on a day, the nearest first, by the kinds that they had on that day."""
    tree = tree_with(case.cell, day)
    found = [(tree, node) for node in tree.above(case.cell_id)[1:]]
    if case.organisation_id not in {case.cell_id, *(node.id for _, node in found)}:
        other = tree_with(case.organisation, day)
        known = {node.id for _, node in found}
        found += [(other, node) for node in other.above(case.organisation_id) if node.id not in known]
    rows = Organisation.objects.in_bulk([node.id for _, node in found])
    return [body for place, node in found if not node.is_cell for body in _bodies(place, node, rows[node.id], case)]


def body_named(case, day, value):
    """The body above that a form names; None for one that is not above the case on that day."""
    return next((each for each in bodies_above(case, day) if each.value == value), None)


def holds_post(case, day):
    """Whether the person holds a party post on a day."""
    return bool(person_on(case, day).posts)


@dataclass(frozen=True)
class Person:
    """What the member of a case holds on a day: (body, title) of his posts, the cells in which he stays for a time."""

    posts: tuple = ()
    stays: tuple = ()


def person_on(case, day):
    """Posts and temporary memberships of the member on a day, read once for the row of the case that is given."""
    if case.member_id is None:
        return Person()
    known = case.__dict__.setdefault("persons_by_day", {})
    if day not in known:
        posts = Post.objects.on(day).filter(member=case.member_id).order_by()
        stays = Membership.objects.on(day).filter(member=case.member_id, kind=MembershipKind.TEMPORARY).order_by()
        rows = list(
            posts.values_list("organisation_id", "title").union(stays.values_list("organisation_id", "kind"), all=True)
        )
        known[day] = Person(
            posts=tuple(row for row in rows if row[1] != MembershipKind.TEMPORARY),
            stays=tuple(place for place, kind in rows if kind == MembershipKind.TEMPORARY),
        )
    return known[day]


def competences(case, body, rules, forms, *, admits=None):
    """For each form what the body may do with it on the day of the rules, why and by which article."""
    key, seen = _seen(case, body, rules.on)
    matter = {
        "subject": seen,
        "scope": case.scope if body.key in (CELL, TEMPORARY_CELL) else ANY,
        "body_admits": may_admit(body, rules) if admits is None else admits,
    }
    row = WHOLE if _power(key, rules) == DECIDE else key
    return {form: competence(rules.authority, row, Matter(form=form, **matter)) for form in forms}


def acts(powers):
    """For each form whether it is decided or only proposed: one ballot serves both purposes."""
    return {form: DECIDE if each.act == DECIDE else PROPOSE for form, each in powers.items()}


def may_admit(body, rules):
    """Whether a base committee may decide admissions, as the rules of admission and the choices above it say."""
    if not rules.procedure.expulsion_needs_admission_authority:
        return True
    return body.key in BASE and rules.powers.base_powers in GIVEN


def _bodies(tree, node, organisation, case):
    below = frozenset(each.id for each in tree.below(node.id))
    is_direct = tree.nodes[case.cell_id].parent_id == node.id if case.cell_id in tree.nodes else False
    return [Body(key, organisation, below, is_direct) for key in _keys(node)]


def _keys(node):
    if node.kind in PARTS:
        return (PART,)
    return BASE if node.is_base else UPPER


def _power(key, rules):
    """What a committee has settled for its standing board or commission, where the regulation leaves it open."""
    settled = {
        "base_standing_board": rules.procedure.base_standing_board_power,
        "base_inspection": rules.procedure.base_inspection_commission_power,
    }
    return settled.get(key)


def _seen(case, body, day):
    """(key of the rules, subject as the body sees him)."""
    if case.accused_id:
        committee = body.key not in (*COMMISSIONS, *OF_THE_CASE)
        return (DIRECTLY_ABOVE if body.is_direct else FURTHER_ABOVE) if committee else ACCUSED, AN_ORGANISATION
    if body.key in OF_THE_CASE:
        return body.key, MEMBER
    places = [place for place, title in person_on(case, day).posts if title in COMMITTEE_TITLES]
    if body.organisation.pk in places:
        return body.key, OWN_COMMITTEE
    if case.is_managed_above:
        return body.key, MANAGED
    return body.key, LOWER_COMMITTEE if body.below.intersection(places) else MEMBER
