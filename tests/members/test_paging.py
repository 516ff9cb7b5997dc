"""Pages of long lists: cut from the nearer end, and kept until somebody does something."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cells.audit import record
from members.models import Member
from members.paging import _cut, kept_page
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside_of_transactions(monkeypatch):
    """Tests run within a transaction, in which nothing is kept; the reads believe otherwise."""
    monkeypatch.setattr("cells.unchanged.connection", SimpleNamespace(in_atomic_block=False))


@pytest.fixture
def people(tree):
    return [MemberFactory(home=tree.here, full_name=f"Người {number:02}") for number in range(7)]


def _ids():
    return Member.objects.order_by("sort_key", "id").values_list("pk", flat=True)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    ("asked", "number", "places"),
    [("1", 1, [0, 1, 2]), ("2", 2, [3, 4, 5]), ("3", 3, [6]), ("last", 3, [6]), ("99", 3, [6]), ("x", 1, [0, 1, 2]),
     ("0", 1, [0, 1, 2]), (None, 1, [0, 1, 2])],
)  # fmt: skip
def test_every_page_has_its_people_in_order(people, asked, number, places, narrow):
    page = kept_page("people", _ids, asked, size=3, narrow=narrow)
    assert (page.number, page.paginator.count, page.paginator.num_pages) == (number, 7, 3)
    assert list(page.object_list) == [people[place].pk for place in places]


def test_a_page_of_the_second_half_is_read_from_the_end(people):
    with CaptureQueriesContext(connection) as queries:
        assert _cut(_ids(), 3, 3) == (7, 3, (people[6].pk,))
    assert "OFFSET" not in queries[-1]["sql"]


def test_nobody_is_one_empty_page(db):
    page = kept_page("nobody", _ids, "4", size=3, narrow=True)
    assert (page.number, page.paginator.count, list(page.object_list)) == (1, 0, [])


def test_a_list_is_cut_like_a_query(people):
    rows = [(1,), (2,), (3,), (4,)]
    assert list(kept_page("rows", lambda: rows, "2", size=3).object_list) == [(4,)]


@pytest.mark.usefixtures("outside_of_transactions")
def test_who_is_on_a_page_is_asked_once_until_the_next_act(people, system, tree):
    def page():
        return list(kept_page(("kept", tree.here.pk), _ids, "1", size=50).object_list)

    assert len(page()) == 7
    with CaptureQueriesContext(connection) as queries:
        assert len(page()) == 7
    assert len(queries) == 1
    added = MemberFactory(home=tree.here, full_name="Người mới")
    record("members.test", added, by=system)
    assert added.pk in page()


@pytest.mark.usefixtures("outside_of_transactions")
def test_what_one_may_see_is_not_shown_to_who_may_not(client, cast, people, tree):
    there = MemberFactory(home=tree.there, full_name="Người Thượng")
    for name, sees, misses in (("secretary", people[0], there), ("stranger", there, people[0])):
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        text = client.get("/members/").content.decode()
        assert sees.full_name in text
        assert misses.full_name not in text


@pytest.mark.usefixtures("outside_of_transactions")
def test_the_day_and_the_order_are_part_of_the_question(client, cast, people, tree):
    client.force_login(cast.secretary, "django.contrib.auth.backends.ModelBackend")
    first = client.get("/members/?sort=name").content.decode()
    last = client.get("/members/?sort=-name").content.decode()
    assert first.index("Người 00") < first.index("Người 06")
    assert last.index("Người 06") < last.index("Người 00")
    assert "Người 00" not in client.get(f"/members/?on={date(2020, 1, 1):%d/%m/%Y}").content.decode()
