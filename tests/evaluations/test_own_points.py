"""Own points have one truth: typed once, shown alike on the written review, the scoring page, the sheet and paper."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.sheets import SheetIncomplete
from evaluations.actions.written import WrittenEdit
from evaluations.models import Review, ReviewPoints, WrittenReview
from evaluations.written_fields import seen
from tests.evaluations.frame_cases import give, issued_for_everybody, scored_of
from tests.evaluations.rating_cases import fill, open_season, people, sheet_of

pytestmark = pytest.mark.django_db
GOOD = ("17", "3.5", "8", "45", "18.5")  # 28,5 + 63,5 = 92


@pytest.fixture
def bare(tree, cast):
    """A season without frames: the two groups alone."""
    people(tree.here, 3)
    return open_season(tree, cast.staff)


@pytest.fixture
def framed(tree, cast):
    people(tree.here, 3)
    issued_for_everybody(tree.root, by=cast.staff)
    return open_season(tree, cast.staff)


def first(season, tree):
    return sheet_of(season, tree.here).reviews.select_related("sheet", "member").first()


def typed(review, by, **values):
    """Points typed in the self-review over empty fields."""
    edit = WrittenEdit(values, {name: seen("") for name in values})
    assert actions.save_written(review, edit=edit, by=by) == []


def kept(review, by, general="28", results="60"):
    """A self-review as an earlier version left it, with points of its own."""
    return WrittenReview.objects.create(
        season=review.sheet.season, member=review.member, group="non_leader", form="02B", changed_by=by,
        own_general=general and Decimal(general), own_results=results and Decimal(results),
    )  # fmt: skip


def page(review, step):
    return f"/evaluations/reviews/{review.pk}/{step}/"


# --- without a frame: typed once


def test_what_the_self_review_says_is_what_the_scoring_page_and_the_sheet_read(bare, tree, cast, as_):
    review = first(bare, tree)
    typed(review, cast.secretary, own_general=Decimal(28), own_results=Decimal("60.5"))
    review.refresh_from_db()
    assert ReviewPoints.objects.get().own == {"general": "28", "results": "60.5"}
    assert (review.own_points, review.points, review.is_scored) == (Decimal("88.5"), Decimal("88.5"), True)
    assert (WrittenReview.objects.get().own_general, WrittenReview.objects.get().own_results) == (None, None)
    client = as_(cast.secretary)
    assert "<strong>88,5</strong>" in client.get(page(review, "scores")).content.decode()
    sheet = client.get(f"/evaluations/sheets/{review.sheet_id}/").content.decode()
    assert ">88,5</a>" in sheet
    assert "tổng các tiêu chí đã chấm nên không gõ ở đây" in sheet


def test_what_was_scored_stands_in_the_self_review_to_be_changed(bare, tree, cast, as_):
    review, _ = give(bare, tree.here, ("27", "61"), by=cast.secretary)
    form = as_(cast.secretary).get(page(review, "written")).context["form"]
    assert (form["own_general"].value(), form["own_results"].value()) == (27, 61)
    edit = WrittenEdit({"own_general": Decimal(26)}, {"own_general": seen(Decimal(27))})
    assert actions.save_written(review, edit=edit, by=cast.secretary) == []
    review.refresh_from_db()
    assert (ReviewPoints.objects.get().own["general"], review.points) == ("26", 87)
    stale, clashing = give(bare, tree.here, ("30",), by=cast.secretary, version=1)
    assert (clashing, stale.points) == ([stale], 87)


def test_a_total_of_the_sheet_gives_way_and_is_told(bare, tree, cast, as_):
    review = first(bare, tree)
    actions.save_draft(review.sheet, rows={review.pk: Edit(1, {"points": Decimal(85)})}, by=cast.secretary)
    client = as_(cast.secretary)
    shown = client.get(page(review, "written")).content.decode()
    assert "Tổng đang ghi trực tiếp ở bảng xếp loại" in shown
    person = scored_of(bare, tree.here, cast.secretary).people[0]
    posted = {
        "kind": "own", "person": person.key, f"{person.key}-version": "0",
        f"{person.key}-general": "28", f"{person.key}-results": "60",
    }  # fmt: skip
    answer = client.post(f"/evaluations/sheets/{review.sheet_id}/scores/save/", posted, follow=True)
    assert f"nay thay bằng điểm theo tiêu chí: {review.member} 85." in answer.content.decode()
    [entry] = LogEntry.objects.filter(action="evaluations.save_scores")
    assert entry.data["rows"][0]["replaced"] == "85.0"


def test_an_older_page_of_the_sheet_is_told_that_points_are_scored_now(bare, tree, cast, as_):
    review, _ = give(bare, tree.here, ("27", "61"), by=cast.secretary)
    key = scored_of(bare, tree.here, cast.secretary).people[0].key
    answer = as_(cast.secretary).post(
        f"/evaluations/sheets/{review.sheet_id}/save/", {f"{key}-version": "1", f"{key}-points": "85"}
    )
    assert answer.status_code == 422
    assert "điểm nay là tổng các tiêu chí đã chấm (88), không lấy “85”" in answer.content.decode()
    review.refresh_from_db()
    assert review.points == 88


def test_a_total_of_the_sheet_stays_the_own_one_while_bodies_above_score(bare, tree, cast):
    sheet = sheet_of(bare, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    review = first(bare, tree)
    actions.save_draft(sheet, rows={review.pk: Edit(review.version, {"points": Decimal(85)})}, by=cast.secretary)
    sheet = actions.open_sheet(actions.send(sheet, by=cast.secretary), by=cast.officer)
    review, _ = give(bare, tree.here, ("27",), by=cast.officer, kind="decided")
    assert (review.own_points, review.points) == (85, 85)  # not whole: nothing is lost
    review, _ = give(bare, tree.here, ("27", "60"), by=cast.officer, kind="decided")
    assert (review.own_points, review.points, review.decided_points) == (85, 85, 87)  # its own until it decides
    actions.return_sheet(sheet, reason="Xem lại", by=cast.officer)
    review.refresh_from_db()
    assert (review.points, review.is_scored) == (85, False)


# --- with a frame: the sum of its criteria


def test_the_self_review_shows_the_sums_of_criteria_and_types_none(framed, tree, cast, as_):
    review, _ = give(framed, tree.here, GOOD, by=cast.secretary)
    answer = as_(cast.secretary).get(page(review, "written"))
    shown = answer.content.decode()
    assert "own_general" not in answer.context["form"].fields
    assert "tiêu chí chung 28,5, kết quả nhiệm vụ 63,5, tổng <b>92,0</b>" in shown
    assert "Không gõ tổng ở đây: điểm là tổng các tiêu chí trong khung đã ban hành" in shown
    assert page(review, "scores") in shown
    edit = WrittenEdit({"own_general": Decimal(1), "text-duties": "Đã làm"}, {})
    actions.save_written(review, edit=edit, by=cast.secretary)
    review.refresh_from_db()
    assert review.points == 92


# --- stored twice by an earlier version


@pytest.mark.parametrize("chosen", [("scored", "27", "60", 87), ("written", "28.0", "60.0", 88)])
def test_two_stored_values_are_both_named_and_one_is_chosen(bare, tree, cast, as_, chosen):
    keep, general, results, points = chosen
    review, _ = give(bare, tree.here, ("27", "60"), by=cast.secretary)
    kept(review, cast.secretary)
    client = as_(cast.secretary)
    for step in ("written", "scores"):
        shown = client.get(page(review, step)).content.decode()
        assert "Điểm tự chấm đã ghi khác nhau ở hai nơi" in shown
        assert "Trang chấm điểm: <b>27 + 60 = 87</b>" in shown
        assert "Bản kiểm điểm: <b>28 + 60 = 88</b>" in shown
    assert as_(cast.officer).post(page(review, "scores") + "choose/", {"keep": keep}).status_code == 403
    assert as_(cast.secretary).post(page(review, "scores") + "choose/", {"keep": keep}).status_code == 302
    review.refresh_from_db()
    row = ReviewPoints.objects.get()
    assert (review.points, review.own_points) == (points, points)
    assert row.own == {"general": general, "results": results}
    [entry] = LogEntry.objects.filter(action="evaluations.choose_own_score")
    assert entry.data["stored"] == "trang chấm điểm 27 + 60 = 87; bản kiểm điểm 28 + 60 = 88"
    with pytest.raises(NotAllowed, match="không còn ghi khác nhau"):
        actions.choose_own_score(review, keep=keep, by=cast.secretary)


def test_where_a_frame_has_criteria_the_kept_total_may_stand_until_they_are_scored_anew(framed, tree, cast):
    review, _ = give(framed, tree.here, GOOD, by=cast.secretary)
    kept(review, cast.secretary)
    actions.choose_own_score(review, keep="written", by=cast.secretary)
    review.refresh_from_db()
    assert (ReviewPoints.objects.get().own, review.points, review.is_scored) == ({}, 88, False)
    person = scored_of(framed, tree.here, cast.secretary).people[0]
    assert (person.own.place, person.own.differing) == ("written", ())
    [entry] = LogEntry.objects.filter(action="evaluations.choose_own_score")
    assert list(entry.data["points"].values()) == list(GOOD)
    review, _ = give(framed, tree.here, GOOD, by=cast.secretary)
    assert (review.points, WrittenReview.objects.get().own_general) == (92, None)


def test_a_sheet_with_another_total_waits_for_the_choice(bare, tree, cast, as_):
    sheet = sheet_of(bare, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    review = first(bare, tree)
    kept(review, cast.secretary)
    actions.save_draft(sheet, rows={review.pk: Edit(review.version, {"points": Decimal(85)})}, by=cast.secretary)
    with pytest.raises(SheetIncomplete) as refusal:
        actions.send(sheet, by=cast.secretary)
    assert [gap.what for gap in refusal.value.gaps] == [
        "điểm ghi ở bản kiểm điểm khác ở đây: chọn một ở trang chấm điểm"
    ]
    shown = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert "bản kiểm điểm ghi 88,0: chọn một" in shown
    actions.choose_own_score(review, keep="sheet", by=cast.secretary)
    assert actions.send(sheet, by=cast.secretary).state == "sent"
    review.refresh_from_db()
    assert (review.points, review.own_points) == (85, 85)


def test_points_kept_alone_go_over_when_the_product_is_brought_up_to_date(bare, tree, cast):
    move = import_module("evaluations.migrations.0010_one_truth_of_points").move_groups_to_the_scores
    alone, other, part = Review.objects.filter(sheet__organisation=tree.here).select_related("sheet__season", "member")
    for review in (alone, other):
        kept(review, cast.secretary)
    kept(part, cast.secretary, results=None)
    Review.objects.filter(pk=other.pk).update(points=85)
    move(apps, None)
    assert [row.own for row in ReviewPoints.objects.order_by("id")] == [
        {"general": "28.0", "results": "60.0"}, {"general": "28.0"},
    ]  # fmt: skip
    found = {review.pk: (review.own_points, review.points, review.is_scored) for review in Review.objects.all()}
    assert found[alone.pk] == (88, 88, True)
    assert found[other.pk] == (None, 85, False)  # differs: kept in both places
    assert found[part.pk] == (None, None, True)
    assert list(WrittenReview.objects.exclude(own_general=None).values_list("member", flat=True)) == [other.member_id]
