"""The seal: who sees a case, who is named later, what the journal keeps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from cells.models import LogEntry, RoleAssignment
from cells.permissions import Role
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.sealing import SignalEntry
from discipline.enums import Part
from discipline.models import Case, CaseReader, JournalEntry
from tests.discipline.beside_cases import letter_on, suspended
from tests.discipline.cases import SIGNAL_ON, SUMMARY, accused_in, case_on, named, opened
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(tree, cast):
    return case_on(accused_in(tree.here), cast.inspector)


def test_a_case_exists_for_whom_it_names(cast, case, as_):
    for name in vars(cast):
        found = Case.objects.visible_to(getattr(cast, name)).count()
        status = as_(getattr(cast, name)).get(reverse("discipline:case", args=[case.pk])).status_code
        assert (found, status) == ((1, 200) if name == "inspector" else (0, 404)), name


def test_nothing_of_it_goes_to_the_common_log(case):
    assert not LogEntry.objects.filter(action__startswith="discipline").exists()
    assert not LogEntry.objects.filter(subject_id=str(case.pk)).exists()


def test_the_file_is_shown_after_a_reason(tree, cast, as_):
    case = case_on(accused_in(tree.here), cast.head, officers=(cast.inspector,))
    client, address = as_(cast.inspector), reverse("discipline:file", args=[case.pk])
    assert client.get(address).url == reverse("discipline:case", args=[case.pk])
    assert client.post(reverse("discipline:case", args=[case.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("discipline:case", args=[case.pk]), {"reason": "chuẩn bị hội nghị chi bộ"})
    assert client.get(address).status_code == 200
    line = JournalEntry.objects.filter(case=case, kind="read", actor=cast.inspector).get()
    assert line.reason == "chuẩn bị hội nghị chi bộ"
    assert "chuẩn bị hội nghị chi bộ" in client.get(reverse("discipline:journal", args=[case.pk])).content.decode()


def test_another_is_named_by_a_second_person(cast, case, as_):
    asked = actions.ask_opening(
        case, user=cast.secretary, part=Part.CELL, reason="họp chi bộ", second=cast.head, by=cast.inspector
    )
    assert not Case.objects.visible_to(cast.secretary).exists()
    page = as_(cast.head).get(reverse("discipline:answer_opening", args=[asked.pk])).content.decode()
    assert "họp chi bộ" in page
    assert "Lê Văn Kín" not in page
    as_(cast.head).post(reverse("discipline:answer_opening", args=[asked.pk]), {"answer": "grant"})
    assert Case.objects.visible_to(cast.secretary).get() == case
    assert not Case.objects.visible_to(cast.head).exists()
    with pytest.raises(NotAllowed, match="đã được trả lời"):
        actions.answer_opening(asked, grants=True, by=cast.head)


@pytest.mark.parametrize("who", ["inspector", "secretary", "staff"])
def test_the_second_person_is_another_inspector(cast, case, who):
    with pytest.raises(ValidationError, match="Người xác nhận phải là cán bộ kiểm tra khác"):
        actions.ask_opening(
            case, user=cast.secretary, part=Part.CELL, reason="họp", second=getattr(cast, who), by=cast.inspector
        )


def test_whoever_asks_is_not_told_of_the_case_by_a_stranger(cast, case, as_):
    asked = actions.ask_opening(
        case, user=cast.secretary, part=Part.CELL, reason="họp", second=cast.head, by=cast.inspector
    )
    for name in ("secretary", "staff", "administrator", "inspector"):
        client = as_(getattr(cast, name))
        assert client.get(reverse("discipline:answer_opening", args=[asked.pk])).status_code == 404, name


def test_the_accused_is_not_named(tree, cast):
    member = accused_in(tree.here, user=cast.secretary)
    case = case_on(member, cast.inspector)
    with pytest.raises(ValidationError, match="chính người bị xem xét"):
        actions.ask_opening(
            case, user=cast.secretary, part=Part.CELL, reason="họp", second=cast.head, by=cast.inspector
        )
    with pytest.raises(ValidationError, match="chính người bị xem xét"):
        case_on(member, cast.secretary, officers=(cast.inspector,))


def test_one_officer_always_remains(cast, case):
    only = case.readers.get()
    with pytest.raises(NotAllowed, match="ít nhất một cán bộ kiểm tra"):
        actions.close_for(only, reason="đổi việc", by=cast.inspector)
    named(case, cast.head)
    actions.close_for(only, reason="đổi việc", by=cast.head)
    assert not Case.objects.visible_to(cast.inspector).exists()


def test_a_secretary_reports_and_keeps_sight_of_that_case_alone(tree, cast, as_):
    other = case_on(accused_in(tree.here, full_name="Trần Thị Khác"), cast.inspector)
    with pytest.raises(ValidationError, match="ít nhất một cán bộ kiểm tra"):
        case_on(accused_in(tree.here), cast.secretary, officers=())
    case = case_on(accused_in(tree.here), cast.secretary, officers=(cast.inspector,))
    assert list(Case.objects.visible_to(cast.secretary)) == [case]
    assert CaseReader.objects.get(case=case, user=cast.secretary).part == Part.CELL
    assert as_(cast.secretary).get(reverse("discipline:case", args=[other.pk])).status_code == 404


def test_a_case_whose_officers_have_left_goes_to_the_head(tree, cast, case, as_):
    address = reverse("discipline:take_over_case", args=[case.pk])
    assert as_(cast.head).get(address).status_code == 404
    cast.inspector.role_assignments.update(ended_on="2026-01-01")
    assert "Giao hồ sơ" in as_(cast.head).get(reverse("discipline:cases")).content.decode()
    as_(cast.head).post(address, {"user": cast.head.pk, "reason": "cán bộ chuyển công tác"})
    assert Case.objects.visible_to(cast.head).get() == case


def test_a_second_person_who_left_his_office_opens_nothing(cast, case, as_):
    asked = actions.ask_opening(
        case, user=cast.secretary, part=Part.CELL, reason="họp chi bộ", second=cast.head, by=cast.inspector
    )
    cast.head.role_assignments.update(ended_on="2026-01-01")
    address = reverse("discipline:answer_opening", args=[asked.pk])
    assert as_(cast.head).get(address).status_code == 404
    assert as_(cast.head).post(address, {"answer": "grant"}).status_code == 404
    with pytest.raises(NotAllowed, match="không còn là cán bộ kiểm tra của cấp này"):
        actions.answer_opening(asked, grants=True, by=cast.head)
    assert not CaseReader.objects.filter(user=cast.secretary).exists()


def test_an_officer_who_left_his_office_does_not_count_as_the_one_that_remains(cast, case):
    named(case, cast.head)
    cast.head.role_assignments.update(ended_on="2026-01-01")
    last = case.readers.open().get(user=cast.inspector)
    with pytest.raises(NotAllowed, match="ít nhất một cán bộ kiểm tra"):
        actions.close_for(last, reason="bàn giao", by=cast.inspector)
    assert case.readers.open().count() == 2


def test_a_case_is_given_to_an_inspector_alone(cast, case):
    cast.inspector.role_assignments.update(ended_on="2026-01-01")
    with pytest.raises(ValidationError, match="Chỉ giao cho cán bộ kiểm tra đang công tác"):
        actions.take_over_case(case, user=cast.officer, reason="cán bộ chuyển công tác", by=cast.head)
    assert not case.readers.filter(user=cast.officer).exists()


def test_a_case_opened_by_mistake_is_taken_back(cast, case, as_):
    opened(case, cast.inspector)
    client, address = as_(cast.inspector), reverse("discipline:void_case", args=[case.pk])
    assert address in client.get(reverse("discipline:file", args=[case.pk])).content.decode()
    assert client.post(address, {"reason": "nhầm người cùng tên"}).url == reverse("discipline:cases")
    assert not Case.objects.visible_to(cast.inspector).exists()
    assert client.get(reverse("discipline:case", args=[case.pk])).status_code == 404
    assert JournalEntry.objects.get(case=case, action="void_case").reason == "nhầm người cùng tên"
    assert not LogEntry.objects.filter(subject_id=str(case.pk)).exists()
    with pytest.raises(NotAllowed, match="vừa được sửa ở nơi khác"):
        actions.void_case(case, reason="x", by=cast.inspector)


def test_what_is_inspected_or_suspends_somebody_is_not_taken_back(cast, case):
    row = suspended(case.member, cast.inspector, case=case)
    with pytest.raises(NotAllowed, match="đình chỉ sinh hoạt"):
        actions.void_case(case, reason="x", by=cast.inspector)
    actions.void_suspension(row, reason="ghi nhầm", by=cast.inspector)
    Case.objects.filter(pk=case.pk).update(state="planned")
    with pytest.raises(NotAllowed, match="chưa lập kế hoạch kiểm tra"):
        actions.void_case(case, reason="x", by=cast.inspector)


def test_the_letter_of_a_case_taken_back_leads_to_another(tree, cast):
    letter = letter_on(accused_in(tree.here), cast.inspector, sender="", address="")
    entry = SignalEntry(signal_on=SIGNAL_ON, source="denunciation", summary=SUMMARY, officers=(cast.inspector,))
    first = actions.open_case_from(letter, entry, by=cast.inspector).case
    actions.void_case(first, reason="mở nhầm", by=cast.inspector)
    again = actions.open_case_from(letter, entry, by=cast.inspector)
    assert (again.case == first, again.state) == (False, "information")


def test_the_cover_says_when_each_read_last(tree, cast, as_):
    case = case_on(accused_in(tree.here), cast.inspector, officers=(cast.inspector, cast.head))
    opened(case, cast.inspector)
    page = as_(cast.inspector).get(reverse("discipline:case", args=[case.pk])).context["page"]
    read = {reader.user.username: at for reader, at in page.readers}
    last = JournalEntry.objects.filter(case=case, kind="read", actor=cast.inspector).first()
    assert read == {"inspector": last.at, "head": None}


def test_a_case_is_of_the_body_whose_role_inspects(tree, cast, system, as_):
    RoleAssignment.objects.create(
        user=cast.inspector, role=Role.CELL_SECRETARY, organisation=tree.there, started_on="2025-01-01",
        recorded_by=system,
    )  # fmt: skip
    accused_in(tree.here)
    sent = {
        "member": "Lê Văn Kín", "signal_on": "02/03/2026", "source": "supervision", "summary": "kê khai thiếu",
        "scope": "own", "handler": "commission", "officers": [cast.inspector.pk],
    }  # fmt: skip
    as_(cast.inspector).post(reverse("discipline:register_signal"), sent)
    assert Case.objects.get().organisation == tree.root


def test_a_signal_of_a_day_to_come_is_an_error_of_its_field(cast, as_):
    sent = {"signal_on": "01/01/2090", "source": "supervision", "summary": "kê khai thiếu", "scope": "own"}
    answer = as_(cast.inspector).post(reverse("discipline:register_signal"), sent)
    assert answer.status_code == 422
    assert "signal_on" in answer.context["form"].errors


def test_the_journal_is_append_only(cast, case):
    line = case.journal.first()
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.filter(pk=line.pk).update(reason="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.filter(pk=line.pk).delete()


@pytest.mark.parametrize("page", ["case", "file", "journal"])
def test_pages_ask_little(cast, case, as_, page):
    opened(case, cast.inspector)
    assert queries_of(as_(cast.inspector), reverse(f"discipline:{page}", args=[case.pk])) <= MOST


def test_what_was_written_down_wrongly_is_corrected_with_a_trace(tree, cast, as_):
    case = opened(case_on(accused_in(tree.here), cast.inspector), cast.inspector)
    client, address = as_(cast.inspector), reverse("discipline:correct_signal", args=[case.pk])
    page = client.get(address).content.decode()
    assert "Dấu hiệu vi phạm quy định" in page
    typed = {
        "signal_on": "01/03/2026", "source": "press", "summary": case.summary, "scope": "own", "is_managed_above": "on",
        "reason": "đọc nhầm sổ công văn",
    }  # fmt: skip
    assert client.post(address, typed | {"signal_on": "01/01/1900"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    case.refresh_from_db()
    assert (case.signal_on, case.source, case.is_managed_above) == (date(2026, 3, 1), "press", True)
    line = case.journal.get(action="correct_signal")
    assert (line.reason, line.data["before"]["source"]) == ("đọc nhầm sổ công văn", "supervision")
    assert client.post(address, typed).status_code == 422  # nothing to correct
    Case.objects.filter(pk=case.pk).update(state="announced")
    assert "giữ nguyên" in client.post(address, typed | {"source": "letter"}).content.decode()
