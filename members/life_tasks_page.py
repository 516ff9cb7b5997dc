"""The register of tasks of a cell and a year as its page shows it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q

from cells.permissions import Permission as P
from config.lib.vietnamese import fold
from members.forms.dates import read_day
from members.forms.life_tasks import TaskFilter, TaskRow
from members.life_pages import Comparison
from members.life_sheets import TASKS, differences
from members.models import Task
from members.rules.life import task_state

KEY = re.compile("[0-9a-f]{32}")

PAGE_SIZE = 50
MOST_FROM_SHEET = 150
MOST_POSTED = 5000


@dataclass
class TasksPage:
    """Fifty tasks of the year; what was posted is put over what stands, row by row."""

    user: Any
    cell: Any
    year: int
    today: date
    query: Any
    data: Any = None
    stale: Any = None
    done_error: str = ""
    comparison: Any = None

    @property
    def may_edit(self):
        return self.user.may(P.MEMBERS_EDIT, self.cell)

    @cached_property
    def filter(self):
        return TaskFilter(self.query)

    @cached_property
    def tasks(self):
        """Tasks that fit what was asked, in the order of names."""
        rows = Task.objects.of_year(self.year).filter(organisation=self.cell).select_related("member")
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        if asked.get("state"):
            rows = rows.in_state(asked["state"], self.today)
        if asked.get("title"):
            named = Q(member__search_key__contains=fold(asked["title"]))
            rows = rows.filter(Q(title__icontains=asked["title"]) | named)
        return rows.order_by("member__sort_key", "due_on", "key")

    @cached_property
    def page(self):
        return Paginator(self.tasks, PAGE_SIZE).get_page(self.query.get("page"))

    @cached_property
    def rows(self):
        """The page's rows; on a post those that were posted, wherever they stand now."""
        if self.data is None:
            return [self._row(task) for task in self.page]
        keys = [name.removeprefix("seen-") for name in self.data if name.startswith("seen-")][:MOST_POSTED]
        found = Task.objects.standing().filter(organisation=self.cell, key__in=filter(KEY.fullmatch, keys))
        rows = [self._row(task) for task in found.select_related("member").order_by("member__sort_key", "due_on")]
        for row in rows:
            row.take(self.data)
        return rows

    def all_rows(self):
        """The rows of the whole year."""
        return [self._row(task) for task in self.tasks]

    def _row(self, task):
        state = task_state(task.due_on, task.done_on, self.today)
        done = f"{task.done_on:%d/%m/%Y}" if task.done_on else ""
        return TaskRow(task, state, done, task.beyond, task.evidence, str(task.pk))

    @property
    def faulty(self):
        return [row for row in self.rows if row.error]

    def read(self):
        """The lines that were posted, or None where something must be mended first."""
        try:
            text = self.data.get("done_day", "")
            day = read_day(text, self.today)
        except ValidationError as fault:
            self.done_error = " ".join(fault.messages)
            return None
        day = day or (self.today if any(row.picked for row in self.rows) else None)
        lines = [row.line(self.today, day) for row in self.rows if row.posted_in(self.data)]
        return lines if None not in lines else None

    def compare(self, filled):
        """Keep the rows that a workbook changes; saving the page writes them."""
        before = [self._row(row.task) for row in self.rows]
        changed = differences(self.rows, before, TASKS)
        stands = {row.key: row.shown for row in before}
        self.rows = [row for row in self.rows if row.shown != stands[row.key]][:MOST_FROM_SHEET]
        problems = list(filled.problems)
        if len(changed) > MOST_FROM_SHEET:
            problems.append(f"Tệp sửa {len(changed)} việc; lần này ghi {MOST_FROM_SHEET} việc đầu, rồi gửi lại tệp.")
        self.comparison = Comparison(changed[:MOST_FROM_SHEET], problems)

    def show_stale(self, stale):
        """Show what others wrote beside what was typed; saving once more then writes over it."""
        self.stale = stale
        clashes = {clash.key: clash for clash in stale.clashes}
        for row in self.rows:
            row.clash = clashes.get(row.task.key)
            row.seen = str(row.task.pk)
