"""Writing one vote on somebody who is to leave, within an action, which has its transaction and its log entry."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from cells.models import Ballot
from config.lib.workflow import NotAllowed
from evaluations.models import RemovalVote
from evaluations.removal_enums import VoteMethod
from evaluations.removal_steps import refuse_before_last_step
from evaluations.rules.removal_votes import CELL, RemovalCounts, removal_vote, removal_vote_problem
from members.models import Membership
from members.rules.deciders import DECIDE
from members.vote_bases import base_by_hand, counted_base, refuse_unlisted
from members.voters import cell_assembly, committee_assembly

GROUP = "provincial_standing_group"  # its composition is no list of posts
BOARDS = ("commune_standing_board", "district_standing_board", "upper_standing_board", "own_standing_board", "chosen")
GONE = "{member} không còn trong danh sách đảng viên ngày {on}. Hãy xem lại ngày, hoặc ghi rút, thôi xét."
NO_SHARE = "Bộ quy tắc ngày {on} không có tỷ lệ biểu quyết cho cấp này. Hãy xem trang quy tắc."
NO_BASE = "Bộ quy tắc ngày {on} chưa nói rõ ai được tính biểu quyết. Hãy xem trang quy tắc."


@dataclass(frozen=True, kw_only=True)
class RemovalVoteEntry:
    """What the minutes say of one vote on one person: totals, never who voted how.

    `attended` are ids of members exempt or away who came and voted; `by_hand` (number, reason) is the base of a body
    whose posts are not kept; `despite` says why a body goes on though the cell or the base did not carry it.
    """

    held_on: date
    present: int
    yes: int
    no: int = 0
    blank: int = 0
    invalid: int = 0
    issued: int | None = None
    method: str = VoteMethod.SECRET
    attended: tuple = ()
    by_hand: tuple[int, str] | None = None
    chair: str = ""
    tellers: str = ""
    number: str = ""
    despite: str = ""


def removal_base(rules, station, organisation, day, attended=(), by_hand=None):
    """The base of a body on a day; `by_hand` is (number, reason) of a body whose posts are not kept, never of a cell.

    NotAllowed where nothing says who votes.
    """
    if rules.base_excludes is None:
        raise NotAllowed(NO_BASE.format(on=f"{day:%d/%m/%Y}"))
    if station.voting_as == CELL:
        return counted_base(rules, cell_assembly(organisation, day, attended))
    if by_hand:
        return base_by_hand(*by_hand)
    board = station.role == DECIDE and station.body in BOARDS
    assembly = committee_assembly(organisation, day, attended, board=board) if station.body != GROUP else None
    if assembly is None or not assembly.voters:
        refuse_unlisted(station, organisation, day)
    return counted_base(rules, assembly)


def store_removal_vote(removal, body, entry, *, rules, by):
    """The vote with its ballot and the base of its day; `body` is (organisation, station).

    ValidationError for minutes that do not add up, NotAllowed where the rules or the posts say nothing, and for a
    meeting before the last step.
    """
    organisation, station = body
    refuse_before_last_step(removal, entry.held_on)
    if not Membership.objects.on(entry.held_on).official().filter(member=removal.member_id).exists():
        raise NotAllowed(GONE.format(member=removal.member, on=f"{entry.held_on:%d/%m/%Y}"))
    base = removal_base(rules.votes, station, organisation, entry.held_on, entry.attended, entry.by_hand)
    counts = _counts(base, entry)
    if problem := removal_vote_problem(counts):
        field = "held_on" if counts.base < 1 else "present" if counts.present > counts.base else "yes"
        raise ValidationError({field: problem})
    result = removal_vote(rules.removal, station.voting_as, counts)
    if result is None:
        raise NotAllowed(NO_SHARE.format(on=f"{entry.held_on:%d/%m/%Y}"))
    return RemovalVote.objects.create(
        removal=removal, organisation=organisation, body=station.body, role=station.role,
        voting_as=station.voting_as, held_on=entry.held_on, method=entry.method,
        ballot=_ballot(organisation, entry.held_on, counts), members=base.members, official=base.official,
        entitled=base.entitled, present=entry.present, yes=entry.yes, no=entry.no, blank=entry.blank,
        needed=result.needed, carried=result.carried, article=result.article[:500], excluded=base.left_out,
        chair=entry.chair, tellers=entry.tellers, number=entry.number, rules=rules.sets, recorded_by=by,
    )  # fmt: skip


def vote_said(vote):
    """What the log keeps of a vote."""
    return {**vote.figures, "number": vote.number}


def _counts(base, entry):
    issued = entry.present if entry.issued is None else entry.issued
    return RemovalCounts(base=base.entitled, present=entry.present, issued=issued, yes=entry.yes, no=entry.no,
                         blank=entry.blank, invalid=entry.invalid)  # fmt: skip


def _ballot(organisation, held_on, counts):
    return Ballot.objects.create(
        organisation=organisation, held_on=held_on, entitled=counts.base, present=counts.present,
        issued=counts.issued, collected=counts.collected, valid=counts.collected - counts.invalid,
        invalid=counts.invalid,
    )  # fmt: skip
