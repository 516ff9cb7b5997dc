"""The base of a vote on one person, computed from the facts of its day or written by hand; who is left out is named."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from config.lib.workflow import NotAllowed
from members.rules import vote_base

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
    by_hand: str = ""

    @property
    def left_out(self):
        """Who is not counted, and that the base was written by hand, as a vote keeps it."""
        by_hand = [{"name": "", "reason": f"số thành viên tự ghi: {self.by_hand}"}] if self.by_hand else []
        return [*self.excluded, *by_hand]


def counted_base(rules, assembly):
    """The base of those who are in a list."""
    found = vote_base(rules, assembly.voters)
    excluded = assembly.left_out(found.exclusions)
    return BaseOfVote(found.members, found.official, found.base, excluded, assembly.may_attend)


def base_by_hand(number, reason):
    """The base of a body whose posts are not kept, with the reason."""
    if number < 1:
        raise ValidationError({"hand_number": NOBODY})
    return BaseOfVote(number, number, number, by_hand=reason)


def refuse_unlisted(station, organisation, day):
    """NotAllowed: nothing says who votes, and what to do."""
    raise NotAllowed(NO_POSTS.format(body=f"{station.name} ({organisation})", on=f"{day:%d/%m/%Y}"))
