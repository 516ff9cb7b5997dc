"""Limits in working days and in months, with the worked examples of the subject."""

from datetime import date

import pytest

from config.lib.workdays import (
    WorkingCalendar,
    add_months,
    add_working_days,
    calendar_months,
    full_months,
    read_calendar,
    vietnam,
    working_days_between,
)

# The holiday table of the worked examples (admissions.md, 15)
EXAMPLES = read_calendar(
    {
        "2025": {"off": [date(2025, 9, 1), date(2025, 9, 2)]},
        "2026": {
            "off": [date(2026, 1, 1)]
            + [date(2026, 2, day) for day in (16, 17, 18, 19, 20)]
            + [date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 1), date(2026, 9, 2)]
        },
    }
)


@pytest.mark.parametrize(
    ("event", "limit", "due"),
    [
        pytest.param(date(2025, 10, 13), 60, date(2026, 1, 6), id="M13"),
        pytest.param(date(2026, 8, 3), 30, date(2026, 9, 16), id="M14"),
        pytest.param(date(2026, 8, 3), 30, date(2026, 9, 16), id="M29 file"),
        pytest.param(date(2026, 8, 10), 30, date(2026, 9, 23), id="M29 appeal"),
        pytest.param(date(2025, 10, 6), 45, date(2025, 12, 8), id="E20 due"),
        pytest.param(date(2025, 10, 6), 60, date(2025, 12, 29), id="E20 at most"),
        pytest.param(date(2025, 6, 2), 60, date(2025, 8, 25), id="E20 before"),
        pytest.param(date(2025, 6, 2), 90, date(2025, 10, 8), id="E20 before, at most"),
        pytest.param(date(2026, 2, 9), 45, date(2026, 4, 20), id="E21"),
        pytest.param(date(2026, 3, 12), 30, date(2026, 4, 23), id="E22 received"),
        pytest.param(date(2026, 3, 2), 30, date(2026, 4, 13), id="E22 issued"),
        pytest.param(date(2026, 8, 10), 30, date(2026, 9, 23), id="E23 issued"),
        pytest.param(date(2026, 8, 20), 30, date(2026, 10, 5), id="E23 received"),
        pytest.param(date(2025, 10, 10), 30, date(2025, 11, 21), id="E24"),
        pytest.param(date(2025, 12, 15), 30, date(2026, 1, 27), id="E24 decision"),
        pytest.param(date(2026, 6, 1), 30, date(2026, 7, 13), id="S21"),
    ],
)
@pytest.mark.parametrize("calendar", [pytest.param(EXAMPLES, id="examples"), pytest.param(None, id="shipped")])
def test_limits_in_working_days(event, limit, due, calendar):
    assert add_working_days(event, limit, calendar=calendar) == due
    assert working_days_between(event, due, calendar=calendar) == limit
    assert working_days_between(due, event, calendar=calendar) == -limit


def test_move_of_e26_is_one_working_day_too_late():
    order = date(2025, 10, 6)
    assert working_days_between(order, date(2025, 11, 17), calendar=EXAMPLES) == 30
    assert working_days_between(order, date(2025, 11, 18), calendar=EXAMPLES) == 31


def test_a_swapped_saturday_counts_and_its_day_off_does_not():
    swapped = WorkingCalendar(off=frozenset({date(2026, 1, 2)}), working=frozenset({date(2026, 1, 10)}))
    assert add_working_days(date(2026, 1, 1), 1, calendar=swapped) == date(2026, 1, 5)
    assert add_working_days(date(2026, 1, 9), 1, calendar=swapped) == date(2026, 1, 10)


def test_limit_of_nothing_is_the_day_itself_and_a_negative_one_is_refused():
    assert add_working_days(date(2026, 9, 5), 0) == date(2026, 9, 5)
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 9, 5), -1)


def test_shipped_table_knows_its_years():
    assert vietnam().covers(date(2021, 1, 1), date(2027, 12, 31))
    assert not vietnam().covers(date(2027, 12, 1), date(2028, 1, 10))
    assert not any(day.weekday() >= 5 for day in vietnam().off)


@pytest.mark.parametrize("year", range(2021, 2028))
def test_each_year_has_eleven_days_off_by_the_labour_code(year):
    assert len([day for day in vietnam().off if day.year == year]) == 11


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        pytest.param(date(2025, 8, 31), 6, date(2026, 2, 28), id="clamped"),
        pytest.param(date(2023, 8, 31), 6, date(2024, 2, 29), id="leap year"),
        pytest.param(date(2025, 6, 30), 6, date(2025, 12, 30), id="not lengthened"),
        pytest.param(date(2026, 8, 5), 3, date(2026, 11, 5), id="M14 warning"),
        pytest.param(date(2026, 8, 10), 3, date(2026, 11, 10), id="M14 ground"),
        pytest.param(date(2024, 10, 10), 12, date(2025, 10, 10), id="E24"),
        pytest.param(date(2026, 3, 31), -1, date(2026, 2, 28), id="back"),
        pytest.param(date(2026, 1, 15), -13, date(2024, 12, 15), id="back over the year"),
    ],
)
def test_months_keep_the_day_or_take_the_last(start, count, day):
    assert add_months(start, count) == day


@pytest.mark.parametrize(
    ("admitted", "reference", "months"),
    [
        pytest.param(date(2025, 6, 30), date(2025, 12, 31), 6, id="§3 rated"),
        pytest.param(date(2025, 7, 1), date(2025, 12, 31), 5, id="§3 outside"),
        pytest.param(date(2025, 8, 31), date(2026, 2, 28), 6, id="§3 clamped"),
        pytest.param(date(2025, 8, 31), date(2026, 2, 27), 5, id="§3 one day short"),
        pytest.param(date(2021, 7, 1), date(2021, 12, 31), 5, id="§3 2021"),
        pytest.param(date(2026, 5, 5), date(2026, 5, 5), 0, id="same day"),
        pytest.param(date(2026, 5, 5), date(2026, 4, 20), -1, id="before"),
    ],
)
def test_full_months(admitted, reference, months):
    assert full_months(admitted, reference) == months


@pytest.mark.parametrize(
    ("born", "meeting", "by_calendar", "full"),
    [
        pytest.param(date(2008, 9, 15), date(2026, 8, 31), 215, 215, id="E1"),
        pytest.param(date(2008, 9, 15), date(2026, 9, 14), 216, 215, id="E2"),
        pytest.param(date(2008, 9, 15), date(2026, 9, 15), 216, 216, id="E3"),
        pytest.param(date(1966, 7, 20), date(2026, 7, 31), 720, 720, id="E4 in July"),
        pytest.param(date(1966, 7, 20), date(2026, 8, 5), 721, 720, id="E4 early August"),
        pytest.param(date(1966, 7, 20), date(2026, 8, 20), 721, 721, id="E4 late August"),
    ],
)
def test_two_readings_of_an_age_in_months(born, meeting, by_calendar, full):
    assert calendar_months(born, meeting) == by_calendar
    assert full_months(born, meeting) == full
