"""Suspension: its term, its one extension, the fact that it writes, and who learns of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.suspensions import ExtensionEntry
from discipline.models import CaseSuspension, SideEntry
from discipline.suspensions_page import read_suspensions
from members.actions.facts import extend_suspension as extend_fact
from members.models import Overlay, Post
from members.voters import cell_assembly, committee_assembly
from tests.discipline.beside_cases import STARTED, staged, suspended
from tests.discipline.cases import accused_in, case_on, named, opened
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(tree):
    return accused_in(tree.here)


def extension(until, decided_on=date(2026, 8, 20), **more):
    return ExtensionEntry(decision="9-QĐ/ĐU", decided_on=decided_on, last_day=until, **more)


def lasts(row):
    return Overlay.objects.get(pk=row.overlay_id).last_day


@pytest.mark.parametrize(
    ("until", "allowed"), [(date(2026, 9, 29), True), (date(2026, 9, 30), False)], ids=["E11", "E11 a day more"]
)
def test_ninety_days_and_one_extension_of_thirty(cast, member, until, allowed):
    row = suspended(member, cast.inspector)
    assert (row.planned_last_day, lasts(row)) == (date(2026, 8, 30), date(2026, 8, 30))
    if not allowed:
        with pytest.raises(ValidationError, match="Chậm nhất đến hết 29/09/2026"):
            actions.extend_suspension(row, extension(until), by=cast.inspector)
        assert lasts(row) == date(2026, 8, 30)
        return
    actions.extend_suspension(row, extension(until), by=cast.inspector)
    assert lasts(row) == until
    with pytest.raises(ValidationError, match="Chỉ được gia hạn 1 lần"):
        actions.extend_suspension(row, extension(date(2026, 10, 5), date(2026, 9, 20)), by=cast.inspector)


def test_a_longer_one_that_was_decided_is_kept_with_its_reason(cast, member):
    with pytest.raises(ValidationError, match="Thời hạn đình chỉ đến hết 30/08/2026"):
        suspended(member, cast.inspector, last_day=date(2026, 9, 15))
    row = suspended(member, cast.inspector, last_day=date(2026, 9, 15), over_reason="quyết định của Tỉnh ủy")
    assert (lasts(row), row.over_reason) == (date(2026, 9, 15), "quyết định của Tỉnh ủy")


def test_the_detained_follow_procedural_law(cast, member):
    stage = staged(member, "detained")
    row = suspended(member, cast.inspector, ground="detained", proceeding=stage)
    assert (row.planned_last_day, lasts(row), row.proceeding) == (None, None, stage)
    with pytest.raises(NotAllowed, match="theo thời hạn tố tụng"):
        actions.extend_suspension(row, extension(date(2026, 12, 1)), by=cast.inspector)
    other = staged(accused_in(member.home, full_name="Người Khác"), "detained")
    with pytest.raises(ValidationError, match="không phải của đảng viên"):
        suspended(accused_in(member.home), cast.inspector, ground="detained", proceeding=other)


def test_the_voting_base_of_cell_and_committee_follows(tree, cast, member):
    Post.objects.create(member=member, organisation=tree.east, title="committee_member", started_on=date(2025, 7, 1))

    def excluded(assembly):
        return [voter.suspended for voter in assembly.voters if voter.key == str(member.pk)]

    suspended(member, cast.inspector, ground="investigated")
    assert excluded(cell_assembly(tree.here, STARTED)) == [False]
    assert excluded(committee_assembly(tree.east, STARTED)) == [True]


def test_who_is_suspended_from_party_life_is_so_from_every_committee(tree, cast, member):
    Post.objects.create(member=member, organisation=tree.east, title="committee_member", started_on=date(2025, 7, 1))
    suspended(member, cast.inspector)
    for assembly in (cell_assembly(tree.here, STARTED), committee_assembly(tree.east, STARTED)):
        assert [voter.suspended for voter in assembly.voters if voter.key == str(member.pk)] == [True]
    back = [voter.suspended for voter in cell_assembly(tree.here, date(2026, 8, 31)).voters]
    assert back == [False]


def test_two_suspensions_do_not_overlap(cast, member):
    suspended(member, cast.inspector)
    with pytest.raises(ValidationError, match="Đã có “Đình chỉ sinh hoạt đảng”"):
        suspended(member, cast.inspector, started=date(2026, 7, 1))
    assert CaseSuspension.objects.count() == 1


def test_it_ends_early_and_only_once(cast, member):
    row = suspended(member, cast.inspector)
    early = {"last_day": date(2026, 7, 10), "reason": "no_discipline", "note": "TB 5-TB/UBKT"}
    actions.end_suspension(row, by=cast.inspector, **early)
    assert lasts(row) == date(2026, 7, 10)
    assert CaseSuspension.objects.get().get_end_reason_display() == "Kết luận không kỷ luật"
    with pytest.raises(ValidationError, match="đã kết thúc"):
        actions.end_suspension(row, by=cast.inspector, **early)
    with pytest.raises(ValidationError, match="Đình chỉ đã hết ngày 10/07/2026"):
        actions.extend_suspension(row, extension(date(2026, 9, 1)), by=cast.inspector)


def test_voiding_takes_the_fact_along(cast, member):
    row = suspended(member, cast.inspector)
    actions.void_suspension(row, reason="nhầm người", by=cast.inspector)
    assert Overlay.objects.get(pk=row.overlay_id).voided_at is not None
    with pytest.raises(NotAllowed, match="sửa ở nơi khác"):
        actions.void_suspension(row, reason="nhầm người", by=cast.inspector)


def test_an_open_ended_fact_is_not_extended(cast, member):
    row = suspended(member, cast.inspector, ground="detained")
    with pytest.raises(ValidationError, match="chưa có ngày kết thúc"):
        extend_fact(row.overlay, ended_on=date(2026, 12, 1), paper="", by=cast.inspector)


def test_its_end_is_reminded_of_and_what_was_mended_elsewhere_says_so(cast, member):
    row = suspended(member, cast.inspector)

    def words(day):
        lasting, over = read_suspensions(CaseSuspension.objects.visible_to(cast.inspector).with_whom(), day)
        return [line.pill[1] for line in lasting + over]

    assert words(date(2026, 8, 24)) == ["Đang đình chỉ"]
    assert words(date(2026, 8, 25)) == ["Sắp hết hạn: còn 5 ngày"]
    assert words(date(2026, 8, 31)) == ["Đã kết thúc"]
    Overlay.objects.filter(pk=row.overlay_id).update(voided_at="2026-06-10T00:00:00Z")
    assert words(date(2026, 6, 12)) == ["Mục ở hồ sơ đảng viên đã sửa, hủy"]


def test_the_list_of_cases_reminds_of_an_end(cast, member, as_, today):
    started = date.fromordinal(today.toordinal() - 86)  # of ninety days four are left
    suspended(member, cast.inspector, started=started)
    address = reverse("discipline:cases")
    for name, reminded in (("inspector", True), ("head", True), ("secretary", False)):
        page = as_(getattr(cast, name)).get(address).content.decode()
        assert ("Đình chỉ sinh hoạt của" in page) is reminded, name


def test_one_of_a_case_is_for_those_of_the_case(cast, member, as_):
    case = case_on(member, cast.inspector)
    row = suspended(member, cast.inspector, case=case)
    address = reverse("discipline:suspension", args=[row.pk])
    for name in vars(cast):
        wanted = 200 if name == "inspector" else 404
        assert as_(getattr(cast, name)).get(address).status_code == wanted, name
    assert "Lê Văn Kín" not in as_(cast.head).get(reverse("discipline:suspensions")).content.decode()
    named(case, cast.head)
    assert as_(cast.head).get(address).status_code == 200
    assert [line.action for line in case.journal.filter(action="suspend")] == ["suspend"]


def test_the_log_tells_of_the_fact_and_of_no_case(cast, member):
    case = case_on(member, cast.inspector)
    row = suspended(member, cast.inspector, case=case)
    actions.end_suspension(
        row, last_day=date(2026, 7, 10), reason="disciplined", note="QĐ kỷ luật 11", by=cast.inspector
    )
    lines = LogEntry.objects.about(member)
    assert list(lines.order_by("pk").values_list("action", flat=True)) == [
        "members.suspend_member", "members.end_suspension",
    ]  # fmt: skip
    for line in lines:
        assert str(case.pk) not in str(line.data)
        assert "kỷ luật" not in str(line.data)
    assert SideEntry.objects.about(row).count() == 2


def test_from_the_file_of_a_case(cast, member, as_):
    case = opened(case_on(member, cast.inspector), cast.inspector)
    client, address = as_(cast.inspector), reverse("discipline:suspend_in_case", args=[case.pk])
    assert address in client.get(reverse("discipline:beside", args=[case.pk])).content.decode()
    sent = {"ground": "obstruction", "decided_by": "Đảng ủy", "decision": "7-QĐ/ĐU", "started": "01/06/2026"}
    answer = client.post(address, sent)
    row = CaseSuspension.objects.get()
    assert (answer.url, row.case, row.member) == (reverse("discipline:suspension", args=[row.pk]), case, member)
    page = client.get(reverse("discipline:beside", args=[case.pk])).content.decode()
    assert "30/08/2026" in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"member": "không có ai", "started": "31/02/2026"},
        {"member": "Lê Văn Kín", "ground": "x", "started": "1/1/9999", "last_day": "99"},
        {"member": "Lê Văn Kín", "ground": "obstruction", "decided_by": "a", "decision": "b", "started": "01/01/2999"},
        {"member": "Lê Văn Kín", "ground": "obstruction", "decided_by": "a" * 9999, "decision": "\0", "started": "1"},
    ],
)
def test_bad_input_comes_back(cast, member, as_, sent):
    answer = as_(cast.inspector).post(reverse("discipline:suspend"), sent)
    assert (answer.status_code, CaseSuspension.objects.count()) == (422, 0)


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_asks_little(tree, cast, as_, number):
    for _ in range(number):
        suspended(accused_in(tree.here), cast.inspector)
    assert queries_of(as_(cast.inspector), reverse("discipline:suspensions")) <= MOST


def test_no_extension_is_decided_before_the_suspension(member, cast):
    row = suspended(member, cast.inspector)
    with pytest.raises(ValidationError, match="trước ngày bắt đầu đình chỉ 01/06/2026"):
        actions.extend_suspension(row, extension(date(2026, 9, 25), decided_on=date(2026, 1, 20)), by=cast.inspector)
