"""The results of a decision made known (366-QĐ/TW, khoản 15.2)."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.models import RatingNotice
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent

pytestmark = pytest.mark.django_db

TOLD = date(2025, 12, 22)
HOW = "công bố tại cuộc họp chi bộ"


@pytest.fixture
def decision(tree, cast):
    people(tree.here, 3)
    sheet = sent(open_season(tree, cast.staff), tree.here, cast.secretary, ["HTTNV"] * 3)
    return actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)


def test_a_notice_is_recorded_once_and_can_be_taken_back(decision, cast, tree):
    notice = actions.notify_results(decision, notified_on=TOLD, how=HOW, by=cast.officer)
    with pytest.raises(NotAllowed, match="hãy hủy mục cũ trước"):
        actions.notify_results(decision, notified_on=TOLD, how=HOW, by=cast.officer)
    actions.void_notice(notice, reason="nhầm ngày", by=cast.officer)
    with pytest.raises(NotAllowed, match="đã được hủy"):
        actions.void_notice(notice, reason="nhầm ngày", by=cast.officer)
    actions.notify_results(decision, notified_on=DECIDED, how=HOW, by=cast.officer)
    assert (RatingNotice.objects.count(), RatingNotice.objects.standing().count()) == (2, 1)
    logged = LogEntry.objects.filter(action__in=["evaluations.notify_results", "evaluations.void_notice"])
    assert {entry.organisation for entry in logged} == {tree.east}
    assert logged.count() == 3


def test_nobody_is_told_before_it_is_decided(decision, cast):
    with pytest.raises(NotAllowed, match="trước ngày quyết định"):
        actions.notify_results(decision, notified_on=date(2025, 12, 17), how=HOW, by=cast.officer)
    assert not RatingNotice.objects.exists()


def test_the_page_of_the_decision_says_whether_they_know(decision, cast, as_):
    officer, page = as_(cast.officer), reverse("evaluations:decision", args=[decision.pk])
    form = reverse("evaluations:notify_results", args=[decision.pk])
    assert "chưa thông báo" in officer.get(page).content.decode()
    assert officer.get(form).status_code == 200
    future = officer.post(form, {"notified_on": "01/01/2099", "how": HOW})
    assert future.status_code == 422
    assert HOW in future.content.decode()
    assert officer.post(form, {"notified_on": "22/12/2025", "how": HOW}).status_code == 302
    told = officer.get(page).content.decode()
    assert f"thông báo ngày 22/12/2025, {HOW}" in told
    void = reverse("evaluations:void_notice", args=[RatingNotice.objects.get().pk])
    assert as_(cast.staff).get(void).status_code == 200
    assert as_(cast.other_officer).get(void).status_code == 404
    officer = as_(cast.officer)
    assert officer.post(void, {"reason": "nhầm"}).status_code == 302
    assert "chưa thông báo" in officer.get(page).content.decode()


def test_the_board_counts_decisions_that_nobody_was_told_of(decision, cast, as_):
    board = reverse("evaluations:season", args=[decision.season_id])
    words = "1 quyết định chưa ghi việc thông báo"
    seen = {
        name: words in as_(getattr(cast, name)).get(board).content.decode()
        for name in ("officer", "stranger", "reader")
    }
    assert seen == {"officer": True, "stranger": False, "reader": False}
    link = f'href="{reverse("evaluations:decision", args=[decision.pk])}"'
    assert link in as_(cast.officer).get(board).content.decode()
    actions.notify_results(decision, notified_on=TOLD, how=HOW, by=cast.officer)
    assert words not in as_(cast.officer).get(board).content.decode()
