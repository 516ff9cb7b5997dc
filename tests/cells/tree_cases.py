"""Decisions for the tests of the tree, and everything that a change may touch written down row by row."""

from datetime import date

from django.db.models import F

from cells.actions.tree_changes import change_tree
from cells.changes import verbs
from cells.changes.entries import OrganisationEntry
from cells.changes.plan import NewBody, TreeDecision
from cells.models import Organ, Organisation, OrganisationVersion, RoleAssignment, Term
from members.models import Member, Membership, Post, Transfer

FOUNDED = date(2025, 7, 1)
CHANGED = date(2026, 3, 1)
TODAY = date(2026, 5, 20)


def decision(effective_on=CHANGED, number="12-QĐ/ĐU"):
    return TreeDecision(number, date(2026, 2, 10), "Ban Thường vụ Đảng ủy", effective_on)


def entry(name, kind="cell", on=CHANGED, **more):
    return OrganisationEntry(name, kind, on, **more)


def do(change, by, on=TODAY):
    return change_tree(change, on=on, by=by)


def merge(tree, name="Chi bộ Khóm Liên", **options):
    into = NewBody(entry(name), tree.east)
    return verbs.merge([tree.here, tree.next_door], into=into, decision=decision(**options))


def split(tree, people, *, keeps=True, names=("Chi bộ Khóm 1A",), heir=None, **assigned):
    parts = [NewBody(entry(name), tree.east) for name in names]
    given = {str(person.pk): parts[number] for number, group in enumerate(people) for person in group}
    return verbs.split(tree.here, parts, decision=decision(), heir=heir or tree.east, keeps=keeps, assigned=given)


def rows_that_stand():
    """Every standing row that a change may end or begin, in canonical order; who recorded it does not matter."""
    period = ("started_on", "ended_on")
    return {
        "organisations": list(
            Organisation.objects.exclude(versions__isnull=True)
            .filter(versions__voided_at__isnull=True)
            .distinct()
            .order_by("pk")
            .values_list("pk", "name", "code", "kind", "level", "is_cell", "is_base", "is_open", "parent", "path")
        ),
        "versions": _rows(OrganisationVersion, "organisation", "parent", "name", "kind", "level", "code", *period),
        "memberships": _rows(
            Membership, "member", "organisation", "kind", "start_reason", "end_reason", "went_to", *period
        ),
        "homes": list(Member.objects.order_by("pk").values_list("pk", "home")),
        "posts": _rows(Post, "member", "organisation", "title", *period),
        "roles": _rows(RoleAssignment, "user", "role", "organisation", *period),
        "terms": _rows(Term, "organisation", "name", *period),
        "organs": _rows(Organ, "organisation", "kind", *period),
        "transfers": list(
            Transfer.objects.order_by("pk").values_list("pk", "from_organisation", "to_organisation", "state")
        ),
    }


def _rows(model, *columns):
    rows = model.objects.filter(voided_at__isnull=True).annotate(closed=F("closed_by"))
    return sorted(rows.values_list(*columns, "closed"), key=str)
