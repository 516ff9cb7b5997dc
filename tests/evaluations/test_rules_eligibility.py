"""Who is rated: the month-counting cases and the table of `classification.md` §3."""

from datetime import date

import pytest

from evaluations.rules import MemberFacts, eligibility
from tests.evaluations.regulations import rules

LONG_AGO = date(2001, 2, 3)
END_OF_2025 = date(2025, 12, 31)
ALL_SETS = ("hd07_2011", "hd27_2014", "hd16_2018", "hd21_2019", "qd124_2023", "qd366_2025")


def outcome(code, reference=END_OF_2025, **facts):
    facts.setdefault("admitted_on", LONG_AGO)
    return eligibility(rules(code).eligibility, MemberFacts(**facts), reference)


@pytest.mark.parametrize(
    ("code", "admitted_on", "reference", "expected"),
    [
        pytest.param(
            "qd366_2025", date(2025, 6, 30), date(2025, 12, 31), "rate", id="30/6 to 31/12: six months on 30/12"
        ),
        pytest.param("qd366_2025", date(2025, 7, 1), date(2025, 12, 31), "outside", id="1/7 to 31/12: a day short"),
        pytest.param("qd366_2025", date(2025, 8, 31), date(2026, 2, 28), "rate", id="31/8 to 28/2: clamped"),
        pytest.param("qd366_2025", date(2025, 8, 31), date(2026, 2, 27), "outside", id="31/8 to 27/2"),
        pytest.param("hd21_2019", date(2021, 7, 1), date(2021, 12, 31), "review_only", id="hd21: review only"),
    ],
)
def test_months_since_admission(code, admitted_on, reference, expected):
    found = outcome(code, reference, admitted_on=admitted_on, official=False)

    assert found.outcome == expected
    assert found.reason_code == ("" if expected == "rate" else "new_under_6_months")


def test_the_reason_names_dates_and_article():
    assert outcome("qd366_2025", admitted_on=date(2025, 7, 1)).explanation == (
        "Kết nạp ngày 01/07/2025, đến ngày 31/12/2025 chưa đủ 6 tháng (đủ vào ngày 01/01/2026): "
        "không thuộc đối tượng kiểm điểm, xếp loại (Điều 5 Quy định 366-QĐ/TW)."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"exempt": True}, ("outside",) * 6, id="exempt"),
        pytest.param({"suspended": True}, ("rate", "rate", "rate", "outside", "outside", "outside"), id="suspended"),
        pytest.param({"committee_suspended": True}, ("rate",) * 6, id="suspended from the committee only"),
        pytest.param({"temporary_elsewhere": True}, ("rate",) * 6, id="temporarily elsewhere"),
        pytest.param({"sick_months": 5}, ("rate",) * 6, id="ill"),
        pytest.param(
            {"admitted_on": date(2025, 9, 1), "official": False},
            ("rate", "rate", "rate", "review_only", "review_only", "outside"),
            id="new",
        ),
        pytest.param({"admitted_on": date(2025, 1, 2), "official": False}, ("rate",) * 6, id="probationary"),
    ],
)
def test_every_case_in_every_rule_set(facts, expected):
    assert tuple(outcome(code, **facts).outcome for code in ALL_SETS) == expected


@pytest.mark.parametrize(("fact", "code"), [("exempt", "exempt"), ("suspended", "suspended")])
def test_those_outside_carry_reason_and_article(fact, code):
    found = outcome("qd366_2025", **{fact: True})

    assert (found.reason_code, found.article) == (code, "Điều 5 Quy định 366-QĐ/TW")
    assert "31/12/2025" in found.explanation
    assert found.is_rated is False


def test_long_illness_is_a_ceiling_in_2019_and_none_in_2025():
    assert outcome("hd21_2019", sick_months=3).ceiling == "HTNV"
    assert outcome("hd21_2019", sick_months=2).ceiling is None
    assert outcome("qd366_2025", sick_months=12).ceiling is None


def test_what_must_be_minded_for_a_member_who_is_rated():
    assert outcome("qd366_2025", committee_suspended=True, temporary_elsewhere=True, months_in_old_cell=6).notes == (
        "Bị đình chỉ sinh hoạt cấp ủy: kiểm điểm ở chi bộ về thời gian trước khi bị đình chỉ "
        "(điểm 7.7 Hướng dẫn 43-HD/BTCTW).",
        "Sinh hoạt tạm thời nơi khác: cần nhận xét bằng văn bản của nơi sinh hoạt tạm thời "
        "(điểm 7.6 Hướng dẫn 43-HD/BTCTW).",
        "Ở chi bộ cũ 6 tháng trong năm: cần nhận xét của chi bộ cũ "
        "(theo mẫu Nghị định 90/2020/NĐ-CP – mặc định của phần mềm, chưa đối chiếu văn bản).",
    )
    assert outcome("qd366_2025", months_in_old_cell=5).notes == ()


@pytest.mark.parametrize(
    ("first", "last", "official", "expected"),
    [
        pytest.param(None, None, True, "rate", id="official, day unknown"),
        pytest.param(None, None, False, "needs_human", id="probationary, day unknown"),
        pytest.param(date(2025, 6, 1), date(2025, 7, 31), False, "needs_human", id="either side of six months"),
        pytest.param(date(2025, 6, 1), date(2025, 6, 30), False, "rate", id="long enough whatever the day"),
        pytest.param(date(2025, 7, 1), date(2025, 7, 31), False, "outside", id="too new whatever the day"),
    ],
)
def test_a_day_of_admission_that_is_not_known(first, last, official, expected):
    assert outcome("qd366_2025", admitted_on=first, admitted_by=last, official=official).outcome == expected
