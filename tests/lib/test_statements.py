"""Reads whose statement is put together once."""

import pytest

from cells.models import Organisation
from config.lib.statements import kept_statement

pytestmark = pytest.mark.django_db


def test_rows_are_as_they_are_now_though_the_statement_is_kept(tree):
    built = []

    @kept_statement
    def named(name):
        built.append(name)
        return Organisation.objects.filter(name=name).select_related("parent").order_by("pk")

    assert named("Mới") == []
    Organisation.objects.filter(pk=tree.here.pk).update(name="Mới")
    assert named("Mới") == [tree.here]
    assert named("Mới")[0].parent == tree.here.parent
    assert named("Khác") == []
    assert built == ["Mới", "Khác"]


def test_a_condition_that_nothing_meets_asks_nothing(tree, django_assert_num_queries):
    nothing = kept_statement(lambda name: Organisation.objects.filter(pk__in=[], name=name))
    with django_assert_num_queries(0):
        assert nothing("a") == nothing("a") == []


def test_values_and_limits_are_kept_too(tree):
    first = kept_statement(lambda number: Organisation.objects.order_by("pk").values_list("pk", flat=True)[:number])
    assert len(first(2)) == 2
    assert first(3)[:2] == first(2)
