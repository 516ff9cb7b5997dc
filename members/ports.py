"""Where apps register what `members` asks of them: files to import, open work, tables of the sheet, their merges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ImportKind:
    """One kind of file: its columns by printed name, which of them are shown masked, and its acts.

    `check(file, *, organisation, year, by)` answers a batch; `read(batch)` reads its list again by its columns;
    `map_columns(batch, letters, *, on, by, choices)`, `commit(batch, *, by, progress)`, `undo`, `keep(batch, *, by)`
    and `save_row(batch, row, *, reason, by, values)` act on it. `open_fields` can always be mended in a row saved by
    hand; with `many_sheets` several sheets of a file can be one list.
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
    many_sheets: bool = False


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


_RECEPTIONS: list[Callable[..., None]] = []


def register_reception(follow: Callable[..., None]):
    """`follow(member, *, to, on, by)` lets open matters go along when a cell takes a member in for good, in its
    transaction; sealed matters do nothing here."""
    _RECEPTIONS.append(follow)


def let_matters_follow(member, *, to, on, by):
    """Everything that upper apps keep with the cell of a member goes to the cell that took him in."""
    for follow in _RECEPTIONS:
        follow(member, to=to, on=on, by=by)


_READINGS: set[str] = set()


def register_reading(action: str):
    """Called by an app when it is ready: an act, with the member as its subject, by which somebody reads about him."""
    _READINGS.add(action)


def readings() -> frozenset[str]:
    """The acts of upper apps that stand in "ai đã xem" of a person."""
    return frozenset(_READINGS)


@dataclass(frozen=True)
class SheetTable:
    """A table with a foreign key `member` that one item of the sheet shows: standing rows as `words(row)`, if any.

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


@dataclass(frozen=True)
class MergePort:
    """What one upper app does when two records of one person become one, in the transaction of the merge.

    `tables` are the labels of its models that point at a member. `refusals(survivor, merged)` are sentences why they
    cannot be merged now; `carry_out(survivor, merged)` moves the app's rows and answers, as JSON, what `undo(merge,
    kept)` needs; `depends(merge, kept)` are sentences why it can no longer be undone. Sealed matters say nothing;
    their tables stand in `sealed` too, and nothing that people are told is found or counted by them.
    """

    name: str
    tables: frozenset[str]
    refusals: Callable[..., list[str]]
    carry_out: Callable[..., dict[str, Any]]
    depends: Callable[..., list[str]]
    undo: Callable[..., None]
    sealed: frozenset[str] = frozenset()


_MERGE_PORTS: dict[str, MergePort] = {}


def register_merge_port(port: MergePort):
    """Called by an app when it is ready; a second registration of a name is an error."""
    if port.name in _MERGE_PORTS:
        raise ValueError(f"{port.name} is registered already")
    _MERGE_PORTS[port.name] = port


def merge_ports() -> list[MergePort]:
    """All ports, the lowest floor first."""
    return list(_MERGE_PORTS.values())


def sealed_tables() -> frozenset[str]:
    """Labels of the models under seal that point at a member."""
    return frozenset().union(*(port.sealed for port in _MERGE_PORTS.values()))
