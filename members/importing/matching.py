"""Recognising people who are on record: by identifier, numbers, then name with birth date; never by name alone."""

from collections import defaultdict
from dataclasses import replace

from config.lib.periods import Precision
from config.lib.vietnamese import fold
from members.importing.known import NUMBER_FIELDS, Known, KnownPeople
from members.importing.people import PeopleReader, PersonRow
from members.importing.problems import Severity

BY_NUMBER = ("source_id", *NUMBER_FIELDS)
OPPOSABLE = (*NUMBER_FIELDS, "cv_number")
COLUMNS_OF = {
    "source_id": ("source_id",),
    "personal_id": ("personal_id",),
    "card_number": ("card",),
    "former_card_number": ("former_card", "card"),
}
DUPLICATE_OF = {
    "source_id": "match_conflict",
    "personal_id": "id_duplicate",
    "card_number": "card_duplicate",
    "former_card_number": "card_duplicate",
}


class Matcher:
    """Finds the person on record for each row, linear in rows and people; each person is found once."""

    def __init__(self, known: KnownPeople, reader: PeopleReader):
        self.reader, self.elsewhere = reader, known.elsewhere
        self.by_number = {name: {} for name in BY_NUMBER}
        self.by_name = defaultdict(list)
        self.taken = set()
        for each in known.people:
            for name in BY_NUMBER:
                if number := each.values[name]:
                    self.by_number[name][number] = each
            self.by_name[fold(each.values["full_name"])].append(each)

    def match(self, person: PersonRow, attributes: dict) -> Known | None:
        """The person whom a row means; what speaks against it is added to the row's findings."""
        attributes = self._trusted(person, attributes)
        self._refuse_numbers_elsewhere(person, attributes)
        found = {name: self._by_number(name, attributes) for name in BY_NUMBER}
        found = {name: each for name, each in found.items() if each is not None}
        if not found:
            return self._take(person, self._by_name(person, attributes))
        if len({each.id for each in found.values()}) > 1:
            self._add(person, list(found)[-1], "match_conflict")
            return None
        name, known = next(iter(found.items()))
        return self._take(person, known) if self._is_plausible(person, attributes, known, name) else None

    @staticmethod
    def _trusted(person, attributes):
        """Without the numbers that are known to be wrong: they would name somebody else."""
        wrong = {each.field for each in person.problems if each.severity == Severity.ERROR}
        if not wrong:
            return attributes
        return {name: value for name, value in attributes.items() if not wrong & set(COLUMNS_OF.get(name, ()))}

    def _by_number(self, name, attributes):
        number = attributes.get(name)
        return self.by_number[name].get(number) if number else None

    def _refuse_numbers_elsewhere(self, person, attributes):
        for name in NUMBER_FIELDS:
            if attributes.get(name) and (name, attributes[name]) in self.elsewhere:
                self._add(person, name, "number_known_elsewhere")

    def _add(self, person, name, code, **more):
        column = next((each for each in COLUMNS_OF[name] if each in person.values), COLUMNS_OF[name][0])
        person.problems.append(self.reader.fault(person.line, column, code, **more))

    def _is_plausible(self, person, attributes, known, name):
        """A number that agrees while name and birth date both differ belongs to somebody else."""
        if not person.name or person.name_key == fold(known.values["full_name"]):
            return True
        if dates_agree(person.values.get("born"), known.dated("born")):
            fault = self.reader.fault(person.line, "name", "name_differs", known=known.values["full_name"])
            person.problems.append(fault)
            return True
        if not person.faulty(COLUMNS_OF[name][0]):
            self._add(person, name, DUPLICATE_OF[name], known=known.values["full_name"])
        return False

    def _take(self, person, known):
        if known is None or person.refused:
            return known
        if known.id in self.taken:
            fault = self.reader.fault(person.line, "name", "match_conflict")
            person.problems.append(replace(fault, value=person.name))
            return None
        self.taken.add(known.id)
        return known

    def _by_name(self, person, attributes):
        born = person.values.get("born")
        if not person.name or born is None:
            return None
        found = [
            each
            for each in self.by_name.get(person.name_key, ())
            if not numbers_opposed(attributes, each.values) and _same_birth(person, born, each)
        ]
        if len(found) > 1:
            found = [each for each in found if each.values["home_id"] == person.organisation_id]
        return found[0] if len(found) == 1 else None


def _same_birth(person, born, known):
    """The same full date; a partial one that agrees needs the same ceremony date beside it."""
    there = known.dated("born")
    if there is None or not dates_agree(born, there):
        return False
    if born.precision == there.precision == Precision.DAY:
        return True
    joined = person.values.get("joined")
    return joined is not None and joined == known.dated("admitted")


def dates_agree(one, other) -> bool:
    """Whether two partial dates can be the same day: 1952 agrees with 05/03/1952."""
    if one is None or other is None:
        return False
    precisions = {one.precision, other.precision}
    if one.day.year != other.day.year or Precision.YEAR in precisions:
        return one.day.year == other.day.year
    return one.day.month == other.day.month and (Precision.MONTH in precisions or one.day == other.day)


def numbers_opposed(attributes, values) -> bool:
    """Whether some number is known on both sides and differs."""
    return any(attributes.get(name) and values[name] and attributes[name] != values[name] for name in OPPOSABLE)
