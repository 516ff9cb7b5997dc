"""One database a scale, built by the product's own commands; the client of each demo account."""

import os
import time
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cells.models import User
from config.demo.scale import SCALES

ASKED = os.environ.get("SCALE")
CHOSEN = [ASKED] if ASKED in SCALES else ["city"] if ASKED == "screening" else list(SCALES)
OTHERS = {"imports": "bench_import.py", "deadline": "bench_deadline.py", "screening": "bench_screening_round.py"}
FILES = {OTHERS.get(ASKED, "bench_pages.py")} if ASKED else {"bench_pages.py", *OTHERS.values()}


def pytest_ignore_collect(collection_path):
    """SCALE chooses: one size of the demo, the imports, the deadline, or a round of screening."""
    return True if collection_path.name.startswith("bench_") and collection_path.name not in FILES else None


@pytest.fixture(scope="session")
def database(django_db_setup, django_db_blocker):
    """PostgreSQL outside of any test transaction: what is measured is committed data."""
    with django_db_blocker.unblock():
        assert connection.vendor == "postgresql", "run `make bench`"
        yield connection
        connection.close()


@pytest.fixture(scope="session", params=CHOSEN)
def world(request, database):
    """The demo of one scale, freshly loaded and analysed, and how many seconds that took."""
    empty_database()
    began = time.perf_counter()
    call_command("demo_data", scale=request.param, verbosity=0)
    seconds = time.perf_counter() - began
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return SimpleNamespace(scale=request.param, seconds=seconds)


def empty_database():
    """A schema as after the first migration; the log refuses to be emptied row by row."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


@pytest.fixture
def sign_in(world):
    """The client of a demo account: `sign_in("canbo")`."""

    def client_of(username):
        client = Client()
        client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
