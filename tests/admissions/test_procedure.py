"""From the vote of the cell to the ceremony and the recognition: state, rows, log, refusals."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions import actions
from admissions.enums import Purpose, State
from admissions.models import AdmissionDecision, AdmissionVote, Admitted, Candidate, Ceremony, StepTaken
from cells.models import Ballot, LogEntry
from config.lib.steps import ActEntry
from config.lib.workflow import NotAllowed
from members.enums import StartReason
from members.models import DossierPaper, Member, Membership, Particular
from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import MEETING, fresh, in_order
from tests.admissions.procedure_cases import BY_HAND, HELD, OFFICIAL_ON, decision, ready, vote


def test_the_vote_of_the_cell_keeps_base_ballot_check_and_log(tree, cast):
    candidate = ready(tree.here, by=cast.secretary)

    found = actions.vote_in_cell(candidate, vote(4, no=1, number="12-NQ/CB"), by=cast.secretary)

    assert fresh(candidate).state == State.CELL_ADOPTED
    assert (found.members, found.official, found.entitled, found.needed, found.carried) == (5, 5, 5, 4, True)
    assert (found.ballot.entitled, found.ballot.present, found.ballot.valid) == (5, 5, 5)
    step = StepTaken.objects.get(candidate=candidate, step="vote_in_cell")
    assert (step.on, step.organisation, step.document) == (MEETING, tree.here, "12-NQ/CB")
    assert {row["key"] for row in step.findings} >= {"age_min", "introducers", "political_standard"}
    assert step.rules["vote_base"] == "2025-07-01"
    entry = LogEntry.objects.about(candidate).filter(action="admissions.vote_in_cell").get()
    assert (entry.data["yes"], entry.data["needed"], entry.data["result"]) == (4, 4, "đủ phiếu")


def test_what_the_check_misses_blocks_the_vote_and_nothing_is_written(tree, cast):
    candidate = in_order(tree.here, by=cast.secretary)

    with pytest.raises(NotAllowed, match="Chưa đủ điều kiện"):
        actions.vote_in_cell(candidate, vote(5), by=cast.secretary)

    assert fresh(candidate).state == State.COMPLETE
    assert (AdmissionVote.objects.count(), Ballot.objects.count()) == (0, 0)


def test_a_second_click_is_refused(tree, cast):
    candidate = ready(tree.here, by=cast.secretary)
    actions.vote_in_cell(candidate, vote(5), by=cast.secretary)

    with pytest.raises(NotAllowed, match="Hãy tải lại trang"):
        actions.vote_in_cell(candidate, vote(5), by=cast.secretary)

    assert AdmissionVote.objects.count() == 1


@pytest.mark.parametrize(("yes", "no", "present"), [(6, 0, 6), (3, 3, 5), (4, 0, 3)])
def test_minutes_that_do_not_add_up_are_refused(tree, cast, yes, no, present):
    candidate = ready(tree.here, by=cast.secretary)

    with pytest.raises(ValidationError):
        actions.vote_in_cell(candidate, vote(yes, no=no, present=present), by=cast.secretary)

    assert fresh(candidate).state == State.COMPLETE


def test_a_failed_vote_goes_up_all_the_same_and_the_competent_body_decides(tree, cast):
    candidate = cases.voted(ready(tree.here, by=cast.secretary), cast, yes=3)
    assert candidate.state == State.CELL_NOT_ADOPTED

    actions.vote_in_base(candidate, vote(4, no=5, on=cases.BASE_MET, by_hand=BY_HAND), by=cast.officer)
    assert fresh(candidate).state == State.BASE_NOT_ADOPTED

    actions.submit(candidate, ActEntry(cases.SENT_UP), by=cast.staff)
    actions.decide(candidate, decision(5), by=cast.staff)
    assert fresh(candidate).state == State.APPROVED


def test_a_refusal_is_notified_and_the_person_is_a_sympathiser_again(tree, cast):
    candidate = cases.under_decision(ready(tree.here, by=cast.secretary), cast)

    refused = actions.decide(candidate, decision(4, no=5, number="02-TB/ĐU"), by=cast.staff)
    assert (refused.approves, refused.vote.needed, fresh(candidate).state) == (False, 5, State.REFUSED)

    actions.notify_refusal(candidate, ActEntry(cases.RECEIVED, "02-TB/ĐU"), by=cast.staff)
    assert fresh(candidate).state == State.SYMPATHISER


def test_the_file_goes_back_to_the_cell_with_a_reason(tree, cast):
    candidate = cases.voted(ready(tree.here, by=cast.secretary), cast)

    actions.return_to_cell(candidate, ActEntry(cases.BASE_MET, note="biên bản thiếu chữ ký"), by=cast.officer)

    assert fresh(candidate).state == State.COMPLETE
    assert StepTaken.objects.get(step="return_to_cell").organisation == tree.east


def test_without_posts_the_base_is_written_by_hand_with_a_reason(tree, cast):
    candidate = cases.voted(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(NotAllowed, match="Chưa có danh sách đảng ủy cơ sở"):
        actions.vote_in_base(candidate, vote(8, on=cases.BASE_MET), by=cast.officer)
    found = actions.vote_in_base(candidate, vote(8, on=cases.BASE_MET, by_hand=BY_HAND), by=cast.officer)

    assert (found.entitled, found.needed) == (9, 6)
    assert found.excluded == [{"name": "", "reason": "số thành viên tự ghi: chức vụ ghi ở sổ của đảng ủy"}]


def test_two_people_never_have_one_number(tree, cast):
    first = cases.approved(ready(tree.here, by=cast.secretary), cast)
    second = cases.under_decision(ready(tree.next_door, by=cast.secretary), cast)

    with pytest.raises(ValidationError, match=f"đã dùng cho {first}"):
        actions.decide(second, decision(), by=cast.staff)

    assert fresh(second).state == State.UNDER_DECISION


def test_the_ceremony_makes_the_member_once(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    member = candidate.member
    assert (candidate.state, member.full_name) == (State.PROBATION, candidate.full_name)
    assert (member.decided_on, member.admitted_on, member.official_on) == (cases.DECIDED, HELD, None)
    [stay] = Membership.objects.filter(member=member)
    assert (stay.organisation, stay.started_on, stay.start_reason) == (tree.here, HELD, StartReason.ADMITTED)
    assert Particular.objects.get(member=member, topic="general_education").value == "upper_secondary"
    assert set(DossierPaper.objects.filter(member=member).values_list("type", flat=True)) == {1, 5, 37, 38, 42, 43, 45}
    frozen = Admitted.objects.get(candidate=candidate)
    assert (frozen.organisation, frozen.base, frozen.decided_on, frozen.held_on) == (
        tree.here, tree.east, cases.DECIDED, HELD,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.hold_ceremony(candidate, cases.ceremony(candidate), by=cast.secretary)
    assert Member.objects.filter(full_name=member.full_name).count() == 1


def test_a_number_that_somebody_has_stops_the_ceremony_and_nothing_is_written(tree, cast):
    candidate = cases.approved(ready(tree.here, by=cast.secretary), cast)
    Candidate.objects.filter(pk=candidate.pk).update(personal_id="096095000001")
    Member.objects.filter(home=tree.here, personal_id="").update(personal_id="")
    known = Member.objects.filter(home=tree.here).first()
    Member.objects.filter(pk=known.pk).update(personal_id="096095000001")

    with pytest.raises(ValidationError, match="đã có trong danh sách đảng viên"):
        actions.hold_ceremony(candidate, cases.ceremony(candidate), by=cast.secretary)

    assert fresh(candidate).state == State.APPROVED
    assert (Ceremony.objects.count(), Admitted.objects.count()) == (0, 0)


def test_recognised_from_the_computed_day_whatever_the_delay(tree, cast):
    candidate = cases.recognition_due(ready(tree.here, by=cast.secretary), cast)
    late = date(2027, 9, 10)

    actions.vote_recognition(candidate, vote(5, on=date(2027, 8, 2)), by=cast.secretary)
    actions.vote_recognition_in_base(candidate, vote(8, on=date(2027, 8, 9), by_hand=BY_HAND), by=cast.officer)
    actions.submit_recognition(candidate, ActEntry(date(2027, 8, 12)), by=cast.staff)
    found = actions.decide_recognition(candidate, decision(on=late, number="40-QĐ/ĐU"), by=cast.staff)

    member = Member.objects.get(pk=candidate.member_id)
    assert (found.signed_on, found.effective_on, member.official_on) == (late, OFFICIAL_ON, OFFICIAL_ON)
    assert fresh(candidate).state == State.OFFICIAL
    assert DossierPaper.objects.filter(member=member, type__in=(7, 46, 47, 48, 49, 50, 52)).count() == 7


def test_probation_does_not_end_a_day_early(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(NotAllowed, match="10/04/2027"):
        actions.end_probation(candidate, ActEntry(date(2027, 4, 9)), by=cast.secretary)


def test_recognition_waits_for_its_papers(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    actions.end_probation(candidate, ActEntry(OFFICIAL_ON), by=cast.secretary)

    with pytest.raises(NotAllowed, match=r"CN-ĐVM.*10-KNĐ.*11-KNĐ.*12-KNĐ"):
        actions.vote_recognition(candidate, vote(5, on=OFFICIAL_ON), by=cast.secretary)


def test_removed_before_recognition(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    actions.vote_removal(candidate, vote(5, on=date(2026, 9, 4)), by=cast.secretary)
    with pytest.raises(NotAllowed, match="đảng ủy"):
        actions.decide_removal(candidate, decision(on=date(2026, 9, 7), number="50"), by=cast.staff)
    actions.vote_removal_in_base(candidate, vote(8, on=date(2026, 9, 7), by_hand=BY_HAND), by=cast.officer)
    actions.decide_removal(candidate, decision(on=date(2026, 9, 20), number="50"), by=cast.staff)

    assert fresh(candidate).state == State.STRUCK_OFF
    assert Membership.objects.get(member=candidate.member).end_reason == "name_removed"
    assert AdmissionDecision.objects.filter(purpose=Purpose.REMOVAL, approves=True).count() == 1
