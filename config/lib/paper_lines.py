"""Papers written as lines with places for values: read from a catalogue, filled in, and what they lack named.

A line: {group.name} a value, {group.name?} one that may stay empty; "#" centred, "*" heading, "=" article, "-" basis,
"~name" a text of some length, "@name" a list; "[condition] " or "[!condition] " before it: printed only then.
"""

import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

DOTS = "………………"
FREE_LINES = 4  # dotted lines where a text is to be written by hand
PLACE = re.compile(r"\{([a-z_]+)\.([a-z_]+)(\?)?\}")
CONDITION = re.compile(r"\[(!)?([a-z_]+)\] ")
MARKS = {"#": "part", "*": "section", "-": "basis", "=": "article", "~": "free", "@": "rows"}


# --- values ----------------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """One value with its name in words; a callable is asked only when a paper prints it."""

    words: str
    value: str | tuple | Callable[[], Any]

    @property
    def shown(self):
        return self.value() if callable(self.value) else self.value


def day(value):
    return f"{value:%d/%m/%Y}" if value else ""


def number(value):
    return "" if value is None else str(value)


def called(row, column):
    """What a column is called, by its verbose name."""
    return str(row._meta.get_field(column).verbose_name)


def of(row, *names, **renamed):
    """Text columns of a row under their own verbose names."""
    columns = {name: name for name in names} | renamed
    return {name: Said(called(row, column), getattr(row, column)) for name, column in columns.items()}


def left_out(each):
    """Who is not counted in a vote, with the reason."""
    if not isinstance(each, dict):
        return str(each)
    return " – ".join(str(each[name]) for name in ("name", "reason") if each.get(name))


# --- the catalogue ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One paper of a catalogue; `abstract`, `to`, `recipients` and the signers are lines with values as the others."""

    code: str
    name: str
    stage: str
    mark: str
    title: str = ""
    abstract: str = ""
    issuer: str = ""
    type: str = ""
    dated_by: str = ""
    each: str = ""
    needs: str = ""
    word: bool = False
    to: tuple[str, ...] = ()
    signed: str = ""
    signer: str = ""
    left: str = ""
    left_signer: str = ""
    recipients: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@cache
def catalogue_tables(file: Path) -> dict[str, Any]:
    """The tables of a catalogue, its lists as tuples."""
    with file.open("rb") as opened:
        return {name: _frozen(value) for name, value in tomllib.load(opened).items()}


def _frozen(value):
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return {name: _frozen(each) for name, each in value.items()} if isinstance(value, dict) else value


# --- filling in ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, dotted lines, or (heading, text) pairs of a list."""

    kind: str
    text: str = ""
    head: str = ""
    rows: tuple = ()


@dataclass
class Filled:
    """One paper; `missing` names what it lacks, each once, in the order of the paper."""

    blocks: list[Block] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    abstract: str = ""
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: str = ""
    left_signer: str = ""
    number: str = ""
    dated: date | None = None

    def lacks(self, words):
        if words not in self.missing:
            self.missing.append(words)


def all_missing(papers: Iterable[Filled]) -> list[str]:
    """Everything that several papers lack, each thing once."""
    return list(dict.fromkeys(words for paper in papers for words in paper.missing))


class Filling(ABC):
    """One paper in the making; an app says which groups of values there are and when a condition holds."""

    days: ClassVar[tuple[str, ...]] = ()  # values that may be the day of a paper, the first to be asked first

    def __init__(self, kind, rows, known):
        self.kind, self.rows = kind, rows
        self.groups = dict(known)  # groups read so far; None: not on file
        self.paper = Filled()

    @abstractmethod
    def read(self, name):
        """The values of a group by name; None where it is not on file."""

    @abstractmethod
    def source(self, name):
        """What a group comes from, in words, for a paper that lacks all of it."""

    @abstractmethod
    def holds(self, condition):
        """Whether a line is printed that stands under a condition."""

    def done(self):
        kind, paper = self.kind, self.paper
        for line in kind.lines:
            self._line(line)
        paper.abstract = self.text(kind.abstract)
        paper.to = tuple(map(self.text, kind.to))
        paper.recipients = tuple(map(self.text, kind.recipients))
        paper.signer, paper.left_signer = self.signature(kind.signer), self.signature(kind.left_signer)
        self.keep_date()
        return paper

    def _line(self, line):
        while found := CONDITION.match(line):
            if bool(self.holds(found[2])) == bool(found[1]):
                return
            line = line[found.end() :]
        kind = MARKS.get(line[0], "text")
        body = line if kind == "text" else line[1:]
        self.paper.blocks.extend({"free": self._free, "rows": self.listed}.get(kind, self._plain)(kind, body))

    def _plain(self, kind, body):
        text = self.text(body)
        if kind == "article":
            head, _, text = text.partition(". ")
            return [Block(kind, text, f"{head}.")]
        return [Block(kind, text)]

    def _free(self, kind, name):
        """A text that somebody writes: its paragraphs, or lines to write on."""
        text = self.value(*_named(name))
        if not text:
            return [Block("dots", rows=("",) * FREE_LINES)]
        return [Block("text", line.strip()) for line in text.splitlines() if line.strip()]

    def listed(self, kind, name):
        found = self.value(*_named(name))
        return [Block(kind, rows=found)] if found else [Block("dots", rows=("",) * FREE_LINES)]

    def text(self, line):
        return PLACE.sub(lambda found: self.value(found[1], found[2], bool(found[3])) or DOTS, line)

    def signature(self, line):
        """A name below a signature."""
        return self.text(line)

    def value(self, group, name, may_lack):
        """What stands on file; what does not is named as missing unless it may be empty."""
        known = self.group(group)
        if known is None:
            if not may_lack:
                self.paper.lacks(self.source(group))
            return ""
        said = known[name]
        shown = said.shown
        if not shown and not may_lack:
            self.paper.lacks(said.words)
        return shown

    def group(self, name):
        if name not in self.groups:
            self.groups[name] = self.read(name)
        return self.groups[name]

    def keep_date(self):
        """Number and day of what was signed; a draft keeps them blank."""
        known = self.group(self.kind.dated_by) if self.kind.dated_by else None
        if known is None:
            return
        self.paper.number = known["number"].shown if "number" in known else ""
        shown = next((known[name].shown for name in self.days if name in known and known[name].shown), "")
        if shown:
            in_month, month, year = map(int, shown.split("/"))
            self.paper.dated = date(year, month, in_month)


def _named(name):
    group, _, value = name.partition(".")
    return group, value.removesuffix("?"), value.endswith("?")
