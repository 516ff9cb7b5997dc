"""The base of a vote on discipline, computed from the facts of its day; who is left out of it is named."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from config.lib.workflow import NotAllowed
from discipline.bodies import CELL, COMMISSIONS, STANDING_BOARDS, TEMPORARY_CELL
from members.rules import vote_base
from members.voters import cell_assembly, commission_assembly, committee_assembly

CONCERNED = "là người bị xem xét"
NOBODY = "Số được tính biểu quyết phải từ 1 trở lên. Hãy ghi lại theo biên bản."
KEPT = "Danh sách của {body} ngày {on} có trong phần mềm; số được tính lấy từ danh sách, không tự ghi."
NO_POSTS = (
    "Chưa có danh sách của {body} trong phần mềm cho ngày {on}. Hãy ghi số được tính biểu quyết và lý do tự ghi, hoặc "
    "ghi chức vụ của các đồng chí trước."
)


@dataclass(frozen=True)
class BaseOfVote:
    """How many are counted; `excluded` names who is not and why, `may_attend` who counts only when he came.

    `may_cast` is the base less the person concerned where he stays in it and does not vote.
    """

    members: int
    official: int
    base: int
    may_cast: int
    excluded: tuple = ()
    may_attend: tuple = ()
    by_hand: str = ""
    article: str = ""


def base_of_vote(case, body, rules, attended=(), by_hand=None):
    """The base of a body on the day of the rules; `by_hand` is (number, reason), where no list is kept.

    NotAllowed where nothing says who votes, ValidationError for a number that stands against the list.
    """
    assembly = _assembly(body, rules.on, attended)
    names = {"body": body.name, "on": f"{rules.on:%d/%m/%Y}"}
    if assembly.voters and by_hand:
        raise ValidationError({"hand_number": KEPT.format(**names)})
    if assembly.voters:
        return _counted(case, assembly, rules)
    if not by_hand:
        raise NotAllowed(NO_POSTS.format(**names))
    number, reason = by_hand
    if number < 1:
        raise ValidationError({"hand_number": NOBODY})
    return BaseOfVote(number, number, number, number, by_hand=reason)


def _assembly(body, day, attended):
    if body.key in COMMISSIONS:
        return commission_assembly(body.organisation, day, attended)
    if body.key in (CELL, TEMPORARY_CELL) or body.organisation.is_cell:
        return cell_assembly(body.organisation, day, attended)
    return committee_assembly(body.organisation, day, attended, board=body.key in STANDING_BOARDS)


def _counted(case, assembly, rules):
    concerned = str(case.member_id)
    stays = rules.procedure.person_concerned_in_base is not False
    voters = [each for each in assembly.voters if stays or each.key != concerned]
    found = vote_base(rules.votes, voters)
    left_out = {each.key for each in found.exclusions}
    own = next((each for each in assembly.voters if each.key == concerned and each.official), None)
    silent = stays and own is not None and concerned not in left_out and not rules.procedure.person_concerned_votes
    excluded = [*assembly.left_out(found.exclusions)]
    if own is not None and not stays:
        excluded.append({"name": assembly.names[concerned], "reason": CONCERNED})
    return BaseOfVote(
        members=len(assembly.voters),
        official=found.official + (own is not None and not stays),
        base=found.base,
        may_cast=found.base - silent,
        excluded=tuple(excluded),
        may_attend=assembly.may_attend,
        article=found.article,
    )
