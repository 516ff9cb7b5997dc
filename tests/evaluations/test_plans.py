"""What a deciding body plans before it decides: kept, seen by itself alone, given up when the sheet goes back."""

import pytest
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.plans import PlanRefused
from evaluations.models import Review
from evaluations.sheet_row import key_of
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent, sheet_of

pytestmark = pytest.mark.django_db

WHY = "Nhiệm vụ trọng tâm còn chậm"


@pytest.fixture
def sheet(tree, cast):
    """A sheet of three members before the eastern base, which decides."""
    people(tree.here, 3)
    return sent(open_season(tree, cast.staff), tree.here, cast.secretary, ["HTTNV"] * 3)


def first(sheet):
    return sheet.reviews.order_by("pk").first()


def planned(sheet, by, level="HTNV", reason=WHY):
    review = first(sheet)
    actions.plan(sheet, levels={review.pk: (level, reason)}, version=sheet.version, by=by)
    return Review.objects.get(pk=review.pk)


def test_a_plan_is_kept_and_logged_with_the_body(sheet, tree, cast):
    review = planned(sheet, cast.officer)
    assert (review.planned_level, review.planned_reason, review.decided_level) == ("HTNV", WHY, "")
    entry = LogEntry.objects.get(action="evaluations.plan")
    assert entry.organisation == tree.east
    assert entry.data == {"number": 1, "rows": [{"member": str(review.member_id), "level": "HTNV", "reason": WHY}]}


def test_the_level_agreed_before_takes_a_plan_away(sheet, tree, cast):
    planned(sheet, cast.officer)
    review = planned(sheet_of(sheet.season, tree.here), cast.officer, level="HTTNV", reason="")
    assert (review.planned_level, review.planned_reason) == ("", "")


def test_another_level_needs_a_reason_and_nothing_is_written(sheet, cast):
    review = first(sheet)
    with pytest.raises(PlanRefused) as refusal:
        actions.plan(sheet, levels={review.pk: ("HTNV", "")}, version=sheet.version, by=cast.officer)
    assert refusal.value.problems == {review.pk: "dự kiến khác mức chi bộ đề nghị thì phải ghi lý do."}
    with pytest.raises(PlanRefused):
        actions.plan(sheet, levels={review.pk: ("RATTOT", WHY)}, version=sheet.version, by=cast.officer)
    assert not Review.objects.exclude(planned_level="").exists()
    assert not LogEntry.objects.filter(action="evaluations.plan").exists()


def test_a_second_person_does_not_plan_over_the_first_unseen(sheet, cast):
    planned(sheet, cast.officer)
    with pytest.raises(NotAllowed, match="có người ghi dự kiến khác"):
        planned(sheet, cast.staff, level="KHTNV")
    assert first(sheet).planned_level == "HTNV"


@pytest.mark.parametrize("back", ["recall", "return_sheet"])
def test_a_plan_goes_when_the_sheet_goes_back(sheet, tree, cast, back):
    planned(sheet, cast.officer)
    sheet = sheet_of(sheet.season, tree.here)
    if back == "recall":
        actions.recall(sheet, by=cast.secretary)
    else:
        actions.return_sheet(sheet, reason="Ghi lại số phiếu", by=cast.officer)
    assert (first(sheet).planned_level, first(sheet).planned_reason) == ("", "")
    with pytest.raises(NotAllowed, match="không còn chờ cấp quyết định"):
        planned(sheet_of(sheet.season, tree.here), cast.officer)


def test_the_decision_takes_what_was_planned_unless_it_says_otherwise(sheet, tree, cast):
    review = planned(sheet, cast.officer)
    other = sheet.reviews.exclude(pk=review.pk).first()
    sheet = sheet_of(sheet.season, tree.here)
    actions.plan(sheet, levels={other.pk: ("KHTNV", WHY)}, version=sheet.version, by=cast.officer)
    entry = DecisionEntry("5-QĐ/ĐU", DECIDED, levels={other.pk: "HTTNV"}, reasons={other.pk: ""})
    actions.decide([sheet_of(sheet.season, tree.here)], entry=entry, by=cast.officer)
    rows = {row.pk: (row.decided_level, row.decided_reason, row.planned_level) for row in sheet.reviews.all()}
    assert rows[review.pk] == ("HTNV", WHY, "")
    assert rows[other.pk] == ("HTTNV", "", "")


def test_the_page_saves_keeps_what_was_typed_and_shows_both_values(sheet, tree, cast, as_):
    page = reverse("evaluations:plan", args=[sheet.pk])
    client, key = as_(cast.officer), key_of(first(sheet))
    typed = {"version": sheet.version, f"{key}-level": "HTNV", f"{key}-why": ""}
    response = client.post(page, typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert "thì phải ghi lý do" in html
    assert client.post(page, typed | {f"{key}-why": WHY}).url == reverse(
        "evaluations:decisions", args=[sheet.season_id, tree.east.pk]
    )
    stale = client.post(page, typed | {f"{key}-level": "KHTNV", f"{key}-why": "Bỏ việc"})
    html = stale.content.decode()
    assert stale.status_code == 422
    assert f"Dự kiến đang lưu: HTNV – {WHY}" in html
    assert '<option value="KHTNV" selected>' in html
    assert 'value="Bỏ việc"' in html


def test_the_cell_never_sees_a_plan(sheet, tree, cast, as_):
    planned(sheet, cast.officer)
    client = as_(cast.secretary)
    assert client.get(reverse("evaluations:plan", args=[sheet.pk])).status_code == 403
    for name, pk in (("sheet", sheet.pk), ("review", first(sheet).pk)):
        html = client.get(reverse(f"evaluations:{name}", args=[pk])).content.decode()
        assert WHY not in html
        assert "ự kiến" not in html
    entry = "ghi dự kiến quyết định xếp loại cho 1 đảng viên"
    assert entry not in client.get(reverse("log")).content.decode()
    assert entry in as_(cast.officer).get(reverse("log")).content.decode()


def test_a_sheet_that_does_not_wait_is_not_planned(sheet, tree, cast, as_):
    actions.return_sheet(sheet, reason="Ghi lại số phiếu", by=cast.officer)
    response = as_(cast.officer).get(reverse("evaluations:plan", args=[sheet.pk]), follow=True)
    assert "bảng không chờ quyết định" in response.content.decode()
