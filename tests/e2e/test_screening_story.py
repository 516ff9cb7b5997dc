"""A round of screening that ends with one member recognised and one name removed, each by whose part it is."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.e2e.admission_acts import act, fill, refused, send
from tests.e2e.people import People
from tests.e2e.site import Site

pytestmark = [pytest.mark.e2e]

PASSWORD = "mat-khau-cua-cau-chuyen"
BY_HAND = {"hand_number": "9", "hand_reason": "danh sách cấp ủy lưu ở văn phòng"}
BETTER, WORSE = "Bùi Văn Tiến", "Cao Thị Lùi"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("screening"))
    here, there, east, root = site.seed("discipline_seed", PASSWORD)[-4:]
    site.start()
    yield SimpleNamespace(site=site, url=f"{site.url}/evaluations", here=here, there=there, east=east, root=root)
    site.stop()


@pytest.fixture
def people(story, browser):
    return People(browser, story.site)


def open_round(story, page):
    """A round of the base; answers its address."""
    page.goto(f"{story.url}/screening/open/")
    fill(page, {"year": "2025", "half": "0", "cutoff_on": "31/07/2025"})
    send(page)
    page.wait_for_url("**/rounds/*/")
    return page.url


def put_up(story, page, cell):
    """Both members considered: the cell states a ground of each and puts them up."""
    for name in (BETTER, WORSE):
        act(
            page, f"{cell}flag/", member=f"={name}", code="B5", on="20/07/2025",
            reason="Né tránh nhiệm vụ ba tháng liền.", document="Biên bản họp chi ủy ngày 20/07/2025",
        )  # fmt: skip
    page.goto(cell)
    for box in page.locator("main [name=member]").all():
        box.check()
    page.locator("main form[method=post] [name=on]").fill("01/08/2025")
    page.get_by_role("button", name="Đưa vào diện xem xét").click()
    expect(page.locator(".notice-success")).not_to_have_count(0)
    found = {}
    for name in (BETTER, WORSE):
        found[name] = page.locator("main a[href*='/screening/people/']", has_text=name).first.get_attribute("href")
    return {name: f"{story.site.url}{path}" for name, path in found.items()}


def state(page, subject):
    page.goto(subject)
    return page.locator("main .pill").first.inner_text().strip()


def helper_of(story, page, subject):
    page.goto(f"{subject}assist/")
    return page.locator("main form[method=post] [name=helpers]").first.get_attribute("value")


def test_one_is_recognised_and_one_removed(story, people):
    one = open_round(story, people.coso)
    cell = f"{one}cells/{story.there}/"
    assert people.dong.goto(cell).status == 404
    subjects = put_up(story, people.tay, cell)
    assert people.coso.goto(subjects[WORSE]).status == 404  # what only the cell considers is the cell's
    for name in (BETTER, WORSE):
        act(people.tay, f"{subjects[name]}consult-superior/", on="08/08/2025", note="Nhất trí.", document="31-CV/ĐU")
        act(
            people.tay, f"{subjects[name]}vote-list/", held_on="10/08/2025", present="5", yes="5", no="0",
            number="07-NQ/CB",
        )  # fmt: skip
        helper = helper_of(story, people.tay, subjects[name])
        act(
            people.tay, f"{subjects[name]}assist/", on="11/08/2025", started_on="10/08/2025",
            commitment_on="11/08/2025", commitment="Sinh hoạt đều, nhận việc được giao.", helpers=helper,
        )  # fmt: skip
        act(people.tay, f"{subjects[name]}follow-up/", on="10/09/2025", note="Đã dự họp tháng 9.")

    better, worse = subjects[BETTER], subjects[WORSE]
    act(people.tay, f"{better}review-progress/", on="05/03/2026", progressed="yes", note="Nhận và làm xong việc.")
    act(people.coso, f"{better}recognise/", on="20/03/2026", document="45-QĐ/ĐU")
    assert "công nhận" in state(people.tay, better).lower()

    assert "Chưa hết thời gian" in refused(people.tay, f"{worse}propose-removal/", on="05/03/2026", grounds="X4")
    act(people.tay, f"{worse}review-progress/", on="12/08/2026", progressed="no", note="Vẫn không nhận nhiệm vụ.")
    act(people.tay, f"{worse}propose-removal/", on="15/08/2026", grounds="X4", note="Đề nghị xóa tên.")
    people.tay.goto(worse)
    matter = story.site.url + people.tay.get_by_role("link", name="Hồ sơ xóa tên").get_attribute("href")
    remove(story, people, matter)
    people.canbo.goto(f"{one}report/")
    for words in ("Được công nhận tiến bộ", "Xóa tên trong danh sách đảng viên"):
        expect(people.canbo.locator("main")).to_contain_text(words)


def remove(story, people, matter):
    """From the self-review to the decision, and what follows from it."""
    act(people.tay, f"{matter}ask-self-review/", on="16/08/2026")
    assert "Đã yêu cầu 1 lần" in refused(
        people.tay, f"{matter}vote-removal-in-cell/", held_on="17/08/2026", present="5", yes="5"
    )
    act(people.tay, f"{matter}receive-self-review/", on="18/08/2026", note="Tôi nhận khuyết điểm.")
    act(
        people.tay, f"{matter}vote-removal-in-cell/", held_on="20/08/2026", number="09-NQ/CB", present="5", yes="5",
        tellers="Dương Văn Giang",
    )  # fmt: skip
    people.coso.goto(matter)
    act(people.coso, f"{matter}vote-removal-in-base/", held_on="25/08/2026", present="9", yes="9", **BY_HAND)
    act(people.canbo, f"{matter}submit-removal/", on="27/08/2026")
    act(
        people.canbo, f"{matter}decide-removal/", decision_number="12-QĐ/ĐU", signed_on="30/08/2026",
        held_on="30/08/2026", present="9", yes="9", **BY_HAND,
    )  # fmt: skip
    act(people.tay, f"{matter}receipt/", on="01/09/2026")
    act(people.tay, f"{matter}card/", on="01/09/2026")
    people.canbo.goto(f"{story.site.url}/members/?q={WORSE}")
    assert "Không có ai" in people.canbo.locator("main").inner_text() or WORSE not in people.canbo.content()
