"""Every room for everybody: no accessibility fault, no sideways scroll, no refused script, under 100 kB a page."""

import re

import pytest

from tests.e2e.axe import axe_faults
from tests.e2e.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.long]

WIDTHS = {"wide": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
ACCOUNTS = ["bithu", "coso", "canbo", "kiemtra", "chunhiem", "thuongtruc", "quantri"]
INSPECTION = ["bithu", "kiemtra"]  # whom a case of the demo names
PAGE_BYTES = 100_000
PATIENCE = 120_000  # milliseconds for one page, on a machine that does much else
MOST_EMPTY = 4  # fewer pages than these nobody has
DEPTH = 2  # links from the desk and from the rooms
DEEP = ("/admissions/", "/discipline/", "/evaluations/")  # a candidate, a case, a round have pages of their own
CASE = re.compile(r"/discipline/[0-9a-f-]{36}/")
HREFS = "links => links.map(link => link.getAttribute('href'))"
DOWNLOADS = ("pdf", "xlsx", "docx", "/word/", ".ics", "workbook", "export", "print", "download", "file")


def pattern(path):
    """The kind of a page: its address with identifiers left out."""
    parts = path.split("?")[0].strip("/").split("/")
    return "/".join("*" if part.isdigit() or len(part) == 36 else part for part in parts)


def walk(page, site):
    """Visit the pages reachable from the desk in two clicks, one of each kind; yields the address and the answer.

    Of a candidate, a case, a round three clicks, so that their pages are among them.
    Printed papers that the browser shows in its own viewer are no pages of ours.
    """
    seen, frontier = set(), ["/"]
    for depth in range(DEPTH + 2):
        following, frontier = [], [link for link in frontier if depth <= DEPTH or link.startswith(DEEP)]
        for path in frontier:
            if pattern(path) in seen:
                continue
            seen.add(pattern(path))
            response = page.goto(site.url + path, timeout=PATIENCE)
            if not response.headers["content-type"].startswith("text/html"):
                continue
            yield path, response
            following += [link.split("#")[0] for link in page.eval_on_selector_all("a[href^='/']", HREFS)]
        frontier = [link for link in dict.fromkeys(following) if not any(word in link for word in DOWNLOADS)]


def open_cases(page, site):
    """Open every case that names the account, with a reason, so that its pages may be read today."""
    page.goto(f"{site.url}/discipline/")
    for link in {link for link in page.eval_on_selector_all("main a", HREFS) if CASE.fullmatch(link or "")}:
        page.goto(site.url + link)
        if page.locator("main [name=reason]").count():  # not opened today yet
            page.fill("main [name=reason]", "Xem lại hồ sơ")
            page.locator("main form button[type=submit]").last.click()


@pytest.mark.parametrize("username", ACCOUNTS)
def test_pages_are_accessible_fit_and_keep_the_content_policy(demo_site, browser, username):
    faults, visited = [], 0
    context = browser.new_context(viewport=WIDTHS["wide"])
    page = context.new_page()
    page.on(
        "console",
        lambda message: faults.append(f"{username} {page.url}: {message.text}") if is_refusal(message) else None,
    )
    sign_in(page, demo_site, username)
    if username in INSPECTION:
        open_cases(page, demo_site)
    for path, response in walk(page, demo_site):
        visited += 1
        if response.status != 200:
            faults.append(f"{username} {path}: {response.status}")
            continue
        for look, viewport in WIDTHS.items():
            faults += [f"{username} {look} {path}: {fault}" for fault in _faults(page, viewport)]
    context.close()
    assert faults == []
    assert visited > MOST_EMPTY


def _faults(page, viewport):
    """What is wrong with the page as it stands in a window of that size."""
    page.set_viewport_size(viewport)
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide"] * (width > viewport["width"]) + axe_faults(page)


def is_refusal(message):
    """An error on the console, but for the mark that the browser's own viewer of papers asks for."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


def test_the_first_page_is_light(demo_site, browser):
    """Everything that the first visit loads, fonts aside, is under 100 kB as sent."""
    context = browser.new_context(viewport=WIDTHS["phone"])
    page = context.new_page()
    sizes = {}

    def weigh(response):
        if "/fonts/" not in response.url and not response.url.endswith((".woff2", ".ttf")):
            sizes[response.url] = response.request.sizes()["responseBodySize"]

    page.on("requestfinished", lambda request: weigh(request.response()))
    sign_in(page, demo_site, "canbo")
    page.goto(f"{demo_site.url}/members/")
    context.close()
    heaviest = sum(size for url, size in sizes.items() if "/static/" in url) + max(
        size for url, size in sizes.items() if "/static/" not in url
    )
    assert heaviest < PAGE_BYTES, sizes
