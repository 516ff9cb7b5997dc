"""Random walks through the second half of a case: whatever people enter, what must never be never is.

Every walk is seeded. After each event: nothing in the record of the member before the announcement, never a form that
does not exist for him, never two standing facts of one case, no decision without a vote except by an appeal, and the
base of every vote as an independent count of the cell says.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.appeals import AnnounceAppealEntry, AnnulEntry, AppealDecisionEntry, AppealEntry
from discipline.actions.decisions import AnnounceEntry, NotifyEntry
from discipline.actions.proposals import ActEntry, ExemptEntry, PostponeEntry, ProposalEntry, VerifiedEntry
from discipline.enums import AFTER_ANNOUNCEMENT, State
from discipline.models import CaseDecision, CaseVote, StepTaken
from discipline.nightly import lapse_sanctions
from discipline.workflow import CASE
from members.models import Member, Membership, Overlay, Proceeding, Sanction
from tests.discipline.vote_cases import SINCE, ballot, bodies_above, cell_of, committee_of, signed, violated, waiting
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
EXIST = {"official": {"KT", "CC", "CCH", "KTR"}, "probationary": {"KT", "CC"}}
FORMS = ["KT", "CC", "CCH", "KTR"]
EVENTS = 45


@dataclass
class Walk:
    """One case, where it is in time, who enters what; `refused` and `done` count the answers."""

    case: Any
    by: Any
    chance: random.Random
    on: date = date(2026, 3, 10)
    done: list = field(default_factory=list)
    refused: int = 0
    counted: set = field(default_factory=set)

    def step(self):
        """One event: mostly one that the state allows, sometimes any."""
        self.on += timedelta(days=self.chance.choice([0, 0, 1, 2, 5, 30]))
        open_now = [name for name in MOVES if name in CASE.steps and self.case.state in CASE.step(name).sources]
        any_move = self.chance.random() < 0.2 or not open_now
        name = self.chance.choice(list(MOVES) if any_move else open_now)
        try:
            MOVES[name](self)
        except (NotAllowed, ValidationError):
            self.refused += 1
        else:
            self.done.append(name)
        self.case.refresh_from_db()

    def pick(self, *values):
        return self.chance.choice(values)

    def minutes(self, **more):
        """Counts of one ballot, sometimes impossible ones."""
        on_it = self.chance.sample(FORMS, self.chance.randint(1, 4))
        votes = {form: self.chance.randint(0, 5) for form in on_it}
        if self.chance.random() < 0.6:
            return ballot({self.chance.choice(FORMS): 6, "KT": 0, **more.pop("votes", {})}, self.on, **more)
        choice = self.pick("", "", "", *FORMS, "goes_up", "fault_only")
        reason = self.pick("", "theo biên bản")
        return ballot(
            votes, self.on, none=self.chance.randint(0, 3), choice=choice, chosen_reason=reason,
            act=self.pick("", "", "decide", "propose"), explanation=self.pick("", "biên bản cũ"),
            post=self.pick("", "", "Chi ủy viên"), **more,
        )  # fmt: skip


def vote_in_cell(walk):
    actions.vote_in_cell(walk.case, walk.minutes(), by=walk.by)


def vote_above(walk):
    body = walk.chance.choice(bodies_above(walk.case, walk.on))
    by_hand = walk.pick(None, (9, "danh sách riêng"))
    entry = walk.minutes(body=body, by_hand=by_hand, paper=signed(f"{len(walk.done)}-QĐ", walk.on))
    actions.vote_above(walk.case, entry, by=walk.by)


def receive_proposal(walk):
    body = walk.chance.choice(bodies_above(walk.case, walk.on))
    actions.receive_proposal(walk.case, ProposalEntry(on=walk.on, body=body), by=walk.by)


def postpone(walk):
    entry = PostponeEntry(on=walk.on, kind="hospital", started_on=walk.on, evidence="giấy ra viện")
    actions.postpone(walk.case, entry, by=walk.by)


def exempt(walk):
    if walk.chance.random() < 0.1:
        actions.exempt(walk.case, ExemptEntry(on=walk.on, kind="obeyed", note="đã báo cáo"), by=walk.by)


def announce(walk):
    entry = AnnounceEntry(on=walk.on, received_on=walk.pick(walk.on, None), number=walk.pick("", "5-QĐ/CB"))
    actions.announce(walk.case, entry, by=walk.by)


def notify(walk):
    actions.notify(walk.case, NotifyEntry(on=walk.on, recipients=walk.pick((), (("Đảng ủy", ""),))), by=walk.by)


def appeal(walk):
    entry = AppealEntry(on=walk.on, to="Tỉnh ủy", note="quá nặng", late_reason=walk.pick("", "ốm"))
    actions.appeal(walk.case, entry, by=walk.by)


def decide_appeal(walk):
    outcome = walk.pick("upheld", "changed", "changed", "annulled", "not_accepted")
    new_form = walk.chance.choice(FORMS) if outcome == "changed" else ""
    refusal = "late" if outcome == "not_accepted" else ""
    entry = AppealDecisionEntry(
        on=walk.on, outcome=outcome, new_form=new_form, refusal=refusal, decided_by="Tỉnh ủy", document="9-QĐ"
    )
    actions.decide_appeal(walk.case, entry, by=walk.by)


def announce_appeal(walk):
    back_on = walk.on + timedelta(days=1)
    actions.announce_appeal(walk.case, AnnounceAppealEntry(on=walk.on, back_on=back_on), by=walk.by)


def annul(walk):
    if walk.chance.random() < 0.2:
        back_on = walk.on + timedelta(days=1)
        entry = AnnulEntry(on=walk.on, document="3-QĐ", decided_by="Tỉnh ủy", note="oan", back_on=back_on)
        actions.annul(walk.case, entry, by=walk.by)


def take_back(walk):
    last = StepTaken.objects.standing().filter(case=walk.case).order_by("on", "id").last()
    if last and walk.chance.random() < 0.4:
        actions.void_last_step(last, reason="ghi nhầm", by=walk.by)


def act(name):
    def move(walk):
        getattr(actions, name)(walk.case, ActEntry(on=walk.on, note=walk.pick("", "ghi chú")), by=walk.by)

    return move


def night(walk):
    lapse_sanctions(on=walk.on, by=walk.by)


MOVES = {
    "vote_in_cell": vote_in_cell,
    "receive_proposal": receive_proposal,
    "report_verification": lambda walk: actions.report_verification(
        walk.case, VerifiedEntry(on=walk.on, refused=True), by=walk.by
    ),
    "vote_above": vote_above,
    "postpone": postpone,
    "exempt": exempt,
    "announce": announce,
    "notify": notify,
    "appeal": appeal,
    "decide_appeal": decide_appeal,
    "announce_appeal": announce_appeal,
    "annul": annul,
    "take_back": take_back,
    "night": night,
    **{name: act(name) for name in ("return_to_cell", "resume", "enforce", "lapse")},
}


def counted_by_hand(cell, day):
    """Official members of a cell on a day less those away, exempt, suspended or prosecuted: read row by row."""
    count = 0
    for member in Member.objects.filter(voided_at__isnull=True):
        stays = [
            (row.organisation_id, row.kind)
            for row in Membership.objects.filter(member=member, voided_at__isnull=True)
            if row.started_on <= day and (row.ended_on is None or day < row.ended_on)
        ]
        weights = [
            row
            for row in (*Overlay.objects.filter(member=member), *Proceeding.objects.filter(member=member))
            if row.started_on <= day and (row.ended_on is None or day < row.ended_on)
        ]
        is_official = member.official_on is not None and member.official_on <= day
        is_away = any(kind == "temporary" for _, kind in stays)
        count += (cell.pk, "official") in stays and is_official and not is_away and not weights
    return count


def faults(walk, subject):
    """What must never be; empty when all is well."""
    case = walk.case
    standing = Sanction.objects.standing().filter(member=case.member).count()
    decisions = list(CaseDecision.objects.standing().filter(case=case))
    votes = list(CaseVote.objects.standing().filter(case=case))
    if standing > 1:
        yield "two standing facts"
    if standing and case.state not in AFTER_ANNOUNCEMENT:
        yield f"a fact in state {case.state}"
    if case.state in (State.IN_FORCE, State.EXIT, State.NOTIFIED) and standing != 1:
        yield f"no fact in state {case.state}"
    if any(each.form not in EXIST[subject] for each in (*decisions, *votes) if each.form):
        yield "a form that does not exist for him"
    if any(set(each.votes) - EXIST[subject] for each in votes):
        yield "a form on the ballot that does not exist for him"
    if any(each.vote_id is None and each.replaces_id is None for each in decisions):
        yield "a decision without a vote"
    is_out = not Membership.objects.standing().filter(member=case.member, kind="official", ended_on=None).exists()
    if is_out != _is_expelled(decisions):
        yield f"out {is_out} in state {case.state}"
    for vote in [each for each in votes if each.pk not in walk.counted]:
        walk.counted.add(vote.pk)
        if vote.body == "cell" and vote.base != counted_by_hand(case.cell, vote.held_on):
            yield f"base {vote.base} on {vote.held_on}"


def _is_expelled(decisions):
    replaced = {each.replaces_id for each in decisions}
    last = [each for each in decisions if each.pk not in replaced and each.annulled_on is None and each.announced_on]
    return bool(last) and last[-1].form == "KTR"


@pytest.mark.parametrize("seed", range(14))
def test_what_must_never_be(tree, cast, seed):
    chance = random.Random(seed)
    accused, others = cell_of(tree.here, 9)
    subject = "probationary" if seed % 5 == 0 else "official"
    if subject == "probationary":
        accused = MemberFactory(home=tree.here, official_on=None)
    Overlay.objects.create(member=others[0], kind="exempt", started_on=SINCE)
    Overlay.objects.create(member=others[1], kind="suspended", started_on=date(2026, 5, 1), ended_on=date(2026, 8, 1))
    Proceeding.objects.create(member=others[2], stage="charged", started_on=date(2026, 4, 1))
    committee_of(tree.east, 7, tree.next_door)
    case = waiting(accused, cast.inspector)
    violated(case, date(2026, 1, 5))
    walk = Walk(case, cast.inspector, chance)
    found = []
    for _ in range(EVENTS):
        walk.step()
        found += [(walk.done, words) for words in faults(walk, subject)]
        if found:
            break
    assert found == []


def test_the_walks_go_far(tree, cast):
    """The walks reach what they are to prove: decisions announced, appeals answered, steps taken back."""
    cell_of(tree.here, 9)
    done, seeds = set(), iter(range(100, 130))
    wanted = {"vote_in_cell", "vote_above", "announce", "notify", "enforce", "appeal", "announce_appeal", "take_back"}
    while not wanted <= done and (seed := next(seeds, None)):
        walk = Walk(waiting(MemberFactory(home=tree.here), cast.inspector), cast.inspector, random.Random(seed))
        for _ in range(EVENTS):
            walk.step()
        done |= set(walk.done)
    assert wanted - done == set()
