"""When the results of a cell are pointed at: all alike, all excellent, a jump against last year."""

from decimal import Decimal

import pytest

from evaluations.rules.unusual import CellFigures, WatchRules, unusual

RULES = WatchRules(watch_min_people=5, watch_jump_points=Decimal(30))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (CellFigures(5, 5, 5, 0), ("100 % đảng viên (5) xuất sắc",)),
        (CellFigures(5, 5, 0, 5), ("cả 5 đảng viên cùng mức tốt",)),
        (CellFigures(4, 4, 4, 0), ()),  # too few to compare
        (CellFigures(6, 5, 5, 0), ()),  # one is not settled
        (CellFigures(10, 10, 2, 7), ()),
        (CellFigures(10, 10, 4, 5, 1, 10), ("tỷ lệ xuất sắc tăng từ 10 % năm trước lên 40 %",)),
        (CellFigures(10, 10, 3, 5, 1, 10), ()),  # twenty points are no jump
        (CellFigures(10, 10, 0, 9, 4, 10), ("tỷ lệ xuất sắc giảm từ 40 % năm trước xuống 0 %",)),
        (CellFigures(10, 10, 4, 5, 0, 3), ()),  # last year too few
    ],
)
def test_what_is_said_of_a_cell(cell, expected):
    assert unusual(RULES, cell, "Xuất sắc", "Tốt") == expected


def test_without_values_nothing_is_pointed_at():
    assert unusual(WatchRules(), CellFigures(9, 9, 9, 0), "Xuất sắc", "Tốt") == ()
