"""The page of a cell's monthly resolution: its list, what stands, what was posted over it."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from admissions.actions.source_resolutions import Line, ResolutionHead
from admissions.enums import SOURCE_STATES, LineChange, Purpose, State
from admissions.forms_source import ResolutionForm
from admissions.helping import may_help
from admissions.models import Candidate, Helper, MonthlyResolution, ResolutionLine
from config.lib.vietnamese import repair
from members.querysets_life import month_after

ONE_DAY = timedelta(days=1)
LONGEST_NOTE = 500
NAMES = ("change", "helper", "note")


@dataclass
class Row:
    """One person: what the page shows in each control, and what is wrong with it."""

    candidate: Any
    helper: str = ""
    shown: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, ""))
    may_be_added: bool = False
    error: str = ""

    @property
    def key(self):
        return str(self.candidate.pk)

    @property
    def label(self):
        return self.candidate.full_name

    @property
    def anchor(self):
        return f"f-{self.key}"

    @property
    def choices(self):
        """What may be resolved of the person."""
        return [choice for choice in LineChange.choices if self.may_be_added or choice[0] != LineChange.ADDED]

    @property
    def change_words(self):
        return dict(LineChange.choices).get(self.shown["change"], "")

    def take(self, data):
        """Put in what was posted; what was not posted stays."""
        for name in NAMES:
            if f"{name}-{self.key}" in data:
                self.shown[name] = repair(data[f"{name}-{self.key}"])


@dataclass
class ResolutionPage:
    """A month of a cell; `data` is what was posted, None on reading."""

    cell: Any
    month: Any
    today: Any
    data: Any = None

    @cached_property
    def resolution(self):
        rows = MonthlyResolution.objects.standing().filter(organisation=self.cell, month=self.month)
        return rows.select_related("recorded_by").first()

    @cached_property
    def form(self):
        stands = self.resolution
        initial = {"held_on": stands.held_on, "number": stands.number} if stands else {}
        return ResolutionForm(
            self.data, month=self.month, today=self.today, corrects=stands is not None, initial=initial
        )

    @property
    def day(self):
        """The day for which helpers are offered: that of the meeting, else the last of the month not to come."""
        posted = self.form.cleaned_data.get("held_on") if self.data is not None and self.form.is_valid() else None
        last = min(self.today, month_after(self.month) - ONE_DAY)
        return posted or (self.resolution.held_on if self.resolution else last)

    @cached_property
    def members(self):
        """Who may help on that day, by key."""
        return {str(member.pk): member for member in may_help(self.cell, self.day).only("id", "full_name")}

    @cached_property
    def rows(self):
        lines = self._lines()
        rows = [self._row(candidate, lines.get(candidate.pk)) for candidate in self._people(lines)]
        for row in rows if self.data is not None else ():
            row.take(self.data)
        return rows

    def _lines(self):
        if self.resolution is None:
            return {}
        rows = ResolutionLine.objects.standing().filter(resolution=self.resolution).select_related("step")
        return {line.candidate_id: line for line in rows}

    def _people(self, lines):
        here = Candidate.objects.standing().filter(organisation=self.cell, member__isnull=True)
        on_list = here.filter(state__in=SOURCE_STATES, listed_on__lt=month_after(self.month))
        return (on_list | here.filter(pk__in=list(lines))).order_by("sort_key", "id")

    def _row(self, candidate, line):
        helper = self._helpers.get(candidate.pk)
        row = Row(candidate, helper=str(helper.member) if helper else "")
        row.may_be_added = candidate.state == State.LISTED or bool(line and line.change == LineChange.ADDED)
        if line:
            row.shown |= {"change": line.change, "note": line.note}
        elif self.resolution is None and candidate.state != State.LISTED:
            row.shown["change"] = LineChange.KEPT  # most stay: the page proposes it, saving says it
        if line and line.change == LineChange.ADDED and helper:
            row.shown["helper"] = str(helper.member_id)
        return row

    @cached_property
    def _helpers(self):
        """Who helps whom now; of several the first assigned."""
        rows = Helper.objects.standing().open().filter(candidate__organisation=self.cell, purpose=Purpose.ADMISSION)
        return {row.candidate_id: row for row in rows.select_related("member").order_by("-started_on", "-id")}

    @property
    def faulty(self):
        return [row for row in self.rows if row.error]

    @property
    def head(self):
        values = self.form.cleaned_data
        return ResolutionHead(self.month, values["held_on"], values["number"])

    def read(self):
        """The lines that were posted, or None where something must be mended first."""
        is_valid = self.form.is_valid()
        lines = [line for row in self.rows if (line := self._line(row))]
        if is_valid and not lines and not self.faulty:
            self.form.add_error(None, "Chưa ghi nội dung cho người nào. Hãy chọn ở ít nhất một dòng.")
        return lines if self.form.is_valid() and not self.faulty else None

    def _line(self, row):
        change, note, chosen = (row.shown[name] for name in ("change", "note", "helper"))
        if not change:
            return None
        helper = self.members.get(chosen)
        if change not in dict(row.choices):
            row.error = "Hãy chọn một trong các nội dung của dòng này."
        elif len(note) > LONGEST_NOTE:
            row.error = f"Nhận xét dài {len(note)} ký tự; chỉ ghi được {LONGEST_NOTE}."
        elif change == LineChange.ADDED and helper is None:
            row.error = "Hãy chọn đảng viên chính thức giúp đỡ."
        elif change == LineChange.DROPPED and not note:
            row.error = "Hãy ghi lý do đưa ra khỏi danh sách."
        return None if row.error else Line(row.candidate, change, note, helper if change == LineChange.ADDED else None)
