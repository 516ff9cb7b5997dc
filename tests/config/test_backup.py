"""Backup and restore, as the commands of a real installation, on the kind of database that the tests run on."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from config.backups import read_manifest
from config.databases import BackupError
from tests import house

SEED = """
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from datetime import date
by = User.objects.system("tests")
add_organisation(OrganisationEntry("Đảng ủy Sao Mai", "commune", date(2025, 7, 1)), parent=None, by=by)
"""
COUNT = """
from cells.models import LogEntry, Organisation, RuleSet, User
print(Organisation.objects.get().name, LogEntry.objects.count(), User.objects.count(), RuleSet.objects.count())
"""


def manage(place, *arguments, fails=False):
    """Run manage.py for the installation at `place`; its output, or its complaint."""
    environment = {**os.environ, "DATABASE_URL": place.url, "VAR_DIR": str(place.var), "SECRET_KEY": "x"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=house.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) is fails, done.stderr
    return done.stderr if fails else done.stdout


@pytest.fixture(scope="module")
def install(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make an installation with an empty database; databases of PostgreSQL are dropped at the end."""
    made = []

    def make(name):
        var = tmp_path_factory.mktemp(name)
        if connection.vendor == "sqlite":
            return SimpleNamespace(var=var, url=f"sqlite:///{var}/db.sqlite3")
        database = f"backup_{os.getpid()}_{len(made)}"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
        made.append(database)
        return SimpleNamespace(
            var=var, url=urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=path(database)))
        )

    yield make
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for database in made:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def path(database):
    return f"{urlsplit(os.environ['DATABASE_URL']).path.rpartition('/')[0]}/{database}"


@pytest.fixture(scope="module")
def office(install):
    """An installation with some rows, one private file, and a backup of both."""
    place = install("office")
    manage(place, "migrate", "-v0")
    manage(place, "shell", "-v0", "-c", SEED)
    (place.var / "files" / "2026").mkdir(parents=True)
    (place.var / "files" / "2026" / "đơn.pdf").write_bytes(b"%PDF-1.7 x")
    place.backup = place.var / "backups" / "hôm nay"
    place.said = manage(place, "backup", place.backup)
    return place


@pytest.fixture
def copy(office, tmp_path):
    """The backup, to be damaged."""
    return shutil.copytree(office.backup, tmp_path / "copy")


def test_a_backup_is_tried_and_says_so(office):
    assert "Đã phục hồi thử và khớp bản kê." in office.said
    manifest = json.loads((office.backup / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"]["cells_organisation"] == 1
    assert manifest["vendor"] == connection.vendor
    assert "cells.0001_initial" in manifest["migrations"]
    assert manifest["rule_sets"].keys() >= {"cap qd366_2025 1"}
    assert set(manifest["digests"]) == {
        "files/2026/đơn.pdf",
        {"sqlite": "database.sqlite3", "postgresql": "database.dump"}[connection.vendor],
    }
    assert not list(office.backup.rglob("*secret*"))


def test_a_backup_comes_back_whole_into_an_empty_place(office, install):
    elsewhere = install("elsewhere")
    assert "khớp bản kê" in manage(elsewhere, "restore", office.backup)
    assert (elsewhere.var / "files" / "2026" / "đơn.pdf").read_bytes() == b"%PDF-1.7 x"
    counts = manage(elsewhere, "shell", "-v0", "-c", COUNT)
    assert counts == manage(office, "shell", "-v0", "-c", COUNT)
    assert counts.startswith("Đảng ủy Sao Mai 1 1 ")
    manage(elsewhere, "migrate", "--check", "-v0")
    refused = manage(
        elsewhere,
        "shell",
        "-v0",
        "-c",
        "from cells.models import LogEntry as L; L.objects.update(action='x')",
        fails=True,
    )
    assert "append-only" in refused  # the triggers came along


def test_nothing_is_overwritten_without_being_told(office, install):
    before = manage(office, "shell", "-v0", "-c", COUNT)
    assert "đang có dữ liệu" in manage(office, "restore", office.backup, fails=True)
    assert "đã có" in manage(office, "backup", office.backup, fails=True)
    assert manage(office, "shell", "-v0", "-c", COUNT) == before


@pytest.mark.long
def test_force_keeps_what_was_there(office, install):
    other = install("other")
    manage(other, "restore", office.backup)
    manage(other, "shell", "-v0", "-c", "from cells.models import User; User.objects.system('mới')")
    manage(other, "restore", office.backup, "--force")
    assert manage(other, "shell", "-v0", "-c", COUNT) == manage(office, "shell", "-v0", "-c", COUNT)
    kept = {"sqlite": "*.before-restore-*", "postgresql": "backups/before-restore-*.dump"}[connection.vendor]
    assert list(other.var.glob(kept))
    assert list(other.var.glob("files.before-restore-*/2026/*.pdf"))
    manage(other, "backup", other.var / "again")  # what was restored can be backed up


@pytest.mark.long
def test_check_touches_nothing(office, install):
    place = install("untouched")
    assert "Phục hồi thử được" in manage(place, "restore", office.backup, "--check")
    assert [each.name for each in place.var.iterdir()] == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda copy: (copy / "files/2026/đơn.pdf").write_bytes(b"other"), "files/2026/đơn.pdf đã bị đổi"),
        (lambda copy: (copy / "files/2026/đơn.pdf").unlink(), "thiếu files/2026/đơn.pdf"),
        (lambda copy: (copy / "files/x").write_bytes(b""), "thừa files/x"),
        (lambda copy: (copy / "manifest.json").unlink(), "không phải là một bản sao lưu"),
        (lambda copy: (copy / "manifest.json").write_text("{"), "Không đọc được manifest.json"),
        (lambda copy: rewrite(copy, format=2), "chỉ đọc dạng 1"),
        (lambda copy: rewrite(copy, vendor="oracle"), "Bản sao lưu của oracle"),
    ],
)
def test_a_damaged_backup_is_refused_in_words(copy, damage, words):
    damage(copy)
    with pytest.raises(BackupError, match=re.escape(words)):
        read_manifest(copy)


@pytest.mark.long
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"migrations": ["cells.9999_later"]}, "từ phiên bản mới hơn (có cells.9999_later)"),
        ({"tables": {"cells_user": 7}}, "khác với bản kê ở: tables"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_in_words(office, copy, changes, words):
    rewrite(copy, **changes)
    assert words in manage(office, "restore", copy, "--check", fails=True)


def rewrite(copy, **changes):
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


@pytest.mark.long
def test_a_copy_taken_while_somebody_writes_is_of_one_moment(office):
    with writing(office):
        manage(office, "backup", office.var / "meanwhile")
    assert read_manifest(office.var / "meanwhile").tables == read_manifest(office.backup).tables


@contextmanager
def writing(place):
    """An open transaction that has written a row and will not keep it."""
    if connection.vendor == "sqlite":
        database = sqlite3.connect(place.var / "db.sqlite3", isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
    else:
        where = connection.settings_dict
        given = {
            "host": where["HOST"],
            "port": where["PORT"] or None,
            "user": where["USER"],
            "password": where["PASSWORD"],
        }
        database = psycopg.connect(dbname=urlsplit(place.url).path.rpartition("/")[2], **given)
    with closing(database):
        database.execute("INSERT INTO django_content_type (app_label, model) VALUES ('x', 'x')")
        yield
        database.rollback()
