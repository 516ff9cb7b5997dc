"""Changes of the tree as a readable log: what was before, what came after, by which decision."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from cells.enums import PartRole
from cells.models import OrganisationVersion, TreeEvent, TreeEventPart
from cells.permissions import Permission

SHOWN = 50


@dataclass(frozen=True)
class Part:
    """An organisation under the name that it had then; without `id` it is out of the person's sight."""

    id: int | None
    name: str


@dataclass
class EventLine:
    """One change in words."""

    event: TreeEvent
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    carried: list[Part] = field(default_factory=list)
    more: int = 0


def event_lines(events, user):
    """The lines of some events, in their order."""
    lines = {event.pk: EventLine(event) for event in events}
    parts = TreeEventPart.objects.filter(event__in=lines).select_related("organisation").order_by("pk")
    return _lines(lines, list(parts), user)


def lines_of(organisation, user):
    """Changes that touched an organisation, the newest first, those undone aside."""
    events = TreeEvent.objects.standing().filter(parts__organisation=organisation)
    parts = TreeEventPart.objects.filter(event__in=events).select_related("organisation", "event__heir")
    parts = list(parts.order_by("-event__effective_on", "-event", "pk"))
    return _lines({part.event_id: EventLine(part.event) for part in parts}, parts, user)


def bodies_above(event):
    """The bodies above everything that an event changed: those of today, and those that it took it from."""
    today = [
        part.organisation.parent or part.organisation for part in event.parts.select_related("organisation__parent")
    ]
    before = OrganisationVersion.objects.filter(closed_by=event, parent__isnull=False).select_related("parent")
    return [*today, *(version.parent for version in before)]


def _lines(lines, parts, user):
    names, versions = _names(lines) if lines else ({}, [])
    scope = tuple(user.paths_in_scope(Permission.ORGANISATIONS_VIEW))
    seen = {row.organisation_id for row in (*parts, *versions) if row.organisation.path.startswith(scope)}
    own = defaultdict(set)
    for part in parts:
        own[part.event_id].add(part.organisation_id)
        name = names.get((part.event_id, part.organisation_id, part.role), part.organisation.name)
        shown = Part(part.organisation_id if part.organisation_id in seen else None, name)
        (lines[part.event_id].before if part.role == PartRole.BEFORE else lines[part.event_id].after).append(shown)
    for version in versions:
        line = lines.get(version.opened_by_id)
        if line and version.organisation_id in seen - own[version.opened_by_id]:
            line.carried.append(Part(version.organisation_id, version.name))
    for line in lines.values():
        line.carried, line.more = line.carried[:SHOWN], max(0, len(line.carried) - SHOWN)
    return list(lines.values())


def _names(lines):
    """Names by (event, organisation, role): of the version that the event ended, and of the one that it began."""
    touched = Q(opened_by__in=lines) | Q(closed_by__in=lines)
    columns = ("name", "opened_by", "closed_by", "organisation__path")
    versions = list(OrganisationVersion.objects.filter(touched).select_related("organisation").only(*columns))
    names = {}
    for version in versions:
        if version.closed_by_id:
            names[version.closed_by_id, version.organisation_id, PartRole.BEFORE] = version.name
        if version.opened_by_id:
            names[version.opened_by_id, version.organisation_id, PartRole.AFTER] = version.name
    return names, versions
