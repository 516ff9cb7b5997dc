"""The import of 12,000 members against the stock configuration of django-import-export with the same columns.

Both sides check everything for a preview first and then write. The stock side is handed its rows in memory, so the
reading of its file is not even counted; ours begins with the bytes of the workbook.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass

import tablib

from cells.models import User
from members.actions.imports import FileToCheck, check_file, commit_batch
from members.models import Member
from members.resources import MemberResource
from tests.bench.conftest import empty_database
from tests.bench.free_list import ON, TABLE_HEADINGS, build_tree, moved, people, table, workbook
from tests.bench.measuring import Memory, processor_seconds, versions, write_section

ROWS, FEW = 12_000, 3_000
NOTE = """A free-form list of a committee (.xlsx, two-line head, a section for each base and cell), preview included.
*Stock* is the same `MemberResource` as django-import-export comes: a dry run, then the import, its rows handed over in
memory. *By processor time* compares this process and its server process alone, whatever else the machine does. *MB* is
the peak of resident memory above what the process held before."""
STEPS = ("first import", "again, nothing changed", "again, every row changed")


@dataclass(frozen=True)
class Run:
    """One import: seconds of the preview, of all, of processors; megabytes above what the process held before."""

    preview: float
    total: float
    processor: float
    memory: float


def bench_import(database):
    few = imports(import_file, workbook, FEW)
    ours = imports(import_file, workbook, ROWS)
    stock = imports(import_stock, table, ROWS)
    write(ours, few, stock)


def imports(run, form, count):
    """The three imports into an empty record, each as a `Run`."""
    empty_database()
    by = User.objects.system("bench")
    root = build_tree(by)
    rows = people(count)
    files = [form(rows), form(rows), form(moved(rows))]
    found = []
    for step, file in zip(STEPS, files, strict=True):
        found.append(run(file, root, by))
        print(f"{run.__name__} {count} {step}: {found[-1]}")
        assert Member.objects.count() == count
    assert Member.objects.filter(residence__endswith="khu mới").count() == count
    return found


def import_file(content, root, by):
    """What the page and the command do."""
    with _timed() as run:
        batch = check_file(FileToCheck(content, "danh-sach.xlsx"), organisation=root, by=by)
        run.previewed()
        commit_batch(batch, by=by)
    return run.result


def import_stock(rows, root, by):
    """What the pages of django-import-export do: a dry run for the preview, then the import."""
    with _timed() as run:
        for dry_run in (True, False):
            resource = MemberResource(root, as_of=ON, by=by)
            dataset = tablib.Dataset(*rows, headers=TABLE_HEADINGS)
            result = resource.import_data(dataset, dry_run=dry_run, raise_errors=True, use_transactions=True)
            assert not result.has_errors()
            assert not result.has_validation_errors()
            if dry_run:
                run.previewed()
    return run.result


class _Clock:
    def __init__(self):
        self.began, self.processor = time.perf_counter(), processor_seconds()
        self.preview = self.result = None

    def previewed(self):
        self.preview = time.perf_counter() - self.began


@contextmanager
def _timed():
    with Memory() as memory:
        clock = _Clock()
        yield clock
        total, processor = time.perf_counter() - clock.began, processor_seconds() - clock.processor
    clock.result = Run(clock.preview, total, processor, memory.peak)


def write(ours, few, stock):
    lines = [
        "| 12,000 rows | stock, s | ours, s | preview alone, s | times faster | by processor time | stock, MB "
        "| ours, MB | 3,000 rows, MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for step, slow, fast, short in zip(STEPS, stock, ours, few, strict=True):
        wall, processor = slow.total / fast.total, slow.processor / fast.processor
        lines.append(
            f"| {step} | {slow.total:.0f} | {fast.total:.1f} | {fast.preview:.1f} | **{wall:.1f}** "
            f"| **{processor:.1f}** | {slow.memory:.0f} | {fast.memory:.0f} | {short.memory:.0f} |"
        )
    print("\n".join(lines))
    write_section("imports", "Import of 12,000 members", f"{versions()} {NOTE}\n\n" + "\n".join(lines))
