"""The report on screen, on paper and as a workbook; print_report from the command line."""

import io
import subprocess
from datetime import date

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.models import AnnualGrade
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

LEVELS = ["HTXSNV"] * 3 + ["HTTNV"] * 9 + ["HTNV"] * 2


@pytest.fixture
def graded(tree):
    for place, level in enumerate(LEVELS):
        home = tree.here if place % 2 else tree.next_door
        _grade(home, f"Lê Thị Đông {place}", level)
    for place in range(4):
        _grade(tree.there, f"Trần Văn Tây {place}", "HTTNV")


def _grade(home, name, level):
    AnnualGrade.objects.create(
        member=MemberFactory(home=home, full_name=name), year=2025, scale="nhiem_vu", level=level, organisation=home,
        decided_on=date(2025, 12, 31),
    )  # fmt: skip


@pytest.mark.poppler
def test_page_pdf_and_workbook_print_the_same_figures(tree, cast, graded, as_, tmp_path):
    client = as_(cast.officer)
    page = client.get(reverse("evaluations:report", args=[tree.east.pk, 2025])).content.decode()
    pdf = tmp_path / "r.pdf"
    pdf.write_bytes(client.get(reverse("evaluations:print_report", args=[tree.east.pk, 2025])).content)
    paper = " ".join(subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout.split())
    workbook = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("evaluations:export_report", args=[tree.east.pk, 2025])).content)
    )

    for words in ("Hoàn thành tốt nhiệm vụ: 9 đồng chí (chiếm 64,29 % số đảng viên được xếp loại)", "14 đồng chí"):
        assert words in " ".join(page.split())
        assert words in paper
    rows = [[cell.value for cell in row] for row in workbook["Theo tổ chức"].iter_rows(min_row=2)]
    assert rows[0][1:7] == ["Đảng bộ Phường Đông", 14, 0, 0, 14, 3]
    assert [row[5] for row in rows[1:3]] == [7, 7]
    assert "Trần Văn Tây" not in page + paper + str(rows)


def test_a_secretary_reads_the_own_cell_alone(tree, cast, graded, as_):
    client = as_(cast.secretary)
    assert client.get(reverse("evaluations:report", args=[tree.here.pk, 2025])).status_code == 200
    for name in ("report", "print_report", "export_report"):
        assert client.get(reverse(f"evaluations:{name}", args=[tree.there.pk, 2025])).status_code == 404
        assert client.get(reverse(f"evaluations:{name}", args=[tree.east.pk, 2025])).status_code == 404


@pytest.mark.parametrize("year", [0, 1999, 9999, 99999])
def test_a_year_without_rules_is_not_found(tree, cast, as_, year):
    assert as_(cast.staff).get(reverse("evaluations:report", args=[tree.root.pk, year])).status_code == 404


def test_print_report_writes_the_file_and_lists_what_it_can(tree, graded, tmp_path, capsys):
    tree.east.code = "96.001.002.000.000"
    tree.east.save(update_fields=["code"])
    output = tmp_path / "r.pdf"
    call_command("print_report", "ratings", organisation=tree.east.code, year=2025, format="pdf", output=output)
    assert output.read_bytes().startswith(b"%PDF")
    first = output.read_bytes()
    call_command("print_report", "ratings", organisation=tree.east.code, year=2025, format="pdf", output=output)
    assert output.read_bytes() == first
    call_command("print_report", list=True)
    assert "ratings" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không có tổ chức đảng"):
        call_command("print_report", "ratings", organisation="x", year=2025, output=output)


def test_the_page_asks_at_most_twelve_queries_however_many_are_graded(tree, cast, graded, as_):
    client = as_(cast.staff)
    page = reverse("evaluations:report", args=[tree.root.pk, 2025])
    few = queries_of(client, page)
    for place in range(30):
        _grade(tree.far, f"Trần Thị Hạ {place}", "HTXSNV" if place % 2 else "KHTNV")
    assert queries_of(client, page) == few <= MOST


def test_long_tables_are_paged_and_long_lists_cut_on_the_page_alone(tree, cast, graded, as_, monkeypatch):
    monkeypatch.setattr("evaluations.views.report.PAGE", 2)
    client, url = as_(cast.officer), reverse("evaluations:report", args=[tree.east.pk, 2025])
    pages = [client.get(f"{url}?page={number}") for number in (1, 2)]
    units = [[row.values[1] for row in page.context["tables"][2].rows] for page in pages]
    assert units == [["Đảng bộ Phường Đông", "Chi bộ Khóm 1"], ["Chi bộ Khóm 2"]]
    first = pages[0].content.decode()
    assert "Trang 1 / 2" in first
    assert "Danh sách đảng viên hoàn thành xuất sắc nhiệm vụ năm 2025 (3)" in first
    assert "Trang này hiện 2 người đầu; đủ 3 người" in first
    names = [name for name in ("Đông 0", "Đông 1", "Đông 2") if f"Lê Thị {name}<" in first]
    assert names == ["Đông 0", "Đông 1"]
    content = client.get(reverse("evaluations:export_report", args=[tree.east.pk, 2025])).content
    assert len(list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[3].iter_rows(min_row=2))) == 3


def test_word_says_the_same_and_names_are_no_markup(tree, cast, graded, as_):
    _grade(tree.here, "Nguyễn <b> & {{ 7*7 }}", "HTXSNV")
    answer = as_(cast.officer).get(reverse("evaluations:export_word", args=[tree.east.pk, 2025]))
    paper = docx.Document(io.BytesIO(answer.content))
    text = " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Hoàn thành tốt nhiệm vụ: 9 đồng chí (chiếm 60 % số đảng viên được xếp loại)" in text
    assert "IV- PHƯƠNG HƯỚNG, KIẾN NGHỊ" in text
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Nguyễn <b> & {{ 7*7 }}" in cells
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in cells[1]
    assert not [words for words in [text, *cells] if "{%" in words]
    assert [len(row.cells) for row in paper.tables[-1].rows] == [len(paper.tables[-1].columns)] * len(
        paper.tables[-1].rows
    )
