"""Scans of papers: what is taken in, refused, made harmless; how they are served; kept by the backup; the switch."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cells.actions.rules import Choice, add_override
from cells.models import LogEntry, RuleSet
from config.backups import FILES
from config.lib.scans import examine
from members.actions import scans as acts
from members.actions.dossier import PaperEntry, add_paper, correct_paper, void_paper
from members.models import Scan
from members.scan_store import folder_name, kept_scan
from tests.factories import MemberFactory
from tests.lib import scan_files as files


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Lê Thị Đào", personal_id="096180000123")


@pytest.fixture
def keeper(cast):
    return cast.officer


@pytest.fixture
def paper(member, keeper, today):
    return add_paper(member, 5, PaperEntry(number="12-QĐ/HU", pages=1), on=today, by=keeper)


@pytest.fixture
def switched_on(tree, cast, today):
    """The committee lets scans be kept here, with its reason."""
    choice = Choice(tree.root, "store_scans", True, "máy chủ của cấp ủy", "12-KL/ĐU", today)
    return add_override(RuleSet.objects.in_force("files", today), choice, by=cast.staff)


def keep(paper, by, today, content=None):
    return acts.add_scan(paper, examine(content or files.pdf(2)), secrecy="none", on=today, by=by)


def url(name, *arguments):
    return reverse(f"members:{name}", args=arguments)


def send(client, paper, content, name="ban-quet.pdf", secrecy="none"):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(url("add_scan", paper.pk), {"secrecy": secrecy, "file": file})


def refusals(response):
    assert response.status_code == 200
    return " ".join(str(error) for errors in response.context["form"].errors.values() for error in errors)


def bytes_kept():
    root = Path(default_storage.location) / "scans"
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path, settings):
    """Every test with a private folder of its own."""
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {
        **settings.PRIVATE_FILES, "location": tmp_path / "files"}}}  # fmt: skip


# --- taken in and read ------------------------------------------------------------------------------------------------


def test_a_scan_is_kept_under_its_id_in_the_private_folder_and_read_for_a_purpose(
    member, paper, as_, keeper, switched_on
):
    client, content = as_(keeper), files.pdf(2)
    assert send(client, paper, content).status_code == 302
    scan = Scan.objects.get()
    assert (scan.pages, scan.size, scan.media_type) == (2, len(content), "application/pdf")
    assert scan.digest == hashlib.sha256(content).hexdigest()
    [path] = bytes_kept()
    assert (path.name, path.parent.name, path.stat().st_mode & 0o777) == (str(scan.pk), scan.pk.hex[:2], 0o600)
    assert "05.Quyết định kết nạp đảng viên.pdf" in client.get(url("paper", paper.pk)).content.decode()
    assert refusals(client.post(url("read_scan", scan.pk), {"purpose": " "}))
    answer = client.post(url("read_scan", scan.pk), {"purpose": "xét tặng Huy hiệu Đảng"})
    assert answer.content == content
    entry = LogEntry.objects.about(member).latest("id")
    assert (entry.action, entry.actor, entry.data) == (
        "members.read_scan", keeper, {"paper": "Quyết định kết nạp đảng viên", "purpose": "xét tặng Huy hiệu Đảng"},
    )  # fmt: skip


def test_a_scan_is_served_as_nothing_but_itself(paper, as_, keeper, switched_on, today):
    pdf, picture = keep(paper, keeper, today), keep(paper, keeper, today, files.picture("PNG"))
    answers = {
        scan.pk: as_(keeper).post(url("read_scan", scan.pk), {"purpose": "đối chiếu"}) for scan in (pdf, picture)
    }
    for answer in answers.values():
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    first, second = answers[pdf.pk], answers[picture.pk]
    assert (first["Content-Type"], second["Content-Type"]) == ("application/pdf", "image/png")
    assert first["Content-Disposition"].startswith("attachment; filename*=utf-8''05.Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh")
    assert first["Content-Disposition"].endswith(".1.pdf")
    assert second["Content-Disposition"].startswith("inline; ")
    assert second["Content-Disposition"].endswith(".2.png")


def test_a_scan_is_reached_only_through_the_scope_of_its_keeper(paper, as_, cast, switched_on, today):
    scan = keep(paper, cast.officer, today)
    asked = {"purpose": "xem"}
    for person, status in (("stranger", 404), ("other_officer", 404), ("secretary", 403), ("inspector", 403),
                           ("reader", 403), ("administrator", 403), ("staff", 200)):  # fmt: skip
        assert as_(getattr(cast, person)).post(url("read_scan", scan.pk), asked).status_code == status, person
    assert LogEntry.objects.filter(action="members.read_scan").count() == 1
    assert Client().get(f"/files/scans/{scan.pk.hex[:2]}/{scan.pk}").status_code == 404
    assert Client().get(f"/static/../files/scans/{scan.pk.hex[:2]}/{scan.pk}").status_code == 404


def test_bytes_that_are_gone_or_changed_are_not_served(paper, as_, keeper, switched_on, today):
    scan = keep(paper, keeper, today)
    [path] = bytes_kept()
    path.write_bytes(b"%PDF-1.7 other")
    assert "không còn trên máy chủ" in refusals(as_(keeper).post(url("read_scan", scan.pk), {"purpose": "xem"}))
    path.unlink()
    assert "không còn trên máy chủ" in refusals(as_(keeper).post(url("read_scan", scan.pk), {"purpose": "xem"}))
    assert not LogEntry.objects.filter(action="members.read_scan").exists()


def test_the_backup_takes_scans_along():
    assert settings.PRIVATE_FILES["location"] == settings.VAR_DIR / FILES


# --- refused: the switch and secrecy ----------------------------------------------------------------------------------


def test_no_scan_is_kept_before_the_committee_says_so(paper, as_, keeper, today):
    with pytest.raises(ValidationError, match="chưa cho lưu bản quét"):
        keep(paper, keeper, today)
    page = as_(keeper).get(url("add_scan", paper.pk)).content.decode()
    assert "chưa cho lưu bản quét" in page
    assert 'type="file"' not in page
    assert "chưa cho lưu bản quét" in refusals(send(as_(keeper), paper, files.picture()))
    assert (Scan.objects.count(), bytes_kept()) == (0, [])


def test_the_switch_says_why(paper, as_, keeper, switched_on):
    page = as_(keeper).get(url("add_scan", paper.pk)).content.decode()
    assert "Lưu bản quét theo 12-KL/ĐU: máy chủ của cấp ủy" in page


def test_a_choice_of_another_branch_switches_nothing_on(tree, cast, paper, keeper, today):
    choice = Choice(tree.west, "store_scans", True, "lý do", "1-KL", today - timedelta(1))
    add_override(RuleSet.objects.in_force("files", today), choice, by=cast.staff)
    with pytest.raises(ValidationError, match="chưa cho lưu bản quét"):
        keep(paper, keeper, today)


def test_a_paper_declared_to_bear_a_secrecy_mark_is_refused_unread(paper, as_, keeper, switched_on, today):
    answer = send(as_(keeper), paper, b"MZ not even a scan", secrecy="marked")
    assert "dấu chỉ độ mật không được đưa vào" in refusals(answer)
    assert "không phải PDF" not in refusals(answer)
    assert "Chưa điền mục này" in refusals(
        as_(keeper).post(url("add_scan", paper.pk), {"file": SimpleUploadedFile("a.pdf", b"x")})
    )
    with pytest.raises(ValidationError, match="dấu chỉ độ mật"):
        acts.add_scan(paper, examine(files.pdf()), secrecy="marked", on=today, by=keeper)
    assert (Scan.objects.count(), bytes_kept()) == (0, [])


def test_a_pointer_takes_no_scan_and_a_paper_with_a_scan_becomes_none(member, keeper, switched_on, today):
    pointer = add_paper(member, 23, PaperEntry(state="pointer", number="9-QĐ/TU"), on=today, by=keeper)
    with pytest.raises(ValidationError, match="đang có trong hồ sơ"):
        keep(pointer, keeper, today)
    row = add_paper(member, 7, PaperEntry(), on=today, by=keeper)
    scan = keep(row, keeper, today)
    with pytest.raises(ValidationError, match="gỡ bản quét trước"):
        correct_paper(row, PaperEntry(state="missing"), reason="mất", on=today, by=keeper)
    with pytest.raises(ValidationError, match="gỡ bản quét trước"):
        void_paper(row, reason="nhầm", on=today, by=keeper)
    again = correct_paper(row, PaperEntry(pages=3), reason="đếm lại", on=today, by=keeper)
    scan.refresh_from_db()
    assert scan.paper == again


# --- refused: hostile files -------------------------------------------------------------------------------------------


def test_a_program_called_pdf_is_refused(paper, as_, keeper, switched_on):
    answer = send(as_(keeper), paper, b"MZ\x90\0 This program cannot be run in DOS mode", "giay-to.pdf")
    assert "không phải PDF, JPEG hay PNG" in refusals(answer)
    assert bytes_kept() == []


def test_the_content_says_what_a_file_is_and_not_its_name(paper, as_, keeper, switched_on):
    assert send(as_(keeper), paper, files.picture("PNG"), "anh.pdf.exe").status_code == 302
    assert Scan.objects.get().media_type == "image/png"


def test_two_hundred_megabytes_are_refused_unread(paper, as_, keeper, switched_on):
    """The body of the request is empty: whoever reads from it fails."""
    answer = as_(keeper).generic(
        "POST", url("add_scan", paper.pk), b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 * 2**20)
    )
    assert answer.status_code == 413
    assert "Tệp lớn 200 MB, nhiều nhất 20 MB" in answer.content.decode()


def test_what_is_a_little_too_large_is_refused_in_words(paper, as_, keeper, switched_on, settings):
    settings.SCAN_MAX_BYTES = 2**20
    answer = send(as_(keeper), paper, b"%PDF-" + b"x" * 3 * 2**20)
    assert (answer.status_code, bytes_kept()) == (413, [])
    assert "nhiều nhất 1 MB" in answer.content.decode()
    settings.SCAN_MAX_BYTES = 100
    assert "Hãy quét lại" in refusals(send(as_(keeper), paper, files.pdf()))


def test_a_stranger_cannot_send_even_a_large_body(paper, as_, cast):
    large = {"CONTENT_LENGTH": str(200 * 2**20)}
    address = url("add_scan", paper.pk)
    assert (
        as_(cast.stranger).generic("POST", address, b"", "multipart/form-data; boundary=x", **large).status_code == 404
    )


def test_an_upload_from_another_page_is_refused(paper, keeper, switched_on):
    client = Client(enforce_csrf_checks=True)
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, paper, files.pdf()).status_code == 403
    assert Scan.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/x.pdf", "..\\..\\windows\\x.pdf", "/etc/passwd", "a\0b.pdf", "CON.pdf", "x" * 400 + ".pdf"],
)
def test_tricks_with_paths_in_names_do_nothing(paper, as_, keeper, switched_on, name):
    answer = send(as_(keeper), paper, files.picture("JPEG"), name)
    if answer.status_code == 302:
        [path] = bytes_kept()
        assert path.name == str(Scan.objects.get().pk)
    else:
        assert bytes_kept() == []
    assert [
        each for each in Path(default_storage.location).rglob("*") if "passwd" in each.name or "cron" in each.name
    ] == []


def test_a_pdf_with_a_script_comes_in_without_it(paper, as_, keeper, switched_on):
    answer = as_(keeper).post(
        url("add_scan", paper.pk),
        {"secrecy": "none", "file": SimpleUploadedFile("x.pdf", files.pdf(1, files.on_opening))},
        follow=True,
    )
    assert "Đã gỡ bỏ khỏi tệp: hành động khi mở tệp, mã lệnh" in answer.content.decode()
    scan = Scan.objects.get()
    assert scan.removed == ["hành động khi mở tệp", "mã lệnh"]
    assert b"JavaScript" not in kept_scan(scan)


def test_a_picture_bomb_is_refused(paper, as_, keeper, switched_on):
    assert "50000 × 50000 điểm" in refusals(send(as_(keeper), paper, files.bomb_of_pixels(), "anh.png"))
    assert bytes_kept() == []


# --- once, withdrawn --------------------------------------------------------------------------------------------------


def test_the_same_file_is_kept_once(paper, keeper, switched_on, today):
    keep(paper, keeper, today)
    with pytest.raises(ValidationError, match="đã có trong hồ sơ"):
        keep(paper, keeper, today)
    assert len(bytes_kept()) == 1


def test_a_withdrawn_scan_is_read_no_more_and_a_secret_one_is_destroyed(
    paper, as_, keeper, switched_on, today, django_capture_on_commit_callbacks
):
    plain, secret = keep(paper, keeper, today), keep(paper, keeper, today, files.picture())
    with django_capture_on_commit_callbacks(execute=True):
        as_(keeper).post(url("withdraw_scan", plain.pk), {"reason": "nhầm người"})
        as_(keeper).post(url("withdraw_scan", secret.pk), {"reason": "có dấu mật", "is_secret": "on"})
    assert [path.name for path in bytes_kept()] == [str(plain.pk)]
    assert as_(keeper).get(url("read_scan", plain.pk)).status_code == 404
    secret.refresh_from_db()
    assert (secret.is_destroyed, secret.void_reason) == (True, "có dấu mật")
    with pytest.raises(ValidationError, match="vừa được người khác gỡ"):
        acts.withdraw_scan(secret, reason="lần nữa", is_secret=False, by=keeper)
    with pytest.raises(ValidationError, match="vừa được người khác gỡ"):
        acts.read_scan(secret, purpose="xem", by=keeper)


def test_the_official_folder_carries_code_number_and_bare_name(tree, member):
    tree.here.code = "01.002.003.000.004"
    member.home = tree.here
    assert folder_name(member) == "01.002.003.000.004/096180000123_LeThiDao"
