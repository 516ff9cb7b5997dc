"""Lists of years running: who stands in them, who may read names, paper and workbook."""

from datetime import date

import pytest
from django.urls import reverse

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from config.lib.sheets import read_workbook
from evaluations.printing import RUN_LISTS
from evaluations.runs import read_run_list
from members.models import AnnualGrade
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
FIVE = range(2021, 2026)
REASON = (
    "Hoàn thành xuất sắc nhiệm vụ 5 năm liền: 2021, 2022, 2023, 2024, 2025 (điểm 19.2 Hướng dẫn 06-HD/TW năm 2025)."
)


def rated(home, name, levels, **fields):
    """A member with results by year; an empty level is a year not rated."""
    member = MemberFactory(home=home, full_name=name, **fields)
    AnnualGrade.objects.bulk_create(
        AnnualGrade(
            member=member, year=year, scale="nhiem_vu" if year > 2017 else "tu_cach", level=level, organisation=home,
            not_rated_reason="" if level else "ill",
        )
        for year, level in levels.items()
    )  # fmt: skip
    return member


def best(years=FIVE, **changes):
    return dict.fromkeys(years, "HTXSNV") | {int(year[1:]): level for year, level in changes.items()}


@pytest.fixture
def people(tree):
    rated(tree.here, "Lê Thị Đông", best())
    rated(tree.next_door, "Lê Văn Kề", best(range(2019, 2026)))
    rated(tree.here, "Lê Văn Ốm", best(range(2018, 2026), y2023=""))
    rated(tree.here, "Lê Văn Tốt", best(y2022="HTTNV"))
    rated(tree.there, "Trần Văn Tây", best())
    rated(tree.here, "Phạm Văn Yếu", {2024: "KHTNV", 2025: "KHTNV"})
    rated(tree.here, "Phạm Văn Một", {2024: "HTNV", 2025: "KHTNV"})
    gone = rated(tree.here, "Phạm Văn Mất", {2024: "KHTNV", 2025: "KHTNV"})
    gone.memberships.update(ended_on=date(2025, 12, 30), end_reason="died")


def names(name, body, year=2025):
    return [person.name for person in read_run_list(name, body, year=year).people]


def page_of(client, name, body, year=2025, **query):
    return client.get(reverse("evaluations:run", args=[name]), {"organisation": body.pk, "year": year, **query})


def test_who_was_excellent_five_years_running_in_the_body(tree, people):
    assert names("excellent", tree.root) == ["Lê Thị Đông", "Lê Văn Kề", "Trần Văn Tây"]
    assert names("excellent", tree.east) == ["Lê Thị Đông", "Lê Văn Kề"]
    assert names("excellent", tree.here) == ["Lê Thị Đông"]
    assert names("excellent", tree.root, 2026) == []
    [person] = read_run_list("excellent", tree.here, year=2025).people
    assert person.values == ("Lê Thị Đông", "05/03/1980", "Chi bộ Khóm 1", "Đảng bộ Phường Đông", REASON, "")
    assert read_run_list("excellent", tree.root, year=2025).units == (
        ("Đảng bộ Phường Đông", 2), ("Đảng bộ Phường Tây", 1),
    )  # fmt: skip


def test_results_that_were_voided_do_not_count(tree, people):
    AnnualGrade.objects.filter(member__full_name="Lê Thị Đông", year=2022).update(voided_at="2026-01-05T00:00+07:00")
    assert names("excellent", tree.here) == []


def test_who_did_not_fulfil_two_years_running_but_for_those_who_are_gone(tree, people):
    assert names("failed", tree.root) == ["Phạm Văn Yếu"]
    listing = read_run_list("failed", tree.here, year=2025)
    assert listing.title == (
        "Danh sách đảng viên không hoàn thành nhiệm vụ 2 năm liền, Chi bộ Khóm 1, tính đến năm 2025"
    )
    assert "vi phạm tư cách" not in listing.rows[0][4]


def test_a_committee_that_passes_over_years_not_rated(tree, cast, people):
    rule_set = RuleSet.objects.for_season("procedure", 2025)
    choice = Choice(tree.east, "unrated_year_effect", "skipped", "nghị quyết", "12-NQ/ĐU", date(2025, 7, 1))
    add_override(rule_set, choice, by=cast.staff)
    assert names("excellent", tree.east) == ["Lê Thị Đông", "Lê Văn Kề", "Lê Văn Ốm"]
    reason = read_run_list("excellent", tree.here, year=2025).people[1].run.reason
    assert reason.endswith("Không tính năm 2023 không xếp loại: ốm đau (theo lựa chọn của cấp ủy).")
    assert names("excellent", tree.root) == ["Lê Thị Đông", "Lê Văn Kề", "Trần Văn Tây"]


def test_a_year_whose_rules_name_no_number_has_no_list(tree, cast, as_, people):
    listing = read_run_list("excellent", tree.root, year=2024)
    assert (listing.rule, listing.rows) == (None, ())
    page = page_of(as_(cast.staff), "excellent", tree.root, 2024).content.decode()
    assert "Bộ quy tắc của năm 2024 không nêu số năm liền" in page
    assert "Lê Văn Kề" not in page


def test_the_page_says_names_reasons_and_rule_and_leads_to_the_person(tree, cast, as_, people):
    page = page_of(as_(cast.officer), "excellent", tree.east).content.decode()
    assert "Hoàn thành xuất sắc nhiệm vụ 5 năm liền · Đảng bộ Phường Đông" in page
    assert "2 đảng viên tính đến năm 2025" in page
    assert REASON in page
    assert "Năm không xếp loại hoặc chưa có kết quả làm chuỗi bị ngắt (mặc định của phần mềm" in page
    member = AnnualGrade.objects.filter(member__full_name="Lê Thị Đông").first().member_id
    assert reverse("members:member", args=[member]) in page
    assert "Trần Văn Tây" not in page


def test_whoever_has_moved_away_is_named_without_a_way_to_the_page(tree, cast, as_):
    member = rated(tree.here, "Lê Thị Đi", best())
    member.home = tree.there
    member.save()
    page = page_of(as_(cast.officer), "excellent", tree.east).content.decode()
    assert "Lê Thị Đi" in page
    assert str(member.pk) not in page


def test_a_reader_sees_figures_and_no_names(tree, cast, as_, people):
    client = as_(cast.reader)
    page = page_of(client, "failed", tree.root).content.decode()
    assert "1 đảng viên tính đến năm 2025" in page
    assert "Đảng bộ Phường Đông</th><td" in page
    assert "Phạm Văn" not in page
    for verb in ("print_run", "export_run"):
        assert client.get(reverse(f"evaluations:{verb}", args=[tree.root.pk, 2025, "failed"])).status_code == 403


def test_a_stranger_learns_nothing_of_another_body(tree, cast, as_, people):
    client = as_(cast.stranger)
    page = page_of(client, "excellent", tree.here).content.decode()
    assert "Không có tổ chức nào như vậy trong phạm vi của đồng chí" in page
    assert "Lê Thị Đông" not in page
    assert "Khóm 1" not in page
    for verb in ("print_run", "export_run"):
        assert client.get(reverse(f"evaluations:{verb}", args=[tree.here.pk, 2025, "excellent"])).status_code == 404
    assert "Trần Văn Tây" in client.get(reverse("evaluations:run", args=["excellent"])).content.decode()


@pytest.mark.parametrize("year", ["", "x", "0", "1999", "99999", "2101"])
def test_a_year_that_is_none_is_asked_again(tree, cast, as_, year):
    page = page_of(as_(cast.staff), "excellent", tree.root, year)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"year"}


def test_what_does_not_exist_is_not_found(tree, cast, as_):
    client = as_(cast.staff)
    assert client.get(reverse("evaluations:run", args=["x"])).status_code == 404
    for args in ([tree.root.pk, 2025, "x"], [tree.root.pk, 2010, "excellent"], [0, 2025, "excellent"]):
        assert client.get(reverse("evaluations:export_run", args=args)).status_code == 404


def test_paper_and_workbook(tree, cast, as_, people):
    client = as_(cast.officer)
    paper = client.get(reverse("evaluations:print_run", args=[tree.east.pk, 2025, "excellent"]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    book = client.get(reverse("evaluations:export_run", args=[tree.east.pk, 2025, "excellent"]))
    rows = read_workbook(book.content, "a.xlsx").sheets[0].rows
    assert rows[0] == ["TT", "Họ và tên", "Sinh", "Chi bộ", "Tổ chức đảng cấp trên", "Căn cứ", "Tình trạng"]
    assert [row[:2] for row in rows[1:]] == [[1, "Lê Thị Đông"], [2, "Lê Văn Kề"]]
    source = RUN_LISTS["excellent"]
    listing = source.collect(tree.east, year=2025)
    assert (source.type.label, source.abstract(listing)) == (
        "Danh sách", "đảng viên hoàn thành xuất sắc nhiệm vụ 5 năm liền tính đến năm 2025",
    )  # fmt: skip
    assert source.name == "years_running_excellent"


def test_pages_by_fifty_and_as_many_queries_for_thirty_as_for_one(tree, cast, as_, monkeypatch):
    client, url = as_(cast.staff), reverse("evaluations:run", args=["excellent"])
    query = f"{url}?organisation={tree.root.pk}&year=2025"
    rated(tree.here, "Lê Văn Một", best())
    one = queries_of(client, query)
    for number in range(29):
        rated(tree.there if number % 2 else tree.here, f"Trần Văn {number}", best())
    assert queries_of(client, query) == one <= MOST
    assert len(client.get(query).context["rows"]) == 30
    monkeypatch.setattr("evaluations.views.runs.PAGE", 20)
    second = client.get(f"{query}&page=2")
    assert len(second.context["rows"]) == 10
    assert "Trang 2 / 2" in second.content.decode()
    assert f"organisation={tree.root.pk}&amp;year=2025&amp;page=1" in second.content.decode()
