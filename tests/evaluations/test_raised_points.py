"""Points that bodies above raise for the review: to a member or the cell, answered by the cell, voided."""

from datetime import date

import pytest

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import RaisedPoint
from evaluations.written_fields import seen
from tests.evaluations.rating_cases import open_season, people, point_raised, sent, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def season(tree, cast):
    for name in ("An", "Bình", "Cường"):
        people(tree.here, 1, full_name=f"Lê Thị {name}")
    return open_season(tree, cast.staff)


@pytest.fixture
def sheet(season, tree):
    return sheet_of(season, tree.here)


def answered(point, sheet, by, answer="Đã thu đủ", shown=""):
    return actions.answer_raised_point(point, sheet, answer=answer, shown=seen(shown), by=by)


def test_raised_answered_and_corrected(tree, cast, sheet):
    review = sheet.reviews.first()
    point = point_raised(sheet, tree.east, by=cast.officer, review=review)
    assert (point.member, point.is_open, str(point)) == (review.member, True, str(review.member))
    row = answered(point, sheet, cast.secretary)
    assert (row.is_open, row.answer, row.answered_by) == (False, "Đã thu đủ", cast.secretary)
    with pytest.raises(NotAllowed, match="Người secretary vừa ghi giải trình: “Đã thu đủ”"):
        answered(point, sheet, cast.staff, "Chưa thu")
    assert answered(point, sheet, cast.staff, "Chưa thu", "Đã thu đủ").answer == "Chưa thu"
    entry = LogEntry.objects.get(action="evaluations.raise_point")
    assert (entry.organisation, entry.data["body"]) == (tree.here, tree.east.name)
    assert "đảng phí" not in str(entry.data)


def test_only_bodies_above_raise(tree, cast, sheet):
    for body in (tree.west, tree.here):
        with pytest.raises(NotAllowed, match="Chỉ cấp trên của chi bộ"):
            point_raised(sheet, body, by=cast.officer)
    other = sheet_of(sheet.season, tree.next_door)
    with pytest.raises(NotAllowed, match="không kiểm điểm ở chi bộ này"):
        point_raised(other, tree.east, by=cast.officer, review=sheet.reviews.first())
    assert not RaisedPoint.objects.exists()


def test_a_point_wrongly_entered_is_voided_once(tree, cast, sheet):
    point = point_raised(sheet, tree.east, by=cast.officer)
    actions.void_raised_point(point, reason="Ghi nhầm chi bộ " + "x" * 600, by=cast.officer)
    for act in (
        lambda: actions.void_raised_point(point, reason="lại", by=cast.officer),
        lambda: answered(point, sheet, cast.secretary),
    ):
        with pytest.raises(NotAllowed, match="đã được hủy trước đó"):
            act()


def test_after_sending_nothing_is_raised_or_answered(tree, cast, season, sheet):
    point = point_raised(sheet, tree.east, by=cast.officer)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    with pytest.raises(NotAllowed, match="đã gửi lên cấp trên"):
        point_raised(sheet, tree.east, by=cast.officer)
    with pytest.raises(NotAllowed, match="đã gửi lên cấp trên"):
        answered(point, sheet, cast.secretary)


# --- pages ---


def page(sheet, *steps):
    return f"/evaluations/sheets/{sheet.pk}/raised-points/{'/'.join(map(str, steps))}/"


def test_from_the_committee_to_the_answer(tree, cast, as_, sheet):
    review = sheet.reviews.first()
    client = as_(cast.officer)
    typed = {"body": tree.east.pk, "whom": review.pk, "raised_on": "03/11/2025", "text": "Làm rõ quỹ chi bộ"}
    refused = client.post(page(sheet, "raise"), typed | {"text": ""})
    assert refused.status_code == 422
    assert "Hãy ghi nội dung gợi ý." in refused.content.decode()
    assert client.post(page(sheet, "raise"), typed).status_code == 302
    point = RaisedPoint.objects.get()
    assert (point.body, point.member, point.raised_on) == (tree.east, review.member, date(2025, 11, 3))
    shown = as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/written/").content.decode()
    assert "Làm rõ quỹ chi bộ" in shown
    assert page(sheet, point.pk, "answer") in shown
    blank = as_(cast.secretary).get(page(sheet, point.pk, "answer"))
    data = {"answer": "Quỹ đã công khai", "shown": blank.context["form"]["shown"].value()}
    done = as_(cast.secretary).post(page(sheet, point.pk, "answer"), data)
    assert done.url == f"/evaluations/reviews/{review.pk}/written/"
    assert "Quỹ đã công khai" in as_(cast.officer).get(done.url).content.decode()
    assert as_(cast.officer).post(page(sheet, point.pk, "void"), {"reason": "Ghi nhầm"}).status_code == 302
    assert "Làm rõ quỹ chi bộ" not in as_(cast.secretary).get(done.url).content.decode()
    assert as_(cast.officer).post(page(sheet, point.pk, "void"), {"reason": "Ghi nhầm"}).status_code == 404


def test_a_clash_of_answers_is_shown_before_it_is_replaced(tree, cast, as_, sheet):
    point = point_raised(sheet, tree.east, by=cast.officer)
    client, address = as_(cast.secretary), page(sheet, point.pk, "answer")
    data = {"answer": "Của tôi", "shown": seen("")}
    answered(point, sheet, cast.staff, "Của người khác")
    answer = client.post(address, data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Người staff vừa ghi giải trình: “Của người khác”" in shown
    assert client.post(address, data | {"shown": answer.context["form"]["shown"].value()}).status_code == 302
    assert RaisedPoint.objects.get().answer == "Của tôi"


def test_staff_raise_for_the_root_and_void_what_the_base_raised(tree, cast, as_, sheet):
    point = point_raised(sheet, tree.east, by=cast.officer)
    answer = as_(cast.staff).get(page(sheet, "raise"))
    assert [str(body) for body in answer.context["form"].fields["body"].queryset] == [str(tree.root)]
    own = point_raised(sheet, tree.root, by=cast.staff)
    assert as_(cast.officer).post(page(sheet, own.pk, "void"), {"reason": "x"}).status_code == 403
    assert as_(cast.staff).post(page(sheet, point.pk, "void"), {"reason": "Trùng"}).status_code == 302
    other = sheet_of(sheet.season, tree.next_door)
    assert as_(cast.officer).post(page(other, own.pk, "void"), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 5000, "32/13/2025", "99999999999999999999"])
def test_junk_never_breaks_the_pages(tree, cast, as_, sheet, junk):
    point = point_raised(sheet, tree.east, by=cast.officer)
    assert as_(cast.officer).get(page(sheet, "raise"), {"whom": junk}).status_code == 200
    data = dict.fromkeys(("body", "whom", "raised_on", "text"), junk)
    assert as_(cast.officer).post(page(sheet, "raise"), data).status_code == 422
    junk = junk if len(junk) != 20 else "\x00"  # a number is an answer
    junk = junk if "/" not in junk else ""  # and so is a day
    answer = as_(cast.secretary).post(page(sheet, point.pk, "answer"), {"answer": junk, "shown": junk})
    assert answer.status_code == 422
