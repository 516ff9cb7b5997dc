"""Text tables: which encoding, which delimiter, which rows."""

import codecs
import csv
import io

from config.lib.sheet_files import AS_XLSX, MAX_FILE_BYTES
from config.lib.sheet_model import SheetError
from config.lib.vietnamese import looks_legacy

DELIMITERS = ",;\t"
_SAMPLE = 2**16
_SAMPLE_ROWS = 50

csv.field_size_limit(MAX_FILE_BYTES)  # the reader refuses long cells itself, by name


def read_csv(data: bytes) -> list[list[str]]:
    """Rows of a .csv in UTF-8, UTF-16, windows-1258 or a legacy font encoding, all of one width."""
    text = _decode(data)
    hint, text = _separator_line(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=hint or _delimiter(text)))
    except csv.Error as error:
        raise SheetError(f"Tệp .csv không đọc được thành bảng. {AS_XLSX}") from error
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    if b"\0" in data[:_SAMPLE]:
        return _decoded(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, _single_byte_encoding(data))


def _single_byte_encoding(data: bytes) -> str:
    """Text of the old fonts must stay Latin to be decoded cell by cell; all else is Windows Vietnamese."""
    words = data[:_SAMPLE].decode("latin-1").translate(dict.fromkeys(map(ord, DELIMITERS + '"'), " "))
    return "latin-1" if looks_legacy(words) else "cp1258"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError(f"Không nhận ra bảng mã chữ của tệp, hoặc đây không phải bảng tính. {AS_XLSX}") from error


def _separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;" and the rest."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"').lower()
    if hint.startswith("sep=") and len(hint) == len("sep=;"):
        return hint[-1], rest
    return "", text


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first rows into the same number of columns, more columns winning."""
    return max(DELIMITERS, key=lambda sign: _agreement(text[:_SAMPLE], sign))


def _agreement(sample: str, sign: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    widths = [len(row) for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False) if len(row) > 1]
    if not widths:
        return 0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(usual), usual
