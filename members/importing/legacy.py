"""Lists typed in the fonts of before Unicode (.VnTime, VNI-Times), decoded before anything is read."""

from itertools import islice

from config.lib.sheet_model import Workbook
from config.lib.vietnamese import decode_legacy, looks_legacy

SAMPLE = 300


def decode_workbook(workbook: Workbook) -> str | None:
    """Decode the texts of a workbook in place; the name of the encoding, None for Unicode."""
    marked = (
        value
        for sheet in workbook.sheets
        for row in sheet.rows
        for value in row
        if isinstance(value, str) and not value.isascii()
    )
    encoding = looks_legacy(" ".join(islice(marked, SAMPLE)))
    if encoding:
        for sheet in workbook.sheets:
            sheet.rows = [[_decoded(value, encoding) for value in row] for row in sheet.rows]
    return encoding


def _decoded(value, encoding):
    return decode_legacy(value, encoding) if isinstance(value, str) and not value.isascii() else value
