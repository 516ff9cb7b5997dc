"""Party age: the worked examples of `member-file.md` §15 and the parameters of §16."""

from datetime import date, timedelta

import pytest

from config.lib.rulesets import typed, with_overrides
from members.rules.party_age import (
    HUMAN,
    NOT_YET,
    OK,
    Confirmed,
    Gap,
    Known,
    PartyAgeRules,
    PartyRecord,
    merged,
    party_age,
)
from tests.evaluations.regulations import keys

CODES = ("qd24_2021", "qd294_2025", "qd208_2026")
TODAY = date(2026, 11, 23)
PARAMETERS = """
party_age_start | decision ○ | decision ● | decision ○
party_age_fallback | card_date △ | card_date ● | card_date △
party_age_gaps | expelled, removed, lost_contact, transfer_interruption △ | expelled, removed, lost_contact, transfer_interruption ● | expelled, removed, lost_contact, transfer_interruption △
gap_end_event | readmission_decision △ | readmission_decision △ | readmission_decision △
""".strip().splitlines()  # noqa: E501 -- a line a parameter, as in the table


def rules(code="qd208_2026", **choices):
    return typed(PartyAgeRules, with_overrides(keys("party_age", code, "members"), choices))


def exactly(day):
    return Known(day, day)


def record(decided=date(1986, 5, 12), *, official_on=date(1987, 6, 3), **more):
    return PartyRecord(decided=exactly(decided) if decided else None, official_on=official_on, **more)


def age(who, on=TODAY, code="qd208_2026"):
    return party_age(rules(code), who, on)


@pytest.mark.parametrize("line", PARAMETERS, ids=lambda line: line.split(" |")[0])
def test_every_parameter_has_the_value_and_mark_of_the_table(line):
    key, *expected = line.split(" | ")
    found = []
    for code in CODES:
        rule = keys("party_age", code, "members")[key]
        value = ", ".join(rule.value) if isinstance(rule.value, tuple) else rule.value
        found.append(f"{value} {rule.mark}")
    assert found == expected


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"[M1] {code}")
def test_runs_from_the_decision_once_official(code):
    found = age(record(), code=code)
    assert (found.status, found.months, found.words, found.start) == (OK, 486, "40 năm 6 tháng", date(1986, 5, 12))
    assert found.arithmetic == (
        "Tính từ ngày quyết định kết nạp 12/05/1986",
        "Đến 23/11/2026: 486 tháng tròn",
        "Tuổi Đảng: 40 năm 6 tháng",
    )
    assert "4.5.1" in found.article


def test_lost_contact_is_taken_off():
    """[M2]"""
    who = record(gaps=(Gap(date(1990, 3, 1), date(1992, 9, 1), "lost_contact"),))
    found = age(who)
    assert (found.gap_days, found.start, found.months, found.words) == (
        915, date(1988, 11, 12), 456, "38 năm 0 tháng",
    )  # fmt: skip
    assert age(who, date(2026, 11, 11)).months == 455
    assert "Trừ 915 ngày, 01/03/1990 – 31/08/1992: mất liên lạc" in found.arithmetic
    assert "Sau khi trừ 915 ngày, tính từ 12/11/1988" in found.arithmetic


def test_readmitted_runs_from_the_first_decision_less_the_gap():
    """[M3]"""
    gap = Gap(date(2008, 6, 10), date(2013, 9, 25), "removed")
    found = age(record(date(1998, 4, 2), official_on=date(2014, 10, 9), gaps=(gap,)))
    assert (found.gap_days, found.start, found.months) == (1933, date(2003, 7, 18), 280)
    assert found.words == "23 năm 4 tháng"


def test_none_while_probationary_again():
    """[M4]"""
    gap = Gap(date(2008, 6, 10), date(2013, 9, 25), "removed")
    for official_on in (None, date(2014, 10, 9)):
        found = age(record(date(1998, 4, 2), official_on=official_on, gaps=(gap,)), date(2014, 3, 1))
        assert (found.status, found.months, found.start) == (NOT_YET, None, None)


def test_wronged_has_no_gap():
    """[M5] The restoration of rights leaves no gap among the facts, so nothing is taken off."""
    assert age(record(date(1996, 3, 3), official_on=date(1997, 3, 3))).months == 368


def test_the_card_stands_in_for_a_lost_decision():
    """[M6]"""
    found = age(record(None, on_card=exactly(date(1975, 5, 19)), official_on=date(1976, 5, 19)))
    assert (found.start, found.months) == (date(1975, 5, 19), 618)
    assert "5.3" in found.article


def test_without_any_date_a_person_must_look():
    found = age(record(None))
    assert (found.status, found.months) == (HUMAN, None)
    assert "ngày quyết định kết nạp" in found.reason


def test_gaps_that_overlap_or_touch_are_taken_off_once():
    days = [date(2000, 1, 1) + timedelta(days=n) for n in (0, 10, 20, 30, 40)]
    gaps = [
        Gap(days[2], days[3], "removed"),
        Gap(days[0], days[2], "lost_contact"),
        Gap(days[1], days[2], "expelled"),
        Gap(days[4], None, "interrupted"),
    ]
    assert merged(gaps, date(1990, 1, 1), days[4] + timedelta(days=5)) == [
        (days[0], days[3]),
        (days[4], days[4] + timedelta(days=5)),
    ]
    assert merged(gaps, days[2], days[4]) == [(days[2], days[3])]
    assert merged([Gap(days[3], days[3], "removed")], days[0], days[4]) == []


def test_a_confirmed_figure_wins_and_only_later_gaps_are_taken_off():
    early = Gap(date(1990, 3, 1), date(1992, 9, 1), "lost_contact")
    late = Gap(date(2020, 1, 1), date(2020, 1, 11), "interrupted")
    confirmed = Confirmed(date(2015, 5, 12), 300, "12-QĐ/TU")
    found = age(record(gaps=(early, late), confirmed=confirmed))
    assert (found.status, found.gap_days, found.start) == (OK, 10, date(1990, 5, 22))
    assert found.months == 438
    assert found.arithmetic[0] == "Cấp có thẩm quyền xác nhận 25 năm 0 tháng vào ngày 12/05/2015 (12-QĐ/TU)"
    assert age(record(confirmed=confirmed), date(2014, 5, 12)).months == 336  # of a day before it: the computation


def test_who_left_keeps_the_age_of_the_last_day():
    found = age(record(left_on=date(2026, 5, 12)))
    assert (found.months, found.on) == (479, date(2026, 5, 11))
    assert age(record(left_on=date(2026, 5, 13))).months == 480


def test_who_left_on_application_and_came_back_loses_the_time_away():
    gap = Gap(date(2000, 1, 1), date(2001, 1, 1), "left")
    assert age(record(gaps=(gap,))).gap_days == 366


def test_time_away_that_the_regulation_does_not_name_is_for_a_person():
    found = age(record(gaps=(Gap(date(2000, 1, 1), date(2001, 1, 1), "cancelled_admission"),)))
    assert (found.status, found.gap_days, found.months) == (HUMAN, 0, 486)
    assert "quy định không nói rõ" in found.reason


def test_an_interruption_that_goes_on_stops_the_age_and_is_for_a_person():
    found = age(record(gaps=(Gap(date(2026, 1, 12), None, "interrupted"),)))
    assert (found.status, found.gap_days, found.months) == (HUMAN, 315, 476)  # as on 12/01/2026


@pytest.mark.parametrize(
    ("first", "last", "on", "status", "months"),
    [
        (date(1986, 5, 1), date(1986, 5, 31), TODAY, HUMAN, 486),
        (date(1986, 5, 1), date(1986, 5, 31), date(2026, 11, 30), OK, 486),
        (date(1986, 5, 1), date(1986, 5, 20), TODAY, OK, 486),
    ],
)
def test_a_partial_date_is_for_a_person_where_it_changes_the_result(first, last, on, status, months):
    who = PartyRecord(decided=Known(first, last), official_on=date(1987, 6, 3))
    found = age(who, on)
    assert (found.status, found.months) == (status, months)


def test_an_absent_rule_is_off():
    off = typed(PartyAgeRules, {})
    assert party_age(off, record(), TODAY).status == HUMAN
