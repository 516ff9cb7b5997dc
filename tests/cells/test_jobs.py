"""Background jobs: from the start to the end, with a killed worker between."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cells import tasks
from cells.actions.jobs import ATTEMPTS, drop_old_prints, finish_job, offer_again, start_job
from cells.enums import JobState
from cells.issuing import keep_print
from cells.models import Job, LogEntry
from cells.tasks import Outcome, TakenOver, run_job, runs
from config.lib.workflow import NotAllowed
from tests.queries import MOST, queries_of


@pytest.fixture
def runner(monkeypatch):
    """Register what jobs of kind "tests.work" do in this test."""
    monkeypatch.setattr(tasks, "_runners", dict(tasks._runners))

    def register(work):
        runs("tests.work")(work)
        return work

    return register


@pytest.fixture
def tomorrow(tree, today):
    """Two o'clock of the night after the installation began."""
    return datetime.combine(today + timedelta(days=1), time(2), timezone.get_current_timezone())


@pytest.fixture
def job(tree, cast):
    return start_job("tests.work", "Đếm tổ chức", params={"upto": 3}, organisation=tree.here, by=cast.secretary)


def worker():
    """Run what is queued, as the worker does."""
    for queued in DBTaskResult.objects.filter(status="READY"):
        run_job.call(*queued.args_kwargs["args"])


def fall_silent(job):
    """As if the worker had been killed two minutes ago."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempt=job.attempt + 1, heartbeat_at=timezone.now() - timedelta(minutes=2)
    )
    DBTaskResult.objects.update(status="RUNNING")
    job.refresh_from_db()


def test_a_job_runs_and_tells_its_end(job, runner):
    seen = []

    def work(job, progress):
        for number in range(job.params["upto"]):
            progress(number, job.params["upto"], "đang đếm")
            seen.append(Job.objects.get(pk=job.pk).percent)
        return Outcome("Đã đếm 3 tổ chức.", "/cells/")

    runner(work)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message, job.result_url, job.percent) == (JobState.DONE, "Đã đếm 3 tổ chức.", "/cells/", 100)
    assert seen[0] == 0
    assert [entry.action for entry in LogEntry.objects.about(job)] == ["jobs.finish_job", "jobs.start_job"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (NotAllowed("Đợt này đã đóng."), "Đợt này đã đóng."),
        (ValidationError(["Tệp rỗng.", "Chọn tệp khác."]), "Tệp rỗng. Chọn tệp khác."),
        (ZeroDivisionError("x"), "Có lỗi trong phần mềm."),
    ],
)
def test_a_job_that_fails_says_why_and_leaves_nothing(job, runner, cast, error, message):
    def work(job, progress):
        with transaction.atomic():
            cast.reader.full_name = "đã đổi"
            cast.reader.save()
            raise error

    runner(work)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    cast.reader.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message.startswith(message)
    assert cast.reader.full_name == "Người reader"


def test_an_unknown_kind_fails_in_words(job):
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message[:23]) == (JobState.FAILED, "Có lỗi trong phần mềm. ")


def test_a_job_runs_once_however_often_it_is_offered(job, runner):
    calls = []
    runner(lambda job, progress: calls.append(job.attempt))
    for _ in range(3):
        run_job.call(str(job.pk))
    assert calls == [1]


def test_a_silent_job_is_offered_again_and_runs_to_its_end(job, runner, system):
    calls = []
    runner(lambda job, progress: calls.append(job.attempt))
    fall_silent(job)
    assert offer_again(by=system) == 1
    assert offer_again(by=system) == 0  # the second look finds nothing to do
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    worker()
    job.refresh_from_db()
    assert (calls, job.state) == ([2], JobState.DONE)


def test_a_job_that_keeps_killing_its_worker_is_given_up(job, system):
    for _ in range(ATTEMPTS):
        fall_silent(job)
        offer_again(by=system)
        job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 3)
    assert "bị ngắt giữa chừng 3 lần" in job.message


def test_a_job_with_a_heartbeat_is_left_alone(job, system):
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=timezone.now() - timedelta(seconds=50))
    assert offer_again(by=system) == 0


def test_a_worker_that_lost_its_job_writes_nothing_more(job, runner, cast, system):
    def work(mine, progress):
        with transaction.atomic():
            Job.objects.filter(pk=mine.pk).update(attempt=2)  # another worker took over
            cast.reader.full_name = "đã đổi"
            cast.reader.save()
            progress(1, 1)

    runner(work)
    run_job.call(str(job.pk))
    cast.reader.refresh_from_db()
    assert cast.reader.full_name == "Người reader"
    stale = Job.objects.get(pk=job.pk)
    stale.attempt = 7
    assert finish_job(stale, by=system) is False
    with pytest.raises(TakenOver):
        tasks.beat(stale)


def test_two_runners_of_one_kind_are_an_error(runner):
    runner(lambda job, progress: None)
    with pytest.raises(ValueError, match="has a runner already"):
        runner(lambda job, progress: None)


def test_the_page_shows_the_bar_then_the_result(job, runner, cast, as_):
    client = as_(cast.secretary)
    url, bar = reverse("cells:job", args=[job.pk]), reverse("cells:job_progress", args=[job.pk])
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=500, total=1200, message="đang kiểm tra")
    page = client.get(url).content.decode()
    assert "500 / 1.200" in page
    assert f'hx-get="{bar}"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert '<progress aria-label="đang kiểm tra" value="500" max="1200">' in client.get(bar).content.decode()
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    runner(lambda job, progress: Outcome("Đã ghi 1.200 đảng viên.", "/members/"))
    run_job.call(str(job.pk))
    assert client.get(bar)["HX-Refresh"] == "true"
    page = client.get(url).content.decode()
    assert "Đã ghi 1.200 đảng viên." in page
    assert 'href="/members/">Xem kết quả' in page
    assert "http-equiv" not in page


def test_a_job_is_seen_by_its_owner_alone(job, cast, as_):
    for user in (cast.staff, cast.officer, cast.administrator):
        assert as_(user).get(reverse("cells:job", args=[job.pk])).status_code == 404
        assert as_(user).get(reverse("cells:job_progress", args=[job.pk])).status_code == 404
        assert list(as_(user).get(reverse("cells:jobs")).context["page"]) == []


def test_as_many_queries_for_thirty_jobs_as_for_one(job, cast, as_):
    client = as_(cast.secretary)
    few = queries_of(client, reverse("cells:jobs"))
    for number in range(29):
        start_job("tests.work", f"Việc {number}", by=cast.secretary)
    assert queries_of(client, reverse("cells:jobs")) == few <= MOST


def test_the_file_of_a_job_is_taken_away_after_a_day(job, runner, cast, as_, system):
    def work(job, progress):
        keep_print(job, b"%PDF")
        return Outcome("Đã in xong.", reverse("cells:job_file", args=[job.pk]))

    runner(work)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    address, begun = job.result_url, job.created_at
    Job.objects.update(organisation=None)
    client = as_(cast.secretary)
    assert drop_old_prints(before=begun, by=system) == 0
    assert client.get(address).content == b"%PDF"
    assert drop_old_prints(before=begun + timedelta(seconds=1), by=system) == 1
    assert client.get(address).status_code == 404
    page = client.get(reverse("cells:job", args=[job.pk])).content.decode()
    assert "Tệp đã được xóa sau một ngày" in page
    assert address not in page
    [entry] = LogEntry.objects.filter(action="jobs.drop_old_prints")
    assert entry.data == {"files": 1}
    assert drop_old_prints(before=begun + timedelta(days=9), by=system) == 0


def test_the_work_of_a_day_is_queued_once_and_not_before_one_oclock(tree, system, tomorrow):
    assert tasks.start_the_days_work(tomorrow.replace(hour=0), by=system) == 0
    assert tasks.start_the_days_work(tomorrow, by=system) == 4
    Job.objects.update(created_at=tomorrow)
    assert tasks.start_the_days_work(tomorrow.replace(hour=23), by=system) == 0
    assert tasks.start_the_days_work(tomorrow + timedelta(days=1), by=system) == 4


def test_an_installation_of_today_has_nothing_to_catch_up_with(tree, system, tomorrow):
    assert tasks.start_the_days_work(tomorrow - timedelta(days=1), by=system) == 0
    assert not Job.objects.exists()


def test_the_work_of_a_day_runs_to_its_end(tree, system, tomorrow):
    tasks.start_the_days_work(tomorrow, by=system)
    worker()
    ended = dict(Job.objects.values_list("kind", "message"))
    assert ended == {
        "members.refresh_today": "Đã sửa 0 tổ chức đảng, 0 đảng viên, 0 hồ sơ.",
        "members.check_all": "Còn 0 mục.",
        "discipline.lapse_sanctions": "Đã xong.",
        "admissions.end_probations": "Đã chuyển 0 đảng viên dự bị; 0 người chưa rõ ngày vào Đảng.",
    }
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
