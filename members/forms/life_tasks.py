"""Input of the register of tasks: what is given to whom, and what became of it."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from config.lib.vietnamese import repair
from members.actions.life_tasks import TaskEntry, TaskLine
from members.forms.choosing import SomeField
from members.forms.dates import DayField, read_day
from members.forms.life import LONGEST_KEY
from members.forms.text import ReasonField, TidyField
from members.life_enums import TaskState
from members.models import Member

LONGEST_EVIDENCE = 300


class TaskForm(forms.Form):
    """What is given, by whom, until when within the year of the register."""

    title = TidyField(label="Nhiệm vụ", max_length=300)
    given_by = TidyField(label="Người, cấp giao", max_length=200, required=False)
    due_on = DayField(label="Hạn, đến hết ngày")

    def __init__(self, *args, year, **options):
        super().__init__(*args, **options)
        self.year = year

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day.year != self.year:
            raise ValidationError(
                f"Ngày {day:%d/%m/%Y} không thuộc năm {self.year} của sổ này. "
                f"Việc của năm khác thì giao ở sổ năm {day.year}."
            )
        return day

    @property
    def entry(self):
        return TaskEntry(**{name: self.cleaned_data[name] for name in ("title", "given_by", "due_on")})


class AssignForm(TaskForm):
    """The same task for several members at once."""

    members = SomeField(label="Giao cho", queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["members"].queryset = Member.objects.filter(pk__in=[member.pk for member in people])


class CorrectTaskForm(TaskForm):
    """What was given, put right."""

    reason = ReasonField(label="Vì sao sửa")


class TaskFilter(forms.Form):
    """Which tasks of the year are shown."""

    state = forms.ChoiceField(label="Kết quả", choices=[("", "tất cả"), *TaskState.choices], required=False)
    title = TidyField(label="Việc hoặc người", max_length=100, required=False)


@dataclass
class TaskRow:
    """One task as the page shows it: what stands in each control over the row that was read."""

    task: object
    state: str
    done_on: str
    beyond: bool
    evidence: str
    seen: str
    picked: bool = False
    error: str = ""
    clash: object = None

    @property
    def key(self):
        return self.task.key.hex

    @property
    def name(self):
        return self.task.member.full_name

    @property
    def shown(self):
        """What stands in the controls, by field."""
        return {"done_on": self.done_on, "beyond": self.beyond, "evidence": self.evidence}

    @property
    def label(self):
        return f"{self.task.member}: {self.task}"

    @property
    def anchor(self):
        return f"f-{self.key}"

    def posted_in(self, data):
        return f"seen-{self.key}" in data

    def take(self, data):
        """Put in what was posted; a box that is not ticked is not posted."""
        if not self.posted_in(data):
            return
        self.seen = data[f"seen-{self.key}"]
        self.done_on = repair(data.get(f"done_on-{self.key}", ""))[:LONGEST_EVIDENCE]
        self.evidence = repair(data.get(f"evidence-{self.key}", ""))[:LONGEST_EVIDENCE]
        self.beyond = f"beyond-{self.key}" in data
        self.picked = f"pick-{self.key}" in data

    def line(self, today, done_day=None):
        """The line of this task; a picked one without a day gets `done_day`. None where something must be mended."""
        try:
            own = read_day(self.done_on, today)
        except ValidationError as fault:
            self.error = " ".join(fault.messages)
            return None
        day: date | None = own or (done_day if self.picked else None)
        if self.beyond and day is None:
            self.error = "Việc vượt yêu cầu phải có ngày hoàn thành."
            return None
        known = self.seen.isascii() and self.seen.isdigit() and len(self.seen) < LONGEST_KEY
        return TaskLine(self.task.key, day, self.beyond, self.evidence, int(self.seen) if known else None)
