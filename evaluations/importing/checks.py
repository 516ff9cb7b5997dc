"""Checks of results: the person, the level, two rows of one person, the cap of every base organisation."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from cells.models import Organisation
from config.lib.vietnamese import fold
from evaluations.importing.findings import OTHER_NAME, YEAR_DIFFERS, cap_kind, fault_of, not_member_kind
from evaluations.importing.people import CellsOfYear, Roster
from evaluations.importing.rows import GradeRow, is_other_name, read_result
from evaluations.importing.year import YearRules
from evaluations.rules import MemberFacts, cap_limit, eligibility
from members.enums import UNKNOWN
from members.importing.checks import assign_cells, written_cell
from members.importing.matching import dates_agree
from members.importing.people import PeopleReader, PersonRow
from members.importing.problems import Problem, Severity

NEW = "new_under_6_months"
_TITLE_YEAR = re.compile(r"\bnam (20\d\d|19\d\d)\b")


@dataclass(frozen=True)
class BaseCount:
    """The rows of one base organisation as written, repeated ones once; `limit` None where the year has no cap."""

    organisation: Organisation
    by_level: dict[str, int]
    limit: int | None
    is_over: bool
    arithmetic: str


class GradeChecks:
    """All checks of the rows of one file, by the rules of its year."""

    def __init__(self, reader: PeopleReader, rules: YearRules, roster: Roster, cells: CellsOfYear):
        self.reader, self.rules, self.roster, self.cells = reader, rules, roster, cells

    def check(self, people: list[PersonRow]) -> list[GradeRow]:
        """Every row with its result and its member; what is wrong is added to the rows."""
        assign_cells([person for person in people if any(written_cell(person))], self.cells, self.reader)
        rows = [self._check_row(person) for person in people]
        self._mark_repeated(rows)
        return rows

    def _check_row(self, person):
        row = GradeRow(person, read_result(person, self.rules.scale))
        if "name" not in person.values and not person.faulty("name"):
            self._add(row, "name", "missing_name")
            return row
        self._check_level(row)
        row.member = self.roster.find(person)
        if row.member is None:
            self._add(row, "name", "person_not_found")
        else:
            self._check_member(row)
        return row

    def _check_level(self, row):
        text = row.person.values.get("level", "")
        if row.result is None:
            self._add(row, "level", "unknown_level" if text else "blank_level")
        elif row.result.level is None and not row.result.written:
            self._add(row, "level", "not_rated_without_reason")
        elif row.result.level and is_other_name(text, row.result.level):
            self._add_kind(row, "level", OTHER_NAME, detail=f"hiểu là “{row.result.level.name}”")

    def _check_member(self, row):
        person, member = row.person, row.member
        if fold(person.name) != member.key:
            self._add(row, "name", "name_differs", known=member.full_name)
        born = person.values.get("born")
        if born and member.born and not dates_agree(born, member.born):
            self._add(row, "born", "born_differs", known=str(member.born))
        if member.admitted_on and member.admitted_on > self.rules.ended_on:
            self._add_kind(row, "level", not_member_kind(self.rules.year))
        elif row.result and row.result.level and self._is_surely_new(member):
            self._add(row, "level", "under_six_months_rated")

    def _is_surely_new(self, member):
        """Whether even the first day that the date of admission can mean was too late."""
        if member.admitted_on is None:
            return False
        facts = MemberFacts(admitted_on=member.admitted_on)
        return eligibility(self.rules.book.rules.eligibility, facts, self.rules.reference_date).reason_code == NEW

    def _mark_repeated(self, rows):
        seen = {}
        for row in rows:
            if row.member is None or row.result is None:
                continue
            first = seen.setdefault(row.member.id, row)
            if first is row:
                continue
            if first.result.says != row.result.says:
                self._add(row, "level", "result_conflict", of_row=first.row, rows=(first.row, row.row))
                first.person.problems.append(row.person.problems[-1])
            else:
                same_cell = first.person.organisation_id == row.person.organisation_id
                code = "exact_duplicate" if same_cell else "same_person_two_cells"
                self._add(row, "name", code, of_row=first.row)

    def _add(self, row, field, code, **more):
        row.person.problems.append(self.reader.fault(row.person.line, field, code, **more))

    def _add_kind(self, row, field, kind, **more):
        row.person.problems.append(fault_of(self.reader, row.person.line, field, kind, **more))


def title_problems(table, rules):
    """A title that names another year than the one chosen."""
    for number, row in enumerate(table.sheet.rows[: table.header.rows[0] - 1], start=1):
        for value in row:
            if not isinstance(value, str) or "xep loai" not in fold(value):
                continue
            years = {int(found) for found in _TITLE_YEAR.findall(fold(value))}
            if years and rules.year not in years:
                detail = f"tiêu đề ghi năm {', '.join(map(str, sorted(years)))}, đang nhập cho năm {rules.year}"
                yield Problem(YEAR_DIFFERS, row=number, value=value, detail=detail)


def count_bases(rows: list[GradeRow], cells: CellsOfYear, rules: YearRules) -> list[BaseCount]:
    """The levels of every base organisation, rows as written and repeated ones once, with the cap of the year."""
    counts: dict[Organisation, Counter] = defaultdict(Counter)
    for row in rows:
        repeated = any(each.severity == Severity.DUPLICATE for each in row.person.problems)
        if row.person.organisation_id and row.result and not repeated:
            counts[cells.base_of(row.person.organisation_id)][row.result.code or UNKNOWN] += 1
    order = sorted(counts, key=lambda base: (base.code, base.position, base.pk))
    return [_count_base(base, counts[base], rules) for base in order]


def _count_base(base, found, rules):
    best, second = (level.code for level in rules.scale.levels[:2])
    cap = cap_limit(rules.book.rules.cap, found[best], found[second])
    by_level = {level.code: found[level.code] for level in rules.scale.levels}
    return BaseCount(base, by_level, cap.limit, cap.is_over, cap.arithmetic)


def cap_problems(counts: list[BaseCount], rules: YearRules):
    """One finding for every base organisation over the cap; the sentence names the percentage of the year."""
    for each in counts:
        if each.is_over:
            yield Problem(cap_kind(rules), value=str(each.by_level[rules.scale.levels[0].code]),
                          known=str(each.limit), detail=f"{each.organisation.name}: {each.arithmetic}")  # fmt: skip
