"""What discipline of the year does to the level: D1–D5 of `classification.md` §6, and the rest of its table."""

from datetime import date

import pytest

from evaluations.rules import Act, SanctionFacts, discipline_flag
from tests.evaluations.regulations import rules

D3 = {"form": "warning", "decided_on": date(2024, 3, 4), "self_remedied": True}
D5 = {
    "form": "reprimand",
    "decided_on": date(2026, 5, 6),
    "acts": (Act(date(2023, 8, 9), "Đơn vị A"),),
    "current_unit": "Đơn vị B",
    "duty_linked": True,
}


def flag(code, year, leader=False, **facts):
    return discipline_flag(rules(code).discipline_effect, SanctionFacts(**facts), year, leader)


@pytest.mark.parametrize(
    ("code", "year", "facts", "expected", "level", "needs_decision"),
    [
        pytest.param(
            "hd21_2019",
            2020,
            {"form": "reprimand", "decided_on": date(2020, 5, 6)},
            "khtnv_by_rule",
            "KHTNV",
            False,
            id="D1",
        ),
        pytest.param("qd124_2023", 2024, D3, "khtnv_unless_self_remedied", None, True, id="D3"),
        pytest.param(
            "qd124_2023", 2024, {**D3, "self_remedied": False}, "khtnv_by_rule", "KHTNV", False, id="D3-not-remedied"
        ),
        pytest.param(
            "qd124_2023", 2024, {**D3, "self_remedied": None}, "self_remedy_unknown", None, True, id="D3-unknown"
        ),
        pytest.param(
            "hd21_2019",
            2020,
            {**D3, "decided_on": date(2020, 3, 4), "self_remedied": None},
            "khtnv_by_rule",
            "KHTNV",
            False,
            id="2019 knows no exception",
        ),
        pytest.param(
            "qd366_2025",
            2025,
            {"form": "reprimand", "decided_on": date(2025, 5, 6), "duty_linked": False},
            "check_other_doors",
            None,
            True,
            id="D4",
        ),
        pytest.param("qd366_2025", 2026, D5, "weighed_by_upper_committee", None, True, id="D5"),
        pytest.param(
            "qd366_2025",
            2026,
            {**D5, "acts": (Act(date(2026, 1, 2), "Đơn vị B"),)},
            "duty_linked_discipline",
            "KHTNV",
            False,
            id="linked to duty, act of the year",
        ),
        pytest.param(
            "qd366_2025",
            2026,
            {**D5, "acts": (), "self_remedied": True},
            "duty_linked_discipline",
            None,
            True,
            id="linked to duty, remedied",
        ),
        pytest.param(
            "qd366_2025",
            2026,
            {**D5, "acts": (), "duty_linked": None},
            "duty_link_unknown",
            None,
            True,
            id="unknown",
        ),
        pytest.param(
            "hd27_2014",
            2015,
            {"form": "warning", "decided_on": date(2015, 5, 6)},
            "flag_only",
            None,
            True,
            id="to 2018 only a flag",
        ),
    ],
)
def test_flags_of_leaders_and_others(code, year, facts, expected, level, needs_decision):
    for leader in (False, True):
        found = flag(code, year, leader, **facts)
        assert (found.code, found.level, found.needs_decision) == (expected, level, needs_decision)


@pytest.mark.parametrize(
    ("year", "flagged"), [pytest.param(2020, True, id="D1-again"), pytest.param(2021, False, id="D2")]
)
def test_one_violation_counts_in_one_season(year, flagged):
    facts = {"form": "reprimand", "decided_on": date(2020, 5, 6), "counted_in": 2020}

    assert (flag("hd21_2019", year, **facts) is not None) is flagged


def test_a_decision_counted_in_another_season_raises_no_flag_again():
    facts = {"form": "reprimand", "decided_on": date(2021, 1, 6), "counted_in": 2020}

    assert flag("hd21_2019", 2021, **facts) is None


def test_the_unit_of_the_act_is_charged_d5():
    found = flag("qd366_2025", 2026, **D5)

    assert found.charged_units == ("Đơn vị A",)
    assert found.reasons[0] == (
        "Vi phạm xảy ra năm 2023, nay mới kỷ luật: cấp ủy có thẩm quyền cấp trên xem xét trong kỳ xếp loại năm 2026 "
        "(Điều 11 Quy định 366-QĐ/TW)."
    )
    assert found.reasons[-1] == (
        "Tính vào kết quả của đơn vị nơi xảy ra vi phạm: Đơn vị A; không tính vào Đơn vị B "
        "(Điều 11 Quy định 366-QĐ/TW)."
    )


def test_acts_at_both_units_are_charged_to_both():
    acts = (Act(date(2026, 1, 2), "Đơn vị A"), Act(date(2026, 4, 2), "Đơn vị B"))
    found = flag("qd366_2025", 2026, **{**D5, "acts": acts})

    assert (found.code, found.charged_units) == ("duty_linked_discipline", ("Đơn vị A", "Đơn vị B"))
    assert "không tính vào" not in found.reasons[-1]


@pytest.mark.parametrize(("leader", "words"), [(False, "những điều đảng viên không được làm"), (True, "tham nhũng")])
def test_other_doors_to_check_d4(leader, words):
    facts = {"form": "reprimand", "decided_on": date(2025, 5, 6), "duty_linked": False}
    found = flag("qd366_2025", 2025, leader, **facts)

    assert words in found.reasons[0]
    assert found.door is None


def test_the_door_that_a_confirmed_flag_opens():
    assert flag("hd21_2019", 2020, form="reprimand", decided_on=date(2020, 5, 6)).door == "disciplined"
    assert flag("qd366_2025", 2026, **{**D5, "acts": ()}).door == "duty_linked_discipline"
