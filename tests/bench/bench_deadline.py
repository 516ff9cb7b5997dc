"""The last evening: five hundred secretaries sign in, save their sheets twice and send them, all in the same minutes.

The product stands as `make run` starts it – gunicorn with its two workers on loopback, whole passwords, whitenoise – on
the private PostgreSQL. Every secretary is a thread with cookies of its own and goes on as soon as the server answers.
"""

import os
import re
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from http.cookiejar import CookieJar
from statistics import median
from urllib.parse import urlencode

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from cells.permissions import Role
from evaluations.actions.seasons import SeasonEntry, open_season
from evaluations.models import RatingSheet, Review
from evaluations.sheet_row import key_of
from tests.bench.conftest import empty_database
from tests.bench.measuring import percentile, versions, write_section
from tests.e2e.site import Site
from tests.evaluations.city import PASSWORD, YEAR, add_accounts, build_city, give_accounts, name_of
from tests.evaluations.clerks import ILL, TASKS, WORK, levels_for, post_of, read_paper, row_of

ALL = 500
SECRETARIES = int(os.environ.get("SECRETARIES", ALL))  # fewer for a rehearsal, which is printed and not kept
PAIRS = 20  # of their cells have a second person who types at the same time
MINUTES = 30  # in which all must be done
PATIENCE = 900  # seconds that a browser waits for one answer
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
STEPS = (
    "sign-in page",
    "sign in, desk",
    "sheet",
    "first draft",
    "second draft",
    "send",
)
CHOSEN = re.compile(r'name="(r[0-9a-f]{12})-own_level"(?:(?!</select>).)*?value="(\w+)" selected', re.DOTALL)
NOTE = """Five hundred secretaries of a city (505 cells) begin in one moment; each signs in with its password, opens its
sheet, saves half of it, then all of it, and sends it, as the buttons of the page do, and goes on as soon as it has an
answer: nobody reads, nobody types. Times are those of a browser on the same machine, so they are mostly the time in the
queue of two workers; a step ends with the page that follows it. Browsers and server share the processors."""


class NoWay(Exception):
    """The server answered something else than a person expects."""


class Browser:
    """One person's browser: cookies, the token of the page, and how long every step took."""

    def __init__(self, site, times):
        self.site, self.times = site, times
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self.token = ""

    def visit(self, step, address, data=None):
        """Get or post, follow where it leads; (status, page)."""
        body = urlencode({"csrfmiddlewaretoken": self.token} | data).encode() if data is not None else None
        began = time.perf_counter()
        request = urllib.request.Request(f"{self.site.url}{address}", body, {"Referer": f"{self.site.url}{address}"})
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                status, page = response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            status, page = refusal.code, refusal.read().decode()
        self.times.setdefault(step, []).append(time.perf_counter() - began)
        if found := TOKEN.search(page):
            self.token = found[1]
        return status, page

    def done(self, step, address, data=None):
        """The page; NoWay when the server did not do it."""
        status, page = self.visit(step, address, data)
        if status != 200:
            raise NoWay(f"{address}: {status} {re.sub('<[^>]+>', ' ', page)[:300]}")
        return page

    def sign_in(self, username):
        self.done(STEPS[0], "/sign-in/")
        page = self.done(STEPS[1], "/sign-in/", {"username": username, "password": PASSWORD})
        if 'name="password"' in page:
            raise NoWay(f"{username} could not sign in")


@dataclass
class Night:
    """What everybody is at, and what came of it."""

    site: Site
    sheets: dict
    times: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)  # by cell: key of a row -> level
    errors: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    begin: threading.Event = field(default_factory=threading.Event)

    def address(self, cell, step=""):
        return f"/evaluations/sheets/{self.sheets[cell.pk]}/{step}"


def bench_deadline(database, tmp_path):
    empty_database()
    city = build_city("city")
    cells = city.cells[:SECRETARIES]
    give_accounts(city, PBKDF2PasswordHasher().encode(PASSWORD, secrets.token_hex(8)))
    deputies = [(f"pho-{name_of(cell)}", Role.CELL_SECRETARY, cell) for cell in cells[:PAIRS]]
    add_accounts(deputies, PBKDF2PasswordHasher().encode(PASSWORD, secrets.token_hex(8)), city.system)
    season = open_season(SeasonEntry(YEAR, date(YEAR, 12, 31)), organisation=city.root, by=city.system)
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    night = Night(site_on(database, tmp_path), dict(season.sheets.values_list("organisation", "pk")))
    night.site.start()
    try:
        seconds = everybody_at_once(night, cells)
    finally:
        night.site.stop()
    assert night.errors == []
    check_nothing_is_lost(night, cells)
    check_nobody_wrote_over_another_unseen(night, cells)
    assert seconds < 60 * MINUTES
    write(night, seconds)


class OnPostgres(Site):
    """The product on the database of this process."""

    workers = "2"

    def __init__(self, folder, url):
        super().__init__(folder)
        self.database_url = url

    @property
    def environment(self):
        return super().environment | {"DATABASE_URL": self.database_url}


def site_on(database, folder):
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return OnPostgres(folder, f"{server}/{database.settings_dict['NAME']}")


# --- the evening


def everybody_at_once(night, cells):
    """All threads from one moment to the end of the last; the seconds between."""
    people = [threading.Thread(target=evening_of, args=[night, number, cell]) for number, cell in enumerate(cells)]
    for person in people:
        person.start()
    began = time.perf_counter()
    night.begin.set()
    for person in people:
        person.join()
    return time.perf_counter() - began


def evening_of(night, number, cell):
    """One secretary from signing in to the page that says "đã gửi"; whatever goes wrong is kept."""
    night.begin.wait()
    try:
        browser = Browser(night.site, night.times)
        browser.sign_in(name_of(cell))
        page = browser.done(STEPS[2], night.address(cell))
        if number < PAIRS:
            page = type_together(night, cell, browser, page)
        fill_and_send(night, number, cell, browser, page)
    except Exception as error:
        night.errors.append(f"{cell}: {error!r}")


def fill_and_send(night, number, cell, browser, page):
    paper = read_paper(page)
    levels = levels_for(len(paper.due), number)
    night.typed[cell.pk] = dict(zip(paper.due, levels, strict=True))
    half = post_of(paper, levels)
    for key in paper.due[len(paper.due) // 2 :]:
        half |= {f"{key}-{name}": "" for name in row_of("HTTNV", paper.base)}
    page = browser.done(STEPS[3], night.address(cell, "save/"), half)
    page = browser.done(STEPS[4], night.address(cell, "save/"), post_of(read_paper(page), levels))
    page = browser.done(STEPS[5], night.address(cell, "send/"), post_of(read_paper(page), levels))
    if "đã gửi, chờ" not in page:
        raise NoWay(f"{cell} is not sent")


@dataclass
class Clash:
    """Two people who save one sheet from the same page: what each was answered, and what stood there afterwards."""

    typed: tuple
    answers: tuple
    stored: dict


def type_together(night, cell, browser, page):
    """The secretary and a deputy have the same page and save it at once with other levels; the page afterwards."""
    other = Browser(night.site, night.times)
    other.sign_in(f"pho-{name_of(cell)}")
    papers = read_paper(page), read_paper(other.done(STEPS[2], night.address(cell)))
    typed, answers, together = ("HTXSNV", "HTNV"), [None, None], threading.Barrier(2)

    def save(place, who):
        post = post_of(papers[place], [typed[place]] * len(papers[place].due))
        together.wait()
        answers[place] = who.visit("two at one sheet", night.address(cell, "save/"), post)

    deputy = threading.Thread(target=save, args=[1, other])
    deputy.start()
    save(0, browser)
    deputy.join()
    page = browser.done(STEPS[2], night.address(cell))
    night.clashes.append(Clash(typed, tuple(answers), dict(CHOSEN.findall(page))))
    return page


# --- what came of it


def check_nothing_is_lost(night, cells):
    """Everything that somebody typed is in the database, and every sheet is where it was sent."""
    sheets = RatingSheet.objects.filter(pk__in=night.sheets.values(), organisation__in=cells)
    assert [sheet.state for sheet in sheets] == ["sent"] * SECRETARIES
    lost, rows = [], 0
    for review in Review.objects.filter(sheet__in=sheets).select_related("sheet"):
        level = night.typed[review.sheet.organisation_id].get(key_of(review))
        rows += level is not None
        if level and stored_row(review) != expected_row(level, review.sheet.valid):
            lost.append((review.pk, level, stored_row(review)))
    assert rows == sum(map(len, night.typed.values()))
    assert lost == []


def stored_row(review):
    tasks = tuple(getattr(review, name) for name in TASKS)
    return review.own_level, review.proposed_level, review.not_rated_reason, review.points, tasks, review.votes


def expected_row(level, base):
    if level == ILL:
        return "", "", ILL, None, (None,) * len(TASKS), {}
    points, *tasks = WORK[level]
    votes = {code: int(row_of(level, base)[f"votes_{code}"] or 0) for code in WORK}
    known = {code: count for code, count in votes.items() if count}
    return level, level, "", Decimal(points.replace(",", ".")), tuple(tasks), known


def check_nobody_wrote_over_another_unseen(night, cells):
    """Of two who saved at once one was written whole; the other was told of every line, with both values."""
    assert len(night.clashes) == PAIRS
    for clash in night.clashes:
        assert sorted(status for status, _ in clash.answers) == [200, 409]
        place = [status for status, _ in clash.answers].index(200)
        mine, theirs = clash.typed[1 - place], clash.typed[place]
        assert set(clash.stored.values()) == {theirs}
        told = clash.answers[1 - place][1].count(f"đồng chí ghi “{mine}”")
        assert told >= len(clash.stored) > 0


def write(night, seconds):
    lines = ["| Step | median, s | p95, s | longest, s | of |", "|---|---:|---:|---:|---:|"]
    for step, times in night.times.items():
        lines.append(
            f"| {step} | {median(times):.1f} | {percentile(times, 95):.1f} | {max(times):.1f} | {len(times):,} |"
        )
    every = [each for times in night.times.values() for each in times]
    lines.append(
        f"| **all steps** | {median(every):.1f} | {percentile(every, 95):.1f} | {max(every):.1f} | {len(every):,} |"
    )
    found = (
        f"All {SECRETARIES} sheets were sent after {seconds / 60:.1f} minutes ({len(every) / seconds:.1f} steps a "
        f"second): no error, no lost draft ({sum(map(len, night.typed.values())):,} rows compared). In {PAIRS} cells "
        "a second person saved the same page at the same moment: one was written, the other was shown both values of "
        "every line."
    )
    text = "\n".join(lines)
    print(text, found, sep="\n\n")
    if SECRETARIES == ALL:
        body = f"{versions()}\n{NOTE}\n\n{text}\n\n{found}"
        write_section("deadline", f"Deadline night: {ALL} secretaries at once", body)
