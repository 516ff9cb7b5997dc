"""Hostile facts in the procedure: days out of order, second acts, places, numbers that clash."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from admissions import actions
from admissions.actions.probation import (
    ProbationPaper,
    add_probation_paper,
    note_probation,
    record_new_member_class,
)
from admissions.actions.removals import CancelEntry, RepairEntry, repair_admission
from admissions.deciding import DecisionEntry
from admissions.enums import State
from admissions.models import AdmissionVote
from config.lib.steps import ActEntry
from config.lib.workflow import NotAllowed
from members.models import Membership
from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import MEETING, fresh, officials, say
from tests.admissions.procedure_cases import BY_HAND, DECIDED, HELD, OFFICIAL_ON, ready, vote


def test_the_deciding_board_cannot_have_met_before_the_file_was_with_it(tree, cast):
    candidate = cases.under_decision(ready(tree.here, by=cast.secretary), cast)
    early = DecisionEntry("15-QĐ/ĐU", DECIDED, vote(7, on=MEETING - timedelta(days=30), by_hand=BY_HAND))

    with pytest.raises(NotAllowed):
        actions.decide(candidate, early, by=cast.staff)


def _sent_up_for_recognition(candidate, cast, on):
    actions.vote_recognition(candidate, vote(5, on=on), by=cast.secretary)
    actions.vote_recognition_in_base(fresh(candidate), vote(8, on=on, by_hand=BY_HAND), by=cast.officer)
    actions.submit_recognition(fresh(candidate), ActEntry(on), by=cast.staff)


def _repair(signed_on, admitted_on):
    return RepairEntry(
        number="99-QĐ", signed_on=signed_on, decided_on=DECIDED, admitted_on=admitted_on, redone="lễ", reason="sai lễ"
    )


def test_nor_can_the_board_that_recognises(tree, cast):
    candidate, on = cases.recognition_due(ready(tree.here, by=cast.secretary), cast), OFFICIAL_ON + timedelta(days=10)
    _sent_up_for_recognition(candidate, cast, on)
    early = DecisionEntry("16-QĐ", on, vote(7, on=HELD, by_hand=BY_HAND))

    with pytest.raises(NotAllowed):
        actions.decide_recognition(fresh(candidate), early, by=cast.staff)


def test_a_repair_that_moves_the_ceremony_later_holds_back_the_vote_of_recognition(tree, cast):
    candidate = cases.recognition_due(ready(tree.here, by=cast.secretary), cast)
    repair_admission(candidate, _repair(OFFICIAL_ON + timedelta(days=5), HELD + timedelta(days=60)), by=cast.staff)
    on = OFFICIAL_ON + timedelta(days=10)

    with pytest.raises(NotAllowed):
        actions.vote_recognition(fresh(candidate), vote(5, on=on), by=cast.secretary)


def test_a_repair_is_not_signed_before_the_last_step(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(NotAllowed):
        repair_admission(candidate, _repair(DECIDED, DECIDED), by=cast.staff)


def test_a_repair_does_not_put_the_official_date_of_an_official_member_after_itself(tree, cast):
    candidate, on = cases.recognition_due(ready(tree.here, by=cast.secretary), cast), OFFICIAL_ON + timedelta(days=10)
    _sent_up_for_recognition(candidate, cast, on)
    actions.decide_recognition(
        fresh(candidate), DecisionEntry("16-QĐ", on, vote(7, on=on, by_hand=BY_HAND)), by=cast.staff
    )

    with pytest.raises(ValidationError, match="20/04/2028"):
        repair_admission(fresh(candidate), _repair(on + timedelta(days=1), on), by=cast.staff)

    assert fresh(candidate).member.official_on == OFFICIAL_ON


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1900, 1, 1), date(2010, 5, 5), date(9999, 12, 31)])
def test_days_far_away_are_words(tree, cast, day):
    candidate = ready(tree.here, by=cast.secretary)

    with pytest.raises(NotAllowed):
        actions.vote_in_cell(candidate, vote(4, on=day), by=cast.secretary)


def test_who_came_or_became_official_later_is_not_counted(tree, cast):
    candidate, later = ready(tree.here, by=cast.secretary), MEETING + timedelta(days=1)
    Membership.objects.filter(member__in=officials(tree.here, 3)).update(started_on=later)
    officials(tree.here, 2, official_on=later)

    actions.vote_in_cell(candidate, vote(4), by=cast.secretary)

    assert AdmissionVote.objects.values_list("members", "official", "entitled").get() == (7, 5, 5)


def test_a_body_of_nobody_does_not_vote(tree, cast):
    candidate = cases.under_decision(ready(tree.here, by=cast.secretary), cast)
    entry = DecisionEntry("15-QĐ", DECIDED, vote(0, on=DECIDED, by_hand=(0, "x")))

    with pytest.raises(ValidationError, match="từ 1 trở lên"):
        actions.decide(candidate, entry, by=cast.staff)


def test_an_admission_is_not_cancelled_before_the_ceremony(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    entry = CancelEntry(number="77", signed_on=HELD - timedelta(days=1), reason="x", consent="y")

    with pytest.raises(NotAllowed):
        actions.cancel_admission(candidate, entry, by=cast.staff)


def test_what_was_escalated_is_decided_and_nothing_else(tree, cast):
    candidate, on = cases.recognition_due(ready(tree.here, by=cast.secretary), cast), OFFICIAL_ON + timedelta(days=1)
    for _ in range(3):
        actions.vote_recognition(fresh(candidate), vote(1, no=4, on=on), by=cast.secretary)
        if fresh(candidate).state != State.ESCALATED:
            actions.return_recognition(fresh(candidate), ActEntry(on, note="x"), by=cast.officer)
    entry = DecisionEntry("1", on, vote(7, on=on, by_hand=BY_HAND))

    with pytest.raises(NotAllowed):
        actions.decide_removal(fresh(candidate), entry, by=cast.staff)


def test_a_refused_vote_does_not_tell_the_religion(tree, cast):
    candidate = say(ready(tree.here, by=cast.secretary), religion_standing="not_recognised")

    with pytest.raises(NotAllowed, match="Tôn giáo: còn vướng") as refused:
        actions.vote_in_cell(candidate, vote(4), by=cast.secretary)

    assert "công nhận" not in str(refused.value)


def test_a_second_click_writes_no_second_row_of_probation(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    write = (
        lambda: record_new_member_class(candidate, {"issued_on": HELD, "number": "77"}, by=cast.secretary),
        lambda: note_probation(candidate, "Tích cực", on=HELD, by=cast.secretary),
        lambda: add_probation_paper(
            candidate, ProbationPaper(kind="recognition_summary", dated_on=OFFICIAL_ON), by=cast.secretary
        ),
    )
    for act in write:
        act()
        with pytest.raises(ValidationError, match="không ghi lần thứ hai"):
            act()
