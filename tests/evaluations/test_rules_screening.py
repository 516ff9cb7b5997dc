"""Grounds of removal, criteria of the assistance list and hints: the cases of screening.md, section 10."""

from datetime import date

import pytest

from config.lib.rulesets import typed, with_overrides
from evaluations.rules.screening import (
    AWAY,
    EXEMPT,
    SUSPENDED,
    AssistanceRules,
    MonthFacts,
    Punishment,
    absence,
    again_while_served,
    fees,
    may_leave,
    no_progress,
    self_review,
    unworthy,
    years_not_done,
)
from evaluations.rules.screening_hints import HintRules, Situation, hints
from members.rules import VoteBaseRules, Voter, vote_base, votes_at_least
from members.rules.exits import RemovalRules, appeal_until
from tests.evaluations.regulations import ROOT, keys, written

CODES = ("qd45_2011", "qd29_2016", "qd24_2021", "qd294_2025", "qd20_2026", "qd208_2026")
PAID = date(2026, 1, 15)
SUMMER = range(4, 10)


SCREENING = {"assistance": "hd02_2021", "hints": "hints_2021"}


def test_every_value_and_mark_of_the_files():
    """screening.md §12.2, line by line; the thresholds of C2 and C4 are those of its section 4."""
    listed = (ROOT / "tests" / "expected" / "screening_rules.txt").read_text(encoding="utf-8").splitlines()
    found = [
        f"{topic} {key} | {written(rule.value)} {rule.mark}"
        for topic, code in SCREENING.items()
        for key, rule in keys(topic, code).items()
    ]
    assert sorted(found) == sorted(listed)


def removal(code="qd208_2026", **chosen):
    return typed(RemovalRules, with_overrides(keys("removal", code, "members"), chosen))


def assistance(**chosen):
    return typed(AssistanceRules, with_overrides(keys("assistance", "hd02_2021"), chosen))


def year_of(missed=(), *, year=2026, until=12, **facts):
    """Months of a year in which meetings were held and fees paid but for those missed."""
    rows = []
    for month in range(1, until + 1):
        own = {name: value[month] for name, value in facts.items() if month in value}
        came = month not in missed
        rows.append(MonthFacts(year=year, month=month, attended=int(came), paid_on=PAID if came else None, **own))
    return rows


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("ground", "months", "status", "counts"),
    [
        pytest.param(absence, year_of((2, 3, 4)), "met", (3, 3), id="S1"),
        pytest.param(
            absence, year_of((3, 4, 5), status=dict.fromkeys(range(3, 13), EXEMPT)), "not_met", (0, 0), id="S2"
        ),
        pytest.param(
            absence, year_of((6, 7, 8), status=dict.fromkeys((6, 7, 8), SUSPENDED)), "not_met", (0, 0), id="S3 X1"
        ),
        pytest.param(fees, year_of((6, 7, 8), status=dict.fromkeys((6, 7, 8), SUSPENDED)), "met", (3, 3), id="S3 X2"),
        pytest.param(
            absence,
            year_of(SUMMER, status=dict.fromkeys(SUMMER, AWAY), host_known=dict.fromkeys(SUMMER, False)),
            "ask_host", (0, 0), id="S4",
        ),
        pytest.param(absence, year_of((3, 4, 6), meetings={5: 0}), "met", (3, 3), id="S6"),
        pytest.param(fees, year_of((1, 4, 6)), "needs_human", (3, 1), id="E12"),
        pytest.param(absence, year_of(), "not_met", (0, 0), id="E12 present at all"),
    ],
)  # fmt: skip
def test_months_of_a_year(code, ground, months, status, counts):
    found = ground(removal(code), months, date(2026, 12, 31))
    assert found.status == status
    assert f"cộng dồn {counts[0]}, liên tục {counts[1]};" in found.reason


@pytest.mark.parametrize(("window", "status"), [("calendar_year", "not_met"), ("rolling_12", "met")])
def test_a_run_over_new_year(window, status):
    """[S5]"""
    months = [*year_of((11, 12), year=2025), *year_of((1,), until=1)]
    assert absence(removal(year_window=window), months, date(2026, 1, 31)).status == status


def test_late_fees_count_as_paid_and_are_shown():
    """[S7]"""
    late = date(2026, 4, 20)
    months = [MonthFacts(year=2026, month=month, attended=1, paid_on=late) for month in (1, 2, 3, 4)]
    found = fees(removal(), months, date(2026, 4, 30))
    assert found.status == "not_met"
    assert found.details == tuple(f"Đảng phí tháng 0{n}/2026 đóng muộn, ngày 20/04/2026." for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("levels", "chosen", "status"),
    [
        pytest.param({2025: "KHTNV", 2026: "KHTNV"}, {}, "met", id="E13"),
        pytest.param({2024: "KHTNV", 2025: "", 2026: "KHTNV"}, {}, "not_met", id="S8"),
        pytest.param(
            {2024: "KHTNV", 2025: "", 2026: "KHTNV"}, {"b1_unrated_year_effect": "skipped"}, "met", id="S8 setting"
        ),
        pytest.param({2025: "HTNV", 2026: "KHTNV"}, {}, "not_met", id="one year"),
    ],
)
def test_two_years_not_done(levels, chosen, status):
    assert years_not_done(assistance(**chosen), levels, 2026).status == status


@pytest.mark.parametrize(
    ("years", "last", "status"),
    [
        pytest.param({}, 2026, "not_met", id="E13 levels say nothing of it"),
        pytest.param({2012: True, 2013: True}, 2013, "met", id="S9 recorded"),
        pytest.param({2012: None, 2013: None}, 2013, "needs_human", id="S9 two meanings"),
        pytest.param({2012: True, 2013: None}, 2013, "needs_human", id="S9 one recorded"),
        pytest.param({2012: None, 2013: False}, 2013, "not_met", id="S9 one denied"),
    ],
)
def test_two_years_unworthy(years, last, status):
    assert unworthy(removal(), years, last).status == status


@pytest.mark.parametrize(("form", "day", "status"), [
    pytest.param("canh_cao", date(2026, 5, 1), "met", id="S10"),
    pytest.param("khien_trach", date(2026, 5, 1), "not_met", id="a reprimand is not listed"),
    pytest.param("canh_cao", date(2027, 1, 10), "not_met", id="after it lapsed"),
    pytest.param("canh_cao", None, "not_met", id="nothing new"),
])  # fmt: skip
def test_again_while_served(form, day, status):
    served = [Punishment(form, date(2026, 1, 10), date(2027, 1, 10))]
    assert again_while_served(assistance(), served, day).status == status


@pytest.mark.parametrize(("on", "recognised_on", "status"), [
    pytest.param(date(2026, 3, 9), None, "not_met", id="S13 before"),
    pytest.param(date(2026, 3, 10), None, "met", id="S13"),
    pytest.param(date(2026, 3, 10), date(2026, 3, 1), "not_met", id="S14 decided by the committee"),
    pytest.param(date(2026, 3, 10), date(2026, 4, 1), "met", id="S14 until it decides"),
])  # fmt: skip
def test_no_progress(on, recognised_on, status):
    assert no_progress(removal(), date(2025, 3, 10), on, recognised_on=recognised_on).status == status


@pytest.mark.parametrize(("asked", "refused", "answer"), [
    pytest.param(2, False, "wait", id="S15 twice"),
    pytest.param(3, False, "proceed", id="S15 three times"),
    pytest.param(0, True, "proceed", id="S15 refused"),
])  # fmt: skip
def test_self_review(asked, refused, answer):
    assert self_review(removal(), asked, refused=refused)[0] == answer


def test_leaving_waits_for_discipline():
    """[S16]"""
    assert may_leave(open_violation=True)[0] is False
    assert may_leave(open_violation=False)[0] is True


@pytest.mark.parametrize(("base", "least"), [(9, 6), (10, 7), (20, 14)], ids=["S11-9", "S11-10", "S11-20"])
def test_list_vote(base, least):
    assert votes_at_least(assistance().list_vote_cell, base) == least


def test_the_base_of_a_list_vote():
    """[S12]"""
    rules = typed(VoteBaseRules, keys("vote_base", "qd208_2026", "members"))
    away = Voter(key="away", official=True, present=False, temporary_elsewhere=True)
    exempt = [Voter(key=f"exempt {n}", official=True, present=False, exempt=True) for n in (1, 2)]
    others = [Voter(key=str(n), official=True, present=n < 16) for n in range(18)]
    found = vote_base(rules, [away, *exempt, *others])
    assert (found.base, found.present, votes_at_least(rules.cell_share, found.base)) == (18, 16, 12)


def test_time_to_complain():
    """[S21]"""
    assert appeal_until(removal(), date(2026, 6, 1)).due_on == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("about", "codes"),
    [
        (Situation(), []),
        (Situation(absent_months=1), ["C1"]),
        (Situation(unpaid_months=2, low_years=1), ["C1", "C2"]),
        (Situation(transfer_working_days=30), []),
        (Situation(transfer_working_days=31, missed_card_checks=1), ["C3", "C4"]),
        (Situation(probation_proposal_overdue=True, without_task=True), ["C5", "C6"]),
        (Situation(proceeding_open=True, discipline_in_force=True, lost_touch=True), ["C8", "C9"]),
    ],
)
def test_hints(about, codes):
    rules = typed(HintRules, keys("hints", "hints_2021"))
    assert [each.code for each in hints(rules, about)] == codes


def test_only_inspection_officers_hear_of_proceedings():
    rules = typed(HintRules, keys("hints", "hints_2021"))
    found = hints(rules, Situation(proceeding_open=True), for_inspection=True)
    assert [each.code for each in found] == ["C7"]
