"""A database with the catalogue of the samples, and imports of them on their day."""

from datetime import date

import pytest

from cells.actions.catalogue import Root, import_catalogue
from cells.catalogue_files import read_catalogue
from members.actions.imports import FileToCheck, check_file, commit_batch
from tests.members.importing import samples

ON = date(2026, 10, 31)


@pytest.fixture
def catalogue(system):
    """The root of the catalogue of `expected.json`."""
    rows = read_catalogue(samples.content("expected.json"), "expected.json")
    return import_catalogue(rows, Root("Thành ủy Cà Mau", "96.001.000.000.000"), by=system).root


@pytest.fixture
def check(catalogue, system):
    """Check a sample, or other bytes, on the day of the samples: the batch in preview."""

    def look(name, content=None, **options):
        file = FileToCheck(content or samples.content(name), name, **{"on": ON, **options})
        return check_file(file, organisation=catalogue, by=system)

    return look


@pytest.fixture
def load(check, system):
    """Check and write a sample: the written batch."""

    def write(name, content=None, **options):
        return commit_batch(check(name, content, **options), by=system)

    return write
