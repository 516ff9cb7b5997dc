"""The register of badges awarded: a year or a round, what lacks a number or a hand-over, on paper, who sees it."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import RuleOverride
from config.lib.sheets import read_workbook
from members.listing_printing import BADGE_REGISTERS
from members.models import Badge
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

MAY = date(2026, 5, 19)
PAGE = "members:badge_register"


def award(home, name, number="", handed_on=None, **values):
    values = {"level": 40, "decision": "15-QĐ/TU", "decided_on": date(2026, 5, 5), "round_on": MAY} | values
    member = MemberFactory(home=home, full_name=name)
    return Badge.objects.create(member=member, number=number, handed_on=handed_on, **values)


@pytest.fixture
def awarded(tree):
    """One in order, one without a number, one that was not handed over, and what belongs elsewhere."""
    award(tree.here, "Lê Văn Đủ", "CM 0000001", MAY)
    award(tree.here, "Lê Văn Thiếu Số", "", MAY)
    award(tree.next_door, "Lê Văn Chưa Trao", "CM 0000002", kind="early", level=45)
    award(tree.here, "Lê Văn Đợt Sau", "CM 0000003", round_on=date(2026, 9, 2), decided_on=date(2026, 8, 20))
    award(tree.here, "Lê Văn Năm Trước", "CM 0000004", round_on=MAY, decided_on=date(2025, 12, 20))
    award(tree.here, "Lê Văn Đề Nghị", decided_on=None, decision="", proposed_on=date(2026, 4, 1))
    award(tree.far, "Lê Văn Xa", "CM 0000005", MAY)


def names(client, **asked):
    page = client.get(reverse(PAGE), {"organisation": "Đảng bộ Phường Đông", "year": 2026} | asked).context["page"]
    return [line.badge.member.full_name for line in page]


def test_a_year_goes_by_decisions_and_a_round_by_its_day(as_, cast, awarded):
    client = as_(cast.officer)
    assert names(client) == ["Lê Văn Chưa Trao", "Lê Văn Đủ", "Lê Văn Thiếu Số", "Lê Văn Đợt Sau"]
    assert names(client, round="2") == ["Lê Văn Năm Trước", "Lê Văn Chưa Trao", "Lê Văn Đủ", "Lê Văn Thiếu Số"]
    assert names(client, round="4") == []
    assert names(client, year=2025) == ["Lê Văn Năm Trước"]


def test_what_lacks_a_number_or_a_hand_over_is_pointed_at(as_, cast, awarded):
    client = as_(cast.officer)
    html = client.get(
        reverse(PAGE), {"organisation": "Đảng bộ Phường Đông", "year": 2026, "round": "2"}
    ).content.decode()
    assert "Chưa ghi số: 1; chưa ghi ngày trao: 2." in html
    assert names(client, round="2", lack="chưa ghi số") == ["Lê Văn Thiếu Số"]
    assert names(client, round="2", lack="chưa ghi ngày trao") == ["Lê Văn Năm Trước", "Lê Văn Chưa Trao"]
    wrong = client.get(reverse(PAGE), {"organisation": "Không có", "year": "x", "round": "9"})
    assert wrong.context["form"].errors.keys() == {"organisation", "year", "round"}


def test_everybody_sees_the_register_of_his_own_scope(as_, cast, awarded, tree):
    for user, body in ((cast.secretary, tree.here), (cast.stranger, tree.there)):
        assert as_(user).get(reverse(PAGE)).context["register"].organisation == body
    assert names(as_(cast.secretary), organisation="Chi bộ Khóm 1") == [
        "Lê Văn Đủ",
        "Lê Văn Thiếu Số",
        "Lê Văn Đợt Sau",
    ]
    out_of_scope = as_(cast.secretary).get(reverse(PAGE), {"organisation": "Chi bộ Khóm 2", "year": 2026})
    assert out_of_scope.context["form"].errors.keys() == {"organisation"}
    assert as_(cast.reader).get(reverse(PAGE)).status_code == 403  # names in printed reports alone


def test_one_who_has_moved_away_stays_in_the_register_without_a_link(as_, cast, tree):
    badge = award(tree.here, "Lê Văn Chuyển", "CM 0000001", MAY)
    member = badge.member
    member.home = tree.far
    member.save(update_fields=["home"])
    html = as_(cast.officer).get(reverse(PAGE), {"organisation": "Đảng bộ Phường Đông", "year": 2026}).content.decode()
    assert "Lê Văn Chuyển" in html
    assert str(member.pk) not in html


def test_the_round_prints_in_the_frame_and_as_a_workbook_with_the_same_lines(as_, cast, awarded, tree):
    client = as_(cast.reader)
    args = [tree.east.pk, 2026, "2"]
    book = client.get(reverse("members:export_badge_register", args=args))
    rows = read_workbook(book.content, "so.xlsx").sheets[0].rows
    assert [row[1] for row in rows[1:5]] == ["Lê Văn Năm Trước", "Lê Văn Chưa Trao", "Lê Văn Đủ", "Lê Văn Thiếu Số"]
    assert "Chưa ghi số: 1; chưa ghi ngày trao: 2." in str(rows[-1])
    address = reverse("members:print_badge_register", args=args)
    paper = client.get(address)
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert paper.content == client.get(address).content
    for wrong in ([tree.east.pk, 2026, "5"], [tree.east.pk, 9999, "1"]):
        assert client.get(reverse("members:print_badge_register", args=wrong)).status_code == 404


def test_the_page_asks_as_often_for_thirty_as_for_one(as_, cast, tree):
    client = as_(cast.staff)
    award(tree.here, "Lê Văn Một", "CM 1000000")
    few = queries_of(client, f"{reverse(PAGE)}?organisation=Đảng bộ Phường Đông&year=2026&round=2")
    for number in range(30):
        award(tree.here, f"Lê Văn {number}", f"CM {number:07d}")
    assert queries_of(client, f"{reverse(PAGE)}?organisation=Đảng bộ Phường Đông&year=2026&round=2") == few <= MOST


def test_the_day_of_a_round_is_the_one_that_the_body_chose_on_screen_as_on_paper(as_, cast, tree, awarded):
    RuleOverride.objects.create(
        organisation=tree.east, topic="badge", key="badge_round_2", value="05-20", started_on=date(2026, 8, 1),
        reason="gộp với lễ của phường", decision="3-QĐ/ĐU", recorded_by=cast.staff,
    )  # fmt: skip
    award(tree.here, "Lê Văn Riêng", round_on=date(2026, 5, 20))
    client = as_(cast.staff)
    assert names(client, round="2") == ["Lê Văn Riêng"]
    listing = BADGE_REGISTERS["2"].collect(tree.east, year=2026, on=date(2026, 12, 31))
    assert [row[0] for row in listing.rows] == ["Lê Văn Riêng"]
