"""Figures that are worked out once and stay until somebody does something: on screen, as a workbook and on paper.

Each act writes its line to the log in its own transaction, so that whoever sees the same log sees the same facts.
"""

from functools import wraps

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from cells.models import LogEntry

KEPT = 32  # answers of one read in one process; the oldest makes room
WATCHED = 1000  # of so many last lines any new one is noticed, also one of an act that ended after later ones


def kept_until_next_act(collect):
    """Turn `collect(organisation, **params)` into a read that repeats its answer until the next act or day.

    The answer must be frozen and depend on facts alone, never on who asks. Within a transaction nothing is kept: what
    it wrote may yet be taken back.
    """
    kept = {}

    @wraps(collect)
    def answer(organisation, **params):
        if connection.in_atomic_block:
            return collect(organisation, **params)
        question, state = (organisation.pk, *sorted(params.items())), _state()
        known = kept.get(question)
        if known and known[0] == state:
            return known[1]
        found = collect(organisation, **params)
        kept.pop(question, None)
        kept[question] = (state, found)
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)), None)
        return found

    return answer


def _state():
    """Today, and a sum over the last lines of the log that every new line changes."""
    last = LogEntry.objects.order_by("-id").values("id")[:WATCHED]
    return timezone.localdate(), last.aggregate(sum=Sum("id"))["sum"]
