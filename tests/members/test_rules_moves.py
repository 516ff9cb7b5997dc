"""Clocks, kinds and refusals of moves: the worked examples of `member-file.md` §15 and the parameters of §16."""

from dataclasses import fields
from datetime import date

import pytest

from config.lib.rulesets import typed, with_overrides
from members.rules.moves import (
    FROM_REMOVAL,
    HUMAN,
    OK,
    STOP,
    WARN,
    MoveRules,
    SlipDates,
    apply_due,
    apply_finding,
    blocked_finding,
    extension_finding,
    kind_finding,
    late_since,
    present_due,
    present_finding,
    removal_days,
    removal_finding,
    removal_since,
)
from tests.evaluations.regulations import keys, shipped

CODES = ("qd24_2021", "qd294_2025", "qd208_2026")
PARAMETERS = """
transfer_apply_working_days | 60 ○ | 60 ● | 60 ○
transfer_present_working_days | 30 ○ | 30 ● | 30 △
slip_removal_clock | later △ | later △ | later △
transfer_blocked_by | inspection, complaint, denunciation △ | inspection, complaint, denunciation ● | inspection, complaint, denunciation △
temporary_min_months | 3 △ | 3 ● | 3 △
temporary_below_months | 12 △ | 12 ● | 12 △
temporary_study_max_months | 24 △ | 24 ● | 24 △
temporary_extension_below_months | 12 △ | 12 ● | 12 △
temporary_headcount | home △ | home ● | home ○
temporary_fees | host △ | host ● | host ○
temporary_cell_min | 3 △ | 3 ● | 3 △
abroad_official_submit_working_days | 60 △ | 60 ● | 60 △
abroad_return_report_working_days | 30 △ | 30 ● | 30 △
abroad_temporary_submit_working_days | 30 △ | 30 ● | 30 △
graduate_stay_months | 12 △ | 12 ● | 12 △
dissolved_transfer_working_days | 30 ● | 30 ● | 30 △
""".strip().splitlines()  # noqa: E501 -- a line a parameter, as in the table


def rules(code="qd294_2025", **choices):
    moves = with_overrides(keys("moves", code, "members"), choices)
    return typed(MoveRules, {**moves, **{name: keys("removal", code, "members")[name] for name in FROM_REMOVAL}})


def cell(code, key):
    rule = keys("moves", code, "members")[key]
    value = ", ".join(rule.value) if isinstance(rule.value, tuple) else rule.value
    return f"{value} {rule.mark}"


@pytest.mark.parametrize("line", PARAMETERS, ids=lambda line: line.split(" |")[0])
def test_every_value_and_mark(line):
    key, *expected = line.split(" | ")

    assert [cell(code, key) for code in CODES] == expected


def test_the_table_names_every_shipped_key():
    listed = {line.split(" |")[0] for line in PARAMETERS}
    files = [each for each in shipped("members") if each.topic == "moves"]

    assert sorted(each.code for each in files) == sorted(CODES)
    assert all(set(each.keys) == listed for each in files)
    assert listed == {field.name for field in fields(MoveRules)} - {"values", *FROM_REMOVAL}


@pytest.mark.parametrize("asked", [pytest.param(date(2026, 1, 6), id="[M13]"), date(2025, 12, 1)])
def test_asked_for_in_time(asked):
    assert apply_due(rules(), date(2025, 10, 13)) == date(2026, 1, 6)

    finding = apply_finding(rules(), date(2025, 10, 13), asked)

    assert (finding.status, finding.source) == (OK, "điểm 6.3.1a Quy định 294-QĐ/TW")


@pytest.mark.parametrize("asked", [pytest.param(date(2026, 1, 7), id="[M13] a day late")])
def test_asked_for_late_needs_an_explanation(asked):
    finding = apply_finding(rules(), date(2025, 10, 13), asked)

    assert (finding.status, finding.due_on) == (WARN, date(2026, 1, 6))
    assert "60 ngày làm việc từ 13/10/2025, hạn 06/01/2026; phải có giải trình" in finding.reason


def test_without_an_order_nothing_is_late():
    assert apply_finding(rules(), None, date(2030, 1, 1)) is None


M14 = {"introduced_on": date(2026, 8, 3), "file_taken_on": date(2026, 8, 5), "notice_received_on": date(2026, 8, 10)}


@pytest.mark.parametrize(
    ("on", "presenting", "removal"),
    [
        pytest.param(date(2026, 9, 16), OK, None, id="[M14] the last day"),
        pytest.param(date(2026, 9, 17), WARN, None, id="[M14] late"),
        pytest.param(date(2026, 11, 5), WARN, None, id="[M14] three months after the file"),
        pytest.param(date(2026, 11, 6), WARN, WARN, id="[M14] warning"),
        pytest.param(date(2026, 11, 10), WARN, WARN, id="[M14] three months after the notice"),
        pytest.param(date(2026, 11, 11), WARN, HUMAN, id="[M14] ground for people to decide on"),
    ],
)
def test_two_clocks_of_a_slip(on, presenting, removal):
    found = removal_finding(rules("qd208_2026"), SlipDates(**M14), on)

    assert present_due(rules("qd208_2026"), M14["introduced_on"]) == date(2026, 9, 16)
    assert present_finding(rules("qd208_2026"), SlipDates(**M14), on).status == presenting
    assert (found.status if found else None) == removal


@pytest.mark.parametrize("on", [pytest.param(date(2026, 11, 23), id="[M15]")])
def test_presented_late_asks_for_a_reason_and_is_no_ground(on):
    slip = SlipDates(**M14, presented_on=date(2026, 10, 20))

    finding = present_finding(rules(), slip, on)

    assert (finding.status, finding.due_on) == (WARN, date(2026, 9, 16))
    assert "giải trình" in finding.reason
    assert removal_finding(rules(), slip, on) is None


def test_the_earlier_clock_is_a_choice_of_the_committee():
    chosen = rules(slip_removal_clock="earlier")

    assert removal_days(rules(), SlipDates(**M14)) == (date(2026, 11, 6), date(2026, 11, 11))
    assert removal_days(chosen, SlipDates(**M14)) == (date(2026, 11, 6), date(2026, 11, 6))


def test_the_later_clock_waits_until_both_starts_are_known():
    slip = SlipDates(date(2026, 8, 3), file_taken_on=date(2026, 8, 5))

    assert removal_days(rules(), slip) == (date(2026, 11, 6), None)
    assert removal_finding(rules(), slip, date(2027, 8, 5)).status == WARN
    assert removal_days(rules(), SlipDates(date(2026, 8, 3))) == (None, None)


@pytest.mark.parametrize("matter", [pytest.param("denunciation", id="[M16]"), "inspection", "complaint"])
def test_an_open_matter_stops_a_transfer(matter):
    finding = blocked_finding(rules(), [matter])

    assert (finding.status, finding.source) == (STOP, "điểm 6.3.1đ Quy định 294-QĐ/TW")
    assert "chờ kết luận" in finding.reason


def test_nothing_open_stops_nothing():
    assert blocked_finding(rules(), ["fees"]) is None


@pytest.mark.parametrize(
    ("until", "study", "verdict"),
    [
        pytest.param(date(2027, 2, 1), False, "temporary", id="[M17] 11 months"),
        pytest.param(date(2027, 3, 1), False, "official", id="[M17] 12 months"),
        pytest.param(date(2028, 3, 1), True, "temporary", id="[M17] study of 24 months"),
        pytest.param(date(2028, 4, 1), True, "official", id="[M17] study of 25 months"),
        pytest.param(date(2028, 3, 2), True, "official", id="study of 24 months and a day"),
        pytest.param(date(2026, 6, 1), False, "temporary", id="3 months"),
        pytest.param(date(2026, 5, 31), False, "none", id="under 3 months"),
        pytest.param(None, False, "official", id="no end"),
    ],
)
def test_official_or_temporary_by_length(until, study, verdict):
    assert kind_finding(rules(), date(2026, 3, 1), until, study=study).verdict == verdict


@pytest.mark.parametrize(
    ("new_until", "status"),
    [(date(2026, 6, 1), STOP), (date(2026, 6, 2), OK), (date(2027, 5, 31), OK), (date(2027, 6, 1), STOP)],
)
def test_an_extension_is_shorter_than_a_year(new_until, status):
    finding = extension_finding(rules(), date(2026, 6, 1), new_until)

    assert (finding.status, finding.source) == (status, "mục II.4.3.2c Hướng dẫn 38-HD/BTCTW")


def test_what_is_not_read_in_the_text_says_so():
    assert "mặc định" in present_finding(rules("qd208_2026"), SlipDates(**M14), date(2026, 8, 4)).source


@pytest.mark.parametrize(
    ("kind", "due"),
    [("abroad_official", date(2026, 10, 28)), ("abroad_temporary", date(2026, 9, 16)), ("official", date(2026, 9, 16))],
)
def test_slips_for_abroad_have_their_own_time(kind, due):
    assert present_due(rules(), date(2026, 8, 3), kind) == due


def test_the_lists_of_late_slips_begin_where_the_clocks_end():
    assert late_since(rules(), date(2026, 9, 16)) < date(2026, 8, 3)
    assert late_since(rules(), date(2026, 9, 17)) == date(2026, 8, 3)
    assert removal_since(rules(), date(2026, 11, 5)) == date(2026, 8, 4)
    assert removal_since(rules(), date(2026, 11, 6)) == date(2026, 8, 5)
