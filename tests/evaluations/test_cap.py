"""The cap where it binds: the whole group of the body that decides."""

import pytest

from cells.models import LogEntry, RuleSet
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, OverCap
from evaluations.enums import SheetState
from evaluations.models import RatingDecision
from members.models import AnnualGrade
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent, sheet_of

pytestmark = pytest.mark.django_db

XS, HTT = "HTXSNV", "HTTNV"


def season_with(tree, cast, levels, **settings):
    """A season whose cell "here" has sent these levels."""
    people(tree.here, len(levels))
    season = open_season(tree, cast.staff, **settings)
    return season, sent(season, tree.here, cast.secretary, levels)


def decide(sheets, by, **entry):
    return actions.decide(sheets, entry=DecisionEntry("5-QĐ/ĐU", DECIDED, **entry), by=by)


def test_over_the_cap_is_stopped_until_there_is_a_reason(tree, cast):
    """K2: 1 excellent over 4 good is over 20 % of the good ones."""
    _, sheet = season_with(tree, cast, [XS] + [HTT] * 4)
    with pytest.raises(OverCap) as stop:
        decide([sheet], cast.officer)
    assert "20 % × 4 = 0,8 → 0; đang có 1, vượt 1" in str(stop.value)
    assert "Điều 11 Quy định 366-QĐ/TW" in str(stop.value)
    assert (AnnualGrade.objects.count(), RatingDecision.objects.count()) == (0, 0)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SENT
    decision = decide([sheet], cast.officer, over_cap_reason="Thành tích đặc biệt, Nghị quyết 12")
    assert (decision.cap["xs"], decision.cap["htt"], decision.cap["over_by"]) == (1, 4, 1)
    assert decision.over_cap_reason == "Thành tích đặc biệt, Nghị quyết 12"
    [entry] = LogEntry.objects.filter(action="evaluations.decide")
    assert entry.data["over_cap_reason"] == "Thành tích đặc biệt, Nghị quyết 12"


def test_a_season_that_blocks_takes_no_reason(tree, cast):
    _, sheet = season_with(tree, cast, [XS] + [HTT] * 4, cap_enforcement="block")
    with pytest.raises(OverCap, match="không cho quyết định vượt tỷ lệ: hãy giảm 1 đảng viên"):
        decide([sheet], cast.officer, over_cap_reason="Xin vượt")
    assert AnnualGrade.objects.count() == 0


def test_a_season_without_enforcement_decides_and_keeps_the_figures(tree, cast):
    _, sheet = season_with(tree, cast, [XS] + [HTT] * 4, cap_enforcement="off")
    decision = decide([sheet], cast.officer)
    assert (decision.cap["over_by"], decision.over_cap_reason) == (1, "")


def test_moving_one_person_changes_both_sides(tree, cast):
    """1 over 4 is over; the same five people as 0 over 5 are within, and a reason is then not kept."""
    _, sheet = season_with(tree, cast, [XS] + [HTT] * 4)
    first = sheet.reviews.filter(proposed_level=XS).get()
    decision = decide(
        [sheet],
        cast.officer,
        levels={first.pk: HTT},
        reasons={first.pk: "Chưa nổi trội"},
        over_cap_reason="không cần nữa",
    )
    assert (decision.cap["xs"], decision.cap["htt"], decision.over_cap_reason) == (0, 5, "")


def test_the_group_is_all_that_the_body_decides(tree, cast):
    """Two cells, each over by itself or within only because of the other, are counted together."""
    people(tree.here, 6)
    people(tree.next_door, 6)
    season = open_season(tree, cast.staff)
    first = sent(season, tree.here, cast.secretary, [HTT] * 6)
    second = sent(season, tree.next_door, cast.staff, [XS, XS] + [HTT] * 4)
    decide([first], cast.officer)
    decision = decide([second], cast.officer)
    assert (decision.cap["xs"], decision.cap["htt"], decision.cap["limit"]) == (2, 10, 2)


def test_another_body_is_another_group(tree, cast):
    people(tree.there, 10)
    season, sheet = season_with(tree, cast, [XS] + [HTT] * 4)
    other = sent(season, tree.there, cast.stranger, [HTT] * 10)
    decide([other], cast.other_officer)
    with pytest.raises(OverCap):
        decide([sheet], cast.officer)


def test_the_higher_share_needs_a_recorded_decision(tree, cast):
    """K3: 6 over 24 is over without a decision that raises the cap, and within with one."""
    season, sheet = season_with(tree, cast, [XS] * 6 + [HTT] * 24)
    with pytest.raises(OverCap) as stop:
        decide([sheet], cast.officer)
    assert stop.value.cap.limit == 4
    actions.raise_cap(season, tree.west, number="1", decided_on=DECIDED, reason="khác", by=cast.staff)
    with pytest.raises(OverCap):
        decide([sheet], cast.officer)
    actions.raise_cap(season, tree.east, number="2", decided_on=DECIDED, reason="nổi trội", by=cast.staff)
    decision = decide([sheet], cast.officer)
    assert (decision.cap["limit"], decision.cap["percent"]) == (6, "25")


def test_no_raise_where_the_rule_set_has_none(tree, cast):
    season = open_season(tree, cast.staff)
    season.rule_sets = season.rule_sets | {"cap": RuleSet.objects.get(topic="cap", code="hd21_2019").pk}
    season.save(update_fields=["rule_sets"])
    with pytest.raises(NotAllowed, match="không có tỷ lệ nâng"):
        actions.raise_cap(season, tree.east, number="1", decided_on=DECIDED, reason="x", by=cast.staff)


def test_the_cell_sees_the_figure_for_information_only(tree, cast, as_):
    _, sheet = season_with(tree, cast, [XS] + [HTT] * 4)
    content = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert "20 % × 4 = 0,8 → 0; đang có 1, vượt 1" in content
    assert "Số này chỉ để tham khảo" in content
    assert sheet_of(sheet.season, tree.here).state == SheetState.SENT
