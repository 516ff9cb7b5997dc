"""The CV as a page says it: identity and answers in the words of the form, rows of the repeating items."""

from dataclasses import dataclass

from django.db import models

from admissions.cv_rows import CODES, ITEMS, cv_part, entries_of, row_of
from admissions.forms_dossier_cv import CATALOGUES, GROUPS, IDENTITY
from admissions.models import Profile
from members.catalogues import printed
from members.forms.dates import PartialDate
from members.sheet.columns import row_words

YES_NO = {True: "Có", False: "Không", None: "Chưa rõ"}
UNKNOWN = "Chưa ghi"


@dataclass(frozen=True)
class Item:
    """An item with its rows: (entry, its words)."""

    number: str
    code: str
    title: str
    rows: tuple


@dataclass(frozen=True)
class CVPage:
    """(title, (label, value) …) of the answers, then the items."""

    groups: tuple
    items: tuple[Item, ...]


def cv_page(candidate):
    """The page in one query."""
    entries, numbers = entries_of(candidate), {code: number for number, code in ITEMS}
    items = tuple(_item(code, numbers[code], entries[code]) for code in CODES)
    groups = tuple((title, tuple(_answer(candidate, name) for name in names.split())) for title, names in GROUPS)
    return CVPage(groups, items)


def part_rows(candidate, part):
    """(entry, its words) of one item."""
    return _item(part.code, "", entries_of(candidate)[part.code]).rows


def _item(code, number, entries):
    part = cv_part(code)
    return Item(number, code, part.title, tuple((entry, row_words(part, row_of(entry))) for entry in entries))


def _answer(candidate, name):
    if name == "born":
        born = PartialDate(candidate.born_on, candidate.born_precision) if candidate.born_on else UNKNOWN
        return "Ngày sinh", str(born)
    if name in IDENTITY:
        return _label(candidate, name), _identity(candidate, name) or UNKNOWN
    return _label(candidate.profile, name), shown_answer(candidate.profile, name)


def _label(row, name):
    words = str(row._meta.get_field(name).verbose_name)
    return f"{words[:1].upper()}{words[1:]}"


def _identity(candidate, name):
    if name == "personal_id":
        return candidate.masked_id
    return candidate.get_sex_display() if name == "sex" else getattr(candidate, name)


def shown_answer(profile, name):
    """An answer of the profile as people read it."""
    value, stored = getattr(profile, name), Profile._meta.get_field(name)
    if isinstance(stored, models.BooleanField):
        return YES_NO[value]
    if value in (None, "", []):
        return UNKNOWN
    if name in CATALOGUES:
        return printed(CATALOGUES[name], value)
    if name == "births":
        return ", ".join(f"{each[8:10]}/{each[5:7]}/{each[:4]}" for each in value)
    if stored.choices:
        return dict(stored.choices).get(value, value)
    return f"{value:%d/%m/%Y}" if isinstance(stored, models.DateField) else str(value)
