"""Figures that are kept until somebody does something."""

from datetime import date
from types import SimpleNamespace

import pytest

from cells.audit import record
from cells.unchanged import KEPT, kept_until_next_act, one_look_a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return []


@pytest.fixture(autouse=True)
def between(monkeypatch):
    """Tests run within a transaction; `between.in_atomic_block` says whether the reads believe so."""
    connection = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("cells.unchanged.connection", connection)
    return connection


@pytest.fixture
def read(asked):
    @kept_until_next_act
    def collect(organisation, **params):
        asked.append(params)
        return f"{organisation.pk} {params}"

    return collect


def test_the_same_question_is_worked_out_once(tree, read, asked):
    assert read(tree.here, year=2025) == read(tree.here, year=2025)
    assert read(tree.here, year=2024) != read(tree.there, year=2024)
    assert asked == [{"year": 2025}, {"year": 2024}, {"year": 2024}]


def test_an_act_makes_it_ask_again(tree, system, read, asked):
    read(tree.here, on=date(2025, 12, 31))
    record("cells.test", tree.there, by=system)
    read(tree.here, on=date(2025, 12, 31))
    assert len(asked) == 2


def test_the_next_day_asks_again(tree, read, asked, monkeypatch):
    read(tree.here)
    monkeypatch.setattr("cells.unchanged.timezone.localdate", lambda: date(2031, 1, 1))
    read(tree.here)
    assert len(asked) == 2


def test_what_a_transaction_may_take_back_is_not_kept(tree, read, asked, between):
    between.in_atomic_block = True
    read(tree.here)
    read(tree.here)
    between.in_atomic_block = False
    read(tree.here)
    read(tree.here)
    assert len(asked) == 3


def test_only_so_many_answers_are_kept(tree, read, asked):
    for year in range(KEPT + 1):
        read(tree.here, year=year)
    read(tree.here, year=KEPT)
    assert len(asked) == KEPT + 1
    read(tree.here, year=0)
    assert len(asked) == KEPT + 2


def test_a_page_looks_once_and_the_next_one_again(tree, system, read, asked, django_assert_num_queries):
    def page(request):
        with django_assert_num_queries(1 if request.method == "GET" else 3):
            read(tree.here)
            read(tree.there)
            read(tree.here, year=2025)
        return asked[-1]

    answer = one_look_a_page(page)
    answer(SimpleNamespace(method="GET"))
    assert len(asked) == 3
    record("cells.test", tree.there, by=system)
    answer(SimpleNamespace(method="GET"))
    assert len(asked) == 6, "the act between two pages is noticed"
    answer(SimpleNamespace(method="POST"))
    assert len(asked) == 6
