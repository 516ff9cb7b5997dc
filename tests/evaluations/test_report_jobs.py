"""Reports that are long, and reports while a season is not finished."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import Job
from cells.tasks import run_job
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.reports import ratings_report
from tests.evaluations.rating_cases import open_season, people, sent

pytestmark = pytest.mark.django_db


def test_a_long_report_is_printed_as_a_job_that_a_post_begins(tree, cast, as_, monkeypatch):
    monkeypatch.setattr("evaluations.report_paper.LINES_AT_ONCE", 0)
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    client, address = as_(cast.officer), reverse("evaluations:print_report", args=[tree.east.pk, 2025])
    page = reverse("evaluations:report", args=[tree.east.pk, 2025])
    assert client.get(address).url == page
    assert not Job.objects.exists()
    assert f'action="{address}"' in client.get(page).content.decode()
    client.post(address)
    job = Job.objects.get()
    assert job.params == {"organisation": tree.east.pk, "year": 2025, "on": "2025-12-31"}
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert client.get(job.result_url).content.startswith(b"%PDF")


def test_cells_decided_last_year_are_undecided_until_this_years_decision(tree, cast):
    people(tree.here, 3)
    for year in (2025, 2026):
        season = open_season(tree, cast.staff, year=year)
        if year == 2025:
            sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
            actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18)), by=cast.officer)
    assert ratings_report(tree.east, year=2025).undecided_cells == ()
    assert ratings_report(tree.east, year=2026).undecided_cells == ("Chi bộ Khóm 1",)
