"""A case taken through its steps by the actions: its papers find what the steps keep, the tables count it once."""

from datetime import date

import pytest

from discipline import actions
from discipline.printed.catalogue import kinds
from discipline.printed.filling import missing
from discipline.printed.papers import papers_of
from discipline.printed.rows import CaseRows
from discipline.reports.statistics import read_statistics
from tests.discipline.cases import case_on
from tests.discipline.inspection_cases import REPORTED_ON, person, refreshed, step, verified, violation
from tests.discipline.statistics_cases import HALF
from tests.discipline.vote_cases import HELD_ON, answered, appealed, ballot, carried_out, cell_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 20)


@pytest.fixture
def case(tree, cast):
    by, (accused, _) = cast.inspector, cell_of(tree.here, 6)
    case = verified(case_on(accused, by), by)
    actions.add_team_member(case, person(), by=by)
    actions.add_violation(case, violation(), on=REPORTED_ON, by=by)
    actions.submit_report(case, step(REPORTED_ON, "5-BC/UBKT", "Đề nghị xem xét kỷ luật."), by=by)
    actions.vote_in_cell(refreshed(case), ballot({"CC": 5}, words={"chair": "Trần Thị Chủ Trì"}), by=by)
    return carried_out(refreshed(case), by)


def lacking(case, code):
    return missing(kinds()[code], CaseRows(case, ON))


def test_papers_find_what_the_steps_keep(case):
    assert lacking(case, "qd-kiem-tra") == []
    assert lacking(case, "ke-hoach") == []
    assert lacking(case, "bc-ket-qua") == []
    assert lacking(case, "bb-chi-bo") == ["thư ký"]
    assert lacking(case, "bb-kiem-phieu-chi-bo") == ["tổ kiểm phiếu"]
    [plan] = papers_of(kinds()["ke-hoach"], CaseRows(case, ON))
    said = " ".join(block.text for block in plan.blocks)
    assert "Việc kê khai tài sản" in said
    assert "từ ngày 01/03/2024 đến ngày 28/02/2026" in said
    [decision] = papers_of(kinds()["qd-ky-luat"], CaseRows(case, ON))
    assert decision.warning.startswith("BẢN CHƯA ĐỦ THÔNG TIN: thiếu quê quán")
    assert any("bằng hình thức cảnh cáo" in block.text for block in decision.blocks)


def test_the_tables_count_it_once_with_the_form_that_stands(tree, cast, case):
    def counted():
        figures = read_statistics(tree.root, HALF).table("committees").figures["I"]
        return [figures[column] for column in (1, 2, 3, 11, 15)]

    assert counted() == [1, 0, 1, 1, 1]
    appealed(case, cast.inspector, HELD_ON)
    answered(case, cast.inspector, "changed", date(2026, 6, 1), new_form="KT")
    assert counted() == [1, 1, 0, 1, 1]
    [first] = papers_of(kinds()["qd-khieu-nai"], CaseRows(case, ON))
    assert any("Hình thức kỷ luật mới: khiển trách." in block.text for block in first.blocks)
