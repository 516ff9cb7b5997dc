"""What columns with unfamiliar headings may be: supposed from words near to known ones and from their cells.

Nothing supposed is written before somebody has looked at it (`choices.Choices.are_open`).
"""

import re

from config.lib.vietnamese import fold, repair, wrong_words
from members.importing.dates import read_date
from members.importing.mapping import plain
from members.importing.reading import Habits
from members.rules.numbers import PERSONAL_ID_DIGITS

LOOKED_AT, ENOUGH, FEWEST = 200, 0.8, 2  # rows, share of the filled cells, cells
BIRTH_BY_SEX = {"male": "born_male", "female": "born_female"}
NEAR, BY_CELLS = "tiêu đề gần giống", "theo nội dung các ô"
_HABITS = Habits(2099)  # only whether a cell is a date is asked
_DIGITS = re.compile(r"[\d\s.'’]{9,20}")
_FAMILY_LENGTH = range(2, 7)  # words of a name


def suppose(rows, headings, fields, words):
    """({field: column}, {column: on what it rests}) with birth dates by sex and unknown headings supposed."""
    fields, supposed = dict(fields), {}
    rows = rows[:LOOKED_AT]
    _suppose_births(rows, fields, supposed, words)
    for column in sorted(headings.keys() - set(fields.values())):
        field = words.near(headings[column])
        if field in words.fields and field not in fields and _fits(field, _filled(rows, column)):
            fields[field], supposed[column] = column, NEAR
    for column in sorted(headings.keys() - set(fields.values())):
        field = _by_cells(_filled(rows, column))
        if field in words.fields and field not in fields and not _is_told_otherwise(headings[column], words):
            fields[field], supposed[column] = column, BY_CELLS
    return fields, supposed


def _suppose_births(rows, fields, supposed, words):
    """Dates in the columns "Nam" and "Nữ" are birth dates: the column says the sex."""
    found = {mark: fields[mark] for mark in BIRTH_BY_SEX if mark in fields and BIRTH_BY_SEX[mark] in words.fields}
    dated = [mark for mark, column in found.items() if _are_dates(_filled(rows, column))]
    if not dated or "born" in fields or any(mark not in dated and _filled(rows, found[mark]) for mark in found):
        return
    for mark, column in found.items():
        del fields[mark]
        fields[BIRTH_BY_SEX[mark]], supposed[column] = column, "ngày sinh nằm ở cột giới tính"


def _filled(rows, column):
    cells = (row[column - 1] for row in rows if column <= len(row))
    return [value for value in cells if value is not None and str(value).strip()]


def _are_dates(values):
    return _most(values, lambda value: read_date(value, _HABITS).value is not None, fewest=1)


def _most(values, holds, fewest=FEWEST):
    return len(values) >= fewest and sum(map(holds, values)) >= ENOUGH * len(values)


def _fits(field, values):
    """Whether the cells do not speak against a field: dates are dates, a name is no number."""
    if not values:
        return True
    if field in ("born", "joined", "official", "decided", "card_date", "status_date"):
        return _are_dates(values)
    if field == "name":
        return _most(values, is_name, fewest=1)
    return True


def _is_personal_id(value):
    return bool(_DIGITS.fullmatch(str(value))) and len(re.sub(r"\D", "", str(value))) == PERSONAL_ID_DIGITS


def _by_cells(values):
    if _most(values, _is_personal_id):
        return "personal_id"
    if _most(values, lambda value: fold(str(value)) in ("nam", "nu")):
        return "sex"
    if _most(values, lambda value: isinstance(value, str) and fold(value).startswith(("chi bo", "cb "))):
        return "cell"
    return None


def _is_told_otherwise(heading, words):
    """Whether the heading speaks of a field that the file has in another column."""
    return words.field_of(heading) is not None or "cu tru" in plain(heading)


def is_name(value) -> bool:
    """Whether a cell looks like the name of a person: some words, each with a capital, no digits."""
    if not isinstance(value, str) or any(letter.isdigit() for letter in value):
        return False
    words = repair(value.split("(")[0]).split()
    if len(words) not in _FAMILY_LENGTH or not all(word[0].isalpha() and word[0].isupper() for word in words):
        return False
    return wrong_words(" ".join(words)) <= 1


def people_below(sheet):
    """(first row of people, column of their names) of a sheet without a known header, None if it lists nobody."""
    best = None
    width = max(map(len, sheet.rows), default=0)
    for column in range(1, min(width, 30) + 1):
        rows = [
            number
            for number, row in enumerate(sheet.rows[:LOOKED_AT], start=1)
            if column <= len(row) and is_name(row[column - 1]) and _has_more(row, column)
        ]
        if len(rows) >= FEWEST and _are_most(rows, sheet) and (best is None or len(rows) > best[0]):
            best = (len(rows), rows[0], column)
    return best[1:] if best else None


def _are_most(rows, sheet):
    """Whether at least every second filled row from the first name on has a name: a text file has few."""
    filled = sum(1 for row in sheet.rows[rows[0] - 1 : LOOKED_AT] if any(value is not None for value in row))
    return 2 * len(rows) >= filled


def _has_more(row, column):
    """Whether a row has a date or a number beside the name: a heading has neither."""
    others = [value for at, value in enumerate(row, start=1) if at != column and value is not None]
    return any(not isinstance(value, str) or any(letter.isdigit() for letter in value) for value in others)
