"""Item 21 of the sheet is continuous by months; where it is not, the gap is named."""

from datetime import date

import pytest

from members.rules.career import career_gaps

ON = date(2026, 11, 23)


def months(*steps):
    """Half-open periods from (first month, first month after) written as (year, month)."""
    return [(date(*first, 1), date(*after, 1) if after else None) for first, after in steps]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([], [], id="nothing entered, nothing to compare"),
        pytest.param(months(((1990, 3), (1995, 9)), ((1995, 9), None)), [], id="one follows the other"),
        pytest.param(months(((1990, 3), (1995, 9)), ((1995, 10), None)), ["09/1995"], id="a month left out"),
        pytest.param(
            months(((1990, 3), (1995, 9)), ((1997, 3), None)), ["từ 09/1995 đến 02/1997"], id="a year and a half"
        ),
        pytest.param(months(((1990, 3), (2000, 1)), ((1992, 1), (1993, 1)), ((2000, 1), None)), [], id="nested"),
        pytest.param(months(((1990, 3), None), ((2000, 1), (2001, 1))), [], id="one lasts"),
        pytest.param(months(((1997, 3), None), ((1990, 3), (1995, 9))), ["từ 09/1995 đến 02/1997"], id="any order"),
        pytest.param(months(((2020, 1), (2026, 3))), ["từ 03/2026 đến 11/2026"], id="nothing since"),
        pytest.param(months(((2020, 1), (2026, 11))), [], id="ended last month"),
    ],
)
def test_months_that_no_step_covers(steps, expected):
    assert [gap.words for gap in career_gaps(steps, ON)] == expected


def test_days_within_the_same_or_the_next_month_leave_no_gap():
    assert career_gaps([(date(1990, 3, 5), date(1995, 8, 11)), (date(1995, 9, 28), None)], ON) == []
