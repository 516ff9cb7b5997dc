"""What the digits of numbers say: personal numbers, card numbers, CV numbers."""

import re

from members.enums import Sex

PERSONAL_ID_DIGITS = 12
CARD_DIGITS = PERSONAL_ID_DIGITS  # a card of the present form repeats the personal number (347-QĐ/TW)
FORMER_CARD_DIGITS = 8  # two of the province and six running ones (85-QĐ/TW)

_CENTURIES = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}
_FEMALE_DIGITS = "13579"
_FORMS = {
    "personal_id": re.compile(rf"\d{{{PERSONAL_ID_DIGITS}}}"),
    "card_number": re.compile(rf"\d{{{CARD_DIGITS}}}"),
    "former_card_number": re.compile(rf"\d{{{FORMER_CARD_DIGITS}}}"),
    "former_personal_id": re.compile(r"\d{9}|\d{12}"),
    "cv_number": re.compile(r"\d{6} ?[A-ZĐ]{2,3}"),
}


def told_by_id(number: str) -> tuple[Sex, int] | None:
    """(sex, birth year) that a personal number tells: digit 4 sex and century, digits 5 and 6 the year; else None."""
    if len(number) != PERSONAL_ID_DIGITS or number[3] not in _CENTURIES or not number[4:6].isdecimal():
        return None
    sex = Sex.FEMALE if number[3] in _FEMALE_DIGITS else Sex.MALE
    return sex, _CENTURIES[number[3]] + int(number[4:6])


def card_column(number: str) -> str:
    """The column of a member in which a card number stands: by its digits, whatever a heading says."""
    return "card_number" if len(number) == CARD_DIGITS else "former_card_number"


def has_form(column: str, number: str) -> bool:
    """Whether a number has the form of its column (38-HD/BTCTW, II.1.2 and II.2)."""
    return _FORMS[column].fullmatch(number) is not None
