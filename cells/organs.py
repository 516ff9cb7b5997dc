"""Organs of a committee as the catalogue proposes them, and who stamps a body's papers."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cells.loading import kind_entries
from cells.models import OrganisationVersion

ORGANS_FILE = Path(__file__).parent / "catalogues" / "organs.toml"


@dataclass(frozen=True)
class Seal:
    """Whether a body has a seal on a day, whether somebody wrote that down, and who stamps for it when it has none."""

    has_seal: bool
    is_default: bool
    stamped_by: str = ""


@cache
def organ_entries():
    """The organs as the catalogue lists them, by code."""
    with ORGANS_FILE.open("rb") as file:
        return {entry["code"]: entry for entry in tomllib.load(file)["organs"]}


def proposed_organ(kind, symbol):
    """Name, symbol and heading of an organ of a committee whose papers carry `symbol`."""
    entry = organ_entries()[kind]
    return {"name": entry["name"], "symbol": entry["symbol"].format(symbol=symbol), "heading": entry["heading"]}


def seal_on(organisation, day):
    """The seal of a body on a day, by its version of that day or else by its kind; None when it was not there."""
    versions = OrganisationVersion.objects.on(day).filter(organisation__in=organisation.ancestor_ids())
    by_body = {version.organisation_id: version for version in versions}
    own = by_body.get(organisation.pk)
    if own is None:
        return None
    kinds = kind_entries()
    above = by_body.get(own.parent_id)
    while above and not _has_seal(above, kinds):
        above = by_body.get(above.parent_id)
    has_seal = _has_seal(own, kinds)
    return Seal(has_seal, own.has_seal is None, "" if has_seal or above is None else above.name)


def _has_seal(version, kinds):
    return kinds[version.kind].get("has_seal", True) if version.has_seal is None else version.has_seal
