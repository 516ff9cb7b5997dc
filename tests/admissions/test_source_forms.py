"""Forms 2 and 2B counted by hand from written-out admissions; page, PDF, workbook and Word say the same."""

import io
import subprocess
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from admissions.report_printing import FORMS, REPORT, render_docx, render_form_docx
from admissions.reports.form_2 import form_2
from admissions.reports.form_2b import form_2b
from admissions.reports.report import admission_report
from cells.frames import draft_frame
from config.lib.sheets import read_workbook
from tests.admissions.admitted_cases import admitted
from tests.queries import MOST, queries_of

ON = date(2026, 11, 20)
YEAR = {"since": date(2026, 1, 1), "until": date(2027, 1, 1)}


@pytest.fixture
def people(tree, cast):
    """Five of 2026 in the whole, two of 2025."""
    by = cast.staff
    woman = {"sex": "female", "ethnic": "khmer", "religion": "buddhism", "union_member": True}
    teacher = {"sex": "female", "occupation": "public_service", "degree": "master", "academic_title": "professor"}
    owner = {"occupation": "enterprise_manager", "private_owner": "yes", "foreign_spouse": True, "readmitted": True}
    worker = {"occupation": "enterprise_direct_worker", "schooling": "lower_secondary_diploma", "degree": "elementary"}
    return [
        admitted(tree.here, by=by, born_on=date(1996, 3, 3), **woman),  # 30 on the very day
        admitted(tree.here, by=by, born_on=date(1995, 3, 4), **teacher),  # still 30
        admitted(tree.there, by=by, born_on=date(1995, 3, 3), **worker),  # 31
        admitted(tree.school, by=by, born_on=date(1965, 3, 3), population_policy=True, **owner),  # 61
        admitted(tree.far, by=by, born_on=None, occupation="retired", schooling=""),
        admitted(tree.here, by=by, held_on=date(2025, 8, 1), born_on=date(2000, 1, 1)),
        admitted(tree.there, by=by, held_on=date(2025, 8, 1), born_on=date(1990, 1, 1), sex="female"),
    ]


FORM_2 = {
    "total": (5, 2, "250.00"), "female": (2, 1, "200.00"), "minority": (1, 0, None), "religious": (1, 0, None),
    "youth_union": (1, 0, None), "enterprise_owner": (1, 0, None), "population_policy": (1, 0, None),
    "foreign_spouse": (1, 0, None), "readmitted": (1, 0, None),
    "occupation.public_service": (1, 0, None), "occupation.enterprise": (2, 0, None),
    "occupation.enterprise_manager": (1, 0, None), "occupation.enterprise_direct_worker": (1, 0, None),
    "occupation.farmer": (1, 2, "50.00"), "occupation.unknown": (1, 0, None),
    "ages.18-30": (2, 1, "200.00"), "ages.31-35": (1, 1, "100.00"), "ages.61-": (1, 0, None),
    "ages.unknown": (1, 0, None), "ages.mean": ("38.0", "30.0", None),
    "general_education.lower_secondary": (1, 0, None), "general_education.upper_secondary": (3, 2, "150.00"),
    "general_education.unknown": (1, 0, None),
    "degree.elementary": (1, 0, None), "degree.master": (1, 0, None), "academic_title.professor": (1, 0, None),
    "bases.bases": (3, 3, "100.00"), "bases.party": (2, 2, "100.00"), "bases.party_admitting": (2, 2, "100.00"),
    "bases.cell": (1, 1, "100.00"), "bases.cell_admitting": (1, 0, None),
}  # fmt: skip


def written(line):
    now, last, share = line.values
    text = [str(value) if line.code == "ages.mean" else value for value in (now, last)]
    return (*text, share if share is None else f"{share}")


def test_form_2_counts_by_hand(tree, people):
    statement = form_2(tree.root, **YEAR)
    counted = {line.code: written(line) for line in statement.lines if line.values[0]}
    assert counted == FORM_2
    assert [line.serial for line in statement.lines if line.weight == "total"] == ["I", "III"]


def test_the_checks_say_what_does_not_agree_and_why(tree, people):
    checks = form_2(tree.root, **YEAR).checks
    assert [(check.code, check.status) for check in checks] == [
        ("I3", "ok"), ("I5", "error"), ("I5", "error"), ("I5", "error"), ("I6", "ok"), ("I6", "ok"), ("I13", "ok"),
        ("I14", "ok"),
    ]  # fmt: skip
    assert checks[1].behind == ("1 người chưa rõ",)


def test_whoever_has_no_frozen_answers_is_named(tree, cast, people):
    people[0].void("nhầm", cast.staff)
    [check] = [each for each in form_2(tree.root, **YEAR).checks if each.code == "I3"]
    assert check.status == "error"
    assert check.behind == (str(people[0].member),)


def test_a_base_counts_its_own_and_a_time_before_the_books_is_unknown(tree, people):
    total, *_ = form_2(tree.east, **YEAR).lines
    assert total.values[:2] == (2, 1)
    before = form_2(tree.root, since=date(2020, 1, 1), until=date(2021, 1, 1))
    assert (before.known, before.lines[0].values) == (False, (None, None, None))


def test_form_2b_counts_groups_and_religions(tree, people):
    statement = form_2b(tree.root, **YEAR)
    counted = {line.code: tuple(map(str, line.values)) for line in statement.lines if line.values[0]}
    assert counted == {
        "ethnic.total": ("5", "2", "100.00"), "ethnic.kinh": ("4", "1", "80.00"), "ethnic.khmer": ("1", "1", "20.00"),
        "religion.total": ("1", "1", "20.00"), "religion.buddhism": ("1", "1", "20.00"),
    }  # fmt: skip
    assert {check.status for check in statement.checks} == {"ok"}
    assert sum(line.code.startswith("ethnic.") for line in statement.lines) == 56  # total, 54 groups, others


# --- the same figures everywhere


def word_rows(content):
    table = next(each for each in Document(io.BytesIO(content)).tables if len(each.columns) == 5)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_page_workbook_word_and_paper_say_the_same(as_, tree, cast, people):
    statement = form_2(tree.root, **YEAR)
    sheet = read_workbook(FORMS["form-2"].render_xlsx(statement), "bieu.xlsx").sheets[0]
    in_sheet = {row[1]: row[2:5] for row in sheet.rows if row[1] in ("Nữ", "Tuổi bình quân", "31–35 tuổi")}
    in_word = {row[1]: row[2:] for row in word_rows(render_form_docx(statement))}
    page = as_(cast.staff).get(url("admission_form", "form-2", tree.root.pk, query=PERIOD)).context["rows"]
    on_page = {row.label: [cell.text for cell in row.cells] for row in page}

    assert [[float(cell) for cell in row if cell is not None] for row in in_sheet.values()] == [
        [2, 1, 200], [1, 1, 100], [38, 30],
    ]  # fmt: skip
    for label, words in {
        "Nữ": ["2", "1", "200,00"], "31–35 tuổi": ["1", "1", "100,00"], "Tổng số đảng viên mới kết nạp":
        ["5", "2", "250,00"],
    }.items():  # fmt: skip
        assert (in_word[label], on_page[label]) == (words, words)
    assert in_word["Tuổi bình quân"][:2] == on_page["Tuổi bình quân"][:2] == ["38,0", "30,0"]


@pytest.mark.poppler
def test_the_printed_form_says_the_same(tree, people):
    statement = form_2(tree.root, **YEAR)
    frame = draft_frame(tree.root, FORMS["form-2"], statement, on=ON)
    paper = FORMS["form-2"].render_pdf(statement, frame, {})
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=paper, capture_output=True, check=True).stdout.decode()
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Biểu số 2-BTCTW" in text
    assert "I Tổng số đảng viên mới kết nạp 5 2 250,00" in lines
    assert "Nữ 2 1 200,00" in lines


def test_the_report_prints_in_every_form(tree, cast, people):
    report = admission_report(tree.root, year=2026, on=ON)
    frame, text = draft_frame(tree.root, REPORT, report, on=ON), REPORT.sections(report)
    assert REPORT.render_pdf(report, frame, text)[:5] == b"%PDF-"
    assert REPORT.render_xlsx(report)[:2] == b"PK"
    words = render_docx(report, frame, text)
    assert words[:2] == b"PK"
    assert REPORT.data(report)["admitted"] == 5
    assert REPORT.data(report)["form_2"]["lines"][0]["values"][0] == 5


# --- pages


def url(name, *about, query=""):
    return reverse(f"admissions:{name}", args=about) + query


PERIOD = "?since=01/01/2026&until=20/11/2026"


def test_figures_open_their_names_for_those_who_may_see_them(as_, tree, cast, people):
    client = as_(cast.staff)
    text = client.get(url("admission_form", "form-2", tree.root.pk, query=PERIOD)).content.decode()
    assert "row=religious" in text
    names = url("admission_form_names", "form-2", tree.root.pk, query=f"{PERIOD}&row=female")
    found = client.get(names).content.decode()
    assert [str(row.member) in found for row in people] == [True, True, False, False, False, False, False]


def test_a_reader_sees_figures_alone_and_an_officer_no_religion(as_, tree, cast, people):
    client = as_(cast.reader)
    text = client.get(url("admission_form", "form-2", tree.root.pk, query=PERIOD)).content.decode()
    assert "names/" not in text
    assert client.get(url("admission_form_names", "form-2", tree.root.pk, query=PERIOD)).status_code == 403
    text = as_(cast.officer).get(url("admission_form", "form-2", tree.east.pk, query=PERIOD)).content.decode()
    assert "row=female" in text
    assert "row=religious" not in text
    refused = url("admission_form_names", "form-2B", tree.east.pk, query=f"{PERIOD}&row=religion.buddhism")
    assert as_(cast.officer).get(refused).status_code == 403


@pytest.mark.parametrize(
    "about", [("form-2", "?row=junk"), ("form-2", "?row=ages.mean"), ("form-2B", "?row=ethnic.junk"), ("form-9", "")]
)
def test_what_no_form_counts_is_not_found(as_, tree, cast, about):
    form, query = about
    assert as_(cast.staff).get(url("admission_form_names", form, tree.root.pk, query=query)).status_code == 404


@pytest.mark.parametrize("form", ["form-2", "form-2B"])
def test_a_form_asks_little(as_, tree, cast, people, form):
    assert queries_of(as_(cast.staff), url("admission_form", form, tree.root.pk, query=PERIOD)) <= MOST


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "docx"])
def test_files_of_forms_and_of_the_report(as_, tree, cast, people, kind):
    client = as_(cast.reader)
    assert client.get(url("export_admission_form", "form-2B", tree.root.pk, kind, query=PERIOD)).status_code == 200
    page = ("print_admission_report", tree.root.pk, 2026) if kind == "pdf" else (
        "export_admission_report", tree.root.pk, 2026, kind)  # fmt: skip
    assert client.get(url(*page)).status_code == 200


def test_the_page_of_the_report_tells_no_names(as_, tree, cast, people):
    text = as_(cast.reader).get(url("admission_report", tree.root.pk, 2026)).content.decode()
    assert "Kết nạp 5 đảng viên" in text
    assert not any(str(row.member) in text for row in people)
