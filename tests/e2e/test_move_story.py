"""A member moves across two bases, refused once and then taken in; then his old cell is split; the figures follow."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.site import Site, sign_in

pytestmark = pytest.mark.e2e

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "mat-khau-cua-cau-chuyen"
MOVER = "Nguyễn Văn An"
STAYING = ["Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thị Dung", "Huỳnh Văn Đức", "Võ Thị Hạnh"]
REFUSAL = "Chưa có bản tự kiểm điểm khi chuyển sinh hoạt"


@pytest.fixture
def story(tmp_path):
    """The running site with two bases of one cell each, and the ids of the committee, the bases and the cells."""
    site = Site(tmp_path)
    root, east, west, here, there = site.seed("move_seed", PASSWORD)[-5:]
    site.start()
    yield SimpleNamespace(site=site, root=root, east=east, west=west, here=here, there=there)
    site.stop()


@pytest.fixture
def people(story, browser):
    """Each person with a browser of his own."""
    found = {name: browser.new_context().new_page() for name in ("dong", "tay", "canbo")}
    for name, page in found.items():
        sign_in(page, story.site, name)
    return SimpleNamespace(**found)


def submit(page, button):
    page.click(f"main button:has-text('{button}')")


def ask_for_the_move(story, page):
    page.goto(f"{story.site.url}/members/")
    page.click(f"text={MOVER}")
    page.click("summary:has-text('Thêm')")
    page.click("main a[href$='/transfer/']")
    page.fill("#cell-q", "ap thuong")
    submit(page, "Tìm")
    page.click("text=Chi bộ Ấp Thượng")
    page.select_option("[name=kind]", "official")
    page.fill("[name=reason]", "Thay đổi nơi cư trú")
    submit(page, "Giới thiệu")
    expect(page.locator(".pill").first).to_contain_text("chờ cấp giấy")
    return page.url


def step(page, address, verb, button, **typed):
    """One step of the move by its form, its button clicked twice; answers the state that the page shows."""
    page.goto(f"{address}{verb}/")
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.dblclick(f"main button:has-text('{button}')")
    expect(page.locator(".notice-success")).to_have_count(1)
    expect(page.locator(".notice-error")).to_have_count(0)
    return page.locator(".pill").first


def figures(story, page, form, organisation):
    """First column of a form by the label of the row."""
    page.goto(f"{story.site.url}/members/statistics/{form}/{organisation}/")
    rows = page.locator("table.statement").locator("tbody tr")
    return {
        rows.nth(place).locator("th").inner_text(): rows.nth(place).locator("td").first.inner_text()
        for place in range(rows.count())
    }


def in_and_out(story, page, organisation):
    """(A, in, out, D) of form 1 this year."""
    shown = figures(story, page, "form-1", organisation)
    rows = ("A.", "B.", "C.", "D.")
    return tuple(next(value for label, value in shown.items() if label.startswith(row)) for row in rows)


def split_in_two(story, page):
    """Two of the five who stayed go to the second cell, chosen line by line; the others are assigned together."""
    page.goto(f"{story.site.url}/cells/organisations/{story.here}/change/split/")
    page.fill("[name=part1]", "Chi bộ Khóm 1A")
    page.fill("[name=part2]", "Chi bộ Khóm 1B")
    page.fill("[name=heir]", "Đảng bộ khu phố Đông")
    page.fill("[name=decision]", "31-QĐ/ĐU")
    page.fill("[name=decided_by]", "Đảng ủy khu phố Đông")
    for name in ("decided_on", "effective_on"):
        page.fill(f"[name={name}]", f"{datetime.now(VIETNAM):%d/%m/%Y}")
    submit(page, "Phân các dòng đã đánh dấu")
    for name in STAYING[:3]:
        page.check(f"input[aria-label^='Đánh dấu {name}']")
    page.select_option("#pick-to", "part1")
    submit(page, "Phân các dòng đã đánh dấu")
    for name in STAYING[3:]:
        page.locator("tr", has_text=name).locator("select").select_option("part2")
    submit(page, "Xem trước")
    expect(page.locator("main")).to_contain_text("5 đảng viên")
    submit(page, "Ghi thay đổi")
    expect(page.locator("main")).to_contain_text("31-QĐ/ĐU")


def cells_of(story, page, *names):
    """Everybody of the committee by cell, as its list says."""
    page.goto(f"{story.site.url}/members/")
    rows = page.locator("tbody tr")
    texts = [rows.nth(place).inner_text() for place in range(rows.count())]
    return {name: sum(name in text for text in texts) for name in names}


def test_a_member_moves_across_two_bases_and_a_cell_is_split(story, people):
    before = {name: in_and_out(story, people.canbo, getattr(story, name)) for name in ("root", "east", "west")}
    assert before == {"root": ("7", "0", "0", "7"), "east": ("6", "0", "0", "6"), "west": ("1", "0", "0", "1")}

    move = ask_for_the_move(story, people.dong)
    assert people.tay.goto(move).status == 404  # nothing is known there before the slip is issued
    expect(step(people.canbo, move, "issue", "Cấp giấy")).to_contain_text("đang chuyển")
    expect(step(people.tay, move, "refuse", "Chưa tiếp nhận", reason=REFUSAL)).to_contain_text("chưa tiếp nhận")
    people.canbo.goto(move)
    expect(people.canbo.locator("main")).to_contain_text(REFUSAL)
    expect(
        step(people.canbo, move, "reissue", "Cấp giấy thay thế", reason="Đã bổ sung bản tự kiểm điểm")
    ).to_contain_text("đang chuyển")
    again = people.canbo.url
    assert again != move
    expect(step(people.tay, again, "accept", "Tiếp nhận")).to_contain_text("đã tiếp nhận")

    assert people.dong.goto(again).status == 200  # history keeps both ends
    people.dong.goto(f"{story.site.url}/members/")
    expect(people.dong.locator("main")).not_to_contain_text(MOVER)
    after = {name: in_and_out(story, people.canbo, getattr(story, name)) for name in ("root", "east", "west")}
    assert after == {"root": ("7", "0", "0", "7"), "east": ("6", "0", "1", "5"), "west": ("1", "1", "0", "2")}

    split_in_two(story, people.canbo)
    assert cells_of(story, people.canbo, "Khóm 1A", "Khóm 1B", "Ấp Thượng") == {
        "Khóm 1A": 3, "Khóm 1B": 2, "Ấp Thượng": 2,
    }  # fmt: skip
    split = {name: in_and_out(story, people.canbo, getattr(story, name)) for name in ("root", "east", "west")}
    assert split == after
