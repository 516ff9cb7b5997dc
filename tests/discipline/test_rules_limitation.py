"""Limitation: the form that was voted decides; restarts, pauses and what has no limitation."""

import random
from datetime import date, timedelta

import pytest

from config.lib.workdays import add_months
from discipline.rules.limitation import POSTPONED, PROCEEDINGS, Pause, Violation, limitation
from tests.discipline.regulations import VIOLATIONS, violation

ENDED = Violation(ended_on=date(2019, 3, 1))
CONCLUDED = date(2024, 4, 2)
IN_HOSPITAL = Pause(POSTPONED, date(2023, 1, 1), date(2023, 4, 1))


@pytest.mark.parametrize("code", VIOLATIONS)
@pytest.mark.parametrize(
    ("form", "violations", "concluded_on", "pauses", "expected"),
    [
        pytest.param("KT", [ENDED], CONCLUDED, [], (True, date(2024, 3, 1)), id="E5"),
        pytest.param(
            "KT", [ENDED, Violation(ended_on=date(2022, 6, 1))], CONCLUDED, [], (False, date(2027, 6, 1)), id="E6"
        ),
        pytest.param("KT", [ENDED], CONCLUDED, [IN_HOSPITAL], (False, date(2024, 5, 30)), id="E7"),
        pytest.param(
            "KT", [Violation(ended_on=date(2008, 5, 5), kind="unlawful_diploma")], date(2026, 9, 1), [], (False, None),
            id="E8",
        ),
        pytest.param("KT", [ENDED], date(2024, 3, 1), [], (False, date(2024, 3, 1)), id="the last day is in time"),
        pytest.param("CC", [ENDED], CONCLUDED, [], (False, date(2029, 3, 1)), id="ten years for a warning"),
        pytest.param("KTR", [ENDED], date(2039, 1, 1), [], (False, None), id="none for expulsion"),
        pytest.param(
            "KT", [ENDED, Violation(ended_on=date(2024, 3, 2))], date(2024, 3, 2), [], (True, date(2024, 3, 1)),
            id="a violation after the period does not revive it",
        ),
        pytest.param(
            "KT", [Violation(discovered_on=date(2020, 1, 6))], date(2025, 1, 7), [], (True, date(2025, 1, 6)),
            id="from the discovery where the end is unknown",
        ),
        pytest.param(
            "KT", [ENDED], CONCLUDED, [IN_HOSPITAL, Pause(PROCEEDINGS, date(2023, 2, 1), date(2023, 5, 1))],
            (False, date(2024, 6, 29)), id="days that overlap count once",
        ),
        pytest.param(
            "KT", [ENDED], date(2031, 1, 1), [Pause(PROCEEDINGS, date(2023, 2, 1))], (False, None),
            id="the clock stands while proceedings last",
        ),
    ],
)  # fmt: skip
def test_limitation(code, form, violations, concluded_on, pauses, expected):
    found = limitation(violation(code), form, violations, concluded_on, pauses)
    assert (found.barred, found.last_day) == expected


def test_without_a_day_people_decide():
    found = limitation(violation(), "KT", [Violation()], CONCLUDED)
    assert (found.barred, found.last_day) == (False, None)
    assert "Chưa biết ngày" in found.reason


def slow(days, months, pauses):
    """Day by day: the start that runs, then the days of the period that stand still, added at its end."""
    start = days[0]
    for day in days[1:]:
        if day <= _end(start, months, pauses):
            start = day
    return _end(start, months, pauses)


def _end(start, months, pauses):
    last = add_months(start, months)
    period = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    standing = sum(any(each.started_on <= day < each.ended_on for each in pauses) for day in period)
    return last + timedelta(days=standing)


@pytest.mark.parametrize("seed", range(40))
def test_random_violations_restarts_and_pauses(seed):
    dice = random.Random(seed)
    first = date(2010, 1, 1)
    days = sorted(first + timedelta(days=dice.randrange(4000)) for _ in range(dice.randint(1, 4)))
    pauses = []
    for _ in range(dice.randint(0, 4)):
        begin = first + timedelta(days=dice.randrange(6000))
        kind = dice.choice([POSTPONED, PROCEEDINGS])
        pauses.append(Pause(kind, begin, begin + timedelta(days=dice.randrange(1, 300))))

    found = limitation(violation(), "KT", [Violation(ended_on=day) for day in days], date(2026, 1, 1), pauses)

    expected = slow(days, 60, pauses)
    assert (found.last_day, found.barred) == (expected, date(2026, 1, 1) > expected)
