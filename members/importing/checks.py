"""Checks of tidied people: what one row says against itself, and which cell it belongs to."""

from dataclasses import replace
from datetime import date

from members.enums import Sex
from members.importing.people import PeopleReader, PersonRow
from members.importing.places import Places
from members.importing.rules import FileCheckRules, probation_overdue, too_young
from members.rules.numbers import told_by_id

DATED = ("born", "decided", "joined", "official", "card_date", "status_date")
MAIN_DATES = ("born", "joined", "official")
ACTIVE = "active"
_NAME_WORDS = {"thi": Sex.FEMALE, "van": Sex.MALE}  # words of names that tell the sex


class RowChecks:
    """The checks of single rows, all on one day; findings are added to the row."""

    def __init__(self, reader: PeopleReader, rules: FileCheckRules, on: date):
        self.reader, self.rules, self.on = reader, rules, on
        self.columns = reader.table.fields
        births = ("born", "born_male", "born_year")
        self.birth_column = next((name for name in births if name in self.columns), "born")
        self.has_joined = bool({"joined", "joined_year"} & self.columns.keys())
        self.has_official = bool({"official", "official_year"} & self.columns.keys())

    def check(self, person: PersonRow):
        """Every check of one row."""
        self._missing(person)
        self._dates(person)
        self._personal_id(person)
        self._status(person)

    def _add(self, person, name, code):
        person.problems.append(self.reader.fault(person.line, name, code))

    def _missing(self, person):
        if "name" not in person.values and not person.faulty("name"):
            self._add(person, "name", "missing_name")
        if self.birth_column in self.columns and not person.values.get("born") and not self._birth_is_faulty(person):
            self._add(person, self.birth_column, "missing_birth")
        if self.has_joined and "joined" not in person.values and not self._is_faulty(person, "joined"):
            self._add(person, self._column_of("joined"), "missing_joined")
        if {"male", "female"} <= self.columns.keys() and "sex" not in person.values and not person.faulty("female"):
            self._add(person, "female", "missing_sex")

    def _birth_is_faulty(self, person):
        return self._is_faulty(person, "born") or any(person.faulty(name) for name in ("born_male", "born_female"))

    @staticmethod
    def _is_faulty(person, name):
        return any(person.faulty(f"{name}{part}") for part in ("", "_day", "_month", "_year"))

    def _dates(self, person):
        values = person.values
        for name in DATED:
            if (when := values.get(name)) and when.day > self.on:
                self._add(person, self._column_of(name), "future_date")
        born, joined, official = (
            values[name].day if values.get(name) else None for name in ("born", "joined", "official")
        )
        if born and joined:
            self._admission(person, born, joined)
        if joined and official and official < joined:
            self._add(person, self._column_of("official"), "official_before_joined")
        if joined and self._lacks_official(person) and probation_overdue(self.rules, joined, self.on):
            self._add(person, self._column_of("official"), "probation_overdue")

    def _lacks_official(self, person):
        if not self.has_official or "official" in person.values or self._is_faulty(person, "official"):
            return False
        return person.values.get("status", ACTIVE) == ACTIVE

    def _admission(self, person, born, joined):
        """The date to blame is the birth date when the person would be a child today, else the admission."""
        if born >= joined:
            is_child = too_young(self.rules, born, self.on)
            self._add(person, self._column_of("born" if is_child else "joined"), "born_after_joined")
        elif too_young(self.rules, born, joined):
            self._add(person, self._column_of("joined"), "under_18_at_admission")

    def _column_of(self, name):
        """The column in which a date stands, that of its year when it stands in three."""
        if name == "born":
            return self.birth_column
        return name if name in self.columns or f"{name}_year" not in self.columns else f"{name}_year"

    def _personal_id(self, person):
        """What the number tells of sex and birth year, against both."""
        told = told_by_id(person.values.get("personal_id") or "")
        if told is None:
            return
        told_sex, told_year = told
        born, sex = person.values.get("born"), person.values.get("sex")
        if born and born.day.year != told_year:
            self._add(person, "personal_id", "id_birth_year_mismatch")
        if sex and sex != told_sex:
            self._add(person, self._sex_to_blame(person.name_key, sex), "id_sex_mismatch")

    def _sex_to_blame(self, name_key, sex):
        """The column of the sex when the name speaks against it, else the number."""
        column = next((each for each in ("sex", "female") if each in self.columns), None)
        told = next((_NAME_WORDS[word] for word in name_key.split()[1:-1] if word in _NAME_WORDS), sex)
        return column if column and told != sex else "personal_id"

    def _status(self, person):
        status = person.values.get("status")
        if "status_date" not in self.columns or status is None or status == ACTIVE:
            return
        if "status_date" not in person.values and not person.faulty("status_date"):
            self._add(person, "status_date", "missing_status_date")


def assign_cells(people: list[PersonRow], places: Places, reader: PeopleReader):
    """Find the cell of every person by its column or its section; rows of one unknown section are one finding."""
    unknown = {}
    for person in people:
        asked = written_cell(person)
        person.organisation_id = places.find(*asked)
        if person.organisation_id is None:
            unknown.setdefault(asked, []).append(person)
    for asked, rows in unknown.items():
        together = tuple(person.row for person in rows) if "cell" not in reader.table.fields else ()
        for person in rows:
            person.problems.append(_unknown_cell(person, asked, together, reader))


def written_cell(person: PersonRow) -> tuple[str, str]:
    """(cell, base) as the row or its section writes them."""
    if "cell" in person.values or "base" in person.values:
        return person.values.get("cell", ""), person.values.get("base", "")
    return person.line.cell, person.line.base


def _unknown_cell(person, asked, together, reader):
    fault = reader.fault(person.line, "cell", "unknown_cell")
    if "cell" in reader.table.fields:
        return fault
    return replace(fault, value=asked[0] or asked[1], rows=together if len(together) > 1 else ())
