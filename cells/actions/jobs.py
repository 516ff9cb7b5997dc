"""Background jobs: started by a person, finished or failed by the worker, offered again when a worker was killed."""

from datetime import datetime, time

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cells.audit import record
from cells.enums import JobState
from cells.issuing import drop_print, has_print
from cells.models import Job, LogEntry, User

ATTEMPTS = 3
DROPPED = "Tệp đã được xóa sau một ngày; cần nữa thì làm lại."


@transaction.atomic
def start_job(kind, label, *, params=None, organisation=None, by):
    """Queue a piece of work of a registered `kind`; `params` is JSON data. Redirect to `cells:job` with its id."""
    job = Job.objects.create(kind=kind, label=label, params=params or {}, organisation=organisation, created_by=by)
    record("jobs.start_job", job, by=by)
    _enqueue(job)
    return job


@transaction.atomic
def finish_job(job, *, message="", result_url="", by):
    """Mark a running job as done; False when another worker has taken it over meanwhile."""
    locked = _still_running(job)
    if locked is None:
        return False
    locked.state, locked.message, locked.result_url = JobState.DONE, message[:500], result_url
    locked.done = locked.total
    locked.save(update_fields=["state", "message", "result_url", "done"])
    record("jobs.finish_job", locked, by=by)
    return True


@transaction.atomic
def fail_job(job, *, message, by):
    """Mark a running job as failed, with the sentence that its owner reads; False when another worker has it."""
    locked = _still_running(job)
    if locked is None:
        return False
    locked.state, locked.message = JobState.FAILED, message[:500]
    locked.save(update_fields=["state", "message"])
    record("jobs.fail_job", locked, by=by, data={"reason": locked.message})
    return True


@transaction.atomic
def start_nightly(labels, *, on, by):
    """Queue the daily work, `labels` by kind, that nobody has queued on that day; the number of jobs queued.

    An installation whose log begins on that day has nothing to catch up with.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two workers look at the same time
    midnight = datetime.combine(on, time.min, timezone.get_current_timezone())
    if not LogEntry.objects.filter(at__lt=midnight).exists():
        return 0
    queued = set(Job.objects.filter(kind__in=labels, created_at__gte=midnight).values_list("kind", flat=True))
    left = [kind for kind in labels if kind not in queued]
    for kind in left:
        start_job(kind, labels[kind], by=by)
    return len(left)


@transaction.atomic
def offer_again(*, by):
    """Queue every job whose worker fell silent once more; after three attempts it fails. The number of such jobs."""
    # A row that is locked belongs to a worker in the middle of its transaction: it lives.
    skip = connection.features.has_select_for_update_skip_locked
    stalled = list(Job.objects.stalled().select_for_update(skip_locked=skip))
    for job in stalled:
        _tasks(job).filter(status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback="the worker was killed"
        )
        if job.attempt >= ATTEMPTS:
            fail_job(
                job, message=f"Việc bị ngắt giữa chừng {ATTEMPTS} lần nên đã dừng. Báo người quản trị máy chủ.", by=by
            )
            continue
        job.state = JobState.WAITING
        job.save(update_fields=["state"])
        record("jobs.offer_again", job, by=by, data={"attempt": job.attempt})
        _enqueue(job)
    return len(stalled)


@transaction.atomic
def drop_old_prints(*, before, by):
    """Take away the files of jobs begun before that moment; how many there were."""
    old = [job for job in Job.objects.select_for_update().ended().filter(created_at__lt=before) if has_print(job)]
    for job in old:
        job.result_url, job.message = "", f"{job.message} {DROPPED}"[:500]
        job.save(update_fields=["result_url", "message"])
        drop_print(job)
    if old:
        record("jobs.drop_old_prints", None, by=by, data={"files": len(old)})
    return len(old)


def _still_running(job):
    rows = Job.objects.select_for_update().filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
    return rows.first()


def _enqueue(job):
    from cells.tasks import run_job  # noqa: PLC0415 -- tasks call actions

    run_job.enqueue(str(job.pk))


def _tasks(job):
    return DBTaskResult.objects.filter(args_kwargs={"args": [str(job.pk)], "kwargs": {}})
