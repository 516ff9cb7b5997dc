"""After the vote: the announcement writes the one fact that members read; notices, execution, lapse."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.decisions import NotifyEntry
from discipline.actions.proposals import ActEntry, ExemptEntry
from discipline.actions.sealing import SignalEntry
from discipline.enums import State
from discipline.models import CaseDecision, Notice
from discipline.nightly import lapse_sanctions
from members.models import Ending, Membership, Sanction
from tests.discipline.vote_cases import (
    HELD_ON,
    announced,
    ballot,
    body_of,
    carried_out,
    cell_of,
    days,
    put,
    signed,
    violated,
    waiting,
)

pytestmark = pytest.mark.django_db
BY_HAND = (9, "danh sách riêng")


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def accused(tree):
    return cell_of(tree.here, 6)[0]


def decided(accused, by, held_on=HELD_ON, votes=None, **entry):
    """Decided by the cell."""
    case = waiting(accused, by, **entry)
    violated(case, date(2026, 2, 1), began_on=date(2026, 1, 5))
    actions.vote_in_cell(case, ballot(votes or {"CC": 5}, held_on), by=by)
    case.refresh_from_db()
    return case


def expelled(accused, by, held_on=HELD_ON, signed_on=HELD_ON, signal_on=date(2026, 1, 5)):
    """Expelled by the standing board above."""
    case = put(waiting(accused, by, signal_on=signal_on), State.UPPER_VOTE)
    body = body_of(case, "upper_standing_board", held_on)
    entry = ballot({"KTR": 7}, held_on, body=body, paper=signed("7-QĐ/ĐU", signed_on), by_hand=BY_HAND)
    actions.vote_above(case, entry, by=by)
    case.refresh_from_db()
    return case


def test_nothing_stands_in_the_record_before_the_announcement(accused, by):
    case = decided(accused, by)
    assert not Sanction.objects.exists()
    announced(case, by, number="5-QĐ/CB", signed_on=days(5), signer="Bí thư")

    sanction = Sanction.objects.get()
    assert (sanction.form, sanction.decided_on, sanction.announced_on) == ("warning", HELD_ON, HELD_ON)
    assert (sanction.lapses_on, sanction.decision) == (date(2027, 5, 10), "5-QĐ/CB")
    assert (sanction.act_from, sanction.act_to, sanction.act_unit) == (date(2026, 1, 5), date(2026, 2, 1), case.cell)
    assert (sanction.article_code, sanction.decided_by) == ("Điều 30", "Chi bộ Khóm 1")
    assert CaseDecision.objects.get().sanction == sanction
    with pytest.raises(NotAllowed, match="khi đang ở trạng thái"):
        announced(case, by)
    assert Sanction.objects.count() == 1


def test_a_decision_in_force_lapses_after_twelve_months(accused, by):
    """E9: CC announced 10/4/2026 lapses 10/4/2027, without any paper."""
    day = date(2026, 4, 10)
    case = carried_out(decided(accused, by, day), by, day)
    assert case.state == State.IN_FORCE
    assert CaseDecision.objects.get().lapses_on == date(2027, 4, 10)
    with pytest.raises(ValidationError, match="10/04/2027"):
        actions.lapse(case, ActEntry(on=date(2027, 4, 9)), by=by)
    assert lapse_sanctions(on=date(2027, 4, 9), by=by) == 0
    assert lapse_sanctions(on=date(2027, 4, 10), by=by) == 1
    case.refresh_from_db()
    assert case.state == State.EXPIRED
    assert Sanction.objects.get().voided_at is None
    assert lapse_sanctions(on=date(2027, 4, 11), by=by) == 0


def test_a_new_violation_leaves_the_lapse_to_people(accused, by):
    case = carried_out(decided(accused, by), by)
    other = waiting(accused, by, State.VERIFYING, signal_on=days(60))
    violated(other, days(40))
    after = days(366)
    assert lapse_sanctions(on=after, by=by) == 0
    with pytest.raises(ValidationError, match="không tự chấm dứt"):
        actions.lapse(case, ActEntry(on=after), by=by)
    put(other, State.CLOSED_FAULT_ONLY)
    assert lapse_sanctions(on=after, by=by) == 1


def test_people_confirm_the_lapse_with_a_reason(accused, by):
    case = carried_out(decided(accused, by), by)
    violated(waiting(accused, by, State.VERIFYING, signal_on=days(60)), days(40))
    actions.lapse(case, ActEntry(on=days(366), note="Thông báo 4-TB/UBKT"), by=by)
    case.refresh_from_db()
    assert case.state == State.EXPIRED


@pytest.mark.parametrize(
    ("held_on", "signed_on", "announced_on", "first_day_out"),
    [
        pytest.param(date(2026, 5, 10), date(2026, 5, 12), date(2026, 5, 20), date(2026, 5, 12), id="21"),
        pytest.param(date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 20), date(2026, 3, 20), id="296"),
    ],
)
def test_an_expulsion_ends_the_membership_in_force(accused, by, held_on, signed_on, announced_on, first_day_out):
    """Under 21-QĐ/TW from its signing, under 296-QĐ/TW from its announcement."""
    case = announced(expelled(accused, by, held_on, signed_on), by, announced_on)
    ending = Ending.objects.get()
    assert (ending.reason, ending.ended_on, ending.decision) == ("expelled", first_day_out, "7-QĐ/ĐU")
    assert Membership.objects.get(member=accused).ended_on == first_day_out
    assert Sanction.objects.get().form == "expulsion"
    actions.notify(case, NotifyEntry(on=days(30), recipients=(("Tỉnh ủy", ""),)), by=by)
    actions.enforce(case, ActEntry(on=days(30)), by=by)
    case.refresh_from_db()
    assert case.state == State.EXIT
    assert CaseDecision.objects.get().lapses_on is None


def test_a_refusal_is_written_down_and_stops_nothing(accused, by):
    case = announced(decided(accused, by), by, received_on=None, refused=True, note="không có mặt")
    decision = CaseDecision.objects.get()
    assert (decision.refused_to_receive, decision.received_on, case.state) == (True, None, State.ANNOUNCED)
    assert Sanction.objects.exists()


def test_an_announcement_is_not_before_the_decision(accused, by):
    case = expelled(accused, by, HELD_ON, days(5))
    with pytest.raises(ValidationError, match="trước ngày quyết định 15/05/2026"):
        announced(case, by, days(3))
    assert not Sanction.objects.exists()


def test_a_decision_is_not_received_before_it_is_taken(accused, by):
    case = decided(accused, by)
    with pytest.raises(ValidationError, match="trước ngày quyết định"):
        announced(case, by, received_on=days(-1))
    assert Sanction.objects.count() == 0


def test_why_a_step_is_taken_back_stays_under_the_seal(accused, by):
    case = announced(decided(accused, by), by)
    actions.void_last_step(case.steps.get(step="announce"), reason="bị cáo dọa dẫm thư ký", by=by)
    assert "dọa dẫm" not in str(list(LogEntry.objects.values_list("data", flat=True)))
    assert "dọa dẫm" not in Sanction.objects.get().void_reason
    assert [line for line in case.journal.all() if "dọa dẫm" in line.reason]


def test_a_signal_is_not_older_than_the_membership(accused, by):
    with pytest.raises(ValidationError, match="vào Đảng"):
        waiting(accused, by, signal_on=date(1900, 1, 1))


def test_a_signal_is_not_older_than_the_organisation(tree, by):
    entry = SignalEntry(signal_on=date(1900, 1, 1), source="press", summary="x", officers=(by,))
    with pytest.raises(ValidationError, match="có trong danh mục"):
        actions.register_signal((None, tree.here), tree.root, entry, by=by)


def test_several_are_told(accused, by):
    case = announced(decided(accused, by), by)
    with pytest.raises(ValidationError, match="ít nhất một nơi nhận"):
        actions.notify(case, NotifyEntry(on=HELD_ON), by=by)
    told = (("Đảng ủy Sao Mai", "4-BC/CB"), ("Ủy ban nhân dân phường", "12-CV"))
    actions.notify(case, NotifyEntry(on=days(40), recipients=told), by=by)
    assert list(Notice.objects.values_list("to", "number")) == list(told)


def test_an_announcement_is_taken_back_with_what_it_wrote(accused, by):
    case = announced(expelled(accused, by), by)
    actions.void_last_step(case.steps.get(step="announce"), reason="ghi nhầm ngày", by=by)
    case.refresh_from_db()
    decision = CaseDecision.objects.get()
    assert (case.state, decision.announced_on, decision.sanction, decision.ending) == (
        "decided_upper",
        None,
        None,
        None,
    )
    assert not Sanction.objects.standing().exists()
    assert Membership.objects.standing().get(member=accused).ended_on is None
    announced(case, by, days(2))
    assert Sanction.objects.standing().get().announced_on == days(2)


def test_notices_and_the_lapse_are_taken_back(accused, by):
    case = carried_out(decided(accused, by), by)
    actions.lapse(case, ActEntry(on=days(400)), by=by)
    for name, state in (("lapse", "in_force"), ("enforce", "notified"), ("notify", "announced")):
        actions.void_last_step(case.steps.get(step=name), reason="ghi nhầm", by=by)
        case.refresh_from_db()
        assert case.state == state
    assert not Notice.objects.standing().exists()


def test_an_exemption_ends_the_case(accused, by):
    case = waiting(accused, by)
    actions.exempt(case, ExemptEntry(on=HELD_ON, kind="deceased", note="kết luận, không quyết định"), by=by)
    case.refresh_from_db()
    assert (case.state, case.exemptions.get().kind) == (State.EXEMPT, "deceased")
    actions.void_last_step(case.steps.get(), reason="nhầm người", by=by)
    case.refresh_from_db()
    assert case.state == State.CELL_MEETING
    assert not case.exemptions.filter(voided_at__isnull=True).exists()
