"""Leaving and exemption: worked examples of member-file.md §15 and screening.md §10, by number."""

from datetime import date

import pytest

from config.lib.rulesets import typed, with_overrides
from members.enums import ExemptionGround
from members.rules.exemption import exemption_problem, exemption_terms
from members.rules.exits import (
    Month,
    RemovalRules,
    StandingRules,
    answers_due,
    appeal_until,
    card_comes_back,
    file_due,
    months_missed,
)
from tests.evaluations.regulations import keys


def removal(code="qd208_2026", **chosen):
    return typed(RemovalRules, with_overrides(keys("removal", code, "members"), chosen))


def standing(code="qd208_2026"):
    return typed(StandingRules, keys("standing", code, "members"))


def months(year, missed, neutral=()):
    return [Month(year, number, number in missed, number in neutral) for number in range(1, 13)]


def test_m29_file_up_thirty_working_days_after_the_notice_of_death():
    clock = file_due(standing(), date(2026, 8, 3))
    assert (clock.due_on, clock.reason) == (date(2026, 9, 16), "30 ngày làm việc từ ngày phiếu báo 03/08/2026")
    assert clock.article.startswith("điểm 8.3b Hướng dẫn 06-HD/TW năm 2025")
    assert [clock.is_over(day) for day in (date(2026, 9, 16), date(2026, 9, 17))] == [False, True]


def test_m29_the_family_of_the_dead_keeps_the_card_and_everybody_else_hands_it_back():
    reasons = ("died", "name_removed", "left", "expelled", "cancelled_admission")
    assert [card_comes_back(standing(), reason) for reason in reasons] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("received_on", "until"),
    [
        pytest.param(date(2026, 8, 10), date(2026, 9, 23), id="[M29]"),
        pytest.param(date(2026, 6, 1), date(2026, 7, 13), id="[S21]"),
    ],
)
def test_time_to_complain(received_on, until):
    clock = appeal_until(removal(), received_on)
    assert clock.due_on == until
    assert clock.reason == f"30 ngày làm việc từ ngày nhận quyết định {received_on:%d/%m/%Y}"


def test_no_clock_runs_before_it_is_started():
    assert file_due(standing(), None) is None
    assert appeal_until(removal(), None) is None
    assert answers_due(removal(), None) == ()


def test_the_regulation_of_2025_is_read_and_its_neighbours_are_defaults():
    assert appeal_until(removal("qd294_2025"), date(2026, 3, 2)).article == "điểm 8.2.1 Quy định 294-QĐ/TW"
    assert "mặc định của phần mềm" in appeal_until(removal("qd20_2026"), date(2026, 6, 1)).article


def test_a_complaint_is_answered_in_ninety_or_a_hundred_and_eighty_working_days():
    found = [(who, clock.reason) for who, clock in answers_due(removal(), date(2026, 9, 21))]
    assert found == [
        ("cấp tỉnh, cấp trên cơ sở", "90 ngày làm việc từ ngày khiếu nại 21/09/2026"),
        ("cơ quan Trung ương", "180 ngày làm việc từ ngày khiếu nại 21/09/2026"),
    ]


@pytest.mark.parametrize(
    ("ground", "facts", "result", "cumulative", "consecutive"),
    [
        pytest.param("x2", months(2026, {1, 4, 6}), "needs_human", 3, 1, id="[M20]"),
        pytest.param("x1", months(2026, {2, 3, 4}), "met", 3, 3, id="[S1]"),
        pytest.param("x1", [], "not_met", 0, 0, id="[S2]-exempt-months-are-left-out"),
        pytest.param("x2", months(2026, {6, 7, 8}), "met", 3, 3, id="[S3]"),
        pytest.param("x1", months(2025, {11, 12}) + months(2026, {1}), "not_met", 1, 1, id="[S5]-calendar-year"),
        pytest.param("x1", months(2026, {3, 4, 6}, neutral={5}), "met", 3, 3, id="[S6]"),
        pytest.param("x2", months(2026, set()), "not_met", 0, 0, id="[S7]"),
    ],
)
def test_three_months_in_the_year(ground, facts, result, cumulative, consecutive):
    found = months_missed(removal(), ground, facts, date(2026, 11, 23))
    assert (found.result, found.cumulative, found.consecutive) == (result, cumulative, consecutive)


def test_m20_shows_both_counts_and_asks_a_human():
    found = months_missed(removal(), "x2", months(2026, {1, 4, 6}), date(2026, 11, 23))
    assert found.reason == (
        "Số tháng không đóng đảng phí: cộng dồn 3, liên tục 1; mức quy định 3. "
        "Chỉ đủ khi tính cộng dồn: văn bản không nói rõ, cấp có thẩm quyền xem xét."
    )
    assert "mặc định của phần mềm" in found.article


def test_s5_twelve_months_running_where_a_committee_chose_so():
    facts = months(2025, {11, 12}) + months(2026, {1})
    found = months_missed(removal(year_window="rolling_12"), "x1", facts, date(2026, 1, 31))
    assert (found.result, found.cumulative, found.consecutive) == ("met", 3, 3)


def test_months_to_come_do_not_count():
    found = months_missed(removal(), "x2", months(2026, {10, 11, 12}), date(2026, 11, 23))
    assert (found.cumulative, found.result) == (2, "not_met")


@pytest.mark.parametrize(
    ("ground", "decided_by", "needs_term", "below"),
    [
        ("age_health", "cell", False, None),
        ("treatment", "base", True, None),
        ("sole_abroad", "base", True, None),
        ("remote_work", "base", True, 12),
        ("retiring", "base", True, None),
        ("maternity", "base", True, None),
    ],
)
def test_who_exempts_and_for_how_long(ground, decided_by, needs_term, below):
    terms = exemption_terms(standing("qd294_2025"), ground)
    assert (terms.decided_by, terms.needs_term, terms.below_months) == (decided_by, needs_term, below)


def test_every_ground_has_somebody_who_decides():
    for code in ("qd24_2021", "qd294_2025", "qd208_2026"):
        rules = standing(code)
        assert sorted((*rules.exempt_by_cell, *rules.exempt_by_base)) == sorted(ExemptionGround.values)


@pytest.mark.parametrize(
    ("ground", "last_day", "words"),
    [
        ("age_health", None, ""),
        ("maternity", None, "phải ghi thời hạn"),
        ("maternity", date(2028, 2, 1), ""),
        ("remote_work", date(2027, 1, 30), ""),
        ("remote_work", date(2027, 1, 31), "Thời hạn quá dài: chậm nhất đến hết ngày 30/01/2027"),
    ],
)
def test_terms_of_an_exemption_from_february(ground, last_day, words):
    problem = exemption_problem(exemption_terms(standing(), ground), date(2026, 2, 1), last_day)
    assert problem.startswith(words) if words.startswith("Thời") else words in problem
    assert bool(problem) == bool(words)
