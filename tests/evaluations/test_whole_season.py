"""A season of a whole city, from opening to the printed report, by the accounts of its people through the pages."""

import io
import re
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from html import unescape
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from cells.models import Job, Organisation
from cells.tasks import run_job
from config.demo.planner import analyse
from evaluations.models import Complaint, RatingDecision, RatingSheet, ReRating, Review, Season
from members.models import AnnualGrade, Membership, Overlay
from tests.evaluations.city import PASSWORD, YEAR, build_city, give_accounts, name_of
from tests.evaluations.clerks import ILL, MEETING, levels_for, post_of, read_base, read_paper

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.poppler]

LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
CELLS, BASES, LEAST = 505, 90, 11_500  # of the demo's city
RETURNED_EVERY, RETURNED = 44, 12  # cells
GENEROUS, TOO_MANY = 7, 0.25  # place of the base whose cells find so many excellent
FORM = "application/x-www-form-urlencoded"
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?|–")
UNIT_COLUMNS = 12  # present, exempt, not yet, rated, then number and share of four levels


class Ledger:
    """What was typed and decided, line by line: kept beside the product and never read from it."""

    def __init__(self):
        self.cell_of, self.level_of = {}, {}

    def propose(self, cell, keys, levels):
        for key, level in zip(keys, levels, strict=True):
            self.cell_of[key], self.level_of[key] = cell, level

    def first_at(self, cell, level):
        return next(key for key, found in self.level_of.items() if found == level and self.cell_of[key] == cell)


class Story:
    """The city, its season, and the people at their pages."""

    def __init__(self, city):
        self.city, self.ledger, self.clients, self.times = city, Ledger(), {}, {}

    def at(self, username):
        """The browser of somebody who has signed in through the form."""
        if username not in self.clients:
            client = self.clients[username] = Client()
            done = client.post("/sign-in/", {"username": username, "password": PASSWORD})
            assert (done.status_code, done.url) == (302, "/")
        return self.clients[username]

    def get(self, username, address):
        response = self.at(username).get(address)
        assert response.status_code == 200, address
        return response

    def post(self, username, address, data=None, status=302):
        response = self.at(username).post(address, urlencode(data or {}, doseq=True), content_type=FORM)
        words = response.status_code == status or " ".join(
            re.sub("<[^>]+>", " ", response.content.decode().partition('id="missing"')[2]).split()
        )
        assert response.status_code == status, (username, address, words)
        return response

    def type_at_once(self, username, address, data):
        """What the page sends as soon as a field is left; the words that come back."""
        response = self.at(username).post(address, urlencode(data), content_type=FORM, headers={"hx-request": "true"})
        assert (response.status_code, response.headers["X-Draft"]) == (200, "saved")
        return response.content.decode()

    @contextmanager
    def step(self, name):
        began, busy = time.perf_counter(), time.process_time()
        yield
        took, self.times[name] = time.perf_counter() - began, time.process_time() - busy
        print(f"  {name}: {took:.1f} s, {self.times[name]:.1f} s of a processor", flush=True)

    def sheet(self, cell, step=""):
        return f"/evaluations/sheets/{self.sheets[cell.pk]}/{step}"

    def decisions(self, body, step=""):
        return f"/evaluations/seasons/{self.season.pk}/decisions/{body.pk}/{step}"

    def run_job(self, response):
        """Let the worker do what a page has queued."""
        job = Job.objects.get(pk=response.url.strip("/").split("/")[-1])
        run_job.call(str(job.pk))
        job.refresh_from_db()
        assert job.state == "done", job.message
        return job


def test_a_city_rates_its_members(tmp_path):
    began = time.perf_counter(), time.process_time()
    story = Story(build_city("city"))
    give_accounts(story.city, make_password(PASSWORD))
    for name, act in STEPS.items():
        with story.step(name):
            act(story)
        analyse()  # as the server does by itself between transactions
    with story.step("report"):
        check_report(story, tmp_path)
    took, busy = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"whole season: {took:.0f} s, {busy:.0f} s of a processor")


# --- the season, step by step


def open_the_season(story):
    root = story.city.root
    entry = {
        "organisation": root.pk, "year": YEAR, "reference_date": "31/12/2025", "cell_due_on": "10/12/2025",
        "base_due_on": "20/12/2025", "cap_enforcement": "warn",
    }  # fmt: skip
    story.run_job(story.post("can-bo", "/evaluations/open/", entry))
    story.season = Season.objects.get(organisation=root, year=YEAR)
    story.sheets = dict(RatingSheet.objects.filter(season=story.season).values_list("organisation", "pk"))
    assert (len(story.sheets), len(story.city.bases)) == (CELLS, BASES)
    assert Review.objects.filter(sheet__season=story.season).count() > LEAST
    assert "quá hạn" in story.get("can-bo", f"/evaluations/seasons/{story.season.pk}/").content.decode()


def every_cell_sends(story):
    generous = {cell.pk for cell in story.city.cells if cell.parent_id == story.city.bases[GENEROUS].pk}
    for number, cell in enumerate(story.city.cells):
        who = name_of(cell)
        paper = read_paper(story.get(who, story.sheet(cell)).content.decode())
        met = story.type_at_once(who, story.sheet(cell, "save/"), {"head-version": "1", "head-held_on": MEETING})
        paper.base, paper.versions["head"] = read_base(met), "2"
        share = {"excellent": TOO_MANY} if cell.pk in generous else {}
        levels = levels_for(len(paper.due), number, **share)
        story.ledger.propose(cell.pk, paper.due, levels)
        typed = post_of(paper, levels)
        assert story.post(who, story.sheet(cell, "save/"), typed).url == story.sheet(cell)
        story.post(who, story.sheet(cell, "send/"), typed)
    assert set(RatingSheet.objects.values_list("state", flat=True)) == {"sent"}


def some_are_returned_and_answer(story):
    returned = [cell for cell in story.city.cells[::RETURNED_EVERY] if cell.kind == "cell"]
    for cell in returned:
        above, who = name_of(cell.parent), name_of(cell)
        story.post(above, story.sheet(cell, "open/"))
        key = story.ledger.first_at(cell.pk, "HTXSNV")
        story.post(above, story.sheet(cell, "return/"), {"reason": "", f"{key}-note": "Nêu rõ nhiệm vụ vượt yêu cầu"})
        html = story.get(who, story.sheet(cell)).content.decode()
        paper = read_paper(html)
        assert paper.answers == [key]
        assert html.count("Nêu rõ nhiệm vụ vượt yêu cầu") == 2
        levels = [story.ledger.level_of[each] for each in paper.due]
        silent = story.post(who, story.sheet(cell, "send/"), post_of(paper, levels), 422)
        assert "chưa trả lời ý kiến của cấp trên" in silent.content.decode()
        paper = read_paper(story.get(who, story.sheet(cell)).content.decode())
        answer = {f"{key}-answer": "Hoàn thành bốn việc trước hạn, có sản phẩm"}
        story.post(who, story.sheet(cell, "send/"), post_of(paper, levels, **answer))
    assert len(returned) == RETURNED


def bases_appraise_and_pass_on(story):
    for base in story.city.sending:
        who, changed = name_of(base), False
        for cell in story.city.cells:
            if cell.parent_id != base.pk:
                continue
            story.post(who, story.sheet(cell, "open/"))
            levels = {}
            if not changed:
                key = story.ledger.first_at(cell.pk, "HTTNV")
                levels = {f"{key}-level": "HTNV", f"{key}-why": "Hai việc chậm hạn chưa được tính"}
                html = story.get(who, story.sheet(cell)).content.decode()
                levels["version"] = re.search(r'name="version" value="(\d+)"', html)[1]
                story.ledger.level_of[key], changed = "HTNV", True
            story.post(who, story.sheet(cell, "forward/"), levels)


def bodies_decide(story):
    bodies = {sheet.decider_id for sheet in RatingSheet.objects.filter(season=story.season)}
    for number, body in enumerate(Organisation.objects.filter(pk__in=bodies).order_by("path"), start=1):
        who, html = name_of(body), story.get(name_of(body), story.decisions(body)).content.decode()
        data = {"number": f"{number}-QĐ/ĐU", "decided_on": "18/12/2025"}
        data["sheet"] = re.findall(r'name="sheet" value="([\w-]+)"', html)
        data |= dict(re.findall(r'name="(version-[\w-]+)" value="(\d+)"', html))
        if body == story.city.bases[0]:
            [key] = re.findall(r'name="(r\w+)-level"', html)[:1]
            story.ledger.level_of[key] = "HTNV"
            refused = story.post(who, story.decisions(body, "decide/"), data | {f"{key}-level": "HTNV"}, 422)
            assert "quyết định khác mức chi bộ đề nghị thì phải ghi lý do" in refused.content.decode()
            data |= {f"{key}-level": "HTNV", f"{key}-why": "Cấp ủy xem xét lại hồ sơ"}
        if body == story.city.bases[GENEROUS]:
            assert "Vượt tỷ lệ" in story.post(who, story.decisions(body, "decide/"), data, 422).content.decode()
            data["over_cap_reason"] = "Đơn vị dẫn đầu phong trào thi đua năm 2025"
        story.post(who, story.decisions(body, "decide/"), data)
    assert RatingDecision.objects.exclude(over_cap_reason="").count() == 1
    assert set(RatingSheet.objects.values_list("state", flat=True)) == {"decided"}


def a_complaint_is_answered_and_the_result_given_anew(story):
    base = story.city.bases[1]
    cell = next(cell for cell in story.city.cells if cell.parent_id == base.pk)
    key, who = story.ledger.first_at(cell.pk, "HTNV"), name_of(base)
    html = story.get(who, story.sheet(cell)).content.decode()
    review = re.search(rf'id="{key}">.*?(/evaluations/reviews/[\w-]+/)', html, re.DOTALL)[1]
    complaint = {"received_on": "06/01/2026", "summary": "Hai nhiệm vụ đã được gia hạn"}
    story.post(who, f"{review}complaints/receive/", complaint)
    closing = story.at("can-bo").post(f"/evaluations/seasons/{story.season.pk}/close/", follow=True)
    assert "Còn 1 khiếu nại về xếp loại chưa trả lời" in closing.content.decode()
    waiting = Complaint.objects.get()
    answer = {"answered_on": "08/01/2026", "upheld": "yes", "answer": "Khiếu nại đúng"}
    story.post(who, f"/evaluations/complaints/{waiting.pk}/answer/", answer)
    version = re.search(r'name="version" value="(\d+)"', story.get(who, f"{review}rerate/").content.decode())[1]
    anew = {
        "version": version, "organisation": base.pk, "number": "7-QĐ/ĐU", "decided_on": "09/01/2026", "level": "HTTNV",
        "not_rated_reason": "", "reason": "Hai nhiệm vụ hoàn thành đúng hạn mới",
    }  # fmt: skip
    story.post(who, f"{review}rerate/", anew)
    story.ledger.level_of[key] = "HTTNV"
    assert story.get(who, f"/evaluations/reratings/{ReRating.objects.get().pk}/decision.pdf").content[:4] == b"%PDF"


def staff_close(story):
    story.post("can-bo", f"/evaluations/seasons/{story.season.pk}/close/")
    story.season.refresh_from_db()
    assert not story.season.is_open


STEPS = {
    "opening": open_the_season,
    "cells": every_cell_sends,
    "returned": some_are_returned_and_answer,
    "appraised": bases_appraise_and_pass_on,
    "decided": bodies_decide,
    "complaint": a_complaint_is_answered_and_the_result_given_anew,
    "closing": staff_close,
}


# --- the report, four times


def check_report(story, tmp_path):
    expected = expected_units(story)
    address = f"/evaluations/report/{story.city.root.pk}/{YEAR}/"
    of_workbook = units_of_workbook(story.get("thuong-truc", f"{address}xlsx/").content)
    of_page, words = units_of_page(story, address)
    of_word = units_of_word(story.get("thuong-truc", f"{address}docx/").content)
    job = story.run_job(story.post("thuong-truc", f"{address}pdf/"))
    paper = text_of(story.get("thuong-truc", job.result_url).content, tmp_path)
    assert len(expected) > CELLS
    assert (of_workbook - expected, expected - of_workbook) == (Counter(), Counter())
    assert (of_page, of_word) == (of_workbook, of_workbook)
    assert figures_of_paper(paper) == Counter(figures[1:] for figures in of_page.elements())
    for sentence in words:
        assert sentence in " ".join(paper.split())
    check_identity(of_workbook, story)


def expected_units(story):
    """(name, present, exempt, not yet, rated, levels …) of every cell and body, from the ledger and the roll."""
    nodes = {each.pk: each for each in Organisation.objects.below(story.city.root)}
    present, exempt = Counter(), Counter()
    out = set(Overlay.objects.filter(kind="exempt").values_list("member", flat=True))
    for member, cell in Membership.objects.values_list("member", "organisation"):
        present[cell] += 1
        exempt[cell] += member in out
    of_cell = {}
    for key, level in story.ledger.level_of.items():
        found = of_cell.setdefault(story.ledger.cell_of[key], Counter())
        found[level] += level != ILL
    sums = {}
    for cell in story.city.cells:
        levels = [of_cell[cell.pk][level] for level in LEVELS]
        numbers = (present[cell.pk], exempt[cell.pk], *levels)
        for above in map(int, cell.path.strip("/").split("/")):
            sums[above] = tuple(map(sum, zip(sums.get(above, (0,) * 6), numbers, strict=True)))
    return Counter(
        (nodes[pk].name, present, exempt, present - exempt - sum(levels), sum(levels), *levels)
        for pk, (present, exempt, *levels) in sums.items()
    )


def unit_of(cells):
    """A line of the table by organisation as (name, numbers without shares)."""
    name, *numbers = cells[1:]
    return (name, *(int(numbers[place]) for place in (0, 1, 2, 3, 4, 6, 8, 10)))


def units_of_workbook(content):
    rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["Theo tổ chức"].iter_rows(values_only=True)
    next(rows)
    return Counter(unit_of(row) for row in rows if len(row) > 2 and row[2] is not None)


def units_of_page(story, address):
    """The lines of all pages of the table, and the sentences above it."""
    found, page = Counter(), 1
    while True:
        html = story.get("thuong-truc", f"{address}?page={page}").content.decode()
        table = html[html.index("theo tổ chức đảng</caption>") :]
        table = table[table.index("<tbody>") : table.index("</table>")]
        for row in table.split("<tr")[1:]:
            cells = [unescape(text).replace(".", "") for text in re.findall(r"<td[^>]*>(.*?)</td>", row)]
            found[unit_of(cells)] += 1
        if f"?page={page + 1}" not in html:
            break
        page += 1
    prose = html[html.index('<div class="prose">') :]
    sentences = re.findall(r"<p>(.*?)</p>", prose[: prose.index("</div>")])
    return found, [unescape(sentence) for sentence in sentences]


def units_of_word(content):
    for table in docx.Document(io.BytesIO(content)).tables:
        rows = [["".join(p.text or "" for p in cell.iter(T)) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        if rows[0][1:3] == ["Tổ chức đảng", "Có mặt"]:
            return Counter(unit_of([text.replace(".", "") for text in row]) for row in rows[1:])
    raise AssertionError("Word has no table by organisation")


T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def text_of(pdf, folder):
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def figures_of_paper(text):
    """The numbers of every line of the annex by organisation; names may break over lines, numbers do not."""
    annex = text[text.index("theo tổ chức đảng") :]
    found = Counter()
    for line in annex.splitlines():
        numbers = NUMBER.findall(line)[-UNIT_COLUMNS:]
        if len(numbers) == UNIT_COLUMNS and all(
            "," in numbers[place] or numbers[place] == "–" for place in (5, 7, 9, 11)
        ):
            found[tuple(int(numbers[place].replace(".", "")) for place in (0, 1, 2, 3, 4, 6, 8, 10))] += 1
    return found


def check_identity(units, story):
    """present = exempt + not yet + rated in every cell and body; every result is on file once."""
    for _, present, exempt, not_yet, rated, *levels in units.elements():
        assert present == exempt + not_yet + rated
        assert rated == sum(levels)
    root = next(unit for unit in units if unit[0] == story.city.root.name)
    assert root[1] == AnnualGrade.objects.of_year(YEAR).count() == Review.objects.count()
