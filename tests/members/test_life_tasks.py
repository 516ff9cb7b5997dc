"""Tasks of a year: given to several at once, finished together, corrected by a new row."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from members.actions.life_tasks import (
    TaskEntry,
    TaskLine,
    assign_tasks,
    correct_task,
    finish_tasks,
    void_task,
)
from members.models import Task
from members.reports.life_tasks import numbers_of
from members.rules.life import TaskNumbers
from members.settling import Stale
from tests.factories import MemberFactory
from tests.members.life_cases import DAY, people
from tests.queries import MOST, queries_of

ENTRY = TaskEntry("Vận động hộ dân hiến đất", "Chi ủy", date(2026, 6, 30))


@pytest.fixture
def by(cast):
    return cast.secretary


def page(tree, name="finish_tasks", year=2026):
    return reverse(f"members:{name}", args=[tree.here.pk, year])


def given(tree, members, by, entry=ENTRY):
    return assign_tasks(tree.here, entry, members, on=DAY, by=by)


def line(task, done_on=date(2026, 6, 1), beyond=False, evidence="", seen=None):
    return TaskLine(task.key, done_on, beyond, evidence, seen or task.pk)


def test_one_task_is_given_to_several_at_once(tree, by):
    members = people(tree.here, 3)
    given(tree, members, by)
    assert list(
        Task.objects.of_year(2026).values_list("member", flat=True).distinct().order_by("member__sort_key")
    ) == [member.pk for member in members]
    [entry] = LogEntry.objects.filter(action="members.assign_tasks")
    assert (entry.organisation, entry.data["people"]) == (tree.here, 3)
    with pytest.raises(ValidationError, match="đều đã được giao"):
        given(tree, members, by)
    given(tree, [*members, *people(tree.here, 1)], by)
    assert Task.objects.count() == 4


def test_nobody_outside_of_the_cell_is_given_a_task(tree, by):
    with pytest.raises(ValidationError, match="hiện không sinh hoạt ở"):
        given(tree, [MemberFactory(home=tree.there)], by)
    assert not Task.objects.exists()


def test_what_became_of_tasks_is_written_by_new_rows(tree, by):
    [first, second] = given(tree, people(tree.here, 2), by)
    assert finish_tasks(tree.here, [line(first, beyond=True, evidence="BB 3"), line(second, None)], by=by) == 1
    standing = Task.objects.standing().get(key=first.key)
    assert (standing.done_on, standing.beyond, standing.evidence) == (date(2026, 6, 1), True, "BB 3")
    first.refresh_from_db()
    assert first.voided_by == by
    [entry] = LogEntry.objects.filter(action="members.finish_tasks")
    assert [row["result"] for row in entry.data["rows"]] == ["xong 01/06/2026, vượt yêu cầu, BB 3"]


def test_the_four_numbers_of_a_rating(tree, by):
    """In time, late, undone, beyond requirement; what is not due yet counts in none."""
    [one, other] = people(tree.here, 2)
    days = [(date(2026, 6, 1), True), (date(2026, 6, 1), False), (date(2026, 8, 1), True), (None, False)]
    for place, (done_on, beyond) in enumerate(days):
        [task] = given(tree, [one], by, TaskEntry(f"Việc {place}", "", date(2026, 6, 30)))
        finish_tasks(tree.here, [line(task, done_on, beyond)], by=by)
    given(tree, [one], by, TaskEntry("Cuối năm", "", date(2026, 12, 31)))
    on = date(2026, 12, 5)
    assert numbers_of([one.pk, other.pk], 2026, on) == {
        one.pk: TaskNumbers(total=4, undone=1, late=1, beyond=2, open=1)
    }
    assert numbers_of([one.pk], 2026, date(2026, 6, 30)) == {one.pk: TaskNumbers(total=2, beyond=1, open=3)}


def test_an_older_page_of_tasks_is_told(tree, by):
    [task] = given(tree, people(tree.here, 1), by)
    finish_tasks(tree.here, [line(task)], by=by)
    with pytest.raises(Stale) as refusal:
        finish_tasks(tree.here, [line(task, date(2026, 7, 3))], by=by)
    assert [clash.theirs for clash in refusal.value.clashes] == ["xong 01/06/2026"]
    assert Task.objects.standing().get().done_on == date(2026, 6, 1)
    finish_tasks(tree.here, [line(task, None)], by=by)  # untouched on the older page: stays
    assert Task.objects.standing().get().done_on == date(2026, 6, 1)


def test_a_task_is_corrected_and_voided_with_a_reason(tree, by):
    [task] = given(tree, people(tree.here, 1), by)
    correct_task(task, TaskEntry("Việc khác", "Đảng ủy", date(2026, 5, 1)), reason="ghi nhầm", by=by)
    [standing] = Task.objects.standing()
    assert (standing.title, standing.key) == ("Việc khác", task.key)
    with pytest.raises(NotAllowed):
        void_task(task, reason="lần hai", by=by)
    void_task(standing, reason="trùng", by=by)
    assert not Task.objects.standing().exists()
    assert Task.objects.count() == 2


def test_the_page_marks_several_done_at_once(tree, as_, by):
    first, second, third = given(tree, people(tree.here, 3), by)
    values = {"done_day": "01/06/2026"}
    for task in (first, second, third):
        values |= {f"seen-{task.key.hex}": task.pk, f"done_on-{task.key.hex}": "", f"evidence-{task.key.hex}": ""}
    values |= {f"pick-{task.key.hex}": "1" for task in (first, second)}
    assert as_(by).post(page(tree), values).status_code == 302
    assert Task.objects.standing().filter(done_on=date(2026, 6, 1)).count() == 2
    assert Task.objects.standing().get(key=third.key).done_on is None


def test_a_wrong_day_stays_beside_its_task(tree, as_, by):
    [task] = given(tree, people(tree.here, 1), by)
    values = {f"seen-{task.key.hex}": task.pk, f"done_on-{task.key.hex}": "31/02/2026"}
    text = as_(by).post(page(tree), values).content.decode()
    assert "không có trong lịch" in text
    assert 'value="31/02/2026"' in text
    assert Task.objects.standing().get().done_on is None


def test_nothing_is_done_on_a_day_to_come(tree, as_, by):
    [one] = people(tree.here, 1)
    given(tree, [one], by)
    task = Task.objects.get()
    page = reverse("members:finish_tasks", args=[tree.here.pk, 2026])
    for typed in ({f"done_on-{task.key.hex}": "20/01/2062"}, {"done_day": "20/01/2062", f"pick-{task.key.hex}": "1"}):
        answer = as_(by).post(page, {f"seen-{task.key.hex}": str(task.pk), **typed})
        assert "ở tương lai" in answer.content.decode()
    assert Task.objects.standing().get().done_on is None


def test_a_made_up_key_is_no_task(tree, as_, by):
    page = reverse("members:finish_tasks", args=[tree.here.pk, 2026])
    assert as_(by).post(page, {f"seen-{'z' * 32}": "1"}).status_code in (200, 302)


def test_a_task_of_another_year_is_not_given_here(tree, as_, by):
    [one] = people(tree.here, 1)
    values = {"title": "Việc", "due_on": "30/06/2027", "members": [str(one.pk)]}
    text = as_(by).post(page(tree, "assign_tasks"), values).content.decode()
    assert "không thuộc năm 2026" in text
    assert 'value="Việc"' in text
    assert as_(by).post(page(tree, "assign_tasks"), values | {"due_on": "30/06/2026"}).status_code == 302
    assert Task.objects.get().member == one


def test_tasks_are_filtered_by_their_result(tree, as_, by):
    done, undone = given(tree, people(tree.here, 2), by)
    finish_tasks(tree.here, [line(done)], by=by)
    text = as_(by).get(page(tree) + "?state=undone").content.decode()
    assert undone.member.full_name in text
    assert done.member.full_name not in text


def test_the_page_of_tasks_asks_the_same_at_one_and_at_thirty(tree, as_, by):
    given(tree, people(tree.here, 1), by)
    client = as_(by)
    one = queries_of(client, page(tree))
    given(tree, people(tree.here, 29), by)
    assert queries_of(client, page(tree)) == one <= MOST
