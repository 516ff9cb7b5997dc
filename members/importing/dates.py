"""Dates as people write them into spreadsheets: partial, with two-digit years, as numbers of days."""

import re
from datetime import date, datetime, timedelta

from config.lib.periods import Precision
from config.lib.vietnamese import fold
from members.forms.dates import PartialDate
from members.importing.reading import NOTHING, Habits, Reading

_DAY = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\s*")
_MONTH = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\s*")
_YEAR = re.compile(r"\s*(\d{4})\s*")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?\s*")
_WORDS = re.compile(r"\b(?:ngay|mung|mong|thang|nam)\b|,")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 60_000)  # 1927 to 2064: a number of five digits is a day count of Excel
_YEARS = range(1900, 2100)
_UNREADABLE = Reading(problem="unreadable_date")


def read_date(value, habits: Habits) -> Reading:
    """The partial date in a cell; two-digit years up to the year of the file are of this century."""
    if isinstance(value, datetime):
        return _known(value.date(), Precision.DAY)
    if isinstance(value, date):
        return _known(value, Precision.DAY)
    if isinstance(value, bool):
        return _UNREADABLE
    if isinstance(value, int | float):
        return _from_number(int(value))
    return _from_text(value, habits)


def _known(day, precision, *repairs):
    if day.year not in _YEARS:
        return _UNREADABLE
    return Reading(PartialDate(day, precision), repairs)


def _from_number(number):
    if number in _YEARS:
        return _known(date(number, 1, 1), Precision.YEAR, "date_year_only")
    if number in _SERIALS:
        return _known(_SERIAL_ZERO + timedelta(days=number), Precision.DAY, "date_serial_number")
    return _UNREADABLE


def _from_text(text, habits):
    if not text.strip():
        return NOTHING
    if found := _DAY.fullmatch(text):
        return _day(*found.groups(), habits)
    if found := _MONTH.fullmatch(text):
        return _month(*found.groups(), habits)
    if found := _YEAR.fullmatch(text):
        return _from_number(int(found.group(1)))
    if found := _ISO.fullmatch(text):
        return _day(*reversed(found.groups()), habits)
    return _from_words(text, habits)


def _from_words(text, habits):
    """ "Ngày 3 tháng 2 năm 1975" as 3/2/1975."""
    folded = fold(text)
    plain = "/".join(_WORDS.sub(" ", folded).replace("/", " ").split())
    if plain == text.strip() or not plain or not plain.replace("/", "").isdigit():
        return _serial_text(text.strip())
    return _from_text(plain, habits)


def _serial_text(text):
    return _from_number(int(text)) if text.isdecimal() and len(text) == 5 else _UNREADABLE


def _day(day, month, year, habits):
    repairs = ("date_two_digit_year",) if len(year) == 2 else ("date_text",)
    return _existing(_full_year(year, habits), int(month), int(day), Precision.DAY, repairs)


def _month(month, year, habits):
    if len(year) == 2 and int(year) <= 12:
        return _UNREADABLE  # 5/11 may be a month of 2011 or the fifth of November
    repairs = ("date_month_only", "date_two_digit_year") if len(year) == 2 else ("date_month_only",)
    return _existing(_full_year(year, habits), int(month), 1, Precision.MONTH, repairs)


def _existing(year, month, day, precision, repairs):
    try:
        return _known(date(year, month, day), precision, *repairs)
    except ValueError:
        return Reading(problem="impossible_date")


def _full_year(text, habits):
    """Four digits as they are; two digits by the last year that the file can speak of."""
    number = int(text)
    if len(text) == 4:
        return number
    century = habits.year - habits.year % 100
    return century + number if number <= habits.year % 100 else century - 100 + number


def show_month_only(reading: Reading) -> Reading:
    """A true date on the first of a month whose cell shows month and year only: the day is not known."""
    if reading.value is None:
        return reading
    return Reading(PartialDate(reading.value.day, Precision.MONTH), (*reading.repairs, "date_shown_as_month"))
