"""The chart of the tree on paper and as a workbook: the tree of the day, live counts."""

import subprocess
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from cells.changes import verbs
from cells.tree_printing import TREE, table, tree_chart
from tests.cells.tree_cases import decision, do
from tests.factories import MemberFactory

THEN = date(2026, 2, 1)


def lines(chart):
    return [(line.depth, line.node.name, *line.counts) for line in chart.lines]


def test_the_chart_of_a_base_with_its_counts(tree, cast):
    MemberFactory.create_batch(3, home=tree.here)
    MemberFactory(home=tree.next_door)
    chart = tree_chart(tree.east, year=2026, on=THEN)
    assert lines(chart) == [(0, "Đảng bộ Phường Đông", 4), (1, "Chi bộ Khóm 1", 3), (1, "Chi bộ Khóm 2", 1)]
    assert (chart.bases, chart.cells) == (1, 2)
    assert [row.values[1] for row in table(chart).rows][1] == "\N{EM SPACE}Chi bộ Khóm 1"
    assert "có 1 tổ chức cơ sở đảng, 2 chi bộ" in TREE.sections(chart)["opening"]


def test_a_change_today_leaves_the_chart_of_a_past_day_as_it_was(tree, cast):
    MemberFactory.create_batch(3, home=tree.here)
    before = TREE.render_xlsx(tree_chart(tree.root, year=2026, on=THEN))
    do(verbs.merge([tree.here], into=tree.next_door, decision=decision()), cast.staff)
    do(verbs.move([tree.east], parent=tree.west, decision=decision()), cast.staff)
    assert TREE.render_xlsx(tree_chart(tree.root, year=2026, on=THEN)) == before
    assert TREE.render_xlsx(tree_chart(tree.root, year=2026, on=date(2026, 5, 1))) != before


def test_the_workbook_is_that_of_the_page(tree, cast, as_):
    MemberFactory.create_batch(2, home=tree.here)
    client = as_(cast.officer)
    content = client.get("/cells/export/?on=01/02/2026").content
    [sheet] = [CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()]
    assert sheet[0] == ["TT", "Tổ chức đảng", "Loại hình", "Ký hiệu", "Đảng viên"]
    assert [row[1].strip() for row in sheet[1:]] == ["Đảng bộ Phường Đông", "Chi bộ Khóm 1", "Chi bộ Khóm 2"]
    assert [row[4] for row in sheet[1:]] == [2, 2, 0]
    other = client.get(f"/cells/export/?under={tree.next_door.pk}").content
    assert len(CalamineWorkbook.from_filelike(BytesIO(other)).get_sheet_by_index(0).to_python()) == 2
    assert client.get(f"/cells/export/?under={tree.west.pk}").status_code == 404
    assert client.get(f"/cells/print/?under={tree.west.pk}").status_code == 404


@pytest.mark.poppler
def test_the_chart_prints_in_the_frame_of_a_party_document(tree, cast, as_):
    MemberFactory.create_batch(2, home=tree.here)
    response = as_(cast.staff).get("/cells/print/?on=01/02/2026")
    assert response.headers["Content-Type"] == "application/pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=response.content, capture_output=True, check=True
    ).stdout.decode()
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Sơ đồ tổ chức đảng ngày 01/02/2026", "Chi bộ Ấp Thượng"):
        assert words in text, words
    assert response.content == as_(cast.staff).get("/cells/print/?on=01/02/2026").content


def test_a_very_long_chart_is_not_printed_while_one_waits(tree, cast, as_, monkeypatch):
    monkeypatch.setattr("cells.tree_printing.LINES_AT_ONCE", 3)
    page = as_(cast.staff).get("/cells/print/", follow=True).content.decode()
    assert "Sơ đồ dài 8 dòng" in page
