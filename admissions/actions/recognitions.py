"""Recognition as official: the cell votes, the bodies above appraise, propose and decide; the date is computed."""

from django.db import transaction

from admissions.actions.procedure_votes import act_without_vote
from admissions.deciding import store_decision
from admissions.enrolling import add_known_paper
from admissions.enums import CertificateKind, Purpose, State
from admissions.models import StepTaken
from admissions.newcomers import (
    NEW_MEMBER_CLASS,
    OF_RECOGNITION,
    REC_APPRAISAL,
    REC_DECISION,
    paper_entry,
    papers_for_file,
    words_of,
)
from admissions.probations import probation_of, refuse_incomplete
from admissions.rulebook import AdmissionBook
from admissions.stations import acting_body
from admissions.steps import Taken, locked, take
from admissions.voting import carried_in_cell, said, taken_by_vote, vote_of_body
from admissions.workflow import ADMISSION
from members.actions.recognition import recognise_official
from members.rules.probation import recognition
from members.sheet.parts import PARTS
from members.sheet.reading import rows_of
from members.sheet.writing import lock_member, store_row


@transaction.atomic
def vote_recognition(candidate, entry, *, by):
    """The cell votes on recognition once the papers are there; the third failure goes to the level above."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_recognition")
    refuse_incomplete(found, probation_of(found, AdmissionBook()).ends_on)
    vote, rules = vote_of_body(found, Purpose.RECOGNITION, "vote_recognition", entry, by=by)
    outcome = recognition(rules.probation, carried_in_cell(found, Purpose.RECOGNITION))
    take(found, "vote_recognition", taken_by_vote(vote, rules), by=by, to=State(outcome.state), data=said(vote))
    return vote


@transaction.atomic
def appraise_recognition(candidate, entry, *, by):
    """The committee of a section appraises the recognition; it does not vote."""
    return act_without_vote(candidate, "appraise_recognition", entry, by=by)


@transaction.atomic
def vote_recognition_in_base(candidate, entry, *, by):
    """The base committee votes on recognition."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_recognition_in_base")
    vote, rules = vote_of_body(found, Purpose.RECOGNITION, "vote_recognition_in_base", entry, by=by)
    to = State.REC_BASE_ADOPTED if vote.carried else State.REC_BASE_NOT_ADOPTED
    take(found, "vote_recognition_in_base", taken_by_vote(vote, rules), by=by, to=to, data=said(vote))
    return vote


@transaction.atomic
def submit_recognition(candidate, entry, *, by):
    """The office of the deciding committee takes the file of the recognition."""
    return act_without_vote(candidate, "submit_recognition", entry, by=by)


@transaction.atomic
def return_recognition(candidate, entry, *, by):
    """The body whose turn it is gives the recognition back to the cell, with its reason."""
    return act_without_vote(candidate, "return_recognition", entry, by=by)


@transaction.atomic
def decide_recognition(candidate, entry, *, by):
    """The competent body recognises; effective from the computed date, however late it signs (294-QĐ/TW, 4.2.2)."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "decide_recognition")
    book = AdmissionBook()
    organisation, station = acting_body(found, "decide_recognition", entry.signed_on)
    rules = book.on(organisation, entry.signed_on)
    decision = store_decision(found, Purpose.RECOGNITION, (organisation, station), entry, rules=rules, by=by)
    to = State.OFFICIAL if decision.approves else State.RECOGNITION_DUE
    taken = Taken(entry.signed_on, organisation, decision.number, entry.reason, rules=rules.sets)
    take(found, "decide_recognition", taken, by=by, to=to, data=said(decision.vote))
    if decision.approves:
        decision.effective_on = probation_of(found, book).ends_on
        decision.save(update_fields=["effective_on"])
        recognise_official(found.member, on=decision.effective_on, decision=words_of(decision), by=by)
        _file_rows(found, decision, by)
    return decision


def _file_rows(candidate, decision, by):
    """The cell of the recognition on the sheet, the papers of the recognition in the file."""
    member = lock_member(candidate.member)
    part = PARTS["official-at"]
    if not rows_of(part, member).exists():
        store_row(member, part, {"place": str(candidate.scope_organisation)[:300], "source": words_of(decision)}, by=by)
    for number, entry in _papers(candidate, decision):
        add_known_paper(member, number, entry, on=decision.signed_on, by=by)


def _papers(candidate, decision):
    papers = candidate.papers.filter(voided_at__isnull=True)
    votes = candidate.votes.filter(voided_at__isnull=True).select_related("organisation").order_by("held_on", "id")
    yield from papers_for_file(papers, votes, OF_RECOGNITION, Purpose.RECOGNITION)
    for each in candidate.certificates.filter(voided_at__isnull=True, kind=CertificateKind.NEW_MEMBER)[:1]:
        yield NEW_MEMBER_CLASS, paper_entry(each.number, each.issued_on, each.issued_by)
    steps = StepTaken.objects.standing().filter(candidate=candidate, step="appraise_recognition")
    for each in steps.order_by("-on", "-id")[:1]:
        yield REC_APPRAISAL, paper_entry(each.document, each.on, each.organisation)
    yield REC_DECISION, paper_entry(decision.number, decision.signed_on, decision.organisation)
