"""The name changed by decision, the locked birth date, the portrait: each with its papers, each with its refusals."""

import struct
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cells.models import LogEntry
from config.lib.vietnamese import sort_key
from members.actions.record import correct_member
from members.models import FormerName, Member, Photo
from members.sheet.photos import SIZE, neutral_photo, photo_bytes
from tests.factories import MemberFactory


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


@pytest.fixture
def secretary(as_, cast):
    return as_(cast.secretary)


def page(member, name):
    return reverse(f"members:{name}", args=[member.pk])


def acts(member, verb):
    return list(LogEntry.objects.about(member).filter(action=f"members.{verb}"))


# --- the name


def named(**changes):
    typed = {
        "full_name": "ĐẶNG THU  HÀ", "ground": "decision", "decision": "15-QĐ/ĐU", "decided_on": "02/03/2026",
        "decided_by": "Đảng ủy Phường Đông", "source": "Trích lục hộ tịch số 12", "revision": "1",
    }  # fmt: skip
    return typed | changes


def test_a_name_changes_by_decision_and_the_old_one_is_found(secretary, cast, member):
    assert secretary.post(page(member, "change_name"), named()).status_code == 302
    member.refresh_from_db()
    assert (member.full_name, member.former_names, member.revision) == ("Đặng Thu Hà", "Đặng Thị Hòa", 2)
    assert (member.search_key, member.sort_key) == ("dang thu ha dang thi hoa", sort_key("Đặng Thu Hà"))
    for typed in ("dang thi hoa", "thu hà"):
        assert list(Member.objects.matching(typed)) == [member]
        assert "Đặng Thu Hà" in secretary.get(reverse("search"), {"q": typed}).content.decode()
    [row] = FormerName.objects.all()
    assert (row.full_name, row.decision, row.decided_on, row.source, row.recorded_by) == (
        "Đặng Thị Hòa", "15-QĐ/ĐU", date(2026, 3, 2), "Trích lục hộ tịch số 12", cast.secretary,
    )  # fmt: skip
    [act] = acts(member, "change_name")
    assert (act.data["before"], act.data["after"], act.data["paper"]) == ("Đặng Thị Hòa", "Đặng Thu Hà", "15-QĐ/ĐU")
    assert "Đặng Thị Hòa" in secretary.get(page(member, "sheet")).content.decode()


def test_the_second_click_is_refused(secretary, member):
    secretary.post(page(member, "change_name"), named())
    again = secretary.post(page(member, "change_name"), named())
    assert "vừa được người khác sửa" in again.content.decode()
    assert FormerName.objects.count() == len(acts(member, "change_name")) == 1


@pytest.mark.parametrize("missing", ["decision", "decided_on", "decided_by", "source"])
def test_without_its_papers_a_name_stays(secretary, member, missing):
    answer = secretary.post(page(member, "change_name"), named(**{missing: ""}))
    assert list(answer.context["form"].errors) == [missing]
    member.refresh_from_db()
    assert member.full_name == "Đặng Thị Hòa"


def test_a_name_typed_unlike_the_file_is_mended_and_is_no_former_name(secretary, member):
    typed = named(ground="typed_wrong", decision="", decided_on="", decided_by="", source="Lý lịch năm 2005")
    assert secretary.post(page(member, "change_name"), typed).status_code == 302
    member.refresh_from_db()
    assert (member.full_name, member.former_names) == ("Đặng Thu Hà", "")
    assert FormerName.objects.get().ground == "typed_wrong"


def test_a_plain_correction_changes_accents_and_no_name(cast, member):
    with pytest.raises(ValidationError, match="chỉ theo quyết định"):
        correct_member(member, {"full_name": "Đặng Thu Hà"}, revision=1, reason="x", by=cast.secretary)
    correct_member(member, {"full_name": "Đặng Thị Hoa"}, revision=1, reason="sai dấu", by=cast.secretary)
    member.refresh_from_db()
    assert (member.full_name, member.revision) == ("Đặng Thị Hoa", 2)


# --- the portrait


def picture(kind="JPEG", size=(600, 900), colour="navy", **options):
    drawn = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, colour).save(drawn, kind, **options)
    return drawn.getvalue()


def sent(content, name="anh.jpg", content_type="image/jpeg"):
    return {"photo": SimpleUploadedFile(name, content, content_type)}


def test_a_portrait_is_drawn_anew_and_served_to_who_may_see_the_member(as_, cast, member):
    exif = Image.Exif()
    exif[0x010E] = "chu thich bi mat"
    content = picture(exif=exif) + b"<script>alert(1)</script>"
    assert as_(cast.secretary).post(page(member, "set_photo"), sent(content)).status_code == 302
    photo = Photo.objects.get()
    kept = photo_bytes(photo)
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", SIZE, {})
    assert (b"bi mat" in kept, b"script" in kept) == (False, False)
    served = as_(cast.inspector).get(page(member, "photo"))
    assert (served.content, served.headers["Content-Type"]) == (kept, "image/jpeg")
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert as_(cast.stranger).get(page(member, "photo")).status_code == 404
    assert as_(cast.reader).get(page(member, "photo")).status_code == 403
    assert page(member, "photo") in as_(cast.officer).get(page(member, "sheet")).content.decode()
    [act] = acts(member, "set_photo")
    assert act.actor == cast.secretary


def test_another_portrait_replaces_the_first_and_a_wrong_one_goes(secretary, cast, member):
    secretary.post(page(member, "set_photo"), sent(picture()))
    assert "đang là ảnh" in secretary.post(page(member, "set_photo"), sent(picture())).content.decode()
    secretary.post(page(member, "set_photo"), sent(picture("PNG", colour="teal"), "../../x.png", "image/png"))
    first, second = Photo.objects.order_by("pk")
    assert (first.void_reason, second.voided_at) == ("thay bằng ảnh khác", None)
    assert ".." not in second.name
    assert secretary.post(page(member, "void_photo"), {"reason": "ảnh người khác"}).status_code == 302
    assert secretary.get(page(member, "photo")).status_code == 404
    assert "chưa có ảnh" in secretary.post(page(member, "void_photo"), {"reason": "x"}).content.decode()


def bomb():
    """A PNG whose head says 60.000 × 60.000 dots."""
    content = bytearray(picture("PNG", (200, 300)))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(content)


def broken_note(*entry):
    """A JPEG whose EXIF says that it lies on its side, and one thing more in a type that is wrong."""
    entries = [(0x0112, 3, 1, b"\x03\0\0\0"), entry]
    packed = b"".join(struct.pack("<HHL", *each[:3]) + each[3] for each in entries)
    exif = b"Exif\0\0II*\0" + struct.pack("<LH", 8, len(entries)) + packed + bytes(4)
    content = picture()
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(lambda: broken_note(0x0100, 1, 1, b"Do\xce\xc2"), "Không đọc được", id="EXIF: struct.error"),
        pytest.param(lambda: broken_note(0x011A, 1, 4, b":\xd0\xc84"), "Không đọc được", id="EXIF: TypeError"),
        pytest.param(lambda: broken_note(0x010F, 11, 1, b"`\xc1e\x13"), "Không đọc được", id="EXIF: AttributeError"),
        pytest.param(lambda: b"MZ\x90\x00 this program cannot be run", "Không đọc được", id="a program"),
        pytest.param(lambda: b"%PDF-1.7\n%", "Không đọc được", id="a PDF"),
        pytest.param(lambda: b"<svg xmlns='x'><script/></svg>", "Không đọc được", id="SVG"),
        pytest.param(lambda: picture("GIF"), "Không đọc được", id="another kind of picture"),
        pytest.param(lambda: picture()[:200], "Không đọc được", id="half a picture"),
        pytest.param(bomb, "Không đọc được|quá nhiều điểm", id="an image bomb"),
        pytest.param(lambda: picture(size=(80, 80)), "quá nhỏ", id="too small"),
        pytest.param(lambda: b"\xff" * (5 * 1024 * 1024 + 1), "5 MB", id="too large"),
    ],
)
def test_what_is_no_portrait_is_refused(content, words):
    with pytest.raises(ValidationError, match=words):
        neutral_photo(content())


def test_a_refused_portrait_leaves_nothing(secretary, member):
    answer = secretary.post(page(member, "set_photo"), sent(b"MZ", "anh.jpg"))
    assert "Không đọc được" in answer.content.decode()
    answer = secretary.post(page(member, "set_photo"), sent(b"\xff" * (5 * 1024 * 1024 + 1)))
    assert list(answer.context["form"].errors) == ["photo"]
    assert not Photo.objects.exists()
    assert not acts(member, "set_photo")
