"""Deciding: levels on file, reasons where it differs, one act for many cells, the page of the body."""

from datetime import date

import pytest
from django.urls import reverse

from cells.actions.accounts import grant_role
from cells.models import LogEntry, User
from cells.permissions import Role
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, DecisionRefused
from evaluations.enums import SheetState
from evaluations.models import RatingDecision, RatingSheet, Review
from evaluations.sheet_row import key_of
from members.enums import OverlayKind
from members.models import AnnualGrade, Overlay, Sanction
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent, sheet_of
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

FOUNDED = date(2025, 7, 1)


@pytest.fixture
def season(tree, cast):
    """Two cells of the eastern base have sent three members each; "there" in the west too."""
    for cell in (tree.here, tree.next_door, tree.there):
        people(cell, 3)
    exempt = MemberFactory(home=tree.here)
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2025, 9, 1))
    season = open_season(tree, cast.staff)
    sent(season, tree.here, cast.secretary, ["HTTNV", "HTNV", "KHTNV"])
    sent(season, tree.next_door, cast.staff, ["HTTNV"] * 3)
    sent(season, tree.there, cast.stranger, ["HTTNV"] * 3)
    return season


def entry(**changes):
    return DecisionEntry(**({"number": "5-QĐ/ĐU", "decided_on": DECIDED} | changes))


def both(season, tree):
    return [sheet_of(season, tree.here), sheet_of(season, tree.next_door)]


def test_one_act_decides_many_cells_and_writes_the_grades(season, tree, cast):
    decision = actions.decide(both(season, tree), entry=entry(), by=cast.officer)
    assert [sheet.state for sheet in both(season, tree)] == [SheetState.DECIDED] * 2
    here = AnnualGrade.objects.filter(organisation=tree.here).order_by("level")
    assert sorted((g.level, g.not_rated_reason) for g in here) == [
        ("", "exempt"),
        ("HTNV", ""),
        ("HTTNV", ""),
        ("KHTNV", ""),
    ]
    assert AnnualGrade.objects.filter(organisation=tree.next_door, level="HTTNV").count() == 3
    grade = here.first()
    assert (grade.year, grade.scale, grade.decision, grade.recorded_by) == (
        2025,
        "nhiem_vu",
        "5-QĐ/ĐU ngày 18/12/2025",
        cast.officer,
    )
    [logged] = LogEntry.objects.filter(action="evaluations.decide")
    assert logged.data["counts"] == {"HTTNV": 4, "HTNV": 1, "KHTNV": 1, "exempt": 1}
    assert logged.data["cells"] == ["Chi bộ Khóm 1", "Chi bộ Khóm 2"]
    with pytest.raises(NotAllowed, match="đã quyết định"):
        actions.decide(both(season, tree), entry=entry(), by=cast.officer)
    assert (RatingDecision.objects.get(), AnnualGrade.objects.count()) == (decision, 7)


def test_deciding_otherwise_than_proposed_needs_a_reason(season, tree, cast):
    sheet = sheet_of(season, tree.here)
    review = sheet.reviews.get(proposed_level="HTNV")
    with pytest.raises(DecisionRefused) as refusal:
        actions.decide([sheet], entry=entry(levels={review.pk: "HTTNV"}), by=cast.officer)
    assert refusal.value.problems == {review.pk: "quyết định khác mức chi bộ đề nghị thì phải ghi lý do."}
    assert AnnualGrade.objects.count() == 0
    changed = entry(levels={review.pk: "HTTNV"}, reasons={review.pk: "Hoàn thành vượt hạn"})
    actions.decide([sheet], entry=changed, by=cast.officer)
    review.refresh_from_db()
    assert (review.proposed_level, review.decided_level) == ("HTNV", "HTTNV")
    assert review.decided_reason == "Hoàn thành vượt hạn"
    assert AnnualGrade.objects.get(member=review.member).level == "HTTNV"


@pytest.mark.parametrize("level", ["", "HTXS", "DTC_XS", "x" * 300])
def test_a_level_outside_the_scale_is_refused(season, tree, cast, level):
    sheet = sheet_of(season, tree.here)
    review = sheet.reviews.get(proposed_level="HTNV")
    with pytest.raises(DecisionRefused):
        actions.decide([sheet], entry=entry(levels={review.pk: level}, reasons={review.pk: "x"}), by=cast.officer)


def test_a_result_from_elsewhere_is_not_overwritten(season, tree, cast):
    sheet = sheet_of(season, tree.here)
    review = sheet.reviews.get(proposed_level="HTTNV")
    AnnualGrade.objects.create(
        member=review.member, year=2025, scale="nhiem_vu", level="HTXSNV", organisation=tree.there, decision="7-QĐ/ĐU"
    )
    with pytest.raises(DecisionRefused) as refusal:
        actions.decide([sheet], entry=entry(), by=cast.officer)
    assert "đã có kết quả năm 2025 do Chi bộ Ấp Thượng ghi (7-QĐ/ĐU)" in refusal.value.problems[review.pk]
    assert AnnualGrade.objects.get().level == "HTXSNV"


def test_a_decision_is_of_one_body_and_not_before_the_meeting(season, tree, cast):
    sheets = [sheet_of(season, tree.here), sheet_of(season, tree.there)]
    with pytest.raises(NotAllowed, match="cùng cấp quyết định"):
        actions.decide(sheets, entry=entry(), by=cast.staff)
    with pytest.raises(NotAllowed, match="trước ngày họp"):
        actions.decide(sheets[:1], entry=entry(decided_on=date(2025, 12, 1)), by=cast.officer)
    with pytest.raises(NotAllowed, match="ít nhất một chi bộ"):
        actions.decide([], entry=entry(), by=cast.officer)
    assert RatingDecision.objects.count() == 0


# --- pages ---


def place(season, organisation, step=""):
    return f"/evaluations/seasons/{season.pk}/decisions/{organisation.pk}/{step}"


def posted(sheets, **changes):
    data = {"sheet": [str(sheet.pk) for sheet in sheets], "number": "5-QĐ/ĐU", "decided_on": "18/12/2025"}
    return data | changes


def test_the_body_sees_its_cells_and_no_others(season, tree, cast, as_):
    content = as_(cast.officer).get(place(season, tree.east)).content.decode()
    assert "Chi bộ Khóm 1" in content
    assert "Chi bộ Khóm 2" in content
    assert "Chi bộ Ấp Thượng" not in content
    assert as_(cast.officer).get(place(season, tree.west)).status_code == 404
    assert as_(cast.secretary).get(place(season, tree.east)).status_code == 404
    for user in (cast.reader, cast.inspector):
        assert as_(user).get(place(season, tree.east)).status_code == 403
        assert as_(user).post(place(season, tree.east, "decide/"), posted([])).status_code == 403


def test_deciding_by_the_page(season, tree, cast, as_):
    client = as_(cast.officer)
    sheets = both(season, tree)
    review = sheets[0].reviews.get(proposed_level="HTNV")
    otherwise = {f"{key_of(review)}-level": "HTTNV"}
    refused = client.post(place(season, tree.east, "decide/"), posted(sheets, **otherwise))
    assert refused.status_code == 422
    assert "phải ghi lý do" in refused.content.decode()
    response = client.post(
        place(season, tree.east, "decide/"), posted(sheets[:1], **otherwise, **{f"{key_of(review)}-why": "Vượt hạn"})
    )
    decision = RatingDecision.objects.get()
    assert (response.status_code, response.url) == (302, f"/evaluations/decisions/{decision.pk}/")
    assert client.get(response.url).status_code == 200
    assert [sheet.state for sheet in both(season, tree)] == [SheetState.DECIDED, SheetState.SENT]
    assert as_(cast.other_officer).get(response.url).status_code == 404


def test_over_the_cap_the_page_asks_for_the_reason(season, tree, cast, as_):
    client = as_(cast.officer)
    sheet = sheet_of(season, tree.next_door)
    review = sheet.reviews.first()
    data = posted([sheet], **{f"{key_of(review)}-level": "HTXSNV", f"{key_of(review)}-why": "Nổi trội"})
    stopped = client.post(place(season, tree.east, "decide/"), data)
    content = stopped.content.decode()
    assert stopped.status_code == 422
    assert "20 % × 2 = 0,4 → 0; đang có 1, vượt 1" in content
    assert 'name="over_cap_reason"' in content
    assert (
        client.post(place(season, tree.east, "decide/"), data | {"over_cap_reason": "Nghị quyết 3"}).status_code == 302
    )
    assert RatingDecision.objects.get().over_cap_reason == "Nghị quyết 3"


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 3000, "32/13/2025", "٣"])
def test_junk_never_breaks_the_decision(season, tree, cast, as_, junk):
    sheet = sheet_of(season, tree.here)
    key = key_of(sheet.reviews.first())
    data = {"sheet": [junk, str(sheet.pk)], "number": junk, "decided_on": junk, "over_cap_reason": junk}
    data |= {f"{key}-level": junk, f"{key}-why": junk}
    response = as_(cast.officer).post(place(season, tree.east, "decide/"), data)
    assert response.status_code == 422
    assert RatingDecision.objects.count() == 0


def test_a_cell_that_is_a_base_decides_by_its_own_page(tree, cast, system, as_):
    head = User.objects.create_user("school", "mat-khau-thu-10", full_name="Bí thư Trường")
    grant_role(head, Role.CELL_SECRETARY, organisation=tree.school, started_on=FOUNDED, by=system)
    people(tree.school, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.school, head, ["HTTNV"] * 3)
    client = as_(head)
    assert client.get(place(season, tree.school)).status_code == 200
    assert client.post(place(season, tree.school, "decide/"), posted([sheet])).status_code == 302
    assert RatingSheet.objects.get(pk=sheet.pk).state == SheetState.DECIDED


def test_a_sheet_that_was_sent_again_meanwhile_is_not_decided_upon_the_old_page(season, tree, cast):
    seen = sheet_of(season, tree.here)
    actions.recall(seen, by=cast.secretary)
    actions.send(sheet_of(season, tree.here), by=cast.secretary)
    with pytest.raises(NotAllowed, match="sửa hoặc gửi lại"):
        actions.decide([seen], entry=entry(versions={seen.pk: seen.version}), by=cast.officer)
    assert not AnnualGrade.objects.exists()
    now = sheet_of(season, tree.here)
    assert actions.decide([now], entry=entry(versions={now.pk: now.version}), by=cast.officer).number == "5-QĐ/ĐU"


def test_the_page_says_which_version_it_shows(season, tree, cast, as_):
    sheet = sheet_of(season, tree.here)
    page = as_(cast.officer).get(reverse("evaluations:decisions", args=[season.pk, tree.east.pk])).content.decode()
    assert f'name="version-{sheet.pk}" value="{sheet.version}"' in page


def test_who_stands_on_two_sheets_of_one_decision_is_named_on_both(season, tree, cast):
    here, next_door = both(season, tree)
    twice = here.reviews.filter(outcome="rate").first()
    other = next_door.reviews.first()
    other.member = twice.member
    other.save()
    with pytest.raises(DecisionRefused) as refusal:
        actions.decide([here, next_door], entry=entry(), by=cast.officer)
    assert set(refusal.value.problems) == {twice.pk, other.pk}
    assert "cũng có tên trong bảng của Chi bộ Khóm 2" in refusal.value.problems[twice.pk]
    assert not AnnualGrade.objects.exists()


def test_the_page_of_the_decider_names_discipline_and_what_people_must_decide(season, tree, cast, as_):
    sheet = sheet_of(season, tree.here)
    review = sheet.reviews.get(proposed_level="HTNV")
    Sanction.objects.create(
        member=review.member, form="reprimand", decided_on=date(2025, 5, 2), duty_linked=True, recorded_by=cast.officer
    )
    Review.objects.filter(pk=review.pk).update(tasks_total=0, tasks_late=0)  # G5
    html = as_(cast.officer).get(reverse("evaluations:decisions", args=[season.pk, tree.east.pk])).content.decode()
    assert "Có kỷ luật trong năm" in html
    assert "Quyết định khiển trách ngày 02/05/2025" in html
    assert "cần người quyết định" in html
