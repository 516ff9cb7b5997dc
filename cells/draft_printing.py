"""The background work of printing the draft of a long report."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cells.frames import draft_frame
from cells.issuing import keep_print
from cells.models import Organisation
from cells.permissions import Permission
from cells.tasks import Outcome
from config.lib.workflow import NotAllowed


def print_report(job, progress, source):
    """Print the draft of a report of `source` for whoever asked; the file waits on the page of the job."""
    bodies = Organisation.objects.visible_to(job.created_by, Permission.REPORTS_VIEW)
    body = bodies.filter(pk=job.params["organisation"]).first()
    if body is None:
        raise NotAllowed("Tổ chức đảng không còn trong phạm vi của đồng chí.")
    progress(0, 1, "Đang in…")
    report = source.collect(body, year=job.params["year"], on=date.fromisoformat(job.params["on"]))
    frame = draft_frame(body, source, report, on=timezone.localdate())
    keep_print(job, source.render_pdf(report, frame, source.sections(report)))
    return Outcome("Đã in xong.", reverse("cells:job_file", args=[job.pk]))
