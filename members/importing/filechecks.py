"""Checks across the rows of one file, linear in the rows: persons and numbers that occur twice, wrong sums."""

from collections import defaultdict

from members.enums import Sex
from members.importing.people import PeopleReader, PersonRow
from members.importing.problems import problem
from members.importing.table import Table
from members.rules.numbers import CARD_DIGITS

NUMBERS = {"personal_id": "id_duplicate", "card": "card_duplicate", "former_card": "card_duplicate"}
NUMBERED = (*NUMBERS, "cv_number")


def check_file(people: list[PersonRow], table: Table, reader: PeopleReader):
    """Findings across rows are added to their rows; those of sums are answered."""
    check_rows(people, reader)
    return wrong_totals(people, table)


def check_rows(people: list[PersonRow], reader: PeopleReader):
    """Persons and numbers that occur twice, in one sheet or in several."""
    repeated = _mark_repeated(people, reader)
    for field, code in {**NUMBERS, "cv_number": "cv_duplicate"}.items():
        _mark_shared_numbers(people, repeated, (field, code), reader)


# --- one person twice ------------------------------------------------------------------------------------------------


def _mark_repeated(people, reader):
    """Rows that repeat an earlier row; who they are is decided by numbers first, then by name and birth date."""
    seen = defaultdict(list)
    repeated = set()
    for person in people:
        keys = list(_keys(person))
        earlier = next((other for key in keys for other in seen[key] if is_same_person(other, person)), None)
        if earlier is None:
            for key in keys:
                if len(seen[key]) < 20:  # more than twenty of one key are a filler, not persons
                    seen[key].append(person)
            continue
        repeated.add(person.row)
        person.problems.append(_repetition(person, earlier, reader))
    return repeated


def _keys(person):
    values = person.values
    for field in NUMBERED:
        if number := values.get(field):
            yield "card" if field == "former_card" else field, number
    if values.get("born") and person.name:
        yield person.name_key, values["born"]


def is_same_person(one: PersonRow, other: PersonRow) -> bool:
    """Whether two rows speak of one person: never by name alone, and never against a number that both have."""
    shared, opposed = _compare_numbers(one, other)
    born, born_there = one.values.get("born"), other.values.get("born")
    same_birth = born is not None and born == born_there
    if one.name_key != other.name_key or not one.name_key:
        return "personal_id" in shared and same_birth
    if shared and (same_birth or born is None or born_there is None):
        return True
    return same_birth and not opposed


def _compare_numbers(one, other):
    """(numbers that agree, numbers that speak against each other); a card of one form says nothing of the other."""
    shared, opposed = set(), set()
    for field in NUMBERED:
        here, there = one.values.get(field), other.values.get(field)
        if here and there and len(here) == len(there):
            (shared if here == there else opposed).add(field)
    return shared, opposed


def _repetition(person, earlier, reader):
    same_cell = person.organisation_id == earlier.organisation_id and person.line.cell == earlier.line.cell
    code = "exact_duplicate" if same_cell else "same_person_two_cells"
    own = reader.of(person.line)
    column = own.letters["name"] if "cell" in own.table.fields else None
    return problem(code, row=person.row, column=column, value=person.name, of_row=earlier.row)


# --- one number for two persons --------------------------------------------------------------------------------------


def _mark_shared_numbers(people, repeated, kind, reader):
    field, code = kind
    holders = defaultdict(list)
    for person in people:
        if person.row not in repeated and (number := person.values.get(field)):
            holders[number].append(person)
    for rows in holders.values():
        if len(rows) > 1:
            _blame(rows, field, code, reader)


def _blame(rows, field, code, reader):
    """All holders, unless a new card confirms the number for some and refutes it for all others."""
    refuted = [person for person in rows if _card_says(person, field) is False]
    confirmed = [person for person in rows if _card_says(person, field)]
    is_clear = refuted and len(confirmed) + len(refuted) == len(rows) and len(confirmed) == 1
    guilty = refuted if is_clear else rows
    numbers = tuple(person.row for person in rows) if not is_clear else ()
    for person in guilty:
        of_row = confirmed[0].row if is_clear else None
        person.problems.append(reader.fault(person.line, field, code, rows=numbers, of_row=of_row))


def _card_says(person, field):
    """A card of the present form is the personal number: True or False for a personal number, else None."""
    card = person.values.get("card")
    if field != "personal_id" or not card or len(card) != CARD_DIGITS:
        return None
    return card == person.values["personal_id"]


# --- sums ------------------------------------------------------------------------------------------------------------


def wrong_totals(people: list[PersonRow], table: Table):
    """Sums of one sheet, whose people are given, that are not those of its rows."""
    wrong = []
    for total, start, end in table.totals:
        counted = end - start
        women = sum(1 for person in people[start:end] if person.values.get("sex") == Sex.FEMALE)
        if total.declared != counted:
            detail = f"ghi {total.declared}, đếm được {counted}"
            wrong.append(problem("subtotal_mismatch", row=total.row, value=total.text, detail=detail))
        elif total.women is not None and total.women != women:
            detail = f"nữ ghi {total.women}, đếm được {women}"
            wrong.append(problem("subtotal_mismatch", row=total.row, value=total.text, detail=detail))
    return wrong
