"""Matters of leaving for the tests, as the cell and the bodies would enter them; days of the spring of 2026.

Over "here" stands the base "east", over it the commune, which decides (294-QĐ/TW).
"""

from datetime import date

from config.lib.steps import ActEntry as RemovalAct
from evaluations import actions
from evaluations.actions.removal_after import RemovalAnswerEntry, RemovalComplaintEntry
from evaluations.actions.removal_bodies import RemovalDecisionEntry
from evaluations.actions.removals import LeavingEntry
from evaluations.models import Removal
from evaluations.removal_voting import RemovalVoteEntry
from members.models import Membership
from tests.factories import MemberFactory

OPENED, ASKED, MET, BASE_MET, SENT_UP, DECIDED, RECEIVED = (
    date(2026, 2, 2), date(2026, 2, 9), date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 16),
    date(2026, 3, 20),
)  # fmt: skip
OFFICIALS = 9  # with the one concerned: 6 votes are two thirds
BY_HAND = (9, "chức vụ ghi ở sổ của đảng ủy")
EVIDENCE = [{"code": "X2", "reason": "Không đóng đảng phí tháng 1, 4, 6: cộng dồn 3, liên tục 1; mức quy định 3.",
             "article": "Điều 8 Điều lệ Đảng", "details": ["Tháng 02/2025 chi bộ không họp."]}]  # fmt: skip


def member_of(cell, *, others=OFFICIALS - 1, **more):
    """Somebody of a cell in which there are so many other official members."""
    for _ in range(others):
        MemberFactory(home=cell)
    return MemberFactory(home=cell, **more)


def started(cell, *, by, grounds=("X2",), on=OPENED, **more):
    return actions.start_removal(member_of(cell, **more), grounds, EVIDENCE, on=on, by=by)


def asked(removal, *, by, on=ASKED, times=1):
    for _ in range(times):
        actions.ask_self_review(removal, RemovalAct(on, "mời lên chi bộ"), by=by)
    return fresh(removal)


def reviewed(removal, *, by, on=ASKED):
    actions.receive_self_review(removal, RemovalAct(on, note="Tôi đã không đóng đảng phí."), by=by)
    return fresh(removal)


def vote(yes, *, on=MET, no=0, present=None, **more):
    present = yes + no if present is None else present
    return RemovalVoteEntry(held_on=on, present=present, yes=yes, no=no, tellers="Lê Văn Một, Trần Thị Hai", **more)


def voted(removal, cast, yes=7, **more):
    actions.vote_removal_in_cell(removal, vote(yes, number="5-NQ/CB", **more), by=cast.secretary)
    return fresh(removal)


def base_voted(removal, cast, yes=7, **more):
    entry = vote(yes, on=BASE_MET, by_hand=BY_HAND, number="9-NQ/ĐU", **more)
    actions.vote_removal_in_base(removal, entry, by=cast.officer)
    return fresh(removal)


def under_decision(cell, cast, **more):
    """From the grounds to the table of the commune."""
    removal = base_voted(voted(reviewed(started(cell, by=cast.secretary, **more), by=cast.secretary), cast), cast)
    actions.submit_removal(removal, RemovalAct(SENT_UP, "TTr 05"), by=cast.staff)
    return fresh(removal)


def decision(yes=7, *, number="15-QĐ/ĐU", on=DECIDED, grounds=("removed_x2",), **more):
    return RemovalDecisionEntry(
        number=number, signed_on=on, vote=vote(yes, on=on, by_hand=BY_HAND), grounds=grounds, **more
    )


def removed(cell, cast, **more):
    """A name removed on grounds X2."""
    removal = under_decision(cell, cast)
    actions.decide_removal(removal, decision(**more), by=cast.staff)
    return fresh(removal)


def complained(removal, cast, *, received=RECEIVED, on=date(2026, 4, 1), **more):
    actions.record_removal_receipt(removal, on=received, by=cast.officer)
    entry = RemovalComplaintEntry(
        received_on=on, addressee="Tỉnh ủy", level="province", summary="Đã đóng đủ đảng phí", **more
    )
    actions.receive_removal_complaint(removal, entry, by=cast.staff)
    return fresh(removal)


def answer(outcome, **more):
    return RemovalAnswerEntry(answered_on=date(2026, 5, 4), outcome=outcome, answer="Theo sổ thu, nộp", **more)


def application(**more):
    return LeavingEntry(applied_on=OPENED, reason="Tuổi cao, sức yếu", **more)


def fresh(removal):
    return Removal.objects.with_place().get(pk=removal.pk)


def on_the_roll(member, day):
    return Membership.objects.on(day).official().filter(member=member).exists()
