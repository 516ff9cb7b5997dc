"""Background work on members' records."""

from datetime import date
from functools import partial

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cells.issuing import keep_print
from cells.permissions import Permission
from cells.ports import JobFile, register_job_file
from cells.tasks import Outcome, every_night, runs
from config.lib.downloads import XLSX
from config.lib.sheet_model import SheetError
from config.lib.ui import vi_number
from config.lib.workflow import NotAllowed
from members.actions.import_batches import CHECK, WRITE
from members.actions.imports import FileToCheck, ImportRefused, PreviewChanged
from members.actions.quality import check_quality
from members.enums import BatchState
from members.exporting import EXPORT, EXPORT_UNMASKED, RollExport
from members.importing.analysis import NoListFound
from members.importing.mapping import MappingError
from members.models import ImportBatch
from members.nightly import CHECK as CHECK_ALL
from members.nightly import REFRESH, check_all, refresh_today
from members.official import jobs as official_jobs  # noqa: F401 -- registers its kinds of jobs
from members.ports import import_kind
from members.quality.finding import CHECK_QUALITY, look_through
from members.uploads import drop_upload, kept_upload
from members.write_counts import forget_count, tell_count


@runs(WRITE)
def write_import(job, progress):
    """Write a checked file in the name of whoever asked; a file that is written already is left alone."""
    batch = ImportBatch.objects.visible_to(job.created_by).filter(pk=job.params["batch"]).first()
    if batch is None:
        raise NotAllowed("Tổ chức đảng của tệp không còn trong phạm vi của đồng chí.")
    if batch.state != BatchState.COMMITTED:
        progress(0, 0, "Đang ghi…")
        try:
            _commit(import_kind(batch.kind), batch, job)
        except ImportRefused as refusal:
            raise NotAllowed(str(refusal)) from None
    return Outcome(f"Đã ghi tệp {batch.file_name}.", reverse("members:commit_batch", args=[batch.pk]))


def _commit(kind, batch, job):
    """Write the batch, telling how far it is; a preview that no longer holds is made anew before it is refused."""
    try:
        kind.commit(batch, by=job.created_by, progress=partial(tell_count, job))
    except PreviewChanged:
        kind.map_columns(batch, batch.mapping, on=batch.as_of, by=job.created_by)
        raise
    finally:
        forget_count(job)


@runs(CHECK)
def check_import(job, progress):
    """Check a large file that waits for this job, in the name of whoever sent it; its bytes are then taken away."""
    if job.organisation is None or not job.created_by.may(Permission.MEMBERS_IMPORT, job.organisation):
        raise NotAllowed("Tổ chức đảng của tệp không còn trong phạm vi của đồng chí.")
    progress(0, 0, "Đang đọc và kiểm tra…")
    given, content = job.params, kept_upload(job)
    if content is None:
        raise NotAllowed("Tệp không còn để kiểm tra. Hãy gửi lại tệp.")
    file = FileToCheck(content, given["name"], date.fromisoformat(given["on"]) if given["on"] else None)
    try:
        check = import_kind(given["kind"]).check
        batch = check(file, organisation=job.organisation, year=given["year"], by=job.created_by)
    except (SheetError, NoListFound, MappingError, ImportRefused) as refusal:
        raise NotAllowed(str(refusal)) from None
    finally:
        drop_upload(job)
    return Outcome(f"Đã kiểm tra tệp {batch.file_name}.", reverse("members:map_columns", args=[batch.pk]))


register_job_file(EXPORT, JobFile("danh-sach-dang-vien.xlsx", XLSX, Permission.MEMBERS_EXPORT))
register_job_file(EXPORT_UNMASKED, JobFile("danh-sach-dang-vien.xlsx", XLSX, Permission.MEMBERS_REVEAL))


@runs(EXPORT_UNMASKED)
@runs(EXPORT)
def write_export(job, progress):
    """Write a long list for whoever asked, by his rights of now; the file waits on the page of the job."""
    user, given = job.created_by, job.params
    user.acting_for = given["acting_for"]
    export = RollExport(QueryDict(given["query"]), user, given["reason"])
    if export.roll.is_outside or not user.may(export.permission, job.organisation):
        raise NotAllowed("Danh sách không còn trong phạm vi của đồng chí.")
    total = len(export.ids)
    content = export.write(timezone.localtime(), lambda done: progress(done, total, "Đang ghi danh sách…"))
    keep_print(job, content)
    return Outcome(f"Đã ghi {vi_number(total)} người.", reverse("cells:job_file", args=[job.pk]))


@runs(CHECK_QUALITY)
def check_records(job, progress):
    """Look through the records of an organisation and below it, outside of any lock, then write down what was found."""
    organisation, user = job.organisation, job.created_by
    if organisation is None or not user.may(Permission.MEMBERS_EDIT, organisation):
        raise NotAllowed("Tổ chức đảng không còn trong phạm vi của đồng chí.")
    progress(0, 0, "Đang kiểm tra hồ sơ…")
    on = timezone.localdate()
    settled = check_quality(organisation, look_through(organisation, on), on=on, by=user)
    words = f"Còn {vi_number(settled.open)} mục; thêm {vi_number(settled.new)}, đã hết {vi_number(settled.fixed)}."
    return Outcome(words, f"{reverse('members:show_quality')}?organisation={organisation.pk}")


@every_night(REFRESH, "Tính lại các giá trị của ngày hôm nay")
def refresh_values(job, progress):
    """What took effect today, by decisions entered before."""
    organisations, people, files = refresh_today(on=timezone.localdate(), by=job.created_by)
    return Outcome(f"Đã sửa {organisations} tổ chức đảng, {people} đảng viên, {files} hồ sơ.")


@every_night(CHECK_ALL, "Kiểm tra chất lượng mọi hồ sơ đảng viên")
def check_all_records(job, progress):
    """Every record looked through, so that the desk of the morning is of today."""
    found = sum(settled.open for _, settled in check_all(on=timezone.localdate(), by=job.created_by))
    return Outcome(f"Còn {vi_number(found)} mục.")
