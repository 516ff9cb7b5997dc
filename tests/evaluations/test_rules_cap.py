"""The cap: the vectors K1–K4 and the table of closed forms of `classification.md` §5, typed from there."""

import pytest

from evaluations.rules import cap_limit, largest_xs, organisation_cap
from tests.evaluations.regulations import rules

TEXT = rules().cap
LOOSE = rules(cap={"cap_denominator": "xs_plus_htt"}).cap
HALF_UP = rules(cap={"cap_rounding": "half_up"}).cap
TOTALS = (4, 5, 6, 8, 10, 12, 15, 20, 30, 36, 60, 100)


@pytest.mark.parametrize(
    ("xs", "htt", "limit", "over_by", "arithmetic"),
    [
        pytest.param(7, 31, 6, 1, "20 % × 31 = 6,2 → 6; đang có 7, vượt 1", id="K1"),
        pytest.param(6, 32, 6, 0, "20 % × 32 = 6,4 → 6; đang có 6, không vượt", id="K1-after-moving-one"),
        pytest.param(7, 35, 7, 0, "20 % × 35 = 7 → 7; đang có 7, không vượt", id="K1-exactly"),
        pytest.param(1, 4, 0, 1, "20 % × 4 = 0,8 → 0; đang có 1, vượt 1", id="K2"),
        pytest.param(6, 24, 4, 2, "20 % × 24 = 4,8 → 4; đang có 6, vượt 2", id="K3"),
        pytest.param(1120, 8445, 1689, 0, "20 % × 8.445 = 1.689 → 1.689; đang có 1.120, không vượt", id="K4"),
    ],
)
def test_the_text_reading_rounded_down(xs, htt, limit, over_by, arithmetic):
    found = cap_limit(TEXT, xs, htt)

    assert (found.limit, found.over_by, found.is_over) == (limit, over_by, over_by > 0)
    assert found.arithmetic == arithmetic
    assert found.reading == "text"
    assert found.article == (
        "Điều 11 Quy định 366-QĐ/TW; làm tròn xuống: mặc định của phần mềm, chưa đối chiếu văn bản"
    )


def test_moving_one_person_changes_both_sides_k1():
    assert cap_limit(TEXT, 7, 31).to_move == 1
    assert cap_limit(TEXT, 7, 35).to_move == 0
    assert cap_limit(TEXT, 10, 10).to_move == 7


@pytest.mark.parametrize(
    ("xs", "htt", "words"),
    [
        pytest.param(
            7, 31, "Nếu đổi 1 người từ xuất sắc sang tốt: 20 % × 32 = 6,4 → 6; đang có 6, không vượt", id="K1"
        ),
        pytest.param(
            6, 32, "Nếu đổi 1 người từ tốt sang xuất sắc: 20 % × 31 = 6,2 → 6; đang có 7, vượt 1", id="K1-back"
        ),
        (10, 10, "Nếu đổi 7 người từ xuất sắc sang tốt: 20 % × 17 = 3,4 → 3; đang có 3, không vượt"),
        (0, 0, ""),
    ],
)
def test_the_next_change_is_worked_out(xs, htt, words):
    assert cap_limit(TEXT, xs, htt).what_if == words


def test_both_readings_are_shown_k2():
    found = cap_limit(TEXT, 1, 4)

    assert (found.over_by, found.other.over_by) == (1, 0)
    assert (found.other.reading, found.other.limit) == ("xs_plus_htt", 1)
    assert found.other.arithmetic == "20 % × 5 = 1 → 1; đang có 1, không vượt"
    assert cap_limit(LOOSE, 1, 4).other.reading == "text"


def test_the_raised_cap_with_a_decision_k3():
    found = cap_limit(TEXT, 6, 24, raised=True)

    assert (found.percent, found.limit, found.over_by) == (25, 6, 0)
    assert TEXT.cap_raise_needs_decision is True


@pytest.mark.parametrize(
    ("name", "cap", "raised", "expected"),
    [
        pytest.param("20 text floor", TEXT, False, (0, 0, 1, 1, 1, 2, 2, 3, 5, 6, 10, 16), id="20 text floor"),
        pytest.param("25 text floor", TEXT, True, (0, 1, 1, 1, 2, 2, 3, 4, 6, 7, 12, 20), id="25 text floor"),
        pytest.param("20 text half up", HALF_UP, False, (1, 1, 1, 1, 2, 2, 2, 3, 5, 6, 10, 17), id="20 text half up"),
        pytest.param("20 loose floor", LOOSE, False, (0, 1, 1, 1, 2, 2, 3, 4, 6, 7, 12, 20), id="20 loose floor"),
    ],
)
def test_the_largest_number_permitted_of_a_total(name, cap, raised, expected):
    assert tuple(largest_xs(cap, total, raised) for total in TOTALS) == expected
    for total, most in zip(TOTALS, expected, strict=True):
        assert cap_limit(cap, most, total - most, raised).over_by == 0
        assert cap_limit(cap, most + 1, total - most - 1, raised).over_by > 0


@pytest.mark.parametrize(("htt", "limit"), [(7, 1), (8, 2), (12, 2), (13, 3)])
def test_rounding_half_up_as_one_local_guide_does(htt, limit):
    assert cap_limit(HALF_UP, 0, htt).limit == limit


@pytest.mark.parametrize("code", ["hd07_2011", "hd27_2014", "hd16_2018"])
def test_a_rule_set_without_a_known_cap_checks_nothing(code):
    cap = rules(code).cap
    found = cap_limit(cap, 50, 1)

    assert (found.limit, found.over_by, found.percent, found.other) == (None, 0, None, None)
    assert "không có giới hạn" in found.arithmetic
    assert (largest_xs(cap, 10), cap.cap_enforcement) == (None, "off")


@pytest.mark.parametrize("code", ["hd21_2019", "qd124_2023"])
def test_a_rule_set_without_a_raised_cap_keeps_its_own(code):
    assert cap_limit(rules(code).cap, 6, 24, raised=True).percent == 20


def test_a_cap_heard_of_second_hand_says_so():
    article = cap_limit(rules("qd124_2023").cap, 1, 10).article

    assert article == (
        "Quy định 124-QĐ/TW – mặc định của phần mềm, chưa đối chiếu văn bản; "
        "làm tròn xuống: mặc định của phần mềm, chưa đối chiếu văn bản"
    )


def test_choices_of_the_committee_say_so():
    chosen = rules(cap={"cap_rounding": "half_up", "cap_denominator": "xs_plus_htt"}).cap

    assert cap_limit(chosen, 1, 4).article == (
        "Điều 11 Quy định 366-QĐ/TW; "
        "tính trên tổng số hoàn thành xuất sắc và hoàn thành tốt nhiệm vụ: theo lựa chọn của cấp ủy; "
        "làm tròn nửa lên: theo lựa chọn của cấp ủy"
    )


def test_the_cap_of_organisations():
    assert organisation_cap(TEXT, 3, 10).limit == 2
    assert organisation_cap(TEXT, 3, 12, raised=True).limit == 3
    assert organisation_cap(rules("qd124_2023").cap, 3, 1).limit is None
