"""The workbook of the rating evening: filled in without a network, compared line by line, nothing lost anywhere."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.models import Review
from tests.evaluations.rating_cases import fill, of_year, open_season, people, sent, sheet_of

pytestmark = pytest.mark.django_db
BEST, GOOD, FAIR = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ"


@pytest.fixture
def evening(tree, cast, as_):
    """The sheet of a cell of three, its address, and the secretary's client."""
    people(tree.here, 3)
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    return sheet, f"/evaluations/sheets/{sheet.pk}/", as_(cast.secretary)


def taken(evening):
    """The workbook as taken away now."""
    _, url, client = evening
    answer = client.get(f"{url}workbook/")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return openpyxl.load_workbook(BytesIO(content))


def columns(book):
    return {cell.value: cell.column for cell in book["Xếp loại"][1]}


def put(book, line, **texts):
    """Type into the row of the `line`-th member."""
    titles = {"level": "Mức đề nghị", "own": "Tự nhận", "points": "Điểm", "reason": "Lý do", "blanks": "Phiếu trắng"}
    for name, text in texts.items():
        book["Xếp loại"].cell(line + 1, columns(book)[titles[name]]).value = text


def brought(evening, book):
    """The page after the workbook was brought back, and the form that it offers."""
    _, url, client = evening
    file = BytesIO()
    book.save(file)
    answer = client.post(f"{url}workbook/", {"file": SimpleUploadedFile("bang.xlsx", file.getvalue())})
    content = answer.content.decode()
    controls = re.findall(r"<input type=\"(hidden|radio)\" name=\"([^\"]+)\" value=\"([^\"]*)\"( checked)?", content)
    posted = {name: value for kind, name, value, checked in controls if kind == "hidden" or checked}
    return answer, content, posted


def test_what_is_typed_without_a_network_is_shown_and_then_saved(evening):
    sheet, url, client = evening
    book = taken(evening)
    put(book, 1, level=GOOD, own="HTTNV", points=92.5, blanks=1)
    put(book, 2, level="hoan thanh nhiem vu", reason="Chậm hai việc")
    book["Buổi họp"].cell(2, 2).value = "05/12/2025"
    book["Buổi họp"].cell(3, 2).value = 3
    answer, content, posted = brought(evening, book)
    assert answer.status_code == 200
    assert "Tệp khác bảng đang có 8 chỗ" in content
    assert not Review.objects.exclude(proposed_level="").exists()
    client.post(f"{url}save/", posted)
    first, second, third = Review.objects.filter(sheet=sheet).order_by("member__sort_key", "member_id")
    assert (first.proposed_level, first.own_level, str(first.points), first.blanks) == ("HTTNV", "HTTNV", "92.5", 1)
    assert (second.proposed_level, second.reason) == ("HTNV", "Chậm hai việc")
    assert third.version == 1
    sheet.refresh_from_db()
    assert (f"{sheet.held_on:%d/%m/%Y}", sheet.present) == ("05/12/2025", 3)


def test_the_same_workbook_brought_again_changes_nothing(evening):
    _, url, client = evening
    book = taken(evening)
    put(book, 1, level=GOOD)
    client.post(f"{url}save/", brought(evening, book)[2])
    assert "Tệp không khác gì bảng đang có" in brought(evening, book)[1]


def test_a_cell_untouched_in_the_file_keeps_what_was_typed_on_the_page(evening, cast):
    sheet, url, client = evening
    book = taken(evening)
    fill(sheet, cast.secretary, ["HTTNV", "HTTNV", "HTNV"])
    put(book, 3, reason="Theo tệp")
    _, content, posted = brought(evening, book)
    assert "Tệp khác bảng đang có 1 chỗ" in content
    client.post(f"{url}save/", posted)
    assert sorted(Review.objects.values_list("proposed_level", flat=True)) == ["HTNV", "HTTNV", "HTTNV"]
    assert Review.objects.get(reason="Theo tệp").proposed_level == "HTNV"


FACTS = {
    "Chỉ tiêu, nhiệm vụ hoàn thành (%)": 45.5, "Có chỉ tiêu chủ yếu không đạt": "có",
    "Mức thấp nhất của các tiêu chí": "kém",
}  # fmt: skip


def test_facts_that_the_rules_of_the_year_ask_are_columns_too(evening):
    sheet, url, client = evening
    assert not set(FACTS) & set(columns(taken(evening)))
    of_year(sheet.season, 2023)
    book = taken(evening)
    for title, value in FACTS.items():
        book["Xếp loại"].cell(2, columns(book)[title]).value = value
    _, content, posted = brought(evening, book)
    assert "Tệp khác bảng đang có 3 chỗ" in content
    client.post(f"{url}save/", posted)
    first = Review.objects.filter(sheet=sheet).order_by("member__sort_key", "member_id")[0]
    assert (str(first.targets_done), first.key_targets_missed, first.lowest_degree) == ("45.5", True, "kem")


def test_what_leaders_lead_has_a_sheet_of_its_own(evening):
    sheet, url, client = evening
    assert "Lãnh đạo, quản lý" not in taken(evening).sheetnames
    head = Review.objects.filter(sheet=sheet).order_by("member__sort_key", "member_id")[1]
    Review.objects.filter(pk=head.pk).update(is_leader=True)
    book = taken(evening)
    page = book["Lãnh đạo, quản lý"]
    titles = {cell.value: cell.column for cell in page[1]}
    assert [row[1].value for row in page.iter_rows(min_row=2)] == [str(head.member)]
    page.cell(2, titles["Có chỉ tiêu KT-XH cơ bản"]).value = "có"
    page.cell(2, titles["Chỉ tiêu cơ bản không đạt"]).value = 2
    page.cell(2, titles["Phiếu tín nhiệm thấp (%)"]).value = "rất thấp"
    _, content, posted = brought(evening, book)
    assert "Tệp khác bảng đang có 2 chỗ" in content
    assert "Phiếu tín nhiệm thấp (%): “rất thấp”" in content
    client.post(f"{url}save/", posted)
    head.refresh_from_db()
    assert (head.has_basic_targets, head.basic_targets_missed, head.low_confidence) == (True, 2, None)


@pytest.mark.parametrize(("takes", "level"), [(False, "HTNV"), (True, "HTTNV")])
def test_a_cell_changed_in_both_places_is_chosen_by_a_person(evening, cast, takes, level):
    sheet, url, client = evening
    book = taken(evening)
    review = sheet.reviews.order_by("member__sort_key", "member_id").first()
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"proposed_level": "HTNV"})}, by=cast.secretary)
    put(book, 1, level=GOOD)
    _, content, posted = brought(evening, book)
    assert "đã sửa ở cả hai nơi" in content
    name = next(name for name in posted if name.endswith("-proposed_level") and not name.startswith("was-"))
    assert posted[name] == "HTNV"  # unless somebody chooses, what stands is kept
    client.post(f"{url}save/", posted | ({name: "HTTNV"} if takes else {}))
    review.refresh_from_db()
    assert review.proposed_level == level


def test_what_changes_while_one_compares_is_not_overwritten(evening, cast):
    sheet, url, client = evening
    book = taken(evening)
    put(book, 1, level=GOOD)
    posted = brought(evening, book)[2]
    review = sheet.reviews.order_by("member__sort_key", "member_id").first()
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"proposed_level": "HTNV"})}, by=cast.secretary)
    answer = client.post(f"{url}save/", posted)
    assert answer.status_code == 409
    review.refresh_from_db()
    assert review.proposed_level == "HTNV"


def test_what_is_not_understood_is_named_and_left(evening):
    book = taken(evening)
    put(book, 1, level="loại A", points="chín mươi", reason="Còn lại thì lấy")
    book["Xếp loại"].cell(3, columns(book)["Mã dòng (không sửa)"]).value = "r000000000000:1"
    _, content, posted = brought(evening, book)
    assert "không hiểu “loại A” ở cột Mức đề nghị" in content
    assert "“chín mươi”" in content
    assert "Dòng 3: không còn trong bảng này" in content
    assert "Tệp khác bảng đang có 1 chỗ" in content
    assert [name for name in posted if name.endswith("-points")] == []


def test_only_the_cells_to_fill_in_are_open(evening):
    book = taken(evening)
    for sheet in book:
        assert sheet.protection.sheet
    people_sheet, titles = book["Xếp loại"], columns(book)
    assert people_sheet.cell(2, titles["Họ và tên"]).protection.locked
    assert not people_sheet.cell(2, titles["Mức đề nghị"]).protection.locked
    assert people_sheet.column_dimensions[openpyxl.utils.get_column_letter(titles["Mã dòng (không sửa)"])].hidden
    offered = [rule.formula1 for rule in people_sheet.data_validations.dataValidation]
    assert f'"{BEST},{GOOD},{FAIR},Không hoàn thành nhiệm vụ"' in offered


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rac"])
def test_a_file_that_is_no_workbook_is_refused_in_words(evening, content):
    _, url, client = evening
    answer = client.post(f"{url}workbook/", {"file": SimpleUploadedFile("bang.xlsx", content)})
    assert answer.status_code == 422
    assert "Chưa đọc được tệp" in answer.content.decode()


def test_a_workbook_of_something_else_says_so(evening):
    book = openpyxl.Workbook()
    book.active.append(["Họ và tên", "Ngày sinh"])
    assert "Không thấy dòng nào của bảng này" in brought(evening, book)[1]


def test_a_sent_sheet_takes_no_workbook(tree, cast, as_):
    people(tree.here, 3)
    sheet = sent(open_season(tree, cast.staff), tree.here, cast.secretary, ["HTTNV"] * 3)
    answer = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/workbook/", follow=True)
    assert "Hãy thu hồi nếu cần sửa" in answer.content.decode()
