"""A ballot with a fifth box “chưa xếp loại”, where a committee prints one: counted everywhere, never a level."""

import pytest

from cells.models import LogEntry
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.evening_printing import count_table, evening_paper
from evaluations.sheet_book import SheetBook
from evaluations.sheet_page import read_sheet
from evaluations.sheet_row import key_of
from tests.evaluations.rating_cases import MEETING, head, open_season, people, row, sheet_of

pytestmark = pytest.mark.django_db
NO_VOTES = {"votes_HTTNV": None, "blanks": None}


@pytest.fixture
def sheet(tree, cast):
    """Three members, all rated but the first, on whom one of the two ballots says “chưa xếp loại”."""
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    season.choices = {"procedure": {"ballot_not_rated_box": True}}
    season.save()
    sheet = sheet_of(season, tree.here)
    first, *others = sheet.reviews.all()
    votes = {"votes_HTTNV": 1, "votes_not_rated": 1, "reason": "Chưa đủ phiếu; chi bộ bàn lại, thống nhất"}
    rows = {first.pk: Edit(1, row("HTTNV", 3).values | votes)}
    rows |= {other.pk: row("HTTNV", 3) for other in others}
    actions.save_draft(sheet, head=head(3), rows=rows, by=cast.secretary)
    return sheet_of(season, tree.here)


def test_its_votes_count_in_the_sum_and_carry_no_level(sheet, cast):
    page = read_sheet(sheet, on=MEETING)
    first = page.rows[0]
    assert (first.review.votes, first.sum_words, first.sum_ok) == ({"HTTNV": 1, "not_rated": 1}, "3/3 phiếu", True)
    assert first.carried.level is None
    assert first.votes_text == "HTTNV 1, chưa xếp loại 1, trắng 1"
    assert page.gaps == []
    actions.send(sheet, by=cast.secretary)
    [logged] = LogEntry.objects.filter(action="evaluations.send")
    assert logged.data["rows"][0]["votes_not_rated"] == 1


def test_a_box_with_as_many_votes_as_a_level_needs_is_pointed_at_and_a_row_without_votes_is_one_gap(sheet, cast):
    first, second, _ = sheet.reviews.all()
    edits = {first.pk: Edit(2, {"votes_HTTNV": None, "votes_not_rated": 2}), second.pk: Edit(2, NO_VOTES)}
    actions.save_draft(sheet, rows=edits, by=cast.secretary)
    page = read_sheet(sheet_of(sheet.season, sheet.organisation), on=MEETING)
    words = "“chưa xếp loại” được 2 phiếu; nếu chưa xếp loại thì chọn lý do ở “Chi tiết”"
    assert [row.box_words for row in page.rows] == [words, "", ""]
    assert [gap.what for gap in page.rows[1].gaps] == ["chưa ghi số phiếu (cần đủ 3)"]


def test_page_paper_and_workbook_have_its_column(sheet, cast, as_):
    page = read_sheet(sheet, on=MEETING)
    table = count_table(evening_paper(page, on=MEETING))
    assert [heading.title for heading in table.headings][-3:] == ["Chưa xếp loại", "Phiếu trắng", "Mức chi bộ đề nghị"]
    assert table.rows[0].values[-3:] == ("1 (33,33 %)".replace(" %", "\xa0%"), 1, "Hoàn thành tốt nhiệm vụ")
    assert "votes_not_rated" in SheetBook(page).names
    html = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert 'id="c-votes_not_rated"' in html
    first = sheet.reviews.first()
    assert f'name="{key_of(first)}-votes_not_rated" value="1"' in html


def test_without_the_choice_nothing_asks_for_it(tree, cast, as_):
    people(tree.here, 3)
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    page = read_sheet(sheet, on=MEETING)
    assert "votes_not_rated" not in SheetBook(page).names
    assert "votes_not_rated" not in as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
