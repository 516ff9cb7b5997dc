"""Figures that are worked out once and stay until somebody does something: on screen, as a workbook and on paper.

Each act writes its line to the log in its own transaction, so that whoever sees the same log sees the same facts.
"""

from contextvars import ContextVar
from functools import wraps

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from cells.models import LogEntry
from cells.ports import readings

KEPT = 64  # answers of one read in one process; the oldest makes room
WATCHED = 1000  # of so many last lines any new one is noticed, also one of an act that ended after later ones


class Answers:
    """Answers to questions, each kept in this process until the next act of anybody or the next day.

    A question must be hashable and must say all that its answer depends on beside facts: who asks too, where that
    matters. An answer must be frozen. Within a transaction nothing is kept: what it wrote may yet be taken back.
    """

    def __init__(self, limit=KEPT):
        self.limit, self.kept = limit, {}

    def get(self, question, work):
        """The kept answer, or what `work()` finds."""
        if connection.in_atomic_block:
            return work()
        state = _state()
        known = self.kept.get(question)
        if known and known[0] == state:
            return known[1]
        found = work()
        self.kept.pop(question, None)
        self.kept[question] = (state, found)
        while len(self.kept) > self.limit:
            self.kept.pop(next(iter(self.kept)), None)
        return found


def kept_until_next_act(collect):
    """Turn `collect` into a read that repeats its answer to equal arguments until the next act or day (`Answers`)."""
    answers = Answers()

    @wraps(collect)
    def answer(*about, **params):
        return answers.get((about, *sorted(params.items())), lambda: collect(*about, **params))

    return answer


_looked = ContextVar("looked", default=None)  # [state] of the page that is being read


def one_look_a_page(get_response):
    """Middleware: a page that only reads looks once whether somebody did something; what acts looks each time."""

    def answer(request):
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        token = _looked.set([])
        try:
            return get_response(request)
        finally:
            _looked.reset(token)

    return answer


def _state():
    """The state of the log: as this page found it, or as it is now."""
    looked = _looked.get()
    if looked is None:
        return _look()
    if not looked:
        looked.append(_look())
    return looked[0]


def _look():
    """Today, and a sum over the last lines of the log that every new line of an act that writes changes."""
    last = LogEntry.objects.exclude(action__in=readings()).order_by("-id").values("id")[:WATCHED]
    return timezone.localdate(), last.aggregate(sum=Sum("id"))["sum"]
