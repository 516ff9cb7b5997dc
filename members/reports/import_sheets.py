"""What the page of columns shows: the sheets of a file in groups of the same headings, each column with its cells."""

from dataclasses import dataclass

from config.lib.sheet_model import column_letter
from members.importing.legacy import ColumnFont
from members.importing.table import read_table
from members.models.member import mask
from members.reports.imports import cell_text

SAMPLES = 3


@dataclass(frozen=True)
class FileColumn:
    """One column: its letter, heading, first values, the field that it is read as, why, and its old font if any."""

    letter: str
    heading: str
    samples: tuple[str, ...]
    field: str
    supposed: str = ""
    font: ColumnFont | None = None

    @property
    def aria_label(self):
        """What the choice of the field is called for those who do not see the table."""
        return f"Cột {self.letter}, {self.heading}, đọc là"

    @property
    def font_label(self):
        """What the choice of the font is called for them."""
        return f"Cột {self.letter}, {self.heading}, chữ"


@dataclass(frozen=True)
class FileSheet:
    """One sheet with a list: its place in the file, whether it is read, its people, the cell supposed for them."""

    number: int
    name: str
    people: int
    is_read: bool
    needs_cell: bool
    cell: str = ""


@dataclass(frozen=True)
class SheetGroup:
    """Sheets that are read in one way; `key` begins the names of its fields, empty for the first group."""

    key: str
    sheets: tuple[FileSheet, ...]
    columns: tuple[FileColumn, ...]
    header_rows: tuple[int, ...]

    @property
    def in_old_fonts(self):
        return [column for column in self.columns if column.font]

    @property
    def is_read(self):
        return any(sheet.is_read for sheet in self.sheets)


def sheet_groups(reading, kind, report):
    """The groups of a file, the sheets that are read first; a kind that reads one sheet sees no other."""
    read = {sheet.name: sheet for sheet in reading.sheets}
    cells = {each["sheet"]: each.get("cell", "") for each in report["file"].get("sheets", ())}
    order = sorted(reading.headers, key=lambda header: header.sheet.name not in read)
    numbers = {name: number for number, name in enumerate(_in_order(reading))}
    found = {}
    for header in order:
        if header.sheet.name in read or kind.many_sheets:
            fonts = reading.fonts[header.sheet.name]
            way = (header.signature, tuple(sorted((at, font.encoding) for at, font in fonts.proposed.items())))
            found.setdefault(way, []).append(header)
    groups = []
    for number, headers in enumerate(found.values()):
        sheets = [_sheet(header, read.get(header.sheet.name), numbers, cells) for header in headers]
        groups.append(
            SheetGroup(
                f"g{number}_" if number else "",
                tuple(sorted(sheets, key=lambda sheet: sheet.number)),
                tuple(_columns(headers[0], read.get(headers[0].sheet.name), reading, kind)),
                headers[0].rows,
            )
        )
    return groups


def _in_order(reading):
    """Names of the sheets in the order of the file."""
    known = {header.sheet.name for header in reading.headers}
    return [name for name in reading.fonts if name in known]


def _sheet(header, read, numbers, cells):
    table = read.table if read else read_table(header)
    has_cells = "cell" in table.fields or "base" in table.fields or bool(table.sections)
    name = header.sheet.name
    named = (read.cell if read else "") or cells.get(name, "")
    return FileSheet(numbers[name], name, len(table.people), read is not None, not has_cells, named)


def _columns(header, read, reading, kind):
    table = read.table if read else read_table(header)
    fields = {column: field for field, column in table.fields.items()}
    fonts = reading.fonts[header.sheet.name]
    for column, heading in sorted(header.headings.items()):
        font = fonts.proposed.get(column)
        if font and column not in fonts.chosen and read is not None:
            font = ColumnFont("", font.cells, font.sure, font.samples)
        elif font and fonts.chosen.get(column, font.encoding) != font.encoding:
            font = ColumnFont(fonts.chosen[column], font.cells, font.sure, font.samples)
        yield FileColumn(
            letter=column_letter(column),
            heading=heading,
            samples=tuple(_samples(table.people, column, fields.get(column) in kind.masked)),
            field=fields.get(column, ""),
            supposed=header.supposed.get(column, ""),
            font=font,
        )


def _samples(people, column, hidden):
    found = []
    for line in people:
        value = cell_text(line, column)[:60]
        if value and value not in found:
            found.append(value)
        if len(found) == SAMPLES:
            break
    return [mask(value) for value in found] if hidden else found
