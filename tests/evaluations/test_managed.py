"""Cadres managed by a higher level: cell and base propose, that level decides, on a sheet of their own."""

from datetime import date

import pytest

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.actions.seasons import SeasonEntry
from evaluations.boards import board_rows, last_year, sheet_figures, with_counts
from evaluations.deciding import decision_table
from evaluations.enums import SheetState
from evaluations.models import RatingSheet, ReviewPoints
from evaluations.season_rules import rule_book
from evaluations.sheet_page import read_sheet
from evaluations.unusual import remarks
from evaluations.workflow import steps_open_to
from members.models import AnnualGrade
from tests.evaluations.frame_cases import give, issued_for_everybody
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

REASON = "Phó bí thư Đảng ủy phường, diện Đảng ủy Sao Mai quản lý"


@pytest.fixture
def season(tree, cast):
    people(tree.here, 4)
    season = open_season(tree, cast.staff)
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 4)
    return season


def sheet_here(season, tree):
    return RatingSheet.objects.for_page().get(season=season, organisation=tree.here, managed_from=None)


def split(season, tree, by, **changes):
    sheet = sheet_here(season, tree)
    values = {"manager": tree.root, "members": [sheet.reviews.first().pk], "reason": REASON}
    return actions.split_managed(sheet, by=by, **values | changes)


def entry():
    return DecisionEntry("5-QĐ/ĐU", DECIDED)


def fresh(sheet):
    return RatingSheet.objects.for_page().get(pk=sheet.pk)


def test_the_base_proposes_and_the_level_that_manages_decides(season, tree, cast):
    part = split(season, tree, cast.officer)
    assert [step["role"] for step in part.chain] == ["propose", "appraise", "decide"]
    assert (part.holder, part.decider, part.state) == (tree.east, tree.root, SheetState.SENT)
    [logged] = LogEntry.objects.filter(action="evaluations.split_managed")
    assert (logged.data["number"], logged.data["body"], logged.data["reason"]) == (1, "Đảng ủy Sao Mai", REASON)
    below = actions.decide([sheet_here(season, tree)], entry=entry(), by=cast.officer)
    assert (below.organisation, AnnualGrade.objects.count()) == (tree.east, 3)
    with pytest.raises(NotAllowed, match="chưa đến cấp quyết định"):
        actions.decide([part], entry=entry(), by=cast.officer)
    with pytest.raises(NotAllowed, match="Còn 1 chi bộ"):
        actions.close_season(season, by=cast.staff)
    actions.open_sheet(part, by=cast.officer)
    actions.forward(part, by=cast.officer)
    above = actions.decide([fresh(part)], entry=entry(), by=cast.staff)
    assert (above.organisation, AnnualGrade.objects.count()) == (tree.root, 4)
    actions.close_season(season, by=cast.staff)


def test_the_votes_stay_those_of_the_whole_cell(season, tree, cast):
    part = fresh(split(season, tree, cast.officer))
    whole, apart = read_sheet(sheet_here(season, tree), on=DECIDED), read_sheet(part, on=DECIDED)
    assert (whole.vote.base, apart.vote.base) == (4, 4)
    assert (len(whole.rows), len(apart.rows)) == (4, 1)
    assert (part.ballot, part.vote_base, part.held_on) == (
        sheet_here(season, tree).ballot,
        4,
        sheet_here(season, tree).held_on,
    )


def test_it_is_not_before_the_lower_body_but_shown_there(season, tree, cast):
    part = split(season, tree, cast.officer)
    table = decision_table(type(season).objects.with_raise_of(tree.east.pk).get(), tree.east)
    assert ([block.people for block in table.blocks], table.managed) == ([3], [part])
    assert table.managed[0].number == 1
    actions.open_sheet(part, by=cast.officer)
    actions.forward(part, by=cast.officer)
    above = decision_table(type(season).objects.with_raise_of(tree.root.pk).get(), tree.root)
    assert ([block.people for block in above.blocks], above.managed) == ([1], [])


def test_a_board_counts_cells_once_and_people_whole(season, tree, cast):
    split(season, tree, cast.officer)
    found = sheet_figures(season, cast.staff, rule_book(season).scale)
    rows = with_counts(board_rows(season, cast.staff, on=DECIDED), found)
    [east] = [row for row in rows if row.base.pk == tree.east.pk]
    assert (east.cells, east.due, len(east.squares)) == (1, 4, 3)  # the cell next door has nobody


def test_it_is_put_back_and_goes_back_with_its_cell(season, tree, cast):
    part = split(season, tree, cast.officer)
    assert not {"recall", "return_sheet"} & steps_open_to(cast.officer, fresh(part))
    with pytest.raises(NotAllowed, match="đưa về bảng của chi bộ"):
        actions.return_sheet(part, reason="x", by=cast.officer)
    actions.rejoin_managed(part, by=cast.officer)
    assert sheet_here(season, tree).reviews.count() == 4
    with pytest.raises(NotAllowed, match="đã được đưa về"):
        actions.rejoin_managed(part, by=cast.officer)  # the second click
    part = split(season, tree, cast.officer)
    actions.return_sheet(sheet_here(season, tree), reason="Xem lại", by=cast.officer)
    assert (sheet_here(season, tree).reviews.count(), RatingSheet.objects.filter(pk=part.pk).exists()) == (4, False)
    actions.send(sheet_here(season, tree), by=cast.secretary)
    assert sheet_here(season, tree).vote_base == 4
    assert LogEntry.objects.filter(action="evaluations.rejoin_managed").count() == 2


def test_what_is_decided_above_holds_the_sheet_there(season, tree, cast):
    part = split(season, tree, cast.officer)
    actions.open_sheet(part, by=cast.officer)
    actions.forward(part, by=cast.officer)
    actions.decide([fresh(part)], entry=entry(), by=cast.staff)
    with pytest.raises(NotAllowed, match="Cấp quản lý đã quyết định"):
        actions.return_sheet(sheet_here(season, tree), reason="x", by=cast.officer)
    with pytest.raises(NotAllowed, match="đã quyết định"):
        actions.rejoin_managed(part, by=cast.officer)
    assert sheet_here(season, tree).state == SheetState.SENT


def test_what_is_refused(season, tree, cast):
    with pytest.raises(NotAllowed, match="cấp trên của Đảng bộ Phường Đông"):
        split(season, tree, cast.officer, manager=tree.west)
    with pytest.raises(NotAllowed, match="ít nhất một"):
        split(season, tree, cast.officer, members=[])
    part = split(season, tree, cast.officer)
    with pytest.raises(NotAllowed, match="đã là bảng riêng"):
        actions.split_managed(part, manager=tree.root, members=[], reason="x", by=cast.officer)
    with pytest.raises(NotAllowed, match="không phải bảng riêng"):
        actions.rejoin_managed(sheet_here(season, tree), by=cast.officer)
    actions.decide([sheet_here(season, tree)], entry=entry(), by=cast.officer)
    with pytest.raises(NotAllowed, match="đã quyết định"):
        split(season, tree, cast.officer)


def test_by_the_pages(season, tree, cast, as_):
    client, sheet = as_(cast.officer), sheet_here(season, tree)
    place = f"/evaluations/sheets/{sheet.pk}/managed/"
    assert f'href="{place}"' in client.get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert client.get(place).status_code == 200
    first = sheet.reviews.first()
    data = {"manager": tree.root.pk, "members": [str(first.pk)], "reason": REASON}
    assert client.post(place, data | {"members": ["\x00"]}).status_code == 422
    assert client.post(place, data | {"manager": tree.west.pk}).status_code == 422
    answer = client.post(place, data)
    part = RatingSheet.objects.get(managed_from=sheet)
    assert (answer.status_code, answer.url) == (302, f"/evaluations/sheets/{part.pk}/")
    shown = client.get(answer.url).content.decode()
    assert "cán bộ thuộc diện cấp trên quản lý" in shown
    assert REASON in shown
    whole = client.get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert f'thuộc diện cấp trên quản lý: <a href="/evaluations/sheets/{part.pk}/">' in whole
    decisions = f"/evaluations/seasons/{season.pk}/decisions/{tree.east.pk}/"
    assert "1 đồng chí</a> thuộc diện Đảng ủy Sao Mai quản lý" in client.get(decisions).content.decode()
    assert queries_of(client, decisions) <= 12
    assert queries_of(client, place) <= 12
    assert as_(cast.secretary).post(f"/evaluations/sheets/{part.pk}/managed/rejoin/").status_code == 403
    assert as_(cast.stranger).get(place).status_code == 404
    assert as_(cast.officer).post(f"/evaluations/sheets/{part.pk}/managed/rejoin/").status_code == 302
    assert sheet.reviews.count() == 4


def test_points_of_the_body_before_do_not_go_with_the_cadre(tree, cast):
    people(tree.here, 4)
    issued_for_everybody(tree.root, by=cast.staff)
    season = open_season(tree, cast.staff)
    actions.open_sheet(sent(season, tree.here, cast.secretary, ["HTTNV"] * 4), by=cast.officer)
    review, _ = give(season, tree.here, ("15", "3", "7", "40", "13.7"), by=cast.officer, kind="decided")
    assert review.decided_points is not None
    split(season, tree, cast.officer, members=[review.pk])
    review.refresh_from_db()
    assert (review.decided_points, ReviewPoints.objects.get(review=review).decided) == (None, {})


def test_the_cap_figure_of_a_cell_is_without_those_whom_another_body_decides(season, tree, cast):
    part = fresh(split(season, tree, cast.officer))
    found = [read_sheet(sheet, on=DECIDED).cap.htt for sheet in (sheet_here(season, tree), part)]
    assert found == [3, 1]


def test_a_cell_that_waits_on_two_sheets_is_one_cell(season, tree, cast):
    split(season, tree, cast.officer)
    with pytest.raises(NotAllowed, match="Còn 1 chi bộ"):
        actions.close_season(season, by=cast.staff)


def test_a_cell_of_cadres_alone_still_counts_as_a_cell(season, tree, cast):
    everybody = [review.pk for review in sheet_here(season, tree).reviews.all()]
    split(season, tree, cast.officer, members=everybody)
    [east] = [row for row in board_rows(season, cast.staff, on=DECIDED) if row.base.pk == tree.east.pk]
    assert (east.cells, east.filed, east.late) == (1, 1, 0)


def test_a_board_compares_whole_cells_with_last_year(tree, cast):
    members = people(tree.here, 10)
    for member in members:
        kept = {"scale": "nhiem_vu", "organisation": tree.here, "recorded_by": cast.staff}
        AnnualGrade.objects.create(member=member, year=2024, level="HTTNV", **kept)
    season = open_season(tree, cast.staff)
    sent(season, tree.here, cast.secretary, ["HTXSNV"] * 5 + ["HTTNV"] * 5)
    five = [review.pk for review in sheet_here(season, tree).reviews.filter(proposed_level="HTXSNV")]
    book = rule_book(season)

    def said():
        found = sheet_figures(season, cast.staff, book.scale)
        rows = with_counts(board_rows(season, cast.staff, on=DECIDED), found)
        return [(each.place, each.words) for each in remarks(rows, book, last_year(season, cast.staff, book.scale))]

    over, jump = said()
    assert (over[0], jump[0]) == ("Đảng bộ Phường Đông", "Chi bộ Khóm 1")
    split(season, tree, cast.officer, members=five)
    assert said() == [jump]


def test_closing_counts_the_silent_decisions_of_bodies_above_the_season_too(tree, cast):
    people(tree.here, 4)
    days = date(2025, 12, 31), date(2025, 12, 10), date(2025, 12, 20)
    season = actions.open_season(SeasonEntry(2025, *days), organisation=tree.east, by=cast.staff)
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 4)
    part = split(season, tree, cast.officer)
    actions.open_sheet(part, by=cast.officer)
    actions.forward(part, by=cast.officer)
    actions.decide([fresh(part)], entry=entry(), by=cast.staff)
    actions.decide([sheet_here(season, tree)], entry=entry(), by=cast.officer)
    assert actions.close_season(season, by=cast.staff).silent == 2


def test_a_cell_does_not_recall_what_the_level_above_looks_at(season, tree, cast):
    part = split(season, tree, cast.officer)
    actions.open_sheet(part, by=cast.officer)
    with pytest.raises(NotAllowed, match="đã xem bảng riêng"):
        actions.recall(sheet_here(season, tree), by=cast.secretary)
    actions.rejoin_managed(part, by=cast.officer)
    split(season, tree, cast.officer)
    actions.recall(sheet_here(season, tree), by=cast.secretary)
    assert sheet_here(season, tree).reviews.count() == 4


def test_two_sheets_of_one_cell_are_one_cell_of_a_decision(season, tree, cast, as_):
    for review in sheet_here(season, tree).reviews.all()[:2]:
        part = split(season, tree, cast.officer, members=[review.pk])
        actions.open_sheet(part, by=cast.officer)
        actions.forward(part, by=cast.officer)
    place = f"/evaluations/seasons/{season.pk}/decisions/{tree.root.pk}/"
    assert "1 chi bộ, 2 đảng viên đang chờ" in as_(cast.staff).get(place).content.decode()
    decision = actions.decide(list(RatingSheet.objects.exclude(managed_from=None)), entry=entry(), by=cast.staff)
    assert LogEntry.objects.get(action="evaluations.decide").data["cells"] == ["Chi bộ Khóm 1"]
    assert "cho 1 chi bộ;" in as_(cast.staff).get(f"/evaluations/decisions/{decision.pk}/").content.decode()
