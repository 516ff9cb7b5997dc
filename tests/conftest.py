"""The standard tree and the cast.

Đảng ủy Sao Mai (commune, level 3)            staff, reader, inspector, inspection head, administrator
├── Đảng bộ Phường Đông (base_party)          officer
│   ├── Chi bộ Khóm 1   (cell "here")         secretary
│   └── Chi bộ Khóm 2
├── Đảng bộ Phường Tây (base_party)           other_officer
│   ├── Chi bộ Ấp Thượng (cell "there")       stranger
│   └── Chi bộ Ấp Hạ
└── Chi bộ cơ sở Trường Sao Mai (base_cell)
"""

import importlib
import os
import sqlite3
from contextlib import closing
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import LogEntry, RoleAssignment, User
from cells.permissions import Role
from config.lib.vietnamese import fold
from evaluations.season_rules import digests_of

FOUNDED = date(2025, 7, 1)
append_only = importlib.import_module("cells.migrations.0002_log_is_append_only")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Long tests first, the browser's last, where a worker that is done takes over; pytest-django sorts after it."""
    items.sort(key=lambda item: (item.get_closest_marker("e2e") is not None, item.get_closest_marker("long") is None))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Where a run has a migrated SQLite file (`MIGRATED_DATABASE`), a worker starts from a copy of it: migrating takes
    more than a minute. `migrate` runs on the copy all the same, and finds what is missing."""
    migrated = os.environ.get("MIGRATED_DATABASE")
    if migrated and connection.vendor == "sqlite":
        memory = f"file:memorydb_{connection.alias}?mode=memory&cache=shared"  # Django's name; lives while it is held
        with closing(sqlite3.connect(memory, uri=True)) as held:
            with closing(sqlite3.connect(migrated)) as source:
                source.backup(held)
            yield
    else:
        yield


@pytest.fixture(autouse=True)
def fresh_digests():
    """What one test loads and takes back, the next may load otherwise under the same id."""
    digests_of.cache_clear()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def system(db):
    return User.objects.system("tests")


@pytest.fixture
def tree(system):
    """The standard tree by short names."""

    def add(name, kind, parent=None):
        return add_organisation(OrganisationEntry(name, kind, FOUNDED), parent=parent, by=system)

    root = add("Đảng ủy Sao Mai", "commune")
    east = add("Đảng bộ Phường Đông", "base_party", root)
    west = add("Đảng bộ Phường Tây", "base_party", root)
    return SimpleNamespace(
        root=root,
        east=east,
        west=west,
        here=add("Chi bộ Khóm 1", "cell", east),
        next_door=add("Chi bộ Khóm 2", "cell", east),
        there=add("Chi bộ Ấp Thượng", "cell", west),
        far=add("Chi bộ Ấp Hạ", "cell", west),
        school=add("Chi bộ cơ sở Trường Sao Mai", "base_cell", root),
    )


@pytest.fixture
def cast(tree, system):
    """One account a role, with the organisation that each acts for; written at once, as most tests ask for it."""
    parts = {
        "secretary": (Role.CELL_SECRETARY, tree.here),
        "stranger": (Role.CELL_SECRETARY, tree.there),
        "officer": (Role.BASE_OFFICER, tree.east),
        "other_officer": (Role.BASE_OFFICER, tree.west),
        "staff": (Role.STAFF, tree.root),
        "inspector": (Role.INSPECTION_OFFICER, tree.root),
        "head": (Role.INSPECTION_HEAD, tree.root),
        "reader": (Role.READER, tree.root),
        "administrator": (Role.ADMINISTRATOR, tree.root),
    }
    users = [User(username=name, full_name=f"Người {name}", search_key=fold(f"{name} người {name}")) for name in parts]
    for user in users:
        user.set_password("mat-khau-thu-10")
    User.objects.bulk_create(users)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role, organisation=organisation, started_on=FOUNDED, recorded_by=system)
        for user, (role, organisation) in zip(users, parts.values(), strict=True)
    )
    return SimpleNamespace(**{user.username: user for user in users})


@pytest.fixture
def as_(client):
    """Sign in: `as_(user)` returns the client of that account."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def emptied_log(transactional_db):
    """The log empties at the end, so that the flush of the test finds nothing that refuses."""
    yield
    with connection.schema_editor() as editor:
        append_only.backwards(None, editor)
    LogEntry.objects.all()._raw_delete(LogEntry.objects.db)
    with connection.schema_editor() as editor:
        append_only.forwards(None, editor)
