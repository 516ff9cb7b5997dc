"""Where upper apps register what they offer to `cells`: documents to print, and what they do when the tree changes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cells.enums import DocumentType
from cells.permissions import Permission

if TYPE_CHECKING:
    from cells.changes.plan import Change
    from cells.models import TreeEvent


@dataclass(frozen=True)
class Printable:
    """One document that the product can print: its figures are collected once and printed as PDF and .xlsx.

    `collect(organisation, *, year, on)` answers a frozen dataclass; `render_pdf(figures, frame, text)` and
    `render_xlsx(figures)` answer bytes. `sections` are the editable parts of the text with their first wording;
    a document that `is_long` prints as a job. One that `takes_period` also answers `collect` with `since` and `until`,
    the first day after, in place of the year.
    """

    name: str
    title: str
    type: DocumentType
    permission: str
    collect: Callable[..., Any]
    render_pdf: Callable[..., bytes]
    render_xlsx: Callable[[Any], bytes]
    abstract: Callable[[Any], str]
    sections: Callable[[Any], dict[str, str]]
    data: Callable[[Any], dict]
    is_long: Callable[[Any], bool]
    takes_period: bool = False


@dataclass(frozen=True)
class JobFile:
    """The kind of file that a kind of job makes, and who may have it, besides the owner's being its owner."""

    name: str
    content_type: str
    permission: str


PRINT = JobFile("ban-in.pdf", "application/pdf", Permission.REPORTS_VIEW)
_JOB_FILES: dict[str, JobFile] = {}


def register_job_file(kind, file):
    """Called beside the runner of a kind; jobs of a kind that is not registered make prints."""
    _JOB_FILES[kind] = file


def job_file(kind):
    """What a job of that kind makes."""
    return _JOB_FILES.get(kind, PRINT)


_PRINTABLES: dict[str, Printable] = {}


def register_printable(printable):
    """Called by an app when it is ready; a second registration of a name is an error."""
    if printable.name in _PRINTABLES:
        raise ValueError(f"{printable.name} is registered already")
    _PRINTABLES[printable.name] = printable


def printable(name):
    """The printable of that name; KeyError when there is none."""
    return _PRINTABLES[name]


def printables():
    """All printables in order of title."""
    return sorted(_PRINTABLES.values(), key=lambda each: each.title)


@dataclass(frozen=True)
class Signer:
    """Who may sign for a body on a day, and the position that stands above the name."""

    name: str
    position: str


_SIGNERS: list[Callable[..., list[Signer]]] = []
_BODY_LINKS: list[Callable[..., list[tuple[str, str]]]] = []
_AFTER_TERM: list[Callable[..., str]] = []


def register_signers(find):
    """`find(organisation, on)` answers who may sign for the committee on a day, the head first."""
    _SIGNERS.append(find)


def signers(organisation, on):
    """Who may sign for a body on a day, the head first."""
    return [signer for find in _SIGNERS for signer in find(organisation, on)]


def register_body_links(find):
    """`find(organisation, user)` answers (words, address) of pages about a body that `user` may open."""
    _BODY_LINKS.append(find)


def body_links(organisation, user):
    """Pages of upper apps about a body."""
    return [link for find in _BODY_LINKS for link in find(organisation, user)]


def register_after_term(find):
    """`find(organisation, term, user)` answers the address of what a new term asks for next, or nothing."""
    _AFTER_TERM.append(find)


def after_term(organisation, term, user):
    """Where to go after a term was entered; empty when nothing follows from it."""
    return next((url for find in _AFTER_TERM if (url := find(organisation, term, user))), "")


@dataclass(frozen=True)
class Touched:
    """So many of something hang on some organisations."""

    number: int
    noun: str


@dataclass(frozen=True)
class Person:
    """Somebody whom a split can assign: `id` is the text by which the app knows the person again."""

    id: str
    label: str


def _nobody(organisation_id: int, on: date) -> list[Person]:
    return []


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class TreePort:
    """What one upper app does when the tree changes. Everything runs in the transaction of the change.

    `lock()` locks the rows that the others rely on, before any of them looks.
    `touched(organisation_ids, on)` counts for the preview. `refusals(change)` are sentences why the change cannot be
    made. `carry_out(event, moves, *, on, by)` ends and begins the app's rows, marks them `closed_by` and `opened_by`,
    gives what is open to `event.heir`, and answers what `undo` needs beyond those marks, as JSON. `depends(event)` are
    sentences why the event can no longer be undone. `undo(event, kept, *, on, by)` puts everything back.
    `movable(organisation_id, on)` are the people whom a split assigns; `areas` are (code, words) of where a unit can go
    beyond the tree. Sealed matters show nothing through a port.
    """

    name: str
    touched: "Callable[[Collection[int], date], list[Touched]]"
    refusals: "Callable[[Change], list[str]]"
    carry_out: "Callable[..., dict[str, Any]]"
    depends: "Callable[[TreeEvent], list[str]]"
    undo: Callable[..., None]
    movable: Callable[[int, date], list[Person]] = _nobody
    areas: tuple[tuple[str, str], ...] = ()
    lock: Callable[[], None] = _nothing


_TREE_PORTS: dict[str, TreePort] = {}


def register_tree_port(port: TreePort) -> None:
    """Called by an app when it is ready; a second registration of a name is an error."""
    if port.name in _TREE_PORTS:
        raise ValueError(f"{port.name} is registered already")
    _TREE_PORTS[port.name] = port


def tree_ports() -> list[TreePort]:
    """All ports, the lowest floor first."""
    return list(_TREE_PORTS.values())


def movable_people(organisation_id: int, on: date) -> list[Person]:
    """Whom a split of this organisation assigns."""
    return [person for port in tree_ports() for person in port.movable(organisation_id, on)]


def outside_areas() -> list[tuple[str, str]]:
    """Where a unit can go that leaves whole."""
    return [area for port in tree_ports() for area in port.areas]


_READINGS: set[str] = set()


def register_readings(*actions: str):
    """Called by an app when it is ready: acts that only read, after which every fact is what it was."""
    _READINGS.update(actions)


def readings() -> frozenset[str]:
    """All registered acts that only read."""
    return frozenset(_READINGS)
