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
from members.rules import EXCLUSIONS, vote_base
from members.rules.deciders import DECIDE
from members.voters import cell_assembly, committee_assembly

GROUP = "provincial_standing_group"  # its composition is no list of posts
BOARDS = ("commune_standing_board", "district_standing_board", "upper_standing_board", "own_standing_board", "chosen")
GONE = "{member} không còn trong danh sách đảng viên ngày {on}. Hãy xem lại ngày, hoặc ghi rút, thôi xét."
NOBODY = "Số thành viên được tính phải từ 1 trở lên. Hãy ghi lại theo biên bản."
NO_SHARE = "Bộ quy tắc ngày {on} không có tỷ lệ biểu quyết cho cấp này. Hãy xem trang quy tắc."
NO_BASE = "Bộ quy tắc ngày {on} chưa nói rõ ai được tính biểu quyết. Hãy xem trang quy tắc."
NO_POSTS = (
    "Chưa có danh sách {body} trong phần mềm cho ngày {on}. Hãy ghi số thành viên được tính và lý do tự ghi, "
    "hoặc ghi chức vụ của các đồng chí trước."
)


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


@dataclass(frozen=True)
class RemovalBase:
    """How many are counted; `excluded` names who is not and why, `may_attend` who counts only when he came."""

    members: int
    official: int
    entitled: int
    excluded: tuple = ()
    may_attend: tuple = ()


def removal_base(rules, station, organisation, day, attended=(), by_hand=None):
    """The base of a body on a day; `by_hand` is (number, reason) of a body whose posts are not kept, never of a cell.

    NotAllowed where nothing says who votes.
    """
    if rules.base_excludes is None:
        raise NotAllowed(NO_BASE.format(on=f"{day:%d/%m/%Y}"))
    if station.voting_as == CELL:
        return _counted(rules, cell_assembly(organisation, day, attended))
    if by_hand:
        number, reason = by_hand
        if number < 1:
            raise ValidationError({"hand_number": NOBODY})
        return RemovalBase(number, number, number, ({"name": "", "reason": f"số thành viên tự ghi: {reason}"},))
    board = station.role == DECIDE and station.body in BOARDS
    assembly = committee_assembly(organisation, day, attended, board=board) if station.body != GROUP else None
    if assembly is None or not assembly.voters:
        raise NotAllowed(NO_POSTS.format(body=f"{station.name} ({organisation})", on=f"{day:%d/%m/%Y}"))
    return _counted(rules, assembly)


def _counted(rules, assembly):
    found = vote_base(rules, assembly.voters)
    excluded = tuple({"name": assembly.names[each.key], "reason": EXCLUSIONS[each.reason]} for each in found.exclusions)
    may_attend = tuple((each.key, assembly.names[each.key]) for each in assembly.voters if _may_attend(each))
    return RemovalBase(found.members, found.official, found.base, excluded, may_attend)


def _may_attend(voter):
    """Somebody exempt or away, who is counted when he comes and votes."""
    return voter.official and (voter.exempt or voter.temporary_elsewhere) and not (voter.suspended or voter.prosecuted)


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
        raise ValidationError({"yes": problem})
    result = removal_vote(rules.removal, station.voting_as, counts)
    if result is None:
        raise NotAllowed(NO_SHARE.format(on=f"{entry.held_on:%d/%m/%Y}"))
    return RemovalVote.objects.create(
        removal=removal, organisation=organisation, body=station.body, role=station.role,
        voting_as=station.voting_as, held_on=entry.held_on, method=entry.method,
        ballot=_ballot(organisation, entry.held_on, counts), members=base.members, official=base.official,
        entitled=base.entitled, present=entry.present, yes=entry.yes, no=entry.no, blank=entry.blank,
        needed=result.needed, carried=result.carried, article=result.article[:500], excluded=list(base.excluded),
        chair=entry.chair, tellers=entry.tellers, number=entry.number, rules=rules.sets, recorded_by=by,
    )  # fmt: skip


def vote_said(vote):
    """What the log keeps of a vote."""
    counts = {name: getattr(vote, name) for name in ("entitled", "present", "yes", "no", "blank", "needed")}
    return {**counts, "result": "đủ phiếu" if vote.carried else "không đủ phiếu", "number": vote.number}


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
