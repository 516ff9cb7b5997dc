"""The last step of the procedure taken back: what it wrote is voided, the candidate is where he was before."""

import pytest
from django.urls import reverse

from admissions import actions
from admissions.actions.corrections import void_procedure_step
from admissions.enums import State
from admissions.models import AdmissionDecision, AdmissionVote, StepTaken
from cells.models import LogEntry
from config.lib.steps import ActEntry
from config.lib.workflow import NotAllowed
from tests.admissions import procedure_cases as cases
from tests.admissions.procedure_cases import SENT_UP, approved, decision, fresh, ready, voted


def last(candidate):
    return StepTaken.objects.standing().filter(candidate=candidate).latest("id")


def test_a_vote_entered_wrongly_is_voided_and_held_anew(tree, cast):
    candidate = voted(ready(tree.here, by=cast.secretary), cast, yes=1)
    assert candidate.state == State.CELL_NOT_ADOPTED

    void_procedure_step(last(candidate), reason="ghi nhầm số phiếu", by=cast.secretary)

    candidate = fresh(candidate)
    assert candidate.state == State.COMPLETE
    [vote] = AdmissionVote.objects.filter(candidate=candidate)
    assert (vote.yes, vote.void_reason) == (1, "ghi nhầm số phiếu")
    [entry] = LogEntry.objects.about(candidate).filter(action="admissions.void_procedure_step")
    assert entry.data == {"step": "Ghi biểu quyết của chi bộ", "on": "20/03/2026", "reason": "ghi nhầm số phiếu"}
    assert voted(candidate, cast).state == State.CELL_ADOPTED


def test_a_decision_is_voided_with_its_vote_and_its_number_is_free_again(tree, cast):
    candidate = approved(ready(tree.here, by=cast.secretary), cast)

    void_procedure_step(last(candidate), reason="nhầm người", by=cast.staff)

    candidate = fresh(candidate)
    assert candidate.state == State.UNDER_DECISION
    assert AdmissionDecision.objects.standing().filter(candidate=candidate).count() == 0
    assert AdmissionVote.objects.standing().filter(candidate=candidate).count() == 2
    actions.decide(candidate, decision(), by=cast.staff)
    assert fresh(candidate).state == State.APPROVED


def test_only_the_last_step_and_only_once(tree, cast):
    candidate = voted(ready(tree.here, by=cast.secretary), cast)
    first = last(candidate)
    actions.vote_in_base(candidate, cases.vote(8, on=cases.BASE_MET, by_hand=cases.BY_HAND), by=cast.officer)

    with pytest.raises(NotAllowed, match="gần nhất"):
        void_procedure_step(first, reason="nhầm", by=cast.secretary)
    second = last(candidate)
    void_procedure_step(second, reason="nhầm", by=cast.officer)
    with pytest.raises(NotAllowed, match="gần nhất"):
        void_procedure_step(second, reason="lần nữa", by=cast.officer)
    assert fresh(candidate).state == State.CELL_ADOPTED


def test_a_ceremony_is_not_taken_back(tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(NotAllowed, match="gần nhất"):
        void_procedure_step(last(candidate), reason="nhầm", by=cast.secretary)
    assert fresh(candidate).state == State.PROBATION


def test_each_body_takes_back_its_own_step(tree, cast, as_):
    candidate = cases.under_decision(ready(tree.here, by=cast.secretary), cast)
    address = reverse("admissions:void_procedure_step", args=[last(candidate).pk])

    assert as_(cast.secretary).post(address, {"reason": "nhầm"}).status_code == 403
    assert as_(cast.stranger).post(address, {"reason": "nhầm"}).status_code == 404
    page = as_(cast.staff).get(reverse("admissions:procedure", args=[candidate.pk])).content.decode()
    assert address in page
    assert as_(cast.staff).post(address, {"reason": ""}).status_code == 422
    assert as_(cast.staff).post(address, {"reason": "nhầm ngày"}).status_code == 302
    assert fresh(candidate).state == State.BASE_ADOPTED
    actions.submit(candidate, ActEntry(SENT_UP, "TTr 05"), by=cast.staff)
