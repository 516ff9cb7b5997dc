"""Opening a season, keeping its lists up to the roll, closing it."""

from datetime import date
from decimal import Decimal

import pytest

from cells.models import Job, LogEntry, RuleOverride, RuleSet
from cells.tasks import run_job
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.seasons import SeasonEntry
from evaluations.enums import Outcome, SeasonState
from evaluations.models import CapRaise, RatingSheet, Review, Season
from evaluations.season_rules import rule_book
from evaluations.season_shown import calendar_of
from members.enums import EndReason, MembershipKind, OverlayKind, StartReason
from members.models import Membership, Overlay
from tests.evaluations.rating_cases import DECIDED, REFERENCE, open_season, people, sent, sheet_of
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def outcome_of(season, member):
    review = Review.objects.get(sheet__season=season, member=member)
    return review.outcome, review.not_rated_reason


def test_a_season_gives_every_cell_a_sheet_and_every_member_a_row(tree, cast):
    people(tree.here, 3)
    people(tree.there, 2)
    season = open_season(tree, cast.staff)
    assert season.rule_code == "qd366_2025"
    cells = {sheet.organisation: sheet.reviews.count() for sheet in season.sheets.all()}
    assert cells == {tree.here: 3, tree.next_door: 0, tree.there: 2, tree.far: 0, tree.school: 0}
    [entry] = LogEntry.objects.about(season)
    assert (entry.action, entry.actor) == ("evaluations.open_season", cast.staff)
    assert entry.data == {"year": 2025, "rules": "qd366_2025", "cells": 5, "members": 5}


def test_a_single_cell_has_no_season_of_its_own(tree, cast):
    entry = SeasonEntry(year=2025, reference_date=REFERENCE)
    with pytest.raises(NotAllowed, match="do cấp ủy mở"):
        actions.open_season(entry, organisation=tree.here, by=cast.staff)
    assert not Season.objects.exists()


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [
        pytest.param(date(2025, 6, 30), ("rate", ""), id="admitted 30/6: six months on 30/12"),
        pytest.param(date(2025, 7, 1), ("outside", "new_under_6_months"), id="admitted 1/7: six months on 1/1"),
    ],
)
def test_months_are_counted_to_the_reference_date(tree, cast, admitted, expected):
    member = MemberFactory(home=tree.here, decided_on=admitted, admitted_on=admitted, official_on=None)
    assert outcome_of(open_season(tree, cast.staff), member) == expected


def test_an_exempt_member_is_outside_and_the_paper_is_named(tree, cast):
    member = MemberFactory(home=tree.here)
    Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2025, 9, 1), decision="QĐ 15-QĐ/ĐU")
    season = open_season(tree, cast.staff)
    assert outcome_of(season, member) == ("outside", "exempt")
    explanation = Review.objects.get(member=member).explanation
    assert "Căn cứ hồ sơ: QĐ 15-QĐ/ĐU, từ ngày 01/09/2025." in explanation


def test_a_member_whose_admission_is_unknown_needs_a_person(tree, cast):
    member = MemberFactory(home=tree.here, decided_on=None, admitted_on=None, official_on=None)
    assert outcome_of(open_season(tree, cast.staff), member) == ("needs_human", "")


def test_a_month_without_its_day_that_leaves_it_open_needs_a_person(tree, cast):
    fields = {"decided_on": None, "admitted_on": date(2025, 7, 1), "official_on": None}
    clear = MemberFactory(home=tree.here, admitted_precision="month", **fields)
    year_only = {**fields, "admitted_on": date(2025, 1, 1)}
    unclear = MemberFactory(home=tree.here, admitted_precision="year", **year_only)
    season = open_season(tree, cast.staff)
    assert outcome_of(season, clear) == ("outside", "new_under_6_months")
    assert outcome_of(season, unclear) == ("needs_human", "")


def test_members_are_rated_where_they_are_on_the_reference_date(tree, cast):
    member = MemberFactory(home=tree.next_door)
    Membership.objects.filter(member=member).update(ended_on=date(2025, 10, 1), end_reason=EndReason.MOVED_OUT)
    Membership.objects.create(
        member=member,
        organisation=tree.here,
        kind=MembershipKind.OFFICIAL,
        started_on=date(2025, 10, 1),
        start_reason=StartReason.MOVED_IN,
    )
    season = open_season(tree, cast.staff)
    assert [sheet.organisation for sheet in season.sheets.filter(reviews__member=member)] == [tree.here]


def test_one_season_a_year_above_and_below(tree, cast):
    open_season(tree, cast.staff)
    for organisation in (tree.root, tree.east):
        with pytest.raises(NotAllowed, match="đã có đợt xếp loại của Đảng ủy Sao Mai"):
            actions.open_season(SeasonEntry(2025, REFERENCE), organisation=organisation, by=cast.staff)
    assert Season.objects.count() == 1


def test_a_year_without_rules_is_refused_and_nothing_remains(tree, cast):
    with pytest.raises(NotAllowed, match="chưa có bộ quy tắc của năm 2009"):
        actions.open_season(SeasonEntry(2009, date(2009, 12, 31)), organisation=tree.root, by=cast.staff)
    assert (Season.objects.count(), RatingSheet.objects.count()) == (0, 0)


def test_a_season_keeps_its_rules_and_the_choices_of_its_committee(tree, cast):
    RuleOverride.objects.create(
        organisation=tree.root,
        topic="cap",
        key="cap_rounding",
        value="half_up",
        reason="Nghị quyết",
        started_on=REFERENCE,
    )
    season = open_season(tree, cast.staff)
    newer = RuleSet.objects.get(pk=season.rule_sets["cap"])
    newer.pk, newer.version = None, newer.version + 1
    newer.values = newer.values | {"xs_cap_percent": newer.values["xs_cap_percent"] | {"value": 50}}
    newer.save()
    RuleOverride.objects.update(value="floor")
    cap = rule_book(season).rules.cap
    assert (cap.xs_cap_percent, cap.cap_rounding, cap.origin("cap_rounding")) == (20, "half_up", "override")


def test_refreshing_adds_and_retires_rows_and_keeps_what_was_settled_by_hand(tree, cast):
    stays, leaves, settled = people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    Review.objects.filter(member=leaves).update(proposed_level="HTTNV", points=Decimal("92.5"), blanks=0)
    by_hand = Review.objects.get(member=settled)
    actions.override_eligibility(
        by_hand, outcome=Outcome.OUTSIDE, not_rated_reason="ill", reason="Ốm cả năm", by=cast.secretary
    )
    comes = MemberFactory(home=tree.here)
    Membership.objects.filter(member=leaves).update(ended_on=date(2025, 12, 1), end_reason=EndReason.DIED)
    Overlay.objects.create(member=stays, kind=OverlayKind.SUSPENDED, started_on=date(2025, 12, 1))
    actions.refresh_sheet(sheet, by=cast.secretary)
    rows = {review.member: (review.outcome, review.not_rated_reason) for review in sheet.reviews.all()}
    assert rows == {stays: ("outside", "suspended"), settled: ("outside", "ill"), comes: ("rate", "")}
    entry = LogEntry.objects.get(action="evaluations.refresh_sheet")
    kept = {"outcome": "rate", "proposed_level": "HTTNV", "points": "92.5", "blanks": 0}
    assert entry.data["left"] == [{"member": str(leaves), "id": str(leaves.pk), **kept}]


def test_a_season_closes_when_every_cell_with_members_is_decided(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    with pytest.raises(NotAllowed, match="Còn 1 chi bộ"):
        actions.close_season(season, by=cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    closed = actions.close_season(season, by=cast.staff)
    assert (closed.state, closed.silent) == (SeasonState.CLOSED, 1)
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.close_season(season, by=cast.staff)
    MemberFactory(home=tree.far)
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.refresh_sheet(sheet_of(season, tree.far), by=cast.secretary)


def test_the_cap_is_raised_once_by_a_decision_on_record(tree, cast):
    season = open_season(tree, cast.staff)
    paper = {"number": "9-QĐ/TU", "decided_on": DECIDED, "reason": "Thành tích nổi trội", "by": cast.staff}
    actions.raise_cap(season, tree.east, **paper)
    with pytest.raises(NotAllowed, match="đã có quyết định nâng tỷ lệ"):
        actions.raise_cap(season, tree.east, **paper)
    assert CapRaise.objects.standing().count() == 1


def test_opening_is_a_few_statements_however_many_cells(tree, cast, django_assert_max_num_queries):
    for cell in (tree.here, tree.next_door, tree.there, tree.far, tree.school):
        people(cell, 12)
    with django_assert_max_num_queries(60):
        open_season(tree, cast.staff)
    assert Review.objects.count() == 60


# --- pages ---


def form(**changes):
    data = {"year": "2025", "reference_date": "31/12/2025", "cell_due_on": "10/12/2025", "base_due_on": "20/12/2025"}
    return data | {"cap_enforcement": "warn"} | changes


def test_staff_opens_a_season_by_its_form(tree, cast, as_):
    people(tree.here, 1)
    client = as_(cast.staff)
    page = client.get("/evaluations/open/?year=2025")
    assert 'value="31/12/2025"' in page.content.decode()
    response = client.post("/evaluations/open/", form())
    season = Season.objects.get()
    assert (response.status_code, response.url) == (302, f"/evaluations/seasons/{season.pk}/")
    again = client.post("/evaluations/open/", form())
    assert (again.status_code, Season.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"year": ""},
        {"year": "99999999999999"},
        {"year": "2009", "reference_date": "31/12/2009"},
        {"reference_date": "31/02/2025"},
        {"reference_date": "31/12/2024"},
        {"base_due_on": "01/12/2025"},
        {"cap_enforcement": "perhaps"},
        {"year": "\x00"},
    ],
)
def test_junk_comes_back_with_words(tree, cast, as_, changes):
    response = as_(cast.staff).post("/evaluations/open/", form(**changes))
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert Season.objects.count() == 0


@pytest.mark.parametrize("query", ["year=abcd", "year=2009", "year=9999", "year=٢٠٢٥"])
def test_any_year_may_be_asked_for(tree, cast, as_, query):
    assert as_(cast.staff).get(f"/evaluations/open/?{query}").status_code == 200


def test_others_do_not_open_close_or_raise(tree, cast, as_):
    season = open_season(tree, cast.staff)
    for user in (cast.secretary, cast.officer, cast.reader, cast.inspector):
        client = as_(user)
        assert client.get("/evaluations/open/").status_code == 403
        assert client.post(f"/evaluations/seasons/{season.pk}/close/").status_code == 403
        assert client.get(f"/evaluations/seasons/{season.pk}/raise-cap/").status_code == 403


FORM = {"year": 2025, "reference_date": "31/12/2025", "cell_due_on": "10/12/2025", "cap_enforcement": "warn"}


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr("evaluations.opening.AT_ONCE", 1)


def test_the_season_of_many_members_is_opened_beside_the_page(tree, cast, as_, large):
    people(tree.here, 2)
    client = as_(cast.staff)
    answer = client.post("/evaluations/open/", {**FORM, "organisation": tree.root.pk})
    job = Job.objects.get()
    assert answer.url == f"/cells/jobs/{job.pk}/"
    assert not Season.objects.exists()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    season = Season.objects.get()
    assert (job.state, job.result_url) == ("done", f"/evaluations/seasons/{season.pk}/")
    assert (season.reference_date, season.cell_due_on, season.base_due_on) == (REFERENCE, date(2025, 12, 10), None)
    assert Review.objects.filter(sheet__season=season).count() == 2
    actors = {entry.action: entry.actor for entry in LogEntry.objects.filter(action__startswith="evaluations.")}
    assert actors == {"evaluations.start_season": cast.staff, "evaluations.open_season": cast.staff}


def test_a_second_season_is_refused_on_the_page_however_many_members(tree, cast, as_, large):
    people(tree.here, 2)
    open_season(tree, cast.staff)
    answer = as_(cast.staff).post("/evaluations/open/", {**FORM, "organisation": tree.root.pk})
    assert answer.status_code == 422
    assert "đã có đợt xếp loại" in answer.content.decode()
    assert not Job.objects.exists()


def test_an_interrupted_opening_is_not_done_twice(tree, cast, large, as_):
    people(tree.here, 2)
    as_(cast.staff).post("/evaluations/open/", {**FORM, "organisation": tree.root.pk})
    season = open_season(tree, cast.staff)  # as the run that was interrupted left it
    job = Job.objects.get()
    Job.objects.update(attempt=1)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("done", f"/evaluations/seasons/{season.pk}/")


def test_raising_the_cap_by_its_form(tree, cast, as_):
    season = open_season(tree, cast.staff)
    client = as_(cast.staff)
    url = f"/evaluations/seasons/{season.pk}/raise-cap/"
    data = {"organisation": tree.east.pk, "number": "9-QĐ/TU", "decided_on": "18/12/2025", "reason": "Nổi trội"}
    assert client.post(url, data | {"organisation": tree.here.pk}).status_code == 422
    assert client.post(url, data).status_code == 302
    assert CapRaise.objects.get().organisation == tree.east


def test_a_raise_is_read_by_its_body_and_below_not_by_strangers(tree, cast, as_):
    season = open_season(tree, cast.staff)
    paper = {"number": "9-QĐ/TU", "decided_on": DECIDED, "reason": "Thành tích nổi trội", "by": cast.staff}
    actions.raise_cap(season, tree.east, **paper)
    found = {
        name: "9-QĐ/TU" in as_(getattr(cast, name)).get(f"/evaluations/seasons/{season.pk}/").content.decode()
        for name in ("secretary", "officer", "staff", "stranger", "other_officer")
    }
    assert found == {"secretary": True, "officer": True, "staff": True, "stranger": False, "other_officer": False}


def test_the_calendar_of_a_season_stands_in_the_order_of_its_days(tree, cast):
    season = open_season(tree, cast.staff)
    assert [(line.when, line.is_default) for line in calendar_of(season, rule_book(season))] == [
        ("10/12/2025", False),
        ("trước 15/12/2025", True),
        ("20/12/2025", False),
        ("31/12/2025", False),
        ("trước 31/12/2025", False),
        ("trước 15/01/2026", False),
        ("trước 01/02/2026", False),
        ("trước 01/03/2026", False),
        ("ít nhất 3 ngày làm việc trước hội nghị", False),
        ("ít nhất 1 ngày một cuộc", False),
        ("ít nhất 2 ngày", False),
    ]
