"""The report on organisations and the summary table: figures by group, "tiêu biểu" inside or apart, the identity."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cells.models import Organisation
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.reviews import Findings
from evaluations.models import OrganisationGrade, Review
from evaluations.organisation_report_printing import data, findings
from evaluations.organisation_reports import organisations_report
from evaluations.organisation_tables import tables
from evaluations.summary import read_summary, summary_table
from members.models import AnnualGrade, Membership
from tests.evaluations.organisation_cases import decided_by, sent_up
from tests.evaluations.rating_cases import YEAR, fill, of_year, open_season, people, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tree):
    """Synthetic base organisations below the committee with the counted results of one year."""

    def load_results(year, scale, lines):
        wanted = [line for line, number in lines.items() for _ in range(number)]
        start = Organisation.objects.count()
        nodes = [
            Organisation(name=f"Đảng bộ {i}", kind="base_party", path=f"{tree.root.path}{90_000 + start + i}/",
                         parent=tree.root, is_base=True, position=i)
            for i in range(len(wanted))
        ]  # fmt: skip
        Organisation.objects.bulk_create(nodes)
        model = tree.root.versions.model
        model.objects.bulk_create(
            model(organisation=node, parent=tree.root, name=node.name, kind="base_party", level=4,
                  started_on=date(2000, 1, 1))
            for node in nodes
        )  # fmt: skip
        OrganisationGrade.objects.bulk_create(
            OrganisationGrade(organisation=node, year=year, group="base", scale=scale, level=level,
                              is_exemplary=exemplary, not_rated_reason="" if level else "other")
            for node, (level, exemplary) in zip(nodes, wanted, strict=True)
        )  # fmt: skip
        tree.root.versions.update(started_on=date(2000, 1, 1))
        return organisations_report(tree.root, year=year)

    return load_results


def printed(table, columns=(0, 1, 2)):
    return [tuple(cells[place][1] for place in columns) for _, cells in table.lines]


BIEN_HOA = {("TSVM", True): 15, ("TSVM", False): 53, ("HTT", False): 39, ("HT", False): 9, ("YEU_KEM", False): 1,
            ("", False): 3}  # fmt: skip


def test_bien_hoa_2013_with_the_exemplary_ones_as_a_line_of_the_total(load):
    report = load(2013, "tsvm", BIEN_HOA).separated()
    assert printed(tables(report)[0]) == [
        ("Trong sạch, vững mạnh tiêu biểu", "15", "12,82"),
        ("Trong sạch, vững mạnh (không kể tiêu biểu)", "53", "45,30"),
        ("Hoàn thành tốt nhiệm vụ", "39", "33,33"),
        ("Hoàn thành nhiệm vụ", "9", "7,69"),
        ("Yếu kém", "1", "0,85"),
        ("Đã xếp loại", "117", "–"),
        ("Chưa xếp loại", "3", "–"),
        ("Tổng số", "120", "–"),
    ]
    assert "dòng riêng của tổng số" in tables(report)[0].note
    assert "07-HD/BTCTW" in report.regulation


def test_the_same_with_the_exemplary_ones_inside_says_so(load):
    report = load(2013, "tsvm", BIEN_HOA)
    table = tables(report)[0]
    assert printed(table)[:2] == [
        ("Trong sạch, vững mạnh", "68", "58,12"),
        ("– trong đó: Trong sạch, vững mạnh tiêu biểu", "15", "22,06"),
    ]
    assert table.note == (
        "Tỷ lệ % tính trên số được xếp loại (117 tổ chức cơ sở đảng). “Tiêu biểu” nằm trong mức cao nhất; "
        "tỷ lệ của nó tính trên số trong sạch, vững mạnh (68)."
    )
    said = " ".join(findings(report))
    assert "Trong sạch, vững mạnh: 68 (chiếm 58,12 % số tổ chức cơ sở đảng được xếp loại)" in said


def test_nam_can_2018_after_another_scale_is_not_compared(load):
    load(2017, "tsvm", {("TSVM", False): 4})
    report = load(2018, "nhiem_vu", {("HTXSNV", False): 8, ("HTTNV", False): 35, ("HTNV", False): 8})
    table = tables(report)[0]
    assert printed(table, (0, 1, 2, 3))[0] == ("Hoàn thành xuất sắc nhiệm vụ", "8", "15,69", "–")
    assert "hai thang xếp loại khác nhau" in table.note


@pytest.fixture
def season(tree, cast):
    return open_season(tree, cast.staff)


def test_cells_and_bases_are_counted_apart_and_what_is_not_decided_is_said(season, tree, cast):
    decided_by(tree.east, [sent_up(season, tree.here, cast.secretary)], cast.officer)
    decided_by(tree.root, [sent_up(season, tree.east, cast.officer)], cast.staff)
    report = organisations_report(tree.root, year=YEAR)
    assert [(g.label, g.counts.total, g.counts.rated, g.counts.percent("HTTNV")) for g in report.groups] == [
        ("Chi bộ", 4, 1, Decimal("100.00")),
        ("Tổ chức cơ sở đảng", 3, 1, Decimal("100.00")),
    ]
    assert report.undecided == 5
    assert [(line.name, line.result, line.cells.rated, line.cells.total) for line in report.bodies] == [
        ("Đảng ủy Sao Mai", "", 1, 5),
        ("Đảng bộ Phường Đông", "Hoàn thành tốt nhiệm vụ", 1, 2),
        ("Đảng bộ Phường Tây", "Chưa có quyết định của cấp có thẩm quyền", 0, 2),
    ]
    json.dumps(data(report))


def test_the_page_the_paper_and_the_workbook_say_the_same(season, tree, cast, as_):
    decided_by(tree.east, [sent_up(season, tree.here, cast.secretary)], cast.officer)
    client = as_(cast.officer)
    address = reverse("evaluations:organisations_report", args=[tree.east.pk, YEAR])
    shown = client.get(address).content.decode()
    assert "Kết quả xếp loại chi bộ năm 2025" in shown
    assert "Còn 2 tổ chức đảng chưa có quyết định" in shown
    assert client.get(f"{address}pdf/").content.startswith(b"%PDF")
    book = load_workbook(BytesIO(client.get(f"{address}xlsx/").content))
    assert [cell.value for cell in book["Chi bộ"][3]][:3] == ["Hoàn thành tốt nhiệm vụ", 1, 100]
    assert as_(cast.other_officer).get(address).status_code == 404
    assert queries_of(as_(cast.officer), address) <= MOST


# --- the summary table -----------------------------------------------------------------------------------------------


def row(table, begins):
    [found] = [cells for _, cells in table.lines if cells[0][1].strip().startswith(begins)]
    return [cell[1] for cell in found[1:]]


@pytest.fixture
def rated(tree, cast):
    """Five of "here" decided: one KHTNV by a door, one by points; two of the school without a decision."""
    people(tree.here, 5)
    people(tree.school, 2)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV", "HTNV", "HTNV", "KHTNV", "KHTNV"])
    first, second = sheet.reviews.filter(proposed_level="KHTNV")
    actions.confirm_doors(first, findings=Findings(("degradation",), False, False), reason="Kết luận", by=cast.officer)
    type(second).objects.filter(pk=second.pk).update(points=Decimal("42.0"), reason="Dưới 50 điểm")
    actions.send(sheet_of(season, tree.here), by=cast.secretary)
    actions.decide([sheet_of(season, tree.here)], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    return season


def test_rows_one_to_four_add_up_and_khtnv_is_split_by_reason(rated, tree):
    summary = read_summary(tree.root, year=YEAR)
    table = summary_table(summary)
    assert row(table, "1.")[0] == "7"
    assert [row(table, begins)[0] for begins in ("2.", "3.", "4.")] == ["0", "2", "5"]
    assert row(table, "– Không hoàn thành nhiệm vụ")[0] == "2"
    assert row(table, "+ vì: bị kết luận suy thoái")[0] == "1"
    assert row(table, "+ vì: dưới 50 điểm")[0] == "1"
    assert row(table, "Đối chiếu")[0] == "7"
    assert (summary.broken, summary.knows_roll) == ([], True)
    assert table.note.endswith("Dòng 1 khớp sổ đảng viên ở mọi cột.")
    assert all(column.counts.present == 7 for column in summary.columns[:1])


def test_too_few_targets_done_are_a_reason_of_their_own_in_2019(rated, tree):
    of_year(rated, 2019)
    AnnualGrade.objects.update(year=2019)
    failed = Review.objects.filter(decided_level="KHTNV")
    failed.update(doors=[], targets_done=Decimal("49.9"))
    failed.filter(pk=failed[0].pk).update(targets_done=Decimal(50))
    table = summary_table(read_summary(tree.root, year=2019))
    assert row(table, "+ vì: hoàn thành dưới mức chỉ tiêu, nhiệm vụ quy định")[0] == "1"
    assert row(table, "+ vì: lý do khác")[0] == "1"


def test_a_column_that_the_books_contradict_is_named(rated, tree):
    people(tree.far, 1)  # came after the opening: on the roll, on no sheet
    summary = read_summary(tree.root, year=YEAR)
    assert summary.broken[0] == (
        "Cột “Tổng số”: sổ đảng viên ngày 31/12/2025 có 8 đồng chí, các dòng 2 + 3 + 4 cộng được 7 (thiếu 1)."
    )
    assert "Không khớp sổ đảng viên: Cột “Tổng số”" in summary_table(summary).note


def test_results_from_old_papers_have_no_books_to_be_held_against(tree):
    for level in ("HTTNV", "KHTNV"):
        member = people(tree.here, 1)[0]
        AnnualGrade.objects.create(member=member, year=2019, scale="nhiem_vu", level=level,
                                   organisation=tree.here)  # fmt: skip
    Membership.objects.all().update(started_on=date(2025, 7, 1))
    summary = read_summary(tree.root, year=2019)
    assert not summary.knows_roll
    assert row(summary_table(summary), "+ vì: lý do khác")[0] == "1"
    assert "chưa đối chiếu được" in summary_table(summary).note


def test_the_summary_as_page_paper_and_workbook(rated, tree, cast, as_):
    client, address = as_(cast.officer), reverse("evaluations:summary", args=[tree.east.pk, YEAR])
    shown = client.get(address).content.decode()
    assert "khớp sổ đảng viên" in shown
    assert "vì: dưới 50 điểm" in shown
    assert client.get(f"{address}pdf/").content.startswith(b"%PDF")
    sheet = load_workbook(BytesIO(client.get(f"{address}xlsx/").content)).active
    assert [cell.value for cell in sheet[2]][1] == 5
    assert queries_of(client, address) <= MOST
    assert as_(cast.secretary).get(address).status_code == 404
    assert client.get(reverse("evaluations:summary", args=[tree.east.pk, 2010])).status_code == 404
