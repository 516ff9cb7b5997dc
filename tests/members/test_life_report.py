"""The page that answers the report of 2013: who does not come, has no task, avoids study, owes fees."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.audit import record
from config.lib.sheets import read_workbook
from members.actions.life_tasks import TaskEntry, assign_tasks
from members.enums import OverlayKind
from members.life_printing import LIFE
from members.models import Overlay
from members.reports.life import Branch, LifePeriod, read_life
from members.reports.life_names import name_lines, names_behind
from tests.factories import MemberFactory
from tests.members.life_cases import DAY, guest, ledger, met, people
from tests.queries import MOST, queries_of

ON = date(2026, 6, 30)
YEAR = LifePeriod(2026, None, ON)


@pytest.fixture
def by(cast):
    return cast.secretary


@pytest.fixture
def year(tree, by):
    """Half a year of "here": one never comes, one owes January, April and June, one has no task, one avoids study."""
    absent, owing, untasked, avoiding, exempt = people(tree.here, 5)
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2025, 7, 1))
    everybody = [absent, owing, untasked, avoiding]
    for month in range(1, 7):
        first = date(2026, month, 1)
        met(tree.here, [owing, untasked, avoiding], unexcused=[absent], by=by, day=first.replace(day=3))
        debtors = [owing] if month in (1, 4, 6) else []
        ledger(tree.here, first, [each for each in everybody if each not in debtors], debtors, by=by)
    study = {"kind": "study", "agenda": "Nghị quyết 4"}
    met(tree.here, [absent, owing, untasked], unexcused=[avoiding], by=by, day=date(2026, 3, 15), **study)
    assign_tasks(tree.here, TaskEntry("Việc", "Chi ủy", ON), [absent, owing, avoiding], on=DAY, by=by)
    return {"absent": absent, "fees": owing, "untasked": untasked, "study": avoiding}


def lines_of(kind, branch, period):
    return name_lines(kind, names_behind(kind, branch, period), period, branch)


def names(kind, body, period=YEAR):
    return lines_of(kind, Branch(body, period.last_day), period)


def test_the_four_weaknesses_of_a_cell(tree, year):
    life = read_life(tree.here, YEAR)
    total = life.total
    assert (total.meetings, total.present, total.expected, total.sessions) == (6, 18, 24, 1)
    assert (total.absent_people, total.untasked, total.study_people) == (1, 1, 1)
    assert (total.owing_people, total.owed_months) == (1, 3)
    assert (total.silent_meetings, total.silent_fees) == (0, 1 - 1)
    assert life.months[3].sessions == 1
    assert life.months[3].study_people == 1
    assert [life.months[month].owing_people for month in range(1, 8)] == [1, 0, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("kind", ["absent", "untasked", "study", "fees"])
def test_each_figure_opens_its_names(tree, year, kind):
    [line] = names(kind, tree.root)
    assert (line.member_id, line.place) == (year[kind].pk, "Chi bộ Khóm 1")


def test_months_of_fees_show_both_counts(tree, year):
    """[M20] unpaid January, April, June: three in the year, never three running; a person decides."""
    [line] = names("fees", tree.here)
    assert (line.number, line.when) == (3, "01, 04, 06")
    assert (line.verdict.result, line.verdict.cumulative, line.verdict.consecutive) == ("needs_human", 3, 1)


def test_months_of_absence_are_counted_by_the_rule(tree, year):
    [line] = names("absent", tree.here)
    assert (line.number, line.verdict.result, line.verdict.cumulative, line.verdict.consecutive) == (6, "met", 6, 6)
    assert line.when.startswith("03/01, 03/02")


def test_a_month_shows_its_own_figures(tree, year):
    march = LifePeriod(2026, 3, ON)
    total = read_life(tree.here, march).total
    assert (total.meetings, total.sessions, total.owing_people, total.absent_people) == (1, 1, 0, 1)
    assert names("fees", tree.here, march) == []


def test_a_committee_adds_up_its_cells_and_sees_where_registers_are_missing(tree, year):
    life = read_life(tree.east, YEAR)
    here, next_door = life.parts
    assert (here.name, here.figures.absent_people) == ("Chi bộ Khóm 1", 1)
    assert (next_door.figures.meetings, next_door.figures.silent_meetings, next_door.figures.silent_fees) == (0, 5, 5)
    assert life.total.owed_months == 3
    above = read_life(tree.root, YEAR)
    assert {part.name: part.figures.owing_people for part in above.parts}["Đảng bộ Phường Đông"] == 1


def test_the_guest_is_counted_where_he_is(tree, year, cast):
    """[M24] the guest owes at the host, and is not among its own without a task."""
    visitor = MemberFactory(home=tree.there)
    guest(visitor, tree.here)
    ledger(tree.here, date(2026, 5, 1), [], [visitor], by=cast.secretary)
    assert read_life(tree.here, YEAR).total.owing_people == 2
    assert read_life(tree.there, YEAR).total.owing_people == 0
    assert [line.member_id for line in names("untasked", tree.here)] == [year["untasked"].pk]
    assert [line.member_id for line in names("untasked", tree.there)] == [visitor.pk]


def test_the_reader_sees_figures_and_no_names(tree, year, cast, as_):
    client = as_(cast.reader)
    page = client.get(reverse("members:show_life", args=[tree.here.pk]) + "?year=2026").content.decode()
    assert "Nợ đảng phí" in page
    assert "/names/" not in page
    assert client.get(reverse("members:list_life", args=[tree.here.pk, "fees"])).status_code == 403


def test_the_page_opens_names_for_the_secretary(tree, year, by, as_):
    client = as_(by)
    page = client.get(reverse("members:show_life", args=[tree.here.pk]) + "?year=2026").content.decode()
    address = reverse("members:list_life", args=[tree.here.pk, "fees"])
    assert f"{address}?year=2026" in page
    text = client.get(f"{address}?year=2026&month=").content.decode()
    assert year["fees"].full_name in text
    assert "Cộng dồn 3, liên tục 1" in text
    assert "Cần xem xét" in text


def test_paper_and_workbook_say_the_same(tree, year):
    report = LIFE.collect(tree.here, year=2026, on=ON)
    sheets = read_workbook(LIFE.render_xlsx(report), "nen-nep.xlsx").sheets
    found = {sheet.name: sheet.rows[1:] for sheet in sheets}
    assert found["Đảng viên nợ đảng phí"] == [
        [1, year["fees"].full_name, "Chi bộ Khóm 1", 3, "01, 04, 06", "cộng dồn 3, liên tục 1; cần xem xét"]
    ]
    assert found["Theo tháng"][2][:4] == ["Tháng 3", 1, "75,0", 1]
    assert [row[:3] for row in LIFE.data(report)["tables"]["Đảng viên nợ đảng phí"]] == [
        [1, year["fees"].full_name, "Chi bộ Khóm 1"]
    ]


def test_the_document_prints(tree, year, by, as_):
    answer = as_(by).get(reverse("members:print_life", args=[tree.here.pk]) + "?year=2026")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_before_the_registers_this_year_is_shown(tree, cast, as_):
    page = as_(cast.secretary).get(reverse("members:show_life", args=[tree.here.pk]) + "?year=1999")
    assert page.status_code == 200


def test_a_month_of_a_cell_opens_its_register_and_one_of_a_committee_does_not(tree, cast, as_):
    client, month = as_(cast.secretary), date(2026, 1, 1)
    page = client.get(reverse("members:show_life", args=[tree.here.pk]) + "?year=2026").content.decode()
    assert page.count(reverse("members:keep_meeting", args=[tree.here.pk, month])) == 1
    above = as_(cast.staff).get(reverse("members:show_life", args=[tree.east.pk]) + "?year=2026").content.decode()
    assert reverse("members:keep_meeting", args=[tree.east.pk, month]) not in above


@pytest.mark.parametrize("name", ["show_life", "absent", "fees", "untasked"])
def test_pages_ask_the_same_at_one_and_at_thirty(tree, cast, as_, name):
    client = as_(cast.staff)
    address = (
        reverse("members:show_life", args=[tree.root.pk])
        if name == "show_life"
        else reverse("members:list_life", args=[tree.root.pk, name])
    ) + "?year=2026"

    def fill(count, day):
        some = people(tree.here, count)
        met(tree.here, [], unexcused=some, by=cast.secretary, day=day)
        ledger(tree.here, day.replace(day=1), [], some, by=cast.secretary)

    fill(1, date(2026, 2, 3))
    one = queries_of(client, address)
    fill(29, date(2026, 3, 3))
    assert queries_of(client, address) == one <= MOST


@pytest.mark.parametrize("name", ["absent", "study", "untasked", "fees"])
def test_the_names_ask_no_more_the_first_time_after_an_act(tree, cast, as_, monkeypatch, name):
    monkeypatch.setattr("cells.unchanged.connection", SimpleNamespace(in_atomic_block=False))
    [one] = people(tree.here, 1)
    for month in (2, 3, 4):
        met(tree.here, [], unexcused=[one], by=cast.secretary, day=date(2026, month, 3))
        ledger(tree.here, date(2026, month, 1), [], [one], by=cast.secretary)
    client, address = as_(cast.staff), reverse("members:list_life", args=[tree.root.pk, name]) + "?year=2026"
    client.get(address)
    record("members.correct_member", one, by=cast.staff)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert (answer.status_code, len(captured) <= MOST) == (200, True), len(captured)
