"""The list as a workbook: what is shown, masked unless there is a reason, always in the log."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import JobState
from cells.models import Job, LogEntry
from cells.permissions import Role
from cells.tasks import run_job
from config.lib.sheets import read_workbook
from tests.factories import MemberFactory

URL, WHOLE = reverse("members:export"), reverse("members:export_unmasked")


def sheets(response):
    assert response.status_code == 200
    book = read_workbook(b"".join(response.streaming_content), "list.xlsx")
    return {sheet.name: sheet.rows for sheet in book.sheets}


@pytest.fixture
def people(tree):
    MemberFactory(
        home=tree.here, full_name="Trần Văn Bình", personal_id="096080500011", born_on=date(1975, 3, 1),
        born_precision="month",
    )  # fmt: skip
    MemberFactory(home=tree.next_door, full_name="Lê Thị An", sex="female", personal_id="096180500012")
    MemberFactory(home=tree.there, full_name="Ngô Văn Xa", personal_id="096080500013")


def test_exactly_what_is_shown(as_, cast, people, tree):
    query = "?columns=born&columns=personal_id&columns=cell&q=&sort=-name"
    shown = as_(cast.officer).get(f"/members/{query}")
    found = sheets(as_(cast.officer).post(f"{URL}{query}"))
    assert found["Danh sách"] == [
        ["STT", "Họ và tên", "Chi bộ", "Ngày sinh", "Số định danh"],
        [1, "Trần Văn Bình", "Chi bộ Khóm 1, Đảng bộ Phường Đông", "03/1975", "••••••••0011"],
        [2, "Lê Thị An", "Chi bộ Khóm 2, Đảng bộ Phường Đông", date(1980, 3, 5), "••••••••0012"],
    ]
    assert [row.member.full_name for row, _ in shown.context["page"]] == ["Trần Văn Bình", "Lê Thị An"]
    [act] = LogEntry.objects.filter(action="members.export")
    assert (act.actor, act.organisation, act.data["rows"]) == (
        cast.officer,
        cast.officer.roles_today[0].organisation,
        2,
    )
    assert act.data["columns"] == ["Chi bộ", "Ngày sinh", "Số định danh"]


def test_filters_hold_for_the_workbook(as_, cast, people):
    found = sheets(as_(cast.officer).post(f"{URL}?sex=female"))
    assert [row[1] for row in found["Danh sách"][1:]] == ["Lê Thị An"]
    assert found["Thông tin"][1][1] == "Đảng viên đang trong danh sách, nữ"


def test_whole_numbers_for_a_reason(as_, cast, people):
    client = as_(cast.officer)
    query = "?columns=personal_id&q=binh"
    refused = client.post(f"{WHOLE}{query}", {"reason": "vì"})
    assert "reason" in refused.context["form"].errors
    assert not LogEntry.objects.filter(action__startswith="members.export").exists()
    found = sheets(client.post(f"{WHOLE}{query}", {"reason": "Đối chiếu với Công an phường"}))
    assert [row[2] for row in found["Danh sách"][1:]] == ["096080500011"]
    [act] = LogEntry.objects.filter(action="members.export_unmasked")
    assert act.data["reason"] == "Đối chiếu với Công an phường"
    assert "09608050" not in str(act.data)


def test_a_secretary_exports_the_own_cell_alone(as_, cast, people, tree):
    client = as_(cast.secretary)
    found = sheets(client.post(URL))
    assert [row[1] for row in found["Danh sách"][1:]] == ["Trần Văn Bình"]
    assert client.post(f"{URL}?organisation={tree.there.pk}").status_code == 404
    assert client.post(f"{WHOLE}?organisation={tree.there.pk}", {"reason": "x" * 20}).status_code == 404
    assert [row[1] for row in sheets(client.post(f"{URL}?q=0013"))["Danh sách"][1:]] == []


def test_people_who_may_only_look_do_not_export(as_, cast, people):
    assert as_(cast.inspector).post(URL).status_code == 403
    assert as_(cast.inspector).get(WHOLE).status_code == 403
    assert as_(cast.officer).get(URL).status_code == 405
    assert not LogEntry.objects.filter(action__startswith="members.export").exists()


@pytest.fixture
def long(monkeypatch):
    monkeypatch.setattr("members.exporting.AT_ONCE", 1)


def test_a_long_list_is_written_beside_the_page(as_, cast, people, long):
    client, query = as_(cast.officer), "?columns=personal_id&sort=-name"
    answer = client.post(f"{URL}{query}")
    job = Job.objects.get()
    assert answer.url == reverse("cells:job", args=[job.pk])
    assert not LogEntry.objects.filter(action="members.export").exists()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.message, job.done, job.total) == ("Đã ghi 2 người.", 2, 2)
    file = client.get(job.result_url)
    assert file["Content-Disposition"] == 'attachment; filename="danh-sach-dang-vien.xlsx"'
    rows = read_workbook(file.content, "list.xlsx").sheets[0].rows
    assert rows[1:] == [[1, "Trần Văn Bình", "••••••••0011"], [2, "Lê Thị An", "••••••••0012"]]
    [act] = LogEntry.objects.filter(action="members.export")
    assert (act.actor, act.data["rows"], act.data["columns"]) == (cast.officer, 2, ["Số định danh"])
    assert as_(cast.staff).get(job.result_url).status_code == 404


def test_a_long_list_with_whole_numbers_keeps_its_reason(as_, cast, people, long):
    client = as_(cast.officer)
    client.post(f"{WHOLE}?columns=personal_id", {"reason": "Đối chiếu với Công an phường"})
    job = Job.objects.get()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert "096080500011" in str(read_workbook(client.get(job.result_url).content, "list.xlsx").sheets[0].rows)
    [act] = LogEntry.objects.filter(action="members.export_unmasked")
    assert act.data["reason"] == "Đối chiếu với Công an phường"


def test_who_lost_the_role_meanwhile_gets_no_list(as_, cast, people, long):
    client = as_(cast.officer)
    client.post(URL)
    job = Job.objects.get()
    cast.officer.role_assignments.update(role=Role.READER)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "Danh sách không còn trong phạm vi của đồng chí.")
    assert not LogEntry.objects.filter(action="members.export").exists()
    assert client.get(reverse("cells:job_file", args=[job.pk])).status_code == 404


def test_no_cell_starts_a_formula(as_, cast, tree):
    MemberFactory(home=tree.here, full_name='=HYPERLINK("x")', residence="@SUM(A1)", home_place="+1")
    response = as_(cast.officer).post(f"{URL}?columns=residence,home_place")
    content = b"".join(response.streaming_content)
    [_, row] = read_workbook(content, "list.xlsx").sheets[0].rows
    assert row == [1, '=HYPERLINK("x")', "+1", "@SUM(A1)"]
    assert read_workbook(content, "list.xlsx").sheets[0].formulas_without_value == set()


def test_people_who_left_the_scope_are_named_without_numbers(as_, cast, people, tree):
    member = tree.here.members.get()
    member.memberships.update(ended_on=date(2026, 3, 1), end_reason="moved_out")
    member.home = tree.there
    member.save(update_fields=["home"])
    query = "?on=28/02/2026&columns=personal_id&organisation=" + str(tree.here.pk)
    found = sheets(as_(cast.officer).post(f"{WHOLE}{query}", {"reason": "Đối chiếu với Công an phường"}))
    assert found["Danh sách"][1][:2] == [1, "Trần Văn Bình"]
    assert "096080500011" not in str(found)


def test_same_number_of_queries_for_one_row_and_for_thirty(as_, cast, tree):
    client = as_(cast.officer)

    def count():
        with CaptureQueriesContext(connection) as captured:
            sheets(client.post(f"{URL}?columns=post,grade,degree"))
        return len(captured)

    MemberFactory(home=tree.here)
    one = count()
    for _ in range(29):
        MemberFactory(home=tree.next_door)
    assert count() == one
