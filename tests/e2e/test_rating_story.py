"""A secretary rates forty members by keyboard while the server goes away twice; the base returns and decides."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import Keys
from tests.e2e.site import rating_story, sign_in

pytestmark = pytest.mark.e2e

PASSWORD = "mat-khau-cua-cau-chuyen"
MEMBERS = 40
# ten excellent, twenty-eight good, two fulfilled: 20 % of 28 allows five
LEVELS = [1] * 10 + [2] * 28 + [3] * 2
POINTS = {1: "92,5", 2: "81", 3: "62"}
CODES = {1: "HTXSNV", 2: "HTTNV", 3: "HTNV", 4: "KHTNV"}
REASON = "Chi bộ thảo luận lại sau khi kiểm phiếu"


@pytest.fixture
def story(tmp_path):
    """The running site with one cell of forty members, and the addresses of the story."""
    with rating_story(tmp_path, PASSWORD) as found:
        yield found


def all_is_saved(page):
    """The bar of the lost connection is gone and no field waits."""
    expect(page.locator("#connection")).to_be_hidden(timeout=30_000)
    expect(page.locator("#unsaved")).to_be_hidden(timeout=30_000)


def shown(page, field):
    """What stands in one field of every row."""
    return page.eval_on_selector_all(
        f"tbody.person [name$='-{field}']:is(select, input[type=text], input:not([type]), input:checked)",
        "controls => controls.map(control => control.value)",
    )


def go_away(story, page, at):
    """The server stops before one row and is back five rows later; the page says so and typing does not stop."""

    def before(index):
        if index == at:
            story.site.stop()
        if index == at + 5:
            expect(page.locator("#connection")).to_be_visible()
            expect(page.locator("#unsaved")).to_be_visible()
            story.site.start()

    return before


def write_head(keys):
    keys.tab_to("#head-held_on")
    keys.type("05/12/2025")
    for number in (MEMBERS, MEMBERS, MEMBERS, MEMBERS, 0):
        keys.press("Tab")
        keys.type(str(number))


def fill_tasks(page):
    """The numbers of tasks of everybody, from the register of the cell."""
    page.click(".page-actions details.menu > summary")
    page.click("button:has-text('Điền số nhiệm vụ theo sổ phân công')")
    expect(page.locator("#messages")).to_contain_text(f"Đã điền số nhiệm vụ của {MEMBERS} đồng chí")


def to_first_row(keys, steps):
    """From the last row back to the first, then some stops to the right."""
    keys.press("Control+ArrowUp")
    keys.press("ArrowRight", steps)


def rate_with_keyboard(story, page):
    fill_tasks(page)
    keys = Keys(page)
    write_head(keys)
    keys.tab_to("select[data-own]")
    keys.down([str(level) for level in LEVELS], before=go_away(story, page, 12))
    all_is_saved(page)
    # own level · points · four votes · blanks · level: a column of votes each, blank where there are none
    to_first_row(keys, 1)
    keys.down([POINTS[level] for level in LEVELS])
    to_first_row(keys, 1)
    for level in (1, 2, 3):
        keys.down([str(MEMBERS - 1) if found == level else "" for found in LEVELS])
        to_first_row(keys, 1)
    keys.press("ArrowRight")
    keys.down(["1"] * MEMBERS)
    to_first_row(keys, 1)
    keys.down([str(level) for level in LEVELS], before=go_away(story, page, 20))
    # the last one otherwise than the votes: a reason is asked for, Enter opens the place for it
    keys.press("4")
    keys.press("Enter")
    keys.tab_to("tr.reasons textarea[name$='-reason']")
    keys.type(REASON)
    keys.press("Escape")
    all_is_saved(page)


def codes(levels):
    return [CODES[level] for level in levels]


def check_nothing_is_lost(page):
    page.reload()
    assert shown(page, "own_level") == codes(LEVELS)
    assert shown(page, "proposed_level") == codes([*LEVELS[:-1], 4])
    assert shown(page, "blanks") == ["1"] * MEMBERS
    for level in (1, 2, 3):
        expected = [str(MEMBERS - 1) if found == level else "" for found in LEVELS]
        assert shown(page, f"votes_{CODES[level]}") == expected
    assert page.input_value("tbody.person >> nth=-1 >> textarea[name$='-reason']") == REASON
    assert page.input_value("#head-held_on") == "05/12/2025"
    assert page.input_value("#head-collected") == str(MEMBERS)
    # htmx notes the address of the page; nothing that was typed is kept in the browser
    kept = page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
    assert kept == ["htmx-current-path-for-history"]


def return_one_line(story, page):
    page.goto(story.sheet)
    page.click("text=Mở xem xét")
    page.locator("input[name$='-note']").first.fill("Nêu rõ nhiệm vụ vượt yêu cầu")
    page.click("button:has-text('Trả lại chi bộ')")
    expect(page.locator(".pill").first).to_contain_text("trả lại")


def correct_and_send(story, page):
    page.goto(story.sheet)
    expect(page.locator(".returned-note")).to_have_text("Nêu rõ nhiệm vụ vượt yêu cầu")
    page.click("#missing a:has-text('An')")
    page.locator("textarea[name$='-answer']").fill("Hoàn thành ba công trình trước hạn")
    page.click("text=Hợp lệ")  # leaving the field saves it
    all_is_saved(page)
    page.click("button[formaction$='/send/']")
    expect(page.locator(".pill").first).to_contain_text("đã gửi")


def decide_over_the_cap(story, page):
    page.goto(story.decisions)
    page.fill("[name=number]", "21-QĐ/ĐU")
    page.fill("[name=decided_on]", "18/12/2025")
    page.click("text=Quyết định xếp loại các chi bộ đã chọn")
    stopped = page.locator(".error-summary")
    expect(stopped).to_contain_text("20 % × 28 = 5,6 → 5; đang có 10, vượt 5")
    expect(stopped).to_contain_text("Điều 11 Quy định 366-QĐ/TW")
    page.fill("[name=over_cap_reason]", "Thành tích nổi trội theo Nghị quyết số 12")
    page.click("text=Quyết định xếp loại các chi bộ đã chọn")
    expect(page.locator("h1")).to_contain_text("21-QĐ/ĐU ngày 18/12/2025")


def grades(story):
    with sqlite3.connect(story.database) as database:
        rows = database.execute("SELECT level, count(*) FROM members_annualgrade WHERE year = 2025 GROUP BY level")
        return dict(rows.fetchall())


def test_a_cell_is_rated_with_the_keyboard_and_decided_over_the_cap(story, browser):
    secretary, officer = browser.new_page(), browser.new_page()
    for page, username in ((secretary, "bithu"), (officer, "coso")):
        sign_in(page, story.site, username)
    secretary.goto(story.sheet)
    rate_with_keyboard(story, secretary)
    check_nothing_is_lost(secretary)
    keys = Keys(secretary)
    secretary.keyboard.press("Shift+Tab")
    keys_back_to_send(keys)
    secretary.keyboard.press("Enter")
    expect(secretary.locator(".pill").first).to_contain_text("đã gửi")
    return_one_line(story, officer)
    correct_and_send(story, secretary)
    decide_over_the_cap(story, officer)
    assert grades(story) == {"HTXSNV": 10, "HTTNV": 28, "HTNV": 1, "KHTNV": 1}


def keys_back_to_send(keys):
    """From the top of the page backwards: the button that sends is the last control of the page."""
    for _ in range(30):
        if keys.page.evaluate("document.activeElement.matches(\"button[formaction$='/send/']\")"):
            return
        keys.press("Shift+Tab")
    raise AssertionError("Shift+Tab does not reach the button that sends")
