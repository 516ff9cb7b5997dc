"""A secretary enters one month of forty members by keyboard: who came, who paid. Keystrokes are counted and printed."""

import sqlite3
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import Keys
from tests.e2e.site import Site, sign_in

pytestmark = pytest.mark.e2e

PASSWORD = "mat-khau-cua-cau-chuyen"
MEMBERS = 40
MOST_FOR_ATTENDANCE, MOST_FOR_FEES = 90, 110  # keys for forty people, the exceptions named below included
ABSENT = {4: ("2", "công tác"), 11: ("3", ""), 27: ("3", ""), 38: ("2", "")}
OWING, EXEMPT, PAPER = (7, 19, 33), 25, "NQ 3-NQ/CB"


@pytest.fixture
def story(tmp_path):
    """The running site with one cell of forty members."""
    site = Site(tmp_path)
    cell, month = site.seed("register_seed", PASSWORD)[-2:]
    site.start()
    address = f"{site.url}/members/life/{cell}"
    yield SimpleNamespace(
        site=site,
        meetings=f"{address}/meetings/{month}/",
        fees=f"{address}/fees/{month}/",
        database=tmp_path / "db.sqlite3",
    )
    site.stop()


def enter_attendance(page):
    keys = Keys(page)
    keys.tab_to("input[name^='presence-']")
    row = 0
    for place, (digit, reason) in ABSENT.items():
        keys.press("ArrowDown", place - row)
        keys.press(digit)
        if reason:
            keys.press("ArrowRight")
            keys.type(reason)
            keys.press("Home")
            keys.press("ArrowLeft")
        row = place
    keys.press("Enter")
    expect(page.locator(".notice-success")).to_contain_text("36 có mặt, 2 vắng có lý do, 2 vắng không lý do")
    return keys.count


def enter_fees(page):
    keys = Keys(page)
    keys.tab_to("input[name='amount']")
    keys.type("30000")
    keys.tab_to("input[name^='choice-']")
    row = 0
    for place in sorted([*OWING, EXEMPT]):
        keys.press("ArrowDown", place - row)
        keys.press("3" if place == EXEMPT else "2")
        if place == EXEMPT:
            keys.press("ArrowRight", 3)
            keys.type(PAPER)
            keys.press("Home")
            keys.press("ArrowLeft", 3)
        row = place
    keys.press("Enter")
    expect(page.locator(".notice-success")).to_contain_text("3 đồng chí chưa đóng")
    return keys.count


def stored(story, question):
    with sqlite3.connect(story.database) as database:
        return dict(database.execute(question).fetchall())


def study_without_script(story, browser):
    """The same page without JavaScript: a study session with one who avoided it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, story.site, "bithu")
    page.goto(f"{story.meetings}?new=study")
    page.fill("input[name='agenda']", "Nghị quyết 4")
    page.check("tr[data-row] >> nth=2 >> input[value='unexcused']", force=True)
    page.click("form#register .form-actions button")
    expect(page.locator(".notice-success")).to_contain_text("39 có mặt, 0 vắng có lý do, 1 vắng không lý do")
    context.close()


def test_a_month_of_forty_members_by_keyboard(story, browser):
    page = browser.new_page()
    sign_in(page, story.site, "bithu")
    page.goto(story.meetings)
    attendance = enter_attendance(page)
    page.goto(story.fees)
    fees = enter_fees(page)
    print(f"\nkeystrokes for {MEMBERS} members: attendance {attendance}, fees {fees}")
    assert attendance <= MOST_FOR_ATTENDANCE
    assert fees <= MOST_FOR_FEES
    counted = "SELECT presence, count(*) FROM members_attendance GROUP BY presence"
    assert stored(story, counted) == {"present": 36, "excused": 2, "unexcused": 2}
    paid = "SELECT basis || coalesce(amount, '-'), count(*) FROM members_feepayment GROUP BY 1"
    assert stored(story, paid) == {"due30000": 39, "exempt-": 1}
    study_without_script(story, browser)
