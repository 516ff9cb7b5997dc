"""Every page × every member of the cast, against the grid of `expected/access.txt`.

A line is `page method object` and one answer for each of the cast in the order of the head line. `object` names what
stands in the address (`tests/things.py`), "-" nothing. An answer is the status, or `login` for the way to the sign-in
page. Every page has a GET line; a page that refuses GET (405) or changes something has a POST line, sent empty.
"""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.queries import MOST
from tests.things import things

# A GET writes nothing but the session and the log of restricted reads.
WRITING = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|cells_logentry)')
GRID = Path(__file__).parent / "expected" / "access.txt"


def grid():
    """(names of the cast, {(page, method, object): answers})."""
    lines = [line.split() for line in GRID.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    head, rows = lines[0][3:], lines[1:]
    assert [row[:3] for row in rows if len(row) != len(head) + 3] == []
    assert len({tuple(row[:3]) for row in rows}) == len(rows), "a line stands twice"
    return head, {tuple(row[:3]): row[3:] for row in rows}


def pages(patterns=None, namespace=""):
    """(name, whether its address needs an object) of every page of the resolver."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from pages(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )


def area(page):
    return page.partition(":")[0] if ":" in page else "config"


def answer(client, method, address):
    """What one person gets; whatever the request changed is undone, signing out included."""
    cookies = client.cookies.copy()
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        response = getattr(client, method.lower())(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    if method == "GET" and any(WRITING.match(query["sql"]) for query in captured):
        return f"{response.status_code}-and-wrote"
    asked = sum(query["sql"].startswith("SELECT") for query in captured)
    if method == "GET" and asked > MOST and "html" in response.headers.get("Content-Type", ""):
        return f"{response.status_code}-after-{asked}-queries"
    if response.status_code == 302 and response.url.startswith(reverse("login")):
        return "login"
    return str(response.status_code)


def test_every_page_has_its_lines():
    _, rows = grid()
    read = {page for page, method, _ in rows if method == "GET"}
    written = {page for page, method, _ in rows if method == "POST"}
    refusing = {page for (page, method, _), answers in rows.items() if method == "GET" and "405" in answers}
    assert sorted(set(pages()) - read) == [], "pages without a GET line"
    assert sorted((read | written) - set(pages())) == [], "lines without a page"
    assert sorted(refusing - written) == [], "pages that refuse GET without a POST line"


@pytest.mark.parametrize("part", sorted({area(page) for page in pages()}))
def test_everybody_gets_what_the_grid_says(tree, cast, part):
    head, rows = grid()
    found = things(tree, cast)
    clients = {name: Client() for name in head}
    for name in head[1:]:
        clients[name].force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    wrong = []
    for (page, method, thing), expected in rows.items():
        if area(page) != part:
            continue
        address = reverse(page, kwargs=None if thing == "-" else found[thing])
        for name, wanted in zip(head, expected, strict=True):
            if (got := answer(clients[name], method, address)) != wanted:
                wrong.append(f"{page} {method} {thing}: {name} got {got}, not {wanted}")
    assert wrong == [], "\n".join(wrong)


def test_the_cast_is_whole(cast):
    head, _ = grid()
    assert head == ["anonymous", *vars(cast)]


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ('UPDATE "cells_job" SET "done" = 1', True),
        ('INSERT INTO "members_member" ("id") VALUES (1)', True),
        ('UPDATE "django_session" SET "expire_date" = 1', False),
        ('INSERT INTO "cells_logentry" ("at") VALUES (1)', False),
        ('SELECT "cells_job"."id" FROM "cells_job"', False),
    ],
)
def test_writing_is_recognised(statement, writes):
    assert bool(WRITING.match(statement)) is writes
