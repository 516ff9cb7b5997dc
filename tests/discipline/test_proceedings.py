"""The register of legal proceedings: who stands on it, what is missing, what came late, who learns of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cells.models import LogEntry
from config.lib.sheets import read_workbook
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.models import ProceedingPaper
from discipline.proceedings_page import read_register
from discipline.rules.suspension import late_by
from discipline.rules.votes import ProcedureRules
from members.models import Post, Proceeding, Sanction
from tests.discipline.beside_cases import STARTED, paper_values, staged, suspended
from tests.discipline.cases import accused_in, case_on
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def member(tree):
    return accused_in(tree.here)


def lines(user, today=TODAY):
    stages = Proceeding.objects.visible_to(user, "cases.work").standing()
    return read_register(stages, ProceedingPaper.objects.visible_to(user), user, today)


def test_what_is_missing(tree, cast, member):
    stage = staged(member)
    [line] = lines(cast.inspector)
    assert line.missing == ["chức vụ", "đơn vị công tác", "văn bản của giai đoạn này"]
    Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    actions.add_proceeding_paper(stage, paper_values(work_unit="Trường Sao Mai"), by=cast.inspector)
    [line] = lines(cast.inspector)
    assert (line.missing, line.unit, line.post) == ([], "Trường Sao Mai", "Phó Bí thư Chi bộ Khóm 1")


@pytest.mark.parametrize(
    ("days", "late"), [(3, 0), (4, 1), (33, 30)], ids=["on the third day", "a day late", "a month late"]
)
def test_a_notice_is_late_after_three_days(days, late):
    rules = ProcedureRules(values={}, procedural_notice_days=3)
    assert late_by(rules, STARTED, STARTED + timedelta(days=days)) == late
    assert late_by(ProcedureRules(values={}), STARTED, STARTED + timedelta(days=days)) == 0


def test_late_notices_are_shown(cast, member):
    stage = staged(member)
    assert [line.late for line in lines(cast.inspector, date(2026, 6, 10))] == [["quá 6 ngày chưa nhận thông báo"]]
    values = paper_values(received_on=date(2026, 6, 9))
    actions.add_proceeding_paper(stage, values, by=cast.inspector)
    assert [line.late for line in lines(cast.inspector)] == [
        ["Quyết định khởi tố bị can số 12/QĐ-CSĐT: nhận muộn 5 ngày"]
    ]


def test_who_was_disciplined_since_or_whose_matter_was_dismissed_is_not_on_it(tree, cast, member):
    staged(member)
    other = accused_in(tree.here, full_name="Người Đình Chỉ")
    staged(other, ended_on=date(2026, 7, 1))
    staged(other, "closed", date(2026, 7, 1))
    assert [str(line.member) for line in lines(cast.inspector)] == [str(member)]
    Sanction.objects.create(member=member, form="reprimand", decided_on=date(2025, 1, 1))
    assert len(lines(cast.inspector)) == 1
    Sanction.objects.create(member=member, form="warning", decided_on=date(2026, 9, 1))
    assert lines(cast.inspector) == []


def test_a_case_is_told_to_those_alone_whom_it_names(cast, member):
    staged(member)
    case_on(member, cast.inspector)
    assert [line.handling for line in lines(cast.inspector)] == ["đang có hồ sơ xem xét kỷ luật"]
    assert [line.handling for line in lines(cast.head)] == ["chưa xử lý"]
    suspended(member, cast.inspector, ground="investigated")
    assert [line.handling for line in lines(cast.head, date(2026, 8, 1))] == ["Đình chỉ sinh hoạt cấp ủy"]


def test_a_paper_marked_secret_is_a_pointer(cast, member, as_):
    stage = staged(member)
    address = reverse("discipline:add_proceeding_paper", args=[stage.pk])
    sent = {
        "kind": "judgment", "number": "3/HSST", "issued_on": "02/06/2026", "issuer": "Tòa án", "received_by": "UBKT",
        "received_on": "03/06/2026", "grade": "mật", "sentence": "prison", "sentence_text": "2 năm",
    }  # fmt: skip
    answer = as_(cast.inspector).post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "hãy ghi nơi giữ" in page
    assert "không ghi nội dung ở đây" in page
    del sent["sentence"], sent["sentence_text"]
    assert as_(cast.inspector).post(address, sent | {"kept_at": "Văn thư cơ mật"}).status_code == 302
    assert ProceedingPaper.objects.get().kept_at == "Văn thư cơ mật"
    with pytest.raises(IntegrityError), transaction.atomic():
        ProceedingPaper.objects.update(sentence_text="2 năm tù")


def test_a_paper_is_entered_once_and_voided_once(cast, member):
    stage = staged(member)
    paper = actions.add_proceeding_paper(stage, paper_values(), by=cast.inspector)
    with pytest.raises(ValidationError, match="Đã ghi văn bản số 12/QĐ-CSĐT"):
        actions.add_proceeding_paper(stage, paper_values(), by=cast.inspector)
    actions.void_proceeding_paper(paper, reason="nhầm người", by=cast.inspector)
    with pytest.raises(NotAllowed, match="hủy ở nơi khác"):
        actions.void_proceeding_paper(paper, reason="nhầm người", by=cast.inspector)
    stage.void("nhầm", cast.inspector)
    with pytest.raises(NotAllowed, match="vừa được hủy"):
        actions.add_proceeding_paper(stage, paper_values(), by=cast.inspector)


def test_nobody_else_learns_of_papers(cast, member, as_):
    stage = staged(member)
    actions.add_proceeding_paper(stage, paper_values(issuer="Công an tỉnh Bí Mật"), by=cast.inspector)
    assert not LogEntry.objects.filter(action__contains="paper").exists()
    for name in ("secretary", "officer", "staff", "reader", "administrator"):
        client = as_(getattr(cast, name))
        for page in ("proceedings", "export_proceedings"):
            assert client.get(reverse(f"discipline:{page}")).status_code == 404, name
        for address in (
            reverse("members:member", args=[member.pk]),
            reverse("search") + "?q=12/QĐ-CSĐT",
            reverse("log"),
        ):
            assert "Bí Mật" not in client.get(address).content.decode(), (name, address)


def test_the_workbook_carries_no_number_of_a_person(cast, member, as_):
    member.personal_id = "096080001234"
    member.save()
    actions.add_proceeding_paper(staged(member), paper_values(), by=cast.inspector)
    content = as_(cast.inspector).get(reverse("discipline:export_proceedings")).content
    [sheet] = read_workbook(content, "to-tung.xlsx").sheets
    text = " ".join(str(value) for row in sheet.rows for value in row)
    assert "Lê Văn Kín" in text
    assert "12/QĐ-CSĐT" in text
    assert "096080001234" not in text


@pytest.mark.parametrize("number", [1, 8])
def test_the_register_asks_little(tree, cast, as_, number):
    for _ in range(number):
        stage = staged(accused_in(tree.here))
        actions.add_proceeding_paper(stage, paper_values(), by=cast.inspector)
    assert queries_of(as_(cast.head), reverse("discipline:proceedings")) <= MOST


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1%00"])
def test_an_unknown_stage_is_not_there(cast, as_, number):
    assert as_(cast.inspector).get(f"/discipline/proceedings/{number}/papers/add/").status_code == 404


def test_a_paper_shows_its_journal(cast, as_, member):
    paper = actions.add_proceeding_paper(staged(member), paper_values(), by=cast.inspector)
    address = reverse("discipline:proceeding_paper", args=[paper.pk])
    seen = as_(cast.inspector).get(address).content.decode()
    assert "Ghi văn bản: Quyết định khởi tố" in seen
    assert "Người inspector" in seen
    assert as_(cast.secretary).get(address).status_code == 404
    actions.void_proceeding_paper(paper, reason="nhầm", by=cast.inspector)
    assert as_(cast.inspector).get(address).status_code == 404
