"""Who has filed, at every level, within everybody's own scope."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cells.models import RuleOverride
from evaluations.boards import board_rows, sheet_figures, state_words, totals_of, with_counts
from evaluations.season_rules import rule_book
from members.models import AnnualGrade
from tests.evaluations.rating_cases import open_season, people, sent, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


def place(season):
    return f"/evaluations/seasons/{season.pk}/"


@pytest.mark.parametrize(
    ("on", "square", "late"),
    [(date(2025, 12, 10), "doing", False), (date(2025, 12, 11), "late", True)],
)
def test_a_cell_is_late_from_the_day_after_its_day(tree, cast, on, square, late):
    people(tree.here, 3)
    words = state_words(sheet_of(open_season(tree, cast.staff), tree.here), on=on)
    assert (words.square, words.late) == (square, late)


def test_late_bases_come_first_and_filed_cells_are_counted(tree, cast):
    for cell in (tree.here, tree.next_door, tree.there):
        people(cell, 3)
    season = open_season(tree, cast.staff)
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    sent(season, tree.next_door, cast.staff, ["HTTNV"] * 3)
    found = sheet_figures(season, cast.staff, rule_book(season).scale)
    rows = with_counts(board_rows(season, cast.staff, on=date(2025, 12, 15)), found)
    found = [(row.base.pk, row.late, row.filed, row.due, row.settled) for row in rows]
    assert found == [(tree.west.pk, 1, 0, 3, 0), (tree.east.pk, 0, 2, 6, 6), (tree.school.pk, 0, 0, 0, 0)]
    assert [row.cells for row in rows] == [1, 2, 0], "a cell without members has nothing to send"
    assert totals_of(rows).filed == 2
    looks = {square.sheet.organisation.pk: square.words.square for row in rows for square in row.squares}
    assert looks == {
        tree.there.pk: "late",
        tree.far.pk: "none",
        tree.school.pk: "none",
        tree.here.pk: "sent",
        tree.next_door.pk: "sent",
    }


def test_everybody_sees_the_own_branch(tree, cast, as_):
    people(tree.here, 3)
    member = people(tree.there, 3)[0]
    season = open_season(tree, cast.staff)

    def cells_on(user):
        content = as_(user).get(place(season)).content.decode()
        assert str(member) not in content
        return [name for name in ("Khóm 1", "Khóm 2", "Ấp Thượng", "Ấp Hạ", "Trường Sao Mai") if name in content]

    assert cells_on(cast.secretary) == ["Khóm 1"]
    assert cells_on(cast.stranger) == ["Ấp Thượng"]
    assert cells_on(cast.officer) == ["Khóm 1", "Khóm 2"]
    assert cells_on(cast.staff) == ["Khóm 1", "Khóm 2", "Ấp Thượng", "Ấp Hạ", "Trường Sao Mai"]
    reader = as_(cast.reader).get(place(season)).content.decode()
    assert "Khóm 1" in reader
    assert "/evaluations/sheets/" not in reader
    assert as_(cast.administrator).get(place(season)).status_code == 403


def test_a_season_of_elsewhere_is_not_found(tree, cast, as_, system):
    from cells.actions.tree import OrganisationEntry, add_organisation
    from evaluations import actions
    from evaluations.actions.seasons import SeasonEntry

    elsewhere = add_organisation(
        OrganisationEntry("Đảng ủy Bình Minh", "commune", date(2025, 7, 1)), parent=None, by=system
    )
    season = actions.open_season(SeasonEntry(2025, date(2025, 12, 31)), organisation=elsewhere, by=cast.staff)
    for user in (cast.secretary, cast.officer, cast.staff, cast.reader):
        client = as_(user)
        assert client.get(place(season)).status_code == 404
        assert "Bình Minh" not in client.get("/evaluations/").content.decode()


def test_figures_of_last_year_stand_beside_this_year(tree, cast, as_):
    members = people(tree.here, 3)
    outsider = people(tree.there, 1)[0]
    for member in (*members, outsider):
        AnnualGrade.objects.create(member=member, year=2024, scale="nhiem_vu", level="HTXSNV", organisation=member.home)
    season = open_season(tree, cast.staff)
    content = as_(cast.officer).get(place(season)).content.decode()
    assert "2024: 3" in content
    assert "2024: 4" in as_(cast.reader).get(place(season)).content.decode()


def test_the_pages_ask_the_same_at_one_and_many(tree, cast, as_):
    people(tree.here, 1)
    season = open_season(tree, cast.staff)
    one = queries_of(as_(cast.secretary), place(season))
    many = queries_of(as_(cast.staff), place(season))
    assert max(one, many) <= MOST
    assert one == many
    assert queries_of(as_(cast.staff), "/evaluations/") <= MOST


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=999999999999", "page=%00"])
def test_any_page_may_be_asked_for(tree, cast, as_, query):
    season = open_season(tree, cast.staff)
    client = as_(cast.staff)
    assert client.get(f"{place(season)}?{query}").status_code == 200
    assert client.get(f"/evaluations/?{query}").status_code == 200


@pytest.mark.parametrize("year", ["0000", "1999", "9999", "abcd", "\x00"])
def test_a_year_that_no_rules_know_opens_the_form_with_this_year(tree, cast, as_, year):
    assert as_(cast.staff).get(reverse("evaluations:open_season"), {"year": year}).status_code == 200


def test_the_list_of_seasons_counts_what_one_may_see(tree, cast, as_):
    for cell in (tree.here, tree.next_door, tree.there):
        people(cell, 2)
    open_season(tree, cast.staff)
    cells = {}
    for name in ("secretary", "officer", "staff"):
        html = as_(getattr(cast, name)).get(reverse("evaluations:seasons")).content.decode()
        cells[name] = re.search(r'data-label="Chi bộ đã quyết định" class="num">(\d+/\d+)<', html)[1]
    assert cells == {"secretary": "0/1", "officer": "0/2", "staff": "0/5"}


def test_the_board_points_at_what_is_unusual_and_over_the_cap(tree, cast, as_):
    """All of one cell excellent, all of another good though a third of it was excellent last year."""
    for cell in (tree.here, tree.there):
        people(cell, 6)
    season = open_season(tree, cast.staff)
    for number, review in enumerate(season.sheets.get(organisation=tree.there).reviews.all()):
        AnnualGrade.objects.create(
            member=review.member, year=2024, scale="nhiem_vu", level="HTXSNV" if number < 2 else "HTTNV",
            organisation=tree.there, recorded_by=cast.staff,
        )  # fmt: skip
    sent(season, tree.here, cast.secretary, ["HTXSNV"] * 6)
    sent(season, tree.there, cast.stranger, ["HTTNV"] * 6)

    def points(user):
        html = as_(user).get(place(season)).content.decode()
        return re.sub("<[^>]+>", "", html.split("Cần xem lại")[1].split("</ul>")[0]) if "Cần xem lại" in html else ""

    told = points(cast.staff)
    assert "Đảng bộ Phường Đông: vượt tỷ lệ hoàn thành xuất sắc nhiệm vụ" in told
    assert "Chi bộ Khóm 1: 100 % đảng viên (6) hoàn thành xuất sắc nhiệm vụ." in told
    assert (
        "Chi bộ Ấp Thượng: cả 6 đảng viên cùng mức hoàn thành tốt nhiệm vụ; tỷ lệ hoàn thành xuất sắc nhiệm vụ giảm từ "
        "33,3 % năm trước xuống 0 %."
    ) in told
    assert "Khóm 1" not in points(cast.stranger)
    assert "Ấp Thượng" not in points(cast.officer)


def test_a_committee_says_from_how_many_members_a_cell_is_looked_at(tree, cast, as_):
    RuleOverride.objects.create(
        organisation=tree.root,
        topic="watch",
        key="watch_min_people",
        value=7,
        reason="NQ 2",
        started_on=date(2025, 7, 1),
    )
    people(tree.here, 6)
    season = open_season(tree, cast.staff)
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 6)
    assert rule_book(season).watch.watch_min_people == 7
    assert "cùng mức" not in as_(cast.staff).get(place(season)).content.decode()
