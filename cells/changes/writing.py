"""A change written down: the event, its versions, what ends with a body, and what the apps above do."""

from dataclasses import replace

from django.core.exceptions import ValidationError

from cells.changes.columns import write_branches
from cells.changes.entries import found_node, version_values
from cells.changes.plan import Moves, NewBody
from cells.changes.refusals import refusals
from cells.changes.rows import end_rows
from cells.enums import PartRole
from cells.models import Organ, Organisation, OrganisationVersion, RoleAssignment, Term, TreeEvent, TreeEventPart
from cells.ports import tree_ports

ENDING = {"roles": RoleAssignment, "terms": Term, "organs": Organ}
COPIED = (
    "organisation_id", "parent_id", "name", "kind", "level", "code", "symbol", "heading_issuer", "heading_superior",
    "place", "base_type", "has_seal",
)  # fmt: skip


def lock_tree():
    """One change of the tree at a time: circles and double codes are seen by whoever comes second."""
    list(Organisation.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk"))


def lock_for_change():
    """The tree, then what the apps above have written by it: nobody sends, decides or closes in between."""
    lock_tree()
    for port in tree_ports():
        port.lock()


def write(change, *, on, by):
    """Write a change under the lock; ValidationError with every reason against it."""
    if against := refusals(change):
        raise ValidationError(against)
    bodies = _Bodies()
    for body in change.new:
        bodies.found(body, is_open=change.effective_on <= on)
    event = _event(change, bodies, by)
    _add_parts(event, change, bodies)
    for body in change.new:
        values = version_values(replace(body.entry, decision=change.decision.words), bodies.node(body.parent))
        OrganisationVersion.objects.create(organisation=bodies.node(body), opened_by=event, recorded_by=by, **values)
    for revision in change.revised:
        _revise(revision, event, bodies, change.decision, by)
    end_rows(OrganisationVersion.objects.filter(organisation__in=change.ended), event, by)
    kept = {name: end_rows(model.objects.filter(organisation__in=change.ended), event, by)
            for name, model in ENDING.items()}  # fmt: skip
    write_branches(touched_ids(event), on)
    event.kept = {"cells": kept, **_carry_out(change, bodies, event, on, by)}
    event.save(update_fields=["kept"])
    return event


class _Bodies:
    """New bodies by their plan, once they have a node."""

    def __init__(self):
        self.nodes = {}

    def found(self, body, *, is_open):
        without_code = replace(body.entry, code="")  # whoever has the code today gives it up first
        self.nodes[body] = found_node(without_code, self.node(body.parent), is_open=is_open)

    def node(self, body):
        return self.nodes[body] if isinstance(body, NewBody) else body


def _event(change, bodies, by):
    decision = change.decision
    return TreeEvent.objects.create(
        organisation=bodies.node(change.subject),
        act=change.act,
        effective_on=decision.effective_on,
        decision=decision.number,
        decided_on=decision.decided_on,
        decided_by=decision.decided_by,
        note=decision.note,
        heir=bodies.node(change.heir),
        recorded_by=by,
    )


def _add_parts(event, change, bodies):
    parts = [(body, PartRole.BEFORE) for body in change.before] + [(body, PartRole.AFTER) for body in change.after]
    TreeEventPart.objects.bulk_create(
        TreeEventPart(event=event, organisation=bodies.node(body), role=role) for body, role in parts
    )


def _revise(revision, event, bodies, decision, by):
    """End the version that holds and begin the next; of two decisions of one day the second version stands."""
    now = OrganisationVersion.objects.standing().open().get(organisation=revision.organisation)
    values = {name: getattr(now, name) for name in COPIED} | dict(revision.values)
    if "parent" in values:
        parent = bodies.node(values.pop("parent"))
        values["parent_id"] = parent and parent.pk
    end_rows(OrganisationVersion.objects.filter(pk=now.pk), event, by)
    OrganisationVersion.objects.create(
        **values, started_on=event.effective_on, decision=decision.words, opened_by=event, recorded_by=by
    )


def _carry_out(change, bodies, event, on, by):
    moves = Moves(
        sources=tuple(change.source_ids),
        ended=tuple(change.ended_ids),
        bodies={key: bodies.node(body).pk for key, body in change.bodies.items()},
        persons={key: bodies.node(body).pk for key, body in change.persons.items()},
        went_to=change.went_to,
    )
    return {port.name: port.carry_out(event, moves, on=on, by=by) for port in tree_ports()}


def touched_ids(event):
    """Every organisation of which the event ended or began a version."""
    rows = OrganisationVersion.objects.filter(opened_by=event) | OrganisationVersion.objects.filter(closed_by=event)
    return set(rows.values_list("organisation_id", flat=True))
