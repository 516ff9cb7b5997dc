"""Files that the import pages take badly or slowly: no workbooks, bad cells, large files and a silent worker."""

import io
import zipfile

import pytest
from django.db.models import Max

from cells.models import Job
from cells.tasks import run_job
from members.models import ImportBatch, Member
from members.uploads import kept_upload
from members.write_counts import tell_count, told_count
from tests.factories import MemberFactory
from tests.members.import_files import BAD_DAY, CELL, GOOD, page, send, text_of, workbook
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cast, as_):
    return as_(cast.staff)


# --- large files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def large(staff):
    rows = [
        (f"Nguyễn Văn Số {n}", "05/03/1980", "19/05/2005", "", f"096080{600000 + n}", CELL, "") for n in range(1501)
    ]
    send(staff, workbook(*rows))
    return ImportBatch.objects.get()


def test_a_large_file_is_written_by_the_worker(staff, large):
    staff.post(page("commit_batch", large))
    staff.post(page("commit_batch", large))
    [job] = Job.objects.all()
    waiting = text_of(staff.get(page("commit_batch", large)))
    assert page("import_progress", large) in waiting
    assert Member.objects.count() == 0
    assert 'hx-trigger="every 2s"' in text_of(staff.get(page("import_progress", large)))

    run_job.call(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.message, job.result_url) == (
        "done",
        "Đã ghi tệp danh-sach.xlsx.",
        page("commit_batch", large),
    )
    assert Member.objects.count() == 1501
    assert staff.get(page("import_progress", large)).headers["HX-Refresh"] == "true"


def test_the_page_counts_the_rows_that_are_written(staff, large):
    staff.post(page("commit_batch", large))
    [job] = Job.objects.all()
    tell_count(job, 1000, 1501)
    text = text_of(staff.get(page("import_progress", large)))
    assert '<span class="num">1.000 / 1.501</span>' in text
    assert 'value="1000" max="1501"' in text
    assert queries_of(staff, page("commit_batch", large)) <= MOST
    run_job.call(str(job.pk))
    assert told_count(job) == (0, 0)


def test_a_preview_that_no_longer_holds_is_shown_anew(staff, tree):
    send(staff, workbook(GOOD))
    batch = ImportBatch.objects.get()
    MemberFactory(full_name="Nguyễn Văn An", home=tree.here, personal_id="096080500001", official_on=None)
    answer = staff.post(page("commit_batch", batch), follow=True)
    text = text_of(answer)
    assert "Dòng 2 (Nguyễn Văn An): trước thêm mới, nay sửa" in text
    assert "Sửa (1)" in text
    assert Member.objects.get().official_on is None
    staff.post(page("commit_batch", batch))
    assert str(Member.objects.get().official_on) == "2006-05-19"


def test_without_a_worker_the_page_says_so_and_writes_itself(staff, large):
    staff.post(page("commit_batch", large))
    [job] = Job.objects.all()
    earlier = Job.objects.aggregate(at=Max("created_at"))["at"].replace(year=2025)
    Job.objects.update(created_at=earlier)
    text = text_of(staff.get(page("commit_batch", large)))
    assert "Tiến trình nền chưa nhận việc" in text

    staff.post(page("commit_batch", large), {"now": "1"})
    assert Member.objects.count() == 1501
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done"
    assert Member.objects.count() == 1501


# --- bad files --------------------------------------------------------------------------------------------------------


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return file.getvalue()


def patched(content, part, before, after):
    """A workbook with one text of one of its parts exchanged."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert before in text
                text = text.replace(before, after)
            new.writestr(name, text)
    return result.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "rỗng", id="empty"),
        pytest.param(zipped("word/document.xml", "<w/>"), "một văn bản Word (.docx)", id="docx renamed"),
        pytest.param(zipped("xl/workbook.xml", b"0" * 50_000_000), "phình quá lớn khi giải nén", id="zip bomb"),
        pytest.param(workbook(("x",), headings=("Ghi chú",)), "Không tìm thấy danh sách người", id="no list"),
        pytest.param("Họ và tên,Ngày sinh\n".encode("utf-16"), "", id="utf-16 csv"),
        pytest.param(b"PK\x03\x04 broken", "Tệp bị hỏng", id="broken zip"),
        pytest.param(
            ("Họ và tên,Ngày sinh,Chi bộ\nA" + "b" * 200_000 + ",1980,K\n").encode(), "200.001 ký tự", id="long cell"
        ),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_changes_nothing(staff, content, words):
    response = send(staff, content)
    assert response.status_code == 200
    text = text_of(response)
    assert 'class="field-error"' in text
    assert words in text
    assert (ImportBatch.objects.count(), Member.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(workbook(BAD_DAY), "impossible_date", id="31/02"),
        pytest.param(
            patched(
                workbook(GOOD),
                "xl/worksheets/sheet1.xml",
                "Nguyễn Văn An".encode(),
                "Nguyễn_x0007_ Văn An".encode(),
            ),
            "control_characters",
            id="control characters",
        ),
        pytest.param(
            patched(
                workbook((*GOOD[:1], 29285, *GOOD[2:])),
                "xl/worksheets/sheet1.xml",
                b"<v>29285</v>",
                b"<f>A1+1</f>",
            ),
            "formula_without_value",
            id="formula without a value",
        ),
    ],
)
def test_a_bad_cell_refuses_its_row(staff, content, code):
    assert send(staff, content).status_code == 302
    batch = ImportBatch.objects.get()
    assert code in batch.report["problems_by_code"]
    assert batch.report["refused"] == 1
    assert staff.get(page("import", batch)).status_code == 200
    staff.post(page("commit_batch", batch))
    assert Member.objects.count() == 0


def test_a_large_file_is_checked_by_the_worker_and_its_bytes_are_taken_away(cast, as_, monkeypatch):
    monkeypatch.setattr("members.views.imports.CHECKED_AT_ONCE", 0)
    staff = as_(cast.staff)
    send(staff, workbook(GOOD))
    job = Job.objects.get()
    assert not ImportBatch.objects.exists()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    batch = ImportBatch.objects.get()
    assert (job.state, job.result_url) == ("done", page("map_columns", batch))
    assert kept_upload(job) is None


def test_a_large_file_that_is_no_list_fails_with_its_sentence(cast, as_, monkeypatch):
    monkeypatch.setattr("members.views.imports.CHECKED_AT_ONCE", 0)
    send(as_(cast.staff), b"not a workbook")
    job = Job.objects.get()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed"
    assert "tệp" in job.message.lower()
    assert not ImportBatch.objects.exists()
