"""Reading is an act: handed-in self-reviews, and who did not fulfil two years running."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from cells.unchanged import Answers
from evaluations import actions
from evaluations.readings import READ_RUN_LIST, READ_WRITTEN
from members.reports.readers import asker_of, looks
from tests.evaluations.rating_cases import MEETING, open_season, people, sheet_of
from tests.evaluations.test_runs import best, rated

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tree, cast):
    people(tree.here, 3)
    return sheet_of(open_season(tree, cast.staff), tree.here)


def said(action):
    rows = LogEntry.objects.filter(action=action).order_by("id")
    return [(str(entry.actor), entry.subject_label, entry.data["how"]) for entry in rows]


def handed_in(sheet, by):
    review = sheet.reviews.select_related("member").first()
    actions.receive_papers(sheet, reviews=[review.pk], written_on=MEETING, by=by)
    return review


def test_opening_a_draft_is_work_and_a_handed_in_one_is_read(sheet, cast, as_):
    review = sheet.reviews.first()
    as_(cast.secretary).get(reverse("evaluations:written", args=[review.pk]))
    as_(cast.officer).get(reverse("evaluations:written", args=[review.pk]))
    assert said(READ_WRITTEN) == []
    review = handed_in(sheet, cast.secretary)
    as_(cast.officer).get(reverse("evaluations:written", args=[review.pk]))
    as_(cast.secretary).get(reverse("evaluations:print_written", args=[review.pk]))
    as_(cast.officer).get(reverse("evaluations:print_cell_written", args=[sheet.pk]))
    assert said(READ_WRITTEN) == [
        ("Người officer", str(review.member), "xem"),
        ("Người secretary", str(review.member), "in"),
        ("Người officer", str(review.member), "in"),
    ]


def test_who_has_seen_a_person_names_it(sheet, cast, as_):
    review = handed_in(sheet, cast.secretary)
    as_(cast.officer).get(reverse("evaluations:written", args=[review.pk]))
    [look] = looks(review.member, asker_of(cast.staff, review.member)).lines
    assert (look.actor, look.words) == ("Người officer", f"xem bản kiểm điểm năm 2025 của {review.member}")
    page = as_(cast.secretary).get(reverse("members:show_readers", args=[review.member_id])).content.decode()
    assert "xem bản kiểm điểm năm 2025" in page


def test_whoever_is_refused_reads_nothing(sheet, cast, as_):
    review = handed_in(sheet, cast.secretary)
    for user in (cast.stranger, cast.reader, cast.inspector):
        as_(user).get(reverse("evaluations:written", args=[review.pk]))
    assert said(READ_WRITTEN) == []


def test_names_of_those_who_did_not_fulfil_are_read_on_page_paper_and_workbook(tree, cast, as_):
    rated(tree.here, "Phạm Văn Yếu", {2024: "KHTNV", 2025: "KHTNV"})
    rated(tree.here, "Lê Thị Đông", best())
    client, place = as_(cast.officer), {"organisation": tree.east.pk, "year": 2025}
    for name in ("failed", "excellent"):
        client.get(reverse("evaluations:run", args=[name]), place)
        for step in ("print_run", "export_run"):
            assert client.get(reverse(f"evaluations:{step}", args=[*place.values(), name])).status_code == 200
    assert said(READ_RUN_LIST) == [("Người officer", str(tree.east), how) for how in ("xem", "in", "xuất Excel")]
    entry = LogEntry.objects.filter(action=READ_RUN_LIST).first()
    assert (entry.data["number"], entry.data["year"]) == (1, 2025)
    assert "Yếu" not in str(entry.data)


def test_figures_without_names_and_an_empty_list_are_not_reading(tree, cast, as_):
    page, place = reverse("evaluations:run", args=["failed"]), {"organisation": tree.root.pk, "year": 2025}
    as_(cast.staff).get(page, place)
    rated(tree.here, "Phạm Văn Yếu", {2024: "KHTNV", 2025: "KHTNV"})
    assert "Yếu" not in as_(cast.reader).get(page, place).content.decode()
    assert said(READ_RUN_LIST) == []


def test_reading_leaves_kept_figures_as_they_are(tree, cast, monkeypatch):
    monkeypatch.setattr("cells.unchanged.connection", type("Outside", (), {"in_atomic_block": False}))
    member, answers, asked = people(tree.here, 1)[0], Answers(), []
    season = open_season(tree, cast.staff)

    def work():
        asked.append(date(2025, 1, 1))
        return len(asked)

    answers.get("q", work)
    actions.read_written(sheet_of(season, tree.here), [member], how="xem", by=cast.officer)
    assert answers.get("q", work) == 1
