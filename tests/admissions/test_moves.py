"""A candidate who moves before the ceremony: admissions.md §9, worked examples E26 and E27."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions import actions
from admissions.actions.moves import (
    MoveEntry,
    answer_review,
    ask_review,
    forward_file,
    move_candidate,
    receive_candidate,
)
from admissions.enums import MoveOutcome, MoveStage, Purpose, State
from admissions.models import AdmissionDecision
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from tests.admissions import procedure_cases as cases
from tests.admissions.candidate_cases import in_state
from tests.admissions.dossier_cases import fresh
from tests.admissions.test_procedure_examples import due
from tests.conftest import FOUNDED
from tests.factories import MemberFactory

ORDERED = date(2025, 10, 6)


@pytest.fixture
def elsewhere(system):
    """A cell directly under another commune."""
    commune = add_organisation(
        OrganisationEntry("Đảng ủy Phường Bình Minh", "commune", FOUNDED), parent=None, by=system
    )
    return add_organisation(OrganisationEntry("Chi bộ Khóm 9", "cell", FOUNDED), parent=commune, by=system)


def decided(tree, cast, signed_on):
    """Somebody with a decision of the commune who waits for the ceremony."""
    candidate = in_state(tree.here, State.APPROVED, by=cast.secretary)
    AdmissionDecision.objects.create(
        candidate=candidate, purpose=Purpose.ADMISSION, approves=True, organisation=tree.root,
        body="commune_standing_board", number="15", signed_on=signed_on, received_on=signed_on,
    )  # fmt: skip
    return fresh(candidate)


def hold(candidate, cast, on):
    MemberFactory(home=candidate.organisation)
    return actions.hold_ceremony(candidate, cases.ceremony(candidate, on=on, received_on=None), by=cast.secretary)


@pytest.mark.parametrize(
    ("signed", "outcome", "state"),
    [
        pytest.param(date(2025, 11, 17), MoveOutcome.FORWARDED, State.APPROVED, id="[E26]-30th"),
        pytest.param(date(2025, 11, 18), MoveOutcome.CANCELLED, State.UNDER_DECISION, id="[E26]-31st"),
    ],
)
def test_a_decision_of_another_committee(tree, cast, elsewhere, signed, outcome, state):
    candidate = decided(tree, cast, signed)

    move = move_candidate(candidate, MoveEntry(ORDERED, to=elsewhere, letter="CV 8"), by=cast.secretary)
    assert (move.stage, move.outcome) == (MoveStage.DECIDED, outcome)
    with pytest.raises(NotAllowed, match=r"không tổ chức lễ ở nơi đã rời|Không thể"):
        hold(candidate, cast, date(2025, 11, 25))

    forward_file(move, on=date(2025, 11, 20), by=cast.staff)
    receive_candidate(move, on=date(2025, 11, 24), by=cast.staff)
    candidate = fresh(candidate)
    assert (candidate.organisation, candidate.state) == (elsewhere, state)
    assert AdmissionDecision.objects.standing().exists() is (outcome == MoveOutcome.FORWARDED)
    if state == State.APPROVED:
        assert hold(candidate, cast, date(2025, 11, 28)).organisation == elsewhere


def test_the_same_committee_redirects_decision_and_ceremony(tree, cast):
    candidate = decided(tree, cast, date(2025, 12, 18))

    move = move_candidate(candidate, MoveEntry(ORDERED, to=tree.there), by=cast.secretary)
    assert move.outcome == MoveOutcome.REDIRECTED

    receive_candidate(move, on=date(2025, 12, 22), by=cast.other_officer)
    assert fresh(candidate).scope_organisation == tree.there
    assert hold(fresh(candidate), cast, date(2025, 12, 24)).organisation == tree.there


def test_e27_a_file_at_the_committee_is_sent_on_and_decided_on_there(tree, cast, elsewhere):
    candidate = in_state(tree.here, State.UNDER_DECISION, by=cast.secretary)
    move = move_candidate(candidate, MoveEntry(ORDERED, to=elsewhere), by=cast.secretary)
    assert (move.stage, move.outcome) == (MoveStage.AT_DECIDER, MoveOutcome.FORWARDED)

    forward_file(move, on=date(2025, 10, 24), by=cast.staff)
    receive_candidate(move, on=date(2025, 10, 27), by=cast.staff)

    candidate = fresh(candidate)
    assert (candidate.organisation, candidate.state) == (elsewhere, State.UNDER_DECISION)
    assert due(candidate, "Chuyển hồ sơ đến nơi mới").deadline.due_on == date(2025, 10, 27)
    assert due(candidate, "Chuyển hồ sơ đến nơi mới").is_late is False
    assert due(candidate, "Cấp ủy nơi đến quyết định").deadline.due_on == date(2025, 12, 8)


def test_who_is_still_helped_takes_a_certificate_along(tree, cast):
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)

    move = move_candidate(candidate, MoveEntry(ORDERED, to=tree.there, letter="GCN 3"), by=cast.secretary)
    receive_candidate(move, on=date(2025, 10, 20), by=cast.stranger)

    assert (move.stage, move.outcome) == (MoveStage.HELPED, MoveOutcome.CERTIFIED)
    assert (fresh(candidate).organisation, fresh(candidate).state) == (tree.there, State.CLEARED)
    acts = LogEntry.objects.about(fresh(candidate)).values_list("action", flat=True)
    assert {"admissions.move_candidate", "admissions.receive_candidate"} <= set(acts)


def test_a_move_is_recorded_once_and_received_once(tree, cast):
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)
    move = move_candidate(candidate, MoveEntry(ORDERED, to=tree.there), by=cast.secretary)

    with pytest.raises(NotAllowed, match="đang chuyển đi rồi"):
        move_candidate(candidate, MoveEntry(ORDERED, to=tree.far), by=cast.secretary)
    receive_candidate(move, on=date(2025, 10, 20), by=cast.stranger)
    with pytest.raises(NotAllowed, match="đã nhận ngày"):
        receive_candidate(move, on=date(2025, 10, 21), by=cast.stranger)


@pytest.mark.parametrize("ends", [{}, {"outside": "Đảng ủy Phường Xa", "to": "there"}, {"to": "here"}, {"to": "east"}])
def test_a_move_has_one_end_that_is_another_cell(tree, cast, ends):
    ends = {**ends, **({"to": getattr(tree, ends["to"])} if "to" in ends else {})}
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)

    with pytest.raises(ValidationError):
        move_candidate(candidate, MoveEntry(ORDERED, **ends), by=cast.secretary)


def test_a_doubted_file_is_looked_at_again(tree, cast):
    candidate = in_state(tree.here, State.UNDER_DECISION, by=cast.secretary)
    move = move_candidate(candidate, MoveEntry(ORDERED, to=tree.there), by=cast.secretary)

    ask_review(move, "thiếu ý kiến nơi cư trú", on=date(2025, 10, 20), by=cast.other_officer)
    with pytest.raises(NotAllowed, match="đang chờ trả lời"):
        ask_review(move, "lần nữa", on=date(2025, 10, 21), by=cast.other_officer)
    move = answer_review(move, "đã bổ sung", on=date(2025, 11, 3), by=cast.officer)

    assert move.review == "thiếu ý kiến nơi cư trú → đã bổ sung"
    assert due(fresh(candidate), "Trả lời đề nghị xem lại").is_late is False


def test_a_decision_after_the_order_is_held_against_it(tree, cast, elsewhere):
    candidate = cases.under_decision(cases.ready(tree.here, by=cast.secretary), cast)
    move = move_candidate(candidate, MoveEntry(date(2026, 2, 2), to=elsewhere), by=cast.secretary)

    actions.decide(candidate, cases.decision(), by=cast.staff)  # the 39th working day, Tết in between

    move.refresh_from_db()
    assert (move.stage, move.outcome) == (MoveStage.DECIDED, MoveOutcome.CANCELLED)
