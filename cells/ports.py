"""Where upper apps register what they offer to the pages of `cells`: documents that can be printed and issued."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cells.enums import DocumentType


@dataclass(frozen=True)
class Printable:
    """One document that the product can print: its figures are collected once and printed as PDF and .xlsx.

    `collect(organisation, *, year, on)` answers a frozen dataclass; `render_pdf(figures, frame, text)` and
    `render_xlsx(figures)` answer bytes. `sections` are the editable parts of the text with their first wording;
    a document that `is_long` prints as a job.
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
