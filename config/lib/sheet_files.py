"""What a sent file really is, by its signature, and whether its zip may be opened at all."""

import io
import zipfile
import zlib
from typing import IO

from config.lib.sheet_model import SheetError

MAX_FILE_BYTES = 20 * 2**20
MAX_INFLATED_BYTES = 200 * 2**20
MAX_PARTS = 5_000
MAX_RATIO = 200  # a sheet of repeated cells reaches 60; a bomb starts at several hundred
RATIO_FROM_BYTES = 2**20
CHUNK = 2**18

AS_XLSX = "Hãy mở bằng Excel, chọn “Lưu thành” (Save As) kiểu “Excel Workbook (.xlsx)” rồi gửi lại."
BROKEN = f"Tệp bị hỏng hoặc chưa tải lên trọn vẹn. {AS_XLSX}"
TOO_LARGE_INSIDE = (
    "Tệp phình quá lớn khi giải nén nên không được mở. Hãy chép riêng phần danh sách sang một tệp mới rồi gửi lại."
)
PROTECTED = "Tệp được đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, gỡ mật khẩu, lưu lại rồi gửi lại."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_SIGNATURES = {
    b"%PDF": "một tệp PDF",
    b"{\\rtf": "một văn bản RTF",
    b"\x89PNG": "một hình ảnh",
    b"\xff\xd8\xff": "một hình ảnh",
    b"GIF8": "một hình ảnh",
    b"Rar!": "một tệp nén RAR",
    b"7z\xbc\xaf": "một tệp nén 7z",
    b"\x1f\x8b": "một tệp nén GZ",
    b"MZ": "một chương trình",
    b"SQLite format 3": "một cơ sở dữ liệu",
}
_MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta", b"<workbook", b"<head", b"<body", b"<div")


def kind_of(data: bytes) -> str:
    """ "xlsx", "xls" or "csv" by content, whatever the name says; anything else raises `SheetError`."""
    if not data.strip():
        raise SheetError("Tệp rỗng, không có dữ liệu nào. Hãy kiểm tra lại tệp trên máy rồi gửi lại.")
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    _refuse_other_files(data)
    return "csv"


def _refuse_other_files(data: bytes) -> None:
    for signature, what in _OTHER_SIGNATURES.items():
        if data.startswith(signature):
            raise _not_a_workbook(what)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        raise SheetError(f"Tệp thực ra là một trang web (HTML hoặc XML) mang tên bảng tính. {AS_XLSX}")


def _not_a_workbook(what: str) -> SheetError:
    return SheetError(f"Đây không phải bảng tính mà là {what}. Hãy gửi tệp Excel (.xlsx, .xls) hoặc .csv.")


def _kind_of_zip(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SheetError(BROKEN) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        raise _not_a_workbook("một văn bản Word (.docx)")
    if any(name.startswith("ppt/") for name in names):
        raise _not_a_workbook("một bài trình chiếu (.pptx)")
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise SheetError(f"Bảng tính kiểu .xlsb hoặc .ods chưa đọc được. {AS_XLSX}")
    raise _not_a_workbook("một tệp nén (.zip)")


def _kind_of_ole(data: bytes) -> str:
    """A compound file names its streams in UTF-16: the names tell an old workbook from all else."""
    if _stream("EncryptedPackage") in data:
        raise SheetError(PROTECTED)
    if _stream("Workbook") in data or _stream("Book") in data:
        return "xls"
    if _stream("WordDocument") in data:
        raise _not_a_workbook("một văn bản Word (.doc)")
    raise _not_a_workbook("một tệp Office kiểu khác")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


class SafeZip:
    """The parts of an .xlsx, inflated under a limit of bytes, of parts and of ratio; `SheetError` beyond."""

    def __init__(self, data: bytes):
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._parts = self._zip.infolist()
        self._refuse_by_declaration()
        self._sizes = {part.filename: self._measure(part) for part in self._parts}

    def read(self, name: str) -> bytes:
        """One part whole, empty if the file has no such part."""
        return self._zip.read(name) if name in self._sizes else b""

    def _refuse_by_declaration(self) -> None:
        if any(part.flag_bits & 1 for part in self._parts):
            raise SheetError(PROTECTED)
        if len(self._parts) > MAX_PARTS or len(self._parts) != len({part.filename for part in self._parts}):
            raise SheetError(BROKEN)
        if sum(part.file_size for part in self._parts) > MAX_INFLATED_BYTES:
            raise SheetError(TOO_LARGE_INSIDE)
        for part in self._parts:
            _refuse_ratio(part, part.file_size)

    def _measure(self, part: zipfile.ZipInfo) -> int:
        try:
            with self._zip.open(part) as stream:
                return self._count(part, stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise SheetError(BROKEN) from error

    def _count(self, part: zipfile.ZipInfo, stream: IO[bytes]) -> int:
        """Bytes that really come out: the declared sizes may lie."""
        size = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            _refuse_ratio(part, size)
            if size > MAX_INFLATED_BYTES:
                raise SheetError(TOO_LARGE_INSIDE)
        return size


def _refuse_ratio(part: zipfile.ZipInfo, size: int) -> None:
    if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(part.compress_size, 1):
        raise SheetError(TOO_LARGE_INSIDE)
