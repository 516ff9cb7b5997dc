"""Long official files and re-key lists, written by the worker in the name of whoever asked, by his rights of now."""

from django.urls import reverse
from django.utils import timezone

from cells.issuing import keep_print
from cells.permissions import Permission
from cells.ports import JobFile, register_job_file
from cells.tasks import Outcome, runs
from config.lib.downloads import XLSX
from config.lib.sheet_model import SheetError
from config.lib.ui import vi_number
from config.lib.workflow import NotAllowed
from members.actions.official import BRING, bring_official
from members.importing.analysis import NoListFound
from members.importing.mapping import MappingError
from members.models import OfficialFile
from members.official import writing
from members.uploads import drop_upload, kept_upload

OUT_OF_SCOPE = "Danh sách không còn trong phạm vi của đồng chí."
for kind, name in (("EXPORT", "file-nhap-lieu-4.0.xlsx"), ("TAKE", "nhap-lai.xlsx")):
    register_job_file(getattr(writing, kind), JobFile(name, XLSX, Permission.MEMBERS_EXPORT))
    register_job_file(getattr(writing, f"{kind}_UNMASKED"), JobFile(name, XLSX, Permission.MEMBERS_REVEAL))


@runs(writing.EXPORT_UNMASKED)
@runs(writing.EXPORT)
def write_official_file(job, progress):
    """The whole file of an organisation."""
    user, reason = _asker(job)
    told = _tell(progress)
    content = writing.write_export(job.organisation, by=user, at=timezone.localtime(), reason=reason, tell=told)
    keep_print(job, content)
    return Outcome(f"Đã ghi {vi_number(job.done)} người.", reverse("cells:job_file", args=[job.pk]))


@runs(writing.TAKE_UNMASKED)
@runs(writing.TAKE)
def write_rekey_file(job, progress):
    """What differs from a kept file."""
    user, reason = _asker(job)
    file = OfficialFile.objects.visible_to(user).select_related("organisation").filter(pk=job.params["file"]).first()
    if file is None:
        raise NotAllowed(OUT_OF_SCOPE)
    progress(0, 0, "Đang so sánh…")
    content = writing.write_rekey(file, job.params["form"], by=user, at=timezone.localtime(), reason=reason)
    keep_print(job, content)
    return Outcome("Đã ghi danh sách nhập lại.", reverse("cells:job_file", args=[job.pk]))


@runs(BRING)
def read_brought_file(job, progress):
    """A large file of the official system, kept to compare with."""
    if job.organisation is None or not job.created_by.may(Permission.MEMBERS_EXPORT, job.organisation):
        raise NotAllowed(OUT_OF_SCOPE)
    progress(0, 0, "Đang đọc và so sánh…")
    content, on = kept_upload(job), timezone.localdate()
    if content is None:
        raise NotAllowed("Tệp không còn để so sánh. Hãy gửi lại tệp.")
    try:
        name = job.params["name"]
        file = bring_official(content, name, organisation=job.organisation, on=on, by=job.created_by)
    except (SheetError, NoListFound, MappingError) as refusal:
        raise NotAllowed(str(refusal)) from None
    finally:
        drop_upload(job)
    return Outcome(f"Đã đọc tệp {file}.", reverse("members:rekey", args=[file.pk]))


def _asker(job):
    user, reason = job.created_by, job.params["reason"]
    user.acting_for = job.params["acting_for"]
    permission = Permission.MEMBERS_REVEAL if reason else Permission.MEMBERS_EXPORT
    if job.organisation is None or not user.may(permission, job.organisation):
        raise NotAllowed(OUT_OF_SCOPE)
    return user, reason


def _tell(progress):
    return lambda done: progress(done, 0, "Đang ghi danh sách…")
