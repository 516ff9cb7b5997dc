"""Background work of the yearly rating."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cells.draft_printing import print_report
from cells.issuing import keep_print
from cells.models import Organisation
from cells.permissions import Permission
from cells.ports import JobFile, register_job_file
from cells.tasks import Outcome, runs
from config.lib.workflow import NotAllowed
from evaluations.actions.readings import read_written
from evaluations.actions.screening_rounds import COMPUTE, compute_round
from evaluations.actions.seasons import OPEN, SeasonEntry, open_season
from evaluations.models import RatingSheet, ScreeningRound, Season
from evaluations.organisation_report_printing import ORGANISATIONS
from evaluations.printing import RATINGS
from evaluations.readings import PRINTED
from evaluations.written_page import may_read
from evaluations.written_printing import cell_pdf, handed_in_by, readable_written

PRINT_WRITTEN = "print_written"
PAPERS = JobFile("ban-kiem-diem-ca-chi-bo.pdf", "application/pdf", Permission.RATINGS_VIEW)
register_job_file(PRINT_WRITTEN, PAPERS)


@runs("print_ratings")
def print_ratings(job, progress):
    """Print the draft of a long report for whoever asked; the file waits on the page of the job."""
    return print_report(job, progress, RATINGS)


@runs("print_organisation_ratings")
def print_organisation_ratings(job, progress):
    """The same for the report on organisations."""
    return print_report(job, progress, ORGANISATIONS)


@runs(PRINT_WRITTEN)
def print_written(job, progress):
    """Print the self-reviews of a cell that whoever asked may read; the file waits on the page of the job."""
    sheet = RatingSheet.objects.visible_to(job.created_by).for_page().filter(pk=job.params["sheet"]).first()
    if sheet is None or not may_read(job.created_by, sheet):
        raise NotAllowed("Chi bộ không còn trong phạm vi của đồng chí.")
    known = readable_written(sheet, job.created_by)
    if not known:
        raise NotAllowed("Chi bộ không còn bản kiểm điểm nào để in.")
    progress(0, len(known), f"Đang in {len(known)} bản kiểm điểm…")
    read_written(sheet, handed_in_by(known), how=PRINTED, by=job.created_by)
    keep_print(job, cell_pdf(sheet, known, on=timezone.localdate()))
    return Outcome(f"Đã in {len(known)} bản kiểm điểm.", reverse("cells:job_file", args=[job.pk]))


@runs(OPEN)
def open_large_season(job, progress):
    """Open a season of many members in the name of whoever asked; one that an interrupted run opened is left alone."""
    bodies = Organisation.objects.visible_to(job.created_by, Permission.SEASONS_MANAGE)
    body = bodies.filter(pk=job.organisation_id).first()
    if body is None:
        raise NotAllowed("Cấp ủy không còn trong phạm vi của đồng chí.")
    progress(0, 0, "Đang lập bảng của các chi bộ, xét điều kiện của từng đảng viên…")
    entry = _entry(job.params)
    opened = Season.objects.filter(organisation=body, year=entry.year).first() if job.attempt > 1 else None
    season = opened or open_season(entry, organisation=body, by=job.created_by)
    return Outcome(f"Đã mở đợt {season}.", reverse("evaluations:season", args=[season.pk]))


def _entry(params):
    days = ("reference_date", "cell_due_on", "base_due_on")
    return SeasonEntry(**params | {name: date.fromisoformat(params[name]) for name in days if params[name]})


@runs(COMPUTE)
def compute_flags(job, progress):
    """Compute the flags of a round of many members in the name of whoever asked."""
    rounds = ScreeningRound.objects.visible_to(job.created_by, Permission.SCREENING_DECIDE)
    one = rounds.filter(pk=job.params["round"]).first()
    if one is None:
        raise NotAllowed("Đợt rà soát không còn trong phạm vi của đồng chí.")
    progress(0, 0, "Đang đối chiếu điểm danh, đảng phí, xếp loại của từng đảng viên…")
    changes = compute_round(one, today=timezone.localdate(), by=job.created_by)
    return Outcome(changes.words, reverse("evaluations:screening_round", args=[one.pk]))
