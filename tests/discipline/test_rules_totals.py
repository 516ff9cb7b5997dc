"""Published totals as tests (statistics.md, section 14), and how a chain of decisions is counted."""

from datetime import date

import pytest

from discipline.rules.counting import Link, last_links
from discipline.rules.printed_totals import PrintedTable, sum_checks, together

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.mark.parametrize("total", [62], ids=["T5"])
def test_forms_sum_and_contents_are_accepted_with_a_note(total):
    table = PrintedTable(
        total=total,
        forms={"KT": 28, "CC": 21, "CCH": 1, "KTR": 12},
        contents={"V04": 15, "V02": 14, "V05": 12, "V01": 8, "V06": 5, "V07": 5},
        accepted={"contents": "danh mục nội dung không đầy đủ"},
    )
    forms, contents = sum_checks(table)
    assert (forms.stated, forms.summed, forms.is_exact, forms.holds) == (62, 62, True, True)
    assert (contents.stated, contents.summed, contents.difference, contents.is_exact) == (62, 59, -3, False)
    assert (contents.holds, contents.note) == (True, "danh mục nội dung không đầy đủ")


@pytest.mark.parametrize("everybody", [9950], ids=["T6"])
def test_committees_and_commissions_are_two_counts_that_add_up(everybody):
    committees = PrintedTable(total=7056, forms={"KT": 5486, "CC": 1057, "CCH": 152, "KTR": 361})
    local = PrintedTable(total=2869, forms={"KT": 1168, "CC": 551, "CCH": 18, "KTR": 1132})
    local_organisations = PrintedTable(total=80, forms={"KT": 57, "CC": 23})
    every_commission = PrintedTable(total=2894)
    for table in (committees, local, local_organisations):
        [check] = sum_checks(table)
        assert (check.is_exact, check.holds) == (True, True)
    assert together(committees, every_commission) == everybody
    assert every_commission.total - local.total == 25


def test_a_difference_without_a_note_does_not_hold():
    table = PrintedTable(total=10, forms={"KT": 9}, levels={"by:cell": 10}, contents={"V01": 8})
    assert [(check.name, check.difference, check.holds) for check in sum_checks(table)] == [
        ("forms", -1, False),
        ("levels", 0, True),
        ("contents", -2, False),
    ]
    [_, more] = sum_checks(PrintedTable(total=1, forms={"KT": 1}, contents={"V01": 1, "V02": 1}))
    assert (more.difference, more.holds) == (1, True)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([("a", None, "2026-01-01", None)], [("a", "a")]),
        ([("a", None, "2025-12-31", None)], []),
        ([("a", None, "2026-07-01", None)], []),
        ([("a", None, "2026-02-01", None), ("b", "a", "2026-06-30", None)], [("a", "b")]),
        ([("a", None, "2026-02-01", None), ("b", "a", "2026-07-01", None)], [("a", "a")]),
        ([("a", None, "2025-12-31", None), ("b", "a", "2026-02-01", None)], []),
        ([("a", None, "2026-02-01", "2026-06-30")], []),
        ([("a", None, "2026-02-01", "2026-07-01")], [("a", "a")]),
        (
            [("a", None, "2026-02-01", None), ("b", "a", "2026-03-01", None), ("c", "b", "2026-04-01", None)],
            [("a", "c")],
        ),
    ],
    ids=["in", "before", "after", "changed", "changed-later", "only-changed", "annulled", "annulled-later", "twice"],
)
def test_a_chain_is_counted_once_in_the_period_of_its_first_announcement(links, expected):
    def day(text):
        return date.fromisoformat(text) if text else None

    found = [Link(key, replaces, day(on), day(annulled)) for key, replaces, on, annulled in links]
    assert last_links(found, JANUARY, JULY) == expected
