"""The workbook takes along who came, and the answers to what bodies above wrote; an older one says nothing of them."""

from io import BytesIO

import openpyxl
import pytest

from cells.models import LogEntry
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.models import RaisedPoint, Review
from evaluations.written_fields import seen
from members.models import Overlay
from tests.evaluations.rating_cases import REFERENCE, open_season, people, point_raised, sent, sheet_of
from tests.evaluations.test_sheet_book import brought, columns, put, taken

pytestmark = pytest.mark.django_db
EARLIER = {"Xếp loại", "Buổi họp"}


@pytest.fixture
def season(tree, cast):
    """A cell of three who are rated and one who is exempt."""
    people(tree.here, 3)
    exempt = people(tree.here, 1, full_name="Vũ Thị Miễn")[0]
    Overlay.objects.create(member=exempt, kind="exempt", started_on=REFERENCE.replace(month=1, day=1))
    return open_season(tree, cast.staff)


@pytest.fixture
def evening(season, tree, cast, as_):
    sheet = sheet_of(season, tree.here)
    return sheet, f"/evaluations/sheets/{sheet.pk}/", as_(cast.secretary)


def column(book, name, title):
    return next(cell.column for cell in book[name][1] if cell.value == title)


def write(book, name, title, text, line=1):
    book[name].cell(line + 1, column(book, name, title)).value = text


def answer_in(book, text, line=1):
    write(book, "Gợi ý kiểm điểm", "Giải trình", text, line)


def merged(evening, posted):
    _, url, client = evening
    return client.post(f"{url}workbook/merge/", posted, follow=True)


# --- who came


def test_attendance_of_those_who_count_only_when_they_come_travels_both_ways(evening):
    book = taken(evening)
    row = [cell.value for cell in book["Dự họp"][2]]
    assert row[1] == "Vũ Thị Miễn"
    assert (book["Dự họp"].max_row, row[3]) == (2, "không")
    [rule] = book["Dự họp"].data_validations.dataValidation
    assert rule.formula1 == '"có,không"'
    write(book, "Dự họp", "Có dự họp, bỏ phiếu", "có")
    _, content, posted = brought(evening, book)
    assert "Tệp khác bảng đang có 1 chỗ" in content
    assert "Vũ Thị Miễn" in content
    assert merged(evening, posted).status_code == 200
    assert Review.objects.get(attended=True).member.full_name == "Vũ Thị Miễn"
    again = taken(evening)
    assert [cell.value for cell in again["Dự họp"][2]][3] == "có"
    write(again, "Dự họp", "Có dự họp, bỏ phiếu", None)
    merged(evening, brought(evening, again)[2])
    assert not Review.objects.filter(attended=True).exists()


def test_attendance_changed_in_both_places_is_chosen(evening, cast):
    sheet, _, _ = evening
    review = sheet.reviews.get(member__full_name="Vũ Thị Miễn")
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"attended": True})}, by=cast.secretary)
    book = taken(evening)
    actions.save_draft(sheet, rows={review.pk: Edit(2, {"attended": False})}, by=cast.secretary)
    write(book, "Dự họp", "Có dự họp, bỏ phiếu", "có thể")
    assert "không hiểu “có thể” ở cột Có dự họp, bỏ phiếu" in brought(evening, book)[1]
    write(book, "Dự họp", "Có dự họp, bỏ phiếu", "không")
    assert "Tệp không khác gì bảng đang có" in brought(evening, book)[1]


# --- answers to raised points


def test_an_answer_to_a_raised_point_travels_both_ways(evening, tree, cast):
    sheet, _, _ = evening
    point_raised(sheet, tree.east, by=cast.officer)
    point_raised(sheet, tree.east, by=cast.officer, review=sheet.reviews.filter(outcome="rate").first())
    book = taken(evening)
    assert [cell.value for cell in book["Gợi ý kiểm điểm"][2]][1] == "Tập thể chi bộ"
    answer_in(book, "Đã thu đủ")
    put(book, 1, reason="Theo tệp")
    _, content, posted = brought(evening, book)
    assert "Tệp khác bảng đang có 2 chỗ" in content
    assert "Giải trình gợi ý kiểm điểm" in content
    assert not RaisedPoint.objects.exclude(answer="").exists()
    merged(evening, posted)
    [point] = RaisedPoint.objects.exclude(answer="")
    assert (point.answer, point.answered_by, point.member) == ("Đã thu đủ", cast.secretary, None)
    assert Review.objects.filter(reason="Theo tệp").count() == 1
    assert LogEntry.objects.filter(action="evaluations.answer_raised_point").count() == 1
    assert [cell.value for cell in taken(evening)["Gợi ý kiểm điểm"][2]][4] == "Đã thu đủ"


@pytest.mark.parametrize(("takes", "answer"), [(False, "Trên mạng"), (True, "Theo tệp")])
def test_an_answer_given_in_both_places_is_chosen_by_a_person(evening, tree, cast, takes, answer):
    sheet, _, _ = evening
    point = point_raised(sheet, tree.east, by=cast.officer)
    book = taken(evening)
    actions.answer_raised_point(point, sheet, answer="Trên mạng", shown=seen(""), by=cast.secretary)
    answer_in(book, "Theo tệp")
    _, content, posted = brought(evening, book)
    assert "đã sửa ở cả hai nơi" in content
    name = next(name for name in posted if name.endswith("-raised_answer") and not name.startswith("was-"))
    assert posted[name] == "Trên mạng"  # unless somebody chooses, what stands is kept
    merged(evening, posted | ({name: "Theo tệp"} if takes else {}))
    assert RaisedPoint.objects.get().answer == answer


def test_an_answer_that_changes_while_one_compares_is_not_overwritten(evening, tree, cast):
    sheet, _, _ = evening
    point = point_raised(sheet, tree.east, by=cast.officer)
    book = taken(evening)
    answer_in(book, "Theo tệp")
    posted = brought(evening, book)[2]
    actions.answer_raised_point(point, sheet, answer="Trên mạng", shown=seen(""), by=cast.secretary)
    said = merged(evening, posted).content.decode()
    assert "vừa ghi giải trình: “Trên mạng”" in said
    assert "gửi lại tệp rồi chọn" in said
    assert RaisedPoint.objects.get().answer == "Trên mạng"


def test_an_answer_that_cannot_be_taken_is_named(evening, tree, cast):
    sheet, _, _ = evening
    point = point_raised(sheet, tree.east, by=cast.officer)
    actions.answer_raised_point(point, sheet, answer="Trên mạng", shown=seen(""), by=cast.secretary)
    book = taken(evening)
    answer_in(book, None)
    assert "Hãy ghi giải trình." in brought(evening, book)[1]
    answer_in(book, "x" * 3001)
    assert "Quá dài: tối đa 3000 chữ." in brought(evening, book)[1]
    write(book, "Gợi ý kiểm điểm", "Mã dòng (không sửa)", None)
    assert "không còn trong bảng này hoặc mất mã dòng" in brought(evening, book)[1]


# --- the reply to a returned line


def test_the_reply_to_a_returned_line_travels(season, tree, cast, as_):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    first, second = sheet.reviews.filter(outcome="rate").order_by("member__sort_key", "member_id")[:2]
    actions.return_sheet(sheet, notes={first.pk: "Nêu rõ việc chậm"}, by=cast.officer)
    evening = (sheet, f"/evaluations/sheets/{sheet.pk}/", as_(cast.secretary))
    book = taken(evening)
    titles = columns(book)
    assert book["Xếp loại"].cell(2, titles["Ý kiến trả lại của cấp trên"]).value == "Nêu rõ việc chậm"
    assert book["Xếp loại"].cell(2, titles["Ý kiến trả lại của cấp trên"]).protection.locked
    book["Xếp loại"].cell(2, titles["Trả lời cấp trên"]).value = "Đã nêu ở mục nhiệm vụ"
    book["Xếp loại"].cell(3, titles["Trả lời cấp trên"]).value = "Không ai hỏi"
    _, content, posted = brought(evening, book)
    assert f"{second.member}: cấp trên không trả lại dòng này" in content
    merged(evening, posted)
    assert list(Review.objects.exclude(answer="").values_list("pk", "answer")) == [(first.pk, "Đã nêu ở mục nhiệm vụ")]


# --- an older workbook


def test_a_workbook_of_an_earlier_version_is_accepted_and_says_nothing_of_what_it_lacks(evening, tree, cast):
    sheet, _, _ = evening
    book = taken(evening)
    for name in set(book.sheetnames) - EARLIER:
        del book[name]
    for title in ("Trả lời cấp trên", "Ý kiến trả lại của cấp trên"):
        book["Xếp loại"].delete_cols(columns(book)[title])
    put(book, 1, reason="Theo tệp")
    file = BytesIO()
    book.save(file)
    review = sheet.reviews.get(member__full_name="Vũ Thị Miễn")
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"attended": True})}, by=cast.secretary)
    point = point_raised(sheet, tree.east, by=cast.officer)
    actions.answer_raised_point(point, sheet, answer="Trên mạng", shown=seen(""), by=cast.secretary)
    _, content, posted = brought(evening, openpyxl.load_workbook(BytesIO(file.getvalue())))
    assert "Tệp khác bảng đang có 1 chỗ" in content
    assert "Chỗ không lấy được" not in content
    merged(evening, posted)
    assert Review.objects.get(attended=True) == review
    assert RaisedPoint.objects.get().answer == "Trên mạng"
    assert Review.objects.filter(reason="Theo tệp").count() == 1
