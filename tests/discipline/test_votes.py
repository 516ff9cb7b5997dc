"""Votes of the cell and above it from the rows of their day: the base, the outcome, who may decide, limitation."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.models import RuleOverride
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.proposals import ActEntry, PostponeEntry, ProposalEntry
from discipline.actions.sealing import SignalEntry
from discipline.enums import State
from discipline.models import CaseDecision, CaseVote, JournalEntry, Postponement
from members.models import Membership, Overlay, Post, Proceeding, Sanction
from tests.discipline.vote_cases import (
    HELD_ON,
    LONG_AGO,
    SINCE,
    ballot,
    body_of,
    cell_of,
    committee_of,
    put,
    signed,
    violated,
    waiting,
)
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return cast.inspector


def voted(case, by, entry):
    vote = actions.vote_in_cell(case, entry, by=by)
    case.refresh_from_db()
    vote.refresh_from_db()
    return vote


def with_post(member, cell):
    Post.objects.create(member=member, organisation=cell, title="deputy", started_on=SINCE)


@pytest.mark.parametrize(
    ("count", "votes", "choice", "expected"),
    [
        pytest.param(10, {"KTR": 3, "CCH": 2, "CC": 4, "KT": 1}, "", ("CC", "decide", "decided_cell"), id="E1"),
        pytest.param(9, {"KTR": 6, "CC": 3}, "", ("KTR", "propose", "proposed"), id="E2"),
        pytest.param(9, {"KTR": 5, "CCH": 0, "CC": 4}, "CCH", ("CCH", "propose", "proposed"), id="E3 with CCH"),
        pytest.param(9, {"KTR": 5, "CC": 4}, "CC", ("CC", "decide", "decided_cell"), id="E3 without CCH"),
        pytest.param(9, {"KTR": 5, "CC": 4}, "goes_up", ("", "", "proposed"), id="E3 counts go up"),
    ],
)
def test_the_cell_votes(tree, by, count, votes, choice, expected):
    accused, _ = cell_of(tree.here, count)
    if "CCH" in votes:
        with_post(accused, tree.here)
    case = waiting(accused, by)
    explained = {"explanation": "người bị xem xét cũng bỏ phiếu", "choice": choice, "chosen_reason": choice}

    vote = voted(case, by, ballot(votes, **explained))

    assert (vote.form, vote.act, case.state) == expected
    assert vote.base == count
    assert not Sanction.objects.exists()
    assert CaseDecision.objects.filter(case=case).exists() == (expected[1] == "decide")


def test_a_doubtful_ballot_shows_both_readings_and_asks(tree, by):
    """E3: the rules do not settle it, the body chooses with a reason."""
    accused, _ = cell_of(tree.here, 9)
    case = waiting(accused, by)
    entry = ballot({"KTR": 5, "CC": 3}, none=0)
    with pytest.raises(ValidationError, match=r"cảnh cáo.*theo cộng dồn.*báo cáo kết quả lên cấp trên"):
        actions.vote_in_cell(case, entry, by=by)
    with pytest.raises(ValidationError, match="hãy ghi lý do"):
        actions.vote_in_cell(case, ballot({"KTR": 5, "CC": 3}, choice="CC"), by=by)
    assert not CaseVote.objects.exists()


def test_who_is_counted(tree, by):
    """E4: 21 official, one away, two exempted and absent: 18, whoever came."""
    accused, others = cell_of(tree.here, 21)
    MemberFactory(home=tree.here, official_on=None)
    away, old, ill = others[:3]
    Membership.objects.create(
        member=away, organisation=tree.there, kind="temporary", started_on=SINCE, start_reason="arrived"
    )
    for member in (old, ill):
        Overlay.objects.create(member=member, kind="exempt", started_on=SINCE)
    case = waiting(accused, by)

    vote = voted(case, by, ballot({"CC": 10, "KT": 6}))

    assert (vote.members, vote.official, vote.base, vote.form) == (22, 21, 18, "CC")
    assert vote.outcome["needs"] == {"KT": 10, "CC": 10, "KTR": 12}
    assert {each["name"] for each in vote.excluded} == {str(away), str(old), str(ill)}
    assert case.state == State.DECIDED_CELL


def test_who_is_exempt_and_came_is_counted(tree, by):
    accused, others = cell_of(tree.here, 5)
    Overlay.objects.create(member=others[0], kind="exempt", started_on=SINCE)
    case = waiting(accused, by)
    assert voted(case, by, ballot({"CC": 3}, attended=(str(others[0].pk),), present=4)).base == 5


LATE = date(2024, 4, 2)


@pytest.mark.parametrize(
    ("second", "pause", "kind", "expected"),
    [
        pytest.param(None, None, "", ("time_barred", "01/03/2024"), id="E5"),
        pytest.param(date(2022, 6, 1), None, "", ("decided_cell", "01/06/2027"), id="E6"),
        pytest.param(None, (date(2023, 1, 1), date(2023, 4, 1)), "", ("decided_cell", "30/05/2024"), id="E7"),
        pytest.param(None, None, "unlawful_diploma", ("decided_cell", ""), id="E8"),
    ],
)
def test_limitation_is_asked_after_the_vote(tree, by, second, pause, kind, expected):
    accused, _ = cell_of(tree.here, 5, since=LONG_AGO)
    case = waiting(accused, by, signal_on=date(2024, 1, 8))
    violated(case, date(2019, 3, 1), unlimited_kind=kind)
    if second:
        violated(case, second)
    if pause:
        Postponement.objects.create(case=case, kind="hospital", started_on=pause[0], ended_on=pause[1], evidence="giấy")

    vote = voted(case, by, ballot({"KT": 4}, LATE))

    assert (vote.form, case.state, vote.limitation["last_day"]) == ("KT", *expected)
    assert CaseDecision.objects.exists() == (case.state == "decided_cell")


def test_days_of_proceedings_do_not_count(tree, by):
    """As E7, by an investigation from 1/1/2023 until the case against him was dropped on 1/4/2023."""
    accused, _ = cell_of(tree.here, 5, since=LONG_AGO)
    case = waiting(accused, by, signal_on=date(2024, 1, 8))
    violated(case, date(2019, 3, 1))
    stages = (("charged", "2023-01-01", "2023-04-01"), ("closed", "2023-04-01", None))
    for stage, started_on, ended_on in stages:
        Proceeding.objects.create(member=accused, stage=stage, started_on=started_on, ended_on=ended_on)
    assert voted(case, by, ballot({"KT": 4}, LATE)).limitation["last_day"] == "30/05/2024"
    assert case.state == State.DECIDED_CELL


def test_people_may_hold_that_it_is_in_time(tree, by):
    accused, _ = cell_of(tree.here, 5, since=LONG_AGO)
    case = waiting(accused, by, signal_on=date(2024, 1, 8))
    violated(case, date(2019, 3, 1))
    vote = voted(case, by, ballot({"KT": 4}, LATE, in_time_reason="vi phạm kéo dài đến 2020 theo kết luận"))
    assert case.state == State.DECIDED_CELL
    assert vote.limitation["overruled"] == "vi phạm kéo dài đến 2020 theo kết luận"
    assert any("đã hết thời hiệu" in each for each in vote.outcome["warnings"])


def test_a_probationary_member_is_not_expelled(tree, by):
    """E14: refused outright, also as what the meeting concluded."""
    _, _ = cell_of(tree.here, 5)
    newcomer = MemberFactory(home=tree.here, official_on=None)
    case = waiting(newcomer, by)
    for form in ("KTR", "CCH"):
        with pytest.raises(ValidationError, match="Đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo"):
            actions.vote_in_cell(case, ballot({form: 4}), by=by)
        with pytest.raises(ValidationError, match="Không có hình thức"):
            actions.vote_in_cell(case, ballot({"CC": 4}, choice=form, chosen_reason="thế"), by=by)
    assert not CaseVote.objects.exists()
    vote = voted(case, by, ballot({"CC": 4}))
    assert (vote.base, vote.form, CaseDecision.objects.get().subject) == (5, "CC", "probationary")


def test_removal_is_on_the_ballot_of_who_holds_a_post(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    with pytest.raises(ValidationError, match="không giữ chức vụ"):
        actions.vote_in_cell(case, ballot({"CCH": 4}), by=by)
    vote = voted(case, by, ballot({"CCH": 4}, post="Chi ủy viên nhiệm kỳ 2025–2027"))
    assert (vote.form, vote.act, vote.outcome["post"]) == ("CCH", "propose", "Chi ủy viên nhiệm kỳ 2025–2027")


def test_a_task_from_above_is_proposed(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by, scope="assigned")
    vote = voted(case, by, ballot({"CC": 4}))
    assert (vote.form, vote.act, case.state) == ("CC", "propose", State.PROPOSED)


@pytest.mark.parametrize(
    ("choice", "state"), [("fault_only", "closed_fault_only"), ("no_violation", "closed_no_violation")]
)
def test_votes_against_discipline_close_it(tree, by, choice, state):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    with pytest.raises(ValidationError, match="kết thúc"):
        actions.vote_in_cell(case, ballot({"KT": 1}, none=3), by=by)
    voted(case, by, ballot({"KT": 1}, none=3, choice=choice))
    assert case.state == state


def test_another_conclusion_needs_a_reason_and_leaves_a_warning(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    with pytest.raises(ValidationError, match="Kết luận khác kết quả theo quy tắc"):
        actions.vote_in_cell(case, ballot({"CC": 1, "KT": 1}, none=2, choice="KT"), by=by)
    vote = voted(case, by, ballot({"CC": 1, "KT": 1}, none=2, choice="KT", chosen_reason="biên bản ghi như vậy"))
    assert (vote.form, case.state) == ("KT", State.DECIDED_CELL)
    assert vote.outcome["warnings"]


def test_deciding_beyond_its_power_is_kept_with_a_warning(tree, by):
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by, scope="assigned")
    vote = voted(case, by, ballot({"CC": 5}, act="decide", chosen_reason="được ủy quyền"))
    assert (vote.act, case.state) == ("decide", State.DECIDED_CELL)
    assert "theo thẩm quyền là đề nghị cấp trên" in vote.outcome["warnings"][0]


def test_more_people_there_than_count_is_to_be_explained(tree, by):
    accused, _ = cell_of(tree.here, 9)
    case = waiting(accused, by)
    crowd = ballot({"KT": 6, "CC": 0}, present=99)
    with pytest.raises(ValidationError, match="Ghi 99 người có mặt, nhiều hơn 9 người"):
        actions.vote_in_cell(case, crowd, by=by)
    vote = voted(case, by, ballot({"KT": 6, "CC": 0}, present=99, explanation="Biên bản ghi cả khách mời"))
    assert vote.explanation == "Biên bản ghi cả khách mời"


def test_minutes_that_do_not_add_up_are_explained(tree, by):
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by)
    with pytest.raises(ValidationError, match="nhiều hơn 5 người được bỏ phiếu"):
        actions.vote_in_cell(case, ballot({"CC": 6}), by=by)
    with pytest.raises(ValidationError, match="không bằng 5 phiếu thu vào"):
        actions.vote_in_cell(case, ballot({"CC": 4}, collected=5, present=5, issued=5), by=by)
    vote = voted(case, by, ballot({"CC": 4}, collected=5, present=5, issued=5, explanation="một phiếu thất lạc"))
    assert vote.explanation == "một phiếu thất lạc"


@pytest.mark.parametrize("chosen", [{"person_concerned_in_base": False}, {"person_concerned_votes": True}])
def test_the_person_concerned_by_choice_of_the_committee(tree, by, chosen, system):
    key, value = next(iter(chosen.items()))
    RuleOverride.objects.create(
        organisation=tree.root, topic="discipline_procedure", key=key, value=value, reason="quy chế",
        started_on=SINCE, recorded_by=system,
    )  # fmt: skip
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by)
    vote = voted(case, by, ballot({"CC": 5} if key.endswith("base") else {"CC": 6}))
    assert vote.base == (5 if key.endswith("base") else 6)
    if key.endswith("base"):
        assert vote.excluded == [{"name": str(accused), "reason": "là người bị xem xét"}]


# --- above the cell ---------------------------------------------------------------------------------------------------


def upper(case, by, key, votes, **more):
    entry = ballot(votes, body=body_of(case, key), paper=more.pop("paper", signed()), **more)
    vote = actions.vote_above(put(case, State.UPPER_VOTE), entry, by=by)
    case.refresh_from_db()
    return vote


def test_the_base_committee_decides_and_signs(tree, by):
    accused, _ = cell_of(tree.here, 5)
    committee_of(tree.east, 7, tree.next_door)
    case = waiting(accused, by)
    entry = ballot({"CC": 5, "KT": 2}, body=body_of(case, "base_committee"))
    with pytest.raises(ValidationError, match="phải có số và ngày"):
        actions.vote_above(put(case, State.UPPER_VOTE), entry, by=by)
    vote = upper(case, by, "base_committee", {"CC": 5, "KT": 2})
    decision = CaseDecision.objects.get()
    assert (vote.base, vote.form, vote.act, case.state) == (7, "CC", "decide", State.DECIDED_UPPER)
    assert (decision.number, decision.body, decision.organisation) == ("12-QĐ/UBKT", "base_committee", tree.east)


@pytest.mark.parametrize(("power", "expected"), [("delegated_base", "decide"), ("no_powers", "propose")])
def test_a_base_committee_that_may_admit_may_expel(tree, by, system, power, expected):
    RuleOverride.objects.create(
        organisation=tree.east, topic="admission_powers", key="base_powers", value=power, reason="ủy quyền",
        started_on=SINCE, recorded_by=system,
    )  # fmt: skip
    accused, _ = cell_of(tree.here, 5)
    committee_of(tree.east, 9, tree.next_door)
    case = waiting(accused, by)
    vote = upper(case, by, "base_committee", {"KTR": 6, "CC": 3})
    assert (vote.form, vote.act) == ("KTR", expected)
    assert vote.outcome["needs"]["KTR"] == (5 if expected == "decide" else 6)


def test_who_sits_in_the_committee_or_is_managed_above_is_proposed(tree, by):
    accused, _ = cell_of(tree.here, 5)
    Post.objects.create(member=accused, organisation=tree.east, title="committee_member", started_on=SINCE)
    committee_of(tree.east, 6, tree.next_door)
    case = waiting(accused, by)
    vote = upper(case, by, "base_committee", {"CCH": 5}, admits=True)
    assert (vote.base, vote.act, case.state) == (7, "propose", State.PROPOSED)
    other = waiting(MemberFactory(home=tree.here), by, is_managed_above=True)
    assert upper(other, by, "base_committee", {"KTR": 6}, admits=True).act == "propose"


def test_the_board_and_the_commission_are_counted_by_their_posts(tree, by):
    accused, _ = cell_of(tree.here, 5)
    titles = ("secretary", "standing_deputy", "standing_member", "committee_member")
    committee_of(tree.root, 11, tree.there, titles=titles)
    committee_of(tree.root, 5, tree.far, titles=("inspection_head", "inspection_member"))
    case = waiting(accused, by)
    assert upper(case, by, "upper_standing_board", {"KTR": 2}).base == 3
    case = waiting(MemberFactory(home=tree.here), by)
    assert upper(case, by, "upper_inspection", {"KTR": 3}).base == 5
    assert case.state == State.DECIDED_UPPER
    case = waiting(MemberFactory(home=tree.here), by)
    assert upper(case, by, "upper_committee", {"KTR": 8}).base == 11


def test_a_base_by_hand_where_no_posts_are_kept(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    with pytest.raises(NotAllowed, match="Chưa có danh sách"):
        upper(case, by, "upper_standing_board", {"KTR": 5})
    vote = upper(case, by, "upper_standing_board", {"KTR": 5}, by_hand=(9, "danh sách ở Văn phòng Đảng ủy"))
    assert (vote.base, vote.base_by_hand, vote.act) == (9, "danh sách ở Văn phòng Đảng ủy", "decide")
    with pytest.raises(ValidationError, match="có trong phần mềm"):
        actions.vote_in_cell(put(case, State.CELL_MEETING), ballot({"CC": 4}, by_hand=(9, "tự đếm")), by=by)


def test_an_organisation_is_disciplined_by_the_body_above_it(tree, by, cast):
    signal = SignalEntry(
        signal_on=date(2026, 3, 2), source="supervision", summary="Vi phạm", officers=(cast.inspector,)
    )
    MemberFactory.create_batch(5, home=tree.here)
    case = actions.register_signal((None, tree.here), tree.root, signal, by=by)
    with pytest.raises(ValidationError, match="Không có hình thức khai trừ"):
        actions.vote_in_cell(put(case, State.CELL_MEETING), ballot({"KTR": 4}), by=by)
    vote = voted(case, by, ballot({"CC": 4}))
    assert (vote.body, vote.act, case.state) == ("accused", "propose", State.PROPOSED)
    committee_of(tree.east, 9, tree.next_door)
    vote = upper(case, by, "base_committee", {"GT": 6, "CC": 3}, held_on=HELD_ON)
    assert (vote.form, vote.act, vote.outcome["needs"]["GT"]) == ("GT", "propose", 6)
    vote = upper(case, by, "upper_committee", {"GT": 6, "CC": 3}, by_hand=(11, "danh sách riêng"))
    assert (vote.form, vote.act, case.state) == ("GT", "decide", State.DECIDED_UPPER)


# --- around the votes -------------------------------------------------------------------------------------------------


def test_a_proposal_is_received_verified_or_given_back(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = put(waiting(accused, by), State.PROPOSED)
    actions.receive_proposal(case, ProposalEntry(on=HELD_ON, body=body_of(case, "base_committee")), by=by)
    actions.return_to_cell(case, ActEntry(on=HELD_ON, note="thiếu biên bản kiểm phiếu"), by=by)
    case.refresh_from_db()
    assert case.state == State.CELL_MEETING
    with pytest.raises(NotAllowed, match="trước bước"):
        actions.vote_in_cell(case, ballot({"CC": 4}, date(2026, 5, 9)), by=by)


def test_a_postponement_stops_the_case_and_the_clock(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    entry = PostponeEntry(on=HELD_ON, kind="maternity", started_on=date(2026, 4, 1), evidence="giấy chứng sinh")
    actions.postpone(case, entry, by=by)
    case.refresh_from_db()
    assert (case.state, case.postponed_from) == (State.POSTPONED, State.CELL_MEETING)
    actions.resume(case, ActEntry(on=date(2026, 9, 1)), by=by)
    case.refresh_from_db()
    assert (case.state, case.postponed_from) == (State.CELL_MEETING, "")
    assert Postponement.objects.get().ended_on == date(2026, 9, 1)


def test_before_the_known_rules_it_is_recorded_as_it_was(tree, by):
    accused, _ = cell_of(tree.here, 5, since=LONG_AGO)
    case = waiting(accused, by, signal_on=date(2019, 1, 8))
    day = date(2019, 5, 6)
    with pytest.raises(ValidationError, match="không có quy tắc của ngày 06/05/2019"):
        actions.vote_in_cell(case, ballot({"CC": 4}, day), by=by)
    vote = voted(case, by, ballot({"CC": 4}, day, choice="CC", act="decide"))
    assert (vote.how, vote.form, case.state) == ("recorded", "CC", State.DECIDED_CELL)
    assert vote.outcome["needs"] == {}
    assert vote.limitation == {}


def test_a_vote_is_taken_back_with_its_decision(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    vote = voted(case, by, ballot({"CC": 4}))
    step = case.steps.get()
    actions.void_last_step(step, reason="ghi nhầm số phiếu", by=by)
    case.refresh_from_db()
    vote.refresh_from_db()
    assert case.state == State.CELL_MEETING
    assert vote.void_reason == CaseDecision.objects.get().void_reason == "ghi nhầm số phiếu"
    with pytest.raises(NotAllowed, match="bước gần nhất"):
        actions.void_last_step(step, reason="lần nữa", by=by)
    assert voted(case, by, ballot({"KT": 4})).form == "KT"
    assert JournalEntry.objects.filter(case=case, action="void_last_step").count() == 1


def test_the_second_click_is_refused(tree, by):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, by)
    voted(case, by, ballot({"CC": 4}))
    with pytest.raises(NotAllowed, match="khi đang ở trạng thái"):
        actions.vote_in_cell(case, ballot({"CC": 4}), by=by)
    assert CaseVote.objects.count() == 1
