"""The search over everything: people and organisations in scope, and nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MemberFactory

URL = "/search/"


def found(response):
    assert response.status_code == 200
    return [member.full_name for member in response.context["people"]], [str(p) for p in response.context["places"]]


def test_empty_page_says_what_can_be_searched(as_, cast):
    page = as_(cast.officer).get(URL)
    assert found(page) == ([], [])
    assert "bốn số cuối" in page.content.decode()


def test_people_and_organisations_together(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="Trần Thị Khóm")
    assert found(as_(cast.officer).get(URL, {"q": "khom"})) == (["Trần Thị Khóm"], ["Chi bộ Khóm 1", "Chi bộ Khóm 2"])


def test_nothing_outside_the_scope(as_, cast, tree):
    MemberFactory(home=tree.there, full_name="Trần Thị Khóm", personal_id="096180501234")
    for asked in ("tran thi khom", "1234", "096180501234", "Ấp Thượng"):
        page = as_(cast.secretary).get(URL, {"q": asked})
        assert found(page) == ([], []), asked
        assert "Không tìm thấy" in page.content.decode()


def test_a_reader_finds_organisations_but_no_people(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="Trần Thị Khóm")
    assert found(as_(cast.reader).get(URL, {"q": "khom 1"})) == ([], ["Chi bộ Khóm 1"])


def test_an_administrator_finds_nothing(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="Trần Thị Khóm")
    assert found(as_(cast.administrator).get(URL, {"q": "khom"})) == ([], [])


def test_while_typing_only_the_results_are_sent(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="Trần Thị Khóm")
    html = as_(cast.officer).get(URL, {"q": "khom"}, headers={"HX-Request": "true"}).content.decode()
    assert "Trần Thị Khóm" in html
    assert "<html" not in html


@pytest.mark.parametrize("asked", ["\x00", "a" * 20_000, "%", "'; DROP TABLE members_member; --", "٠١٢٣"])
def test_junk_finds_nothing_and_breaks_nothing(as_, cast, tree, asked):
    MemberFactory(home=tree.here)
    assert found(as_(cast.officer).get(URL, {"q": asked})) == ([], [])


def test_names_are_escaped(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="<script>alert(1)</script>")
    html = as_(cast.officer).get(URL, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_same_number_of_queries_for_one_and_for_thirty(as_, cast, tree):
    client = as_(cast.staff)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, {"q": "nguyen van so"})
        return len(captured)

    MemberFactory(home=tree.here)
    one = count()
    for place in (tree.here, tree.there, tree.far) * 10:
        MemberFactory(home=place)
    assert count() == one <= 12
