"""What was read from one cell, and the habits of the file that it stands in."""

from typing import Any, NamedTuple


class Reading(NamedTuple):
    """A tidied value with the codes of what tidying did; a value that cannot be read is None with a problem's code."""

    value: Any = None
    repairs: tuple[str, ...] = ()
    problem: str = ""
    proposal: str = ""


NOTHING = Reading()


class Habits(NamedTuple):
    """How to read a file: the year that it speaks of, and whether numbers must stand as text (official layout)."""

    year: int
    numbers_are_text: bool = False


class Noted(NamedTuple):
    """A value of a code list with the words of the paper."""

    code: str
    text: str = ""


class Named(NamedTuple):
    """A name with the other name that stood in brackets."""

    name: str
    alias: str = ""
