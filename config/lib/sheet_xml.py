"""What python-calamine hides of an .xlsx: extent, formulas without a stored value, dates shown as month and year,
texts in several formats."""

import posixpath
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from config.lib.sheet_files import AS_XLSX, BROKEN, SafeZip
from config.lib.sheet_fonts import styles_in_old_fonts
from config.lib.sheet_model import Position, SheetError, column_index

_CELL_WITH_CONTENT = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>\s*<[^/]"
)
# Nothing of this kind: at most 99.999 rows and 52 columns, no need to look at every cell.
_FAR_CELL = re.compile(rb"""r\s*=\s*["'](?:[A-Z]{3}|[B-Z][A-Z]|[A-Z]{1,2}\d{5})\d""")
_CELL_WITHOUT_REF = re.compile(rb"<(?:\w+:)?c(?:>|\s+(?!r\s*=)(?![^>]*\sr\s*=)[^>]*>)")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c(\s[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\b[^>]*>([^<]*))?"
)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_LITERAL = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.')
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.S)
_INLINE_TEXT = re.compile(rb"<(?:\w+:)?c(\s[^>]*)>\s*<(?:\w+:)?is>(.*?)</(?:\w+:)?is>", re.S)
_RUN = re.compile(rb"<(?:\w+:)?r[\s>]")
_MMM_YY = 17  # the built-in number format mmm-yy


@dataclass
class SheetMarks:
    """Extent of the cells with content (0 if near), and the positions that need a remark."""

    rows: int = 0
    columns: int = 0
    formulas_without_value: set[Position] = field(default_factory=set)
    shown_as_month: set[Position] = field(default_factory=set)
    rich_texts: set[Position] = field(default_factory=set)
    old_fonts: dict[str, set[Position]] = field(default_factory=dict)


def sheet_marks(parts: SafeZip) -> dict[str, SheetMarks]:
    """Marks of every worksheet, by the name of the sheet."""
    styles = _read_styles(parts.read("xl/styles.xml"))
    rich = _rich_strings(parts.read("xl/sharedStrings.xml"))
    return {name: _marks(parts.read(path), styles, rich) for name, path in _worksheets(parts).items()}


def _worksheets(parts: SafeZip) -> dict[str, str]:
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip("/")
        for relation in _parse(parts.read("xl/_rels/workbook.xml.rels"))
        if relation.get("Type", "").endswith("/worksheet")
    }
    sheets = [node for node in _parse(parts.read("xl/workbook.xml")).iter() if _local(node) == "sheet"]
    relations = {sheet.get("name", ""): _relation(sheet) for sheet in sheets}
    return {name: targets[relation] for name, relation in relations.items() if relation in targets}


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _parse(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml:
        raise SheetError(BROKEN)
    try:
        return ElementTree.fromstring(xml)  # no DOCTYPE, so no entities
    except ElementTree.ParseError as error:
        raise SheetError(BROKEN) from error


@dataclass
class _Styles:
    """Numbers of the cell styles that show month and year but no day, and of those in old fonts by encoding."""

    months: set[int] = field(default_factory=set)
    old_fonts: dict[str, set[int]] = field(default_factory=dict)


def _read_styles(xml: bytes) -> _Styles:
    if not xml:
        return _Styles()
    root = _parse(xml)
    codes = {node.get("numFmtId"): node.get("formatCode", "") for node in root.iter() if _local(node) == "numFmt"}
    months = {number for number, code in codes.items() if _shows_month_only(code)} | {str(_MMM_YY)} - set(codes)
    styles = next((node for node in root if _local(node) == "cellXfs"), ())
    fonts = next((node for node in root if _local(node) == "fonts"), ())
    return _Styles(
        {index for index, style in enumerate(styles) if style.get("numFmtId") in months},
        styles_in_old_fonts(map(_font_name, fonts), (int(style.get("fontId") or 0) for style in styles)),
    )


def _font_name(font: ElementTree.Element) -> str:
    return next((node.get("val", "") for node in font if _local(node) in ("name", "rFont")), "")


def _shows_month_only(code: str) -> bool:
    letters = set(_LITERAL.sub("", code.split(";")[0]).lower())
    return {"m", "y"} <= letters and not letters & set("dhs")


def _rich_strings(xml: bytes) -> set[int]:
    """Numbers of the shared texts that consist of runs in several formats."""
    if not _RUN.search(xml):
        return set()
    return {number for number, text in enumerate(_SHARED_TEXT.findall(xml)) if len(_RUN.findall(text)) > 1}


def _marks(xml: bytes, styles: _Styles, rich: set[int]) -> SheetMarks:
    if b"<!DOCTYPE" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SheetError(BROKEN)
    if _CELL_WITHOUT_REF.search(xml):
        raise SheetError(f"Tệp không ghi vị trí của ô. {AS_XLSX}")
    rows, columns = _extent(xml) if _FAR_CELL.search(xml) else (0, 0)
    return SheetMarks(
        rows=rows,
        columns=columns,
        formulas_without_value=_formulas_without_value(xml),
        shown_as_month=_cells_of_style(xml, styles.months),
        rich_texts=_cells_of_text(xml, rich) | _inline_rich_texts(xml),
        old_fonts={encoding: _cells_of_style(xml, numbers) for encoding, numbers in styles.old_fonts.items()},
    )


def _extent(xml: bytes) -> tuple[int, int]:
    """Last row and last column that hold anything; cells that have a format only do not count."""
    cells = _CELL_WITH_CONTENT.findall(xml)
    columns = {column_index(column.decode()) for column in {column for column, _ in cells}}
    return max((int(row) for _, row in cells), default=0), max(columns, default=0)


def _formulas_without_value(xml: bytes) -> set[Position]:
    if b"<f" not in xml and b":f" not in xml:
        return set()
    return {
        _position(found.group(1))
        for found in _FORMULA.finditer(xml)
        if not _has_value(_type_of(found.group(1)), found.group(2))
    }


def _has_value(kind: bytes, value: bytes | None) -> bool:
    """A formula may have the empty text as its value; an error (#REF!) is none."""
    if value is None or kind == b"e":
        return False
    return kind == b"str" or bool(value.strip())


def _type_of(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return found.group(1) if found else b"n"


def _position(attributes: bytes) -> Position:
    found = _REFERENCE.search(attributes)
    if found is None:
        raise SheetError(BROKEN)
    return int(found.group(2)), column_index(found.group(1).decode())


def _cells_of_style(xml: bytes, styles: set[int]) -> set[Position]:
    if not styles:
        return set()
    numbers = "|".join(map(str, sorted(styles))).encode()
    cell = re.compile(rb"<(?:\w+:)?c(\s(?:[^>]*?\s)?s\s*=\s*[\"'](?:" + numbers + rb")[\"'][^>]*)(?<!/)>")
    return {_position(found.group(1)) for found in cell.finditer(xml)}


def _cells_of_text(xml: bytes, texts: set[int]) -> set[Position]:
    if not texts:
        return set()
    numbers = b"|".join(str(number).encode() for number in sorted(texts))
    cell = re.compile(rb"<(?:\w+:)?c(\s[^>]*\st\s*=\s*[\"']s[\"'][^>]*)>\s*<(?:\w+:)?v>(?:" + numbers + rb")</")
    return {_position(found.group(1)) for found in cell.finditer(xml)}


def _inline_rich_texts(xml: bytes) -> set[Position]:
    if b"is>" not in xml:
        return set()
    return {_position(found.group(1)) for found in _INLINE_TEXT.finditer(xml) if len(_RUN.findall(found.group(2))) > 1}
