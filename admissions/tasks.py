"""Background work of admission."""

from django.utils import timezone

from admissions.nightly import END_PROBATIONS, end_probations
from admissions.report_printing import REPORT
from cells.draft_printing import print_report
from cells.tasks import Outcome, every_night, runs


@every_night(END_PROBATIONS, "Chuyển đảng viên hết thời gian dự bị sang xét công nhận")
def end_probations_of_the_day(job, progress):
    """Whoever is due for recognition today is on the list of it in the morning."""
    moved, unclear = end_probations(on=timezone.localdate(), by=job.created_by)
    return Outcome(f"Đã chuyển {moved} đảng viên dự bị; {unclear} người chưa rõ ngày vào Đảng.")


@runs("print_admissions")
def print_admissions(job, progress):
    """Print the draft of a long report for whoever asked; the file waits on the page of the job."""
    return print_report(job, progress, REPORT)
