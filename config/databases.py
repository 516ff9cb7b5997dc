"""How each of the two databases is copied consistently, loaded again, and counted."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

RULE_SETS = "SELECT topic || ' ' || code || ' ' || version, digest FROM cells_ruleset"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
ACCOUNTS = "cells_user"
PLAIN = ("--no-owner", "--no-acl")  # the restored rows belong to whoever restores them


class BackupError(Exception):
    """Why a backup or a restore cannot be done, in words for whoever runs the server."""


def adapter(connection):
    """The one that knows the database in use."""
    return {"sqlite": Sqlite, "postgresql": PostgreSql}[connection.vendor]()


def gather(query, names):
    """What the manifest says about a database: rows of each table, migrations, digests of rule sets."""
    return {
        "tables": {name: query(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(names)},
        "migrations": [row[0] for row in query(MIGRATIONS)],
        "rule_sets": dict(sorted(query(RULE_SETS))),
    }


class Sqlite:
    """One file; copied with VACUUM INTO, which sees one moment and disturbs nobody."""

    NAME = "database.sqlite3"

    def __init__(self):
        self.path = Path(connection.settings_dict["NAME"])

    def dump(self, folder):
        """Copy the database into the folder; the facts of the copy."""
        copy = folder / self.NAME
        with contextlib.closing(sqlite3.connect(self.path, timeout=60)) as database:
            database.execute("VACUUM INTO ?", [str(copy)])
        return self._facts_of(copy)

    def is_empty(self):
        """Whether there is no database yet, or one without a single account."""
        if not self.path.exists():
            return True
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return ACCOUNTS not in names or not database.execute("SELECT 1 FROM cells_user LIMIT 1").fetchone()

    def load(self, folder, *, keep_as):
        """Put the copy in place of the database; the server must be stopped. A file that was there stays beside it."""
        connection.close()
        fresh = self.path.with_name(f"{self.path.name}.restoring")
        shutil.copyfile(folder / self.NAME, fresh)
        fresh.chmod(0o600)
        for suffix in ("", "-wal", "-shm"):
            old = self.path.with_name(self.path.name + suffix)
            if old.exists():
                old.rename(old.with_name(f"{old.name}.{keep_as}"))
        fresh.rename(self.path)

    def facts(self):
        return self._facts_of(self.path)

    @contextlib.contextmanager
    def temporary(self, folder):
        """The facts of the copy, restored to a temporary file."""
        with tempfile.TemporaryDirectory(prefix="restore-check-") as place:
            copy = Path(place) / self.NAME
            shutil.copyfile(folder / self.NAME, copy)
            yield self._facts_of(copy)

    @staticmethod
    def _facts_of(path):
        with contextlib.closing(sqlite3.connect(path)) as database:
            if (verdict := database.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise BackupError(f"Tệp cơ sở dữ liệu bị hỏng: {verdict}")
            query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            names = [row[0] for row in database.execute(query)]
            return gather(lambda sql: database.execute(sql).fetchall(), names)


class PostgreSql:
    """pg_dump in its own format, of the same moment in which the rows are counted."""

    NAME = "database.dump"

    def dump(self, folder):
        """Dump the database into the folder; the facts of that very moment."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            _program("pg_dump", *PLAIN, "-Fc", "-f", folder / self.NAME, f"--snapshot={snapshot}")
            return self._facts_of(cursor)

    def is_empty(self):
        """Whether the database has no tables yet, or not a single account."""
        names = connection.introspection.table_names()
        if ACCOUNTS not in names:
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM cells_user LIMIT 1")
            return cursor.fetchone() is None

    def load(self, folder, *, keep_as):
        """Load the dump in one transaction; what was there is dumped first, to VAR_DIR/backups/`keep_as`.dump."""
        if connection.introspection.table_names():
            kept = Path(settings.VAR_DIR) / "backups" / f"{keep_as}.dump"
            kept.parent.mkdir(parents=True, exist_ok=True)
            _program("pg_dump", *PLAIN, "-Fc", "-f", kept)
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        connection.close()
        _program("pg_restore", *PLAIN, "--single-transaction", "-d", _name(), folder / self.NAME)

    def facts(self):
        with connection.cursor() as cursor:
            return self._facts_of(cursor)

    @contextlib.contextmanager
    def temporary(self, folder):
        """The facts of the dump, restored to a database that is dropped afterwards."""
        name = f"restore_check_{os.getpid()}"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            _program("pg_restore", *PLAIN, "--single-transaction", "-d", name, folder / self.NAME)
            other = connection.copy()
            other.settings_dict = {**connection.settings_dict, "NAME": name, "OPTIONS": {}}
            try:
                with other.cursor() as cursor:
                    facts = self._facts_of(cursor)
            finally:
                other.close()
            yield facts
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')

    @staticmethod
    def _facts_of(cursor):
        def query(sql):
            cursor.execute(sql)
            return cursor.fetchall()

        names = [row[0] for row in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return gather(query, names)


def _name():
    return connection.settings_dict["NAME"]


def _program(name, *arguments):
    """Run one of PostgreSQL's programs against the database in use."""
    if shutil.which(name) is None:
        raise BackupError(f"Máy này không có {name}. Cài gói postgresql-client cùng phiên bản với máy chủ.")
    wanted = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(wanted[key]) for variable, key in names.items() if wanted.get(key)}
    done = subprocess.run(
        [name, *map(str, arguments)], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{name} không chạy được: {done.stderr.strip()[:500]}")
