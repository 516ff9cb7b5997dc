"""The register of tasks of a cell: a year on one page, given to several at once, finished together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from cells.access import check, find, requires
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from members.actions import life_tasks as actions
from members.forms.facts import VoidForm
from members.forms.life_tasks import AssignForm, CorrectTaskForm
from members.life_roll import read_roll
from members.life_tasks_page import TasksPage
from members.models import Task
from members.settling import Stale
from members.views.life_months import cell_of_year, life_tabs, years_around


@requires(P.MEMBERS_VIEW)
def finish_tasks(request, organisation_id, year):
    """The tasks of a year; written back what became of them."""
    cell, today = cell_of_year(request, organisation_id, year)
    page = TasksPage(request.user, cell, year, today, request.GET, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return answer(request, page)
    check(request.user, P.MEMBERS_EDIT, cell)
    lines = page.read()
    if lines is None:
        return answer(request, page)
    try:
        written = actions.finish_tasks(cell, lines, by=request.user)
    except Stale as refusal:
        page.show_stale(refusal)
        return answer(request, page, status=409)
    except (ValidationError, NotAllowed) as refusal:
        messages.error(request, refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal))
        return answer(request, page)
    messages.success(request, f"Đã ghi kết quả {written} việc." if written else "Không có gì thay đổi.")
    return redirect(request.get_full_path())


@requires(P.MEMBERS_EDIT)
def assign_tasks(request, organisation_id, year):
    """Give the same task to several members at once."""
    cell, today = cell_of_year(request, organisation_id, year)
    check(request.user, P.MEMBERS_EDIT, cell)
    people = [person.member for person in read_roll(cell, today.replace(day=1)).attending]
    initial = {"due_on": today.replace(year=year, month=12, day=31), "given_by": cell.name}
    initial["members"] = request.GET.getlist("member")
    form = AssignForm(request.POST or None, year=year, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.assign_tasks(cell, form.entry, form.cleaned_data["members"], on=today, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Đã giao việc cho {len(given)} đồng chí.")
            return redirect("members:finish_tasks", cell.pk, year)
    return _form(request, cell, year, form, f"Giao việc năm {year}", "Chọn một hoặc nhiều đồng chí cùng làm việc này.")


@requires(P.MEMBERS_EDIT)
def correct_task(request, task_id):
    """Put right what was given, by whom or until when."""
    task = _task(request, task_id)
    initial = {name: getattr(task, name) for name in actions.GIVEN}
    form = CorrectTaskForm(request.POST or None, year=task.year, initial=initial)

    def act():
        actions.correct_task(task, form.entry, reason=form.cleaned_data["reason"], by=request.user)

    return _act(request, task, form, act, "Sửa việc đã giao", "Đã sửa việc.")


@requires(P.MEMBERS_EDIT)
def void_task(request, task_id):
    """Void a task that was entered wrongly."""
    task, form = _task(request, task_id), VoidForm(request.POST or None)

    def act():
        actions.void_task(task, reason=form.cleaned_data["reason"], by=request.user)

    return _act(request, task, form, act, "Hủy việc ghi sai", "Đã hủy việc ghi sai.")


def _task(request, task_id):
    rows = Task.objects.visible_to(request.user, P.MEMBERS_VIEW).standing()
    task = find(rows.select_related("organisation", "member"), pk=task_id)
    check(request.user, P.MEMBERS_EDIT, task)
    return task


def _act(request, task, form, act, title, done):
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.success(request, done)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("members:finish_tasks", task.organisation_id, task.year)
    return _form(request, task.organisation, task.year, form, title, f"{task.member}: {task}.")


def _form(request, cell, year, form, title, lead):
    back = reverse("members:finish_tasks", args=[cell.pk, year])
    context = {"form": form, "cell": cell, "title": title, "lead": lead, "cancel_url": back, "submit": title}
    return render(request, "members/life/form.html", context)


def answer(request, page, *, status=200, **extra):
    """The page of the year."""
    context = {
        "page": page,
        "cell": page.cell,
        "year": page.year,
        "address": f"{reverse('members:finish_tasks', args=[page.cell.pk, page.year])}?{request.GET.urlencode()}",
        "sheet_url": reverse("members:tasks_sheet", args=[page.cell.pk, page.year]),
        "tabs": life_tabs(page.cell, "finish_tasks", year=page.year),
        "years": [
            (each, reverse("members:finish_tasks", args=[page.cell.pk, each]))
            for each in years_around(page.year, page.today)
        ],
    }
    return render(request, "members/life/tasks.html", context | extra, status=status)
