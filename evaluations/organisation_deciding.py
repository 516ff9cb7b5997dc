"""The collectives of a deciding body under the cap, group by group (366-QĐ/TW, Điều 11)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from evaluations.cap_groups import cap_data
from evaluations.enums import OrganisationGroup
from evaluations.models import OrganisationGrade
from evaluations.rules import CapResult, organisation_cap


@dataclass(frozen=True)
class GroupCap:
    """One group of similar organisations of a deciding body under the cap."""

    group: OrganisationGroup
    cap: CapResult

    @property
    def name(self):
        return self.group.label

    @property
    def data(self):
        """As a decision keeps it."""
        return {"group": self.group.value, "name": self.name} | cap_data(self.cap)


def group_caps(season, body, book, chosen, *, raised, without=()):
    """The caps of all groups in `chosen`, a list of (group, level): what was decided before counts with it.

    `without` are ids of results on file that the act takes away.
    """
    before = _decided_before(season, body, without)
    counts = before + Counter(chosen)
    best, second = (level.code for level in book.organisation_scale.levels[:2])
    found = []
    for group in OrganisationGroup:
        if any(place == group for place, _ in chosen):
            cap = organisation_cap(book.rules.cap, counts[group, best], counts[group, second], raised)
            found.append(GroupCap(group, cap))
    return found


def _decided_before(season, body, without):
    rows = OrganisationGrade.objects.given_by(season, body).exclude(pk__in=without).order_by()
    return Counter({(group, level): n for group, level, n in rows.values_list("group", "level").annotate(Count("id"))})
