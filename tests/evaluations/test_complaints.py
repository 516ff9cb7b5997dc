"""Complaints about a result: received, answered, in the way of closing the season, and unknown to the cell."""

from datetime import date

import pytest

from cells.actions.rules import Choice, add_override
from cells.models import LogEntry, RuleSet
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.models import Complaint, RatingSheet
from tests.evaluations.rating_cases import DECIDED, anew, complained, open_season, people, sent
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

ANSWERED = {"answered_on": date(2026, 1, 15), "answer": "Đã xem lại", "upheld": True}


@pytest.fixture
def season(tree, cast):
    for number in range(3):
        people(tree.here, 1, full_name=f"Lê Thị Mẫu {number}")
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    return season


@pytest.fixture
def review(season, tree):
    return season.sheets.get(organisation=tree.here).reviews.first()


def test_a_complaint_waits_is_answered_once_and_then_another_may_come(cast, tree, review):
    row = complained(review, by=cast.officer)
    assert row.is_open
    with pytest.raises(NotAllowed, match="nhận ngày 06/01/2026 của đồng chí này chưa được trả lời"):
        complained(review, by=cast.staff)
    row = actions.answer_complaint(row, by=cast.staff, **ANSWERED)
    assert (row.is_open, row.upheld, row.answered_by, row.answer) == (False, True, cast.staff, "Đã xem lại")
    with pytest.raises(NotAllowed, match="đã được trả lời ngày 15/01/2026"):
        actions.answer_complaint(row, by=cast.officer, **ANSWERED | {"upheld": False})
    assert Complaint.objects.get().upheld is True
    complained(review, by=cast.officer)
    told = LogEntry.objects.filter(action__startswith="complaints.").order_by("id")
    assert [(entry.action, entry.organisation) for entry in told] == [
        ("complaints.receive_complaint", tree.east),
        ("complaints.answer_complaint", tree.east),
        ("complaints.receive_complaint", tree.east),
    ]
    assert not any("Đề nghị" in str(entry.data) for entry in told)  # what it says stays on its page


def test_days_stand_in_order(cast, review):
    with pytest.raises(NotAllowed, match="trước ngày quyết định xếp loại"):
        actions.receive_complaint(review, received_on=date(2025, 12, 17), summary="x", by=cast.officer)
    row = complained(review, by=cast.officer)
    with pytest.raises(NotAllowed, match="trước ngày nhận khiếu nại"):
        actions.answer_complaint(row, by=cast.officer, **ANSWERED | {"answered_on": date(2026, 1, 5)})
    assert Complaint.objects.get().is_open


def test_there_is_no_complaint_before_the_decision(tree, cast, season):
    undecided = open_season(tree, cast.staff, year=2026).sheets.get(organisation=tree.here).reviews.first()
    with pytest.raises(NotAllowed, match="chưa có quyết định xếp loại"):
        complained(undecided, by=cast.officer)


def test_an_open_complaint_keeps_the_season_open(tree, cast, season, review, as_):
    row = complained(review, by=cast.officer)
    with pytest.raises(NotAllowed) as refusal:
        actions.close_season(season, by=cast.staff)
    assert f"Còn 1 khiếu nại về xếp loại chưa trả lời ({review.member}, Chi bộ Khóm 1)" in str(refusal.value)
    said = as_(cast.staff).post(f"/evaluations/seasons/{season.pk}/close/", follow=True).content.decode()
    assert "Hãy ghi trả lời từng khiếu nại trước." in said
    actions.answer_complaint(row, by=cast.officer, **ANSWERED)
    assert not actions.close_season(season, by=cast.staff).is_open
    complained(review, by=cast.officer)  # also after the season was closed


def test_a_complaint_entered_wrongly_is_voided_and_no_longer_in_the_way(cast, season, review):
    row = complained(review, by=cast.officer)
    actions.void_complaint(row, reason="Ghi nhầm người", by=cast.officer)
    for act in (
        lambda: actions.void_complaint(row, reason="lại", by=cast.officer),
        lambda: actions.answer_complaint(row, by=cast.officer, **ANSWERED),
    ):
        with pytest.raises(NotAllowed, match="đã được hủy trước đó"):
            act()
    actions.close_season(season, by=cast.staff)


# --- pages ---


def page(review, step=""):
    return f"/evaluations/reviews/{review.pk}/{step}"


def test_receiving_and_answering_by_the_pages(cast, as_, review):
    client = as_(cast.officer)
    assert page(review, "complaints/") in client.get(page(review)).content.decode()
    assert page(review, "complaints/receive/") in client.get(page(review, "complaints/")).content.decode()
    data = {"received_on": "06/01/2026", "summary": "Đề nghị xem lại hai nhiệm vụ"}
    assert client.post(page(review, "complaints/receive/"), data).url == page(review, "complaints/")
    again = client.post(page(review, "complaints/receive/"), data)
    assert again.status_code == 422
    assert "chưa được trả lời" in again.content.decode()
    assert "Đề nghị xem lại hai nhiệm vụ" in again.content.decode()
    row = Complaint.objects.get()
    assert "đang có khiếu nại" in client.get(page(review)).content.decode()
    assert queries_of(client, page(review)) <= MOST
    shown = client.get(page(review, "complaints/")).content.decode()
    assert "Đề nghị xem lại hai nhiệm vụ" in shown
    assert f"/evaluations/complaints/{row.pk}/answer/" in shown
    answer = {"answered_on": "15/01/2026", "answer": "Đã xem lại", "upheld": "no"}
    refused = client.post(f"/evaluations/complaints/{row.pk}/answer/", answer | {"upheld": ""})
    assert refused.status_code == 422
    assert "Hãy chọn kết luận." in refused.content.decode()
    assert client.post(f"/evaluations/complaints/{row.pk}/answer/", answer).url == page(review, "complaints/")
    assert "khiếu nại không đúng" in client.get(page(review, "complaints/")).content.decode()
    assert "chưa trả lời" not in client.get(page(review)).content.decode()


def test_the_cell_and_strangers_know_nothing(tree, cast, as_, review):
    row = complained(review, by=cast.officer)
    shown = as_(cast.secretary).get(page(review)).content.decode()
    assert "Sau quyết định" in shown
    for words in ("hiếu nại", "complaint", "Đề nghị xem lại"):
        assert words not in shown
    log = as_(cast.secretary).get("/log/")
    assert "khiếu nại của … về xếp loại" not in log.content.decode()
    assert not any("khiếu nại" in line.words for line in log.context["page"].lines)
    assert "ghi khiếu nại của" in as_(cast.officer).get("/log/").content.decode()
    for step in ("answer", "void"):
        address = f"/evaluations/complaints/{row.pk}/{step}/"
        assert as_(cast.secretary).get(address).status_code == 403
        assert as_(cast.other_officer).get(address).status_code == 404
        assert as_(cast.officer).get(address).status_code == 200
    assert as_(cast.secretary).get(page(review, "complaints/")).status_code == 403
    assert as_(cast.other_officer).get(page(review, "complaints/")).status_code == 404
    assert as_(cast.secretary).get(page(review, "complaints/receive/")).status_code == 403
    assert as_(cast.other_officer).get(page(review, "complaints/receive/")).status_code == 404


def test_a_base_that_does_not_decide_does_not_know(tree, cast, as_, season):
    choice = Choice(tree.west, "base_party", "appraise", "chưa được giao", "1-QĐ/TU", date(2025, 7, 1))
    add_override(RuleSet.objects.in_force("chain", DECIDED), choice, by=cast.staff)
    people(tree.there, 3)
    sheet = sent(open_season(tree, cast.staff, year=2026), tree.there, cast.stranger, ["HTTNV"] * 3)
    sheet = actions.forward(actions.open_sheet(sheet, by=cast.other_officer), by=cast.other_officer)
    actions.decide(
        [RatingSheet.objects.for_page().get(pk=sheet.pk)], entry=DecisionEntry("5-QĐ/TU", DECIDED), by=cast.staff
    )
    review = sheet.reviews.first()
    row = complained(review, by=cast.staff)
    assert as_(cast.other_officer).get(page(review)).status_code == 200
    assert "hiếu nại" not in as_(cast.other_officer).get(page(review)).content.decode()
    assert not any("khiếu nại" in line.words for line in as_(cast.other_officer).get("/log/").context["page"].lines)
    assert any("ghi khiếu nại của" in line.words for line in as_(cast.staff).get("/log/").context["page"].lines)
    assert as_(cast.other_officer).get(page(review, "complaints/receive/")).status_code == 403
    assert as_(cast.other_officer).get(f"/evaluations/complaints/{row.pk}/answer/").status_code == 404
    assert as_(cast.staff).get(f"/evaluations/complaints/{row.pk}/answer/").status_code == 200


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 3000, "32/13/2025", "01/01/2999"])
def test_junk_never_breaks_the_pages(cast, as_, review, junk):
    row = complained(review, by=cast.officer)
    client = as_(cast.officer)
    received = client.post(page(review, "complaints/receive/"), {"received_on": junk, "summary": junk})
    answered = client.post(
        f"/evaluations/complaints/{row.pk}/answer/", dict.fromkeys(("answered_on", "answer", "upheld"), junk)
    )
    voided = client.post(f"/evaluations/complaints/{row.pk}/void/", {"reason": ("\x00", junk)[len(junk) > 500]})
    assert [each.status_code for each in (received, answered, voided)] == [422] * 3
    row.refresh_from_db()
    assert row.is_open


# --- the term that a committee set ---


def with_term(season, days=10):
    """The season as if the committee had set a term before it opened."""
    season.choices = {"procedure": {"complaint_deadline_days": days}}
    season.save()


def test_no_term_is_shipped(season, cast, review, as_):
    late = actions.receive_complaint(review, received_on=date(2026, 9, 9), summary="x", by=cast.officer)
    assert late.late_reason == ""
    html = as_(cast.officer).get(f"/evaluations/reviews/{review.pk}/complaints/receive/").content.decode()
    assert "late_reason" not in html


def test_after_the_term_a_complaint_is_taken_in_with_a_reason(season, cast, review):
    with_term(season)
    told = {"summary": "x", "by": cast.officer}
    with pytest.raises(NotAllowed, match="đến hết ngày 28/12/2025"):
        actions.receive_complaint(review, received_on=date(2025, 12, 29), **told)
    row = actions.receive_complaint(review, received_on=date(2025, 12, 29), late_reason="Ốm nằm viện", **told)
    assert row.late_reason == "Ốm nằm viện"
    assert LogEntry.objects.get(action="complaints.receive_complaint").data["late"] is True


def test_on_the_last_day_it_is_in_time_and_the_notice_begins_the_term(season, cast, review):
    with_term(season)
    decision = season.decisions.get()
    actions.notify_results(decision, notified_on=date(2025, 12, 22), how="tại cuộc họp", by=cast.officer)
    row = actions.receive_complaint(
        review, received_on=date(2026, 1, 1), summary="x", late_reason="thừa", by=cast.officer
    )
    assert row.late_reason == ""


def test_the_form_says_the_term_and_asks_for_the_reason(season, cast, review, as_):
    with_term(season)
    place = f"/evaluations/reviews/{review.pk}/complaints/receive/"
    assert "Thời hạn: đến hết ngày 28/12/2025" in as_(cast.officer).get(place).content.decode()
    data = {"received_on": "05/01/2026", "summary": "x"}
    assert "phải ghi lý do" in as_(cast.officer).post(place, data).content.decode()
    assert as_(cast.officer).post(place, data | {"late_reason": "Đi công tác"}).status_code == 302
    shown = as_(cast.officer).get(f"/evaluations/reviews/{review.pk}/complaints/").content.decode()
    assert "Nhận khi đã quá hạn: Đi công tác" in shown


def test_the_term_of_a_result_given_anew_begins_with_it(season, cast, tree, review):
    with_term(season)
    review.refresh_from_db()
    actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    row = actions.receive_complaint(review, received_on=date(2026, 1, 19), summary="x", by=cast.officer)
    assert row.late_reason == ""
    actions.answer_complaint(row, answered_on=date(2026, 1, 19), answer="x", upheld=False, by=cast.officer)
    with pytest.raises(NotAllowed, match="đến hết ngày 19/01/2026"):
        actions.receive_complaint(review, received_on=date(2026, 1, 20), summary="x", by=cast.officer)
