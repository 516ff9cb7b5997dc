"""Background work: apps register what they can do by kind; one task runs a job of any kind and keeps its heart beating.

A runner must be restartable: a job whose worker was killed is run again from the start, under the next `attempt`.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from cells.actions.documents import issue_document
from cells.actions.jobs import fail_job, finish_job, start_nightly
from cells.enums import JobState
from cells.issuing import keep_print, prepare_issue, preview
from cells.models import IssuedDocument, Job, User
from cells.permissions import Permission
from config.lib.frames import in_one_chunk
from config.lib.workflow import NotAllowed

logger = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 15
NIGHT_ENDS = 1  # o'clock: from then on the work of a new day is queued
WRITE_EVERY_SECONDS = 0.5
WORKER = "worker"  # the system user in whose name jobs end


class TakenOver(Exception):
    """Another worker has the job now; whatever this one has not committed must not be."""


@dataclass(frozen=True)
class Outcome:
    """What the owner reads when the job is done, and where its result stands."""

    message: str = ""
    url: str = ""


_runners: dict[str, Callable[[Job, "Progress"], Outcome | None]] = {}
_nightly: dict[str, str] = {}


def runs(kind):
    """Register the decorated `(job, progress) -> Outcome | None` as what a job of `kind` does."""

    def register(runner):
        if _runners.setdefault(kind, runner) is not runner:
            raise ValueError(f"{kind} has a runner already")
        return runner

    return register


def every_night(kind, label):
    """Register the decorated runner as `runs` does, and have the worker queue a job of it once a day."""
    _nightly[kind] = label
    return runs(kind)


def start_the_days_work(now, *, by):
    """Queue what is done once a day, from NIGHT_ENDS o'clock on; the number of jobs queued."""
    return start_nightly(_nightly, on=now.date(), by=by) if now.hour >= NIGHT_ENDS else 0


class Progress:
    """Tells how far a job is: `progress(120, 500, "đang kiểm tra")`; cheap to call for every row."""

    def __init__(self, job):
        self.job = job
        self.written_at = 0.0

    def __call__(self, done, total=None, message=None):
        """Write the figures, at most twice a second; TakenOver when the job is no longer this worker's."""
        total = self.job.total if total is None else total
        news = total != self.job.total or message not in (None, self.job.message) or 0 < total <= done
        self.job.done, self.job.total = done, total
        if message is not None:
            self.job.message = message
        if news or time.monotonic() - self.written_at >= WRITE_EVERY_SECONDS:
            self.written_at = time.monotonic()
            beat(self.job, done=done, total=total, message=self.job.message)


def beat(job, **figures):
    """Say that the worker lives, with the figures of the moment."""
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
    if not mine.update(heartbeat_at=timezone.now(), **figures):
        raise TakenOver


@task()
def run_job(job_id):
    """Run a waiting job to its end; one that is not waiting (taken, done) is left alone."""
    job = _claim(job_id)
    if job is None:
        return
    by = User.objects.system(WORKER)
    try:
        with _heartbeat(job):
            outcome = in_one_chunk(_runners[job.kind])(job, Progress(job)) or Outcome()
    except TakenOver:
        logger.warning("job %s was taken over", job.pk)
    except (NotAllowed, ValidationError) as refusal:
        fail_job(job, message=_words(refusal), by=by)
    except Exception:
        logger.exception("job %s failed", job.pk)
        fail_job(job, message=f"Có lỗi trong phần mềm. Báo người quản trị máy chủ kèm mã việc {job.pk}.", by=by)
    else:
        finish_job(job, message=outcome.message, result_url=outcome.url, by=by)


@transaction.atomic
def _claim(job_id):
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.WAITING).first()
    if job is not None:
        job.state, job.heartbeat_at = JobState.RUNNING, timezone.now()
        job.attempt += 1
        job.save(update_fields=["state", "heartbeat_at", "attempt"])
    return job


def _words(refusal):
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


@contextlib.contextmanager
def _heartbeat(job):
    """A thread with a connection of its own, for work that reports nothing for a long while (a big PDF)."""
    finished = threading.Event()

    def keep_beating():
        while not finished.wait(HEARTBEAT_SECONDS):
            # While the job is in a long transaction its row, or all of SQLite, is locked: nobody else can take it then.
            with contextlib.suppress(DatabaseError, TakenOver):
                beat(job)
        connection.close()

    thread = threading.Thread(target=keep_beating, daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()


@runs("print_draft")
def print_draft(job, progress):
    """Print the draft of a long document for whoever asked; the file waits on the page of the job."""
    document = _document(job)
    progress(0, 1, "Đang in…")
    keep_print(job, preview(document, on=timezone.localdate()))
    return Outcome("Đã in xong.", reverse("cells:job_file", args=[job.pk]))


@runs("issue_document")
def issue_long_document(job, progress):
    """Print a long document outside of any lock, then issue it."""
    document = _document(job, Permission.DOCUMENTS_ISSUE)
    progress(0, 1, "Đang in…")
    prepared = prepare_issue(document, date.fromisoformat(job.params["signed_on"]))
    issue_document(document, prepared, by=job.created_by)
    return Outcome("Đã ban hành.", reverse("cells:document", args=[document.pk]))


def _document(job, permission=Permission.DOCUMENTS_VIEW):
    """The document of a job, if whoever started it may still have it."""
    rows = IssuedDocument.objects.visible_to(job.created_by).select_related("organisation", "term", "supersedes")
    document = rows.filter(pk=job.params["document"]).first()
    if document is None or not job.created_by.may(permission, document):
        raise NotAllowed("Văn bản không còn trong phạm vi của đồng chí.")
    return document
