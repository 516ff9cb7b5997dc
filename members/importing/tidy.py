"""Tidying cells: each reader takes a value as the sheet has it and counts what it repaired."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from config.lib.vietnamese import capitalise_name, fold, place_tone, repair
from members.catalogues import catalogue, code_named
from members.enums import UNKNOWN, GeneralEducation, Sex
from members.importing.legacy import one_cell
from members.importing.reading import NOTHING, Habits, Named, Noted, Reading
from members.rules.numbers import CARD_DIGITS, FORMER_CARD_DIGITS, PERSONAL_ID_DIGITS

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKETS = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]")
_ID_SIGNS = re.compile(r"[\s.'’\-]")
_CV = re.compile(r"(\d{6})([A-ZĐ]{2,3})")
_SCHOOL_YEARS = re.compile(r"(\d{1,2})\s*/\s*(10|11|12)\b.*")
_MARKS = {"x", "v", "✓", "✔", "nu", "co", "1"}
SHORTEST_ID = 10  # digits of a personal number that lost its zeros
FOUR = 4  # digits of a year


def has_control_characters(value) -> bool:
    """Whether a text holds characters that no keyboard types."""
    return isinstance(value, str) and not value.isprintable() and _CONTROL.search(value) is not None


def as_text(value) -> str:
    """A cell as text: whole numbers without a decimal part, dates as Vietnamese write them."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# --- words -----------------------------------------------------------------------------------------------------------


def read_text(value, habits: Habits) -> Reading:
    """Free text: composed letters, single spaces."""
    text = as_text(value)
    if meant := one_cell(text):
        return Reading(problem="old_font_text", proposal=meant)
    clean = repair(text)
    return Reading(clean or None, ("text_spaces",) if clean != text and clean else ())


def read_name(value, habits: Habits) -> Reading:
    """A person's name in ordinary case, with the other name that stands in brackets."""
    text = as_text(value)
    if meant := one_cell(text):
        return Reading(problem="old_font_name", proposal=meant)
    composed = unicodedata.normalize("NFC", text)
    clean = repair(composed)
    if not clean:
        return NOTHING
    found = _BRACKETS.fullmatch(clean)
    name, alias = found.groups() if found else (clean, "")
    proper = capitalise_name(name) if name.isupper() or name.islower() else name
    repairs = {
        "name_nfd": composed != text,
        "name_spaces": clean != composed,
        "name_with_alias": bool(alias),
        "name_capitals": proper != name and composed == text,  # the letters of a cell are counted once
        "name_old_tone_mark": place_tone(proper, "first") != proper,
    }
    return Reading(Named(proper, alias), tuple(code for code, done in repairs.items() if done))


@lru_cache(maxsize=2048)
def _coded(name, text):
    """(code, whether the word is written as the list prints it) of a value of a code list."""
    code = code_named(name, text)
    return code, code is not None and catalogue(name)[code].name == text


def _reader_of(name, problem):
    """A reader of one code list; a word that is not in it is reported under `problem`."""

    def read(value, habits: Habits) -> Reading:
        text = as_text(value)
        if not text.strip():
            return NOTHING
        code, proper = _coded(name, text)
        if code is None:
            return Reading(problem=problem)
        return Reading(code, () if proper else (f"{name}_spelling",))

    return read


read_ethnic = _reader_of("ethnic", "unknown_ethnic")
_read_religion = _reader_of("religion", "unknown_religion")
_read_theory = _reader_of("theory", "unknown_theory")
read_post = _reader_of("post", "unknown_post")
read_status = _reader_of("status", "unknown_status")


def read_religion(value, habits: Habits) -> Reading:
    """A religion of the official list."""
    return _noted(_read_religion(value, habits))


def read_theory(value, habits: Habits) -> Reading:
    """A level of political theory."""
    return _noted(_read_theory(value, habits))


def _noted(reading):
    return reading if reading.value is None else reading._replace(value=Noted(reading.value))


def read_job(value, habits: Habits) -> Reading:
    """An occupation as written; its code for statistics is not known from a list."""
    reading = read_text(value, habits)
    return reading if reading.value is None else reading._replace(value=Noted(UNKNOWN, reading.value))


@lru_cache(maxsize=2048)
def _degree(text):
    """The level whose name or spelling begins the text, and whether the text begins with its printed name."""
    folded = fold(text)
    found = [
        (len(start), entry)
        for entry in catalogue("degree").values()
        for start in map(fold, (entry.name, *entry.aliases))
        if folded == start or folded.startswith(f"{start} ")
    ]
    entry = max(found, key=lambda pair: pair[0])[1] if found else None
    return entry, entry is not None and text.startswith(entry.name)


def read_degree(value, habits: Habits) -> Reading:
    """A professional degree: its level from the beginning of the words, the words themselves kept."""
    text = repair(as_text(value))
    if not text:
        return NOTHING
    entry, proper = _degree(text)
    if entry is None:
        return Reading(problem="unknown_degree")
    return Reading(Noted(entry.code, text), () if proper else ("degree_spelling",))


def read_general(value, habits: Habits) -> Reading:
    """General education as classes passed of the system (9/12); Excel makes dates of such fractions."""
    if isinstance(value, date):
        return Reading(_school_years(f"{value.day}/{value.month}"), ("education_turned_into_date",))
    text = repair(as_text(value))
    if text in ("12", "10"):
        return Reading(_school_years(f"{text}/{text}"), ("education_short",))
    return Reading(_school_years(text)) if text else NOTHING


@lru_cache(maxsize=256)
def _school_years(text):
    """The level that a number of classes stands for, by the system of 10 or of 12 classes."""
    found = _SCHOOL_YEARS.fullmatch(text)
    if not found:
        return Noted(_school_level(fold(text)), text)
    passed, system = map(int, found.groups())
    primary, lower = (4, 7) if system == 10 else (5, 9)
    steps = ((system, "upper_secondary"), (lower, "lower_secondary"), (primary, "primary"), (0, "literate"))
    return Noted(next(level for classes, level in steps if passed >= classes), f"{passed}/{system}")


def _school_level(folded):
    names = {fold(label): code for code, label in GeneralEducation.choices}
    short = {
        "thpt": "upper_secondary",
        "thcs": "lower_secondary",
        "cap 3": "upper_secondary",
        "cap 2": "lower_secondary",
    }
    return names.get(folded) or short.get(folded) or UNKNOWN


def read_sex(value, habits: Habits) -> Reading:
    """ "Nam" or "Nữ"."""
    folded = fold(as_text(value))
    return Reading({"nam": Sex.MALE, "nu": Sex.FEMALE}.get(folded))


def read_female_mark(value, habits: Habits) -> Reading:
    """The column "Nữ" of a list: a mark means a woman, an empty cell a man."""
    return Reading(Sex.FEMALE if fold(as_text(value)) in _MARKS else Sex.MALE)


def read_male_mark(value, habits: Habits) -> Reading:
    """The column "Nam" of a list: a mark means a man."""
    return Reading(Sex.MALE if fold(as_text(value)) in _MARKS | {"nam"} else None)


def read_date_part(value, habits: Habits) -> Reading:
    """The day, the month or the year of a date that stands in three columns."""
    text = repair(as_text(value))
    if not text:
        return NOTHING
    return (
        Reading(text) if text.isascii() and text.isdigit() and len(text) <= FOUR else Reading(problem="unreadable_date")
    )


# --- numbers ---------------------------------------------------------------------------------------------------------


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_digits(value):
    return str(int(value))


def _bare(value):
    """A number typed as text without its spaces, dots and apostrophes; and whether some were there."""
    bare = _ID_SIGNS.sub("", repair(value))
    return bare, bare != value


def read_personal_id(value, habits: Habits) -> Reading:
    """Twelve digits; a number lost its zeros: a free list gets them back, the official layout only a proposal."""
    if _is_number(value):
        return _numeric_id(_as_digits(value), habits)
    bare, spaced = _bare(as_text(value))
    if not bare:
        return NOTHING
    if not (bare.isascii() and bare.isdigit()):
        return Reading(problem="id_not_digits")
    if len(bare) != PERSONAL_ID_DIGITS:
        return Reading(problem="id_wrong_length")
    return Reading(bare, ("id_spaces",) if spaced else ())


def _numeric_id(digits, habits):
    padded = digits.zfill(PERSONAL_ID_DIGITS)
    if habits.numbers_are_text:
        return Reading(problem="number_not_text", proposal=padded)
    if not SHORTEST_ID <= len(digits) <= PERSONAL_ID_DIGITS:
        return Reading(problem="id_wrong_length")
    return Reading(padded, ("id_leading_zero",) if padded != digits else ())


def read_card(value, habits: Habits) -> Reading:
    """A card number of the present or the former form; shorter ones lost their zeros."""
    if _is_number(value):
        return _numeric_card(_as_digits(value), habits)
    bare, spaced = _bare(as_text(value))
    if not bare:
        return NOTHING
    if not (bare.isascii() and bare.isdigit()):
        return Reading(problem="card_not_number")
    if len(bare) > CARD_DIGITS:
        return Reading(problem="card_wrong_length")
    padded = _padded_card(bare)
    repairs = (("card_spaces",) if spaced else ()) + (("card_leading_zero",) if padded != bare else ())
    return Reading(padded, repairs)


def _padded_card(digits):
    return digits.zfill(FORMER_CARD_DIGITS if len(digits) <= FORMER_CARD_DIGITS else CARD_DIGITS)


def _numeric_card(digits, habits):
    padded = _padded_card(digits)
    if habits.numbers_are_text:
        return Reading(problem="number_not_text", proposal=padded)
    if len(digits) > CARD_DIGITS:
        return Reading(problem="card_wrong_length")
    return Reading(padded, ("card_leading_zero",) if padded != digits else ("card_number",))


def read_former_id(value, habits: Habits) -> Reading:
    """The identity card number used before: 9 or 12 digits."""
    if _is_number(value):
        padded = _as_digits(value).zfill(9)
        if len(padded) not in (9, 12):
            return Reading(problem="former_id_format")
        return Reading(problem="number_not_text", proposal=padded) if habits.numbers_are_text else Reading(padded)
    bare, _ = _bare(as_text(value))
    if not bare:
        return NOTHING
    return Reading(bare) if bare.isdigit() and len(bare) in (9, 12) else Reading(problem="former_id_format")


def read_cv_number(value, habits: Habits) -> Reading:
    """Six digits and two or three capital letters, with one space between them (38-HD/BTCTW, II.1.2)."""
    text = as_text(value)
    if not text.strip():
        return NOTHING
    found = _CV.fullmatch(re.sub(r"\s", "", repair(text)).upper())
    if not found:
        return Reading(problem="cv_format")
    clean = " ".join(found.groups())
    return Reading(clean, ("cv_spelling",) if clean != text else ())


def read_yes(value, habits: Habits) -> Reading:
    """ "Có" as True; anything else says nothing."""
    return Reading(True if fold(as_text(value)) in ("co", "x") else None)


def read_uuid(value, habits: Habits) -> Reading:
    """The identifier of the source system, in small letters."""
    return Reading(repair(as_text(value)).lower() or None)
