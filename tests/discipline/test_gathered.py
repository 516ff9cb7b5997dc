"""What an inspection gathers: violations, circumstances, the team, evidence; and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.models import CaseViolation, Denouncer, Denunciation, TeamMember
from discipline.rules.secrecy import shows_mark
from members.models import FamilyMember
from tests.discipline.cases import accused_in, case_on
from tests.discipline.inspection_cases import (
    ON,
    TRIAGED_ON,
    paper,
    person,
    step,
    triaged,
    violation,
)
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def case(tree, by):
    return case_on(accused_in(tree.here, official_on=date(2015, 5, 19)), by)


# --- what is gathered


def test_a_violation_with_prohibited_acts(case, by):
    row = actions.add_violation(case, violation(tags=("false_declarations",)), on=ON, by=by)
    assert CaseViolation.objects.get() == row
    assert (row.content, row.tags) == ("V04", ["false_declarations"])


@pytest.mark.parametrize(
    ("changes", "on", "field"),
    [
        ({"tags": ("false_declarations",), "content": "V02"}, ON, "tags"),
        ({"tags": ("no_such_act",)}, ON, "tags"),
        ({"tags": ("ai_falsehood",)}, date(2026, 8, 16), "tags"),
        ({"began_on": date(2026, 1, 1)}, ON, "__all__"),
        ({"content": "V77"}, ON, "content"),
    ],
)
def test_a_violation_that_cannot_be(case, by, changes, on, field):
    with pytest.raises(ValidationError) as refused:
        actions.add_violation(case, violation(**changes), on=on, by=by)
    assert list(refused.value.message_dict) == [field]
    assert not CaseViolation.objects.exists()


def test_falsehood_by_ai_is_new_with_207(case, by):
    row = actions.add_violation(case, violation(tags=("ai_falsehood",)), on=date(2026, 8, 17), by=by)
    assert row.tags == ["ai_falsehood"]


@pytest.mark.parametrize(("code", "aggravates"), [("own_report", False), ("retaliated", True), ("left_loss", True)])
def test_a_circumstance_is_of_the_rule_set(case, by, code, aggravates):
    row = actions.add_circumstance(case, code=code, note="biên bản", on=ON, by=by)
    assert row.is_aggravating is aggravates
    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.add_circumstance(case, code=code, note="biên bản", on=ON, by=by)


@pytest.mark.parametrize("code", ["blamed_himself", "repaired_loss", ""])
def test_other_circumstances_are_none(case, by, code):
    with pytest.raises(ValidationError):
        actions.add_circumstance(case, code=code, note="x", on=ON, by=by)


def test_nothing_is_gathered_after_the_end(case, by):
    actions.file_signal(triaged(case, by), step(TRIAGED_ON, "4-TB/UBKT", "không có căn cứ"), by=by)
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        actions.add_violation(case, violation(), on=ON, by=by)
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        actions.choose_rules(case, topic="vote_base", starts=None, reason="x", by=by)


def test_a_row_is_voided_once(case, by):
    row = actions.add_violation(case, violation(), on=ON, by=by)
    actions.void_record(row, reason="nhầm", by=by)
    with pytest.raises(NotAllowed):
        actions.void_record(row, reason="nhầm", by=by)
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("nhầm", by)


# --- the team


def test_the_team(tree, case, by):
    head = MemberFactory(home=tree.there, full_name="Phạm Văn Trưởng")
    actions.add_team_member(case, person("", member=head, is_head=True), by=by)
    actions.add_team_member(case, person(), by=by)
    assert [str(row) for row in TeamMember.objects.all()] == ["Phạm Văn Trưởng", "Đỗ Văn Tổ"]
    with pytest.raises(ValidationError, match="đã có trong tổ"):
        actions.add_team_member(case, person(), by=by)
    with pytest.raises(ValidationError, match="đã có tổ trưởng"):
        actions.add_team_member(case, person("Vũ Văn Hai", is_head=True), by=by)


def test_the_accused_does_not_inspect_himself(case, by):
    with pytest.raises(ValidationError, match="chính mình"):
        actions.add_team_member(case, person("", member=case.member), by=by)
    with pytest.raises(ValidationError, match="Trùng họ tên"):
        actions.add_team_member(case, person("LÊ VĂN KÍN"), by=by)
    with pytest.raises(ValidationError, match="quan hệ gia đình, lợi ích"):
        actions.add_team_member(case, person(has_no_conflict=False), by=by)
    assert not TeamMember.objects.exists()


def test_his_family_does_not_inspect_him(tree, case, by):
    FamilyMember.objects.create(member=case.member, relation="spouse", full_name="Trần Thị Vợ")
    FamilyMember.objects.create(
        member=case.member, relation="sibling", full_name="Lê Văn Bỏ", voided_at="2026-01-01T00:00Z"
    )
    son = MemberFactory(home=tree.there, full_name="Lê Văn Con")
    FamilyMember.objects.create(member=son, relation="father", full_name="Lê Văn Kín")
    for entry in (person("TRẦN THỊ VỢ"), person("", member=son)):
        with pytest.raises(ValidationError) as refused:
            actions.add_team_member(case, entry, by=by)
        assert list(refused.value.message_dict) == ["note"]
    actions.add_team_member(case, person("Trần Thị Vợ", note="trùng tên, quê Nam Định, sinh 1990"), by=by)
    actions.add_team_member(case, person("Lê Văn Bỏ"), by=by)
    assert TeamMember.objects.count() == 2


def test_a_team_is_built_alike_with_the_name_of_whoever_denounced(case, by):
    letter = Denunciation.objects.create(organisation=case.organisation, member=case.member, case=case, received_on=ON)
    Denouncer.objects.create(denunciation=letter, full_name="Ngô Thị Tố")
    with CaptureQueriesContext(connection) as of_another:
        actions.add_team_member(case, person("Vũ Văn Hai"), by=by)
    with CaptureQueriesContext(connection) as of_sender:
        actions.add_team_member(case, person("Ngô Thị Tố"), by=by)
    assert [row.full_name for row in TeamMember.objects.order_by("pk")] == ["Vũ Văn Hai", "Ngô Thị Tố"]
    assert len(of_sender) == len(of_another)
    assert not any("denouncer" in query["sql"] for query in of_sender.captured_queries)
    lines = case.journal.filter(action="add_team_member").order_by("pk").values_list("data", flat=True)
    assert list(lines) == [{"what": "Vũ Văn Hai"}, {"what": "Ngô Thị Tố"}]


# --- evidence


def test_a_paper_with_a_mark_is_pointed_at(case, by):
    with pytest.raises(ValidationError, match="Phần mềm không lưu nội dung tài liệu mật"):
        actions.add_evidence(case, paper(title="Báo cáo (Mật) số 12"), by=by)
    with pytest.raises(ValidationError, match="Phần mềm không lưu nội dung tài liệu mật"):
        actions.add_evidence(case, paper(text="Theo công văn TỐI MẬT ngày 3/3"), by=by)
    pointer = {"kind": "pointer", "title": "", "grade": "secret", "kept_at": "Tủ mật, đ/c Hòa"}
    with pytest.raises(ValidationError, match="không ghi nội dung"):
        actions.add_evidence(case, paper(text="nội dung", **pointer), by=by)
    with pytest.raises(ValidationError) as refused:
        actions.add_evidence(case, paper(kind="pointer"), by=by)
    assert sorted(refused.value.message_dict) == ["grade", "kept_at"]
    row = actions.add_evidence(case, paper(**pointer), by=by)
    assert (row.title, row.grade, row.text) == ("Tài liệu có dấu mật", "secret", "")


def test_other_evidence_has_no_grade(case, by):
    with pytest.raises(ValidationError) as refused:
        actions.add_evidence(case, paper(grade="secret"), by=by)
    assert list(refused.value.message_dict) == ["grade"]
    with pytest.raises(ValidationError, match="tên, trích yếu"):
        actions.add_evidence(case, paper(title=""), by=by)


MARKED = [
    "Mật", "(Mật)", "Mật: Báo cáo số 3", "Báo cáo Mật số 12", "Công văn mật ngày 2/3", "TỐI MẬT", "Tối  mật",
    "văn bản Tuyệt mật", "tuyệt mật", "độ mật", "BÁO CÁO MẬT", "Tờ trình – Mật", "tài liệu mật của công an",
]  # fmt: skip
UNMARKED = [
    "Lộ mật khẩu tài khoản", "Mật khẩu bị lộ", "Để lộ bí mật", "BÍ MẬT nhà nước", "BẢO MẬT", "mật độ dân cư",
    "Nguyễn Văn Mật", "đồng chí Mật trình bày", "bà Mật", "quan hệ mật thiết", "thân mật", "mật ong", "MẬT KHẨU", "",
]  # fmt: skip


@pytest.mark.parametrize("words", MARKED)
def test_a_mark_is_seen(words):
    assert shows_mark(words)


@pytest.mark.parametrize("words", UNMARKED)
def test_an_ordinary_word_is_none(words):
    assert not shows_mark(words)
