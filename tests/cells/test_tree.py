"""The tree page, the page of an organisation, terms, and the field that finds organisations."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cells.actions.tree import OrganisationEntry, add_organisation, add_term
from cells.forms import find_organisations
from cells.models import LogEntry, Organisation, Term
from config.lib.workflow import NotAllowed
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

DAY = timedelta(days=1)


def lines_of(client, query=""):
    page = client.get(f"/cells/{query}")
    return [(line.depth, line.name, *[figure.number for figure in line.figures]) for line in page.context["lines"]]


def test_the_tree_with_its_counts_rolled_up(tree, cast, as_):
    MemberFactory.create_batch(3, home=tree.here)
    MemberFactory.create_batch(2, home=tree.there)
    assert lines_of(as_(cast.staff)) == [
        (0, "Đảng ủy Sao Mai", 5),
        (1, "Đảng bộ Phường Đông", 3),
        (2, "Chi bộ Khóm 1", 3),
        (2, "Chi bộ Khóm 2", 0),
        (1, "Đảng bộ Phường Tây", 2),
        (2, "Chi bộ Ấp Thượng", 2),
        (2, "Chi bộ Ấp Hạ", 0),
        (1, "Chi bộ cơ sở Trường Sao Mai", 0),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("secretary", [(0, "Chi bộ Khóm 1", 0)]),
        ("officer", [(0, "Đảng bộ Phường Đông", 0), (1, "Chi bộ Khóm 1", 0), (1, "Chi bộ Khóm 2", 0)]),
    ],
)
def test_everybody_sees_the_own_branch(tree, cast, as_, name, expected):
    MemberFactory(home=tree.there)
    assert lines_of(as_(getattr(cast, name))) == expected


def test_the_markup_is_balanced(tree, cast, as_):
    page = as_(cast.staff).get("/cells/").content.decode()
    tree_part = page[page.index('<ul class="tree">') :]
    assert tree_part.count("<li>") == tree_part.count("</li>") == 8
    assert tree_part.count("<details") == tree_part.count("</details>") == 3


def test_as_of_a_day_before_the_reform_the_tree_is_empty(cast, as_):
    page = as_(cast.staff).get("/cells/?on=30/06/2025")
    assert page.context["lines"] == []
    assert "Chưa có tổ chức nào vào ngày này" in page.content.decode()
    assert "Cây tổ chức đảng ngày 30/06/2025" in page.content.decode()


def test_a_day_that_is_none_is_told(cast, as_):
    page = as_(cast.staff).get("/cells/?on=31/02/2026").content.decode()
    assert "Không hiểu ngày đã gõ" in page


def test_a_large_tree_is_cut_and_opened_by_branch(tree, cast, as_, system, today, monkeypatch):
    monkeypatch.setattr("cells.reports.tree.SHOWN_AT_ONCE", 6)
    page = as_(cast.staff).get("/cells/")
    assert [line.name for line in page.context["lines"] if line.more] == ["Đảng bộ Phường Đông", "Đảng bộ Phường Tây"]
    assert f"?under={tree.east.pk}" in page.content.decode()
    assert lines_of(as_(cast.staff), f"?under={tree.east.pk}") == [
        (0, "Đảng bộ Phường Đông", 0),
        (1, "Chi bộ Khóm 1", 0),
        (1, "Chi bộ Khóm 2", 0),
    ]


def test_a_branch_out_of_scope_is_not_opened(tree, cast, as_):
    assert (0, "Đảng bộ Phường Tây", 0) not in lines_of(as_(cast.officer), f"?under={tree.west.pk}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ap thuong", ["Chi bộ Ấp Thượng"]),
        ("1 KHÓM", ["Chi bộ Khóm 1"]),
        ("phường", ["Đảng bộ Phường Đông", "Đảng bộ Phường Tây"]),
        ("không có", []),
    ],
)
def test_search_forgives(cast, as_, text, found):
    page = as_(cast.staff).get("/cells/", {"q": text})
    assert [organisation.name for organisation in page.context["page"]] == found
    assert list(as_(cast.stranger).get("/cells/", {"q": "khóm"}).context["page"]) == []


def test_the_page_of_an_organisation(tree, cast, as_):
    MemberFactory(home=tree.here)
    page = as_(cast.officer).get(reverse("cells:organisation", args=[tree.east.pk])).content.decode()
    for text in ("Đảng bộ cơ sở", "Chi bộ Khóm 1", "Chi bộ Khóm 2", "01/07/2025", "Xem 1 đảng viên", "Ghi nhiệm kỳ"):
        assert text in page, text
    assert reverse("cells:organisation", args=[tree.root.pk]) not in page  # the body above is out of scope
    figures_only = as_(cast.reader).get(reverse("cells:organisation", args=[tree.east.pk])).content.decode()
    assert "Xem 1 đảng viên" not in figures_only
    assert "Ghi nhiệm kỳ" not in figures_only


def test_a_term_is_added_and_logged(tree, cast, as_):
    url = reverse("cells:add_term", args=[tree.east.pk])
    form = {"name": "2025 – 2030", "started_on": "15/07/2025", "last_day": "14/07/2030"}
    assert as_(cast.officer).post(url, form).status_code == 302
    [term] = tree.east.terms.all()
    assert (term.name, term.started_on, term.ended_on) == ("2025 – 2030", date(2025, 7, 15), date(2030, 7, 15))
    assert LogEntry.objects.about(tree.east).first().action == "cells.add_term"
    assert "14/07/2030" in as_(cast.officer).get(reverse("cells:organisation", args=[tree.east.pk])).content.decode()
    again = as_(cast.officer).post(url, form | {"name": "lần nữa"}).content.decode()
    assert "Trùng thời gian với nhiệm kỳ 2025 – 2030 (từ 15/07/2025)" in again
    assert Term.objects.count() == 1


def test_a_new_term_ends_the_running_one(tree, cast):
    add_term(tree.east, name="một", started_on=date(2020, 7, 1), ended_on=None, by=cast.officer)
    add_term(tree.east, name="hai", started_on=date(2025, 7, 1), ended_on=None, by=cast.officer)
    assert list(tree.east.terms.order_by("started_on").values_list("name", "ended_on")) == [
        ("một", date(2025, 7, 1)),
        ("hai", None),
    ]
    with pytest.raises(NotAllowed, match="Trùng thời gian"):
        add_term(tree.east, name="ba", started_on=date(2024, 7, 1), ended_on=date(2025, 1, 1), by=cast.officer)


def test_a_refused_term_leaves_the_running_one_open(tree, cast):
    add_term(tree.east, name="một", started_on=date(2020, 7, 1), ended_on=date(2021, 7, 1), by=cast.officer)
    add_term(tree.east, name="hai", started_on=date(2022, 7, 1), ended_on=None, by=cast.officer)
    with pytest.raises(NotAllowed):
        add_term(tree.east, name="ba", started_on=date(2021, 1, 1), ended_on=None, by=cast.officer)
    assert tree.east.terms.get(name="hai").ended_on is None


def test_as_many_queries_for_many_organisations_as_for_few(tree, cast, as_, system, today):
    client = as_(cast.officer)
    urls = ["/cells/", "/cells/?q=chi", reverse("cells:organisation", args=[tree.east.pk])]
    few = [queries_of(client, url) for url in urls]
    for number in range(30):
        add_organisation(
            OrganisationEntry(f"Chi bộ Khóm {number + 10}", "cell", today - DAY), parent=tree.east, by=system
        )
    assert [queries_of(client, url) for url in urls] == few
    assert max(few) <= MOST


# --- the field that finds organisations


def options(client, text, permission="organisations.view"):
    page = client.get(reverse("cells:organisation_options"), {"organisation": text, "permission": permission})
    return page.content.decode()


def test_suggestions_stay_in_the_scope_of_the_permission(cast, as_):
    assert 'value="Chi bộ Khóm 1, Đảng bộ Phường Đông"' in options(as_(cast.officer), "khom")
    assert options(as_(cast.stranger), "khom").strip() == ""
    assert options(as_(cast.administrator), "khom").strip() == ""
    assert "Khóm 1" in options(as_(cast.administrator), "khom", "accounts.manage")
    assert options(as_(cast.secretary), "khom", "accounts.manage").strip() == ""


def test_suggestions_for_an_unknown_right_are_not_there(cast, as_):
    page = as_(cast.officer).get(reverse("cells:organisation_options"), {"permission": "everything"})
    assert page.status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chi bộ Khóm 1", ["Chi bộ Khóm 1"]),
        ("chi bo khom 1, dang bo phuong dong", ["Chi bộ Khóm 1"]),
        ("Chi bộ Khóm 1, Đảng bộ Phường Tây", []),
        ("khóm", ["Chi bộ Khóm 1", "Chi bộ Khóm 2"]),
        ("960001", ["Chi bộ mã số"]),
    ],
)
def test_an_organisation_is_found_by_name_label_or_code(tree, system, today, text, found):
    add_organisation(OrganisationEntry("Chi bộ mã số", "cell", today, code="960001"), parent=tree.west, by=system)
    assert [each.name for each in find_organisations(Organisation.objects.all(), text)] == found
