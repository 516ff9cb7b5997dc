"""From the rows of a list to tidied people: every cell read once, its repairs counted, its faults named."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from config.lib.sheet_model import column_letter
from config.lib.vietnamese import fold
from members.importing.dates import read_date, show_month_only
from members.importing.problems import Problem, Severity, problem
from members.importing.reading import Habits
from members.importing.table import SHEET_ROWS, PersonLine, Table, number_of_sheet
from members.importing.tidy import as_text, has_control_characters

SPOKEN_BY_EMPTINESS = {"female"}  # an empty cell in the column "Nữ" says: a man
DATES = {"born", "born_male", "born_female", "decided", "joined", "official", "card_date", "status_date"}
IN_PARTS = ("born", "decided", "joined", "official")  # dates that may stand in three columns
PLACES = {"birth_place": "birth", "home": "home", "residence": "residence"}
HOME_COUNTRY = "viet nam"
KEPT_READINGS = 5_000


@dataclass(slots=True)
class PersonRow:
    """One person of the list: tidied values by field, what was repaired, what is wrong, the cell once it is found."""

    line: PersonLine
    values: dict[str, Any] = field(default_factory=dict)
    repairs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    organisation_id: int | None = None
    name_key: str = ""

    @property
    def row(self):
        return self.line.row

    @property
    def refused(self):
        return any(each.refuses for each in self.problems)

    @property
    def name(self):
        named = self.values.get("name")
        return named.name if named else ""

    def faulty(self, name):
        """Whether a problem of this row lies in that field."""
        return any(each.field == name for each in self.problems)


class _CellReader:
    """Reads the cells of one column; values that occur again, as most do, are read once."""

    def __init__(self, name, at, column):
        self.name, self.at, self.column, self.max_length = name, at, column, column.max_length
        self._kept = {}

    def read(self, raw, habits):
        key = (type(raw), raw)
        reading = self._kept.get(key)
        if reading is None:
            reading = self.column.read(raw, habits)
            if len(self._kept) < KEPT_READINGS:
                self._kept[key] = reading
        return reading

    def is_too_long(self, value):
        """Whether the tidied text, of a cell with a number too, is longer than its attribute holds."""
        parts = value if isinstance(value, tuple) else (value,)
        return any(isinstance(part, str) and len(part) > self.max_length for part in parts)


class PeopleReader:
    """Reads the rows of one table by the columns of a resource ({field: column with `read` and `max_length`})."""

    def __init__(self, table: Table, columns, habits: Habits):
        self.table, self.habits, self.columns = table, habits, columns
        self.letters = {name: column_letter(column) for name, column in table.fields.items()}
        self.plan = [
            _CellReader(name, table.fields[name] - 1, columns[name]) for name in table.fields if name in columns
        ]
        sheet = table.sheet
        self.marked = bool(sheet.formulas_without_value or sheet.month_only_dates or sheet.rich_texts)
        self.doubts, self.before = sheet.doubtful_texts, table.number * SHEET_ROWS
        self.in_parts = [name for name in IN_PARTS if f"{name}_year" in self.letters]

    def read(self) -> list[PersonRow]:
        """All people in the order of the list."""
        return [self.read_line(line) for line in self.table.people]

    def read_line(self, line: PersonLine) -> PersonRow:
        """One person; every fault of the row is found, not only the first."""
        person = PersonRow(line)
        for cell in self.plan:
            raw = line.values[cell.at] if cell.at < len(line.values) else None
            if raw is not None or cell.name in SPOKEN_BY_EMPTINESS:
                self._read_cell(person, cell, raw)
            elif self.marked and self._has_no_result(line.row, cell.name):
                person.problems.append(self.fault(line, cell.name, "formula_without_value"))
        self._join(person)
        person.name_key = fold(person.name)
        return person

    def fault(self, line, name, code, **more) -> Problem:
        """A finding in the cell of a field."""
        at = self.table.fields.get(name)
        raw = line.values[at - 1] if at and at <= len(line.values) else None
        value = as_text(raw)[:200]
        return problem(code, row=line.row, column=self.letters.get(name), field=name, value=value, **more)

    def of(self, line: PersonLine) -> "PeopleReader":
        """The reader of the sheet in which the row stands."""
        return self

    def _has_no_result(self, row, name):
        return (row - self.before, self.table.fields[name]) in self.table.sheet.formulas_without_value

    def _read_cell(self, person, cell, raw):
        name = cell.name
        if self.marked and self._has_no_result(person.row, name):
            person.problems.append(self.fault(person.line, name, "formula_without_value"))
            return
        if has_control_characters(raw):
            person.problems.append(self.fault(person.line, name, "control_characters"))
            return
        reading = cell.read(raw, self.habits)
        if self.doubts:
            self._note_doubt(person, name)
        if self.marked:
            reading = self._with_marks(person.row, name, reading)
        if reading.problem:
            detail = f"có thể là {reading.proposal}" if reading.proposal else ""
            person.problems.append(self.fault(person.line, name, reading.problem, detail=detail))
        elif reading.value is not None and cell.is_too_long(reading.value):
            person.problems.append(self.fault(person.line, name, "text_too_long"))
        elif reading.value is not None:
            person.values[name] = reading.value
            if reading.repairs:
                person.repairs += [(name, code) for code in reading.repairs]

    def _note_doubt(self, person, name):
        """A cell in old letters that may say something else than it was read as."""
        if doubt := self.doubts.get((person.row - self.before, self.table.fields[name])):
            code, typed = doubt
            person.problems.append(self.fault(person.line, name, code, detail=f"trong tệp: {typed[:60]}"))

    def _with_marks(self, row, name, reading):
        place = (row - self.before, self.table.fields[name])
        if name in DATES and place in self.table.sheet.month_only_dates:
            return show_month_only(reading)
        if name == "name" and reading.value is not None and place in self.table.sheet.rich_texts:
            return reading._replace(repairs=(*reading.repairs, "name_rich_text"))
        return reading

    def _join(self, person):
        """Birth date by sex, and places that the official layout cuts into country, province and detail."""
        values = person.values
        for name in self.in_parts:
            self._join_date(person, name)
        if "born_male" in values or "born_female" in values:
            self._join_birth(person)
        for name, prefix in PLACES.items():
            if f"{prefix}_province" in self.letters:
                parts = [values.get(f"{prefix}_{part}") for part in ("detail", "province", "country")]
                whole = ", ".join(part for part in parts if part and not _is_home_country(part))
                if whole and len(whole) > self.columns[name].max_length:
                    person.problems.append(self.fault(person.line, f"{prefix}_detail", "text_too_long"))
                elif whole:
                    values[name] = whole
        if "male" in self.letters and "female" in self.letters:
            self._join_sex(person)
        elif "female" in values:
            values.setdefault("sex", values["female"])
        elif "male" in values:
            values.setdefault("sex", values["male"])

    def _join_date(self, person, name):
        """A date whose day, month and year stand in three columns; what is not known is left empty there."""
        parts = [person.values.pop(f"{name}_{part}", None) for part in ("day", "month", "year")]
        if not any(parts) or any(person.faulty(f"{name}_{part}") for part in ("day", "month", "year")):
            return
        day, month, year = parts
        if not year or (day and not month):
            person.problems.append(self.fault(person.line, f"{name}_year", "unreadable_date"))
            return
        reading = read_date("/".join(part for part in (day, month, year) if part), self.habits)
        if reading.problem:
            at = f"{name}_day" if day else f"{name}_month"
            person.problems.append(self.fault(person.line, at, reading.problem))
        else:
            person.values[name] = reading.value

    def _join_sex(self, person):
        """Marks in a column "Nam" and a column "Nữ": one of them says the sex."""
        male = person.values.get("male") == "male" and not self._is_empty(person.line, "male")
        female = person.values.get("female") == "female"
        if male and female:
            person.problems.append(self.fault(person.line, "female", "both_sex_marks"))
        elif male or female:
            person.values.setdefault("sex", "male" if male else "female")
        else:
            person.values.pop("female", None)

    def _is_empty(self, line, name):
        at = self.table.fields[name]
        return at > len(line.values) or line.values[at - 1] is None

    def _join_birth(self, person):
        male, female = person.values.pop("born_male", None), person.values.pop("born_female", None)
        if male and female:
            person.problems.append(self.fault(person.line, "born_female", "both_sex_columns"))
            return
        person.values["born"] = male or female
        person.values["sex"] = "male" if male else "female"


class SheetsReader:
    """The readers of several sheets, each asked for its own rows; what concerns no row is told by the first."""

    def __init__(self, readers: list[PeopleReader]):
        self.readers = readers
        self.table, self.letters, self.habits = readers[0].table, readers[0].letters, readers[0].habits

    def of(self, line):
        """The reader of the sheet in which the row stands."""
        return self.readers[number_of_sheet(line.row)]

    def fault(self, line, name, code, **more) -> Problem:
        """A finding in the cell of a field."""
        return self.of(line).fault(line, name, code, **more)


def _is_home_country(part):
    return part.casefold() in ("việt nam", HOME_COUNTRY)


def count_repairs(people) -> dict[str, int]:
    """How many cells needed which tidying, by code; a cell with an error is not tidied but wrong."""
    counts = Counter()
    for person in people:
        wrong = {each.field for each in person.problems if each.severity == Severity.ERROR}
        counts.update(code for name, code in person.repairs if name not in wrong)
    return dict(sorted(counts.items()))
