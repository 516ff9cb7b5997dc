"""Today's columns of the organisations, recomputed from their versions and mended where they differ."""

from django.db import transaction

from cells.audit import record
from cells.loading import kind_columns
from cells.models import Organisation, OrganisationVersion
from config.lib.vietnamese import fold


@transaction.atomic
def refresh_organisations(*, on, by):
    """Set the columns of every organisation to what its versions say on `on`; answers how many were wrong."""
    versions = OrganisationVersion.objects.standing().filter(started_on__lte=on).order_by("started_on", "id")
    latest = {version.organisation_id: version for version in versions.iterator()}
    nodes = {node.pk: node for node in Organisation.objects.all()}
    wrong = [nodes[pk] for pk, version in latest.items() if _set_columns(nodes[pk], _columns(version, latest, on))]
    _free_paths(wrong)
    names = ["name", "code", "kind", "level", "is_cell", "is_base", "is_open", "parent", "path", "search_key"]
    Organisation.objects.bulk_update(wrong, names, batch_size=500)
    if wrong:
        record("cells.refresh_organisations", None, by=by, data={"changed": len(wrong), "on": str(on)})
    return len(wrong)


def _columns(version, latest, on):
    """A closed organisation keeps what its last version said, below its last parent."""
    return {
        **kind_columns(version.kind, version.level),
        "name": version.name,
        "code": version.code,
        "parent_id": version.parent_id,
        "is_open": version.holds_on(on),
        "path": _path(version, latest),
        "search_key": fold(version.name)[:200],
    }


def _path(version, latest):
    above = _path(latest[version.parent_id], latest) if version.parent_id else "/"
    return f"{above}{version.organisation_id}/"


def _set_columns(node, columns):
    """Set the columns; answers whether one of them was wrong."""
    differs = any(getattr(node, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(node, name, value)
    return differs


def _free_paths(nodes):
    """Paths are unique: those that will change step aside, so that two organisations may exchange theirs."""
    for node in nodes:
        Organisation.objects.filter(pk=node.pk).update(path=f"moving-{node.pk}")
