"""Which cells stand in a font of before Unicode: a hint for reading them, never a reason to refuse a file."""

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator

from config.lib.sheet_model import Position

TCVN3, TCVN3_CAPITALS, VNI = "tcvn3", "tcvn3_capitals", "vni"
_NO_CHAIN = 0xFFFFFFFA  # from here on a sector number means an end
_MOST_SECTORS = 200_000
_BOUNDSHEET, _FONT, _XF, _EOF = 0x85, 0x31, 0xE0, 0x0A
_TEXT_CELLS = {0xFD, 0x204, 0xD6, 0x06}  # LABELSST, LABEL, RSTRING, FORMULA
_BIFF8 = 0x0600


def font_encoding(name: str) -> str:
    """The encoding of the fonts of that family, "" for Unicode: .VnTime is TCVN3, .VnTimeH shows capitals only."""
    plain = name.strip().lower()
    if plain.startswith(".vn"):
        return TCVN3_CAPITALS if plain.endswith("h") else TCVN3
    return VNI if re.match(r"vni[-\s]", plain) else ""


def old_fonts_of_xls(content: bytes) -> dict[str, dict[str, set[Position]]]:
    """{sheet: {encoding: positions}} of an .xls; empty when no font of it is an old one, or it cannot be told."""
    try:
        stream = _workbook_stream(content)
        return _read_globals(stream) if stream else {}
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}


# --- the compound file -----------------------------------------------------------------------------------------------


def _workbook_stream(content: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small_size = 1 << struct.unpack_from("<H", content, 32)[0]
    directory, cutoff, small_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    table = _sector_table(content, size)
    entries = _chain(content, directory, table, size)
    for name, start, length in _entries(entries):
        if name in ("Workbook", "Book"):
            if length >= cutoff:
                return _chain(content, start, table, size)[:length]
            root = next(_entries(entries))
            whole = _chain(content, root[1], table, size)
            numbers = _chain(content, small_start, table, size)
            small_table = struct.unpack(f"<{len(numbers) // 4}I", numbers)
            return _small_chain(whole, start, small_table, small_size)[:length]
    return b""


def _sector_table(content, size):
    """The file allocation table, whose own sectors the header names first, then a chain of further ones."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, _MOST_SECTORS)):
        part = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        sectors += part[:-1]
        more = part[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _NO_CHAIN:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return table


def _chain(content, start, table, size):
    parts = []
    while start < _NO_CHAIN and len(parts) < _MOST_SECTORS:
        parts.append(content[(start + 1) * size : (start + 2) * size])
        start = table[start]
    return b"".join(parts)


def _small_chain(whole, start, table, size):
    parts = []
    while start < _NO_CHAIN and len(parts) < _MOST_SECTORS:
        parts.append(whole[start * size : (start + 1) * size])
        start = table[start]
    return b"".join(parts)


def _entries(directory) -> Iterator[tuple[str, int, int]]:
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le")
        yield (name, *struct.unpack_from("<II", directory, at + 116))


# --- the records of the workbook -------------------------------------------------------------------------------------


def _records(stream, at) -> Iterator[tuple[int, int, int]]:
    """(kind, start of its data, length) up to the end of the part that begins at `at`."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, at + 4, length
        at += 4 + length


def _read_globals(stream):
    fonts: list[str] = []
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    is_new = struct.unpack_from("<H", stream, 4)[0] == _BIFF8
    for kind, at, _ in _records(stream, 0):
        if kind == _FONT:
            fonts.append(font_encoding(_name(stream, at + 14, is_new)))
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", stream, at)[0])
        elif kind == _BOUNDSHEET:
            sheets.append((_name(stream, at + 6, is_new), struct.unpack_from("<I", stream, at)[0]))
    if not any(fonts):
        return {}
    # number 4 is left out in old workbooks: the fifth font is number 5
    by_style = {number: _font_at(fonts, font) for number, font in enumerate(styles)}
    old = {number: encoding for number, encoding in by_style.items() if encoding}
    return {name: _cells(stream, start, old) for name, start in sheets}


def _font_at(fonts, number):
    at = number if number < 4 else number - 1
    return fonts[at] if at < len(fonts) else ""


def _name(stream, at, is_new):
    """A short text: length, in new workbooks a mark of two-byte letters, letters."""
    length = stream[at]
    if not is_new:
        return stream[at + 1 : at + 1 + length].decode("latin-1")
    if stream[at + 1] & 1:
        return stream[at + 2 : at + 2 + 2 * length].decode("utf-16-le")
    return stream[at + 2 : at + 2 + length].decode("latin-1")


def _cells(stream, start, old):
    found: dict[str, set[Position]] = defaultdict(set)
    for kind, at, _ in _records(stream, start):
        if kind in _TEXT_CELLS:
            row, column, style = struct.unpack_from("<HHH", stream, at)
            if encoding := old.get(style):
                found[encoding].add((row + 1, column + 1))
    return dict(found)


def styles_in_old_fonts(fonts: Iterable[str], styles: Iterable[int]) -> dict[str, set[int]]:
    """{encoding: numbers of cell styles} from the names of the fonts and the font number of every style of an .xlsx."""
    encodings = [font_encoding(name) for name in fonts]
    found: dict[str, set[int]] = defaultdict(set)
    for number, font in enumerate(styles):
        if font < len(encodings) and encodings[font]:
            found[encodings[font]].add(number)
    return dict(found)
