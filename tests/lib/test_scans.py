"""What comes in as a scan: good files whole, active content taken out, everything else refused."""

import hashlib
from io import BytesIO

import pikepdf
import pytest

from config.lib import scans
from config.lib.scans import JPEG, PDF, PNG, ScanRefused, examine, examine_apart
from tests.lib import scan_files as files

ACTIVE = (b"JavaScript", b"/JS", b"/OpenAction", b"Launch", b"cmd.exe", b"MZ program", b"/EF", b"/XFA", b"alert")


def unpacked(content):
    """The bytes of a PDF with every stream of objects opened."""
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(target, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                      stream_decode_level=pikepdf.StreamDecodeLevel.all)  # fmt: skip
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [(files.pdf(3), PDF, 3), (files.picture("JPEG"), JPEG, 1), (files.picture("PNG"), PNG, 1)],
    ids=["pdf", "jpeg", "png"],
)
def test_a_good_scan_is_kept_as_it_is(content, media_type, pages):
    found = examine(content)
    assert (found.media_type, found.pages, found.removed, found.content) == (media_type, pages, (), content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (files.on_opening, scans.SCRIPT),
        (files.on_opening, scans.STARTS),
        (files.on_a_page, scans.SCRIPT),
        (files.in_the_names, scans.SCRIPT),
        (files.in_a_field, scans.SCRIPT),
        (files.in_a_field, scans.MEDIA),
        (files.chained, scans.SCRIPT),
        (files.launching, scans.SENDS),
        (files.attaching, scans.ATTACHED),
        (files.pinned_to_a_page, scans.ATTACHED),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in-streams"])
def test_active_content_is_taken_out(change, words, packed):
    modes = pikepdf.ObjectStreamMode
    sent = files.pdf(2, change, object_stream_mode=modes.generate if packed else modes.disable)
    assert any(mark in unpacked(sent) for mark in ACTIVE)
    found = examine(sent)
    assert words in found.removed
    assert [mark for mark in ACTIVE if mark in unpacked(found.content)] == []
    assert (found.pages, examine(found.content).removed) == (2, ())


def test_what_hides_behind_the_end_of_a_pdf_is_cut_off():
    found = examine(files.pdf() + b"\nPK\x03\x04 another file MZ program")
    assert found.removed == (scans.EXTRA,)
    assert b"MZ program" not in found.content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\0\x03 This program cannot be run in DOS mode", "không phải PDF, JPEG hay PNG"),
        (b"", "không phải PDF, JPEG hay PNG"),
        (b"<html><script>alert(1)</script>", "không phải PDF, JPEG hay PNG"),
        (b"GIF89a%PDF-1.7", "không phải PDF, JPEG hay PNG"),
        (b"%PDF-1.7\nMZ\x90\0 This program cannot be run in DOS mode", "Không đọc được tệp"),
        (b"\xff\xd8\xffMZ\x90\0 not a picture", "Không đọc được tệp"),
        (b"\x89PNG\r\n\x1a\nMZ\x90\0 not a picture", "Không đọc được tệp"),
        (files.picture("PNG", (400, 400))[:300], "Không đọc được tệp"),
        (files.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "bị khóa hoặc mã hóa"),
        (files.pdf(encryption=pikepdf.Encryption(owner="a", user="")), "bị khóa hoặc mã hóa"),
        (files.pdf(0), "không có trang nào"),
        (files.pdf(scans.MOST_PAGES + 1), "401 trang, nhiều nhất 400"),
        (files.pdf(1, files.huge_picture), "60000 × 60000 điểm"),
        (files.bomb_of_pixels(), "50000 × 50000 điểm"),
    ],
    ids=["exe", "nothing", "page", "two-kinds", "exe-with-a-pdf-head", "exe-with-a-jpeg-head", "exe-with-a-png-head",
         "half-a-picture", "locked", "encrypted", "no-page", "too-many-pages", "huge-picture-in-a-pdf", "picture-bomb"],
)  # fmt: skip
def test_what_is_no_safe_scan_is_refused_in_words(content, words):
    with pytest.raises(ScanRefused, match=words):
        examine(content)


def test_a_scan_is_read_in_a_process_of_its_own():
    good, active = files.picture("JPEG"), files.pdf(1, files.on_opening)
    assert examine_apart(good) == examine(good)
    found = examine_apart(active)
    assert (found.removed, found.pages) == (examine(active).removed, 1)
    assert b"/OpenAction" not in unpacked(found.content)
    with pytest.raises(ScanRefused, match="không phải PDF"):
        examine_apart(b"MZ")


def test_a_file_that_exhausts_its_reader_ends_the_reader_alone():
    bomb = files.bomb_of_objects()
    assert len(bomb) < 2 << 20
    with pytest.raises(ScanRefused):
        examine_apart(bomb)


def test_nothing_of_a_kept_file_is_lost():
    content = files.picture("JPEG", (2480, 3508))
    assert hashlib.sha256(examine(content).content).digest() == hashlib.sha256(content).digest()
