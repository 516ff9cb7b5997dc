"""Deadlines of admission and of a candidate who moves: worked examples of admissions.md §15, by number."""

from datetime import date

import pytest

from admissions.rules.clocks import (
    agreed_deadline,
    base_resolution_due,
    cell_sends_up_due,
    ceremony_due,
    decision_due,
    member_sheet_due,
    verification_reply_due,
)
from admissions.rules.moving import file_forward_due, moved_decision, receiving_decision_due, review_due
from config.lib.rulesets import RuleSetError
from tests.admissions.regulations import CODES, clocks

every_set = pytest.mark.parametrize("code", CODES)


@pytest.mark.parametrize(
    ("code", "resolved_on", "due_on", "latest_on"),
    [
        pytest.param("qd294_2025", date(2025, 10, 6), date(2025, 12, 8), date(2025, 12, 29), id="[E20]-294"),
        pytest.param("qd232_2025", date(2025, 6, 2), date(2025, 8, 25), date(2025, 10, 8), id="[E20]-232"),
        pytest.param("qd24_2021", date(2025, 6, 2), date(2025, 8, 25), date(2025, 10, 8), id="[E20]-24"),
        pytest.param("qd208_2026", date(2026, 8, 3), date(2026, 10, 7), date(2026, 10, 28), id="[E20]-208"),
        pytest.param("qd294_2025", date(2026, 2, 9), date(2026, 4, 20), date(2026, 5, 14), id="[E21]"),
    ],
)
def test_the_decision_is_due(code, resolved_on, due_on, latest_on):
    found = decision_due(clocks(code), resolved_on)

    assert (found.due_on, found.latest_on) == (due_on, latest_on)


def test_e20_says_why_and_what_being_late_means():
    found = decision_due(clocks(), date(2025, 10, 6))

    assert found.reason == "45 ngày làm việc từ nghị quyết của chi bộ 06/10/2025"
    assert found.article == "điểm 4.3.1 Quy định 294-QĐ/TW; mặc định của phần mềm, chưa đối chiếu văn bản"
    assert found.if_late == "Báo cáo lý do chậm với cấp ủy cấp trên."
    assert [found.is_over(each) for each in (date(2025, 12, 8), date(2025, 12, 9))] == [False, True]


@pytest.mark.parametrize(
    ("code", "issued_on", "received_on", "due_on"),
    [
        pytest.param("qd294_2025", date(2026, 3, 2), date(2026, 3, 12), date(2026, 4, 23), id="[E22]"),
        pytest.param("qd24_2021", date(2026, 3, 2), date(2026, 3, 12), date(2026, 4, 23), id="[E22]-24"),
        pytest.param("qd208_2026", date(2026, 8, 10), date(2026, 8, 20), date(2026, 9, 23), id="[E23]"),
    ],
)
def test_the_ceremony_is_due(code, issued_on, received_on, due_on):
    assert ceremony_due(clocks(code), issued_on=issued_on, received_on=received_on).due_on == due_on


def test_the_clock_of_the_ceremony_starts_with_its_own_event():
    assert ceremony_due(clocks("qd294_2025"), issued_on=date(2026, 3, 2), received_on=None) is None
    assert ceremony_due(clocks("qd208_2026"), issued_on=date(2026, 8, 10), received_on=None).reason == (
        "30 ngày làm việc từ ngày ban hành quyết định 10/08/2026"
    )


def test_in_the_gap_of_2026_the_ceremony_is_asked_of_both_sets():
    days = {"issued_on": date(2026, 6, 1), "received_on": date(2026, 6, 11)}
    current, coming = (ceremony_due(clocks(code), **days) for code in ("qd294_2025", "qd208_2026"))
    found = agreed_deadline(current, coming)

    assert (current.due_on, coming.due_on, found.due_on) == (date(2026, 7, 23), date(2026, 7, 13), date(2026, 7, 13))
    assert found.note == ("Hai quy định cho hạn khác nhau, hạn kia là 23/07/2026; cấp ủy có thẩm quyền kết luận.")
    assert agreed_deadline(current, current).note == ""
    assert agreed_deadline(None, coming) == coming


@every_set
def test_other_limits(code):
    known = clocks(code)

    assert member_sheet_due(known, date(2026, 3, 12)).due_on == date(2026, 4, 23)
    assert verification_reply_due(known, date(2025, 10, 6)).due_on == date(2025, 11, 17)
    assert verification_reply_due(known, date(2025, 10, 6), abroad=True).due_on == date(2026, 2, 10)
    assert (cell_sends_up_due(known, date(2026, 3, 2)), base_resolution_due(known, date(2026, 3, 2))) == (None, None)


def test_a_committee_sets_limits_of_its_own():
    known = clocks(cell_sends_up_working_days=5, base_resolution_working_days=25)

    assert cell_sends_up_due(known, date(2026, 3, 2)).due_on == date(2026, 3, 9)
    assert base_resolution_due(known, date(2026, 3, 2)).due_on == date(2026, 4, 6)


def test_a_committee_may_count_the_day_itself_but_not_change_what_was_read():
    assert decision_due(clocks(working_day_start="same_day"), date(2025, 10, 6)).due_on == date(2025, 12, 5)
    with pytest.raises(RuleSetError, match="cấp ủy không được chọn khác"):
        clocks("qd294_2025", admission_decision_working_days=60)


def test_a_year_without_its_holidays_is_said():
    assert decision_due(clocks(), date(2025, 10, 6)).note == ""
    assert decision_due(clocks(), date(2031, 10, 6)).note == "Chưa có bảng ngày nghỉ của năm; hạn có thể thay đổi."


@every_set
@pytest.mark.parametrize(
    ("decided_on", "outcome", "words"),
    [
        pytest.param(date(2025, 11, 17), "forward", "thứ 30 từ", id="[E26]-thirtieth-day"),
        pytest.param(date(2025, 11, 18), "cancel", "thứ 31 từ", id="[E26]-thirty-first-day"),
        pytest.param(date(2025, 10, 1), "forward", "không sau ngày", id="decided-before"),
    ],
)
def test_a_decision_whose_person_has_moved(code, decided_on, outcome, words):
    found = moved_decision(clocks(code), ordered_on=date(2025, 10, 6), decided_on=decided_on, same_committee=False)

    assert found.outcome == outcome
    assert words in found.reason


def test_under_the_same_committee_the_decision_is_redirected():
    found = moved_decision(clocks(), ordered_on=date(2025, 10, 6), decided_on=date(2025, 11, 18), same_committee=True)

    assert found.outcome == "redirect"
    assert found.next_step == "Chuyển quyết định đến tổ chức cơ sở đảng nơi mới; tổ chức lễ kết nạp ở đó."


@every_set
def test_e27_the_file_is_forwarded_and_decided_on_at_the_new_place(code):
    known = clocks(code)

    assert file_forward_due(known, date(2025, 10, 6)).due_on == date(2025, 10, 27)
    assert receiving_decision_due(known, date(2025, 10, 27)).due_on == date(2025, 12, 8)
    assert review_due(known, date(2025, 10, 6)).due_on == date(2025, 12, 29)
