"""Reading any .xlsx, .xls or .csv into plain rows, safely: the type by signature, the size before the content."""

import io
from datetime import date, time, timedelta
from math import isfinite
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from config.lib.sheet_csv import read_csv
from config.lib.sheet_files import BROKEN, MAX_FILE_BYTES, PROTECTED, SafeZip, kind_of
from config.lib.sheet_fonts import old_fonts_of_xls
from config.lib.sheet_model import MAX_CELL_CHARACTERS, Cell, Sheet, SheetError, Workbook, cell_name, column_letter
from config.lib.sheet_xml import SheetMarks, sheet_marks

__all__ = ["Cell", "Sheet", "SheetError", "Workbook", "cell_name", "column_letter", "read_workbook"]

MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELLS = 6_000_000  # of the rectangle that calamine lays out, 32 bytes each


def read_workbook(data: bytes | Path | str, name: str) -> Workbook:
    """The workbook in `data` (its bytes or its path); `SheetError` says in Vietnamese what is wrong and what to do."""
    content = _content(data)
    kind = kind_of(content)
    if kind == "csv":
        return Workbook(name, kind, [_sheet(Path(name).stem or "CSV", read_csv(content))])
    marks = sheet_marks(SafeZip(content)) if kind == "xlsx" else {}
    for sheet_name, found in marks.items():
        _refuse_extent(sheet_name, found.rows, found.columns)
    sheets = _sheets(content, marks)
    fonts = old_fonts_of_xls(content) if kind == "xls" else {}
    for sheet in sheets:
        sheet.old_fonts = fonts.get(sheet.name, sheet.old_fonts)
    return Workbook(name, kind, sheets)


def _content(data: bytes | Path | str) -> bytes:
    size = len(data) if isinstance(data, bytes) else Path(data).stat().st_size
    if size > MAX_FILE_BYTES:
        raise SheetError(
            f"Tệp lớn {size / 2**20:.0f} MB, vượt mức {MAX_FILE_BYTES // 2**20} MB. "
            "Hãy xóa hình ảnh và các trang không cần, hoặc chia danh sách thành nhiều tệp."
        )
    return data if isinstance(data, bytes) else Path(data).read_bytes()


def _refuse_extent(sheet: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise SheetError(
            f"Trang “{sheet}” có dữ liệu đến dòng {_grouped(rows)}, vượt mức {_grouped(MAX_ROWS)} dòng. "
            "Hãy xóa các ô thừa ở cuối trang hoặc chia danh sách thành nhiều tệp."
        )
    if columns > MAX_COLUMNS:
        raise SheetError(
            f"Trang “{sheet}” có dữ liệu đến cột {column_letter(columns)}, vượt mức {MAX_COLUMNS} cột. "
            "Hãy xóa các ô thừa ở bên phải rồi gửi lại."
        )
    if rows * columns > MAX_CELLS:
        raise SheetError(
            f"Trang “{sheet}” quá lớn ({_grouped(rows)} dòng × {columns} cột). Hãy chia danh sách thành nhiều tệp."
        )


def _sheets(content: bytes, marks: dict[str, SheetMarks]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        worksheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return [_calamine_sheet(book, meta, marks.get(meta.name, SheetMarks())) for meta in worksheets]
    except (SheetError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        raise SheetError(PROTECTED if "assword" in str(error) else BROKEN) from error


def _calamine_sheet(book, meta, marks: SheetMarks) -> Sheet:
    found = book.get_sheet_by_name(meta.name)
    _refuse_extent(meta.name, found.total_height, found.total_width)
    sheet = _sheet(meta.name, found.to_python(skip_empty_area=False))
    sheet.hidden = meta.visible != SheetVisibleEnum.Visible
    sheet.formulas_without_value = marks.formulas_without_value
    sheet.rich_texts = marks.rich_texts
    sheet.old_fonts = marks.old_fonts
    sheet.month_only_dates = {position for position in marks.shown_as_month if _starts_month(sheet.cell(*position))}
    return sheet


def _starts_month(value: Cell) -> bool:
    return isinstance(value, date) and value.day == 1


def _sheet(name: str, rows: list[list]) -> Sheet:
    _refuse_extent(name, len(rows), max(map(len, rows), default=0))
    return Sheet(name, [_values(name, number, row) for number, row in enumerate(rows, start=1)])


def _values(sheet: str, number: int, row: list) -> list[Cell]:
    values = [_value(value) for value in row]
    for column, value in enumerate(values, start=1):
        if isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS:
            raise SheetError(
                f"Ô {cell_name(number, column)} của trang “{sheet}” dài {_grouped(len(value))} ký tự, "
                f"vượt mức {_grouped(MAX_CELL_CHARACTERS)} ký tự của Excel. Hãy rút ngắn ô này rồi gửi lại."
            )
    return values


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _value(value) -> Cell:
    """One value of calamine as ours: no empty texts, whole numbers as int, times of day and what is no number as text.

    The character zero, which no database keeps, becomes another control character and is refused like it.
    """
    if isinstance(value, str):
        return value.replace("\0", "\x01") or None
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        return int(value) if value.is_integer() else value
    if isinstance(value, time | timedelta):
        return str(value)
    return value
