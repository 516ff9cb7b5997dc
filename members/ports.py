"""Where apps register kinds of files to import, what a cell has not finished, and tables that the sheet reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ImportKind:
    """One kind of file: its columns by printed name, which of them are shown masked, and its acts.

    `check(file, *, organisation, year, by)` answers a batch; `read(batch)` reads its list again by its columns;
    `map_columns(batch, letters, *, on, by)`, `commit`, `undo` and `keep(batch, *, by)`, and
    `save_row(batch, row, *, reason, by, values)` act on it. `open_fields` can always be mended in a row saved by hand.
    """

    code: str
    title: str
    labels: Mapping[str, str]
    masked: frozenset[str]
    check: Callable[..., Any]
    read: Callable[..., Any]
    map_columns: Callable[..., Any]
    commit: Callable[..., Any]
    undo: Callable[..., Any]
    keep: Callable[..., Any]
    save_row: Callable[..., Any]
    of_year: bool = False
    open_fields: tuple[str, ...] = ()
    sums_template: str = ""


_KINDS: dict[str, ImportKind] = {}


def register_import(kind: ImportKind):
    """Called by an app when it is ready; a second registration of a code is an error."""
    if kind.code in _KINDS:
        raise ValueError(f"{kind.code} is registered already")
    _KINDS[kind.code] = kind


def import_kind(code: str) -> ImportKind:
    """The kind of that code; KeyError when there is none."""
    return _KINDS[code]


def import_kinds() -> list[ImportKind]:
    """All kinds, those of members first."""
    return list(_KINDS.values())


@dataclass(frozen=True)
class OpenWork:
    """So many of something that a cell has not finished; `url` leads there, empty where no page does."""

    noun: str
    number: int
    url: str = ""


_OPEN_WORK: list[Callable[..., list[OpenWork]]] = []


def register_open_work(find: Callable[..., list[OpenWork]]):
    """`find(organisation, day)` answers what the organisation has not finished; sealed matters show nothing."""
    _OPEN_WORK.append(find)


def open_work(organisation, day) -> list[OpenWork]:
    """Everything that is open in an organisation on a day; what there is none of is left out."""
    return [work for find in _OPEN_WORK for work in find(organisation, day) if work.number]


@dataclass(frozen=True)
class SheetTable:
    """A table with a foreign key `member` that one item of the sheet shows: each standing row as `words(row)`.

    `page` is the name of the page, with the member in its address, where rows are entered; empty where none is.
    """

    number: str
    label: str
    model: Any
    words: Callable[[Any], str]
    page: str = ""


_SHEET_TABLES: list[SheetTable] = []


def register_sheet_table(table: SheetTable):
    """Called when an app is ready; the sheet reads the table along with its own, with no query more."""
    _SHEET_TABLES.append(table)


def sheet_tables() -> list[SheetTable]:
    """All registered tables."""
    return list(_SHEET_TABLES)
