"""Documents: draft, number, signed date, frozen, reprinted byte for byte, superseded; the register."""

import hashlib
from datetime import date

import pytest
from django.urls import reverse

from cells.actions import documents as actions
from cells.enums import DocumentState
from cells.issuing import prepare_issue, stamp_of
from cells.models import IssuedDocument, Job, LogEntry, Term
from cells.tasks import run_job
from config.lib.workflow import NotAllowed
from members.models import AnnualGrade
from tests.factories import MemberFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def term(tree, system):
    return Term.objects.create(
        organisation=tree.east, name="2025–2030", started_on=date(2025, 7, 1), recorded_by=system
    )


@pytest.fixture
def graded(tree):
    """One member of the east with a result of 2025, one of the west whose name must not leak."""
    for home, name in ((tree.here, "Lê Thị Đông"), (tree.there, "Trần Văn Tây")):
        person = MemberFactory(home=home, full_name=name)
        AnnualGrade.objects.create(
            member=person, year=2025, scale="nhiem_vu", level="HTXSNV", organisation=home, decided_on=date(2025, 12, 31)
        )


@pytest.fixture
def draft(tree, cast, graded):
    return actions.draft_document("ratings", tree.east, params={"year": 2025}, on=TODAY, by=cast.officer)


def issue(document, by, number=None):
    actions.save_draft(document, {"signer": "Nguyễn Văn Ký"}, seen=stamp_of(document), by=by)
    actions.number_document(document, number, on=TODAY, by=by)
    document.refresh_from_db()
    return actions.issue_document(document, prepare_issue(document, date(2026, 11, 25)), by=by)


def test_a_draft_has_neither_number_nor_date(draft):
    assert (draft.state, draft.number, draft.signed_on, draft.number_text) == ("draft", None, None, "…-BC/ĐU")
    assert draft.abstract == "kết quả đánh giá, xếp loại chất lượng đảng viên năm 2025"
    [entry] = LogEntry.objects.about(draft)
    assert entry.action == "cells.draft_document"


def test_an_issued_document_is_frozen_with_its_digest(draft, term, cast):
    document = issue(draft, cast.officer)

    assert (document.state, document.number_text) == (DocumentState.ISSUED, "01-BC/ĐU")
    stored = IssuedDocument.objects.get(pk=document.pk)
    assert hashlib.sha256(bytes(stored.pdf)).hexdigest() == stored.digest
    assert stored.data["total"]["levels"] == {"HTXSNV": 1}
    with pytest.raises(NotAllowed):
        actions.save_draft(document, {"abstract": "khác"}, seen=stamp_of(document), by=cast.officer)
    with pytest.raises(NotAllowed):
        actions.issue_document(document, prepare_issue(document, TODAY), by=cast.officer)


def test_it_prints_again_byte_for_byte_when_the_figures_have_changed(draft, term, cast, as_, tree):
    document = issue(draft, cast.officer)
    AnnualGrade.objects.filter(organisation=tree.here).update(level="KHTNV")
    response = as_(cast.officer).get(reverse("cells:print_document", args=[document.pk]))
    assert hashlib.sha256(response.content).hexdigest() == document.digest


def test_the_workbook_of_an_issued_document_has_its_figures_or_is_refused(draft, term, cast, as_, tree):
    document = issue(draft, cast.officer)
    client, address = as_(cast.officer), reverse("cells:export_document", args=[document.pk])
    assert client.get(address).content.startswith(b"PK")
    AnnualGrade.objects.filter(organisation=tree.here).update(level="KHTNV")
    refused = client.get(address, follow=True)
    assert refused.redirect_chain == [(reverse("cells:document", args=[document.pk]), 302)]
    assert "đã thay đổi sau khi ban hành" in refused.content.decode()


def test_numbers_run_within_type_and_term_and_accept_gaps(draft, term, tree, cast):
    issue(draft, cast.officer, number=5)
    second = actions.draft_document("ratings", tree.east, params={"year": 2025}, on=TODAY, by=cast.officer)
    with pytest.raises(actions.NumberTaken, match=r"05-BC/ĐU.*06"):
        actions.number_document(second, 5, on=TODAY, by=cast.officer)
    second.refresh_from_db()
    assert second.state == DocumentState.DRAFT
    assert actions.number_document(second, None, on=TODAY, by=cast.officer).number == 6


def test_a_new_term_begins_again_at_one(draft, term, tree, cast, system):
    issue(draft, cast.officer, number=5)
    Term.objects.filter(pk=term.pk).update(ended_on=date(2026, 12, 1))
    Term.objects.create(organisation=tree.east, name="mới", started_on=date(2026, 12, 1), recorded_by=system)
    later = actions.draft_document("ratings", tree.east, params={"year": 2025}, on=TODAY, by=cast.officer)
    assert actions.number_document(later, None, on=date(2026, 12, 2), by=cast.officer).number == 1


def test_no_term_no_number(draft, cast):
    with pytest.raises(NotAllowed, match="nhiệm kỳ"):
        actions.number_document(draft, None, on=TODAY, by=cast.officer)


def test_nothing_is_issued_without_a_signer(draft, term, cast):
    numbered = actions.number_document(draft, None, on=TODAY, by=cast.officer)
    with pytest.raises(NotAllowed, match="người ký"):
        actions.issue_document(numbered, prepare_issue(numbered, TODAY), by=cast.officer)
    draft.refresh_from_db()
    assert (draft.state, draft.pdf) == (DocumentState.NUMBERED, None)


def test_what_was_edited_while_it_printed_is_not_issued(draft, term, cast):
    actions.save_draft(draft, {"signer": "Nguyễn Văn Ký"}, seen=stamp_of(draft), by=cast.officer)
    numbered = actions.number_document(draft, None, on=TODAY, by=cast.officer)
    prepared = prepare_issue(numbered, TODAY)
    actions.save_draft(numbered, {"abstract": "trích yếu mới"}, seen=stamp_of(numbered), by=cast.officer)
    with pytest.raises(NotAllowed, match="vừa được sửa"):
        actions.issue_document(numbered, prepared, by=cast.officer)


def test_a_long_document_prints_and_issues_as_a_job(draft, term, cast, as_, monkeypatch):
    monkeypatch.setattr("evaluations.report_paper.LINES_AT_ONCE", 0)
    actions.save_draft(draft, {"signer": "Nguyễn Văn Ký"}, seen=stamp_of(draft), by=cast.officer)
    client = as_(cast.officer)
    address = reverse("cells:print_document", args=[draft.pk])
    assert "Văn bản dài" in client.get(address).content.decode()
    assert not Job.objects.exists()
    client.post(address)
    actions.number_document(draft, None, on=TODAY, by=cast.officer)
    client.post(reverse("cells:issue_document", args=[draft.pk]), {"signed_on": "25/11/2026"})
    for job in Job.objects.all():
        run_job.call(str(job.pk))
    printed, issued = Job.objects.order_by("created_at")
    assert (printed.state, issued.state) == ("done", "done")
    assert client.get(printed.result_url).content.startswith(b"%PDF")
    assert as_(cast.other_officer).get(printed.result_url).status_code == 404
    draft.refresh_from_db()
    assert (draft.state, draft.signed_on) == (DocumentState.ISSUED, date(2026, 11, 25))


def test_a_long_document_that_is_not_ready_starts_no_job(draft, term, cast, as_, monkeypatch):
    monkeypatch.setattr("evaluations.report_paper.LINES_AT_ONCE", 0)
    address = reverse("cells:issue_document", args=[draft.pk])
    page = as_(cast.officer).post(address, {"signed_on": "23/11/2026"}, follow=True)
    assert "khi đang ở trạng thái “dự thảo”" in page.content.decode()
    actions.number_document(draft, None, on=TODAY, by=cast.officer)
    page = as_(cast.officer).post(address, {"signed_on": "23/11/2026"}, follow=True)
    assert "Chưa ghi họ tên người ký" in page.content.decode()
    assert not Job.objects.exists()


def test_a_successor_supersedes_when_it_is_issued(draft, term, cast):
    old = issue(draft, cast.officer)
    new = actions.supersede_document(old, by=cast.officer)
    old.refresh_from_db()
    assert old.state == DocumentState.ISSUED
    with pytest.raises(NotAllowed):
        actions.supersede_document(old, by=cast.officer)
    issue(new, cast.officer)
    old.refresh_from_db()
    assert (old.state, IssuedDocument.objects.get(pk=new.pk).number) == (DocumentState.SUPERSEDED, 2)


def test_a_document_from_outside_takes_its_number(draft, term, tree, cast, as_):
    fields = {
        "organisation": tree.east.name, "type": "BC", "symbol": "ĐU", "number": "7", "signed_on": "20/11/2026",
        "abstract": "báo cáo viết tay", "signer": "", "recipients": "",
    }  # fmt: skip
    response = as_(cast.officer).post(reverse("cells:register_outside"), fields)
    assert response.status_code == 302
    assert actions.number_document(draft, None, on=TODAY, by=cast.officer).number == 8
    again = as_(cast.officer).post(reverse("cells:register_outside"), fields)
    assert "Số tiếp theo còn trống là 09" in again.content.decode()


def test_the_whole_way_through_the_pages(draft, term, cast, as_):
    client = as_(cast.officer)
    show = reverse("cells:document", args=[draft.pk])
    words = {
        "abstract": draft.abstract, "authority": "T/M BAN THƯỜNG VỤ", "signer_position": "BÍ THƯ",
        "signer": "Nguyễn Văn Ký", "recipients": "Lưu Văn phòng", "text_leadership": "Lời sửa lại.",
        "text_assessment": "", "text_directions": "", "seen": stamp_of(draft),
    }  # fmt: skip
    assert client.post(reverse("cells:save_document_draft", args=[draft.pk]), words).status_code == 302
    assert client.post(reverse("cells:number_document", args=[draft.pk]), {"number": ""}).status_code == 302
    wrong = client.post(reverse("cells:issue_document", args=[draft.pk]), {"signed_on": "31/02/2026"})
    assert (wrong.status_code, "signed_on" in wrong.context["issue_form"].errors) == (422, True)
    client.post(reverse("cells:issue_document", args=[draft.pk]), {"signed_on": "25/11/2026"})
    page = client.get(show).content.decode()
    assert "01-BC/ĐU" in page
    assert "25/11/2026" in page
    draft.refresh_from_db()
    assert draft.text["leadership"] == "Lời sửa lại."


def test_a_stranger_finds_no_draft_and_no_document(draft, term, cast, as_):
    document = issue(draft, cast.officer)
    for user in (cast.stranger, cast.other_officer):
        assert as_(user).get(reverse("cells:document", args=[document.pk])).status_code == 404
        assert as_(user).get(reverse("cells:print_document", args=[document.pk])).status_code == 404
        assert as_(user).post(reverse("cells:withdraw_number", args=[document.pk])).status_code in (403, 404)
        assert "01-BC" not in as_(user).get(reverse("cells:documents")).content.decode()


def test_a_reader_sees_what_was_issued_and_no_draft(draft, term, cast, as_):
    assert as_(cast.reader).get(reverse("cells:document", args=[draft.pk])).status_code == 404
    issue(draft, cast.officer)
    assert as_(cast.reader).get(reverse("cells:document", args=[draft.pk])).status_code == 200
    assert as_(cast.reader).post(reverse("cells:supersede_document", args=[draft.pk])).status_code == 403


def test_the_register_prints_what_the_list_shows(draft, term, cast, as_):
    issue(draft, cast.officer)
    client = as_(cast.officer)
    assert client.get(reverse("cells:print_register")).content.startswith(b"%PDF")
    assert client.get(reverse("cells:export_register"), {"type": "QĐ"}).status_code == 200


def test_the_list_costs_the_same_at_one_and_thirty(draft, cast, as_, tree, django_assert_num_queries):
    client = as_(cast.officer)
    client.get(reverse("cells:documents"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("cells:documents"))
    for _ in range(29):
        actions.draft_document("ratings", tree.east, params={"year": 2025}, on=TODAY, by=cast.officer)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("cells:documents"))


LIST_QUERIES = 6


def test_words_saved_over_those_of_somebody_else_are_refused_with_both(draft, cast, as_):
    client, address = as_(cast.officer), reverse("cells:save_document_draft", args=[draft.pk])
    page = client.get(reverse("cells:document", args=[draft.pk])).context["words"]
    typed = {name: page.get_initial_for_field(field, name) for name, field in page.fields.items()}
    actions.save_draft(draft, {"signer": "Trần Văn Ký"}, seen=stamp_of(draft), by=cast.staff)

    answer = client.post(address, {**typed, "signer": "Nguyễn Văn Ký"})

    assert answer.status_code == 422
    assert "Người khác vừa lưu: “Trần Văn Ký”" in answer.content.decode()
    assert 'value="Nguyễn Văn Ký"' in answer.content.decode()
    assert IssuedDocument.objects.get(pk=draft.pk).signer == "Trần Văn Ký"

    again = answer.context["words"]
    assert client.post(address, {**typed, "signer": "Nguyễn Văn Ký", "seen": again["seen"].value()}).status_code == 302
    assert IssuedDocument.objects.get(pk=draft.pk).signer == "Nguyễn Văn Ký"
