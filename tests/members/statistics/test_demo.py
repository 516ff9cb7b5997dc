"""Forms foot in every cell and at every level of the demo, across the reform of 1/7/2025."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import Count

from cells.models import Organisation
from cells.tree_history import read_history
from config.demo.planner import analyse
from members.models import Membership
from members.statistics.books import read_books
from members.statistics.form_1 import form_1
from members.statistics.form_3 import form_3
from members.statistics.form_5 import form_5
from members.statistics.ledger import every_body
from members.statistics.rules import Span, year_span
from members.statistics.settings import rules_of

ON = date(2026, 11, 23)
PERIODS = [
    year_span(2024),
    year_span(2025),
    Span(date(2025, 1, 1), date(2025, 7, 1)),
    Span(date(2025, 7, 1), date(2026, 1, 1)),
    Span(date(2026, 1, 1), date(2026, 11, 24)),
]


def load(scale):
    call_command("demo_data", scale=scale, on=ON, verbosity=0)
    analyse()
    return Organisation.objects.get(parent=None)


def assert_everything_foots(root):
    history = read_history()
    rules = rules_of(root.pk, history, ON)
    books = read_books(history, rules, PERIODS, every_body)
    for span in PERIODS:
        ledger = books.ledgers[span]
        off = {key for key in ledger.rows if books.account(span, key) and books.account(span, key).difference}
        assert (off, {key: words for key, words in ledger.causes.items() if words}) == (set(), {})
        rows = Membership.objects.official().on(span.last_day).order_by().values_list("organisation_id")
        for cell, number in rows.annotate(Count("pk")):
            assert books.account(span, (0, cell)).closing >= number
    return history


def assert_pages_foot(bodies):
    for body in bodies:
        for collect in (form_1, form_3, form_5):
            statement = collect(body, since=date(2026, 1, 1), until=date(2026, 11, 24))
            assert [check for check in statement.checks if check.status == "error"] == [], (body, statement.form)


@pytest.mark.django_db
def test_a_commune_foots_in_every_cell_and_at_every_level(db):
    root = load("commune")
    assert_everything_foots(root)
    some = [root, *Organisation.objects.filter(kind="commune"), *Organisation.objects.filter(kind="base_party")[:2]]
    assert_pages_foot([*some, *Organisation.objects.filter(is_cell=True)[:3]])


@pytest.mark.django_db
@pytest.mark.long
def test_the_city_foots_in_every_cell_and_at_every_level(db):
    root = load("city")
    assert_everything_foots(root)
    assert_pages_foot(Organisation.objects.exclude(kind="district").filter(is_cell=False))
