"""The tree: adding an organisation; its versions are the history, its own columns today's values."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cells.audit import record
from cells.loading import kind_columns, kind_entries
from cells.models import Organisation, OrganisationVersion, Term
from config.lib.vietnamese import fold
from config.lib.workflow import NotAllowed


@dataclass(frozen=True)
class OrganisationEntry:
    """What a decision says about a new organisation; what is left empty follows from its kind."""

    name: str
    kind: str
    started_on: date
    code: str = ""
    level: int | None = None
    symbol: str = ""
    place: str = ""
    base_type: str = ""
    heading_issuer: str = ""
    heading_superior: str = ""
    decision: str = ""
    position: int = 0


@transaction.atomic
def add_organisation(entry, *, parent, by):
    """Found an organisation below `parent` (None for a root) with its first version."""
    organisation = _new_node(entry, parent)
    organisation.save()
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    OrganisationVersion.objects.create(organisation=organisation, recorded_by=by, **_version_values(entry, parent))
    record("cells.add_organisation", organisation, by=by, data={"name": entry.name, "kind": entry.kind})
    return organisation


@transaction.atomic
def add_term(organisation, *, name, started_on, ended_on, by):
    """Open a term of the committee; a term still without an end ends with it, others may not overlap."""
    place = Organisation.objects.select_for_update().get(pk=organisation.pk)
    place.terms.standing().open().filter(started_on__lt=started_on).update(ended_on=started_on)
    if clash := place.terms.standing().overlapping(started_on, ended_on).first():
        raise NotAllowed(
            f"Trùng thời gian với nhiệm kỳ {clash.name} (từ {clash.started_on:%d/%m/%Y}). Hãy xem lại hai ngày."
        )
    term = Term.objects.create(organisation=place, name=name, started_on=started_on, ended_on=ended_on, recorded_by=by)
    data = {"term": name, "since": str(started_on), "until": str(ended_on or "")}
    record("cells.add_term", place, by=by, data=data)
    return term


def _new_node(entry, parent):
    return Organisation(
        **kind_columns(entry.kind, entry.level),
        name=entry.name,
        code=entry.code,
        parent=parent,
        path=f"new-{id(entry)}",
        position=entry.position,
        search_key=fold(entry.name)[:200],
    )


def _version_values(entry, parent):
    kind = kind_entries()[entry.kind]
    return {
        "parent": parent,
        "name": entry.name,
        "kind": entry.kind,
        "level": entry.level or kind["level"],
        "code": entry.code,
        "symbol": entry.symbol or kind["symbol"],
        "place": entry.place,
        "base_type": entry.base_type,
        "heading_issuer": entry.heading_issuer,
        "heading_superior": entry.heading_superior,
        "decision": entry.decision,
        "started_on": entry.started_on,
    }
