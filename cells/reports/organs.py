"""The organs of a committee and its seal, as of a day."""

from dataclasses import dataclass

from cells.organs import Seal, seal_on


@dataclass(frozen=True)
class OrgansPart:
    """Organs of a committee, those of the day first; its seal on the day."""

    organs: list
    seal: Seal | None


def organs_part(organisation, day):
    """All that the page shows, as of a day."""
    organs = list(organisation.organs.standing()) if not organisation.is_cell else []
    for organ in organs:
        organ.is_there = organ.holds_on(day)
    return OrgansPart(
        organs=sorted(organs, key=lambda organ: (not organ.is_there, -organ.started_on.toordinal(), organ.pk)),
        seal=seal_on(organisation, day),
    )
