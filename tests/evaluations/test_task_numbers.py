"""The four numbers of a rating, proposed from the register of tasks."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.drafts import Edit
from members.actions.life_tasks import TaskLine, finish_tasks
from tests.evaluations.rating_cases import open_season, sheet_of
from tests.members.life_cases import given, people

IN_2025 = {"due_on": date(2025, 10, 31), "on": date(2025, 9, 1)}
MEETING = date(2025, 12, 5)


@pytest.fixture
def sheet(tree, cast):
    """Two members of a cell: the first has three tasks, one done late beyond requirement; the second has none."""
    members = people(tree.here, 2)
    tasks = [given(tree.here, members[0], by=cast.secretary, title=f"Việc {n}", **IN_2025)[0] for n in range(3)]
    given(tree.here, members[0], by=cast.secretary, title="Đến cuối năm", due_on=date(2025, 12, 31), on=MEETING)
    days = [date(2025, 10, 1), date(2025, 11, 20), None]
    lines = [TaskLine(t.key, day, day == days[1], "", t.pk) for t, day in zip(tasks, days, strict=True)]
    finish_tasks(tree.here, lines, by=cast.secretary)
    return sheet_of(open_season(tree, cast.staff), tree.here)


def numbers(sheet):
    rows = sheet.reviews.order_by("member__sort_key")
    return list(rows.values_list("tasks_total", "tasks_undone", "tasks_late", "tasks_beyond"))


def test_empty_numbers_are_filled_from_the_register(sheet, cast):
    actions.fill_tasks(sheet, on=MEETING, by=cast.secretary)
    assert numbers(sheet) == [(3, 1, 1, 1), (None, None, None, None)]
    [entry] = LogEntry.objects.filter(action="evaluations.fill_tasks")
    assert entry.data["number"] == 1


def test_what_was_typed_stays(sheet, cast):
    first = sheet.reviews.order_by("member__sort_key").first()
    actions.save_draft(sheet, rows={first.pk: Edit(1, {"tasks_total": 9})}, by=cast.secretary)
    actions.fill_tasks(sheet, on=MEETING, by=cast.secretary)
    assert numbers(sheet)[0] == (9, None, None, None)


def test_a_sheet_that_was_sent_is_not_filled(sheet, cast):
    type(sheet.season).objects.filter(pk=sheet.season_id).update(state="closed")
    with pytest.raises(NotAllowed):
        actions.fill_tasks(sheet, on=MEETING, by=cast.secretary)
    assert numbers(sheet)[0] == (None, None, None, None)


def test_the_page_shows_the_proposal_and_the_button(sheet, cast, as_):
    client = as_(cast.secretary)
    page = reverse("evaluations:sheet", args=[sheet.pk])
    text = client.get(page).content.decode()
    assert "Theo sổ phân công: 4 việc, 2 không hoàn thành, 1 chậm, 1 vượt yêu cầu" in text
    fill = reverse("evaluations:fill_tasks", args=[sheet.pk])
    assert fill in text
    client.post(fill)
    assert numbers(sheet)[0] == (4, 2, 1, 1)
