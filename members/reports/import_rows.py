"""One refused row as the form of saving it by hand shows it."""

from dataclasses import dataclass

from members.models.member import mask
from members.reports.imports import Finding, ImportReport, cell_text

SECTIONS = (("base", "Tổ chức cơ sở đảng"), ("cell", "Chi bộ"))


@dataclass(frozen=True)
class RefusedRow:
    """The row as written, identifiers masked; what is wrong; the cells that can be mended, with their text."""

    place: str
    shown: list[tuple[str, str]]
    findings: list[Finding]
    cells: dict[str, str]
    faulty: frozenset[str]


def refused_row(batch, kind, row) -> RefusedRow:
    """The refused row of a batch with that number."""
    reading = kind.read(batch)
    table = reading.sheet_of(row).table
    line = next(each for each in table.people if each.row == row)
    written = {field: cell_text(line, column) for field, column in table.fields.items()}
    problems = [each for each in batch.report["problems"] if row in (each["row"], *each.get("rows", ()))]
    faulty = frozenset(each["field"] for each in problems if each["row"] == row and each.get("field") in kind.labels)
    report = ImportReport(batch, kind)
    return RefusedRow(
        place=report.place(row),
        shown=_shown(line, written, kind),
        findings=report.shown(problems),
        cells={field: written.get(field, "") for field in kind.labels if field in faulty | {*kind.open_fields}},
        faulty=faulty,
    )


def _shown(line, written, kind):
    cells = [(kind.labels[field], mask(text) if field in kind.masked else text) for field, text in written.items()]
    sections = [(label, getattr(line, field)) for field, label in SECTIONS if field not in written]
    return [(label, text) for label, text in (*cells, *sections) if text]
