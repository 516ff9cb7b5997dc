"""What a measurement is – server time of warm requests, queries, compressed size – and its Markdown table."""

import ctypes
import gc
import gzip
import os
import platform
import re
import resource
import statistics
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
REPEATS = 30
WARM_UPS = 3
HEAD = """# Benchmarks

Written by `make bench` (`SCALE=commune`, `city`, `province`, `imports`, `deadline` or `screening`; all without it), on
a private PostgreSQL that the command starts and removes: durability off, 256 MB of shared buffers. *Median* and *p95*
are of warm requests in the process (`Client.get` with all middleware, DEBUG off, no network, no gunicorn), as many as
the last column says, by the clock. *Processor* is what one of them costs this process and its server process together:
what the clock shows on a machine that does nothing else. *Queries* are those of one request, sign-in included. *Size*
is what goes over the wire, compressed. Hosts differ and are noisy: trust ratios above 1.5. Each table says how long a
million additions took in Python when it was written: about 50 ms are usual, and on a host where it is more, everything
takes longer.
"""


@dataclass(frozen=True)
class Measurement:
    """One line of a table; times in milliseconds, size in kilobytes; `processor` is a mean."""

    name: str
    median: float
    p95: float
    processor: float
    queries: int
    size: float
    repeats: int

    @property
    def line(self):
        return (
            f"| {self.name} | {_number(self.processor)} | {_number(self.median)} | {_number(self.p95)} "
            f"| {self.queries} | {_number(self.size)} | {self.repeats} |"
        )


def measure(name, call, *, repeats=REPEATS):
    """Call until warm, then `repeats` times; `call` returns the bytes that were sent."""
    for _ in range(min(WARM_UPS, repeats)):
        sent = call()
    times, busy = [], processor_seconds()
    for _ in range(repeats):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    busy = 1000 * (processor_seconds() - busy) / repeats
    with CaptureQueriesContext(connection) as queries:
        call()
    size = len(gzip.compress(sent)) / 1000
    found = Measurement(name, statistics.median(times), percentile(times, 95), busy, len(queries), size, repeats)
    print(found.line)
    return found


class Memory:
    """Peak of resident memory within a block, in megabytes above what was held when it began."""

    def __enter__(self):
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)  # what earlier blocks gave back is not there to be used again
        self.began = self.highest = _resident()
        self.finished = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.finished.set()
        self.thread.join()

    def _watch(self):
        while not self.finished.wait(0.02):
            self.highest = max(self.highest, _resident())

    @property
    def peak(self):
        return (self.highest - self.began) / 1e6


def _resident():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def processor_seconds():
    """Processor time of this process and of the server process that works for it; work beside does not count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values, share):
    """The smallest value below or at which `share` per cent of the values lie."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def page_table(measurements):
    head = (
        "| Page | processor, ms | median, ms | p95, ms | queries | size, kB | of |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    return "\n".join([head, *(each.line for each in measurements)])


def versions():
    """The day, the versions, the number and the speed of the processors of the run, in one line."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    return (
        f"{date.today():%d/%m/%Y}; Python {platform.python_version()}, Django {django.get_version()}, "
        f"PostgreSQL {server}, {os.cpu_count()} processors; a million additions: {_number(yardstick())} ms."
    )


def yardstick():
    """How fast the host is just now: milliseconds of processor time for a million additions, the best of five."""
    return 1000 * min(_additions() for _ in range(5))


def _additions():
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - began


def write_section(name, title, body):
    """Replace the section of that name in the document, or add it at the end; the other sections stay."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    sections = dict(re.findall(r"<!-- (\w+) -->\n(.*?)\n<!-- end -->", text, flags=re.DOTALL))
    sections[name] = f"## {title}\n\n{body}"
    blocks = [f"<!-- {each} -->\n{sections[each]}\n<!-- end -->" for each in ORDER if each in sections]
    DOCUMENT.write_text("\n\n".join([HEAD.rstrip(), *blocks]) + "\n", encoding="utf-8")


ORDER = ("commune", "city", "province", "imports", "deadline", "screening")


def _number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
