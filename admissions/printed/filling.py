"""A form filled in from the rows of a candidate: its blocks, and everything that it lacks, by name."""

import re
from dataclasses import dataclass, field
from datetime import date

from admissions.enums import VerificationMethod
from admissions.printed import act_values, cv_values, values
from admissions.printed.catalogue import Form, sources
from admissions.printed.rows import CONDITIONS

DOTS = "………………"
FREE_LINES = 4  # dotted lines where a text is to be written by hand
PLACE = re.compile(r"\{([a-z_]+)\.([a-z_]+)(\?)?\}")
CONDITION = re.compile(r"\[(!)?([a-z_]+)\] ")
KINDS = {"#": "part", "*": "section", "-": "basis", "=": "article", "~": "free", "@": "rows"}

GROUPS = {
    name: getattr(module, name)
    for module, names in (
        (values, "person place sympathiser certificate new_class first_party introducers union mass residence review "
                 "rec_opinions opinions consent"),
        (act_values, "cell base decider appraisal submission decision refusal ceremony probation rec_cell rec_base "
                     "rec_appraisal rec_decision rem_cell rem_base rem_decision"),
        (cv_values, "cv"),
    )
    for name in names.split()
}  # fmt: skip
SUBJECTS = {
    "introducer": act_values.introducer,
    "helper": act_values.helper,
    "move": act_values.move,
    "letter": {
        "confirm": act_values.letters(VerificationMethod.CONFIRM),
        "visit": act_values.letters(VerificationMethod.VISIT),
    },
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
    """One paper of a form; `missing` names what it lacks, each once, in the order of the form."""

    form: Form
    blocks: list[Block] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: str = ""
    number: str = ""
    dated: date | None = None

    def lacks(self, words):
        if words not in self.missing:
            self.missing.append(words)


def fill(form, rows):
    """The papers of a form: one, or one for each introducer, helper, place or move; at least one, if only blank."""
    if not form.each:
        return [_Filling(form, rows, {}).done()]
    subjects = list(_subjects(form)(rows)) or [None]
    return [_Filling(form, rows, {form.each: subject}).done() for subject in subjects]


def missing(form, rows):
    """Everything that the papers of a form lack, each thing once."""
    return list(dict.fromkeys(words for paper in fill(form, rows) for words in paper.missing))


def _subjects(form):
    found = SUBJECTS[form.each]
    return found[form.needs] if isinstance(found, dict) else found


class _Filling:
    """One paper in the making."""

    def __init__(self, form, rows, subject):
        self.form, self.rows = form, rows
        self.groups = dict(subject)
        self.paper = Filled(form)

    def done(self):
        for line in self.form.lines:
            self._line(line)
        self.paper.to = tuple(self._text(line) for line in self.form.to)
        self.paper.recipients = tuple(self._text(line) for line in self.form.recipients)
        self.paper.signer = self._text(self.form.signer)
        self._date()
        return self.paper

    def _line(self, line):
        found = CONDITION.match(line)
        if found:
            if self._holds(found[2]) == bool(found[1]):
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
        if name.startswith("sign."):
            return [Block("sign", SIGNS[name.removeprefix("sign.")])]
        found = self._value(*_named(name))
        return [Block("rows", rows=found)] if found else [Block("dots", rows=("",) * FREE_LINES)]

    def _text(self, line):
        return PLACE.sub(lambda found: self._value(found[1], found[2], bool(found[3])) or DOTS, line)

    def _value(self, group, name, may_lack):
        """What stands on file; what does not is named as missing unless it may be empty."""
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
            found = GROUPS[name](self.rows) if name in GROUPS else next(iter(SUBJECTS[name](self.rows)), None)
            self.groups[name] = found
        return self.groups[name]

    def _holds(self, condition):
        if condition in CONDITIONS:
            return CONDITIONS[condition](self.rows)
        if condition.startswith("has_"):
            return self._group(condition.removeprefix("has_")) is not None
        group, _, wanted = condition.rpartition("_")
        vote = self.rows.vote(*VOTES[group])
        return vote is not None and vote.carried == (wanted == "carried")

    def _date(self):
        """Number and day of what was signed; a draft keeps them blank."""
        known = self._group(self.form.dated_by) if self.form.dated_by else None
        if known is None:
            return
        shown = next((known[name].shown for name in ("held_on", "signed_on", "on", "dated") if name in known), "")
        self.paper.number = known["number"].shown
        if shown:
            day, month, year = map(int, shown.split("/"))
            self.paper.dated = date(year, month, day)


def _named(name):
    group, _, value = name.partition(".")
    return group, value.removesuffix("?"), value.endswith("?")


SIGNS = {"applicant": "NGƯỜI KHAI", "cell": "T/M CHI BỘ", "base": "T/M ĐẢNG ỦY"}
VOTES = {
    "cell": ("admission", "cell"),
    "base": ("admission", "base"),
    "rec_cell": ("recognition", "cell"),
    "rec_base": ("recognition", "base"),
    "rem_cell": ("removal", "cell"),
}
