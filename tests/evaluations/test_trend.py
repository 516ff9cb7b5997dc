"""The trend over years: figures by scale, the boundary between two scales, picture and workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from evaluations.printing import RATINGS
from evaluations.trend import read_trend, tables
from tests.evaluations.test_runs import rated
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def graded(tree):
    """2016: two of the old scale; 2017 nothing; 2018 to 2020 the new one; one more of 2018 elsewhere."""
    rated(tree.here, "Lê Thị Đông", {2016: "DTC_XS", 2018: "HTXSNV", 2019: "HTTNV", 2020: "HTXSNV"})
    rated(tree.here, "Lê Văn Hai", {2016: "VPTC_KHT", 2018: "HTTNV", 2020: ""})
    rated(tree.next_door, "Lê Văn Ba", {2018: "HTTNV", 2020: "KHTNV"})
    rated(tree.there, "Trần Văn Tây", {2018: "KHTNV"})


def figures(trend):
    return [(part.scale.code, [(y.year, y.rated, y.levels, y.not_rated) for y in part.years]) for part in trend.parts]


def test_each_year_stands_in_its_own_scale_and_body(tree, graded):
    assert figures(read_trend(tree.east, until=2026)) == [
        ("tu_cach", [(2016, 2, {"DTC_XS": 1, "VPTC_KHT": 1}, 0)]),
        (
            "nhiem_vu",
            [
                (2018, 3, {"HTXSNV": 1, "HTTNV": 2}, 0),
                (2019, 1, {"HTTNV": 1}, 0),
                (2020, 2, {"HTXSNV": 1, "KHTNV": 1}, 1),
            ],
        ),
    ]
    assert read_trend(tree.east, until=2019).parts[1].years[-1].year == 2019
    assert read_trend(tree.far, until=2026).parts == ()


def test_shares_are_of_those_rated_and_a_year_without_results_is_a_dash(tree):
    rated(tree.here, "Lê Văn Hai", {2020: "HTXSNV", 2022: "HTTNV"})
    rated(tree.here, "Lê Văn Ba", {2020: "HTNV", 2022: ""})
    rated(tree.here, "Lê Văn Tư", {2020: "HTNV"})
    [table] = tables(read_trend(tree.here, until=2026))
    assert [[text for _, text, _ in cells] for _, cells in table.lines] == [
        ["2020", "3", "1", "33,33", "0", "0,00", "2", "66,67", "0", "0,00", "0"],
        ["2021", "–", "–", "–", "–", "–", "–", "–", "–", "–", "–"],
        ["2022", "1", "0", "0,00", "1", "100,00", "0", "0,00", "0", "0,00", "1"],
    ]
    assert table.name == "2020–2022"


def test_the_trend_of_a_year_is_what_its_report_counts(tree, graded):
    report = RATINGS.collect(tree.east, year=2018)
    year = read_trend(tree.east, until=2026).parts[1].years[0]
    assert (year.rated, year.levels) == (report.total.rated, report.total.levels)


def test_the_picture_draws_and_names_the_boundary(tree, cast, as_, graded):
    page = as_(cast.officer).get(reverse("evaluations:trend", args=[tree.east.pk])).content.decode()
    picture = page[page.index('<svg class="chart"') : page.index("</svg>", page.index('<svg class="chart"'))]
    order = ["Bốn mức tư cách đảng viên, năm 2016", ">2016<", "ĐTC-XS", 'stroke-dasharray="8 5"',
             "Từ năm 2018 xếp loại theo thang khác", "Bốn mức hoàn thành nhiệm vụ, năm 2018–2020", ">2018<", ">2020<",
             "HTXSNV"]  # fmt: skip
    places = [picture.index(words) for words in order]
    assert places == sorted(places)
    assert "Tỷ lệ % tính trên số đảng viên được xếp loại" in page


def test_one_scale_has_no_boundary(tree, cast, as_):
    rated(tree.here, "Lê Văn Hai", {2020: "HTXSNV"})
    page = as_(cast.secretary).get(reverse("evaluations:trend", args=[tree.here.pk])).content.decode()
    assert "stroke-dasharray" not in page
    assert "Bốn mức hoàn thành nhiệm vụ, năm 2020" in page


def test_the_workbook_has_a_sheet_for_each_scale(tree, cast, as_, graded):
    answer = as_(cast.officer).get(reverse("evaluations:export_trend", args=[tree.east.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["2016–2016", "2018–2020"]
    rows = [[cell.value for cell in row] for row in book["2018–2020"].iter_rows()]
    assert rows[0][:4] == ["Năm", "Đã xếp loại", "HTXSNV", "%"]
    assert rows[1][:3] == ["2018", 3, 1]


def test_a_body_without_results_has_an_empty_page_and_workbook(tree, cast, as_):
    client = as_(cast.staff)
    page = client.get(reverse("evaluations:trend", args=[tree.root.pk])).content.decode()
    assert "Chưa có kết quả xếp loại của năm nào." in page
    answer = client.get(reverse("evaluations:export_trend", args=[tree.root.pk]))
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["Xu hướng"]


def test_a_stranger_finds_no_trend_and_the_report_leads_to_it(tree, cast, as_, graded):
    for name in ("trend", "export_trend"):
        assert as_(cast.stranger).get(reverse(f"evaluations:{name}", args=[tree.east.pk])).status_code == 404
    report = as_(cast.reader).get(reverse("evaluations:report", args=[tree.east.pk, 2020])).content.decode()
    assert reverse("evaluations:trend", args=[tree.east.pk]) in report
    for name in ("excellent", "failed"):
        assert f"{reverse('evaluations:run', args=[name])}?organisation={tree.east.pk}&amp;year=2020" in report


def test_as_many_queries_for_thirty_people_and_cells_as_for_one(tree, cast, as_):
    client, url = as_(cast.staff), reverse("evaluations:trend", args=[tree.root.pk])
    rated(tree.here, "Lê Văn Một", {2025: "HTTNV"})
    one = queries_of(client, url)
    for number in range(30):
        rated(tree.there, f"Trần Văn {number}", dict.fromkeys(range(2012 + number % 3, 2026), "HTXSNV"))
    assert queries_of(client, url) == one <= MOST
