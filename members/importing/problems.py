"""What an import may find wrong: codes, severities and sentences from one catalogue."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "catalogues" / "problems.toml"


class Severity(StrEnum):
    """What a problem does to its row (see the catalogue)."""

    ERROR = "error"
    WARNING = "warning"
    DUPLICATE = "duplicate"
    CONTROL = "control"
    DIFFERENCE = "difference"


REFUSING = {Severity.ERROR, Severity.DUPLICATE}


@dataclass(frozen=True)
class ProblemKind:
    """One code of the catalogue."""

    code: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the row and column as Excel shows them, the value as written, what is known against it.

    `row` is None for what concerns no row; `rows` are all rows of a finding that concerns several, `of_row` the
    row that this one repeats; `field` names the column's meaning.
    """

    kind: ProblemKind
    row: int | None = None
    column: str | None = None
    value: str = ""
    field: str = ""
    rows: tuple[int, ...] = ()
    of_row: int | None = None
    known: str = ""
    detail: str = ""

    @property
    def code(self):
        return self.kind.code

    @property
    def severity(self):
        return self.kind.severity

    @property
    def message(self):
        """The fixed sentence of the code; what is particular to this finding is in `detail`."""
        return self.kind.message

    @property
    def remedy(self):
        return self.kind.remedy

    @property
    def refuses(self):
        """Whether the row is not saved."""
        return self.kind.severity in REFUSING

    def as_json(self):
        """The finding as the report file and the pages have it; empty parts are left out."""
        own = {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "value": self.value,
            "remedy": self.remedy,
        }
        more = {"field": self.field, "rows": list(self.rows), "of_row": self.of_row, "known": self.known}
        more["detail"] = self.detail
        return own | {name: value for name, value in more.items() if value}


@cache
def problem_kinds():
    """Every code with its severity, message and remedy."""
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {
        code: ProblemKind(code, Severity(entry["severity"]), entry["message"], entry["remedy"])
        for code, entry in entries.items()
    }


def problem(code, **place):
    """A finding of that code."""
    return Problem(problem_kinds()[code], **place)
