"""The self-review on paper: filled in, blank, all of a cell; form 04."""

import re
import subprocess
from datetime import date
from decimal import Decimal

import pytest

from cells.models import Job
from cells.tasks import run_job
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.written import WrittenEdit
from evaluations.file_list_printing import file_list_table
from evaluations.models import Review, WrittenReview
from evaluations.season_rules import find_rules, rule_book
from evaluations.views.reratings import OF_A_REVIEW
from evaluations.written_facts import Head
from evaluations.written_fields import seen
from evaluations.written_page import read_written
from evaluations.written_printing import Press, Source
from members.models import Task
from members.reports.life_tasks import tasks_given
from tests.evaluations.rating_cases import (
    DECIDED,
    MEETING,
    complained,
    open_season,
    people,
    point_raised,
    sent,
    sheet_of,
)
from tests.members.life_cases import given

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def sheet(tree, cast):
    for name in ("An", "Bình", "Cường"):
        people(tree.here, 1, full_name=f"Lê Thị {name}")
    return sheet_of(open_season(tree, cast.staff), tree.here)


@pytest.fixture
def review(sheet, cast):
    """The first member with a self-review."""
    review = sheet.reviews.select_related("sheet", "member").first()
    values = {
        "written_on": MEETING, "own_level": "HTTNV", "own_general": Decimal("28.5"), "own_results": Decimal(60),
        "text-duties": "Hoàn thành năm nhiệm vụ.\nVượt hai nhiệm vụ.",
    }  # fmt: skip
    edit = WrittenEdit(values, dict.fromkeys(values, seen("")))
    assert actions.save_written(review, edit=edit, by=cast.secretary) == []
    return review


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


def in_order(text, *parts):
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place == -1]
    assert places == sorted(places)


@pytest.mark.poppler
def test_form_02b_filled_in_in_the_order_of_the_domain(tree, cast, as_, sheet, review):
    point = point_raised(sheet, tree.east, by=cast.officer, review=review)
    actions.answer_raised_point(point, sheet, answer="Quỹ đã công khai", shown=seen(""), by=cast.secretary)
    text = text_of(as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/written/form.pdf"))
    in_order(
        text,
        "Mẫu 02B (43-HD/BTCTW)",
        "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",
        "Năm 2025",
        f"Họ và tên: {review.member}",
        "Ngày sinh:",
        "Đơn vị công tác:",
        "Chi bộ: Chi bộ Khóm 1",
        "A. NỘI DUNG KIỂM ĐIỂM",
        "I. Ưu điểm, kết quả đạt được",
        "1. Phẩm chất chính trị",
        "2. Nhiệm vụ, quyền hạn, kết quả chỉ tiêu trong năm",
        "Hoàn thành năm nhiệm vụ.",
        "Vượt hai nhiệm vụ.",
        "3. Cam kết tu dưỡng",
        "II. Hạn chế, khuyết điểm và nguyên nhân",
        "III. Kết quả khắc phục",
        "IV. Giải trình",
        "Làm rõ việc thu đảng phí quý III",
        "Giải trình: Quỹ đã công khai",
        "V. Làm rõ trách nhiệm cá nhân",
        "VI. Phương hướng",
        "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
        "I. Theo nhóm tiêu chí",
        "1. Nhóm tiêu chí chung: 28,5/30",
        "2. Kết quả thực hiện nhiệm vụ: 60/70",
        "Tổng: 88,5/100",
        "II. Đề xuất mức",
        "X Hoàn thành tốt nhiệm vụ",
        "NGƯỜI TỰ KIỂM ĐIỂM",
        "Chi bộ đề xuất mức:",
        "PHỤ LỤC",
    )
    assert "Chức vụ Đảng" not in text


def paper_of(sheet, year, **written):
    """A paper of that year, made as its season would."""
    sheet.season.rule_code, sheet.season.year = CODES[year], year
    frozen = find_rules(sheet.season.organisation, year, date(year, 12, 31))
    sheet.season.rule_sets, sheet.season.choices = frozen.rule_sets, {}
    source = Source(WrittenReview(**written), Head(full_name="Lê Thị Mẫu"), review=Review(own_level="HTTNV"))
    return Press(sheet, MEETING).paper(source)


CODES = {2018: "hd16_2018", 2019: "hd21_2019", 2024: "qd124_2023"}


def test_form_02_of_2019_has_boxes_and_two_levels(sheet):
    degrees = {"item_1": "tot", "remedy": "kem"}
    paper = paper_of(sheet, 2019, group="leader", form="02", degrees=degrees, staff_level="HTXSNV")
    assert (paper.title, paper.part_a, paper.part_b, paper.own_points) == ("BẢN KIỂM ĐIỂM CÁ NHÂN", "", "", ())
    first = paper.parts[0][2][0]
    assert first.degrees == (("Xuất sắc", False), ("Tốt", True), ("Trung bình", False), ("Kém", False))
    assert [len(section.degrees) for section in paper.parts[0][2]] == [4, 4, 4, 4, 4, 0]
    assert (paper.levels_number, paper.levels_heading) == ("VII", "Tự nhận mức")
    ticked = [(who, [name for name, tick in levels if tick]) for who, levels in paper.own_levels]
    assert ticked == [
        ("Cán bộ, công chức, viên chức", ["Hoàn thành xuất sắc nhiệm vụ"]),
        ("Đảng viên", ["Hoàn thành tốt nhiệm vụ"]),
    ]
    assert [kind for kind, _ in paper.closing] == ["staff_head", "cell_comment", "cell_proposal", "base_level"]
    assert [label for label, _ in paper.particulars][2:5] == [
        "Chức vụ Đảng",
        "Chức vụ chính quyền",
        "Chức vụ đoàn thể",
    ]
    assert paper.tasks is None


@pytest.mark.parametrize(
    ("year", "form", "said"),
    [
        (2024, "02B", "Phần mềm chưa biết tiêu đề các mục của Mẫu 02B (25-HD/BTCTW)"),
        (2018, "", "Phần mềm chưa biết mẫu bản kiểm điểm năm 2018"),
    ],
)
def test_a_form_that_is_not_known_says_so_and_invents_nothing(sheet, year, form, said):
    paper = paper_of(sheet, year, group="leader", form=form, texts={"whole": "Ghi theo mẫu in"})
    assert paper.unknown.startswith(said)
    assert [section.paragraphs for section in paper.parts[0][2]] == [("Ghi theo mẫu in",)]
    assert (paper.own_levels, paper.closing, paper.tasks) == ((), (), None)


def test_the_annex_lists_the_tasks_of_the_year(tree, cast, sheet, review):
    [task] = given(tree.here, review.member, by=cast.secretary)
    Task.objects.filter(pk=task.pk).update(year=2025, due_on=date(2025, 6, 30), done_on=date(2025, 6, 1), beyond=True)
    tasks = tasks_given([review.member_id], 2025)[review.member_id]
    source = Source(read_written(review).written, Head(), tasks=tuple(tasks), review=review)
    [line] = Press(sheet, MEETING).paper(source).tasks.rows
    assert line.values == (1, task.title, task.given_by, "30/06/2025", "01/06/2025", "", "", "Có", task.evidence)
    assert tasks_given([review.member_id], 2024)[review.member_id] == []


def test_what_belongs_to_a_season_opened_before_the_forms_were_known(sheet):
    del sheet.season.rule_sets["review_forms"]
    assert rule_book(sheet.season).rules.review_forms.form_02b
    assert rule_book(sheet.season).rules.review_forms.form_title.startswith("BẢN KIỂM ĐIỂM")


@pytest.mark.poppler
def test_blank_forms_and_all_of_a_cell(cast, as_, sheet, review):
    client = as_(cast.secretary)
    address = f"/evaluations/sheets/{sheet.pk}/written"
    text = text_of(client.get(f"{address}/blank/leader.pdf"))
    in_order(text, "Mẫu 02A", "Họ và tên: …", "Chức vụ Đảng: …", "6. Nêu gương của bản thân, gia đình", "……/30")
    assert str(review.member) not in text
    assert client.get(f"{address}/blank/junk.pdf").status_code == 404
    second = sheet.reviews.all()[1]
    actions.receive_papers(sheet, reviews=[second.pk], written_on=MEETING, by=cast.secretary)
    text = text_of(client.get(f"{address}/all.pdf"))
    in_order(text, f"Họ và tên: {review.member}", f"Họ và tên: {second.member}")
    # above, only what was handed in
    above = text_of(as_(cast.officer).get(f"{address}/all.pdf"))
    assert f"Họ và tên: {second.member}" in above
    assert f"Họ và tên: {review.member}" not in above
    assert "Hoàn thành năm nhiệm vụ" not in above


def test_form_04_lists_nine_items_and_complaints_only_for_who_decides(tree, cast, sheet):
    review = sheet.reviews.select_related(*OF_A_REVIEW).first()
    table = file_list_table(read_written(review), with_complaints=True)
    assert [(row.values[0], row.values[2]) for row in table.rows] == [
        (1, "chưa nộp"), (2, "chưa có"), (3, "chưa họp"), (4, ""), (5, "chưa có"), (6, "không có"), (7, ""),
        (8, "không có"), (9, ""),
    ]  # fmt: skip
    actions.receive_papers(sheet, reviews=[review.pk], written_on=MEETING, by=cast.secretary)
    sheet = sent(sheet.season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    review = Review.objects.select_related(*OF_A_REVIEW).get(pk=review.pk)
    complained(review, by=cast.officer)
    known = {with_them: file_list_table(read_written(review), with_complaints=with_them) for with_them in (True, False)}
    words = [row.values[2] for row in known[True].rows]
    assert words[0] == "Mẫu 02B (43-HD/BTCTW), ngày 05/12/2025"
    assert words[2] == "họp ngày 05/12/2025"
    assert words[4] == "Hoàn thành tốt nhiệm vụ (quyết định 5-QĐ/ĐU ngày 18/12/2025)"
    assert (words[7], known[False].rows[7].values[2]) == ("1 đơn", "")


@pytest.mark.poppler
def test_form_04_on_paper(cast, as_, review):
    text = text_of(as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/written/file-list.pdf"))
    in_order(text, "DANH MỤC HỒ SƠ KIỂM ĐIỂM, ĐÁNH GIÁ, XẾP LOẠI", "Nhận xét của cấp ủy nơi cư trú", "Tài liệu khác")


@pytest.mark.poppler
def test_many_forms_are_printed_beside_and_only_those_that_one_reads(tree, cast, as_, sheet, review):
    people(tree.here, 3)
    actions.refresh_sheet(sheet, by=cast.secretary)
    others = list(sheet.reviews.exclude(pk=review.pk).values_list("pk", flat=True))
    actions.receive_papers(sheet, reviews=others, written_on=MEETING, by=cast.secretary)
    address = f"/evaluations/sheets/{sheet.pk}/written/all.pdf"
    assert as_(cast.officer).get(address).url == f"/evaluations/sheets/{sheet.pk}/written/"
    assert not Job.objects.exists()
    as_(cast.officer).post(address)
    job = Job.objects.get()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.message == "Đã in 5 bản kiểm điểm."
    found = as_(cast.officer).get(job.result_url)
    assert text_of(found).count("NGƯỜI TỰ KIỂM ĐIỂM") == 5
    assert as_(cast.secretary).get(job.result_url).status_code == 404
