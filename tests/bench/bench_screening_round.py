"""A round of screening of the whole city, from its opening to its end: what each act costs, in seconds.

The demo already has rounds; this one is of another year and has every flag that the records of that day show.
"""

import time
from datetime import date

from django.conf import settings

from cells.models import Organisation, User
from evaluations import actions
from evaluations.actions.screening_rounds import RoundEntry
from evaluations.models import ScreeningFlag
from evaluations.opening import AT_ONCE
from members.models import Member
from tests.bench.measuring import processor_seconds, versions, write_section

SHORT = 2.0  # seconds: what takes longer is work for a job
YEAR, CUTOFF = 2020, date(2026, 6, 30)  # a year in which the demo has no round; its records are of this day
NOTE = """A round over all cells of the city, its first computation from the records, a second one that finds nothing
new, and its end, each as the worker or the page does it. *Seconds* are by the clock, *processor* is this process and
its server process alone. Computing is given to the worker from {at_once} members on; the other acts are of the page."""


def bench_screening_round(world):
    assert not settings.DEBUG
    root, by = Organisation.objects.get(path=_root_path()), User.objects.get(username="canbo")
    members = Member.objects.standing().below(root).count()
    rows, one = [], None

    def timed(name, call):
        began, processor = time.perf_counter(), processor_seconds()
        found = call()
        rows.append((name, time.perf_counter() - began, processor_seconds() - processor))
        print(f"{world.scale}, {members} members, {name}: {rows[-1][1]:.2f} s, processor {rows[-1][2]:.2f} s")
        return found

    entry = RoundEntry(YEAR, CUTOFF)
    one = timed("open", lambda: actions.open_round(entry, organisation=root, by=by))
    first = timed("compute, first", lambda: actions.compute_round(one, today=CUTOFF, by=by))
    again = timed("compute, again", lambda: actions.compute_round(one, today=CUTOFF, by=by))
    timed("close", lambda: actions.close_round(one, by=by))
    assert ScreeningFlag.objects.standing().filter(round=one).count() == first.added > 0
    assert (again.added, again.changed, again.withdrawn) == (0, 0, 0)
    slow = {name for name, seconds, _ in rows if seconds > SHORT}
    assert members > AT_ONCE or not any(name.startswith("compute") for name in slow)
    assert not slow & {"open", "close"}
    if world.scale == "city":
        _write(members, first.added, rows)


def _root_path():
    """The root of the tree of the demo."""
    return Organisation.objects.open().order_by("path").values_list("path", flat=True).first()


def _write(members, flags, rows):
    lines = ["| Act | seconds | processor |", "|---|---:|---:|"]
    lines += [f"| {name} | {seconds:.2f} | {processor:.2f} |" for name, seconds, processor in rows]
    note = NOTE.format(at_once=f"{AT_ONCE:,}")
    body = f"{versions()}\n\n{note}\n\n{members:,} members, {flags:,} flags.\n\n" + "\n".join(lines)
    write_section("screening", "A round of screening of a city", body)
