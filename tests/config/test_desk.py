"""The first page: what waits for whom, and nothing of anybody else."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cells.actions.accounts import grant_role
from cells.audit import record
from cells.enums import DocumentState, DocumentType, JobState
from cells.models import Ballot, IssuedDocument, Job, Organisation, Term
from cells.permissions import Role
from config.desk.page import read_desk
from config.desk.waiting import waiting_count
from evaluations.enums import Outcome, SheetState
from evaluations.models import Complaint, OrganisationReview, RatingDecision, RatingSheet, Review, Season
from members.enums import BatchKind, BatchState
from members.models import ImportBatch
from tests.factories import MemberFactory

YEAR = 2026


@pytest.fixture
def season(tree, today):
    """A season with a sheet and one member in every cell; the bases decide, the school decides itself."""
    found = Season.objects.create(
        organisation=tree.root,
        year=YEAR,
        rule_code="qd366_2025",
        reference_date=date(YEAR, 12, 31),
        cell_due_on=today + timedelta(days=3),
        base_due_on=today + timedelta(days=20),
    )
    for cell, decider in (
        (tree.here, tree.east),
        (tree.next_door, tree.east),
        (tree.there, tree.west),
        (tree.far, tree.west),
        (tree.school, tree.school),
    ):
        sheet = RatingSheet.objects.create(season=found, organisation=cell, chain=[], holder=cell, decider=decider)
        member = MemberFactory(home=cell, full_name=f"Người của {cell.name}")
        Review.objects.create(sheet=sheet, member=member, outcome=Outcome.RATE)
    return found


def sheet_of(season, cell):
    return season.sheets.get(organisation=cell)


def put(sheet, state, holder=None, **values):
    """The sheet as if it had been sent to `holder`."""
    counts = dict.fromkeys(("entitled", "present", "issued", "collected", "valid"), 1)
    ballot = Ballot.objects.create(organisation=sheet.organisation, held_on=date(YEAR, 11, 1), invalid=0, **counts)
    season = sheet.season.sheets.filter(pk=sheet.pk)
    season.update(state=state, ballot=ballot, holder=holder or sheet.holder, sent_at=timezone.now(), **values)


def decide(sheet, by):
    day = date(YEAR, 11, 2)
    decision = RatingDecision.objects.create(
        season=sheet.season, organisation=sheet.decider, decided_on=day, decided_by=by
    )
    put(sheet, SheetState.DECIDED, decision=decision)


def draft(organisation, by, abstract, **values):
    values = {"type": DocumentType.REPORT, "kind": "ratings", "symbol": "ĐU", **values}
    return IssuedDocument.objects.create(organisation=organisation, abstract=abstract, created_by=by, **values)


def issue(organisation, by, abstract, number):
    term, _ = Term.objects.get_or_create(organisation=organisation, name="2025–2030", started_on=date(2025, 7, 1))
    values = {"number": number, "signed_on": date(YEAR, 5, number), "term": term, "pdf": b"%PDF", "digest": "0" * 64}
    return draft(organisation, by, abstract, state=DocumentState.ISSUED, **values)


def titles(entries):
    return [entry.title for entry in entries]


# --- sheets


def test_a_secretary_sees_the_own_sheet_with_its_deadline_and_no_other(as_, cast, tree, season, today):
    page = as_(cast.secretary).get("/").content.decode()

    [entry] = read_desk(cast.secretary, today).mine
    assert entry.title == "Xếp loại 2026: Chi bộ Khóm 1"
    assert entry.reason == "Đã xong 0/1 đảng viên thuộc diện xếp loại."
    assert entry.pill == ("warn", f"hạn {today + timedelta(days=3):%d/%m/%Y}")
    assert entry.url == f"/evaluations/sheets/{sheet_of(season, tree.here).pk}/"
    assert f'href="{entry.url}"' in page
    assert not re.search("Khóm 2|Ấp Thượng|Ấp Hạ|Trường Sao Mai", page)


def test_a_settled_member_counts(cast, season, today):
    Review.objects.filter(sheet__organisation__name="Chi bộ Khóm 1").update(proposed_level="HTTNV")

    assert read_desk(cast.secretary, today).mine[0].reason == "Đã xong 1/1 đảng viên thuộc diện xếp loại."


def test_a_returned_sheet_comes_first_with_the_reason(cast, tree, season, system, today):
    grant_role(cast.secretary, Role.CELL_SECRETARY, organisation=tree.next_door, started_on=date(2025, 7, 1), by=system)
    returned = season.sheets.filter(organisation=tree.next_door)
    returned.update(state=SheetState.RETURNED, return_reason="Thiếu biên bản kiểm phiếu")

    first, second = read_desk(cast.secretary, today).mine

    assert (first.title, first.verb) == ("Xếp loại 2026: Chi bộ Khóm 2", "Sửa và gửi lại")
    assert first.reason == "Cấp trên trả lại: Thiếu biên bản kiểm phiếu"
    assert second.title == "Xếp loại 2026: Chi bộ Khóm 1"


def test_a_sent_sheet_waits_for_the_body_above(cast, tree, season, today):
    put(sheet_of(season, tree.here), SheetState.SENT, tree.east)

    secretary, officer = read_desk(cast.secretary, today), read_desk(cast.officer, today)

    assert secretary.mine == []
    assert titles(secretary.others) == ["Bảng xếp loại 2026: Chi bộ Khóm 1"]
    assert secretary.others[0].reason == f"Đã gửi ngày {today:%d/%m/%Y}, đang ở Đảng bộ Phường Đông."
    assert titles(officer.mine) == ["Xem bảng xếp loại 2026: Chi bộ Khóm 1"]
    assert officer.mine[0].due_on == today + timedelta(days=20)


def test_an_officer_sees_who_below_has_not_filed_and_nobody_beside(cast, tree, season, today):
    put(sheet_of(season, tree.there), SheetState.SENT, tree.west)

    officer, neighbour = read_desk(cast.officer, today), read_desk(cast.other_officer, today)

    assert officer.mine == []
    assert titles(officer.others) == ["2 chi bộ chưa gửi bảng xếp loại 2026"]
    assert officer.others[0].reason == "Chi bộ Khóm 1, Chi bộ Khóm 2."
    assert neighbour.others[0].reason == "Chi bộ Ấp Hạ."


def test_what_the_bases_hold_is_not_the_task_of_the_committee(cast, tree, season, today):
    put(sheet_of(season, tree.there), SheetState.SENT, tree.west)
    put(sheet_of(season, tree.here), SheetState.OPENED, tree.root)

    desk = read_desk(cast.staff, today)

    assert titles(desk.mine) == ["Xem bảng xếp loại 2026: Chi bộ Khóm 1"]
    assert titles(desk.others) == [
        "3 chi bộ chưa gửi bảng xếp loại 2026",
        "1 bảng xếp loại 2026 đang ở cấp khác",
    ]


def test_late_cells_are_said_to_be_late(cast, tree, season, today):
    Season.objects.update(cell_due_on=today - timedelta(days=2))

    assert read_desk(cast.staff, today).others[0].pill == ("error", "quá hạn 2 ngày")


def test_a_cell_that_decides_itself_has_its_sent_sheet_as_a_task(cast, tree, season, system, today):
    put(sheet_of(season, tree.school), SheetState.SENT, tree.school)
    grant_role(cast.stranger, Role.CELL_SECRETARY, organisation=tree.school, started_on=date(2025, 7, 1), by=system)

    assert titles(read_desk(cast.stranger, today).mine) == [
        "Xếp loại 2026: Chi bộ Ấp Thượng",
        "Xem bảng xếp loại 2026: Chi bộ cơ sở Trường Sao Mai",
    ]


def test_a_season_can_be_closed_once_every_cell_with_members_is_decided(cast, tree, season, system, today):
    for cell in (tree.here, tree.next_door, tree.there, tree.far):
        decide(sheet_of(season, cell), system)
    assert "Đóng đợt xếp loại năm 2026" not in titles(read_desk(cast.staff, today).mine)

    Review.objects.filter(sheet__organisation=tree.school).delete()

    assert titles(read_desk(cast.staff, today).mine) == ["Đóng đợt xếp loại năm 2026"]
    assert waiting_count(cast.staff) == 1
    assert read_desk(cast.officer, today).mine == []


def test_a_closed_season_waits_for_nobody(cast, season, today):
    Season.objects.update(state="closed")

    for user in (cast.secretary, cast.officer, cast.staff):
        desk = read_desk(user, today)
        assert (desk.mine, desk.others) == ([], [])


# --- papers, files, work


def test_drafts_of_the_own_body_wait_and_those_of_others_do_not(cast, tree, today):
    draft(tree.east, cast.officer, "kết quả của Phường Đông")
    draft(tree.west, cast.other_officer, "kết quả của Phường Tây")
    draft(tree.root, cast.staff, "kết quả của Sao Mai")

    assert titles(read_desk(cast.officer, today).mine) == ["Báo cáo kết quả của Phường Đông"]
    assert titles(read_desk(cast.staff, today).mine) == ["Báo cáo kết quả của Sao Mai"]
    for user in (cast.secretary, cast.reader, cast.inspector, cast.administrator):
        assert read_desk(user, today).mine == []


def test_a_checked_file_waits_for_the_staff_until_it_is_written(cast, tree, today):
    batch = ImportBatch.objects.create(
        kind=BatchKind.MEMBERS, organisation=tree.root, file_name="ds.xlsx", sha256="0" * 64,
        state=BatchState.PREVIEW, created_by=cast.staff,
    )  # fmt: skip

    assert titles(read_desk(cast.staff, today).mine) == ["Tệp ds.xlsx đã kiểm tra xong, chờ ghi"]
    assert read_desk(cast.officer, today).mine == []

    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.COMMITTED)
    assert read_desk(cast.staff, today).mine == []


def test_only_ones_own_unfinished_work_is_shown(cast, tree, today):
    values = {"kind": "x", "organisation": tree.root, "state": JobState.RUNNING, "done": 30, "total": 120}
    Job.objects.create(label="Báo cáo của tôi", created_by=cast.staff, **values)
    Job.objects.create(label="Báo cáo của người khác", created_by=cast.officer, **values)
    Job.objects.create(label="Việc đã xong", created_by=cast.staff, **values | {"state": JobState.DONE})

    [entry] = read_desk(cast.staff, today).others

    assert (entry.title, entry.reason) == ("Báo cáo của tôi", "Máy chủ đang chạy, được 25 %.")


# --- who only reads, who only runs accounts


def test_a_reader_sees_figures_and_issued_documents_and_no_names(as_, cast, tree, season, today):
    issue(tree.root, cast.staff, "kết quả năm trước", 5)
    issue(tree.east, cast.officer, "kết quả Phường Đông", 7)
    draft(tree.root, cast.staff, "còn là dự thảo")
    put(sheet_of(season, tree.here), SheetState.SENT, tree.root)

    page = as_(cast.reader).get("/").content.decode()
    desk = read_desk(cast.reader, today)

    assert (desk.mine, desk.others) == ([], [])
    assert titles(desk.documents) == ["Báo cáo kết quả Phường Đông", "Báo cáo kết quả năm trước"]
    assert [figure.value for figure in desk.figures.figures[:3]] == ["5", "0", "0"]
    assert not re.search("còn là dự thảo|Người của|Khóm", page)
    assert re.findall(r"/members/[^\"]*", page) == ["/members/life/", "/members/statistics/"]


def test_an_inspector_sees_figures_alone(cast, tree, season, today):
    issue(tree.root, cast.staff, "kết quả năm trước", 5)
    put(sheet_of(season, tree.here), SheetState.SENT, tree.root)

    desk = read_desk(cast.inspector, today)

    assert (desk.mine, desk.others, desk.documents, desk.figures.to_look_at) == ([], [], [], [])
    assert desk.figures.people == 5


def lock(user):
    AccessAttempt.objects.update_or_create(username=user.username, ip_address="10.0.0.7", failures_since_start=5)


def test_an_administrator_sees_accounts_and_no_content(as_, cast, season, today):
    for user in (cast.secretary, cast.inspector):
        lock(user)
    for user in (cast.officer, cast.inspector):
        user.must_change_password = True
        user.save()

    page = as_(cast.administrator).get("/").content.decode()
    desk = read_desk(cast.administrator, today)

    assert titles(desk.mine) == ["Tài khoản secretary đang bị tạm khóa"]
    assert titles(desk.others) == ["1 người chưa đổi mật khẩu lần đầu"]
    assert desk.others[0].reason == "Chưa làm việc được trên hệ thống: officer."
    assert desk.figures.people is None
    assert not re.search("inspector|Người của|Khóm|Xếp loại 2026", page)


def test_an_attempt_of_long_ago_locks_nobody(cast, today):
    lock(cast.secretary)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=2))

    assert read_desk(cast.administrator, today).mine == []


def test_an_account_without_a_role_is_told_whom_to_ask(as_, cast, season):
    cast.stranger.role_assignments.all().delete()

    page = as_(cast.stranger).get("/").content.decode()

    assert "Hãy nhờ người quản trị tài khoản giao vai trò" in page
    assert not re.search("Con số|Người của|Khóm", page)


def test_a_stranger_is_sent_to_the_sign_in_page(client, db):
    assert client.get("/").url == "/sign-in/?next=/"


def test_organisations_and_complaints_wait_for_the_body_that_decides(as_, cast, tree, season, today):
    for cell, state in ((tree.here, "sent"), (tree.next_door, "sent"), (tree.there, "draft")):
        OrganisationReview.objects.create(
            season=season, organisation=cell, decider=tree.east if cell != tree.there else tree.west, state=state,
            own_level="HTTNV",
        )  # fmt: skip
    sheet = sheet_of(season, tree.here)
    decide(sheet, cast.officer)
    Complaint.objects.create(
        review=sheet.reviews.get(), received_on=date(YEAR, 11, 5), summary="Đề nghị xem lại", recorded_by=cast.officer
    )

    desk = read_desk(cast.officer, today)

    assert titles(desk.mine) == [
        "2 tổ chức đảng chờ Đảng bộ Phường Đông quyết định xếp loại 2026",
        "1 khiếu nại về xếp loại 2026 chờ Đảng bộ Phường Đông trả lời",
    ]
    assert (desk.mine[0].due_on, desk.count) == (today + timedelta(days=20), 3)
    assert desk.mine[1].reason.startswith("Nhận từ ngày 05/11/2026")
    assert desk.mine[0].url == f"/evaluations/seasons/{season.pk}/organisations/{tree.east.pk}/decide/"
    page = as_(cast.officer).get(desk.mine[1].url).content.decode()
    assert "Người của Chi bộ Khóm 1" in page
    assert waiting_count(cast.officer) == 3
    for somebody in (cast.secretary, cast.other_officer, cast.staff):
        assert not re.search("khiếu nại|tổ chức đảng chờ", " ".join(titles(read_desk(somebody, today).mine)))


# --- the first day


def test_an_empty_committee_is_told_to_load_the_catalogue_then_the_members(cast, tree, today):
    assert read_desk(cast.staff, today).first_step.verb == "Nhập danh sách đảng viên"
    assert read_desk(cast.secretary, today).first_step is None

    Organisation.objects.update(is_cell=False)
    assert read_desk(cast.staff, today).first_step.verb == "Nhập danh mục tổ chức"

    MemberFactory(home=tree.here)
    assert read_desk(cast.staff, today).first_step is None


# --- cost


@pytest.fixture
def keeping(monkeypatch):
    """Tests run within a transaction, in which nothing is kept; here reads are kept as they are for people."""
    monkeypatch.setattr("cells.unchanged.connection", SimpleNamespace(in_atomic_block=False))


@pytest.fixture
def player_of_every_part(cast, tree, system):
    """One account with every role that may be joined, on the root."""
    parts = (Role.CELL_SECRETARY, Role.BASE_OFFICER, Role.STAFF, Role.READER)
    for role in parts:
        grant_role(cast.administrator, role, organisation=tree.root, started_on=date(2025, 7, 2), by=system)
    return cast.administrator


def fill(tree, cast, season, count):
    """Much of everything that can wait."""
    for number in range(count):
        cell = Organisation.objects.create(
            name=f"Chi bộ thêm {number}",
            kind="cell",
            path=f"{tree.east.path}x{number}/",
            parent=tree.east,
            is_cell=True,
        )
        sheet = RatingSheet.objects.create(season=season, organisation=cell, chain=[], holder=cell, decider=tree.east)
        member = MemberFactory(home=cell, admitted_on=date(2020, 1, 1), official_on=None, personal_id="")
        Review.objects.create(sheet=sheet, member=member, outcome=Outcome.RATE)
        if number % 2:
            put(sheet, SheetState.SENT, tree.east)
        draft(tree.root, cast.staff, f"dự thảo {number}")
        ImportBatch.objects.create(
            kind=BatchKind.MEMBERS, organisation=tree.root, file_name="x", sha256="0", state=BatchState.PREVIEW,
            created_by=cast.staff,
        )  # fmt: skip
        Job.objects.create(kind="x", label="x", created_by=cast.administrator, organisation=tree.root)
    lock(cast.secretary)


def queries_of(client, system):
    """The statements of the desk the first time after an act and the next time."""
    client.get("/")  # what is read once a process
    record("cells.test", None, by=system)
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        found.append([query["sql"] for query in queries])
    return found


@pytest.mark.usefixtures("keeping")
def test_the_same_queries_for_1_and_30_of_everything_and_nothing_is_written(
    as_, cast, tree, season, player_of_every_part, system
):
    client = as_(player_of_every_part)
    fill(tree, cast, season, 1)
    few = queries_of(client, system)
    Organisation.objects.filter(name__startswith="Chi bộ thêm").update(path="/999/")
    fill(tree, cast, season, 30)
    many = queries_of(client, system)

    # an account with every role at once; who does one work stands below
    assert [len(each) for each in few] == [len(each) for each in many] == [14, 9]
    assert [sql for each in few + many for sql in each if not sql.startswith(("SELECT", "(SELECT", "WITH"))] == []


@pytest.mark.usefixtures("keeping")
def test_each_part_needs_twelve_at_most(as_, cast, season, system):
    needed = {}
    for name, user in vars(cast).items():
        needed[name] = [len(each) for each in queries_of(as_(user), system)]

    assert needed == {
        "secretary": [12, 8], "stranger": [12, 8], "officer": [12, 7], "other_officer": [12, 7], "staff": [12, 7],
        "reader": [8, 6], "inspector": [8, 6], "head": [9, 7], "administrator": [5, 5],
    }  # fmt: skip


def test_the_bar_counts_what_the_desk_shows_in_one_query(
    cast, tree, season, player_of_every_part, today, django_assert_num_queries
):
    fill(tree, cast, season, 13)
    assert player_of_every_part.roles_today

    with django_assert_num_queries(1):
        count = waiting_count(player_of_every_part)

    assert count == read_desk(player_of_every_part, today).count == 39
    assert waiting_count(cast.reader) == 0
