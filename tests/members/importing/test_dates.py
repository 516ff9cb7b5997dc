"""Dates as people write them."""

from datetime import date, datetime

import pytest

from members.importing.dates import read_date, show_month_only
from members.importing.reading import Habits

OF_2026 = Habits(2026)


@pytest.mark.parametrize(
    ("written", "shown", "repairs"),
    [
        (date(1975, 3, 5), "05/03/1975", ()),
        (datetime(1975, 3, 5, 0, 0), "05/03/1975", ()),
        ("05/03/1975", "05/03/1975", ("date_text",)),
        (" 20/ 08/1985 ", "20/08/1985", ("date_text",)),
        ("4.12.1968", "04/12/1968", ("date_text",)),
        ("23-01-1991", "23/01/1991", ("date_text",)),
        ("1975-03-05", "05/03/1975", ("date_text",)),
        ("1975-03-05 00:00:00", "05/03/1975", ("date_text",)),
        ("ngày 3 tháng 2 năm 1980", "03/02/1980", ("date_text",)),
        ("29.5.02", "29/05/2002", ("date_two_digit_year",)),
        ("9.4.26", "09/04/2026", ("date_two_digit_year",)),
        ("9.4.27", "09/04/1927", ("date_two_digit_year",)),
        ("06/1965", "06/1965", ("date_month_only",)),
        ("tháng 8 năm 1994", "08/1994", ("date_month_only",)),
        ("8/94", "08/1994", ("date_month_only", "date_two_digit_year")),
        (1978, "1978", ("date_year_only",)),
        ("1978", "1978", ("date_year_only",)),
        ("năm 1978", "1978", ("date_year_only",)),
        (33658, "24/02/1992", ("date_serial_number",)),
        ("33658", "24/02/1992", ("date_serial_number",)),
        (28874.0, "19/01/1979", ("date_serial_number",)),
    ],
)
def test_dates_are_read(written, shown, repairs):
    reading = read_date(written, OF_2026)
    assert (str(reading.value), reading.repairs, reading.problem) == (shown, repairs, "")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31/02/1980", "impossible_date"),
        ("31/04/2008", "impossible_date"),
        ("13/1980", "impossible_date"),
        ("không nhớ", "unreadable_date"),
        ("5/11", "unreadable_date"),
        ("5/3", "unreadable_date"),
        (198, "unreadable_date"),
        (True, "unreadable_date"),
        (date(1899, 12, 31), "unreadable_date"),
    ],
)
def test_what_is_no_date_is_a_finding(written, problem):
    reading = read_date(written, OF_2026)
    assert (reading.value, reading.problem) == (None, problem)


def test_an_empty_text_is_no_finding():
    assert read_date("   ", OF_2026) == (None, (), "", "")


def test_two_digit_years_follow_the_year_of_the_file():
    assert str(read_date("1.1.28", Habits(2030)).value) == "01/01/2028"


def test_a_date_shown_as_month_has_no_day():
    reading = show_month_only(read_date(date(1975, 3, 1), OF_2026))
    assert (str(reading.value), reading.repairs) == ("03/1975", ("date_shown_as_month",))
