"""Files in the official layout: written, brought in to compare with, the re-key list taken away. Each is an act."""

from django.db import transaction

from cells.actions.jobs import start_job
from cells.audit import record
from members.enums import OfficialSource
from members.models import OfficialFile
from members.models.official import pack
from members.official.brought import read_official
from members.official.rows import OfficialRow
from members.uploads import keep_upload

BRING = "members.bring_official"  # kind of job


@transaction.atomic
def export_official(organisation, rows: list[OfficialRow], *, on, by, reason=""):
    """Keep what a file in the official layout says; without a reason its numbers are masked in the file."""
    file = _keep(
        organisation, {row.member_id: row.values for row in rows}, on=on, by=by, source=OfficialSource.WRITTEN,
        file_name=f"File nhập liệu 4.0, {organisation}"[:200], masked=not reason,
    )  # fmt: skip
    data = {"rows": len(rows), "on": f"{on:%d/%m/%Y}"}
    if reason:
        record("members.export_official_unmasked", file, by=by, data={**data, "reason": reason})
    else:
        record("members.export_official", file, by=by, data=data)
    return file


@transaction.atomic
def bring_official(content, name, *, organisation, on, by):
    """Keep a file of the official system to compare with; nothing of it is written into the record.

    Raises `SheetError`, `NoListFound` or `MappingError` for a file in another layout.
    """
    values = read_official(content, name, organisation=organisation, on=on)
    source = OfficialSource.BROUGHT
    file = _keep(organisation, values, on=on, by=by, source=source, file_name=name[-200:], masked=False)
    record("members.bring_official", file, by=by, data={"rows": len(values)})
    return file


@transaction.atomic
def start_bringing(content, name, *, organisation, by):
    """Have the worker read a large file of the official system; its bytes wait outside the database."""
    job = start_job(BRING, f"So sánh với tệp {name}"[:200], params={"name": name}, organisation=organisation, by=by)
    keep_upload(job, content)
    record("members.start_bringing", job, by=by, organisation=organisation)
    return job


@transaction.atomic
def take_rekey(file, *, people, form, by, reason=""):
    """Note that the list of what is to be typed again left the house; with a reason the numbers are whole."""
    data = {"rows": people, "form": form}
    if reason:
        return record("members.take_rekey_unmasked", file, by=by, data={**data, "reason": reason})
    return record("members.take_rekey", file, by=by, data=data)


def _keep(organisation, values, *, on, by, **more):
    return OfficialFile.objects.create(
        organisation=organisation, on=on, people=len(values), content=pack(values), created_by=by, **more
    )
