"""The cell of a sheet that has neither a column nor sections for it: named by somebody, by its title or its name."""

from config.lib.vietnamese import fold
from members.importing.places import Places
from members.importing.rowkinds import text_of
from members.importing.table import Table

_CELL, _BASE = "chi bo", ("dang bo", "dang uy")


def name_cell(table: Table, places: Places, named: str) -> str:
    """Give every person of the sheet the cell that was named, or else the one that its title or its name says.

    The answer is what was supposed, empty when nothing was: a sheet with a column or sections knows its cells.
    """
    if "cell" in table.fields or "base" in table.fields or table.sections:
        return ""
    if named:
        return _give(table, named, "")
    if len(places.by_id) == 1:
        return ""
    for cell, base in _candidates(table):
        if (found := places.find(cell, base)) is not None:
            _give(table, cell, base)
            return places.by_id[found].label
    return ""


def _give(table, cell, base):
    for line in table.people:
        line.cell, line.base = cell, base
    return ""


def _candidates(table):
    """(cell, base) as the lines above the header and the name of the sheet say them."""
    lines = [text_of(value) for row in table.sheet.rows[: table.header.rows[0] - 1] for value in row if value]
    lines.append(table.sheet.name)
    cells = [part for line in lines if (part := _from(line, _CELL))] + [table.sheet.name]
    bases = [part for line in lines for word in _BASE if (part := _from(line, word))]
    yield from ((cell, base) for cell in cells for base in bases)
    yield from ((cell, "") for cell in cells)


def _from(line, words):
    """The line from these words on: "DANH SÁCH ĐẢNG VIÊN CHI BỘ KHÓM 1" names Chi bộ Khóm 1."""
    folded = fold(line)
    at = folded.find(words)
    return " ".join(line.split())[at:] if at >= 0 and len(folded) == len(" ".join(line.split())) else ""
