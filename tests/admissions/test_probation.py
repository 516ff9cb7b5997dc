"""Probation: the night moves on who is due, members taken over, helpers, wrong admissions, readmission."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from admissions import actions
from admissions.actions.probation import (
    ProbationPaper,
    add_probation_paper,
    assign_probation_helper,
    take_over_probation,
)
from admissions.actions.removals import CancelEntry, RepairEntry, repair_admission
from admissions.enums import PaperKind, Purpose, State
from admissions.models import AdmissionDecision, AdmissionPaper, Admitted, Candidate, Ceremony, Helper, StepTaken
from admissions.nightly import end_probations
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from members.actions.endings import EndingEntry, remove_name
from members.enums import ExitGround
from members.models import Member, Membership, Restoration
from members.readmissions import Readmissions
from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import CONCLUDED, fresh, in_order, paper
from tests.admissions.procedure_cases import HELD, OFFICIAL_ON, ready
from tests.factories import MemberFactory


def test_the_night_moves_on_who_is_due_and_nobody_else(tree, cast, system):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    assert end_probations(on=date(2027, 4, 9), by=system) == (0, 0)
    assert end_probations(on=date(2027, 4, 20), by=system) == (1, 0)

    step = StepTaken.objects.get(step="end_probation")
    assert (fresh(candidate).state, step.on) == (State.RECOGNITION_DUE, OFFICIAL_ON)
    assert end_probations(on=date(2027, 4, 20), by=system) == (0, 0)


def test_members_on_probation_are_taken_over_from_the_roll_once(tree, cast):
    member = MemberFactory(home=tree.here, decided_on=None, admitted_on=date(2026, 2, 3), official_on=None)
    MemberFactory(home=tree.here)
    MemberFactory(home=tree.there, admitted_on=date(2026, 2, 3), official_on=None)

    assert take_over_probation(tree.here, on=date(2026, 9, 1), by=cast.secretary) == 1

    candidate = Candidate.objects.get()
    assert (candidate.member, candidate.state, candidate.full_name) == (member, State.PROBATION, member.full_name)
    assert LogEntry.objects.about(tree.here).filter(action="admissions.take_over_probation").count() == 1
    with pytest.raises(NotAllowed, match="Không còn"):
        take_over_probation(tree.here, on=date(2026, 9, 1), by=cast.secretary)


def test_the_self_review_waits_for_the_twelve_months(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    early = ProbationPaper(kind=PaperKind.SELF_REVIEW, dated_on=date(2027, 4, 9))

    with pytest.raises(ValidationError, match="10/04/2027"):
        add_probation_paper(candidate, early, by=cast.secretary)


def test_former_helpers_owe_their_remarks_too(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    first = Helper.objects.get(candidate=candidate).member
    second = MemberFactory(home=tree.here)
    assign_probation_helper(candidate, second, on=date(2026, 10, 1), by=cast.secretary)
    actions.end_probation(candidate, cases.ActEntry(OFFICIAL_ON), by=cast.secretary)
    cases.recognition_papers(candidate, cast)  # the remarks of the second alone

    with pytest.raises(NotAllowed, match=f"11-KNĐ.*{first}"):
        actions.vote_recognition(candidate, cases.vote(6, on=OFFICIAL_ON), by=cast.secretary)


def test_a_helper_is_an_official_member_of_the_cell(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(ValidationError, match="không phải là đảng viên chính thức"):
        assign_probation_helper(candidate, MemberFactory(home=tree.there), on=date(2026, 10, 1), by=cast.secretary)


def test_a_wrong_admission_is_cancelled_with_consent_alone(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    entry = {"number": "70", "signed_on": date(2026, 9, 9), "reason": "khai man lý lịch"}

    with pytest.raises(ValidationError, match="cấp ủy cấp trên"):
        actions.cancel_admission(candidate, CancelEntry(**entry, consent=""), by=cast.staff)
    found = actions.cancel_admission(candidate, CancelEntry(**entry, consent="CV 9 của Tỉnh ủy"), by=cast.staff)

    assert fresh(candidate).state == State.CANCELLED
    assert found.replaces == AdmissionDecision.objects.get(purpose=Purpose.ADMISSION)
    assert Membership.objects.get(member=candidate.member).end_reason == "cancelled_admission"


def test_a_wrong_step_is_done_anew_and_the_dates_determined_anew(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    entry = RepairEntry(
        number="71", signed_on=date(2026, 9, 9), decided_on=date(2026, 5, 4), admitted_on=date(2026, 5, 19),
        redone="biểu quyết của đảng ủy cơ sở", reason="sai thẩm quyền",
    )  # fmt: skip

    found = repair_admission(candidate, entry, by=cast.staff)

    member = Member.objects.get(pk=candidate.member_id)
    assert (member.decided_on, member.admitted_on, member.official_on) == (date(2026, 5, 4), date(2026, 5, 19), None)
    assert Ceremony.objects.standing().get().held_on == date(2026, 5, 19)
    assert Ceremony.objects.filter(voided_at__isnull=False).get().held_on == HELD
    assert Admitted.objects.standing().get().held_on == date(2026, 5, 19)
    assert (found.replaces.purpose, fresh(candidate).state) == (Purpose.ADMISSION, State.PROBATION)


def former(tree, cast):
    """Somebody whose name was removed in 2019, found at "here" again."""
    member = MemberFactory(home=tree.here, since=date(2018, 1, 1))
    entry = EndingEntry(date(2019, 5, 6), (ExitGround.WILL.value,), "QĐ 4", date(2019, 5, 6), "Đảng ủy")
    remove_name(member, entry, by=cast.staff)
    candidate = in_order(tree.here, by=cast.secretary, full_name=member.full_name, former_member=member)
    paper(candidate, PaperKind.POLITICAL, CONCLUDED, favourable=True)
    return candidate, member


def test_readmission_needs_consent_before_the_decision_and_takes_up_the_record(tree, cast):
    candidate, member = former(tree, cast)
    candidate = cases.under_decision(candidate, cast)

    with pytest.raises(NotAllowed, match="Chưa đủ điều kiện"):
        actions.decide(candidate, cases.decision(), by=cast.staff)
    paper(
        candidate, PaperKind.CONSENT, date(2026, 3, 31), topic="readmission", number="45-CV/TU", favourable=True,
        given_by="Ban Thường vụ Tỉnh ủy",
    )  # fmt: skip
    actions.decide(candidate, cases.decision(), by=cast.staff)
    candidate = fresh(candidate)
    actions.hold_ceremony(candidate, cases.ceremony(candidate), by=cast.secretary)

    candidate = fresh(candidate)
    back = Restoration.objects.get(member=member)
    assert (candidate.member, candidate.state, back.back_on) == (member, State.PROBATION, HELD)
    member.refresh_from_db()
    assert (member.admitted_on, member.official_on) == (date(2005, 5, 19), None)
    assert Readmissions([member.pk]).ceremony(member.pk, HELD) == HELD
    assert Admitted.objects.get().readmitted is True
    assert Member.objects.filter(full_name=member.full_name).count() == 1


@pytest.mark.parametrize("name", ["procedure", "probation"])
def test_the_pages_of_a_member_say_who_acts_and_until_when(as_, tree, cast, name):
    candidate = cases.recognition_due(ready(tree.here, by=cast.secretary), cast)

    page = as_(cast.secretary).get(reverse(f"admissions:{name}", args=[candidate.pk]))

    text = page.content.decode()
    assert page.status_code == 200
    assert {"procedure": "Ghi biểu quyết công nhận của chi bộ", "probation": "10/04/2027"}[name] in text
    assert as_(cast.stranger).get(reverse(f"admissions:{name}", args=[candidate.pk])).status_code == 404


def test_a_summary_says_how_many_were_asked_and_agreed(tree, cast, as_):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    typed = {"kind": "recognition_summary", "dated_on": f"{HELD:%d/%m/%Y}", "given_by": "Chi bộ", "favourable": "yes"}
    address = reverse("admissions:add_probation_paper", args=[candidate.pk])

    wrong = as_(cast.secretary).post(address, typed | {"asked": "9", "agreed": "8", "disagreed": "2"})
    assert wrong.status_code == 422
    assert "nhiều hơn tổng số được hỏi" in wrong.content.decode()
    assert as_(cast.secretary).post(address, typed | {"asked": "9", "agreed": "8", "disagreed": "1"}).status_code == 302
    [row] = AdmissionPaper.objects.filter(candidate=candidate, kind="recognition_summary")
    assert (row.asked, row.agreed, row.disagreed) == (9, 8, 1)
