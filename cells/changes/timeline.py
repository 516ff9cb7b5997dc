"""The versions of all organisations that still matter from a day on, read once and asked in memory."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from cells.models import Organisation, OrganisationVersion


class Timeline:
    """Every organisation's standing versions that hold on `day` or later, the oldest first."""

    def __init__(self, day):
        self.day = day
        lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        rows = OrganisationVersion.objects.standing().filter(lasting).order_by("started_on", "id")
        self.versions = defaultdict(list)
        for version in rows:
            self.versions[version.organisation_id].append(version)

    def on_day(self, organisation_id):
        """The version that holds on the day; None before the founding and after the end."""
        return next((each for each in self.versions[organisation_id] if each.holds_on(self.day)), None)

    def latest(self, organisation_id):
        """The last version known; None when it ended before the day or there never was one."""
        found = self.versions[organisation_id]
        return found[-1] if found else None

    def lasts(self, organisation_id):
        """Whether the organisation is there on the day and no decision on record ends it."""
        latest = self.latest(organisation_id)
        return bool(latest and latest.ended_on is None and self.on_day(organisation_id))

    def children(self, parent_id):
        """Versions of the organisations below `parent_id` on the day or later."""
        return [each for versions in self.versions.values() for each in versions if each.parent_id == parent_id]

    def parents(self, day):
        """Parent by organisation on `day`."""
        return {
            key: version.parent_id
            for key, versions in self.versions.items()
            for version in versions
            if version.holds_on(day)
        }

    @cached_property
    def days(self):
        """The day, and every later day on which a decision on record changes something."""
        return sorted(
            {self.day} | {v.started_on for vs in self.versions.values() for v in vs if v.started_on > self.day}
        )

    def codes(self, code):
        """Versions that carry `code` on the day or later."""
        return [each for versions in self.versions.values() for each in versions if each.code == code]


def names_of(ids):
    """Today's names by id."""
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
