"""Where a member takes part and pays, what became of a task, months missed: worked examples of the domain."""

from datetime import date

import pytest

from members.rules.exits import RemovalRules, months_missed
from members.rules.life import (
    Stay,
    absence_months,
    fee_months,
    fee_stay,
    stay_on,
    task_state,
)

RULES = RemovalRules(x1_months=3, x2_months=3, month_mode="show_both", year_window="calendar_year")
END = date(2026, 12, 31)


def counted(ground, months, on=END):
    found = months_missed(RULES, ground, months, on)
    return found.result, found.cumulative, found.consecutive


def year_of_fees(*owed, upto=12):
    return fee_months((date(2026, month, 1), month in owed) for month in range(1, upto + 1))


@pytest.mark.parametrize(
    ("owed", "expected"),
    [
        pytest.param((1, 4, 6), ("needs_human", 3, 1), id="[M20]"),
        pytest.param((6, 7, 8), ("met", 3, 3), id="[S3]"),
        pytest.param((1, 2), ("not_met", 2, 2), id="two months"),
    ],
)
def test_months_of_unpaid_fees(owed, expected):
    assert counted("x2", year_of_fees(*owed)) == expected


def test_a_month_without_a_meeting_neither_counts_nor_breaks_a_run():
    """[S6] absent 3, 4 and 6, no meeting in 5."""
    months = absence_months((date(2026, month, 3), month in (3, 4, 6)) for month in (1, 2, 3, 4, 6, 7))
    assert counted("x1", months) == ("met", 3, 3)


def test_who_came_once_in_a_month_did_not_miss_it():
    months = absence_months([(date(2026, 2, 3), True), (date(2026, 2, 20), False), (date(2026, 3, 3), True)])
    assert [(month.month, month.missed) for month in months] == [(2, False), (3, True)]


HOME = Stay("home", False, date(2020, 1, 1), None)


def test_a_guest_takes_part_and_pays_at_the_host():
    """[M24] fees at the host; back home from the day of return."""
    stays = [HOME, Stay("host", True, date(2026, 3, 5), date(2026, 6, 10))]
    assert [stay_on(stays, date(2026, 3, day)).place for day in (4, 5)] == ["home", "host"]
    assert stay_on(stays, date(2026, 6, 10)).place == "home"
    places = [fee_stay(stays, date(2026, month, 1), date(2026, month + 1, 1)).place for month in (3, 4, 6, 7)]
    assert places == ["home", "host", "host", "home"]


def test_the_sender_collects_the_month_of_issue():
    stays = [Stay("old", False, date(2020, 1, 1), date(2026, 9, 10)), Stay("new", False, date(2026, 10, 5), None)]
    assert fee_stay(stays, date(2026, 9, 1), date(2026, 10, 1)).place == "old"
    assert fee_stay(stays, date(2026, 10, 1), date(2026, 11, 1)).place == "new"
    assert fee_stay(stays, date(2019, 1, 1), date(2019, 2, 1)) is None


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("done_on", "on", "state"),
    [
        (date(2026, 6, 30), END, "done"),
        (date(2026, 7, 1), END, "late"),
        (None, END, "undone"),
        (None, DUE, "open"),
        (date(2026, 7, 1), date(2026, 6, 30), "open"),
    ],
)
def test_what_became_of_a_task(done_on, on, state):
    assert task_state(DUE, done_on, on) == state
