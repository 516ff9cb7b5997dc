"""The nine things that a decision can do to the tree, each as a `Change`."""

from cells.changes.entries import OrganisationEntry
from cells.changes.plan import Change, NewBody, Revision
from cells.enums import TreeAct
from cells.models import Organisation


def add(entry, *, parent, decision):
    """Found an organisation below `parent`."""
    body = NewBody(entry, parent)
    return Change(TreeAct.ADD, decision, body, new=(body,))


def arrive(entry, *, parent, decision, cells=()):
    """Take in a unit that came whole, with the names of its cells; its members come by list afterwards."""
    body = NewBody(entry, parent)
    below = tuple(NewBody(OrganisationEntry(name, "cell", entry.started_on, place=entry.place), body) for name in cells)
    return Change(TreeAct.ARRIVE, decision, body, new=(body, *below))


def rename(organisation, values, *, decision):
    """Give another name, heading, symbol, place or code; `values` holds what changes."""
    return Change(TreeAct.RENAME, decision, organisation, revised=(Revision(organisation, values),))


def move(organisations, *, parent, decision):
    """Put organisations with everything below them under another parent."""
    revised = tuple(Revision(each, {"parent": parent}) for each in organisations)
    return Change(TreeAct.MOVE, decision, organisations[0], revised=revised)


def change_kind(organisation, values, *, decision):
    """Give another kind, level, type of base unit, and the symbol that goes with them."""
    return Change(TreeAct.CHANGE_KIND, decision, organisation, revised=(Revision(organisation, values),))


def merge(organisations, *, into, decision, heir=None):
    """Make one of several: `into` is a new body, or an organisation that takes the others in. Their children follow."""
    new = (into,) if isinstance(into, NewBody) else ()
    return Change(
        TreeAct.MERGE,
        decision,
        into,
        new=new,
        revised=_carried(organisations, into),
        ended=tuple(organisations),
        receiving=() if new else (into,),
        heir=heir or into,
        bodies={each.pk: into for each in organisations},
    )


def split(organisation, parts, *, decision, heir, keeps, assigned):
    """Make several of one. `keeps`: the old one goes on with whom nobody else was given.

    `assigned` says where members (by text id) and organisations below (by number) go.
    """
    children = {each.pk: each for each in Organisation.objects.filter(parent=organisation)}
    revised = tuple(
        Revision(children[key], {"parent": body}, is_carried=True) for key, body in assigned.items() if key in children
    )
    return Change(
        TreeAct.SPLIT,
        decision,
        parts[0],
        new=tuple(parts),
        revised=revised,
        ended=() if keeps else (organisation,),
        divided=organisation,
        heir=heir,
        persons={key: body for key, body in assigned.items() if isinstance(key, str)},
    )


def close(organisation, *, decision, heir, members_to=None, children_to=None):
    """End an organisation; its members go to `members_to`, the organisations below it under `children_to`."""
    revised = _carried([organisation], children_to) if children_to else ()
    bodies = {organisation.pk: members_to} if members_to else {}
    receiving = (members_to,) if members_to else ()
    return Change(
        TreeAct.CLOSE,
        decision,
        organisation,
        revised=revised,
        ended=(organisation,),
        receiving=receiving,
        heir=heir,
        bodies=bodies,
    )


def leave(organisation, *, decision, heir, went_to):
    """Hand an organisation over, with everything below it and all members, to a committee outside of the area."""
    branch = tuple(Organisation.objects.below(organisation).open().select_related("parent").order_by("path"))
    return Change(TreeAct.LEAVE, decision, organisation, ended=branch, heir=heir, went_to=went_to)


def _carried(organisations, parent):
    children = (
        Organisation.objects.filter(parent__in=organisations).open().exclude(pk__in=[o.pk for o in organisations])
    )
    return tuple(Revision(each, {"parent": parent}, is_carried=True) for each in children.order_by("position", "id"))
