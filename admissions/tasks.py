"""Background work of admission."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from admissions.nightly import END_PROBATIONS, end_probations
from admissions.report_printing import REPORT
from cells.frames import draft_frame
from cells.issuing import keep_print
from cells.models import Organisation
from cells.permissions import Permission
from cells.tasks import Outcome, every_night, runs
from config.lib.workflow import NotAllowed


@every_night(END_PROBATIONS, "Chuyển đảng viên hết thời gian dự bị sang xét công nhận")
def end_probations_of_the_day(job, progress):
    """Whoever is due for recognition today is on the list of it in the morning."""
    moved, unclear = end_probations(on=timezone.localdate(), by=job.created_by)
    return Outcome(f"Đã chuyển {moved} đảng viên dự bị; {unclear} người chưa rõ ngày vào Đảng.")


@runs("print_admissions")
def print_admissions(job, progress):
    """Print the draft of a long report for whoever asked; the file waits on the page of the job."""
    bodies = Organisation.objects.visible_to(job.created_by, Permission.REPORTS_VIEW)
    body = bodies.filter(pk=job.params["organisation"]).first()
    if body is None:
        raise NotAllowed("Tổ chức đảng không còn trong phạm vi của đồng chí.")
    progress(0, 1, "Đang in…")
    report = REPORT.collect(body, year=job.params["year"], on=date.fromisoformat(job.params["on"]))
    frame = draft_frame(body, REPORT, report, on=timezone.localdate())
    keep_print(job, REPORT.render_pdf(report, frame, REPORT.sections(report)))
    return Outcome("Đã in xong.", reverse("cells:job_file", args=[job.pk]))
