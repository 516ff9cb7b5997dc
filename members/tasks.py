"""Background work on members' records."""

from django.urls import reverse

from cells.tasks import Outcome, runs
from config.lib.workflow import NotAllowed
from members.actions.import_batches import WRITE
from members.actions.imports import ImportRefused
from members.enums import BatchState
from members.models import ImportBatch
from members.ports import import_kind


@runs(WRITE)
def write_import(job, progress):
    """Write a checked file in the name of whoever asked; a file that is written already is left alone."""
    batch = ImportBatch.objects.visible_to(job.created_by).filter(pk=job.params["batch"]).first()
    if batch is None:
        raise NotAllowed("Tổ chức đảng của tệp không còn trong phạm vi của đồng chí.")
    if batch.state != BatchState.COMMITTED:
        progress(0, 0, "Đang ghi…")
        try:
            import_kind(batch.kind).commit(batch, by=job.created_by)
        except ImportRefused as refusal:
            raise NotAllowed(str(refusal)) from None
    return Outcome(f"Đã ghi tệp {batch.file_name}.", reverse("members:commit_batch", args=[batch.pk]))
