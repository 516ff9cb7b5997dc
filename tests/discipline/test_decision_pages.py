"""Pages of votes, decisions, execution and appeals: who sees them, what they show, what they refuse in words."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from discipline import actions
from discipline.decision_steps import DECISION_PAGES
from discipline.enums import Part, State
from discipline.models import CaseDecision, CaseVote, Notice, StepTaken
from discipline.workflow import CASE
from members.models import Overlay, Sanction
from tests.discipline.cases import named, opened
from tests.discipline.test_decisions import decided, expelled
from tests.discipline.vote_cases import (
    SINCE,
    announced,
    answered,
    appealed,
    ballot,
    body_of,
    carried_out,
    cell_of,
    committee_of,
    days,
    put,
    signed,
    violated,
    waiting,
)
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
JUNK = ["", "-1", "9" * 30, "31/02/2026", "01/01/9999", "%00\x00", "x" * 9000]


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def people(tree):
    return cell_of(tree.here, 9)


@pytest.fixture
def case(people, by):
    return opened(waiting(people[0], by), by)


@pytest.fixture
def client_of_case(as_, by):
    return as_(by)


def at(case, name, *args):
    return reverse(f"discipline:{name}", args=[case.pk, *args])


def minutes(votes, **more):
    """What a form of a vote is sent with."""
    cast = sum(votes.values()) + int(more.get("none", 0))
    counts = {"present": cast, "issued": cast, "collected": cast, "invalid": 0, "none": 0}
    absent = {"absent_excused": 0, "absent_unexcused": 0}
    return {"held_on": "10/05/2026", **counts, **absent, **{f"votes_{form}": n for form, n in votes.items()}} | more


def test_the_page_says_who_is_counted_and_what_each_form_needs(people, case, client_of_case):
    Overlay.objects.create(member=people[1][0], kind="exempt", started_on=SINCE)
    page = client_of_case.get(at(case, "vote_in_cell"), {"held_on": "10/05/2026"}).content.decode()
    assert "<b>8</b> người được tính" in page
    assert f"Không tính: {people[1][0]}, được miễn công tác và sinh hoạt đảng, vắng mặt" in page
    assert "nhiều nhất 7 phiếu" in page
    assert "Cần 6 phiếu." in page  # two thirds of eight to propose expulsion
    assert "Cần 5 phiếu." in page
    assert "mặc định" in page


def test_the_cell_votes_and_reads_the_arithmetic(case, client_of_case):
    answer = client_of_case.post(at(case, "vote_in_cell"), minutes({"KTR": 3, "CC": 3, "KT": 1}, none=1))
    assert answer.url == at(case, "votes")
    page = client_of_case.get(at(case, "votes")).content.decode()
    assert "Cộng dồn từ hình thức nặng nhất: khai trừ 3, cảnh cáo 3; được 6, đủ cho cảnh cáo." in page
    assert "Quyết định cảnh cáo." in page
    assert "Hủy bước gần nhất nếu ghi nhầm" in page
    case.refresh_from_db()
    assert case.state == State.DECIDED_CELL
    assert not LogEntry.objects.filter(subject_id=str(case.pk)).exists()


def test_a_doubtful_ballot_comes_back_with_both_readings(case, client_of_case):
    answer = client_of_case.post(at(case, "vote_in_cell"), minutes({"KTR": 5, "CC": 3}, conclusion="Có vi phạm"))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Quy tắc không nói rõ có cộng dồn" in words
    assert "Có vi phạm" in words
    assert not CaseVote.objects.exists()
    more = {"choice": "goes_up", "chosen_reason": "chi bộ thống nhất báo cáo"}
    client_of_case.post(at(case, "vote_in_cell"), minutes({"KTR": 5, "CC": 3}, **more))
    page = client_of_case.get(at(case, "votes")).content.decode()
    assert "Cách hiểu khác: Báo cáo đầy đủ kết quả biểu quyết lên cấp có thẩm quyền." in page
    assert "chi bộ thống nhất báo cáo" in page


def test_no_form_at_all_is_refused(case, client_of_case):
    answer = client_of_case.post(at(case, "vote_in_cell"), minutes({}, none=5))
    assert "Hãy ghi số phiếu của ít nhất một hình thức." in answer.content.decode()


def test_the_ballot_of_a_probationary_member_has_two_forms(tree, people, by, client_of_case):
    """E14"""
    case = opened(waiting(MemberFactory(home=tree.here, official_on=None), by), by)
    page = client_of_case.get(at(case, "vote_in_cell"), {"held_on": "10/05/2026"}).content.decode()
    assert 'name="votes_CC"' in page
    assert 'name="votes_KTR"' not in page
    client_of_case.post(at(case, "vote_in_cell"), minutes({"CC": 5}, votes_KTR=8))
    assert CaseVote.objects.get().votes == {"CC": 5}


def test_a_body_above_decides(tree, people, by, case, client_of_case):
    committee_of(tree.east, 7, tree.next_door)
    put(case, State.UPPER_VOTE)
    body = body_of(case, "base_committee")
    page = client_of_case.get(at(case, "vote_above"), {"held_on": "10/05/2026", "chosen_body": body.value})
    assert "<b>7</b> người được tính" in page.content.decode()
    sent = minutes({"CC": 5, "KT": 2}, chosen_body=body.value)
    assert (
        "Quyết định của cấp trên phải có số và ngày."
        in client_of_case.post(at(case, "vote_above"), sent).content.decode()
    )
    client_of_case.post(at(case, "vote_above"), sent | {"number": "12-QĐ/ĐU", "signed_on": "11/05/2026"})
    assert CaseDecision.objects.get().number == "12-QĐ/ĐU"


def test_a_base_by_hand_is_asked_where_no_posts_are_kept(case, client_of_case):
    put(case, State.UPPER_VOTE)
    body = body_of(case, "upper_inspection")
    sent = minutes({"KTR": 5}, chosen_body=body.value, number="1-QĐ", signed_on="10/05/2026")
    answer = client_of_case.post(at(case, "vote_above"), sent)
    assert "Chưa có danh sách của Ủy ban Kiểm tra" in answer.content.decode()
    answer = client_of_case.post(at(case, "vote_above"), sent | {"hand_number": 7})
    assert "vì sao số được tính không lấy từ danh sách" in answer.content.decode()
    client_of_case.post(at(case, "vote_above"), sent | {"hand_number": 7, "hand_reason": "danh sách ở Ủy ban Kiểm tra"})
    assert CaseVote.objects.get().base == 7
    assert "danh sách ở Ủy ban Kiểm tra" in client_of_case.get(at(case, "votes")).content.decode()


def test_from_the_announcement_to_the_end(people, by, client_of_case):
    case = opened(decided(people[0], by), by)
    assert "chưa công bố: chưa ghi gì vào hồ sơ đảng viên" in client_of_case.get(at(case, "execution")).content.decode()
    sent = {"on": "10/05/2026", "number": "5-QĐ/CB", "signed_on": "12/05/2026", "signer": "Bí thư"}
    assert "hoặc đánh dấu là không nhận" in client_of_case.post(at(case, "announce"), sent).content.decode()
    assert not Sanction.objects.exists()
    client_of_case.post(at(case, "announce"), sent | {"received_on": "12/05/2026"})
    assert Sanction.objects.get().decision == "5-QĐ/CB"
    told = "Đảng ủy Sao Mai; 12-BC/CB\r\n\r\n  UBND phường  "
    client_of_case.post(at(case, "notify"), {"on": "01/06/2026", "recipients": told})
    assert list(Notice.objects.values_list("to", "number")) == [("Đảng ủy Sao Mai", "12-BC/CB"), ("UBND phường", "")]
    page = client_of_case.get(at(case, "execution")).content.decode()
    assert "quá hạn" in page
    assert "23/06/2026" in page  # thirty working days after 12/5/2026
    client_of_case.post(at(case, "enforce"), {"on": "01/06/2026"})
    case.refresh_from_db()
    assert case.state == State.IN_FORCE


def test_the_reminders_of_expulsion_and_the_appeal(people, by, client_of_case):
    case = opened(carried_out(expelled(people[0], by), by), by)
    page = client_of_case.get(at(case, "execution")).content.decode()
    assert "chi bộ thu thẻ đảng viên" in page
    assert "không có thời hạn" in page
    appealed(case, by, days(20))
    sent = {"on": "01/07/2026", "decided_by": "Tỉnh ủy", "outcome": "changed", "document": "9-QĐ/TU"}
    answer = client_of_case.post(at(case, "decide_appeal"), sent)
    assert "Hãy chọn hình thức mới." in answer.content.decode()
    client_of_case.post(at(case, "decide_appeal"), sent | {"new_form": "CC"})
    assert "Chưa công bố: chưa có gì thay đổi." in client_of_case.get(at(case, "execution")).content.decode()
    client_of_case.post(at(case, "announce_appeal"), {"on": "10/07/2026", "back_on": "", "cell": ""})
    assert Sanction.objects.standing().get().form == "warning"


def test_a_step_is_taken_back_on_its_page(case, client_of_case):
    client_of_case.post(at(case, "vote_in_cell"), minutes({"CC": 5}))
    step = StepTaken.objects.get()
    address = at(case, "void_last_step", step.pk)
    assert "Chờ hội nghị chi bộ" in client_of_case.get(address).content.decode()
    assert client_of_case.post(address, {"reason": ""}).status_code == 422
    client_of_case.post(address, {"reason": "ghi nhầm số phiếu"})
    case.refresh_from_db()
    assert case.state == State.CELL_MEETING
    assert (
        "hủy bước “Ghi biểu quyết của chi bộ” ngày 10/05/2026"
        in client_of_case.get(at(case, "journal")).content.decode()
    )


@pytest.mark.parametrize("name", ["votes", "execution", *DECISION_PAGES])
def test_nobody_else_learns_of_the_pages(cast, case, as_, name):
    for who in ("secretary", "officer", "staff", "head", "reader", "administrator"):
        client = as_(getattr(cast, who))
        assert client.get(at(case, name)).status_code == 404, who
        if name in DECISION_PAGES:
            assert client.post(at(case, name), {}).status_code == 404, who


def test_the_cell_has_its_own_steps_alone(cast, case, as_):
    named(case, cast.secretary, Part.CELL, cast.inspector)
    client = as_(cast.secretary)
    opened(case, cast.secretary)
    assert client.get(at(case, "vote_in_cell")).status_code == 200
    assert client.get(at(case, "votes")).status_code == 200
    for name in ("vote_above", "appeal", "annul", "lapse", "receive_proposal"):
        assert client.get(at(case, name)).status_code == 404


@pytest.mark.parametrize("name", DECISION_PAGES)
@pytest.mark.parametrize("state", ["signal", "its own"])
def test_junk_is_answered_in_words(people, by, case, client_of_case, name, state):
    state = CASE.step(name).sources[0] if state == "its own" and name != "resume" else "signal"
    put(case, state)
    fields = list(client_of_case.get(at(case, name)).context["form"].fields)
    for junk in JUNK:
        assert client_of_case.get(at(case, name), {"held_on": junk, "chosen_body": junk}).status_code == 200
        answer = client_of_case.post(at(case, name), dict.fromkeys(fields, junk))
        assert answer.status_code in (200, 422), junk
    case.refresh_from_db()
    assert case.state == state
    assert not case.steps.exists()


@pytest.mark.parametrize("address", ["999999999999999999999", "0"])
def test_an_unknown_step_is_not_found(case, client_of_case, address):
    assert client_of_case.get(f"/discipline/{case.pk}/last-step/{address}/void/").status_code == 404


def test_pages_ask_little(tree, people, by, client_of_case):
    case = opened(expelled(people[0], by), by)
    violated(case, date(2026, 2, 1))
    announced(case, by)
    for number in range(12):
        Notice.objects.create(case=case, decision=case.decisions.get(), to=f"Nơi {number}", sent_on=days(1))
    carried = put(case, State.IN_FORCE)
    for number in range(3):
        answered(appealed(carried, by, days(20 + number), late_reason="x"), by, "upheld", days(20 + number))
    for name in ("votes", "execution", "vote_in_cell", "vote_above", "announce", "appeal", "annul", "announce_appeal"):
        assert queries_of(client_of_case, at(case, name)) <= MOST, name


def test_votes_of_several_bodies_stand_on_one_page(tree, people, by, case, client_of_case):
    committee_of(tree.east, 7, tree.next_door)
    put(case, State.UPPER_VOTE)
    for number in range(3):
        entry = ballot({"KTR": 5}, body=body_of(case, "base_committee"), paper=signed(f"{number}-QĐ"))
        actions.vote_above(put(case, State.UPPER_VOTE), entry, by=by)
    assert queries_of(client_of_case, at(case, "votes")) <= MOST
    assert client_of_case.get(at(case, "votes")).content.decode().count("Đề nghị cấp trên khai trừ") == 3
