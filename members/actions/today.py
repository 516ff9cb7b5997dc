"""Values of today that stand beside the history: recomputed from it, and mended where they differ."""

from collections import defaultdict

from django.db import transaction

from cells.audit import record
from members.enums import MembershipKind
from members.models import Member, Membership

CHUNK = 800


@transaction.atomic
def refresh_homes(*, on, by):
    """Set `Member.home` to the official membership of `on`, else to the last one; answers how many were wrong."""
    wanted = _homes(on)
    wrong = defaultdict(list)
    for member_id, home_id in Member.objects.values_list("pk", "home_id").iterator():
        if wanted.get(member_id, home_id) != home_id:
            wrong[wanted[member_id]].append(member_id)
    for home_id, people in wrong.items():
        for start in range(0, len(people), CHUNK):
            Member.objects.filter(pk__in=people[start : start + CHUNK]).update(home_id=home_id)
    changed = sum(map(len, wrong.values()))
    if changed:
        record("members.refresh_homes", None, by=by, data={"changed": changed, "on": str(on)})
    return changed


def _homes(on):
    """Organisation by member: that of the latest official membership begun by `on`."""
    rows = Membership.objects.standing().filter(kind=MembershipKind.OFFICIAL, started_on__lte=on)
    return dict(rows.order_by("started_on", "id").values_list("member_id", "organisation_id").iterator())


@transaction.atomic
def repair_keys(*, by):
    """Compute the search and sort keys of all names anew; answers how many were wrong."""
    wrong = [member for member in Member.objects.all().iterator() if not member.keys_are_right()]
    for member in wrong:
        member.fill_keys()
    Member.objects.bulk_update(wrong, ["search_key", "sort_key"], batch_size=CHUNK)
    if wrong:
        record("members.repair_keys", None, by=by, data={"changed": len(wrong)})
    return len(wrong)
