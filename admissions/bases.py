"""The base of a vote, computed from the facts of its day; who is left out of it is named."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from admissions.rules.votes import CELL, STANDING_BOARD, WHOLE_COMMITTEE
from config.lib.workflow import NotAllowed
from members.rules import EXCLUSIONS, Voter, vote_base
from members.rules.deciders import DECIDE
from members.voters import Assembly, cell_assembly, committee_assembly

PROVINCIAL = "provincial_standing_group"  # its composition is no list of posts
NOBODY = "Số thành viên được tính phải từ 1 trở lên. Hãy ghi lại theo biên bản."
NO_POSTS = (
    "Chưa có danh sách {body} trong phần mềm cho ngày {on}. Hãy ghi số thành viên được tính và lý do tự ghi, "
    "hoặc ghi chức vụ của các đồng chí trước."
)


@dataclass(frozen=True)
class BaseOfVote:
    """How many are counted; `excluded` names who is not and why, `may_attend` who counts only when he came."""

    members: int
    official: int
    entitled: int
    excluded: tuple = ()
    may_attend: tuple = ()
    probationary: int = 0
    by_hand: str = ""


def base_of_vote(rules, station, organisation, day, attended=(), by_hand=None):
    """The base of a body on a day by the rules of the day; `by_hand` is (number, reason) where posts are not kept.

    NotAllowed where nothing says who votes. A cell's base is never written by hand.
    """
    if station.voting_as == CELL:
        return _counted(rules, cell_assembly(organisation, day, attended))
    if by_hand:
        number, reason = by_hand
        if number < 1:
            raise ValidationError({"hand_number": NOBODY})
        return BaseOfVote(number, number, number, by_hand=reason)
    assembly = _assembly(station, organisation, day, attended)
    if not assembly.voters:
        raise NotAllowed(NO_POSTS.format(body=f"{station.name} ({organisation})", on=f"{day:%d/%m/%Y}"))
    if station.voting_as == WHOLE_COMMITTEE:  # "of all its members" (06-HD/TW, 3.7a)
        number = len(assembly.voters)
        return BaseOfVote(number, number, number)
    return _counted(rules, assembly)


def _assembly(station, organisation, day, attended):
    if station.body == PROVINCIAL:
        return Assembly({}, ())
    board = station.role == DECIDE and station.voting_as == STANDING_BOARD
    return committee_assembly(organisation, day, attended, board=board)


def _counted(rules, assembly):
    found = vote_base(rules, assembly.voters)
    return BaseOfVote(
        members=found.members,
        official=found.official,
        entitled=found.base,
        excluded=tuple(
            {"name": assembly.names[each.key], "reason": EXCLUSIONS[each.reason], "key": each.key}
            for each in found.exclusions
        ),
        may_attend=tuple((each.key, assembly.names[each.key]) for each in assembly.voters if _may_attend(each)),
        probationary=found.members - found.official,
    )


def _may_attend(voter: Voter):
    """Somebody exempt or away, who is counted when he comes and votes."""
    return voter.official and (voter.exempt or voter.temporary_elsewhere) and not (voter.suspended or voter.prosecuted)
