"""Quarters (classification.md, 8.7 and 13.7): who is not rated, points, what stands beside the year."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.rules.quarterly import (
    Quarter,
    Spell,
    index_of,
    is_above_collective,
    longest_run,
    own_total,
    point_columns,
    quarter_point_problem,
    quarters_of,
    skip_of,
    year_advice,
)
from tests.evaluations.regulations import rules

Q3 = Quarter(2026, 3)
ORDER = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
NAMES = ("Không hoàn thành nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ")


def quarterly(code="qd366_2025", **chosen):
    return rules(code, quarterly=chosen).quarterly


def test_a_quarter_is_three_months():
    assert (Q3.start, Q3.end, Q3.last_day) == (date(2026, 7, 1), date(2026, 10, 1), date(2026, 9, 30))
    assert Quarter(2026, 4).end == date(2027, 1, 1)
    assert str(Q3) == "Quý III năm 2026"


def test_off_by_default_in_every_rule_set():
    codes = ("hd07_2011", "hd27_2014", "hd16_2018", "hd21_2019", "qd124_2023", "qd366_2025")
    assert [quarterly(code).quarterly_enabled for code in codes] == [False] * 6


def test_the_fourth_quarter_goes_with_the_year():
    assert [quarter.number for quarter in quarters_of(quarterly(), 2026)] == [1, 2, 3]
    alone = quarterly(quarterly_last_with_year=False)
    assert [quarter.number for quarter in quarters_of(alone, 2026)] == [1, 2, 3, 4]


# --- not rated in a quarter


@pytest.mark.parametrize(
    ("code", "start", "until", "expected"),
    [
        pytest.param("training", date(2026, 7, 1), date(2026, 9, 1), "training", id="two months of study exactly"),
        pytest.param("training", date(2026, 7, 2), date(2026, 9, 1), None, id="a day less"),
        pytest.param("training", date(2026, 5, 1), date(2026, 8, 31), None, id="four months, under two in the quarter"),
        pytest.param("training", date(2026, 8, 1), date(2027, 5, 1), "training", id="two months until the end"),
        pytest.param("leave", date(2026, 6, 15), None, "leave", id="leave without an end"),
        pytest.param("leave", date(2026, 9, 1), None, None, id="one month of leave"),
        pytest.param("leave", date(2026, 10, 1), None, None, id="begun after the quarter"),
        pytest.param("leave", date(2026, 1, 1), date(2026, 7, 1), None, id="over before the quarter"),
    ],
)
def test_long_study_and_leave(code, start, until, expected):
    found = skip_of(quarterly(), Q3, [Spell(code, start, until, "theo giấy số 5")], None)

    assert (found.code if found else None) == expected
    if found:
        assert "theo giấy số 5" in found.words
        assert "Hướng dẫn 02-HD/BTCTW năm 2026" in found.words


@pytest.mark.parametrize(
    ("first_on", "expected"),
    [
        pytest.param(date(2026, 9, 2), "first_appointed", id="29 days"),
        pytest.param(date(2026, 9, 1), None, id="one month exactly is not under one"),
        pytest.param(date(2026, 9, 30), "first_appointed", id="on the last day"),
        pytest.param(date(2026, 6, 20), None, id="before the quarter"),
        pytest.param(date(2026, 10, 1), None, id="after it"),
        pytest.param(None, None, id="no post"),
    ],
)
def test_appointed_for_the_first_time_under_a_month(first_on, expected):
    found = skip_of(quarterly(), Q3, [], first_on)

    assert (found.code if found else None) == expected


def test_a_rule_set_without_the_keys_skips_nobody():
    spells = [Spell("leave", date(2024, 1, 1), None, "nghỉ"), Spell("training", date(2024, 1, 1), None, "học")]
    assert skip_of(quarterly("qd124_2023"), Quarter(2024, 2), spells, date(2024, 6, 30)) is None


# --- points


def test_the_columns_of_the_rule_set():
    columns = {column.key: column.maximum for column in point_columns(quarterly(), (Decimal(30), Decimal(70)))}

    assert columns == {
        "general": 30, "results": 70, "axis_1": 100, "axis_2": 100, "axis_3": 100, "axis_4": 100, "axis_5": 100,
        "axis_6": 100, "index_a": 100, "index_b": 100, "index_c": 100, "index_d": 100, "decided": 100,
    }  # fmt: skip
    old = [column.key for column in point_columns(quarterly("qd124_2023"), (None, None))]
    assert old == ["decided"]


def test_a_committee_names_its_axes():
    named = quarterly(quarterly_axis_names=["Thu ngân sách", "Giải ngân"], quarterly_result_axes=2)
    labels = [column.label for column in point_columns(named, (None, None)) if column.key.startswith("axis")]
    assert labels == ["Thu ngân sách", "Giải ngân"]
    too_few = quarterly(quarterly_axis_names=["Thu ngân sách"], quarterly_result_axes=2)
    labels = [column.label for column in point_columns(too_few, (None, None)) if column.key.startswith("axis")]
    assert labels == ["Nhóm kết quả 1", "Nhóm kết quả 2"]


def test_a_number_stays_within_its_maximum_and_step():
    [general, *_] = point_columns(quarterly(), (Decimal(30), Decimal(70)))
    step = Decimal("0.1")
    said = [quarter_point_problem(general, step, Decimal(text)) for text in ("30", "30.1", "-1", "27.55", "0")]
    assert said == [
        None, "Tiêu chí chung: điểm 30,1 phải từ 0 đến 30.", "Tiêu chí chung: điểm -1 phải từ 0 đến 30.",
        "Tiêu chí chung: điểm 27,55 phải là bội số của 0,1.", None,
    ]  # fmt: skip


def test_the_index_is_the_mean_of_four_parts_once_all_are_there():
    parts = dict(
        zip(("index_a", "index_b", "index_c", "index_d"), map(Decimal, ("90", "80", "85", "70.5")), strict=True)
    )
    assert index_of(quarterly(), parts) == Decimal("81.375")
    assert index_of(quarterly(), {**parts} | {"index_d": Decimal(0)}) == Decimal("63.75")
    del parts["index_b"]
    assert index_of(quarterly(), parts) is None
    assert index_of(quarterly("qd124_2023"), {}) is None


def test_the_own_total_needs_both_groups():
    assert own_total({"general": Decimal("27.5"), "results": Decimal(60)}) == Decimal("87.5")
    assert own_total({"general": Decimal(30)}) is None


# --- beside the year


@pytest.mark.parametrize(
    ("levels", "blocks", "replaces"),
    [
        pytest.param({}, False, False, id="nothing"),
        pytest.param({1: "HTXSNV", 2: "HTNV", 3: "HTXSNV"}, False, False, id="no failure"),
        pytest.param({1: "HTXSNV", 2: "KHTNV", 3: "HTXSNV"}, True, False, id="one quarter"),
        pytest.param({1: "KHTNV", 2: "KHTNV"}, True, True, id="two in a row"),
        pytest.param({1: "KHTNV", 2: "", 3: "KHTNV"}, True, False, id="a quarter without a level between"),
        pytest.param({1: "KHTNV", 2: "HTNV", 3: "KHTNV"}, True, False, id="two, not in a row"),
        pytest.param({1: "KHTNV", 2: "KHTNV", 3: "KHTNV"}, True, True, id="three in a row"),
    ],
)
def test_failed_quarters_advise(levels, blocks, replaces):
    found = year_advice(quarterly(), levels, "KHTNV", NAMES)

    assert (bool(found.blocks_best), bool(found.replacement)) == (blocks, replaces)
    assert all("Hướng dẫn 02-HD/BTCTW năm 2026" in words for words in found.words)


def test_the_words_name_the_quarters():
    found = year_advice(quarterly(), {2: "KHTNV", 3: "KHTNV"}, "KHTNV", NAMES)
    assert found.blocks_best.startswith(
        "Quý II, III xếp mức không hoàn thành nhiệm vụ: cả năm không xét mức hoàn thành"
    )
    assert found.replacement.startswith("Quý II, III liền nhau xếp mức không hoàn thành nhiệm vụ: đưa vào danh sách")


def test_other_numbers_are_the_committees():
    later = quarterly(quarterly_khtnv_blocks_xs=2, quarterly_khtnv_replacement_run=3)
    one, two, three = (dict.fromkeys(range(1, last + 1), "KHTNV") for last in (1, 2, 3))
    found = [year_advice(later, levels, "KHTNV", NAMES) for levels in (one, two, three)]
    assert [bool(each.blocks_best) for each in found] == [False, True, True]
    assert [bool(each.replacement) for each in found] == [False, False, True]
    assert year_advice(quarterly("qd124_2023"), three, "KHTNV", NAMES).words == ()


def test_the_longest_run():
    assert [longest_run(each) for each in ((), (2,), (1, 3), (1, 2, 4), (1, 2, 3))] == [
        (), (2,), (1,), (1, 2), (1, 2, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "collective", "expected"),
    [("HTXSNV", "HTTNV", True), ("HTTNV", "HTTNV", False), ("HTNV", "HTTNV", False), ("HTXSNV", "", False)],
)
def test_the_head_stands_not_above_the_collective(head, collective, expected):
    assert is_above_collective(quarterly(), ORDER, head, collective) is expected
    assert not is_above_collective(quarterly(quarterly_head_not_above_collective=False), ORDER, head, collective)
