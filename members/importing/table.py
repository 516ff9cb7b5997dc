"""Finding the list inside a workbook: the sheet, the header of one or two rows, the people, the sections and sums."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from config.lib.sheet_model import Sheet, Workbook
from config.lib.vietnamese import fold
from members.importing.mapping import Vocabulary, plain, propose, signature
from members.importing.rowkinds import RowKind, Section, Total, as_section, as_total, is_column_numbers, text_of
from members.importing.supposing import people_below, suppose

HEADER_WITHIN = 60
LEAST_FIELDS = 3
SHEET_ROWS = 1_000_000  # rows of the n-th sheet that is read are numbered from n times this
_AS_OF = re.compile(r"tinh den (?:het )?ngay (\d{1,2})(?: thang |\s*[/.\-]\s*)(\d{1,2})(?: nam |\s*[/.\-]\s*)(\d{4})")


@dataclass(frozen=True)
class Header:
    """Where the headings stand, what they say by column, and the field that each is proposed to mean.

    `supposed` says of some columns on what the proposal rests: something weaker than a known heading.
    """

    sheet: Sheet
    rows: tuple[int, ...]
    headings: dict[int, str]
    fields: dict[str, int]
    supposed: dict[int, str] = field(default_factory=dict)

    @property
    def signature(self):
        return signature(self.headings)


@dataclass(slots=True)
class PersonLine:
    """One row of a person with the section that it stands under."""

    row: int
    values: list
    base: str
    cell: str


@dataclass
class Table:
    """The list: its people, its sums with the people that each should count, and how many rows were of which kind."""

    header: Header
    fields: dict[str, int]
    as_of: date | None
    number: int = 0
    people: list[PersonLine] = field(default_factory=list)
    totals: list[tuple[Total, int, int]] = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    ignored: list[tuple[int, str]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def sheet(self):
        return self.header.sheet


# --- the header ------------------------------------------------------------------------------------------------------


def row_in_sheet(row: int) -> int:
    """The number of a row as Excel shows it."""
    return row % SHEET_ROWS


def number_of_sheet(row: int) -> int:
    """The place of the row's sheet among those that are read."""
    return row // SHEET_ROWS


def find_headers(workbook: Workbook, words: Vocabulary) -> list[Header]:
    """The header of every visible sheet that lists people, the longest list first.

    Sheets whose headings name no column of names are looked at by what stands below them, if there is no other list.
    """
    sheets = workbook.visible_sheets
    found = [supposing(header, words) for sheet in sheets if (header := _header_of(sheet, words))]
    if not found:
        found = [header for sheet in sheets if (header := _header_above_people(sheet, words))]
    return sorted(found, key=lambda header: -len(header.sheet.rows))


def _header_above_people(sheet, words):
    """The header right above rows that look like people though no heading says "Họ và tên"."""
    found = people_below(sheet)
    if found is None:
        return None
    first, column = found
    at = [number for number in (first - 2, first - 1) if number >= 1]
    candidates = [header for number in at for header in _headers_at(sheet, number, words) if header.rows[-1] < first]
    good = [
        header
        for header in candidates
        if len(header.headings) >= LEAST_FIELDS and column in header.headings and not _is_code(header.headings)
    ]
    if not good:
        return None
    best = max(good, key=lambda header: (len(header.fields), len(header.rows), header.rows))
    fields = {field: at for field, at in best.fields.items() if at != column} | {"name": column}
    supposed = {column: "theo các ô bên dưới"}
    return supposing(Header(sheet, best.rows, best.headings, fields, supposed), words)


def _header_of(sheet, words):
    candidates = [
        header
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1)
        if sum(isinstance(value, str) for value in row) >= LEAST_FIELDS
        for header in _headers_at(sheet, number, words)
    ]
    good = [header for header in candidates if "name" in header.fields and len(header.fields) >= LEAST_FIELDS]
    return max(good, key=lambda header: len(header.fields), default=None)


def _headers_at(sheet, number, words):
    top = sheet.rows[number - 1]
    single = {column: text_of(value) for column, value in enumerate(top, start=1) if text_of(value)}
    yield Header(sheet, (number,), single, propose(single, words))
    if number < len(sheet.rows) and _is_under(top, below := sheet.rows[number]):
        double = _two_levels(top, below)
        yield Header(sheet, (number, number + 1), double, propose(double, words))


def _is_under(top, below):
    """Whether `below` has sub-headings only: each starts a group of `top` or stands in the empty part of one."""
    filled = [column for column, value in enumerate(below) if text_of(value)]
    return bool(filled) and all(_in_group(top, below, column) for column in filled)


def _in_group(top, below, column):
    if not text_of(top[column]):
        return column > 0
    after = column + 1
    return after < len(top) and not text_of(top[after]) and bool(text_of(below[after]))


def _two_levels(top, below):
    headings, group = {}, ""
    for column, (upper, lower) in enumerate(zip(top, below, strict=True), start=1):
        group = text_of(upper) or group
        if text_of(lower):
            headings[column] = f"{group} > {text_of(lower)}"
        elif text_of(upper):
            headings[column] = text_of(upper)
    return headings


def _is_code(headings):
    """Whether what stands above is no heading but the text of a program's file."""
    return any(sign in heading for heading in headings.values() for sign in '{}[]"')


def supposing(header: Header, words: Vocabulary) -> Header:
    """The header with the fields of columns whose headings are not known, as far as their cells tell."""
    fields, supposed = suppose(header.sheet.rows[header.rows[-1] :], header.headings, header.fields, words)
    return replace(header, fields=fields, supposed={**header.supposed, **supposed})


def as_of_day(sheet: Sheet, before_row: int) -> date | None:
    """The day in "Tính đến ngày …" above the header, if it says one."""
    for row in sheet.rows[: before_row - 1]:
        for value in row:
            if isinstance(value, str) and (found := _AS_OF.search(fold(value))):
                return _day(*map(int, found.groups()))
    return None


def _day(day, month, year):
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- the rows below --------------------------------------------------------------------------------------------------


def read_table(header: Header, fields: dict[str, int] | None = None, number: int = 0) -> Table:
    """The list below a header, read by its proposed mapping or by a corrected one; `number` is that of the sheet.

    Columns are read from left to right however the mapping was kept: PostgreSQL orders the keys of JSON its own way.
    """
    fields = dict(sorted((fields or header.fields).items(), key=lambda field: (field[1], field[0])))
    table = Table(header, fields, as_of_day(header.sheet, header.rows[0]), number)
    _count_above(table)
    _Body(table).read()
    return table


def _count_above(table):
    """Letterhead down to the first empty row, then titles."""
    kind = RowKind.LETTERHEAD
    for row in table.sheet.rows[: table.header.rows[0] - 1]:
        if any(text_of(value) for value in row):
            table.kinds[kind] += 1
        else:
            table.kinds[RowKind.BLANK] += 1
            kind = RowKind.TITLE
    table.kinds[RowKind.HEADER] += len(table.header.rows)


class _Body:
    """Walks the rows below the header once; what follows the last person are signatures."""

    def __init__(self, table):
        self.table = table
        self.number_at = table.fields.get("number", 0) - 1
        self.name_at = table.fields["name"] - 1
        self.columns = [column - 1 for name, column in table.fields.items() if name != "number"]
        self.enough = min(LEAST_FIELDS, len(self.columns))
        self.header_rows = {_folded(table.sheet.rows[row - 1]) for row in table.header.rows}
        self.header_starts = {next(filter(None, row), "") for row in self.header_rows}
        self.base = self.cell = ""
        self.base_start = self.cell_start = 0
        self.weak = []

    def read(self):
        first = self.table.header.rows[-1] + 1
        start = self.table.number * SHEET_ROWS + first
        for number, row in enumerate(self.table.sheet.rows[first - 1 :], start=start):
            self.table.kinds[self._row(number, row)] += 1
        self.table.ignored = [(number, text) for number, text, people in self.weak if people < len(self.table.people)]
        self.table.kinds[RowKind.SIGNATURE] = len(self.weak) - len(self.table.ignored)
        self.table.kinds[RowKind.OTHER] = len(self.table.ignored)

    def _row(self, number, row):
        filled = [
            column
            for column, value in enumerate(row)
            if value is not None and (not isinstance(value, str) or value.strip())
        ]
        if not filled:
            return RowKind.BLANK
        if self._repeats_header(row, filled):
            return RowKind.REPEATED_HEADER
        if is_column_numbers(row, filled):
            return RowKind.COLUMN_NUMBERS
        if self._is_person(row):
            self.table.people.append(PersonLine(number, row, self.base, self.cell))
            return RowKind.MEMBER
        return self._between(number, row, filled)

    def _repeats_header(self, row, filled):
        """Compared whole only when the first words agree: folding every row would double the time."""
        first = row[filled[0]]
        return isinstance(first, str) and plain(first) in self.header_starts and _folded(row) in self.header_rows

    def _is_person(self, row):
        if sum(1 for column in self.columns if column < len(row) and row[column] is not None) < self.enough:
            return self._is_numbered(row)
        if isinstance(row[self.name_at], str) and len(row[self.name_at]) > 1:
            return True
        return any(isinstance(row[column], str) and len(row[column]) > 4 for column in self.columns)

    def _is_numbered(self, row):
        """A person of whom only the name is known has a running number."""
        return self.number_at >= 0 and isinstance(row[self.number_at], int) and bool(text_of(row[self.name_at]))

    def _between(self, number, row, filled):
        if total := as_total(number, row, filled):
            start = {RowKind.CELL_TOTAL: self.cell_start, RowKind.BASE_TOTAL: self.base_start}.get(total.kind, 0)
            self.table.totals.append((total, start, len(self.table.people)))
            return total.kind
        if filled[-1] <= max(self.name_at, 1) and (section := as_section(number, row, filled)):
            self._enter(section)
            return section.kind
        self.weak.append((number, text_of(row[filled[0]]), len(self.table.people)))
        return RowKind.SIGNATURE

    def _enter(self, section):
        self.table.sections.append(section)
        self.cell_start = len(self.table.people)
        if section.kind == RowKind.BASE:
            self.base, self.cell, self.base_start = section.name, "", len(self.table.people)
        else:
            self.cell = section.name


def _folded(row):
    return tuple(plain(value) if isinstance(value, str) else "" for value in row)
