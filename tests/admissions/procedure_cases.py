"""Candidates on their way for the tests, as the bodies themselves would enter it; days of the spring of 2026."""

from datetime import date

from admissions import actions
from admissions.actions.ceremonies import CeremonyEntry
from admissions.actions.probation import ProbationPaper, add_probation_paper, record_new_member_class
from admissions.deciding import DecisionEntry
from admissions.enums import PaperKind, State
from admissions.models import Candidate, Profile
from admissions.voting import VoteEntry
from config.lib.steps import ActEntry
from members.models import Member
from tests.admissions.candidate_cases import listed
from tests.admissions.dossier_cases import CONCLUDED, MEETING, fresh, in_order, paper

BASE_MET, SENT_UP, DECIDED, RECEIVED, HELD = (
    date(2026, 3, 27), date(2026, 3, 30), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 10)
)  # fmt: skip
OFFICIAL_ON = date(2027, 4, 10)
BY_HAND = (9, "chức vụ ghi ở sổ của đảng ủy")


def ready(cell, *, by, **more):
    """Somebody on whom the cell may vote on `MEETING`: everything on file, the political standard concluded."""
    candidate = in_order(cell, by=by, **more)
    paper(candidate, PaperKind.POLITICAL, CONCLUDED, favourable=True)
    return candidate


def vote(yes, *, on=MEETING, present=None, no=0, **more):
    return VoteEntry(held_on=on, present=yes + no if present is None else present, yes=yes, no=no, **more)


def decision(yes=7, *, on=DECIDED, number="15-QĐ/ĐU", no=0, **more):
    return DecisionEntry(number, on, vote(yes, on=on, no=no, by_hand=BY_HAND), **more)


def ceremony(candidate, *, on=HELD, received_on=RECEIVED, **more):
    helper = Member.objects.in_cell(candidate.organisation, on).filter(official_on__isnull=False).first()
    return CeremonyEntry(held_on=on, helper=helper, received_on=received_on, **more)


def put_into(candidate, state):
    """Into a state without the steps that lead there; a state of members needs `member` first."""
    Candidate.objects.filter(pk=candidate.pk).update(state=state)
    return fresh(candidate)


def voted(candidate, cast, yes=4):
    actions.vote_in_cell(candidate, vote(yes, number="12-NQ/CB"), by=cast.secretary)
    return fresh(candidate)


def under_decision(candidate, cast):
    candidate = voted(candidate, cast)
    actions.vote_in_base(candidate, vote(8, on=BASE_MET, by_hand=BY_HAND, number="31-NQ/ĐU"), by=cast.officer)
    actions.submit(candidate, ActEntry(SENT_UP, "TTr 05"), by=cast.staff)
    return fresh(candidate)


def approved(candidate, cast, **more):
    candidate = under_decision(candidate, cast)
    actions.decide(candidate, decision(**more), by=cast.staff)
    return fresh(candidate)


def admitted(candidate, cast, **more):
    """A probationary member since `HELD`."""
    candidate = approved(candidate, cast)
    actions.hold_ceremony(candidate, ceremony(candidate, **more), by=cast.secretary)
    return fresh(candidate)


def recognition_due(candidate, cast):
    """Past the twelve months, with every paper of recognition."""
    candidate = admitted(candidate, cast)
    actions.end_probation(candidate, ActEntry(OFFICIAL_ON), by=cast.secretary)
    recognition_papers(candidate, cast)
    return fresh(candidate)


def recognition_papers(candidate, cast, on=OFFICIAL_ON):
    helper = candidate.helpers.filter(voided_at__isnull=True).last()
    record_new_member_class(candidate, {"issued_on": HELD, "number": "77/CN"}, by=cast.secretary)
    for kind in (PaperKind.SELF_REVIEW, PaperKind.HELPER_REMARK, PaperKind.RECOGNITION_SUMMARY):
        each = ProbationPaper(kind=kind, dated_on=on, helper=helper if kind == PaperKind.HELPER_REMARK else None)
        add_probation_paper(candidate, each, by=cast.secretary)


def on_the_roll(cell, state, *, by, member):
    """A candidate of somebody who is a member already, in a state of members."""
    candidate = listed(cell, by=by)
    Profile.objects.get(candidate=candidate)
    Candidate.objects.filter(pk=candidate.pk).update(state=State(state), member=member)
    return fresh(candidate)
