"""Whatever is clicked in whatever order: never a member without decision and ceremony, never two memberships or an
official day before twelve months, never a vote whose base the facts contradict.

Each run is a random walk from a fixed seed; what is refused (in words) changes nothing.
"""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from admissions import actions
from admissions.actions.removals import CancelEntry
from admissions.deciding import DecisionEntry
from admissions.enums import PaperKind, Purpose, State
from admissions.models import AdmissionDecision, AdmissionVote, Candidate, Ceremony
from admissions.voting import VoteEntry
from admissions.workflow import ADMISSION
from config.lib.steps import ActEntry
from config.lib.workdays import add_months
from config.lib.workflow import NotAllowed
from members.enums import OverlayKind
from members.models import Membership, Overlay
from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import MEETING, fresh, officials, paper
from tests.admissions.procedure_cases import ready

SOURCE = (
    *("recognise_sympathiser", "send_to_class", "record_certificate", "clear", "drop", "relist", "apply", "seal_cv"),
    *("start_verification", "certify_cv", "complete_dossier", "redo_dossier", "take_class_again", "withdraw"),
)
STEPS = [name for name in ADMISSION.steps if name not in SOURCE]
VOTES = [name for name in STEPS if name.startswith("vote_")]
OF_CELL = ("vote_in_cell", "vote_recognition", "vote_removal")
DECISIONS = ("decide", "decide_recognition", "decide_removal")
OFFICIAL, EXEMPT = 9, 2
RARE = {"withdraw": 0.1, "return_to_cell": 0.5, "return_recognition": 0.5, "cancel_admission": 0.1, "vote_removal": 1}
PAPERS = (PaperKind.SELF_REVIEW, PaperKind.HELPER_REMARK, PaperKind.RECOGNITION_SUMMARY)


class Walk:
    """One candidate pushed about at random from a seed."""

    def __init__(self, candidate, cast, exempt, seed):
        self.candidate, self.cast, self.exempt = candidate, cast, exempt
        self.random, self.day, self.number = Random(seed), MEETING, 0

    def step(self):
        """One attempt: mostly a step that the state leaves open, sometimes any, sometimes on a day gone by."""
        state = Candidate.objects.get(pk=self.candidate.pk).state
        open_ones = [name for name in STEPS if state in ADMISSION.steps[name].sources]
        if self.random.random() < 0.85 and open_ones:
            [name] = self.random.choices(open_ones, [RARE.get(each, 5) for each in open_ones])
        else:
            name = self.random.choice(STEPS)
        self.day += timedelta(days=self.random.choice((20, 380) if state == State.PROBATION else (-3, 1, 5, 9)))
        if name == "vote_recognition":
            self._papers()
        with suppress(NotAllowed, ValidationError), transaction.atomic():
            getattr(actions, name)(fresh(self.candidate), self._entry(name), by=self.cast.staff)

    def _entry(self, name):
        if name in VOTES:
            return self._vote(
                by_hand=None if name in ("vote_in_cell", "vote_recognition", "vote_removal") else (9, "sổ")
            )
        self.number += 1
        if name in DECISIONS:
            return DecisionEntry(str(self.number), self.day, self._vote(by_hand=(9, "sổ")))
        if name == "hold_ceremony":
            return cases.ceremony(self.candidate, on=self.day, received_on=self.day, late_consent="CV 1")
        if name == "cancel_admission":
            consent = self.random.choice(("", "CV 2"))
            return CancelEntry(number=str(self.number), signed_on=self.day, reason="sai", consent=consent)
        return ActEntry(self.day, note="lý do")

    def _vote(self, by_hand):
        attended = tuple(str(each.pk) for each in self.exempt if self.random.random() < 0.3)
        yes, no = self.random.choice((4, 6, 7, 8, 9, 10)), self.random.choice((0, 0, 0, 1, 4))
        return VoteEntry(held_on=self.day, present=yes + no, yes=yes, no=no, attended=attended, by_hand=by_hand)

    def _papers(self):
        candidate = fresh(self.candidate)
        helper = candidate.helpers.filter(purpose=Purpose.RECOGNITION).last()
        candidate.certificates.get_or_create(kind="new_member", defaults={"issued_on": self.day})
        for kind in PAPERS:
            paper(candidate, kind, self.day, helper=helper if kind == PaperKind.HELPER_REMARK else None)


STARTS = {
    "dossier": (lambda candidate, cast: candidate, MEETING),
    "decision": (cases.under_decision, cases.SENT_UP),
    "probation": (cases.admitted, cases.HELD),
    "recognition": (cases.recognition_due, cases.OFFICIAL_ON),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("start", STARTS)
def test_nothing_that_cannot_be_comes_of_any_order(tree, cast, start, seed):
    begin, day = STARTS[start]
    candidate = ready(tree.here, by=cast.secretary)
    exempt = officials(tree.here, OFFICIAL - 5)[:EXEMPT]
    Overlay.objects.bulk_create(
        Overlay(member=each, kind=OverlayKind.EXEMPT, started_on=date(2025, 7, 1)) for each in exempt
    )
    walk = Walk(begin(candidate, cast), cast, exempt, seed)
    walk.day = day
    for _ in range(18):
        walk.step()
        assert_sound(fresh(candidate))


def assert_sound(candidate):
    """What must hold after every step."""
    held = Ceremony.objects.standing().filter(candidate=candidate)
    said_yes = AdmissionDecision.objects.standing().filter(
        candidate=candidate, purpose=Purpose.ADMISSION, approves=True
    )
    assert (candidate.member is not None) is held.exists()
    assert not held.exists() or said_yes.exists()
    if candidate.member:
        stays = Membership.objects.standing().official().filter(member=candidate.member)
        assert stays.count() == 1
        on = candidate.member.official_on
        assert on in (None, add_months(held.get().held_on, 12))
        assert (on is not None) == AdmissionDecision.objects.filter(purpose=Purpose.RECOGNITION, approves=True).exists()
    for vote in AdmissionVote.objects.all():
        assert_counted(vote)


def assert_counted(vote):
    """The base of a cell: nine official members, less those exempt who did not come; thresholds in whole numbers."""
    if vote.voting_as == "cell":
        assert vote.official == OFFICIAL
        assert vote.entitled in range(OFFICIAL - EXEMPT, OFFICIAL + 1)
        assert len(vote.excluded) == OFFICIAL - vote.entitled
    deciding = vote.voting_as == "standing_board"
    carries = 2 * vote.yes > vote.entitled if deciding else 3 * vote.yes >= 2 * vote.entitled
    assert vote.carried is carries
    assert vote.yes + vote.no + vote.blank <= vote.present <= vote.entitled
