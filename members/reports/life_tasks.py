"""What the registers of tasks say of members: the four numbers that a rating takes as a proposal."""

from collections import defaultdict

from django.db.models import Count, F, Q

from members.models import Task
from members.rules.life import TaskNumbers

CHUNK = 900
PREFIX = "given_"


def _counts(on):
    """Which tasks each number counts on a day, as `task_state` says; open ones count in no other."""
    done = Q(done_on__lte=on)
    not_done = Q(done_on__isnull=True) | Q(done_on__gt=on)
    return {
        "total": done | Q(due_on__lt=on),
        "undone": not_done & Q(due_on__lt=on),
        "late": done & Q(done_on__gt=F("due_on")),
        "beyond": done & Q(beyond=True),
        "open": not_done & Q(due_on__gte=on),
    }


def numbers_of(members, year, on):
    """`TaskNumbers` by member of those who were given something in the year, by any cell, as they stand on a day."""
    ids, found = list(members), {}
    counts = {f"{PREFIX}{name}": Count("pk", filter=condition) for name, condition in _counts(on).items()}
    for start in range(0, len(ids), CHUNK):
        rows = Task.objects.of_year(year).filter(member__in=ids[start : start + CHUNK]).order_by()
        for row in rows.values("member_id").annotate(**counts):
            found[row["member_id"]] = TaskNumbers(**{name: row[f"{PREFIX}{name}"] for name in _counts(on)})
    return found


def tasks_given(members, year):
    """What members were given to do in a year, by any cell, by member, the first due first."""
    ids, found = list(members), defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        for task in Task.objects.of_year(year).filter(member__in=ids[start : start + CHUNK]):
            found[task.member_id].append(task)
    return found
