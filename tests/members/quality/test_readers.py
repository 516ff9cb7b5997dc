"""Who can see a record, who has looked, and what the person himself is told."""

import subprocess
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cells.audit import record
from cells.models import LogEntry
from cells.unchanged import _look
from members.actions.exports import export_members_unmasked
from members.actions.record import reveal_number
from members.enums import Topic
from members.models import (
    DossierPaper,
    FamilyMember,
    FileLoan,
    Finding,
    Hold,
    Member,
    Particular,
    Proceeding,
    Scan,
)
from members.reports.readers import asker_of, looks, person_statement, readers, what_is_kept
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

ON = date(2026, 11, 23)


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


def page(member):
    return reverse("members:show_readers", args=[member.pk])


def test_roles_that_reach_the_record_the_nearest_first(cast, member):
    found = [(each.role, each.place, each.people) for each in readers(member, ON)]
    assert found == [
        ("Bí thư chi bộ", "Chi bộ Khóm 1", "Người secretary"),
        ("Cán bộ cấp ủy cơ sở", "Đảng bộ Phường Đông", "Người officer"),
        ("Chủ nhiệm Ủy ban Kiểm tra", "Đảng ủy Sao Mai", ""),
        ("Cán bộ kiểm tra", "Đảng ủy Sao Mai", ""),
        ("Thường trực, Ban Thường vụ (xem số liệu, báo cáo)", "Đảng ủy Sao Mai", "Người reader"),
        ("Cán bộ cơ quan tham mưu của cấp ủy", "Đảng ủy Sao Mai", "Người staff"),
    ]


def test_what_each_role_sees(cast, member):
    sees = {each.role: each.sees for each in readers(member, ON)}
    assert "tôn giáo" in sees["Bí thư chi bộ"]
    assert "tôn giáo" not in sees["Cán bộ cấp ủy cơ sở"]
    assert sees["Cán bộ kiểm tra"] == "theo chức trách kiểm tra, giám sát"
    assert sees["Thường trực, Ban Thường vụ (xem số liệu, báo cáo)"] == "thấy họ tên trong báo cáo, sổ in"


def test_a_closed_account_and_an_ended_role_see_nothing(cast, member):
    cast.officer.is_active = False
    cast.officer.save()
    cast.staff.role_assignments.update(ended_on=date(2026, 1, 1))
    roles = {each.role for each in readers(member, ON)}
    assert {"Cán bộ cấp ủy cơ sở", "Cán bộ cơ quan tham mưu của cấp ủy"} & roles == set()


def test_who_has_looked_and_for_what(tree, cast, member):
    reveal_number(member, by=cast.secretary)
    reveal_number(MemberFactory(home=tree.here), by=cast.secretary)
    export_members_unmasked(tree.root, {"rows": 9}, reason="lập hồ sơ đại hội", by=cast.staff)
    export_members_unmasked(tree.west, {"rows": 3}, reason="nơi khác", by=cast.staff)
    lines = looks(member, asker_of(cast.staff, member)).lines
    assert [(line.actor, line.reason) for line in lines] == [
        ("Người staff", "lập hồ sơ đại hội"), ("Người secretary", ""),
    ]  # fmt: skip
    held_back = looks(member, asker_of(cast.secretary, member)).lines[0]
    assert (held_back.actor, held_back.reason) == ("", "")
    assert held_back.words == "xuất danh sách của cấp trên, có thể có người này"


def test_the_page_is_for_those_who_read_the_log(cast, member, as_):
    shown = as_(cast.secretary).get(page(member)).content.decode()
    assert "Người officer" in shown
    assert "Người inspector" not in shown
    answers = {name: as_(getattr(cast, name)).get(page(member)).status_code
               for name in ("officer", "stranger", "inspector", "reader")}  # fmt: skip
    assert answers == {"officer": 200, "stranger": 404, "inspector": 403, "reader": 403}
    for odd in ("x", "9" * 30, "-1"):
        assert as_(cast.secretary).get(page(member), {"before": odd}).status_code == 200


def test_many_looks_stand_on_pages_of_fifty_for_the_same_number_of_queries(cast, member, as_):
    client = as_(cast.secretary)
    reveal_number(member, by=cast.secretary)
    few = queries_of(client, page(member))
    for _ in range(60):
        reveal_number(member, by=cast.secretary)
    assert queries_of(client, page(member)) == few <= MOST
    first = client.get(page(member)).context["page"]
    assert len(first.lines) == 50
    assert len(client.get(page(member), {"before": first.older}).context["page"].lines) == 11


OPENING = ["member", "sheet", "dossier", "sheet_history", "correct_member", "take_over_supplement"]


def addresses(member):
    yield from (reverse(f"members:{name}", args=[member.pk]) for name in OPENING)
    yield from (reverse("members:add_sheet_row", args=[member.pk, part]) for part in ("family", "training"))
    yield reverse("members:change_particular", args=[member.pk, Topic.HEALTH])


def openings(**about):
    rows = LogEntry.objects.filter(action__endswith=".open_record", **about).order_by("id")
    return list(rows.values_list("action", "actor__username", "subject_label"))


def test_opening_the_record_is_a_look_once_a_day_whichever_page(cast, member, as_):
    client = as_(cast.secretary)
    for address in addresses(member):
        assert client.get(address).status_code == 200, address
    assert openings() == [("members.open_record", cast.secretary.username, "Đặng Thị Hòa")]
    [line] = looks(member, asker_of(cast.secretary, member)).lines
    assert (line.actor, line.words, line.place) == ("Người secretary", "mở hồ sơ của Đặng Thị Hòa", "Chi bộ Khóm 1")
    assert "mở hồ sơ của Đặng Thị Hòa" in client.get(page(member)).content.decode()
    as_(cast.officer).get(reverse("members:sheet", args=[member.pk]))
    assert [name for _, name, _ in openings()] == [cast.secretary.username, cast.officer.username]


def test_another_day_is_another_look(cast, member):
    record("members.open_record", member, by=cast.secretary)
    today = timezone.localdate()
    noted = [Member.objects.with_opening(key, user, day).get(pk=member.pk).is_noted
             for key, user, day in ((member.pk, cast.secretary, today), (member.pk, cast.officer, today),
                                    (member.pk, cast.secretary, today + timedelta(days=1)))]  # fmt: skip
    assert noted == [True, False, False]


def test_each_page_that_opens_the_record_notes_it(tree, cast, as_):
    client = as_(cast.secretary)
    for number in range(len(list(addresses(MemberFactory(home=tree.here))))):
        person = MemberFactory(home=tree.here, full_name=f"Lê Văn {number}")
        client.get(list(addresses(person))[number])
        assert openings(subject_id=str(person.pk)) == [("members.open_record", cast.secretary.username, str(person))]


def test_who_may_not_open_it_leaves_no_look(cast, member, as_):
    for name in ("stranger", "reader", "administrator"):
        client = as_(getattr(cast, name))
        assert {client.get(address).status_code for address in addresses(member)} <= {403, 404}
    as_(cast.officer).get(reverse("members:change_particular", args=[member.pk, Topic.HEALTH]))
    assert [name for _, name, _ in openings()] in ([], [cast.officer.username])


def test_that_inspection_looked_is_for_inspection_alone(cast, member, as_):
    as_(cast.inspector).get(reverse("members:member", args=[member.pk]))
    assert openings() == [("holds.open_record", cast.inspector.username, "Đặng Thị Hòa")]
    assert looks(member, asker_of(cast.staff, member)).lines == []
    seen = [LogEntry.objects.visible_to(user).filter(action="holds.open_record").count()
            for user in (cast.secretary, cast.staff, cast.inspector)]  # fmt: skip
    assert seen == [0, 0, 1]


def test_the_log_shows_openings_when_asked_and_figures_stay_kept(cast, member, as_):
    client, before = as_(cast.secretary), _look()
    client.get(reverse("members:member", args=[member.pk]))
    assert _look() == before
    assert "mở hồ sơ của Đặng" not in client.get(reverse("log")).content.decode()
    asked = client.get(reverse("log"), {"action": "members.open_record"})
    assert "mở hồ sơ của Đặng" in asked.content.decode()


@pytest.mark.parametrize("who", ["secretary", "staff"])
def test_the_first_look_of_the_day_costs_one_query_and_no_page_too_many(tree, cast, as_, monkeypatch, who):
    monkeypatch.setattr("cells.unchanged.connection", SimpleNamespace(in_atomic_block=False))
    client, persons = as_(getattr(cast, who)), [MemberFactory(home=tree.here) for _ in range(10)]
    for address in addresses(persons[0]):
        client.get(address)
    for place, person in enumerate(persons[1:]):
        first, counts = list(addresses(person))[place], []
        for _ in range(2):
            record("members.correct_member", persons[0], by=cast.staff)  # nothing that was kept holds any more
            with CaptureQueriesContext(connection) as captured:
                assert client.get(first).status_code == 200
            counts.append(len(captured))
        assert (counts[0] <= MOST, counts[0] - counts[1]) == (True, 1), (first, counts)


def test_a_hold_and_proceedings_are_not_told(cast, member):
    asker = asker_of(cast.staff, member)
    before = what_is_kept(member, asker)
    Hold.objects.create(member=member, started_on=ON)
    Proceeding.objects.create(member=member, stage="charged", started_on=ON)
    assert what_is_kept(member, asker) == before
    assert [(each.label, each.number) for each in before] == [("thông tin chung của hồ sơ", 1), ("sinh hoạt đảng", 1)]


@pytest.mark.poppler
def test_the_statement_says_what_is_kept_and_is_an_act(cast, member, as_):
    reveal_number(member, by=cast.officer)
    client, address = as_(cast.secretary), reverse("members:print_statement", args=[member.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).headers["Content-Type"].startswith("text/html")
    answer = client.post(address, {"reason": "theo đề nghị của đảng viên"})
    paper = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True).stdout
    text = " ".join(paper.decode().split())
    for words in ("Đặng Thị Hòa", "sinh hoạt đảng", "Người officer", "theo đề nghị của đảng viên"):
        assert words in text
    assert member.personal_id not in text
    [entry] = LogEntry.objects.about(member).filter(action="members.print_statement")
    assert entry.data == {"reason": "theo đề nghị của đảng viên"}
    assert looks(member, asker_of(cast.secretary, member)).lines[0].reason == "theo đề nghị của đảng viên"


def kept(member, user):
    statement = person_statement(member, ON, "theo đề nghị", asker_of(user, member))
    return {each.label: each.number for each in statement.kept}


def test_the_statement_says_no_more_than_the_pages_of_who_prints_it(cast, member):
    Particular.objects.create(member=member, topic="religion", value="none", started_on=ON)
    Particular.objects.create(member=member, topic="degree", value="bachelor", started_on=ON)
    FamilyMember.objects.create(member=member, relation="father", full_name="Đặng Văn Kín")
    papers = [DossierPaper.objects.create(member=member, type=number) for number in (5, 32)]
    Scan.objects.create(member=member, paper=papers[0], media_type="application/pdf", size=1, pages=1, digest="a" * 64)
    FileLoan.objects.create(member=member, borrower="Ủy ban Kiểm tra", purpose="xác minh", agreed_by="x", lent_on=ON)
    for rule in ("missing_religion", "name_form"):
        Finding.objects.create(member=member, rule=rule, organisation=member.home, found_on=ON, seen_on=ON, due_on=ON)
    open_to_all = {"thông tin chung của hồ sơ": 1, "sinh hoạt đảng": 1}
    assert kept(member, cast.officer) == open_to_all | {
        "chi tiết lý lịch": 1, "tài liệu trong hồ sơ": 2, "bản quét": 1, "mượn đọc hồ sơ": 1,
        "điểm cần xem của hồ sơ": 1,
    }  # fmt: skip
    assert kept(member, cast.secretary) == open_to_all | {
        "chi tiết lý lịch": 2, "quan hệ gia đình": 1, "tài liệu trong hồ sơ": 1, "điểm cần xem của hồ sơ": 2,
    }  # fmt: skip


def test_the_statement_of_a_cell_names_nobody_above_and_no_reason(tree, cast, member):
    export_members_unmasked(tree.root, {"rows": 9}, reason="lập hồ sơ đại hội", by=cast.staff)
    statement = person_statement(member, ON, "theo đề nghị", asker_of(cast.secretary, member))
    [line] = statement.looks
    assert (line.actor, line.words, line.reason) == ("", "xuất danh sách của cấp trên, có thể có người này", "")
    [line] = person_statement(member, ON, "theo đề nghị", asker_of(cast.staff, member)).looks
    assert (line.actor, line.reason) == ("Người staff", "lập hồ sơ đại hội")


def test_days_are_those_of_the_place(cast, member):
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past midnight of the next day here
    type(member).objects.filter(pk=member.pk).update(created_at=late)
    member.memberships.update(recorded_at=late)
    member.refresh_from_db()
    assert {each.since for each in what_is_kept(member, asker_of(cast.staff, member))} == {ON}


def test_reading_a_scan_is_told_to_all_who_read_the_log_but_what_and_what_for_to_the_keeper(cast, member, as_):
    data = {"paper": "Quyết định kết nạp đảng viên", "purpose": "xét huy hiệu"}
    record("members.read_scan", member, by=cast.officer, data=data)
    line = looks(member, asker_of(cast.secretary, member)).lines[0]
    assert (line.actor, line.words, line.reason) == ("Người officer", "đọc bản quét trong hồ sơ", "")
    assert "xét huy hiệu" in looks(member, asker_of(cast.officer, member)).lines[0].words
    for address in (page(member), "/log/"):
        assert "xét huy hiệu" not in as_(cast.secretary).get(address).content.decode()
        assert "xét huy hiệu" in as_(cast.officer).get(address).content.decode()
