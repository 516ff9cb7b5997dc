"""What else is done with a checked file: read by other columns, written in the background, laid aside."""

from django.db import transaction

from cells.actions.jobs import start_job
from cells.audit import record
from cells.enums import UNFINISHED_JOBS
from members.actions.imports import ImportRefused
from members.enums import BatchState
from members.importing.analysis import analyse, read_members
from members.importing.choices import choices_of, restore_choices
from members.importing.mapping import to_letters
from members.importing.report import report_of
from members.models import ImportBatch
from members.resources import LIST_COLUMNS
from members.uploads import keep_upload

WRITE, CHECK = "members.write_import", "members.check_import"


@transaction.atomic
def map_columns(batch, letters, *, on, by, choices=None):
    """Check the file of a batch again, with corrected columns ({field: letter}) and on another day.

    `choices` say how every sheet is read and that somebody has looked at it; without them the former ones stay.
    """
    locked = _waiting(batch)
    chosen = choices or restore_choices(locked.options).with_letters(locked.mapping, letters)
    reading = read_members(bytes(locked.content), locked.file_name, letters, chosen)
    analysis = analyse(reading, organisation=locked.organisation, on=on, columns=LIST_COLUMNS)
    locked.mapping, locked.layout = to_letters(reading.table.fields), reading.layout.code
    locked.options = choices_of(reading, analysis.cells, agreed=chosen.agreed).as_json()
    locked.as_of, locked.report = on, report_of(analysis)
    locked.save(update_fields=["mapping", "options", "layout", "as_of", "report"])
    record("members.map_columns", locked, by=by, data={"columns": len(locked.mapping), "on": f"{on:%d/%m/%Y}"})
    return locked


@transaction.atomic
def start_check(file, *, kind, organisation, year, by):
    """Have the worker check a large file; its bytes wait outside the database until the job has read them."""
    params = {"kind": kind, "name": file.name, "year": year, "on": file.on.isoformat() if file.on else ""}
    label = f"Kiểm tra tệp {file.name}"[:200]
    job = start_job(CHECK, label, params=params, organisation=organisation, by=by)
    keep_upload(job, file.content)
    record("members.start_check", job, by=by, organisation=organisation)
    return job


@transaction.atomic
def start_import(batch, *, by):
    """Have the worker write a checked file; the job of an earlier click is answered while it has not ended."""
    locked = _waiting(batch)
    if locked.job and locked.job.state in UNFINISHED_JOBS:
        return locked.job
    label = f"Ghi tệp {locked.file_name}"[:200]
    locked.job = start_job(WRITE, label, params={"batch": str(locked.pk)}, organisation=locked.organisation, by=by)
    locked.save(update_fields=["job"])
    record("members.start_import", locked, by=by)
    return locked.job


@transaction.atomic
def discard_import(batch, *, by):
    """Lay a checked file aside unwritten; its contents, which are personal data, are not kept."""
    locked = _waiting(batch)
    if locked.job and locked.job.state in UNFINISHED_JOBS:
        raise ImportRefused("Tệp này đang được ghi nên không bỏ được.")
    locked.state, locked.content = BatchState.DISCARDED, None
    locked.save(update_fields=["state", "content"])
    record("members.discard_import", locked, by=by)
    return locked


@transaction.atomic
def take_refused_rows(batch, rows, *, by):
    """Note that the refused rows of a file left the house with whole numbers, for mending."""
    return record("members.take_refused_rows", batch, by=by, data={"rows": rows})


def _waiting(batch):
    rows = ImportBatch.objects.select_for_update(of=("self",)).select_related("organisation", "job")
    locked = rows.get(pk=batch.pk)
    if locked.state != BatchState.PREVIEW:
        raise ImportRefused(f"Lần nhập này {locked.get_state_display()}. Hãy tải lại trang.")
    return locked
