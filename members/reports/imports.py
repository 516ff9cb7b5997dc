"""What the pages of an import show, read from the report of its batch: steps, findings by kind, changes, columns."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from members.enums import BatchState
from members.importing.problems import Severity
from members.importing.refused import refused_rows
from members.importing.table import number_of_sheet, row_in_sheet
from members.importing.tidy import as_text
from members.models.member import mask

REPAIRS_FILE = Path(__file__).parent.parent / "catalogues" / "repairs.toml"
SEVERITIES = {
    "error": ("error", "Không ghi được"),
    "duplicate": ("returned", "Dòng lặp, không ghi"),
    "control": ("info", "Số cộng, giới hạn"),
    "difference": ("waiting", "Hai nguồn khác nhau"),
    "warning": ("warn", "Ghi, cần kiểm tra"),
}
STATES = {
    BatchState.PREVIEW: "waiting",
    BatchState.COMMITTED: "success",
    BatchState.UNDONE: "returned",
    BatchState.DISCARDED: "neutral",
}
STEPS = (
    ("file", "Tệp"),
    ("map_columns", "Cột"),
    ("import", "Kiểm tra"),
    ("changes", "Thay đổi"),
    ("commit_batch", "Ghi"),
)


@dataclass(frozen=True)
class Finding:
    """One problem as a row of the page; `value` is masked where the column holds identifiers."""

    row: int | None
    place: str
    column: str
    heading: str
    name: str
    value: str
    message: str
    detail: str
    remedy: str
    look: str
    word: str
    to_save: tuple[tuple[int, str], ...]

    @property
    def advice(self):
        """What is known beside the message, and what to do."""
        return f"{self.detail}. {self.remedy}" if self.detail else self.remedy


@dataclass(frozen=True)
class Group:
    """All problems of one kind."""

    code: str
    message: str
    remedy: str
    look: str
    word: str
    count: int


@dataclass(frozen=True)
class ChangedRow:
    """One row that is created or changed: who, and the fields before and after."""

    row: int
    place: str
    name: str
    member: str | None
    result: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Part:
    """One list of the page of changes: its rows as stored, and how a page of them is made ready to be shown."""

    key: str
    title: str
    look: str
    rows: list
    as_shown: Callable

    @property
    def count(self):
        return len(self.rows)


class ImportReport:
    """The report of one batch for one reader: identifiers are masked, delicate values shown to whom they may be."""

    def __init__(self, batch, kind, *, sensitive=False):
        self.batch, self.kind, self.report, self.sensitive = batch, kind, batch.report, sensitive
        self.names = {each["row"]: each["name"] for each in self.report["verdicts"]}
        self.masked_labels = {kind.labels[field] for field in kind.masked}

    # --- findings ----------------------------------------------------------------------------------------------------

    def groups(self):
        """Kinds of problems: what is not written first, then by number."""
        first = {each["code"]: each for each in reversed(self.report["problems"])}
        groups = [
            Group(code, first[code]["message"], first[code]["remedy"], *SEVERITIES[first[code]["severity"]], count)
            for code, count in self.report["problems_by_code"].items()
        ]
        order = [look for look, _ in SEVERITIES.values()]
        return sorted(groups, key=lambda group: (order.index(group.look), -group.count, group.message))

    def findings(self, code=""):
        """Problems as they stand in the report, of one kind or of all."""
        return [each for each in self.report["problems"] if code in ("", each["code"])]

    def shown(self, problems):
        """The given problems as rows of the page."""
        self._add_names({each["row"] for each in problems})
        mendable = self._mendable()
        return [self._finding(each, mendable) for each in problems]

    def _mendable(self):
        """Refused rows that can still be saved by hand: not those that repeat another row."""
        if self.batch.state != BatchState.COMMITTED:
            return set()
        repeated = {each["row"] for each in self.report["problems"] if each["severity"] == Severity.DUPLICATE}
        return refused_rows(self.report) - repeated - set(self.batch.saved_rows.values_list("row", flat=True))

    def _add_names(self, rows):
        """Names that the report does not have, because their rows change nothing, are read from the file."""
        missing = rows - self.names.keys() - {None}
        if missing and self.batch.content is not None:
            reading = self.kind.read(self.batch)
            self.names |= {
                line.row: cell_text(line, sheet.table.fields["name"])
                for sheet in reading.sheets
                for line in sheet.table.people
                if line.row in missing
            }

    def _finding(self, problem, mendable):
        headings, (look, word) = self._headings(problem["row"]), SEVERITIES[problem["severity"]]
        hides = problem.get("field") in self.kind.masked
        details = [problem.get("detail", "")]
        if problem.get("known"):
            details.append(f"đang lưu: {mask(problem['known']) if hides else problem['known']}")
        if problem.get("of_row"):
            details.append(f"xem dòng {self.place(problem['of_row'])}")
        return Finding(
            row=problem["row"],
            place=self.place(problem["row"]),
            column=problem["column"] or "",
            heading=headings.get(problem["column"], ""),
            name=self.names.get(problem["row"], ""),
            value=mask(problem["value"]) if hides else problem["value"],
            message=problem["message"],
            detail="; ".join(filter(None, details)),
            remedy=problem["remedy"],
            look=look,
            word=word,
            to_save=tuple((row, self.place(row)) for row in self._rows_of(problem) if row in mendable),
        )

    def place(self, row):
        """A row as people find it: its number, with its sheet where several are read."""
        if row is None:
            return ""
        sheets = self.report["file"].get("sheets", ())
        number = number_of_sheet(row)
        name = sheets[number]["sheet"] if len(sheets) > 1 and number < len(sheets) else ""
        return f"{row_in_sheet(row)} trang {name}" if name else str(row)

    def _headings(self, row):
        file = self.report["file"]
        sheets, number = file.get("sheets", ()), number_of_sheet(row or 0)
        return sheets[number]["headings"] if number < len(sheets) else file["headings"]

    def decided(self, notes):
        """Notes for decision with the place of their row."""
        return [{**each, "place": self.place(each["row"])} for each in notes]

    def _rows_of(self, problem):
        """The row of a problem, and others that it refuses without a problem of their own."""
        own = {each["row"] for each in self.report["problems"]}
        return [problem["row"], *(row for row in problem.get("rows", ()) if row not in own)]

    def tidied(self):
        """(what was tidied, in how many cells), the most frequent first."""
        words = _repairs()
        return sorted(((words.get(code, code), n) for code, n in self.report["tidied"].items()), key=lambda x: -x[1])

    # --- changes -----------------------------------------------------------------------------------------------------

    def verdicts(self, verdict):
        """Rows of one verdict as they stand in the report."""
        return [each for each in self.report["verdicts"] if each["verdict"] == verdict]

    def parts(self):
        """What the page of changes can show, the first always, the others when they have rows."""
        report = self.report
        parts = [
            Part("created", "Thêm mới", "changes", self.verdicts("created"), self.changed),
            Part("updated", "Sửa", "changes", self.verdicts("updated"), self.changed),
            Part("differences", "Hai nguồn khác nhau", "findings", report["differences"], self.shown),
            Part("decisions", "Ghi chú cần người quyết định", "decisions", report["for_decision"], self.decided),
            Part("absent", "Chưa có kết quả", "absent", report.get("members_without_result", []), list),
        ]
        return [parts[0], *(part for part in parts[1:] if part.rows)]

    def rows_of(self, members):
        """(place, name) of the people whom an undo would touch; empty where the file has no such name."""
        by_id = {each["member"]: each["row"] for each in self.report["verdicts"] if "member" in each}
        by_name = {name: row for row, name in self.names.items()}
        return [(self.place(by_id.get(str(each.pk), by_name.get(each.full_name))), each) for each in members]

    def changed(self, verdicts):
        """The given rows with their fields, before and after."""
        return [
            ChangedRow(
                row=each["row"],
                place=self.place(each["row"]),
                name=each["name"],
                member=each.get("member"),
                result=each.get("result", ""),
                changes=tuple(self._change(change) for change in each.get("changes", ())),
            )
            for each in verdicts
        ]

    def _change(self, change):
        before, after = change["before"], change["after"]
        if change["sensitive"] and not self.sensitive:
            return change["label"], "(được che)", "(được che)"
        if change["label"] in self.masked_labels:
            return change["label"], mask(before), mask(after)
        return change["label"], before, after


@cache
def _repairs():
    with REPAIRS_FILE.open("rb") as file:
        return tomllib.load(file)


def cell_text(line, column):
    """A cell of a row as text, empty beyond its end."""
    return as_text(line.values[column - 1]) if column <= len(line.values) else ""
