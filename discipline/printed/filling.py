"""A paper filled in from the rows of a case: its blocks, and everything that it lacks, by name."""

import re
from dataclasses import dataclass, field
from datetime import date

from discipline.printed import act_values, values
from discipline.printed.catalogue import Kind, sources
from discipline.printed.values import CONDITIONS

DOTS = "………………"
OF_THE_DAY = ("rules", "options", "place")  # what the rules of the day and the tree say: a page does not look it up
FREE_LINES = 4  # dotted lines where a text is to be written by hand
PLACE = re.compile(r"\{([a-z_]+)\.([a-z_]+)(\?)?\}")
CONDITION = re.compile(r"\[(!)?([a-z_]+)\] ")
KINDS = {"#": "part", "*": "section", "-": "basis", "=": "article", "~": "free", "@": "rows"}
DAYS = ("signed_on", "decided_on", "announced_on", "sent_on", "on", "held_on")

GROUPS = {
    name: getattr(module, name)
    for module, names in (
        (values, "subject place case plan announced team review report verification proposal rules facts blank"),
        (act_values, "cell_vote upper_vote decision announcement notice appeal suspension extension handover options"),
    )
    for name in names.split()
}


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

    kind: Kind
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


def fill(kind, rows):
    """The papers of a kind: one, or one for each letter of notice; at least one, if only blank."""
    if kind.each == "notice":
        return [_Filling(kind, rows, {"notice": found}).done() for found in act_values.notices(rows) or [None]]
    return [_Filling(kind, rows, {}).done()]


def missing(kind, rows):
    """Everything that the papers of a kind lack, each thing once; what may be empty is not looked up."""
    found = [_Filling(kind, rows, {}, only_needed=True).done()]
    return list(dict.fromkeys(words for paper in found for words in paper.missing))


class _Filling:
    """One paper in the making."""

    def __init__(self, kind, rows, subject, *, only_needed=False):
        self.kind, self.rows, self.only_needed = kind, rows, only_needed
        self.groups = dict(subject)
        self.paper = Filled(kind)

    def done(self):
        kind, paper = self.kind, self.paper
        for line in kind.lines:
            self._line(line)
        paper.abstract = self._text(kind.abstract)
        paper.to = tuple(filter(None, map(self._text, kind.to)))
        paper.recipients = tuple(filter(None, map(self._text, kind.recipients)))
        paper.signer, paper.left_signer = self._plain_text(kind.signer), self._plain_text(kind.left_signer)
        self._date()
        return paper

    def _line(self, line):
        while found := CONDITION.match(line):
            if bool(CONDITIONS[found[2]](self.rows)) == bool(found[1]):
                return
            line = line[found.end() :]
        kind = KINDS.get(line[0], "text")
        body = line if kind == "text" else line[1:]
        self.paper.blocks.extend({"free": self._free, "rows": self._rows}.get(kind, self._plain)(kind, body))

    def _plain(self, kind, body):
        text = self._text(body)
        if kind == "article":
            head, _, text = text.partition(". ")
            return [Block(kind, text, f"{head}.")]
        return [Block(kind, text)]

    def _free(self, kind, name):
        """A text that somebody writes: its paragraphs, or lines to write on."""
        text = self._value(*_named(name))
        if not text:
            return [Block("dots", rows=("",) * FREE_LINES)]
        return [Block("text", line.strip()) for line in text.splitlines() if line.strip()]

    def _rows(self, kind, name):
        found = self._value(*_named(name))
        return [Block("rows", rows=found)] if found else [Block("dots", rows=("",) * FREE_LINES)]

    def _text(self, line):
        text = PLACE.sub(lambda found: self._value(found[1], found[2], bool(found[3])) or DOTS, line)
        return text.replace("..", ".")  # what was typed may end in a full stop of its own

    def _plain_text(self, line):
        """The same, empty where nothing is known: a name below a signature."""
        return PLACE.sub(lambda found: self._value(found[1], found[2], True) or "", line)

    def _value(self, group, name, may_lack):
        """What stands on file; what does not is named as missing unless it may be empty."""
        if self.only_needed and (may_lack or group in OF_THE_DAY):
            return ""
        known = self._group(group)
        if known is None:
            if not may_lack:
                self.paper.lacks(sources()[group])
            return ""
        said = known[name]
        shown = said.shown
        if not shown and not may_lack:
            self.paper.lacks(said.words)
        return shown

    def _group(self, name):
        if name not in self.groups:
            self.groups[name] = GROUPS[name](self.rows)
        return self.groups[name]

    def _date(self):
        """Number and day as they were typed in the case; a draft keeps them blank."""
        if not self.kind.dated_by or self.only_needed:
            return
        known = self._group(self.kind.dated_by)
        if known is None:
            return
        self.paper.number = known["number"].shown if "number" in known else ""
        shown = next((known[name].shown for name in DAYS if name in known and known[name].shown), "")
        if shown:
            day, month, year = map(int, shown.split("/"))
            self.paper.dated = date(year, month, day)


def _named(name):
    group, _, value = name.partition(".")
    return group, value.removesuffix("?"), value.endswith("?")
