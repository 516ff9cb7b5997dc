"""Whatever is clicked in whatever order: no ending without a decision that carried, no decision without a vote, never a
vote whose base the facts contradict, nobody off the roll but by a decision in force.

Each run is a random walk from a fixed seed; what is refused (in words) changes nothing.
"""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.steps import ActEntry as RemovalAct
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.removal_after import RemovalAnswerEntry, RemovalComplaintEntry
from evaluations.actions.removal_bodies import RemovalDecisionEntry
from evaluations.models import RemovalDecision, RemovalStep, RemovalVote
from evaluations.removal_voting import RemovalVoteEntry
from evaluations.workflow import REMOVAL
from members.enums import OverlayKind
from members.models import Ending, Member, Membership, Overlay
from tests.evaluations import removal_cases as cases
from tests.evaluations.removal_cases import fresh

VOTES = ("vote_removal_in_cell", "vote_removal_in_base")
OFFICIAL, EXEMPT = 9, 2
RARE = {"withdraw_removal": 0.1, "return_removal": 0.6}


class Walk:
    """One matter pushed about at random from a seed."""

    def __init__(self, removal, cast, exempt, seed):
        self.removal, self.cast, self.exempt = removal, cast, exempt
        self.random, self.day, self.number = Random(seed), cases.OPENED, 0

    def step(self):
        """One attempt: mostly a step that the state leaves open, sometimes any, sometimes the last one taken back."""
        if self.random.random() < 0.1:
            return self._try(self._take_back)
        state = fresh(self.removal).state
        open_ones = [name for name, step in REMOVAL.steps.items() if state in step.sources]
        if self.random.random() < 0.85 and open_ones:
            [name] = self.random.choices(open_ones, [RARE.get(each, 5) for each in open_ones])
        else:
            name = self.random.choice(list(REMOVAL.steps))
        self.day += timedelta(days=self.random.choice((-2, 0, 1, 3)))
        if name == "receive_removal_complaint":
            self._try(lambda: actions.record_removal_receipt(self.removal, on=self.day, by=self.cast.staff))
        return self._try(lambda: getattr(actions, name)(fresh(self.removal), self._entry(name), by=self.cast.staff))

    def _try(self, act):
        with suppress(NotAllowed, ValidationError), transaction.atomic():
            act()

    def _take_back(self):
        step = RemovalStep.objects.standing().order_by("on", "id").last()
        actions.void_removal_step(step, reason="nhầm", by=self.cast.staff)

    def _entry(self, name):
        self.number += 1
        if name in VOTES:
            return self._vote(by_hand=(9, "sổ") if name != VOTES[0] else None)
        if name == "decide_removal":
            grounds = self.random.choice((("removed_x2",), ("left_by_own_will", "removed_x2"), ()))
            return RemovalDecisionEntry(
                number=str(self.number), signed_on=self.day, vote=self._vote(by_hand=(9, "sổ")), grounds=grounds
            )
        if name == "receive_removal_complaint":
            return RemovalComplaintEntry(
                received_on=self.day, addressee="Tỉnh ủy", level="province", summary="oan", late_reason="ốm"
            )
        if name == "answer_removal_complaint":
            outcome = self.random.choice(("stands", "annulled"))
            back = self.day + timedelta(days=1)
            return RemovalAnswerEntry(answered_on=self.day, outcome=outcome, answer="xét", decision="7", back_on=back)
        return RemovalAct(self.day, note=self.random.choice(("", "có căn cứ")))

    def _vote(self, by_hand):
        attended = tuple(str(each.pk) for each in self.exempt if self.random.random() < 0.3)
        yes, no = self.random.choice((4, 6, 7, 8, 9, 10)), self.random.choice((0, 0, 0, 1, 4))
        return RemovalVoteEntry(
            held_on=self.day, present=yes + no, yes=yes, no=no, attended=attended, by_hand=by_hand,
            despite=self.random.choice(("", "đã rõ")),
        )  # fmt: skip


STARTS = {
    "opened": (lambda cell, cast: cases.started(cell, by=cast.secretary), cases.OPENED),
    "table": (cases.under_decision, cases.SENT_UP),
    "complaint": (lambda cell, cast: cases.complained(cases.removed(cell, cast), cast), date(2026, 4, 1)),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("start", STARTS)
def test_nothing_that_cannot_be_comes_of_any_order(tree, cast, start, seed):
    begin, day = STARTS[start]
    removal = begin(tree.here, cast)
    others = Member.objects.in_cell(tree.here, cases.OPENED).exclude(pk=removal.member_id)
    exempt = list(others[:EXEMPT])
    Overlay.objects.bulk_create(
        Overlay(member=each, kind=OverlayKind.EXEMPT, started_on=cases.OPENED) for each in exempt
    )
    walk = Walk(removal, cast, exempt, seed)
    walk.day = day
    for _ in range(25):
        walk.step()
        assert_sound(fresh(removal))


def assert_sound(removal):
    """What must hold after every step."""
    carried = RemovalDecision.objects.standing().filter(removal=removal, approves=True)
    endings = Ending.objects.standing().filter(member=removal.member)
    assert endings.count() == carried.count()
    assert (removal.state in ("removed", "annulled")) is carried.exists()
    stays = Membership.objects.standing().official().filter(member=removal.member, ended_on=None)
    assert stays.exists() is (removal.state != "removed")
    for decision in carried.select_related("vote"):
        assert decision.vote.carried is True
        assert decision.ending.ended_on == decision.effective_on
    for vote in RemovalVote.objects.all():
        assert_counted(vote)


def assert_counted(vote):
    """The base of a cell: nine official members, less those exempt who did not come; thresholds in whole numbers."""
    if vote.voting_as == "cell":
        assert vote.official == OFFICIAL
        assert vote.entitled in range(OFFICIAL - EXEMPT, OFFICIAL + 1)
        assert len(vote.excluded) == OFFICIAL - vote.entitled
    carries = 2 * vote.yes > vote.entitled if vote.voting_as == "decider" else 3 * vote.yes >= 2 * vote.entitled
    assert vote.carried is carries
    assert vote.yes + vote.no + vote.blank <= vote.present <= vote.entitled
