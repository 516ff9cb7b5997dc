"""Today's columns of the organisations, from what their versions say on a day."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from cells.loading import kind_columns
from cells.models import Organisation, OrganisationVersion
from cells.querysets import below
from config.lib.vietnamese import fold

COLUMNS = ["name", "code", "kind", "level", "is_cell", "is_base", "is_open", "parent", "path", "search_key"]


def write_all(on):
    """Set the columns of every organisation; answers how many were wrong."""
    return _write({node.pk: node for node in Organisation.objects.all()}, on)


def write_branches(ids, on):
    """Set the columns of some organisations and of everything below them, today or on `on`."""
    versions = OrganisationVersion.objects.on(on).filter(parent__in=ids)
    touched = {*ids, *versions.values_list("organisation_id", flat=True)}
    paths = Organisation.objects.filter(pk__in=touched).values_list("path", flat=True)
    return _write({node.pk: node for node in Organisation.objects.filter(below(paths))}, on)


def _write(nodes, on):
    latest = _latest(nodes, on)
    paths = _Paths(latest, nodes)
    taken = {version.code for version in latest.values() if version.code and version.holds_on(on)}
    wanted = {key: _columns(version, paths, on, taken) for key, version in latest.items()}
    wrong = [nodes[key] for key, columns in wanted.items() if _set_columns(nodes[key], columns)]
    _step_aside(wrong, taken)
    Organisation.objects.bulk_update(wrong, COLUMNS, batch_size=500)
    return len(wrong)


def _latest(nodes, on):
    """The last version begun by `on`, by organisation; one that is not founded yet has none."""
    rows = OrganisationVersion.objects.standing().filter(started_on__lte=on).order_by("started_on", "id")
    if len(nodes) < Organisation.objects.count():
        rows = rows.filter(organisation__in=list(nodes))
    return {version.organisation_id: version for version in rows.iterator()}


class _Paths:
    """Ways down from the root by the parents of the latest versions; outside of the nodes today's path is right."""

    def __init__(self, latest, nodes):
        self.latest = latest
        outside = {version.parent_id for version in latest.values()} - set(latest)
        rows = Organisation.objects.filter(pk__in=outside - {None})
        self.known = dict(rows.values_list("pk", "path"))

    def of(self, organisation_id):
        if organisation_id not in self.latest:
            return self.known[organisation_id]
        parent = self.latest[organisation_id].parent_id
        return f"{self.of(parent) if parent else '/'}{organisation_id}/"


def _columns(version, paths, on, taken):
    """A closed organisation keeps what its last version said, below its last parent; its code once another has it."""
    is_open = version.holds_on(on)
    return {
        **kind_columns(version.kind, version.level),
        "name": version.name,
        "code": version.code if is_open or version.code not in taken else "",
        "parent_id": version.parent_id,
        "is_open": is_open,
        "path": paths.of(version.organisation_id),
        "search_key": fold(version.name)[:200],
    }


def _set_columns(node, columns):
    """Set the columns; answers whether one of them was wrong."""
    differs = any(getattr(node, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(node, name, value)
    return differs


def _step_aside(nodes, taken):
    """Paths and codes are unique: those that will change are freed first, so that two may exchange theirs."""
    keys = [node.pk for node in nodes]
    aside = Concat(Value("moving-"), Cast("pk", CharField()), output_field=CharField())
    Organisation.objects.filter(pk__in=keys).update(path=aside, code="")
    Organisation.objects.filter(code__in=taken, is_open=False).exclude(pk__in=keys).update(code="")
