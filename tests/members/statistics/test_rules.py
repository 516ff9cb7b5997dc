"""Rules of the forms, pure: rows of beginnings and ends, percentages, periods, published totals, checks."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from config.lib.rulesets import discover, typed
from members.enums import EndReason, OutsideArea, StartReason
from members.statistics import checks
from members.statistics.ledger import Account, Gap, Stay, cut, events_of
from members.statistics.rules import (
    Span,
    StatisticsRules,
    age_bounds,
    entry_row,
    exit_row,
    labels,
    mean_age,
    percent,
    shown_periods,
    year_span,
)

ROOT = Path(__file__).resolve().parents[3]
FILES = {each.code: each for each in discover(ROOT / "members") if each.topic == "statistics"}
RULES = typed(StatisticsRules, FILES["hd40_2025"])


@pytest.mark.parametrize(
    ("reason", "came_from", "moved", "row"),
    [
        (StartReason.ADMITTED, "", False, "B1"),
        (StartReason.READMITTED, "", False, "B1"),
        (StartReason.RESTORED, "", False, "B3"),
        (StartReason.MOVED_IN, OutsideArea.OTHER_PROVINCE, False, "B2a"),
        (StartReason.MOVED_IN, OutsideArea.SAME_PROVINCE, False, "B2b"),
        (StartReason.MOVED_IN, OutsideArea.ABROAD, False, "B2a"),
        (StartReason.TREE, OutsideArea.SAME_PROVINCE, False, "B2b"),
        (StartReason.TREE, "", True, "B2b"),
        (StartReason.MOVED_IN, "", True, "B2b"),
        (StartReason.MOVED_IN, "", False, "B?"),
        (StartReason.TREE, "", False, "B?"),
        (StartReason.OPENING, "", False, "opening"),
    ],
)
def test_the_row_of_a_beginning(reason, came_from, moved, row):
    assert entry_row(RULES, reason, came_from, moved=moved) == row


@pytest.mark.parametrize(
    ("reason", "went_to", "moved", "row"),
    [
        (EndReason.DIED, "", False, "C1"),
        (EndReason.EXPELLED, "", False, "C2"),
        (EndReason.NAME_REMOVED, "", False, "C3"),
        (EndReason.CANCELLED, "", False, "C3"),
        (EndReason.LEFT, "", False, "C4"),
        (EndReason.MOVED_OUT, OutsideArea.OTHER_PROVINCE, False, "C5a"),
        (EndReason.MOVED_OUT, OutsideArea.ABROAD, False, "C5a"),
        (EndReason.MOVED_OUT, OutsideArea.SAME_PROVINCE, False, "C5b"),
        (EndReason.TREE, "", True, "C5b"),
        (EndReason.MOVED_OUT, "", False, "C?"),
        (EndReason.UNKNOWN, OutsideArea.SAME_PROVINCE, False, "C?"),
        (EndReason.UNSTATED, "", False, "C?"),
    ],
)
def test_the_row_of_an_end(reason, went_to, moved, row):
    assert exit_row(RULES, reason, went_to, moved=moved) == row


def test_labels_are_those_of_the_guide_of_the_day():
    old, new = (labels(typed(StatisticsRules, FILES[code]).form_1_rows) for code in ("hd11_2021", "hd40_2025"))
    assert list(old) == list(new) == [
        "A", "B", "B1", "B2", "B2a", "B2b", "B3", "C", "C1", "C2", "C3", "C3p", "C4", "C5", "C5a", "C5b", "D",
    ]  # fmt: skip
    assert (old["B2b"], new["B2b"]) == ("Huyện khác trong tỉnh chuyển đến", "Đảng bộ khác trong tỉnh chuyển đến")


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(245, 200, "122.50"), (0, 5, "0.00"), (2, 3, "66.67"), (5, 0, None), (5, None, None), (None, 5, None)],
)
def test_column_4_is_empty_where_column_3_is_nothing(now, before, expected):
    assert percent(now, before) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("part", "printed"),
    [(2365, "5.32"), (16076, "36.14"), (3303, "7.42"), (120, "0.27"), (9724, "21.86"), (2682, "6.03"), (8486, "19.08"),
     (6893, "15.5"), (5935, "13.3")],
)  # fmt: skip
def test_published_shares_of_a_whole_membership(part, printed):
    """[T2] every published share is within 0.05 of the counted one, whether truncated or rounded."""
    assert abs(percent(part, 44482) - Decimal(printed)) <= Decimal("0.05")


def test_groups_that_do_not_add_up_are_reported_with_their_difference():
    """[T2] ten occupation groups make 35,830 where 35,838 are stated: I5 says 8."""
    check = checks.sums("I5", "Nghề nghiệp cộng bằng tổng số", 35838, [35830], ["người thứ nhất"])
    assert (check.status, check.reason) == ("error", "cộng các dòng: 35830; tổng số: 35838; chênh lệch 8")
    assert check.behind == ("người thứ nhất",)


def test_mean_age_and_bands():
    assert mean_age(101, 2) == Decimal("50.5")
    assert mean_age(1, 20) == Decimal("0.1")  # half up
    assert mean_age(0, 0) is None
    assert (age_bounds("18-30"), age_bounds("61-")) == ((18, 30), (61, None))
    agree = checks.mean_agrees(Decimal("50.1"), Decimal("50.05"), Fraction(1, 20))
    differ = checks.mean_agrees(Decimal("50.1"), Decimal("50.04"), Fraction(1, 20))
    assert (agree.status, differ.status) == ("ok", "warn")


@pytest.mark.parametrize(
    ("since", "until", "before", "words"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), (date(2025, 1, 1), date(2026, 1, 1)), "năm 2026"),
        (date(2026, 1, 1), date(2026, 7, 1), (date(2025, 1, 1), date(2025, 7, 1)), "6 tháng đầu năm 2026"),
        (date(2024, 2, 1), date(2024, 3, 1), (date(2023, 2, 1), date(2023, 3, 1)), "từ 01/02/2024 đến hết 29/02/2024"),
        (date(2025, 2, 1), date(2025, 3, 1), (date(2024, 2, 1), date(2024, 2, 29)), "từ 01/02/2025 đến hết 28/02/2025"),
    ],
)
def test_the_same_period_of_the_year_before(since, until, before, words):
    span = Span(since, until)
    assert span.a_year_before == Span(*before)
    assert span.words == words


def test_periods_one_chooses_with_a_click():
    assert shown_periods(date(2026, 3, 5)) == {
        "Năm nay": Span(date(2026, 1, 1), date(2026, 3, 6)),
        "6 tháng đầu năm": Span(date(2026, 1, 1), date(2026, 3, 6)),
        "Năm trước": Span(date(2025, 1, 1), date(2026, 1, 1)),
    }


def stay(start, end=None, **values):
    return Stay(member=1, name="Lê Văn An", organisation=7, start=start, end=end, **values)


def test_stays_that_overlap_are_named():
    """The database refuses them; a list from elsewhere may hold them."""
    known = [
        stay(date(2020, 1, 1)),
        Stay(member=1, name="Lê Văn An", organisation=8, start=date(2026, 3, 1), start_reason=StartReason.ADMITTED),
    ]
    [event] = events_of(RULES, known, year_span(2026))
    assert event.entry == "B?"
    assert event.cause == "Lê Văn An: ngày 01/03/2026 bắt đầu khi chưa kết thúc ở nơi khác (trùng thời gian)"


@pytest.mark.parametrize(
    ("stays", "pieces"),
    [
        ([stay(date(2020, 1, 1))], [(date(2020, 1, 1), date(2026, 6, 15)), (date(2026, 10, 20), None)]),
        (
            [stay(date(2020, 1, 1), date(2026, 8, 1), end_reason=EndReason.MOVED_OUT)],
            [(date(2020, 1, 1), date(2026, 6, 15))],
        ),
        ([stay(date(2026, 7, 1), date(2026, 8, 1), end_reason=EndReason.MOVED_OUT)], []),
        ([stay(date(2026, 10, 20), start_reason=StartReason.MOVED_IN)], [(date(2026, 10, 20), None)]),
        (
            [stay(date(2020, 1, 1), date(2021, 1, 1), end_reason=EndReason.DIED)],
            [(date(2020, 1, 1), date(2021, 1, 1))],
        ),
    ],
)
def test_a_gap_is_cut_out_of_what_it_meets(stays, pieces):
    gap = Gap(member=1, out_on=date(2026, 6, 15), back_on=date(2026, 10, 20), end_reason=EndReason.EXPELLED)
    assert [(piece.start, piece.end) for piece in cut(stays, [gap])] == pieces


def test_balance_names_what_is_off():
    assert checks.balance(Account({"listed_before": 5, "B1": 2, "C1": 1, "listed_after": 6})).status == "ok"
    off = checks.balance(Account({"listed_before": 5, "listed_after": 6, "B?": 1}, ("An: bắt đầu không rõ từ đâu",)))
    assert (off.status, off.behind) == ("error", ("An: bắt đầu không rõ từ đâu",))
    assert off.reason == "A 5 + B 0 − C 0 = 5; danh sách ngày cuối kỳ: 6; chênh lệch 1"


def test_a_parent_is_its_parts_but_for_moves_between_them():
    whole = Account({"listed_before": 100, "listed_after": 100})
    parts = [
        Account({"listed_before": 40, "listed_after": 39, "C5b": 1}),
        Account({"listed_before": 60, "listed_after": 61, "B2b": 1}),
    ]
    check = checks.rolled_up(whole, parts, ["X → Y: 1"])
    assert (check.status, check.behind) == ("ok", ("X → Y: 1",))
    wrong = checks.rolled_up(Account({"listed_before": 101, "listed_after": 100}), parts, [])
    assert (wrong.status, wrong.reason) == ("error", "Không khớp ở dòng A")


def test_column_3_is_held_against_the_form_that_was_issued():
    rows = [("Kết nạp", 4, 2, Decimal("200.00"))]
    assert checks.percentages(rows, None).status == "ok"
    assert checks.percentages([("Kết nạp", 4, 2, Decimal("50.00"))], None).status == "error"
    issued = {"lines": [{"label": "Kết nạp", "values": [3, 1, "300.00"]}]}
    off = checks.percentages(rows, issued)
    assert (off.status, off.behind) == ("error", ("Kết nạp: đã ban hành 3, đếm lại 2",))
