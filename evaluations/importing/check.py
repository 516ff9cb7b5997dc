"""One file of results read and compared with the record: what would be written, and everything that is wrong."""

from dataclasses import dataclass, field
from datetime import date

from config.lib.sheet_model import SheetError, Workbook
from config.lib.sheets import read_workbook
from evaluations.importing.checks import BaseCount, GradeChecks, cap_problems, count_bases, title_problems
from evaluations.importing.people import CellsOfYear, OnRecord, Roster
from evaluations.importing.plan import Plan, make_plan
from evaluations.importing.rows import COLUMNS, COLUMNS_FILE, GradeRow
from evaluations.importing.year import YearRules, rules_of_year
from members.importing.mapping import vocabulary
from members.importing.people import PeopleReader, count_repairs
from members.importing.problems import Problem
from members.importing.reading import Habits
from members.importing.table import Header, Table, find_headers, read_table

NO_LIST = (
    "Không tìm thấy bảng kết quả xếp loại trong tệp. Bảng cần một dòng tiêu đề có cột Họ và tên và cột Mức xếp loại. "
    "Hãy kiểm tra lại tệp."
)


@dataclass
class GradeCheck:
    """Everything found in one file; `plan` is what would be written, `absent` who has no row in the file."""

    table: Table
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
    def repairs(self):
        return count_repairs(row.person for row in self.rows)

    @property
    def refused(self):
        """How many rows are not written."""
        return sum(1 for row in self.rows if not row.ready)


def find_table(content: bytes, name: str) -> Header:
    """The header of the list of results in a file; SheetError when it cannot be read or has none."""
    return header_in(read_workbook(content, name))


def header_in(workbook: Workbook) -> Header:
    """The header of the longest list that names people and levels."""
    headers = find_headers(workbook, vocabulary(COLUMNS_FILE))
    found = next((header for header in headers if "level" in header.fields), None) or next(iter(headers), None)
    if found is None:
        raise SheetError(NO_LIST)
    return found


def check_table(header: Header, organisation, *, year: int, on: date, fields=None) -> GradeCheck:
    """Check the list below a header by its proposed columns, or by corrected ones."""
    fields = fields or header.fields
    if "level" not in fields:
        raise SheetError("Chưa biết cột nào là Mức xếp loại. Hãy chọn cột Mức xếp loại.")
    rules = rules_of_year(organisation, year)
    table = read_table(header, fields)
    reader = PeopleReader(table, COLUMNS, Habits(on.year))
    roster, cells = Roster(organisation), CellsOfYear(organisation, rules.reference_date)
    rows = GradeChecks(reader, rules, roster, cells).check(reader.read())
    plan = make_plan(rows, rules, reader)
    counts = count_bases(rows, cells, rules)
    file_problems = [*title_problems(table, rules), *cap_problems(counts, rules)]
    return GradeCheck(table, rules, rows, counts, plan, _absent(rows, roster, rules, on), file_problems)


def _absent(rows, roster, rules, on):
    """Members of the branch whom the file does not name, in list order of their names."""
    named = {row.member.id for row in rows if row.member}
    return [person for key, person in roster.everybody.items() if key not in named]
