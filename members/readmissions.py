"""Who was admitted again: from when the new probation runs, and since when the person had been official before."""

from collections import defaultdict

from members.enums import RestorationKind
from members.models import Restoration


class Readmissions:
    """The readmissions of some people (`members`: ids or a queryset of ids), read in one query."""

    def __init__(self, members):
        self._found = defaultdict(list)
        rows = Restoration.objects.standing().filter(kind=RestorationKind.READMITTED, member__in=members)
        for member, *days in rows.order_by("back_on").values_list("member_id", "back_on", "former_official_on"):
            self._found[member].append(days)

    def ceremony(self, member_id, on):
        """The day of the last new ceremony by `on`; None for who was admitted once."""
        return max((back_on for back_on, _ in self._of(member_id) if back_on <= on), default=None)

    def official_on(self, member, on):
        """Since when the person is official as of `on`: before a readmission since the day known then."""
        later = next((former for back_on, former in self._of(member.pk) if on < back_on), member.official_on)
        return later if later and later <= on else None

    def _of(self, member_id):
        return self._found.get(member_id, ())
