"""What a paper says about a new organisation, and its first rows."""

from dataclasses import dataclass
from datetime import date

from cells.loading import kind_columns, kind_entries
from cells.models import Organisation
from config.lib.vietnamese import fold


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


def found_node(entry, parent, *, is_open=True):
    """The saved identity of a new organisation below `parent`, with today's columns and its path."""
    organisation = Organisation(
        **kind_columns(entry.kind, entry.level),
        name=entry.name,
        code=entry.code,
        parent=parent,
        path=f"new-{id(entry)}",
        is_open=is_open,
        position=entry.position,
        search_key=fold(entry.name)[:200],
    )
    organisation.save()
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    return organisation


def version_values(entry, parent):
    """The columns of the first version."""
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
