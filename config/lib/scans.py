"""Scans that come in from outside: recognised by their content, read by a real parser, active content taken out.

A file can be made to exhaust whoever reads it, so it is read in a process of its own (`examine_apart`) with little
memory and time: that process ends, the server goes on.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SIGNATURES = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
MOST_PAGES = 400
MOST_PIXELS = 60_000_000  # A4 at 600 dots per inch has 35 million
MOST_OBJECTS = 100_000
MEMORY, UNPACKED, SECONDS = 1 << 30, 256 << 20, 20  # of the process that reads: all, one packed part, processor time
ROOT = Path(__file__).resolve().parents[2]

TOO_MUCH = "Tệp cần quá nhiều bộ nhớ hoặc thời gian để đọc nên không nhận. Hãy quét lại ở độ phân giải 200–300 dpi."
NOT_READ = "Không đọc được tệp: tệp bị hỏng hoặc không đúng loại. Hãy quét lại rồi gửi tệp mới."

SCRIPT, STARTS, SENDS, ATTACHED, MEDIA, EXTRA = (
    "mã lệnh",
    "hành động khi mở tệp",
    "lệnh mở chương trình, gửi dữ liệu",
    "tệp đính kèm",
    "nội dung đa phương tiện, biểu mẫu động",
    "dữ liệu lạ ngoài nội dung",
)
ACTIONS = {
    "/JavaScript": SCRIPT, "/Rendition": MEDIA, "/Movie": MEDIA, "/Sound": MEDIA, "/RichMediaExecute": MEDIA,
    "/Launch": SENDS, "/SubmitForm": SENDS, "/ImportData": SENDS, "/GoToR": SENDS, "/GoToE": SENDS,
}  # fmt: skip
KEYS = {"/EF": ATTACHED, "/XFA": MEDIA, "/RichMediaContent": MEDIA, "/JS": SCRIPT}
ROOT_KEYS = {"/OpenAction": STARTS, "/AA": STARTS, "/AF": ATTACHED, "/Collection": ATTACHED}
NAME_TREES = {"/JavaScript": SCRIPT, "/EmbeddedFiles": ATTACHED}
ANNOTATIONS = {"/FileAttachment": ATTACHED, "/RichMedia": MEDIA, "/Screen": MEDIA, "/Movie": MEDIA, "/Sound": MEDIA,
               "/3D": MEDIA}  # fmt: skip

logger = logging.getLogger(__name__)


class ScanRefused(Exception):
    """A file that is not taken in; the message says why and what to do."""


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: what it is, what was taken out of it, and its bytes after that."""

    media_type: str
    pages: int
    removed: tuple[str, ...]
    content: bytes


def examine_apart(content: bytes) -> Examined:
    """`examine` in a process of its own; what exhausts that process is refused."""
    command = [sys.executable, "-m", "config.lib.scan_reading"]
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS * 2, cwd=ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ScanRefused(TOO_MUCH) from None
    if done.returncode:
        logger.warning("a scan ended its reader: %s", done.stderr.decode(errors="replace")[-300:])
        raise ScanRefused(TOO_MUCH)
    head, _, rewritten = done.stdout.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise ScanRefused(said["refused"])
    return Examined(said["media_type"], said["pages"], tuple(said["removed"]), rewritten or content)


def examine(content: bytes) -> Examined:
    """What a file is by its content; ScanRefused where it is neither PDF, JPEG nor PNG, or not safe to keep."""
    media_type = next((kind for mark, kind in SIGNATURES.items() if content.startswith(mark)), None)
    if media_type is None:
        raise ScanRefused(
            "Nội dung tệp không phải PDF, JPEG hay PNG, dù tên tệp ghi thế nào. Hãy gửi bản quét tài liệu."
        )
    return _examine_pdf(content) if media_type == PDF else _examine_image(content, media_type)


def _examine_image(content: bytes, media_type: str) -> Examined:
    from PIL import Image, ImageFile  # noqa: PLC0415 -- slow import

    Image.MAX_IMAGE_PIXELS = None  # the size is checked here, before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # half a picture is none; a library that prints may have said otherwise
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            _refuse_huge(image.width, image.height)
            if getattr(image, "n_frames", 1) > 1 and media_type == PNG:
                raise ScanRefused("Ảnh động không phải là bản quét tài liệu.")
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise ScanRefused(NOT_READ) from None
    return Examined(media_type, 1, (), content)


def _refuse_huge(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ScanRefused(
            f"Ảnh {width} × {height} điểm, quá lớn để đọc an toàn (nhiều nhất {MOST_PIXELS // 1_000_000} triệu điểm). "
            "Hãy quét lại ở độ phân giải 200–300 dpi."
        )


def _examine_pdf(content: bytes) -> Examined:
    import pikepdf  # noqa: PLC0415 -- slow import

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise ScanRefused("Tệp PDF bị khóa hoặc mã hóa. Hãy bỏ khóa rồi gửi lại.")
            found = Examined(PDF, _pages(pdf), (), content)
            removed = dict.fromkeys(_disarmed(pdf))
            if _has_extra(content):
                removed[EXTRA] = None
            if not removed:
                return found
            target = BytesIO()
            pdf.save(target)
            return replace(found, removed=tuple(removed), content=target.getvalue())
    except pikepdf.PasswordError:
        raise ScanRefused("Tệp PDF bị khóa hoặc mã hóa. Hãy bỏ khóa rồi gửi lại.") from None
    except (pikepdf.PikepdfError, ValueError, KeyError, TypeError, RuntimeError, AttributeError):
        raise ScanRefused(NOT_READ) from None


def _pages(pdf: Any) -> int:
    pages = len(pdf.pages)
    if not pages:
        raise ScanRefused("Tệp PDF không có trang nào.")
    if pages > MOST_PAGES:
        raise ScanRefused(f"Tệp có {pages} trang, nhiều nhất {MOST_PAGES} trang. Hãy chia thành nhiều tệp.")
    if len(pdf.objects) > MOST_OBJECTS:
        raise ScanRefused("Tệp PDF quá phức tạp so với một bản quét. Hãy quét lại tài liệu giấy.")
    return pages


def _has_extra(content: bytes) -> bool:
    """Whether something follows the end of the document: another file hidden behind it."""
    return bool(content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\0 "))


def _disarmed(pdf: Any) -> Iterator[str]:
    """Take out everything that acts by itself or carries other files; say what there was."""
    for key, words in ROOT_KEYS.items():
        yield from _dropped(pdf.Root, key, words)
    names = pdf.Root.get("/Names")
    if names is not None:
        for key, words in NAME_TREES.items():
            yield from _dropped(names, key, words)
    for page in pdf.pages:
        yield from _dropped(page.obj, "/AA", STARTS)
        yield from _without_annotations(page)
    for owner in _dictionaries(pdf):
        yield from _disarm(owner)


def _disarm(owner: Any) -> Iterator[str]:
    kind = str(owner.get("/S", ""))
    if kind in ACTIONS:
        for key in list(owner.keys()):
            del owner[key]
        yield ACTIONS[kind]
        return
    for key, words in KEYS.items():
        yield from _dropped(owner, key, words)
    if str(owner.get("/Subtype", "")) == "/Image":
        _refuse_huge(int(owner.get("/Width", 0)), int(owner.get("/Height", 0)))


def _dropped(owner: Any, key: str, words: str) -> Iterator[str]:
    if key in owner:
        del owner[key]
        yield words


def _without_annotations(page: Any) -> Iterator[str]:
    rows = page.obj.get("/Annots")
    if rows is None:
        return
    for place in range(len(rows) - 1, -1, -1):
        words = ANNOTATIONS.get(str(rows[place].get("/Subtype", "")))
        if words:
            del rows[place]
            yield words


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary, those of streams too: the indirect ones and what stands directly in them."""
    from pikepdf import Array, Dictionary, Stream  # noqa: PLC0415 -- slow import

    for each in pdf.objects:
        waiting = [each]
        while waiting:
            current = waiting.pop()
            if isinstance(current, Array):
                inside = list(current)
            elif isinstance(current, Dictionary | Stream):
                yield current
                inside = [current[key] for key in list(current.keys())]
            else:
                continue
            waiting += [one for one in inside if isinstance(one, Array | Dictionary) and not one.is_indirect]
