"""One file of results read and compared with the record: what would be written, and everything that is wrong."""

from dataclasses import dataclass, field
from datetime import date

from evaluations.importing.checks import BaseCount, GradeChecks, cap_problems, count_bases, title_problems
from evaluations.importing.people import CellsOfYear, OnRecord, Roster
from evaluations.importing.plan import Plan, make_plan
from evaluations.importing.rows import COLUMNS, COLUMNS_FILE, GradeRow
from evaluations.importing.year import YearRules, rules_of_year
from members.importing.analysis import FileReading, NoListFound, read_file
from members.importing.choices import restore_choices
from members.importing.mapping import vocabulary
from members.importing.people import PeopleReader, count_repairs
from members.importing.problems import Problem
from members.importing.reading import Habits
from members.importing.table import Table

NO_LEVELS = "Chưa biết cột nào của tệp là Mức xếp loại. Hãy kiểm tra tiêu đề các cột rồi gửi lại."


@dataclass
class GradeCheck:
    """Everything found in one file; `plan` is what would be written, `absent` who has no row in the file."""

    reading: FileReading
    on: date
    rules: YearRules
    rows: list[GradeRow]
    counts: list[BaseCount]
    plan: Plan
    absent: list[OnRecord]
    file_problems: list[Problem] = field(default_factory=list)

    @property
    def problems(self):
        """All findings in the order of the rows, each once; those of the whole file at the end."""
        found = {id(each): each for row in self.rows for each in row.person.problems}
        return sorted(found.values(), key=lambda each: each.row or 0) + self.file_problems

    @property
    def tidied(self):
        return count_repairs(row.person for row in self.rows)

    @property
    def refused(self):
        """How many rows are not written."""
        return sum(1 for row in self.rows if not row.ready)


def read_grades(content: bytes, name: str, letters=None, choices=None) -> FileReading:
    """The list of results in a file, by its proposed columns, by those of `letters` ({field: "B"}), or as chosen."""
    reading = read_file(content, name, words=vocabulary(COLUMNS_FILE), letters=letters, choices=choices)
    if reading.layout is None:
        raise NoListFound(NO_LEVELS)
    return reading


def read_stored(batch) -> FileReading:
    """The stored file of a batch, read as it was chosen."""
    return read_grades(bytes(batch.content), batch.file_name, batch.mapping, restore_choices(batch.options))


def check_grades(reading: FileReading, organisation, *, year: int, on: date) -> GradeCheck:
    """Check a list of results of a year on a day against the members of an organisation and all below it."""
    rules = rules_of_year(organisation, year)
    reader = PeopleReader(reading.table, COLUMNS, Habits(on.year))
    roster, cells = Roster(organisation), CellsOfYear(organisation, rules.reference_date)
    rows = GradeChecks(reader, rules, roster, cells).check(reader.read())
    counts = count_bases(rows, cells, rules)
    return GradeCheck(
        reading=reading,
        on=on,
        rules=rules,
        rows=rows,
        counts=counts,
        plan=make_plan(rows, rules, reader),
        absent=_absent(rows, roster),
        file_problems=[*title_problems(reading.table, rules), *cap_problems(counts, rules)],
    )


def correct_row(table: Table, row: int, values: dict[str, str]):
    """Put corrected cells into one row of a list, before it is checked; a field without a column gets one."""
    [line] = [each for each in table.people if each.row == row]
    for name, text in values.items():
        at = table.fields.setdefault(name, max(table.fields.values()) + 1)
        line.values.extend([None] * (at - len(line.values)))
        line.values[at - 1] = text or None


def _absent(rows, roster):
    """Members of the branch whom the file does not name."""
    named = {row.member.id for row in rows if row.member}
    return [person for key, person in roster.everybody.items() if key not in named]
