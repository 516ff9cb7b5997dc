"""Writing lists: .xlsx row by row in flat memory, and .csv; the same rows give the same bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

from config.lib.sheet_model import MAX_CELL_CHARACTERS, SheetError, column_letter

_HEADER, _TEXT, _DATE, _TIME, _OPEN = 1, 2, 3, 4, 5  # cellXfs of _STYLES
_ZERO_DAY = date(1899, 12, 30)
_FIRST_RELIABLE_DAY = date(1900, 3, 1)  # Excel believes in 29/02/1900
_EXACT = 10**15  # digits beyond are lost in Excel's numbers
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")

HIDDEN = ' hidden="1"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/>'
    '<xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf numFmtId="49" applyNumberFormat="1" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Column:
    """Heading of a column and its width in characters; of a protected sheet only the open ones can be filled in."""

    title: str
    width: float = 16
    is_open: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()  # offered in every cell; other words are refused


@dataclass(frozen=True)
class Table:
    """One sheet to write: name, columns, rows (any iterable, read once).

    Protected against slips, without a password: whoever must may lift it.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence]
    is_protected: bool = False


def write_rows(tables: Sequence[Table], target: IO[bytes] | None = None) -> bytes:
    """An .xlsx with a sheet per table, text always as text and never a formula; into `target`, else returned."""
    output = target if target is not None else io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as package:
        for path, content in _frame(tables):
            package.writestr(_entry(path), content)
        for number, table in enumerate(tables, start=1):
            with package.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                _write_sheet(part, table)
    return output.getvalue() if isinstance(output, io.BytesIO) and target is None else b""


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence], delimiter: str = ",") -> bytes:
    """A .csv that Excel opens in Vietnamese (UTF-8 with mark); texts that look like a formula begin with '."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=delimiter)
    writer.writerow([_csv_value(column.title) for column in columns])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _csv_value(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = _INVALID.sub("", str(value))
    is_number = isinstance(value, int | float | Decimal)
    return text if is_number or not text.startswith(_FORMULA_START) else f"'{text}"


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry


def _frame(tables: Sequence[Table]) -> Iterable[tuple[str, str]]:
    """The small parts around the sheets, in a fixed order."""
    numbers = range(1, len(tables) + 1)
    overrides = "".join(_override(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers)
    yield (
        "[Content_Types].xml",
        f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_override('/xl/workbook.xml', 'sheet.main')}{_override('/xl/styles.xml', 'styles')}{overrides}</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield "xl/workbook.xml", _workbook(tables)
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _override(path: str, kind: str) -> str:
    return f'<Override PartName="{path}" ContentType="{_CONTENT}.{kind}+xml"/>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(targets, start=1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def _workbook(tables: Sequence[Table]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(_sheet_names(tables), start=1)
    )
    return f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """Names that Excel accepts: 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        name = _BAD_IN_SHEET_NAME.sub("-", _INVALID.sub("", table.name)).strip("' ")[:31] or f"Trang {number}"
        taken = name.lower() in {other.lower() for other in names}
        names.append(f"{name[:27]} {number}" if taken else name)
    return names


def _write_sheet(part: IO[bytes], table: Table) -> None:
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{column.width}" customWidth="1"{HIDDEN if column.is_hidden else ""}/>'
        for index, column in enumerate(table.columns, start=1)
    )
    part.write(
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{widths}</cols>' if widths else ''}<sheetData>".encode()
    )
    letters = [column_letter(index) for index in range(1, len(table.columns) + 1)]
    header = [
        _text_cell(f"{letter}1", column.title, _HEADER) for letter, column in zip(letters, table.columns, strict=True)
    ]
    part.write(_row(1, header))
    last = 1
    for last, row in enumerate(table.rows, start=2):
        part.write(_row(last, _cells(last, letters, row, table)))
    part.write(f"</sheetData>{_guards(table, letters, last)}</worksheet>".encode())


def _cells(number: int, letters: Sequence[str], row: Sequence, table: Table) -> list[str]:
    if not table.is_protected:
        return [_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True)]
    return [
        _open_cell(f"{letter}{number}", value) if column.is_open else _cell(f"{letter}{number}", value)
        for letter, column, value in zip(letters, table.columns, row, strict=True)
    ]


def _open_cell(reference: str, value) -> str:
    """A cell to fill in: text, so that what is typed comes back as it was typed."""
    return _text_cell(reference, str(value), _OPEN) if value not in (None, "") else f'<c r="{reference}" s="{_OPEN}"/>'


def _guards(table: Table, letters: Sequence[str], last: int) -> str:
    """The lock of a protected sheet and the words that its cells offer, in the order of the standard."""
    lists = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{letter}2:{letter}{max(2, last)}">'
        f"<formula1>{escape(chr(34) + ','.join(column.choices) + chr(34))}</formula1></dataValidation>"
        for letter, column in zip(letters, table.columns, strict=True)
        if column.choices
    ]
    lock = '<sheetProtection sheet="1" formatColumns="0" formatRows="0"/>' if table.is_protected else ""
    offered = f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""
    return lock + offered


def _row(number: int, cells: Sequence[str]) -> bytes:
    return f'<row r="{number}">{"".join(cells)}</row>'.encode()


def _cell(reference: str, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return _text_cell(reference, value, _TEXT)
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal) and -_EXACT < value < _EXACT:
        return f'<c r="{reference}"><v>{value:f}</v></c>' if isinstance(value, Decimal) else _number(reference, value)
    if isinstance(value, date):
        return _date_cell(reference, value)
    return _text_cell(reference, str(value), _TEXT)


def _number(reference: str, value: float) -> str:
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def _date_cell(reference: str, value: date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_RELIABLE_DAY:
        return _text_cell(reference, f"{day:%d/%m/%Y}", _TEXT)
    serial = (day - _ZERO_DAY).days
    if not isinstance(value, datetime):
        return f'<c r="{reference}" s="{_DATE}"><v>{serial}</v></c>'
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f'<c r="{reference}" s="{_TIME}"><v>{serial + seconds / 86400!r}</v></c>'


def _text_cell(reference: str, value: str, style: int) -> str:
    if len(value) > MAX_CELL_CHARACTERS:
        raise SheetError(
            f"Ô {reference} dài quá {MAX_CELL_CHARACTERS} ký tự nên Excel không nhận. Hãy rút ngắn nội dung."
        )
    text = value if value.isalnum() else _escaped(value)
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _escaped(value: str) -> str:
    visible = _INVALID.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return escape(_ESCAPE_LIKE.sub("_x005F_", visible))
