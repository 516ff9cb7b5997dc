"""Who decides is read on the day of the decision: a new rule, or a new choice, takes sheets to another body."""

from datetime import date

import pytest

from cells.actions.accounts import grant_role
from cells.models import LogEntry, RuleOverride, User
from cells.permissions import Role
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.enums import SheetState
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent, sheet_of
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

FOUNDED = date(2025, 7, 1)
UNDER_208 = date(2026, 8, 3)  # since 26/7/2026 a chi bộ cơ sở proposes, the committee above decides


@pytest.fixture
def principal(tree, system):
    """Who writes for the school, a chi bộ cơ sở."""
    found = User.objects.create_user("school", "mat-khau-thu-10", full_name="Bí thư Trường")
    grant_role(found, Role.CELL_SECRETARY, organisation=tree.school, started_on=FOUNDED, by=system)
    return found


@pytest.fixture
def season(tree, cast, principal):
    people(tree.school, 3)
    season = open_season(tree, cast.staff)
    sent(season, tree.school, principal, ["HTTNV"] * 3)
    return season


def entry(day):
    return DecisionEntry("5-QĐ/ĐU", day)


def test_a_decision_keeps_the_rules_of_its_day(season, tree, principal):
    decision = actions.decide([sheet_of(season, tree.school)], entry=entry(DECIDED), by=principal)
    assert (decision.organisation, decision.chain_set.code) == (tree.school, "chain_2025")
    assert LogEntry.objects.get(action="evaluations.decide").data["chain"] == "chain_2025"


def test_after_a_new_rule_the_body_of_before_does_not_decide(season, tree, cast, principal):
    with pytest.raises(NotAllowed, match="Chi bộ cơ sở Trường Sao Mai: Đảng ủy Sao Mai"):
        actions.decide([sheet_of(season, tree.school)], entry=entry(UNDER_208), by=principal)
    [(_, body)] = actions.reroute([sheet_of(season, tree.school)], on=UNDER_208, by=principal)
    sheet = sheet_of(season, tree.school)
    assert body == "Đảng ủy Sao Mai"
    assert (sheet.state, sheet.holder, sheet.decider, sheet.station) == (SheetState.SENT, tree.root, tree.root, 1)
    decision = actions.decide([sheet], entry=entry(UNDER_208), by=cast.staff)
    assert (decision.organisation, decision.chain_set.code) == (tree.root, "chain_2026")
    [logged] = LogEntry.objects.filter(action="evaluations.reroute")
    assert logged.data == {
        "body": "Đảng ủy Sao Mai",
        "on": "03/08/2026",
        "rules": "Cấp đề nghị, thẩm định và quyết định xếp loại đảng viên từ 26/7/2026",
    }


def test_a_sheet_that_has_come_up_may_go_back_to_the_body_of_an_earlier_day(season, tree, principal):
    actions.reroute([sheet_of(season, tree.school)], on=UNDER_208, by=principal)
    with pytest.raises(NotAllowed, match="Chi bộ cơ sở Trường Sao Mai: Chi bộ cơ sở Trường Sao Mai"):
        actions.decide([sheet_of(season, tree.school)], entry=entry(DECIDED), by=principal)
    actions.reroute([sheet_of(season, tree.school)], on=DECIDED, by=principal)
    assert sheet_of(season, tree.school).decides_itself


def test_a_base_that_from_a_day_on_sends_up_appraises_from_then(tree, cast):
    people(tree.there, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.there, cast.stranger, ["HTTNV"] * 3)
    first = sheet.reviews.first()
    actions.open_sheet(sheet, by=cast.other_officer)
    levels = {first.pk: ("HTNV", "Chưa vượt mức")}
    actions.plan(sheet, levels=levels, version=sheet_of(season, tree.there).version, by=cast.other_officer)
    RuleOverride.objects.create(
        organisation=tree.west, topic="chain", key="base_party", value="appraise", reason="x", started_on=DECIDED
    )
    actions.reroute([sheet], on=DECIDED, by=cast.other_officer)
    sheet = sheet_of(season, tree.there)
    assert (sheet.holder, sheet.role, sheet.decider) == (tree.west, "appraise", tree.root)
    assert set(sheet.reviews.values_list("planned_level", flat=True)) == {""}
    actions.open_sheet(sheet, by=cast.other_officer)
    actions.forward(sheet, by=cast.other_officer)
    decision = actions.decide([sheet_of(season, tree.there)], entry=entry(DECIDED), by=cast.staff)
    assert decision.organisation == tree.root


def test_nothing_moves_where_the_body_is_the_same_or_the_sheet_is_decided(season, tree, principal):
    sheet = sheet_of(season, tree.school)
    with pytest.raises(NotAllowed, match="vẫn do cấp đang giữ quyết định"):
        actions.reroute([sheet], on=DECIDED, by=principal)
    actions.decide([sheet], entry=entry(DECIDED), by=principal)
    with pytest.raises(NotAllowed, match="chưa quyết định"):
        actions.reroute([sheet], on=UNDER_208, by=principal)
    assert not LogEntry.objects.filter(action="evaluations.reroute").exists()


def test_the_page_says_by_which_rules_and_passes_sheets_on(season, tree, cast, principal, as_):
    place = f"/evaluations/seasons/{season.pk}/decisions/{tree.school.pk}/"
    client = as_(principal)
    data = {"sheet": [str(sheet_of(season, tree.school).pk)], "number": "5-QĐ/ĐU"}
    refused = client.post(f"{place}decide/", data | {"decided_on": "03/08/2026"})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert f'href="{place}reroute/?decided_on=03/08/2026"' in html
    before = client.get(f"{place}reroute/", {"decided_on": "18/12/2025"}).content.decode()
    assert "từ 01/7/2025”, có hiệu lực từ 01/07/2025" in before
    assert "vẫn do Chi bộ cơ sở Trường Sao Mai quyết định" in before
    shown = client.get(f"{place}reroute/", {"decided_on": "03/08/2026"}).content.decode()
    assert "<li>Chi bộ cơ sở Trường Sao Mai: Đảng ủy Sao Mai</li>" in shown
    assert 'type="hidden" name="decided_on" value="03/08/2026"' in shown
    assert client.post(f"{place}reroute/", {"decided_on": "18/12/2025"}).status_code == 422
    assert client.post(f"{place}reroute/", {"decided_on": "x"}).status_code == 422
    assert sheet_of(season, tree.school).holder == tree.school
    assert queries_of(client, f"{place}reroute/") <= 12
    answer = client.post(f"{place}reroute/", {"decided_on": "03/08/2026"}, follow=True).content.decode()
    assert "Đã chuyển bảng xếp loại: Chi bộ cơ sở Trường Sao Mai đến Đảng ủy Sao Mai." in answer
    decision = actions.decide([sheet_of(season, tree.school)], entry=entry(UNDER_208), by=cast.staff)
    shown = as_(cast.staff).get(f"/evaluations/decisions/{decision.pk}/").content.decode()
    assert "từ 26/7/2026”, có hiệu lực từ 26/07/2026" in shown


def test_a_day_before_all_rules_is_refused_in_words(season, tree, principal, as_):
    day = "01/01/1950"
    client, place = as_(principal), f"/evaluations/seasons/{season.pk}/decisions/{tree.school.pk}/reroute/"
    shown = client.get(place, {"decided_on": day})
    assert (shown.status_code, "Chưa có quy tắc về cấp quyết định" in shown.content.decode()) == (200, True)
    assert client.post(place, {"decided_on": day}).status_code == 422
